"""Russia's rate over NATO's and Europe's month by month, with P10, P50 and P90 over draws, and the
odds of parity: the share of draws in which they make as much as Russia.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.gap.estimates import check_comparison
from ramp155.answers.gap.rates import ACTORS, compute_actor_rates, sum_rates
from ramp155.answers.output.odds import find_even_month
from ramp155.base.memory import remember
from ramp155.model.arrays import Array
from ramp155.model.coefficients.edits import Edits
from ramp155.model.model import Model
from ramp155.model.quantiles import QUANTILE_LEVELS, compute_bands
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario

_FIGURE_NAMES = ["p10", "p50", "p90", "odds"]  # of a ratio


@dataclass(frozen=True)
class Gap:
    """What a comparison says month by month.

    `path`: month, actor, p10, p50, p90 (rounds a year). `ratio`: month, versus (`nato` or `europe`), p10,
    p50, p90 of Russia's rate over theirs, odds (share of draws in which they make as much as Russia).
    NaN where the chosen estimate names no figure.
    """

    comparison: Comparison
    path: pd.DataFrame
    ratio: pd.DataFrame

    def at(self, month: str, versus: str = "nato") -> pd.Series[float]:
        """The ratio's row of a month.

        Returns
        -------
        Series
            p10, p50, p90 of Russia's rate over theirs (without a unit), odds (share of draws, 0 to 1).
        """
        place = self._places[versus, month]
        return pd.Series(self._figures[place], index=_FIGURE_NAMES)

    @cached_property
    def _places(self) -> dict[tuple[str, str], int]:
        keys = zip(self.ratio["versus"], self.ratio["month"], strict=True)
        return {key: place for place, key in enumerate(keys)}

    @cached_property
    def _figures(self) -> Array:
        return self.ratio[_FIGURE_NAMES].to_numpy()

    def even_from(self, versus: str = "nato") -> str:
        """First month from which on at least half of the draws have parity; "" if there is none."""
        ratio_rows = self.ratio[self.ratio["versus"] == versus]
        return find_even_month(ratio_rows["odds"].fillna(0.0).to_numpy())


@remember
def compute_gap(model: Model, scenario: Scenario, comparison: Comparison) -> Gap:
    """Everybody's rates and Russia's over NATO's and Europe's under a scenario.

    Raises ValueError for an unknown estimate.
    """
    check_comparison(model.record, comparison)
    actor_rates = compute_actor_rates(model, scenario, comparison)
    paths, ratios = [], []
    still_bands = _compute_still_bands(model, scenario.assume, comparison)
    for actor in ACTORS:
        low, middle, high = (
            still_bands[actor]
            if actor in still_bands
            else compute_bands(actor_rates[actor], QUANTILE_LEVELS)
        )
        columns = {"month": MONTHS, "actor": actor, "p10": low, "p50": middle, "p90": high}
        paths.append(pd.DataFrame(columns))
    for versus in ("nato", "europe"):
        ratio = compute_ratio(actor_rates, versus)
        low, middle, high = compute_bands(ratio, QUANTILE_LEVELS)
        odds = np.where(np.isnan(middle), np.nan, (ratio <= 1.0).mean(axis=1))
        columns = {"month": MONTHS, "versus": versus, "p10": low, "p50": middle, "p90": high}
        ratios.append(pd.DataFrame({**columns, "odds": odds}))
    return Gap(comparison, pd.concat(paths, ignore_index=True), pd.concat(ratios))


@remember
def _compute_still_bands(model: Model, assume: Edits, comparison: Comparison) -> dict[str, Array]:
    """Quantiles of those whose rates no lever of the scenario moves.

    Returns
    -------
    dict of str to Array, (quantiles, months)
        Actor -> rounds a year.
    """
    actor_rates = compute_actor_rates(model, Scenario(assume=assume), comparison)
    return {
        actor: compute_bands(actor_rates[actor], QUANTILE_LEVELS)
        for actor in ("us", "canada", "russia", "ukraine")
    }


def compute_baseline_gap(model: Model, comparison: Comparison) -> Gap:
    """The same comparison with no lever moved, Russia's rate as it is."""
    return compute_gap(model, Scenario(), dataclasses.replace(comparison, russia_rate=1.0))


def blend_gaps(lower: Gap, upper: Gap, weight: float) -> Gap:
    """What lies between two comparisons on straight lines, figure by figure; of ratios, of what divides them.

    Parameters
    ----------
    lower, upper : Gap
        The same comparison under two scenarios.
    weight : float
        How far from the lower to the upper one, 0 to 1.

    Returns
    -------
    Gap
        Rates in rounds a year and ratios without a unit, as theirs are.
    """
    *quantile_names, odds = _FIGURE_NAMES
    path, ratio = lower.path.copy(), lower.ratio.copy()
    path[quantile_names] = _blend(lower.path, upper.path, quantile_names, weight)
    with np.errstate(divide="ignore"):
        low, high = (1 / gap.ratio[quantile_names] for gap in (lower, upper))
        ratio[quantile_names] = 1 / _blend(low, high, quantile_names, weight)
    ratio[odds] = _blend(lower.ratio, upper.ratio, [odds], weight)
    return Gap(lower.comparison, path, ratio)


def _blend(low: pd.DataFrame, high: pd.DataFrame, names: list[str], weight: float) -> Array:
    between: Array = low[names].to_numpy() * (1 - weight) + high[names].to_numpy() * weight
    return between


@remember
def find_median_ratio(
    model: Model, scenario: Scenario, comparison: Comparison, month: str
) -> float:
    """Russia's rate over NATO's in one month, the median over draws.

    Returns
    -------
    float
        Russia's rate over NATO's, without a unit; NaN where no figure is named.
    """
    ratio = compute_ratio(compute_actor_rates(model, scenario, comparison), "nato")
    return float(np.median(ratio[MONTHS.index(month)]))


def compute_ratio(actor_rates: dict[str, Array], *actors: str) -> Array:
    """Russia's rate over that of others together.

    Parameters
    ----------
    actor_rates : dict of str to Array, (months, draws)
        Actor -> rounds a year.
    *actors : str
        The others.

    Returns
    -------
    Array, (months, draws)
        Ratio, without a unit.
    """
    ratio: Array = actor_rates["russia"] / np.maximum(sum_rates(actor_rates, actors), 1.0)
    return ratio
