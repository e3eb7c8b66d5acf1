"""Candidate sets of coefficients as of a day, and how well each agrees with every figure known by then.

Filling and assembly first: a walk weighed by figures of capacity. Then growth after the last figure, the other stages, and all
other coefficients from their ranges; the chain gives each candidate's output, which the figures of output weigh. Today's
forecast and that of any past day are made by these steps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ramp155.history.as_known import find_end_month
from ramp155.model.arrays import Array, Params
from ramp155.model.capacity.growth import tabulate_growth
from ramp155.model.capacity.stages import build_delivered_capacity
from ramp155.model.chain.runs import run_chain
from ramp155.model.chain.tree import build_chain
from ramp155.model.coefficients.positions import (
    draw_latin_hypercube,
    find_coefficients_at,
    list_drawn,
)
from ramp155.model.europe.figures import list_known_figures
from ramp155.model.europe.settings import EuropeSettings, read_europe_settings
from ramp155.model.europe.walk import (
    KNOTS,
    Ahead,
    draw_ahead,
    find_anchor,
    find_knot,
    grow_on,
    read_walk,
    walk_to_anchor,
)
from ramp155.model.europe.weights import compute_log_density, resample, weigh_paths
from ramp155.model.forecast.panel import list_series
from ramp155.model.forecast.promises import promise_growths
from ramp155.model.forecast.settings import Settings, read_settings
from ramp155.model.forecast.track import learn_by
from ramp155.model.scenario.horizon import FIRST_MONTH_NUMBER, MONTHS, find_record_month
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.dates import last_day, month_number, month_text
from ramp155.record.records import Records

_WALKS = (50_000, 200_000)  # paths weighed by figures of capacity, least and most
_WALKS_PER_CANDIDATE = 10
_CHUNK = 2_000  # candidates run at a time, so that memory does not grow with their number
_PREWAR_MONTHS = 3  # of the horizon's first, whose output is the level before the war
_POWDER = "propellant"
_POWDER_PROMISE = "asap-powder"  # the claim of what the EU-funded projects add
_PROMISED_FROM = "2024-06"  # the knot at which that was said


@dataclass(frozen=True)
class Candidates:
    """Sets of coefficients with the log likelihood of each: `params` name -> (candidates,), `log_fit` (candidates,) by figures
    of output and of tonnes; `log_evidence` is that of the figures of capacity, given the walk."""

    params: dict[str, Array]
    log_fit: Array
    log_evidence: float


def draw_candidates(records: Records, count: int, seed: int) -> Candidates:
    """Candidate sets of coefficients as of the record's end.

    Parameters
    ----------
    records : Records
        The record, as of the day (see `rewind_records`).
    count : int
        How many candidates.
    seed : int
        Seed of all random numbers.

    Returns
    -------
    Candidates
        Coefficients in their own units (rounds a year, months ...), and log likelihoods.
    """
    rng = np.random.default_rng(seed)
    settings, europe = read_settings(records), read_europe_settings(records)
    filling = records.stage_of_role["filling"]
    filling_path, log_evidence = _draw_filling(rng, records, filling, count, europe, settings)
    positions = draw_latin_hypercube(list_drawn(records), count, int(rng.integers(1 << 30)))
    params = find_coefficients_at(records, positions)
    growth = learn_by(records, records.end)
    ahead = draw_ahead(rng, growth, europe, settings, count)
    anchor = find_anchor(list_known_figures(records, "output"), find_end_month(records))
    for stage in europe.starts:
        if stage == filling:
            path, shocks = filling_path, ahead.shocks
            promised = _promise_filling(records, path)
        else:
            path = walk_to_anchor(rng, stage, anchor, count, europe, settings.tails)
            promised = _promise_stage(records, stage, path, europe)
            shocks = _mix_shocks(rng, ahead, europe.common)
        total = grow_on(
            path,
            promised,
            _sum_named_growth(records, stage),
            ahead,
            shocks,
            europe.parts[stage],
            settings,
            find_knot(find_end_month(records)),
        )
        params |= {
            f"total_{stage}_{month_text(int(knot))}": np.exp(total[place])
            for place, knot in enumerate(KNOTS)
        }
    return Candidates(params, weigh_candidates(records, params), log_evidence)


def weigh_candidates(records: Records, params: Params) -> Array:
    """How well sets of coefficients agree with the figures of output and of tonnes known at the record's end.

    Parameters
    ----------
    records : Records
        The record.
    params : mapping of Array, (candidates,)
        Name -> coefficient, in its own unit.

    Returns
    -------
    Array, (candidates,)
        How likely the figures are, as a log up to a constant.
    """
    settings, europe = read_settings(records), read_europe_settings(records)
    figures = list_known_figures(records, "output")
    chain, month_count = build_chain(records.stages), find_record_month(records) + 1
    count = len(next(iter(params.values())))
    log_fit = np.empty(count)
    for begin in range(0, count, _CHUNK):
        chunk = slice(begin, begin + _CHUNK)
        part = {name: coefficients[chunk] for name, coefficients in params.items()}
        stacked = build_delivered_capacity(records, part, Scenario(), month_count)
        output = run_chain(stacked, chain)[0] * 12

        def read_log(first: int, last: int, output: Array = output) -> Array:
            months = np.clip(
                [first - FIRST_MONTH_NUMBER, last - FIRST_MONTH_NUMBER], 0, month_count - 1
            )
            mean = output[months[0] : months[1] + 1].mean(axis=0)
            return np.asarray(np.log(np.maximum(mean, 1.0)))

        before_war = read_log(FIRST_MONTH_NUMBER, FIRST_MONTH_NUMBER + _PREWAR_MONTHS - 1)
        distance = (europe.prewar.mean - before_war) / europe.prewar.deviation
        log_fit[chunk] = compute_log_density(distance, settings.tails) + weigh_paths(
            figures, settings, read_log
        )
    for stage in europe.starts:
        tonnes = list_known_figures(records, stage)
        knots = [params[f"total_{stage}_{month_text(int(knot))}"] for knot in KNOTS]
        log_fit += weigh_paths(tonnes, settings, read_walk(np.log(knots)))
    return log_fit


def _draw_filling(
    rng: np.random.Generator,
    records: Records,
    filling: str,
    count: int,
    europe: EuropeSettings,
    settings: Settings,
) -> tuple[Array, float]:
    """Filling and assembly up to the last figure of capacity, weighed by those figures: (knots, candidates) in log."""
    figures = list_known_figures(records, "nameplate")
    anchor = find_anchor(figures, find_end_month(records))
    walk_count = int(np.clip(count * _WALKS_PER_CANDIDATE, *_WALKS))
    walks = walk_to_anchor(rng, filling, anchor, walk_count, europe, settings.tails)
    log_fit = np.zeros(walk_count) + weigh_paths(figures, settings, read_walk(walks))
    places, _ = resample(rng, log_fit, count)
    rng.shuffle(places)  # equal walks stand apart, so that other coefficients meet them evenly
    best = log_fit.max()
    return walks[:, places], float(best + np.log(np.exp(log_fit - best).mean()))


def _promise_filling(records: Records, path: Array) -> Array:
    """Log growth that officials' standing targets promise from the anchor, (knots, candidates)."""
    nothing = np.zeros((len(KNOTS), path.shape[1]))
    anchor = len(path) - 1
    for series in list_series(records):
        if series.kind == "europe" and series.observable == "nameplate":
            promises = [
                report
                for report in series.reports
                if report.is_promise and report.known_on <= records.end
            ]
            promised = promise_growths(
                promises, path[-1], float(KNOTS[anchor]), KNOTS.astype(float)
            )
            return nothing if promised is None else promised
    return nothing


