"""Rounds a year of every actor, by month and draw, counted as a comparison asks.

Europe is the model's; Russia, the United States, Canada and Ukraine are paths through named claims.
Nobody publishes Russian capacity apart from output, so its figure stands for both.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import numpy as np
import pandas as pd

from ramp155.answers.gap.coefficients import compute_gap_coefficients
from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.gap.estimates import compute_estimate_path, find_month_places, list_estimates
from ramp155.answers.output.medians import compute_nameplates
from ramp155.base.memory import remember
from ramp155.model.arrays import Array
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.coefficients.edits import Edits
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import FORECAST_START, MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.runs import run_scenario
from ramp155.record.records import Records
from ramp155.record.rows import Estimate

ACTORS = ("europe", "us", "canada", "nato", "russia", "ukraine")
NATO_ACTORS = ("europe", "us", "canada")
CANADA_ESTIMATE, _UKRAINE_ESTIMATE = "ca-155", "ua-all"


def compute_actor_rates(
    model: Model, scenario: Scenario, comparison: Comparison
) -> dict[str, Array]:
    """Rates of every actor, counted as a comparison asks.

    Returns
    -------
    dict of str to Array, (months, draws)
        Actor -> rounds a year; NaN where nothing is named.
    """
    coefficient_values = draw_gap_coefficients(model, scenario.assume)
    calibre_factor = coefficient_values["all_calibres"] if comparison.calibres == "all" else 1.0

    def read_path(estimate: str) -> Array:
        return compute_estimate_rate(model, estimate, scenario.assume, comparison.counts)

    european_rate = _compute_european_rate(model, scenario, comparison.counts)
    actor_rates = {
        "europe": european_rate * calibre_factor,
        "us": read_path(comparison.us) * calibre_factor,
        "canada": read_path(CANADA_ESTIMATE) * calibre_factor,
    }
    actor_rates["nato"] = sum_rates(actor_rates, NATO_ACTORS)
    actor_rates["russia"] = _convert_russian_rate(
        model.record, comparison, coefficient_values, read_path(comparison.russia)
    )
    # Its figure counts mortar bombs too, as some of Russia's do.
    ukrainian_rate = read_path(_UKRAINE_ESTIMATE) * coefficient_values["share_shells"]
    actor_rates["ukraine"] = (
        ukrainian_rate if comparison.calibres == "all" else np.full_like(ukrainian_rate, np.nan)
    )
    return actor_rates


def draw_gap_coefficients(model: Model, assume: Edits) -> dict[str, Array]:
    """What a comparison rests on beside the chain, in the draws that are in use.

    Returns
    -------
    dict of str to Array, (draws,)
        assumption_id -> values in their own units.
    """
    kept_draws = draw_coefficients(model, assume).kept
    return {
        name: drawn_values[kept_draws]
        for name, drawn_values in compute_gap_coefficients(model).items()
    }


def compute_estimate_rate(model: Model, estimate: str, assume: Edits, counts: str) -> Array:
    """One estimate's path as its source counts, in the draws that are in use.

    Parameters
    ----------
    model : Model
        Its draws give the columns.
    estimate : str
        One of `estimates.csv`.
    assume : Edits
        Own values for coefficients, which decide what draws are kept.
    counts : str
        `output` or `nameplate`.

    Returns
    -------
    Array, (months, draws)
        Rounds a year; NaN where nothing is named.
    """
    return compute_estimate_path(model, estimate, counts)[:, draw_coefficients(model, assume).kept]


def sum_rates(actor_rates: dict[str, Array], actors: Iterable[str]) -> Array:
    """What several actors make together.

    Parameters
    ----------
    actor_rates : dict of str to Array, (months, draws)
        Actor -> rounds a year.
    actors : iterable of str
        Whose rates are added up; at least one.

    Returns
    -------
    Array, (months, draws)
        Rounds a year.
    """
    first, *other_rates = (actor_rates[actor] for actor in actors)
    total = first
    for rate in other_rates:
        total = total + rate
    return total


@remember
def _compute_european_rate(model: Model, scenario: Scenario, counts: str) -> Array:
    if counts == "output":
        return run_scenario(model, scenario)[0] * 12
    return compute_nameplates(model, scenario) * 12


def _convert_russian_rate(
    records: Records, comparison: Comparison, coefficient_values: dict[str, Array], path: Array
) -> Array:
    """A Russian estimate brought to the way of counting asked for, with its spread, growth and lever."""
    last = _find_last(records, comparison)
    months = np.arange(len(MONTHS))[:, None]
    years_after = np.maximum(months - find_grown_from(records, comparison), 0) / 12
    path = (
        path
        * coefficient_values["russia_error"]
        * (1 + coefficient_values["russia_growth"]) ** years_after
    )
    path = np.where(months >= MONTHS.index(FORECAST_START), path * comparison.russia_rate, path)
    if comparison.calibres == "quoted":
        return path
    if last.calibres == "kinds":
        path = path * coefficient_values["share_shells"]
    if comparison.calibres == "155" and last.calibres != "155":
        path = path * coefficient_values["share_152"]
    if comparison.calibres == "all" and last.calibres == "155":
        path = path / coefficient_values["share_152"]
    if comparison.made == "new" and last.made != "new":
        path = path * coefficient_values["share_new"]
    if comparison.made == "refurbished" and last.made == "new":
        path = path / coefficient_values["share_new"]
    return path


def _find_last(records: Records, comparison: Comparison) -> Estimate:
    return [
        figure for figure in records.list_estimates() if figure.estimate_id == comparison.russia
    ][-1]


def find_grown_from(records: Records, comparison: Comparison) -> int:
    """The month after which Russia's figure is carried on by its growth.

    Returns
    -------
    int
        Its place in `MONTHS`: months after the first.
    """
    return find_month_places(_find_last(records, comparison).month)[-1]


def compute_russian_factor(model: Model, assume: Edits, comparison: Comparison) -> Array:
    """What a Russian estimate is multiplied by, draw by draw, growth and lever aside.

    Returns
    -------
    Array, (draws,)
        Rounds a year as they are counted for each round a year of the estimate.
    """
    at_rest = dataclasses.replace(comparison, russia_rate=1.0)
    coefficient_values = draw_gap_coefficients(model, assume)
    draw_count = len(coefficient_values["russia_growth"])
    even = np.ones((len(MONTHS), draw_count))
    first: Array = _convert_russian_rate(model.record, at_rest, coefficient_values, even)[0]
    return first


def list_named_rates(model: Model, comparison: Comparison, year: str) -> pd.DataFrame:
    """What each Russian estimate comes to in a year, counted alike.

    Columns: estimate_id, label, p10, p50, p90 (rounds in that year, over draws).
    Estimates that name no figure for the year or before it are left out; later than their last figure
    they are held, as everywhere.
    """
    named_rates = []
    for estimate, label in list_estimates(model.record, "RU").items():
        alternative = dataclasses.replace(comparison, russia=estimate)
        months = [place for place, month in enumerate(MONTHS) if month.startswith(year)]
        yearly_rounds = compute_actor_rates(model, Scenario(), alternative)["russia"][months].mean(
            axis=0
        )
        if not np.isnan(yearly_rounds).any():
            named_rates.append((estimate, label, *np.quantile(yearly_rounds, [0.1, 0.5, 0.9])))
    return pd.DataFrame(named_rates, columns=["estimate_id", "label", "p10", "p50", "p90"])
