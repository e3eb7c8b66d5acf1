"""From Altair layers to a Vega-Lite spec: one look for every chart, rows as JSON values, and named
tables put in after the spec is built (building an Altair chart takes longer than running the
model).
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from ramp155.pictures.grammar.rounds import spell_rounds_tips
from ramp155.pictures.palette import NOTE_SIZE

Spec = dict[str, Any]


def list_values(table: pd.DataFrame) -> list[dict[str, Any]]:
    """A frame as Vega values: unknown numbers become null."""
    return table.astype(object).where(table.notna(), None).to_dict("records")


def join_layers(layers: list[alt.Chart], height: int | alt.Step) -> Spec:
    """Layers as one spec of a height, without a frame."""
    return finish_chart(alt.layer(*layers), height)


def finish_chart(chart: alt.Chart | alt.LayerChart, height: int | alt.Step) -> Spec:
    """A chart as a spec of a height: no frame, one size of ticks, rounds in as many digits as they bear."""
    chart = chart.properties(height=height).configure_view(strokeWidth=0)
    chart = chart.configure_axis(labelFontSize=NOTE_SIZE, titleFontSize=NOTE_SIZE)
    chart = chart.configure_axisX(titleFontWeight="normal").configure_axisY(
        titleFontWeight="normal"
    )
    chart = chart.configure_point(opacity=1).configure_circle(opacity=1)
    spec = chart.to_dict()
    spell_rounds_tips(spec)
    _inherit_data(spec)
    return spec


def _inherit_data(spec: Spec) -> None:
    """Layers without data read what the spec is drawn with, not the blank row Altair gives them."""
    for layer in (spec, *spec.get("layer", [])):
        if layer.get("data") == {"name": "empty"}:
            del layer["data"]
    if "empty" in spec.get("datasets", {}):
        del spec["datasets"]["empty"]
        if not spec["datasets"]:
            del spec["datasets"]


def fill_tables(spec: Spec, **tables: pd.DataFrame) -> Spec:
    """A spec with its named tables put in; Streamlit sends them beside it."""
    return {**spec, "datasets": tables}


def table_chart(name: str) -> alt.Chart:
    """A chart of rows that `_fill` puts in under a name."""
    return alt.Chart(alt.NamedData(name))
