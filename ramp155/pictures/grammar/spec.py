"""From Altair layers to a Vega-Lite spec: one look for every chart, rows as JSON values, and named
tables put in after the spec is built (building an Altair chart takes longer than running the
model).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from ramp155.pictures.grammar.rounds import spell_rounds_tips
from ramp155.pictures.theme import CHART_CONFIG

Spec = dict[str, Any]


def list_values(table: pd.DataFrame) -> list[dict[str, Any]]:
    """A frame as Vega values: unknown numbers become null."""
    plain = table.astype(object).where(table.notna(), None)
    return [
        {str(name): cell for name, cell in record_row.items()}
        for record_row in plain.to_dict("records")
    ]


def join_layers(layers: list[alt.Chart], height: int | alt.Step) -> Spec:
    """Layers as one spec of a height, without a frame.

    Parameters
    ----------
    layers : list of alt.Chart
        From the back to the front.
    height : int or alt.Step
        Height of the chart, or of each of its rows, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    return finish_chart(alt.layer(*layers), height)


def finish_chart(
    chart: alt.Chart | alt.LayerChart | alt.FacetChart, height: int | alt.Step
) -> Spec:
    """A chart as a spec of a height: in the product's look, rounds in as many digits as they bear.

    Parameters
    ----------
    chart : alt.Chart or alt.LayerChart
        What is drawn.
    height : int or alt.Step
        Height of the chart, or of each of its rows, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    spec = {**chart.properties(height=height).to_dict(), "config": CHART_CONFIG}
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


def chart_rows(rows: pd.DataFrame | Sequence[Mapping[str, object]]) -> alt.Chart:
    """A chart of rows that stand in the spec; unknown numbers become null."""
    plain_rows = (
        list_values(rows) if isinstance(rows, pd.DataFrame) else [dict(mark) for mark in rows]
    )
    # Not InlineData, which Altair takes out of the layers and puts where `fill_tables` puts its own.
    return alt.Chart(alt.Data(values=plain_rows))  # type: ignore[no-untyped-call]  # Altair types none


def chart_table(name: str) -> alt.Chart:
    """A chart of rows that `fill_tables` puts in under a name."""
    return alt.Chart(alt.NamedData(name))
