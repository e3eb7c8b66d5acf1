"""A picture drawn for a page of any ground: as the poster's drawing, in colours that the browser chooses from.

A drawing is a table of nodes, each once however often it stands, so that many drawings of one picture share
what stays. A node is (tag, attributes, children or words), children by their places in the table.
"""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

from ramp155.base.foreign_text import join_lines
from ramp155.files.poster.chart import complete_spec, draw_chart_svg
from ramp155.files.poster.fonts import load_font
from ramp155.files.poster.sheet import LEAST_NARROW
from ramp155.pictures.palette import DARK_OF_LIGHT, NOTE_SIZE
from ramp155.pictures.picture import Picture

Node = tuple[str, tuple[tuple[str, str], ...], tuple[int, ...] | str]
# Name -> size asked for, pixels: for a column of text, and for a phone.
WIDTHS: dict[str, tuple[int, int]] = {"wide": (560, 330), "narrow": (292, 300)}
# Pictures whose words would lie over each other on the smallest screen: they are moved sideways there.
_WIDE_ALONE = {*LEAST_NARROW, "topic"}
_PHONE_ROOM = 304.0  # pixels that the smallest screen has for a drawing
_TRIES = 3  # times that a chart is drawn narrower, so that the words beside it have room
_SIDE = 3.0  # pixels left free beside words that run out of the chart
# What a drawing says to machines stands at the whole of it, once.
_DROPPED = re.compile(r"aria-|role$|class$|xmlns|version$|pointer-events$|font-family$|cursor$")
_LONG_NUMBER = re.compile(r"(-?\d+\.\d)\d+")
_ROUNDED = {"d", "transform", "x", "y", "x2", "y2", "width", "height"}
_MOVE = re.compile(r"translate\((-?[\d.]+),\s*(-?[\d.]+)\)")


@dataclass
class NodeTable:
    """Nodes, each once."""

    nodes: list[Node] = field(default_factory=list)
    _places: dict[Node, int] = field(default_factory=dict)

    def add(self, node: Node) -> int:
        """Find the place of a node, which is added where it is new.

        Parameters
        ----------
        node : Node
            Tag, attributes, children or words.

        Returns
        -------
        int
            Place in the table, from 0.
        """
        place = self._places.setdefault(node, len(self.nodes))
        if place == len(self.nodes):
            self.nodes.append(node)
        return place

    def list_for_json(self) -> list[Any]:
        """The nodes as JSON values."""
        return [
            [tag, dict(attributes), words if isinstance(words, str) else list(words)]
            for tag, attributes, words in self.nodes
        ]


@dataclass(frozen=True)
class Drawing:
    """A drawing: the place of its root in a table, and what is seen of it (left, top, width, height), pixels.

    `least` is the width, pixels, under which its smallest words would be too small to read, `inner` the width that the
    chart itself was drawn at.
    """

    root: int
    box: tuple[float, float, float, float]
    least: float
    inner: float


def draw_nodes(
    picture: Picture,
    width_name: str,
    table: NodeTable,
    inner: float | None = None,
    prefix: str = "",
) -> Drawing:
    """Draw a picture into a table of nodes.

    Parameters
    ----------
    picture : Picture
        Whose chart is drawn.
    width_name : str
        Of `WIDTHS`.
    table : NodeTable
        Takes the nodes.
    inner : float, optional
        Width of the chart itself, pixels; else what words that run out of it leave.
    prefix : str
        Tells the names within this drawing from those of another picture on the page.

    Returns
    -------
    Drawing
        Sizes in pixels.
    """
    width, height = WIDTHS[width_name]
    is_narrow = width_name == "narrow"
    tries = 0 if inner or "projection" in picture.spec else _TRIES
    root, drawn_width, drawn_height = _draw(picture, "light", inner or width, height, is_narrow)
    left, right = _find_overhang(root, drawn_width)
    while right - left > width + 1 and (tries := tries - 1) >= 0:
        inner = max((inner or width) - (right - left - width), width / 2)
        root, drawn_width, drawn_height = _draw(picture, "light", inner, height, is_narrow)
        left, right = _find_overhang(root, drawn_width)
    dark_root = root
    if picture.dark or any("rgb(" in text for node in root.iter() for text in node.attrib.values()):
        dark_root, _, _ = _draw(picture, "dark", inner or width, height, is_narrow)
    sizes = [float(node.get("font-size", "99px")[:-2]) for node in root.iter() if node.text]
    place = _add(
        root, dark_root if _is_alike(root, dark_root) else root, table, f"{prefix}{width_name}-"
    )
    enlarged = NOTE_SIZE / min(sizes, default=NOTE_SIZE)
    return Drawing(
        place,
        (left, 0.0, right - left, drawn_height),
        math.ceil(
            (right - left) * (enlarged if "projection" in picture.spec else max(enlarged, 1.0))
        ),
        inner or width,
    )


