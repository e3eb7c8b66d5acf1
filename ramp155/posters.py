"""A picture with all that must travel with it, set as a 16:9 poster: finding, chart, source, as-of date.

One layout serves the shared screen, the files people take away and the slides: what was shown is what is
sent. Charts are drawn by vl-convert with the product's own fonts, without a browser and offline.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ramp155 import palette
from ramp155.charts import Spec

FONTS = Path(__file__).parent / "assets" / "fonts"
FAMILY = "Ramp Sans"  # Source Sans 3 by Adobe, cut down to Latin and shapes (OFL: assets/fonts)
_FALLBACK = f"{FAMILY}, 'Source Sans', sans-serif"
WIDTH, HEIGHT = 1920, 1080
_MARGIN = 64
# A chart is drawn small and enlarged, so that its smallest words (11 px) are 28 px high on a wide screen.
_ENLARGED = 2.55
_BODY = 28  # px: the smallest type of a poster


@dataclass(frozen=True, eq=False)
class Native:
    """A chart as a slide program draws it: one list of numbers a series, over shared categories.

    `kind`: line, bar (horizontal) or column; `colours`: one hex colour a series; `number`: the number
    format of a spreadsheet; `dashed`: the series drawn as dashes.
    """

    kind: str
    categories: tuple[str, ...]
    series: dict[str, tuple[float | None, ...]]
    colours: tuple[str, ...]
    unit: str
    number: str = "#,##0"
    dashed: tuple[str, ...] = ()
    stacked: bool = False


@dataclass(frozen=True, eq=False)
class Picture:
    """A chart or map with its finding, its source and, where slides are made of it, its series.

    `spec` is Vega-Lite; `data` its rows where they are kept apart from it. `finding` may hold Markdown
    emphasis. `source` says who says so, what is counted and as of when.
    """

    name: str
    finding: str
    spec: Spec
    source: str
    data: pd.DataFrame | None = None
    alt: str = ""
    native: Native | None = None
    dark: Callable[[], Spec] | None = None  # where the dark picture is more than other colours

    @property
    def told(self) -> str:
        """The text alternative: the finding, and what is drawn."""
        first = plain(self.finding).rstrip(".")
        return f"{first}. {self.alt}" if self.alt and self.alt != first else first


def plain(text: str) -> str:
    """Words without Markdown: no emphasis, no colours, no links, no sources' brackets."""
    text = re.sub(r":[a-z]+\[([^\]]*)\]", r"\1", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"\*\*|__|`", "", text).replace("\\", "").strip()


# --- the data behind a picture --------------------------------------------------------------------


def table(picture: Picture) -> pd.DataFrame:
    """What a picture shows as a table: the figures its marks answer with, under the same names.

    Where a mark answers in words made from a number, the number is given.

    One row a mark; where marks of several kinds are drawn, their columns stand side by side.
    """
    found: list[pd.DataFrame] = []
    units = list(_units(picture.spec, picture.data))
    name = _titles if any(_titles(unit) for unit, _ in units) else _places
    for unit, rows in units:
        titles = name(unit)
        known = {_behind(unit, field, rows): title for field, title in titles.items()}
        known = {field: title for field, title in known.items() if field in rows}
        if known and len(rows):
            found.append(rows[list(known)].rename(columns=known))
    if not found:
        return pd.DataFrame()
    most = max(len(f.columns) for f in found)
    kept = sorted((f for f in found if len(f.columns) > 1 or most == 1), key=len, reverse=True)
    whole = pd.concat(kept, ignore_index=True).drop_duplicates()
    whole = whole.dropna(how="all").reset_index(drop=True)
    return whole.apply(_in_figures)


def _in_figures(column: pd.Series) -> pd.Series:
    """Numbers with the digits they bear: whole where they are large; "634,921" is a number too."""
    if column.dtype == object or isinstance(column.dtype, pd.StringDtype):
        bare = column.dropna().astype(str).str.fullmatch(r"-?[\d,]+(\.\d+)?")
        commas = column.dropna().astype(str).str.contains(",")
        if len(bare) and bare.all() and commas.any():
            column = pd.to_numeric(column.astype(str).str.replace(",", ""), errors="coerce")
    if not pd.api.types.is_float_dtype(column):
        return column
    return column.round(0 if column.abs().max() >= 1_000 else 4)


def _behind(unit: Spec, field: str, rows: pd.DataFrame) -> str:
    """The column of the rows that a field is, or is made from by a calculation."""
    if field in rows:
        return field
    for step in unit.get("transform", []):
        if step.get("as") == field and "calculate" in step:
            for name in re.findall(r"datum\.(\w+)|datum\['([^']+)'\]", step["calculate"]):
                if (name[0] or name[1]) in rows:
                    return name[0] or name[1]
    return field


def _titles(unit: Spec) -> dict[str, str]:
    """field -> name of what a mark answers with."""
    encoding = unit.get("encoding", {})
    told = encoding.get("tooltip")
    if not told:
        return {}
    return {
        t["field"]: str(t.get("title", t["field"]))
        for t in (told if isinstance(told, list) else [told])
        if "field" in t
    }


