"""One scenario among others: its path and band over the baseline, what limits output below."""

from __future__ import annotations

import altair as alt

from ramp155.answers.output.outlook import Outlook
from ramp155.model.model import Model
from ramp155.model.simulation.plans import find_chain
from ramp155.pictures.grammar.rounds import build_rounds_tip
from ramp155.pictures.grammar.spec import Spec, finish_chart, list_values
from ramp155.pictures.output.axes import build_output_rounds_axis
from ramp155.pictures.output.path import list_path_rows
from ramp155.pictures.output.strip import draw_strip
from ramp155.pictures.palette import BASELINE

_TOP = 2_000_000  # rounds a year; capacity is not drawn here


def draw_compared_path(model: Model, result: Outlook, colour: str, height: int) -> Spec:
    """One scenario among others: path and band over the baseline, what limits output below.

    Parameters
    ----------
    model : Model
        The record with its draws.
    result : Outlook
        The scenario's answers.
    colour : str
        #RRGGBB.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    months = list_path_rows(model, result)
    months = months[months["month"] >= "2025-01"].assign(
        date=[f"{month}-01" for month in months.loc[months["month"] >= "2025-01", "month"]]
    )
    x_axis = alt.X("date:T").title(None).axis(format="%Y", tickCount="year", grid=False)
    tip = [
        alt.Tooltip("date:T", format="%B %Y", title="Month"),
        build_rounds_tip("rounds_per_year", "Rounds a year (median)"),
        build_rounds_tip("p10", "Likely, from"),
        build_rounds_tip("p90", "Likely, to"),
        alt.Tooltip("limits:N", title="Limits output, by our assumptions (share of runs)"),
    ]
    base = alt.Chart()
    band = base.mark_area(color=colour, opacity=0.2)
    baseline = base.mark_line(color=BASELINE, strokeWidth=2)
    line = base.mark_line(color=colour, strokeWidth=3)
    layers = [
        band.encode(x_axis, build_output_rounds_axis("p10", top=_TOP), alt.Y2("p90")),
        baseline.encode(x_axis, build_output_rounds_axis("baseline_rounds_per_year", top=_TOP)),
        *draw_strip(x_axis, find_chain(model.record).order),
        line.encode(x_axis, build_output_rounds_axis("rounds_per_year", top=_TOP), tooltip=tip),
    ]
    rows = alt.Data(values=list_values(months))  # type: ignore[no-untyped-call]  # Altair types none
    return finish_chart(alt.layer(*layers, data=rows), height)
