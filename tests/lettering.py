"""Words of a drawing (SVG) read off as an eye meets them: how large, in what colour, where, on what."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

import numpy as np
from PIL import Image

from ramp155.files.poster.chart import load_renderer
from ramp155.files.poster.fonts import load_font

_EM = 100  # the size in which letters are measured
_SVG = "{http://www.w3.org/2000/svg}"
# As one finds them in no sentence: a plural of one, an abbreviated month, a power of ten, digits that nobody knows.
_UNREAD = re.compile(
    r"(?<![\d.,])1 (?:sites|lines|plants|months|rounds|makers|reports|labels|runs|others)\b"
    r"|\d mo\b|\d[eE][+-]?\d\d"
)
_LARGE = re.compile(r"\b\d{1,3}(?:,\d{3})+\b")
_INHERITED = (
    *("font-size", "font-weight", "text-anchor", "fill"),
    *("stroke", "stroke-width", "paint-order"),
)
Matrix = tuple[float, float, float, float, float, float]
_UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True)
class Lettering:
    """One line of words of a drawing: its size, colour and the box of its letters, in pixels of the drawing.

    The box goes from the top of a capital to the foot of a letter without a tail. `is_edge` says that
    it is a paper-coloured edge alone, which keeps other words free.
    """

    words: str
    size: float
    colour: str
    opacity: float
    box: tuple[float, float, float, float]
    is_edge: bool
    is_upright: bool


def luminance(rgb: np.ndarray) -> np.ndarray:
    """Relative luminance (WCAG 2) of colours: an array whose last axis is red, green, blue, 0 to 255."""
    part = np.asarray(rgb, dtype=float) / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def contrast(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """WCAG 2 contrast, 1 to 21, of colours or of arrays of them."""
    pair = luminance(one), luminance(other)
    return (np.maximum(*pair) + 0.05) / (np.minimum(*pair) + 0.05)


def list_letterings(svg: str) -> list[Lettering]:
    """Every line of words that is shown, in the order in which it is painted."""
    return list(_walk(ElementTree.fromstring(svg), _UNMOVED, 1.0, {}))


def draw_ground(svg: str, scale: float = 1.0) -> np.ndarray:
    """What the words of a drawing stand on: the drawing without them, but with the edges that keep them free."""
    root = ElementTree.fromstring(svg)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{_SVG}text":
                if _has_edge(child.attrib):
                    child.set("fill", child.attrib["stroke"])
                else:
                    parent.remove(child)
    return draw(ElementTree.tostring(root, encoding="unicode"), scale)


def draw(svg: str, scale: float = 1.0) -> np.ndarray:
    """A drawing as pixels: height, width, and red, green, blue."""
    png = load_renderer().svg_to_png(svg, scale=scale, ppi=72)
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def cut(picture: np.ndarray, lettering: Lettering, scale: float = 1.0) -> np.ndarray:
    """The pixels of a picture within a lettering's box."""
    left, top, right, bottom = (round(edge * scale) for edge in lettering.box)
    return picture[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]


def overlap(one: Lettering, other: Lettering) -> tuple[float, float]:
    """How far two boxes lie over each other, across and down; 0 where they do not."""
    across = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    down = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    return (across, down) if across > 0 and down > 0 else (0.0, 0.0)


def read_colour(colour: str) -> np.ndarray:
    """#RRGGBB or #RGB as red, green, blue, 0 to 255."""
    digits = colour.lstrip("#")
    digits = "".join(2 * d for d in digits) if len(digits) == 3 else digits
    return np.array([int(digits[at : at + 2], 16) for at in (0, 2, 4)])


def is_unread(words: str) -> bool:
    """Whether words hold what nobody says: 1 sites, 12 mo, 1.1e+06, 909,091."""
    figures = [figure.replace(",", "") for figure in _LARGE.findall(words)]
    known = [figure for figure in figures if int(figure) >= 100_000 and len(figure.rstrip("0")) > 3]
    return bool(_UNREAD.search(words) or known)