def _places(unit: Spec) -> dict[str, str]:
    """field -> name of what a mark is placed or written by, for charts whose marks do not answer."""
    channels = [unit.get("encoding", {}).get(c, {}) for c in ("y", "x", "x2", "y2", "text")]
    fields = [c["field"] for c in channels if isinstance(c, dict) and "field" in c]
    return {field: field.replace("_", " ") for field in fields}


def _units(
    spec: Spec, data: pd.DataFrame | None, named: dict[str, Any] | None = None
) -> Iterator[tuple[Spec, pd.DataFrame]]:
    """Every single layer of a spec with its rows."""
    named = {**(named or {}), **spec.get("datasets", {})}
    own = spec.get("data")
    if _is_empty(own) and data is not None:
        pass  # the whole picture's rows
    elif own is not None and "name" in own and own["name"] in named:
        data = pd.DataFrame(named[own["name"]])
    elif own is not None and isinstance(own.get("values"), list):
        data = pd.DataFrame(own["values"])
    for part in (spec.get(kind) for kind in ("layer", "hconcat", "vconcat")):
        for child in part or []:
            yield from _units(child, data, named)
    if "mark" in spec and data is not None:
        yield spec, data


def to_csv(picture: Picture) -> bytes:
    """What a picture shows as CSV (UTF-8 with a mark, for spreadsheets), its finding and source last."""
    rows = table(picture).to_csv(index=False, lineterminator="\n")
    return f"\ufeff{rows}".encode()


# --- drawing --------------------------------------------------------------------------------------


def whole(picture: Picture, theme: str = "light") -> Spec:
    """The spec with its rows in it and the theme's colours: all that a renderer needs."""
    spec = palette.themed(picture.spec, theme)
    if theme == "dark" and picture.dark:
        spec = picture.dark()
    if picture.data is not None:
        spec = {**_inherits(spec), "data": {"values": _rows(picture.data)}}
    if "datasets" in spec:
        rows = {
            name: _rows(t) if isinstance(t, pd.DataFrame) else t
            for name, t in spec["datasets"].items()
        }
        spec = {**spec, "datasets": rows}
    return spec


def _inherits(spec: Spec) -> Spec:
    """A spec whose layers without rows of their own take those of the whole.

    Altair names what has no data "empty", which Streamlit replaces and a renderer does not.
    """
    kept = {key: part for key, part in spec.items() if key != "data" or not _is_empty(part)}
    if "layer" in kept:
        kept["layer"] = [_inherits(layer) for layer in kept["layer"]]
    return kept


def _is_empty(data: Any) -> bool:  # noqa: ANN401
    return isinstance(data, dict) and data.get("name") == "empty"


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON values: times as dates, unknown numbers as null."""
    frame = frame.copy()
    for name in frame.columns:
        if isinstance(frame[name].dtype, np.dtype) and frame[name].dtype.kind == "M":
            frame[name] = frame[name].dt.strftime("%Y-%m-%d")
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


@lru_cache(maxsize=1)
def _renderer() -> Any:  # noqa: ANN401
    """vl-convert with the product's fonts (imported late: it takes a tenth of a second)."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def chart(spec: Spec, theme: str, width: float, height: float) -> tuple[str, float, float]:
    """A Vega-Lite spec as SVG of about that size; returns it with its width and height in px.

    A chart whose rows have a fixed height keeps it, and a map its size.
    """
    colours = palette.THEMES[theme]
    config = palette.vega_config(theme)
    config = {
        **config,
        "font": FAMILY,
        "background": None,
        "axis": {**config["axis"], "labelFontSize": 11, "titleFontSize": 11},
        "text": {**config["text"], "fontSize": 11},
        "legend": {"labelColor": colours["quiet"], "titleColor": colours["quiet"]},
        "view": {"stroke": None},
    }
    own = dict(spec)
    config = {**config, **{k: v for k, v in own.pop("config", {}).items() if k not in config}}
    if "projection" not in own:  # a map has the size that its names and marks were placed for
        own["width"] = round(width)
        fixed = isinstance(own.get("height"), dict)
        own["height"] = own["height"] if fixed else round(height)
        own["autosize"] = {"type": "fit-x" if fixed else "fit", "contains": "padding"}
    own |= {"background": own.get("background") if "projection" in own else None}
    own.setdefault("padding", 2)
    svg = _renderer().vegalite_to_svg(own, config=config, vl_version="6.4")
    svg = svg.replace(f'font-family="{FAMILY}"', f'font-family="{_FALLBACK}"')
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    return svg, float(size[1]), float(size[2])