def _promise_stage(records: Records, stage: str, path: Array, europe: EuropeSettings) -> Array:
    """Log growth that the EU-funded projects promise powder, once that was said, (knots, candidates)."""
    promised = np.zeros((len(KNOTS), path.shape[1]))
    claims = records.claims
    said_on = claims.loc[claims["claim_id"] == _POWDER_PROMISE, "reported_on"]
    if stage != _POWDER or said_on.empty or last_day(said_on.iloc[0]) > records.end:
        return promised
    anchor = len(path) - 1
    said_knot = min(find_knot(month_number(_PROMISED_FROM)), anchor)
    target = np.log(np.exp(path[said_knot]) + europe.asap_tonnes)
    months_left = max(europe.asap_due - KNOTS[anchor], 1)
    share = np.clip((KNOTS - KNOTS[anchor]) / months_left, 0.0, 1.0)
    return np.asarray(share[:, None] * np.maximum(target - path[-1], 0.0))


def _mix_shocks(rng: np.random.Generator, ahead: Ahead, common: float) -> Array:
    """Noise of a stage: partly what all share, partly its own."""
    own = rng.standard_normal(ahead.shocks.shape)
    return np.asarray(common * ahead.shocks + np.sqrt(1 - common**2) * own)


def _sum_named_growth(records: Records, stage: str) -> Array:
    """What named lines promise to add after the record's end if none is late, (knots,), stage units a year."""
    lines = tabulate_growth(records).get(stage, ())
    months = np.clip(KNOTS - FIRST_MONTH_NUMBER, 0, len(MONTHS) - 1)
    added = (
        np.sum([line.rates[0][months] for line in lines], axis=0) if lines else np.zeros(len(KNOTS))
    )
    return np.where(find_end_month(records) < KNOTS, added, 0.0)
