"""Demand met month by month from European output, stocks, the US and elsewhere, in whole rounds by draw, so that nothing is lost or made by rounding: demand = Europe + stocks + US + elsewhere + unmet. After the model's last month output is held at the mean of its last year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.gap.estimates import check_comparison
from ramp155.answers.gap.rates import compute_estimate_rate, draw_gap_coefficients
from ramp155.answers.procurement.terms import Terms
from ramp155.base.memory import remember
from ramp155.model.arrays import Array, Places
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import FORECAST_START, MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.runs import run_scenario
from ramp155.record.dates import month_range

HORIZON_END = "2040-12"
HORIZON = month_range(FORECAST_START, HORIZON_END)
MODELLED_MONTHS = len(MONTHS) - MONTHS.index(
    FORECAST_START
)  # months of them that the chain simulates
SUPPLY_SOURCES = ("europe", "stock", "us", "other", "unmet")
FATES = ("europe", "stock", "us", "other", "late", "unmet")  # what becomes of a round asked for


class Tally(NamedTuple):
    """Rounds asked for, each once, and of these what comes later than asked and what is missing at the end; mean of the draws."""

    asked: float
    late: float
    missing: float


@dataclass(frozen=True)
class Flows:
    """Whole rounds by month and draw, (months, draws): `demand` and what met it by `SUPPLY_SOURCES`.

    A month of rebuilding that fails is not asked for again but made up when there is room, and then adds
    to that month's demand; `asked` has each round once, in the month that asked for it first. `level` is the stock at the month's end, `planned` what it was to be, `fired`
    the rounds for aid and training that stay unmet, `spare` European output that nobody asked for,
    `target` the stock to reach.
    """

    demand: Places
    asked: Places
    met: dict[str, Places]
    level: Places
    planned: Places
    fired: Places
    spare: Places
    target: int

    def count_missing(self, until: str = MONTHS[-1]) -> Places:
        """Rounds missing at the end of a month: aid and training never given, and what stocks lack against
        their plan. What was late and has been made up is not missing.

        Returns
        -------
        Places, (draws,)
            Rounds.
        """
        end = HORIZON.index(until)
        shortfall = np.maximum(self.planned[end] - self.level[end], 0)
        missing: Places = self.fired[: end + 1].sum(axis=0) + shortfall
        return missing

    def sum_flow(self, source: str, until: str = MONTHS[-1]) -> Places:
        """Rounds from a source (or `demand`) up to and with a month.

        Returns
        -------
        Places, (draws,)
            Rounds.
        """
        flow = self.demand if source == "demand" else self.met[source]
        total: Places = flow[: HORIZON.index(until) + 1].sum(axis=0)
        return total

    def sort_fates(self, until: str = MONTHS[-1]) -> dict[str, Places]:
        """What becomes of each round, in the month that asked for it: who met it in time, or that it came later
        (oldest first), or that it is missing at the end of a month.

        Returns
        -------
        dict of Places, (months, draws)
            Rounds a month by `FATES`; together they are `asked`.
        """
        months = HORIZON.index(until) + 1
        asked, drawn = self.asked[:months], self.met["stock"][:months]
        due = asked - drawn  # what stocks gave is asked of makers later
        fates: dict[str, Places] = {}
        for source in ("europe", "us", "other"):
            fates[source] = np.minimum(self.met[source][:months], due)
            due = due - fates[source]
        owed = due - self.fired[:months]  # to stocks: it may yet come
        made_up = (self.demand[:months] - asked + drawn).sum(axis=0)
        late = np.clip(made_up - (owed.cumsum(axis=0) - owed), 0, owed)
        fates |= {"stock": drawn, "late": late, "unmet": owed - late + self.fired[:months]}
        return {fate: fates[fate] for fate in FATES}

    def tally_fates(self, until: str = MONTHS[-1]) -> Tally:
        """The figures that page, picture, story and file say: sums of what the picture draws."""
        fates = {
            fate: float(rounds.sum(axis=0).mean())
            for fate, rounds in self.sort_fates(until).items()
        }
        return Tally(sum(fates.values()), fates["late"], fates["unmet"])

    def find_rebuilt(self) -> Places:
        """The first month in which stocks are full.

        Returns
        -------
        Places, (draws,)
            Place in `HORIZON`; its length where never.
        """
        full = self.level >= self.target
        return np.where(full.any(axis=0), full.argmax(axis=0), len(HORIZON))


def compute_flows(model: Model, scenario: Scenario, terms: Terms, us: str) -> Flows:
    """Demand met month by month, one column a draw.

    `us` is the US estimate (`estimates.csv`). Raises ValueError for one that is not known.
    """
    check_comparison(model.record, Comparison(us=us))
    return simulate_flows(model, scenario, terms, us, len(HORIZON))


@remember
def simulate_flows(model: Model, scenario: Scenario, terms: Terms, us: str, months: int) -> Flows:
    """As `compute_flows`, for the first months of `HORIZON` alone.

    Parameters
    ----------
    model : Model
        One column for each of its draws.
    scenario : Scenario
        Levers of European output.
    terms : Terms
        Demand and the ways to meet it.
    us : str
        The US estimate, one of `estimates.csv`.
    months : int
        How many months are simulated.
    """
    from ramp155.answers.procurement.meet import meet_demand  # here only: numba is slow

    output, spared, coefficient_values = compute_supplies(model, scenario, us)
    home_output = np.floor(output[:months]).astype(np.int64)
    us_offer = np.floor(spared[:months] * terms.us_availability).astype(np.int64)
    # What is made in a month arrives after the delay; the first orders are placed in the first month.
    us_offer = np.vstack(
        [np.zeros_like(us_offer[: terms.delay]), us_offer[: len(us_offer) - terms.delay]]
    )
    other_offer = np.floor(coefficient_values["other_imports"] / 12 * terms.other).astype(np.int64)
    stock = np.floor(coefficient_values["stock_now"]).astype(np.int64)
    may_be_given = np.floor(stock * terms.draw).astype(np.int64)
    monthly_use = int(terms.aid) + int(terms.training) // 12
    target, rebuild_months = int(terms.stock_target), 12 * int(terms.years)
    demand, asked, level, planned, lost, spare_output, met_by_source = meet_demand(
        home_output,
        us_offer,
        other_offer,
        stock,
        may_be_given,
        monthly_use,
        target,
        rebuild_months,
        float(terms.preference),
    )
    return Flows(
        demand,
        asked,
        dict(zip(SUPPLY_SOURCES, met_by_source, strict=True)),
        level,
        planned,
        lost,
        spare_output,
        target,
    )


@remember
def compute_supplies(
    model: Model, scenario: Scenario, us: str
) -> tuple[Array, Array, dict[str, Array]]:
    """European output and what the US can spare, and the coefficients they rest on.

    Returns
    -------
    tuple of Array, Array and dict
        Rounds a month each, (months of `HORIZON`, draws); assumption_id -> (draws,) in their own units.
    """
    coefficient_values = draw_gap_coefficients(model, scenario.assume)
    european_output = run_scenario(model, scenario)[0]
    us_output = compute_estimate_rate(model, us, scenario.assume, Comparison().counts) / 12
    return (
        _extend_flow(european_output),
        np.maximum(_extend_flow(us_output) - coefficient_values["us_own_need"] / 12, 0.0),
        coefficient_values,
    )


def _extend_flow(flow: Array) -> Array:
    """A monthly flow over `HORIZON`: as modelled, then the mean of the last year."""
    modelled = flow[-MODELLED_MONTHS:]
    extra_months = len(HORIZON) - MODELLED_MONTHS
    return np.vstack(
        [modelled, np.repeat(modelled[-12:].mean(axis=0, keepdims=True), extra_months, axis=0)]
    )