@lru_cache(maxsize=64)
def svg(
    picture: Picture,
    theme: str = "light",
    kicker: str = "",
    lever: int = 0,
    corner: int = 0,
    embedded: bool = False,
) -> str:
    """A poster of 1920 x 1080 as SVG.

    `kicker` stands over the finding; `lever` px are left free under the chart and `corner` px at the lower
    right; `embedded` puts the fonts into the file.
    """
    colours = palette.THEMES[theme]
    parts = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{colours["paper"]}"/>']
    y = (
        84.0 if corner and not kicker else 52.0
    )  # where it is presented, buttons stand in the upper corner
    if kicker:
        y += _BODY
        parts.append(_text(_MARGIN, y, [kicker], _BODY + 2, colours["quiet"], 400))
        y += 14
    size, lines = _title(plain(picture.finding), WIDTH - 2 * _MARGIN)
    parts.append(_text(_MARGIN, y + size * 0.85, lines, size, colours["ink"], 600))
    top = y + len(lines) * size * 1.14 + 20
    source = _wrapped(picture.source, _BODY, 400, WIDTH - 2 * _MARGIN - corner, most=2)
    base = HEIGHT - 84 if corner else HEIGHT - 40  # the row of dots and keys stands below
    low = base - (2 if lever else len(source)) * _BODY * 1.25
    parts.append(_text(_MARGIN, low + _BODY, source, _BODY, colours["quiet"], 400))
    parts.append(_placed(picture, theme, top, low - 26 - lever))
    style = font_face() if embedded else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" font-family="{_FALLBACK}" role="img" '
        f'aria-label="{escape(picture.told)}">{style}{"".join(parts)}</svg>'
    )


def _placed(picture: Picture, theme: str, top: float, bottom: float) -> str:
    """The chart between two heights, enlarged as far as it fits."""
    wide, high = WIDTH - 2 * _MARGIN, bottom - top
    spec = whole(picture, theme)
    drawn, width, height = chart(spec, theme, wide / _ENLARGED, high / _ENLARGED)
    scale = min(wide / width, high / height)
    if scale < _ENLARGED * 0.9:
        # Rows of a fixed height need more room than there is: draw it wider, then shrink it.
        drawn, width, height = chart(spec, theme, wide / (high / height), high)
        scale = min(wide / width, high / height)
    inner = re.sub(r"<svg [^>]*>", "", drawn, count=1).rsplit("</svg>", 1)[0]
    return (
        f'<svg x="{_MARGIN + (wide - width * scale) / 2:.0f}" y="{top:.0f}" width="{width * scale:.0f}" height="{height * scale:.0f}" '
        f'viewBox="0 0 {width:g} {height:g}" overflow="visible">{inner}</svg>'
    )


def png(picture: Picture, theme: str = "light", scale: int = 1, kicker: str = "") -> bytes:
    """A poster as PNG: 1920 x 1080 px times `scale`."""
    return _renderer().svg_to_png(svg(picture, theme, kicker), scale=scale, ppi=72)


def png_alone(picture: Picture, wide: float, high: float) -> bytes:
    """The chart or map without title and source, as PNG for a space of some inches (light ground)."""
    drawn, width, _ = chart(whole(picture), "light", wide * 72, high * 72)
    return _renderer().svg_to_png(drawn, scale=1900 / width)


def svg_file(picture: Picture, theme: str = "light", kicker: str = "") -> bytes:
    """A poster as an SVG file that carries its fonts."""
    return svg(picture, theme, kicker, embedded=True).encode()


@lru_cache(maxsize=1)
def font_face() -> str:
    """The product's fonts as a style element that carries them."""
    faces = "".join(
        f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};"
        f"src:url(data:font/ttf;base64,{base64.b64encode((FONTS / name).read_bytes()).decode()})}}"
        for weight, name in (
            (400, "RampSans-Regular.ttf"),
            (600, "RampSans-Semibold.ttf"),
        )
    )
    return f"<style>{faces}</style>"


# --- words in place -------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def _font(size: int, weight: int) -> Any:  # noqa: ANN401
    from PIL import ImageFont

    name = "RampSans-Semibold.ttf" if weight >= 600 else "RampSans-Regular.ttf"
    return ImageFont.truetype(io.BytesIO((FONTS / name).read_bytes()), size)


def _wrapped(text: str, size: int, weight: int, width: float, most: int = 99) -> list[str]:
    """Words broken into lines no wider than `width` px; past `most` lines they end with an ellipsis."""
    font = _font(size, weight)
    lines, line = [], ""
    held = re.sub(r"(\d) (%|million|mm|bn|rounds)", "\\1\u00a0\\2", text)  # a figure keeps its unit
    for word in held.split(" "):
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    if len(lines) > most:
        last = lines[most - 1]
        while font.getlength(f"{last} …") > width:
            last = last.rsplit(" ", 1)[0]
        lines = [*lines[: most - 1], f"{last} …"]
    return lines


def _title(text: str, width: float) -> tuple[int, list[str]]:
    """The finding in the largest type that takes two lines, or three of the smallest."""
    for size in (56, 52, 48, 44):
        lines = _wrapped(text, size, 600, width)
        if len(lines) <= 2:
            return size, lines
    return 42, _wrapped(text, 42, 600, width, most=4)


def _text(x: float, y: float, lines: list[str], size: int, colour: str, weight: int) -> str:
    spans = "".join(
        f'<tspan x="{x:g}" y="{y + n * size * 1.16:.1f}">{escape(line)}</tspan>'
        for n, line in enumerate(lines)
    )
    return f'<text font-size="{size}" font-weight="{weight}" fill="{colour}">{spans}</text>'
