"""A Vega-Lite spec drawn as SVG by vl-convert with the product's own fonts, without a browser and
offline.
"""

from __future__ import annotations

import re
from types import ModuleType
from typing import Any, cast

import numpy as np
import pandas as pd

from ramp155.base.memory import remember_asset
from ramp155.files.poster.fonts import FONT_FAMILY, FONT_FOLDER, FONT_STACK
from ramp155.pictures.grammar.spec import Spec
from ramp155.pictures.palette import NOTE_SIZE
from ramp155.pictures.picture import Picture
from ramp155.pictures.theme import apply_theme, build_vega_config


def complete_spec(picture: Picture, theme: str = "light") -> Spec:
    """Complete a picture's spec with its rows and the theme's colours: all that a renderer needs."""
    spec: Spec = apply_theme(picture.spec, theme)
    if theme == "dark" and picture.dark:
        spec = picture.dark()
    if picture.data is not None:
        spec = {**inherit_rows(spec), "data": {"values": list_json_rows(picture.data)}}
    if "datasets" in spec:
        datasets = {
            name: list_json_rows(table) if isinstance(table, pd.DataFrame) else table
            for name, table in spec["datasets"].items()
        }
        spec = {**spec, "datasets": datasets}
    return spec


def inherit_rows(spec: Spec) -> Spec:
    """Let layers without rows of their own take those of the whole spec.

    Altair names what has no data "empty", which Streamlit replaces and a renderer does not.
    """
    inherited = {
        key: entry for key, entry in spec.items() if key != "data" or not is_empty_data(entry)
    }
    if "layer" in inherited:
        inherited["layer"] = [inherit_rows(layer) for layer in inherited["layer"]]
    return inherited


def is_empty_data(declared: object) -> bool:
    """Tell whether a spec's `data` is the name that Altair gives to none."""
    return isinstance(declared, dict) and declared.get("name") == "empty"


def list_json_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """List a table's rows as JSON values: times as dates, unknown numbers as null."""
    plain_table = table.copy()
    for column in plain_table.columns:
        dtype = plain_table[column].dtype
        if isinstance(dtype, np.dtype) and dtype.kind == "M":
            plain_table[column] = plain_table[column].dt.strftime("%Y-%m-%d")
    json_rows = plain_table.astype(object).where(plain_table.notna(), None).to_dict("records")
    return cast("list[dict[str, Any]]", json_rows)  # columns are named by text


@remember_asset
def load_renderer() -> ModuleType:
    """Load vl-convert with the product's fonts (imported late: it takes a tenth of a second)."""
    import vl_convert

    vl_convert.register_font_directory(str(FONT_FOLDER))
    renderer: ModuleType = vl_convert
    return renderer


def draw_chart_svg(spec: Spec, theme: str, width: float, height: float) -> tuple[str, float, float]:
    """Draw a Vega-Lite spec as SVG of about the size asked for.

    A chart whose rows have a fixed height keeps it, and a map its size.

    Parameters
    ----------
    spec : Spec
        A spec with its rows in it.
    theme : str
        `light` or `dark`.
    width : float
        Width asked for, pixels.
    height : float
        Height asked for, pixels.

    Returns
    -------
    svg : str
        The drawing as SVG text.
    width : float
        Its own width, pixels.
    height : float
        Its own height, pixels.

    Raises
    ------
    ValueError
        Where the renderer gives a drawing without a size, or takes the spec for none.
    """
    svg_text: str = load_renderer().vegalite_to_svg(
        size_spec(spec, width, height), config=build_chart_config(spec, theme), vl_version="6.4"
    )
    svg_text = svg_text.replace(f'font-family="{FONT_FAMILY}"', f'font-family="{FONT_STACK}"')
    # The paper's edge of a word lies under its letters, as the style of pages has it.
    svg_text = re.sub(r"<text (?=[^>]*stroke=)", '<text paint-order="stroke" ', svg_text)
    view_box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg_text)
    if view_box is None:
        raise ValueError("the renderer gave a drawing without a size")
    return svg_text, float(view_box[1]), float(view_box[2])


def build_chart_config(spec: Spec, theme: str) -> dict[str, Any]:
    """Build the configuration of a chart in a file: the pages', in the product's font, and the spec's own."""
    config = build_vega_config(theme)
    config = {
        **config,
        "font": FONT_FAMILY,
        "background": None,
        "axis": {**config["axis"], "labelFontSize": NOTE_SIZE, "titleFontSize": NOTE_SIZE},
        "view": {"stroke": None},
    }
    return {**spec.get("config", {}), **config}


def size_spec(spec: Spec, width: float, height: float) -> Spec:
    """Give a spec its size, but for a map: it has the one that its names and marks were placed for.

    Parameters
    ----------
    spec : Spec
        A spec with its rows in it.
    width : float
        Width asked for, pixels.
    height : float
        Height asked for, pixels; rows of a fixed height keep theirs.

    Returns
    -------
    Spec
        The spec without its configuration.
    """
    sized_spec = {key: entry for key, entry in spec.items() if key != "config"}
    if "projection" in sized_spec:
        sized_spec.setdefault("background", None)
    else:
        has_fixed_height = isinstance(sized_spec.get("height"), dict)
        sized_spec |= {
            "width": round(width),
            "height": sized_spec["height"] if has_fixed_height else round(height),
            "autosize": {"type": "fit-x" if has_fixed_height else "fit", "contains": "padding"},
            "background": None,
        }
    sized_spec.setdefault("padding", 2)
    return sized_spec
