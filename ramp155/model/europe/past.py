"""Europe's past forecasts: made on earlier days by the procedure of today, each held against what was said later."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from ramp155.base.memory import remember
from ramp155.base.shelf import keep_arrays
from ramp155.history.as_known import rewind_records
from ramp155.model.arrays import Array
from ramp155.model.capacity.stages import build_capacity, build_delivered_capacity
from ramp155.model.chain.runs import run_chain
from ramp155.model.chain.tree import build_chain
from ramp155.model.coefficients.draws import draw_accepted
from ramp155.model.europe.figures import Figure, find_word, list_figures, list_known_figures
from ramp155.model.europe.settings import read_europe_settings
from ramp155.model.forecast.cases import CUTOFFS
from ramp155.model.forecast.rules import damp_years
from ramp155.model.forecast.settings import Settings, read_settings
from ramp155.model.forecast.track import learn_by, score_ensembles
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import FIRST_MONTH_NUMBER, MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.dates import month_text
from ramp155.record.records import Records

PAST_DRAWS = 2_000
LEVELS = (0.10, 0.25, 0.50, 0.75, 0.90)
OBSERVABLES = ("nameplate", "output")
_NAMES = ("p10", "p25", "p50", "p75", "p90")
_ERRORS_PER_DRAW = 4  # of what a figure may be off
_MEMBERS = 2_000  # of the ensemble that a forecast is scored by
_SEED = 7
_SERIES = {"nameplate": "Europe nameplate", "output": "Europe output"}


@remember
def trace_past_paths(
    records: Records, cutoff: dt.date, draws: int = PAST_DRAWS
) -> dict[str, Array]:
    """Capacity and output in every draw, with only what was known on a day.

    Parameters
    ----------
    records : Records
        The record; of what was said after the day nothing is used.
    cutoff : date
        The day.
    draws : int, optional
        How many draws.

    Returns
    -------
    dict of Array, (months, draws)
        `nameplate` and `output` -> rounds a year.
    """

    def trace() -> dict[str, Array]:
        past = rewind_records(records, cutoff)
        params = draw_accepted(Model(past, draws))
        stacked = build_delivered_capacity(past, params, Scenario())
        output, _ = run_chain(stacked, build_chain(past.stages))
        nameplate = build_capacity(past, params, Scenario()).nameplate
        return {
            name: (rates * 12).astype(np.float32)
            for name, rates in (("nameplate", nameplate), ("output", output))
        }

    if records.uploaded:
        return trace()
    return dict(keep_arrays(f"past {records.digest} {cutoff} {draws}", trace))


@remember
def tabulate_past_forecasts(records: Records) -> pd.DataFrame:
    """Every later figure of Europe at every cut-off, with the band in which it should have fallen.

    The band is that of the path, widened by how far a report of such confidence is off. A word said again about the same
    half-year counts once.

    Parameters
    ----------
    records : Records
        The record.

    Returns
    -------
    DataFrame
        Columns: cutoff, series, observable, claim_id, month, first_month, last_month, said_on, low, high (NaN: open), figure, bound,
        confidence, derived, p10 to p90 (rounds a year), hit50, hit80, crps, crps_persistence, crps_line (log).
    """
    rows = []
    for cutoff in CUTOFFS:
        later = _list_later_figures(records, cutoff)
        if later:
            rows += _judge_figures(records, cutoff, later)
    return pd.DataFrame(rows)


def _list_later_figures(records: Records, cutoff: dt.date) -> list[Figure]:
    """What was said after a day of months after it: each word once, as first said."""
    cutoff_month = cutoff.year * 12 + cutoff.month - 1
    later = [
        figure
        for figure in list_figures(records)
        if figure.observable in OBSERVABLES
        and not figure.is_target
        and figure.known_on > cutoff
        and (figure.first_month + figure.last_month) / 2 > cutoff_month
    ]
    first_said: dict[tuple[str, int, int, str], Figure] = {}
    for figure in later:
        first_said.setdefault((figure.observable, *find_word(figure)), figure)
    return list(first_said.values())


def _judge_figures(
    records: Records, cutoff: dt.date, later: Sequence[Figure]
) -> list[dict[str, object]]:
    """The forecast of each later figure, and how it did."""
    rng = np.random.default_rng(_SEED)
    settings = read_settings(records)
    paths = trace_past_paths(records, cutoff)
    rows = []
    for figure in later:
        first, last = (
            min(max(month - FIRST_MONTH_NUMBER, 0), len(MONTHS) - 1) for month in figure.months
        )
        logs = np.log(np.maximum(paths[figure.observable][first : last + 1].mean(axis=0), 1.0))
        errors = rng.standard_t(settings.tails, (_ERRORS_PER_DRAW, len(logs)))
        error = settings.report_error[figure.confidence]
        members = np.sort((logs + error * errors).ravel())
        band = np.quantile(members, LEVELS)
        low = -math.inf if figure.low is None else figure.log
        high = math.inf if figure.high is None else figure.log
        rivals = _score_rivals(records, cutoff, figure, settings)
        rows.append(
            {
                "cutoff": cutoff.isoformat(),
                "series": _SERIES[figure.observable],
                "observable": figure.observable,
                "claim_id": figure.figure_id,
                "month": month_text(sum(figure.months) // 2),
                "first_month": month_text(figure.first_month),
                "last_month": month_text(figure.last_month),
                "said_on": figure.known_on.isoformat(),
                "low": math.nan if figure.low is None else figure.low,
                "high": math.nan if figure.high is None else figure.high,
                "figure": math.exp(figure.log),
                "bound": figure.bound,
                "confidence": figure.confidence,
                "derived": figure.is_derived,
                **dict(zip(_NAMES, np.exp(band), strict=True)),
                "hit50": bool(low <= band[3] and high >= band[1]),
                "hit80": bool(low <= band[4] and high >= band[0]),
                "crps": _score(members[:: max(1, len(members) // _MEMBERS)], figure),
                **rivals,
            }
        )
    return rows


def _score(members: Array, figure: Figure) -> float:
    """The score of a sorted ensemble in log; NaN for a bound, which has no distance."""
    if figure.bound:
        return math.nan
    return float(score_ensembles(members[None], np.array([figure.log]))[0])


def _score_rivals(
    records: Records, cutoff: dt.date, figure: Figure, settings: Settings
) -> Mapping[str, float]:
    """How the last figure, held, and a straight line through the figures would have done, with the error they had learned."""
    past = rewind_records(records, cutoff)
    known = [
        report
        for report in list_known_figures(past, figure.observable)
        if not report.bound and not report.is_derived
    ]
    known.sort(key=lambda report: (sum(report.months), report.known_on))
    europe = read_europe_settings(records)
    if known:
        start_month, last = sum(known[-1].months) / 2, known[-1].log
    else:
        start_month = FIRST_MONTH_NUMBER - 1
        filling = records.stage_of_role["filling"]
        is_output = figure.observable == "output"
        last = (europe.prewar if is_output else europe.starts[filling]).mean
    month = sum(figure.months) / 2
    line = last
    months = np.array([sum(report.months) / 2 for report in known])
    if len(known) > 1 and np.ptp(months) >= 6:
        intercept = np.polyfit(months - month, [report.log for report in known], 1)[1]
        line = float(intercept)
    from scipy.special import stdtrit  # here only: it costs a quarter of a second

    years = damp_years(np.array([(month - start_month) / 12]), settings.damping)
    quantiles = stdtrit(settings.tails, (np.arange(_MEMBERS) + 0.5) / _MEMBERS)
    scores = {}
    for rule, middle in (("persistence", last), ("line", line)):
        scale = learn_by(past, cutoff, rule).measure_scale(np.empty((1, 0)), years)
        scores[f"crps_{rule}"] = _score(middle + scale * quantiles, figure)
    return scores
