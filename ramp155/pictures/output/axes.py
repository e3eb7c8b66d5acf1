"""The axes of the output path, which hold still while a slider moves."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from ramp155.answers.output.surface import compute_figure_surface
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.grammar.axes import PATH_END, build_years_axis
from ramp155.pictures.grammar.rounds import MILLION_TENTHS

OUTPUT_TOP = 3_000_000  # the output axis holds still while a slider moves
_STRIP_ROOM = 530_000  # under the zero line, at the usual top
MONTH_STARTS = pd.to_datetime([f"{month}-01" for month in [*MONTHS, "2031-01"]])


def find_output_top(model: Model, scenario: Scenario) -> int:
    """The upper end of the output axis: higher than usual where a band would be cut at some supply.

    Parameters
    ----------
    model : Model
        The record with its draws.
    scenario : Scenario
        Where the levers stand; whatever its nitrocellulose, the end is the same.

    Returns
    -------
    int
        Rounds a year, in whole half millions.
    """
    highest = float(np.nanmax(compute_figure_surface(model, scenario)[-1]))
    return max(OUTPUT_TOP, int(np.ceil(highest / 500_000)) * 500_000)


def build_output_years_axis() -> alt.X:
    """The years of the path, with room for the pre-war report and for the labels."""
    return build_years_axis("2021-06-01", "2032-09-01", within=False, named_to=PATH_END)


def build_output_rounds_axis(field: str, title: str | None = None, top: int = OUTPUT_TOP) -> alt.Y:
    """Rounds a year on an axis that holds still, with room for the strip below nought.

    Parameters
    ----------
    field : str
        The field with rounds a year.
    title : str, optional
        What stands beside the axis.
    top : int
        Upper end of the axis, rounds a year.

    Returns
    -------
    alt.Y
        Encoding of the vertical axis.
    """
    room = _STRIP_ROOM * max(top / OUTPUT_TOP, 1)
    scale = alt.Scale(domain=[-room, top], nice=False, clamp=True)
    ticks = list(range(0, top, 500_000 if top <= 4_000_000 else 1_000_000))
    axis = alt.Axis(values=ticks, labelExpr=MILLION_TENTHS, title=title, style="bare")
    return alt.Y(f"{field}:Q", scale=scale, axis=axis)