def choose_drawings(
    name: str, drawings: list[tuple[str, Drawing, str]]
) -> list[tuple[str, Drawing, str]]:
    """Of a picture's wide and narrow drawing both; the wide one alone where the narrow one would not fit a phone either."""
    wide, narrow = drawings
    is_wide_alone = name in _WIDE_ALONE or narrow[1].least > _PHONE_ROOM
    return [wide] if is_wide_alone else [wide, narrow]


def write_svg(table: NodeTable, drawing: Drawing, told: str) -> str:
    """Write a drawing as SVG text with its text alternative."""
    box = " ".join(f"{number:g}" for number in drawing.box)
    return (
        f'<svg viewBox="{box}" role="img" aria-label="{escape(told)}">'
        f"{_write_node(table, drawing.root)}</svg>"
    )


def _write_node(table: NodeTable, place: int) -> str:
    tag, attributes, content = table.nodes[place]
    written = "".join(f' {name}="{escape(text)}"' for name, text in attributes)
    inner = (
        escape(content)
        if isinstance(content, str)
        else "".join(_write_node(table, child) for child in content)
    )
    return f"<{tag}{written}>{inner}</{tag}>" if inner else f"<{tag}{written}/>"


def _draw(
    picture: Picture, theme: str, width: float, height: float, is_narrow: bool
) -> tuple[ET.Element, float, float]:
    spec = picture.narrow(theme) if is_narrow and picture.narrow else complete_spec(picture, theme)
    svg_text, drawn_width, drawn_height = draw_chart_svg(spec, theme, width, height)
    root = ET.Element("g")
    root.extend(ET.fromstring(svg_text))
    for node in root.iter():
        node.tag = node.tag.rpartition("}")[2]
    return root, drawn_width, drawn_height


def _is_alike(one: ET.Element, other: ET.Element) -> bool:
    """Whether two drawings differ in their colours at most."""
    return [mark.tag for mark in one.iter()] == [mark.tag for mark in other.iter()]


def _add(light: ET.Element, dark: ET.Element, table: NodeTable, prefix: str) -> int:
    attributes = []
    for name, text in light.attrib.items():
        if not _DROPPED.match(name):
            attributes.append((name, _write_attribute(name, text, dark.get(name, text), prefix)))
    children = tuple(_add(*pair, table, prefix) for pair in zip(light, dark, strict=True))
    return table.add((light.tag, tuple(attributes), children or (light.text or "").strip()))


def _write_attribute(name: str, light: str, dark: str, prefix: str) -> str:
    """An attribute for either ground: a colour as both, ids apart from those of another drawing, numbers to a tenth."""
    if light in ("black", "#000"):
        return "currentColor"
    if name == "id":
        return prefix + light
    if light.startswith("url(#"):
        return light.replace("url(#", f"url(#{prefix}")
    if name in _ROUNDED:
        return _LONG_NUMBER.sub(r"\1", light)
    if name in ("fill", "stroke") and light != dark:
        return f"light-dark({light},{dark})"
    return choose_by_ground(light)


def choose_by_ground(colour: str) -> str:
    """A colour of the palette as the browser takes the one of its ground; anything else as it is."""
    dark = DARK_OF_LIGHT.get(colour.lower())
    return f"light-dark({colour},{dark})" if dark and dark.lower() != colour.lower() else colour


def _find_overhang(root: ET.Element, width: float) -> tuple[float, float]:
    """How far a drawing reaches to the left and the right of its own box, words included; never less than the box."""
    spans = [
        (position - _SHIFTS[anchor](words), position - _SHIFTS[anchor](words) + words)
        for position, anchor, words in _list_words(root, 0.0)
    ]
    left = min((start for start, _ in spans), default=0.0)
    right = max((end for _, end in spans), default=width)
    return (
        min(0.0, round(left - _SIDE) if left < 0 else 0.0),
        max(width, round(right + _SIDE) if right > width else width),
    )


_SHIFTS: dict[str, Callable[[float], float]] = {
    "start": lambda words: 0.0,
    "middle": lambda words: words / 2,
    "end": lambda words: words,
}


def _list_words(element: ET.Element, left: float) -> Iterator[tuple[float, str, float]]:
    """Where words stand, how they are anchored and how wide they are; turned ones are left out."""
    transform = element.get("transform", "")
    if "rotate(-90" in transform or "rotate(90" in transform or element.get("display") == "none":
        return
    move = _MOVE.search(transform)
    left += float(move[1]) if move else 0.0
    if element.tag == "text":
        size = round(float(element.get("font-size", "12px")[:-2]))
        is_bold = element.get("font-weight", "") in ("bold", "600", "700")
        font = load_font(size, 600 if is_bold else 400)
        lines = [word.text or "" for word in element.iter() if word.text]
        is_seen = element.get("opacity") != "0"
        wide = (
            max((font.getlength(join_lines(line)) for line in lines), default=0.0)
            if is_seen
            else 0.0
        )
        yield left + float(element.get("x", 0)), element.get("text-anchor", "start"), wide
        return
    for child in element:
        yield from _list_words(child, left)