def _has_edge(given: dict[str, str]) -> bool:
    return (
        given.get("stroke", "none") not in ("none", "transparent")
        and float(re.sub(r"[^\d.]", "", given.get("stroke-width", "1"))) > 0
    )


def _join(outer: Matrix, inner: Matrix) -> Matrix:
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (
        a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j,
        a * k + c * m + e, b * k + d * m + f,
    )  # fmt: skip


def _read_transform(text: str) -> Matrix:
    matrix = _UNMOVED
    for kind, given in re.findall(r"(\w+)\(([^)]*)\)", text):
        numbers = [float(n) for n in re.findall(r"-?[\d.]+(?:e-?\d+)?", given)]
        if kind == "translate":
            step: Matrix = (1, 0, 0, 1, numbers[0], numbers[1] if len(numbers) > 1 else 0)
        elif kind == "rotate":
            turn = math.radians(numbers[0])
            step = (math.cos(turn), math.sin(turn), -math.sin(turn), math.cos(turn), 0, 0)
        elif kind == "scale":
            step = (numbers[0], 0, 0, numbers[-1], 0, 0)
        else:
            raise ValueError(f"cannot read {kind}")
        matrix = _join(matrix, step)
    return matrix


def _place_inner(node: ElementTree.Element) -> Matrix:
    """An svg within an svg: its view box is put into its place."""
    given = {k: float(node.get(k, "0")) for k in ("x", "y", "width", "height")}
    left, top, width, height = (float(n) for n in node.attrib["viewBox"].split())
    scale = min(given["width"] / width, given["height"] / height)
    across = given["x"] + (given["width"] - width * scale) / 2 - left * scale
    down = given["y"] + (given["height"] - height * scale) / 2 - top * scale
    return (scale, 0, 0, scale, across, down)


def _walk(
    node: ElementTree.Element, outer: Matrix, opacity: float, given: dict[str, str]
) -> Iterator[Lettering]:
    if node.get("display") == "none" or node.get("visibility") == "hidden":
        return
    matrix = _join(outer, _read_transform(node.get("transform", "")))
    if node.tag == f"{_SVG}svg" and "x" in node.attrib:
        matrix = _join(matrix, _place_inner(node))
    given = given | {k: v for k, v in node.attrib.items() if k in _INHERITED}
    opacity *= float(node.get("opacity", "1")) * float(node.get("fill-opacity", "1"))
    if node.tag == f"{_SVG}text":
        if opacity > 0.01:
            yield from _read_text(node, matrix, opacity, given)
        return
    for child in node:
        yield from _walk(child, matrix, opacity, given)


def _read_text(
    node: ElementTree.Element, matrix: Matrix, opacity: float, given: dict[str, str]
) -> Iterator[Lettering]:
    size = float(re.sub(r"[^\d.]", "", given.get("font-size", "16")))
    named = given.get("font-weight", "400")
    weight = int({"bold": "700", "normal": "400"}.get(named, named))
    left, baseline = float(node.get("x", "0")), float(node.get("y", "0"))
    pieces = [(node.text or "", left, baseline)]
    for span in node:
        left = float(span.get("x", left))
        baseline = float(span.get("y", baseline)) + float(span.get("dy", "0"))
        pieces.append((span.text or "", left, baseline))
    for words, start, line in pieces:
        if not words.strip():
            continue
        width = load_font(_EM, weight).getlength(words) * size / _EM
        shift = {"middle": 0.5, "end": 1.0}.get(given.get("text-anchor", "start"), 0.0)
        begin = start - width * shift
        corners = [(begin, line - 0.68 * size), (begin + width, line + 0.02 * size)]
        spots = [
            (matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5])
            for x in (corners[0][0], corners[1][0])
            for y in (corners[0][1], corners[1][1])
        ]
        across, down = [s[0] for s in spots], [s[1] for s in spots]
        yield Lettering(
            words,
            size * math.hypot(matrix[0], matrix[1]),
            given.get("fill", "#000000"),
            opacity,
            (min(across), min(down), max(across), max(down)),
            _has_edge(given) and not given.get("paint-order", "").startswith("stroke"),
            abs(matrix[1]) < 1e-6,
        )
