"""Past forecasts as cases: where a series stood on a day, what was promised, and what was said later."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from ramp155.model.forecast.levels import Level, estimate_level
from ramp155.model.forecast.panel import Report, Series
from ramp155.model.forecast.promises import promise_growths
from ramp155.model.forecast.settings import Settings

_HALF_YEAR = 6  # months
# Half-yearly, from the first end of a year after the start of the war to the last before the record's end.
CUTOFFS = tuple(
    dt.date(year, month, day)
    for year in (2022, 2023, 2024, 2025)
    for month, day in ((6, 30), (12, 31))
    if (year, month) != (2022, 6)
)


class Case(NamedTuple):
    """A later figure of a series, and all that its forecast on the day of the cut-off may use.

    `outcome` is the log of the figure (the middle of what was said of one half-year), speaking of `month` (months since year 0),
    `years` after the last figure known at the cut-off, and first said on `known_on`. `promised` is the log growth promised from
    the level until then (None where nothing was), `line` the log where a straight line through the figures known ends up.
    """

    cutoff: dt.date
    series: Series
    report_ids: tuple[str, ...]
    month: float
    outcome: float
    known_on: dt.date
    level: Level
    years: float
    promised: float | None
    line: float


def list_cases(
    panel: Iterable[Series], cutoff: dt.date, day: dt.date, settings: Settings
) -> list[Case]:
    """Every later figure said by a day, of the series that had one at a cut-off.

    Parameters
    ----------
    panel : iterable of Series
        The series; of what was said after the day nothing is used.
    cutoff, day : date
        The forecast uses what was said by the cut-off; outcomes were said after it and by the day.
    settings : Settings
        How a level walks.

    Returns
    -------
    list of Case
        Logs of units of the series a year; a half-year of a series is one case.
    """
    cutoff_month = cutoff.year * 12 + cutoff.month - 1
    cases: list[Case] = []
    for series in panel:
        figures = [report for report in series.reports if not report.is_promise]
        known = [
            figure
            for figure in figures
            if figure.known_on <= cutoff and figure.month <= cutoff_month + 0.5
        ]
        later = [
            figure
            for figure in figures
            if cutoff < figure.known_on <= day and figure.month > cutoff_month
        ]
        if known and later:
            cases += _build_cases(series, cutoff, known, later, settings)
    return cases


def _build_cases(
    series: Series,
    cutoff: dt.date,
    known: Sequence[Report],
    later: Sequence[Report],
    settings: Settings,
) -> list[Case]:
    level = estimate_level(known, settings)
    promises = [
        report for report in series.reports if report.is_promise and report.known_on <= cutoff
    ]
    by_half: dict[int, list[Report]] = defaultdict(list)
    for figure in later:
        by_half[int(figure.month // _HALF_YEAR)].append(figure)
    cases = []
    for _, same_half in sorted(by_half.items()):
        month = float(np.mean([figure.month for figure in same_half]))
        case = Case(
            cutoff=cutoff,
            series=series,
            report_ids=tuple(figure.report_id for figure in same_half),
            month=month,
            outcome=float(np.median(np.log([figure.value for figure in same_half]))),
            known_on=min(figure.known_on for figure in same_half),
            level=level,
            years=(month - level.month) / 12,
            promised=_find_promised_growth(promises, level, month),
            line=_draw_on(known, level, month),
        )
        cases.append(case)
    return cases


def _find_promised_growth(promises: Sequence[Report], level: Level, month: float) -> float | None:
    """Log growth promised from the level to a month; None where nothing stands promised."""
    growths = promise_growths(promises, np.array([level.log]), level.month, np.array([month]))
    return None if growths is None else float(growths[0, 0])


def build_open_case(series: Series, day: dt.date, month: float, settings: Settings) -> Case | None:
    """A case whose figure is yet to come, of what was said of a series by a day.

    Parameters
    ----------
    series : Series
        Its reports, in units of the series a year.
    day : date
        The day of the forecast.
    month : float
        The month it speaks of, months since year 0.
    settings : Settings
        How a level walks.

    Returns
    -------
    Case or None
        Logs of units of the series a year, its `outcome` not a number; None where no figure was known.
    """
    day_month = day.year * 12 + day.month - 1
    said = [report for report in series.reports if report.known_on <= day]
    known = [report for report in said if not report.is_promise and report.month <= day_month + 0.5]
    if not known:
        return None
    level = estimate_level(known, settings)
    promises = [report for report in said if report.is_promise]
    return Case(
        cutoff=day,
        series=series,
        report_ids=(),
        month=month,
        outcome=float("nan"),
        known_on=day,
        level=level,
        years=(month - level.month) / 12,
        promised=_find_promised_growth(promises, level, month),
        line=_draw_on(known, level, month),
    )


def _draw_on(known: Sequence[Report], level: Level, month: float) -> float:
    """Where a straight line through the logs of the figures known ends up; their last while they span no half-year."""
    months = np.array([figure.month for figure in known])
    if np.ptp(months) < _HALF_YEAR:
        return level.last
    slope, intercept = np.polyfit(
        months - level.month, np.log([figure.value for figure in known]), 1
    )
    return float(intercept + slope * (month - level.month))
