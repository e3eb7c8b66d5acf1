"""A Vega-Lite spec drawn as SVG by vl-convert with the product's own fonts, without a browser and offline."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from ramp155.base.memory import remember_asset
from ramp155.files.poster.fonts import FONT_FAMILY, FONT_FOLDER, FONT_STACK
from ramp155.pictures.grammar.spec import Spec
from ramp155.pictures.picture import Picture
from ramp155.pictures.theme import apply_theme, build_vega_config


def complete_spec(picture: Picture, theme: str = "light") -> Spec:
    """The spec with its rows in it and the theme's colours: all that a renderer needs."""
    spec = apply_theme(picture.spec, theme)
    if theme == "dark" and picture.dark:
        spec = picture.dark()
    if picture.data is not None:
        spec = {**inherit_rows(spec), "data": {"values": list_json_rows(picture.data)}}
    if "datasets" in spec:
        rows = {
            name: list_json_rows(table) if isinstance(table, pd.DataFrame) else table
            for name, table in spec["datasets"].items()
        }
        spec = {**spec, "datasets": rows}
    return spec


def inherit_rows(spec: Spec) -> Spec:
    """A spec whose layers without rows of their own take those of the whole.

    Altair names what has no data "empty", which Streamlit replaces and a renderer does not.
    """
    inherited = {
        key: entry for key, entry in spec.items() if key != "data" or not is_empty_data(entry)
    }
    if "layer" in inherited:
        inherited["layer"] = [inherit_rows(layer) for layer in inherited["layer"]]
    return inherited


def is_empty_data(data: Any) -> bool:  # noqa: ANN401
    return isinstance(data, dict) and data.get("name") == "empty"


def list_json_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON values: times as dates, unknown numbers as null."""
    frame = frame.copy()
    for name in frame.columns:
        if isinstance(frame[name].dtype, np.dtype) and frame[name].dtype.kind == "M":
            frame[name] = frame[name].dt.strftime("%Y-%m-%d")
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


@remember_asset
def load_renderer() -> Any:  # noqa: ANN401
    """vl-convert with the product's fonts (imported late: it takes a tenth of a second)."""
    import vl_convert

    vl_convert.register_font_directory(str(FONT_FOLDER))
    return vl_convert


def draw_chart_svg(spec: Spec, theme: str, width: float, height: float) -> tuple[str, float, float]:
    """A Vega-Lite spec as SVG of about that size; returns it with its width and height in px.

    A chart whose rows have a fixed height keeps it, and a map its size.
    """
    config = build_vega_config(theme)
    config = {
        **config,
        "font": FONT_FAMILY,
        "background": None,
        "axis": {**config["axis"], "labelFontSize": 11, "titleFontSize": 11},
        "view": {"stroke": None},
    }
    sized_spec = dict(spec)
    config = {
        **config,
        **{
            option: value
            for option, value in sized_spec.pop("config", {}).items()
            if option not in config
        },
    }
    if (
        "projection" not in sized_spec
    ):  # a map has the size that its names and marks were placed for
        sized_spec["width"] = round(width)
        has_fixed_height = isinstance(sized_spec.get("height"), dict)
        sized_spec["height"] = sized_spec["height"] if has_fixed_height else round(height)
        sized_spec["autosize"] = {
            "type": "fit-x" if has_fixed_height else "fit",
            "contains": "padding",
        }
    sized_spec |= {
        "background": sized_spec.get("background") if "projection" in sized_spec else None
    }
    sized_spec.setdefault("padding", 2)
    svg_text = load_renderer().vegalite_to_svg(sized_spec, config=config, vl_version="6.4")
    svg_text = svg_text.replace(f'font-family="{FONT_FAMILY}"', f'font-family="{FONT_STACK}"')
    view_box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg_text)
    return svg_text, float(view_box[1]), float(view_box[2])
