"""Named estimates of `estimates.csv` as paths in rounds a year: straight lines between their dates,
held after the last one, blank before the first; a figure for a year stands for every month of it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ramp155.answers.gap.coefficients import compute_gap_positions
from ramp155.answers.gap.comparison import Comparison
from ramp155.base.memory import remember
from ramp155.model.arrays import Array
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.triangle import invert_triangle
from ramp155.record.dates import month_number
from ramp155.record.records import Records

# A figure for a month speaks for the half year before it too.
_REACH_MONTHS = 6


@remember
def list_estimates(records: Records, actor: str) -> dict[str, str]:
    """estimate_id -> label of an actor's estimates, in the table's order; not to be changed."""
    actor_estimates = records.estimates[records.estimates["actor"] == actor]
    return dict(zip(actor_estimates["estimate_id"], actor_estimates["label"], strict=True))


def check_comparison(records: Records, comparison: Comparison) -> None:
    """Raise ValueError unless both estimates are in the record."""
    for name, actor in (("russia", "RU"), ("us", "US")):
        choices = list_estimates(records, actor)
        if getattr(comparison, name) not in choices:
            raise ValueError(
                f"{name}: {getattr(comparison, name)!r} is not one of {', '.join(choices)}"
            )


def find_last_figure(records: Records, estimate_id: str) -> str:
    """The date of an estimate's last figure, after which it is held."""
    return max(
        figure.month for figure in records.list_estimates() if figure.estimate_id == estimate_id
    )


def find_month_places(date: str) -> list[int]:
    """First and last month of a year, or a month, on the model's axis.

    Returns
    -------
    list of int
        One or two places in `MONTHS`; negative before it begins.
    """
    ends = (date,) if len(date) > 4 else (f"{date}-01", f"{date}-12")
    return [month_number(end) - month_number(MONTHS[0]) for end in ends]


class EstimateOutline(NamedTuple):
    """An estimate's figures as they stand in the record, at their places on the model's axis.

    `figures` are low, most likely and high in rounds a year, straight lines between them; `first` is the first month they
    speak for.
    """

    actor: str
    places: list[int]
    figures: list[tuple[float, float, float]]
    first: int


def outline_estimate(records: Records, estimate_id: str, counts: str) -> EstimateOutline:
    """An estimate's figures in its own way of counting; where it has none for `counts`, those it has."""
    figures = [
        estimate for estimate in records.list_estimates() if estimate.estimate_id == estimate_id
    ]
    figures = [estimate for estimate in figures if estimate.counts == counts] or figures
    places, spans = [], []
    for figure in figures:
        for place in find_month_places(figure.month):
            places.append(place)
            spans.append((figure.low, figure.mode, figure.high))
    reach_months = _REACH_MONTHS if len(figures[0].month) > 4 else 0
    return EstimateOutline(figures[0].actor, places, spans, places[0] - reach_months)


@remember
def compute_estimate_path(model: Model, estimate_id: str, counts: str) -> Array:
    """An estimate's path in its own way of counting.

    Its range is one position for all its dates. Where it has no rows for `counts`, those it has.

    Returns
    -------
    Array, (months, draws)
        Rounds a year; NaN before the first date it names.
    """
    outline = outline_estimate(model.record, estimate_id, counts)
    position = compute_gap_positions(model)[outline.actor]
    drawn_figures = {span: invert_triangle(position, *span) for span in outline.figures}
    month_places = outline.places
    knots = np.array([drawn_figures[span] for span in outline.figures])
    months = np.arange(len(MONTHS))
    weights = np.array(
        [np.interp(months, month_places, unit_vector) for unit_vector in np.eye(len(month_places))]
    ).T
    path: Array = weights @ knots
    path[months < outline.first] = np.nan
    return path
