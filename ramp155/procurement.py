"""Two tracks: demand for 155 mm rounds met by European output, US purchases, other imports and stocks.

Month by month from the first forecast month, in whole rounds, so that nothing is lost or made by rounding:
demand = from European output + from stocks + from the US + from elsewhere + unmet.
A European preference is the share of each month's demand that may only be bought in Europe. After the
model's last month output is held at the mean of its last year, to see when stocks are full.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numba import njit

from ramp155 import dates, ensemble, gap, simulation
from ramp155.chain import Array
from ramp155.records import Records
from ramp155.scenario import FORECAST_START, MONTHS, Lever, Scenario

LAST_MONTH = "2040-12"
HORIZON = dates.month_range(FORECAST_START, LAST_MONTH)
_MODELLED = len(MONTHS) - MONTHS.index(FORECAST_START)  # months of them that the chain simulates
SOURCES = ("europe", "stock", "us", "other", "unmet")


@dataclass(frozen=True)
class Terms:
    """Demand and the ways to meet it; rounds, fractions and months.

    `aid` is rounds a month for Ukraine, `training` rounds a year, `stock_target` the rounds Europe wants
    in store, `years` over how many it rebuilds. `preference` is the share of demand reserved for European
    makers, `us_availability` and `other` multiply what the US can spare and what is for sale elsewhere,
    `delay` the months from a US order to its delivery, `draw` the part of the opening stock that may be
    given away. Raises ValueError for a value outside its lever's range.
    """

    aid: float = 100_000
    training: float = 150_000
    stock_target: float = 3_000_000
    years: int = 5
    preference: float = 0.0
    us_availability: float = 1.0
    delay: int = 18
    other: float = 1.0
    draw: float = 0.0

    def __post_init__(self) -> None:
        for lever in LEVERS:
            lever.check(getattr(self, lever.name))


def _lever(
    name: str,
    key: str,
    label: str,
    low: float,
    high: float,
    step: float,
    unit: str,
    explains: str,
    short: str,
) -> Lever:
    base = float(getattr(Terms, name))
    return Lever(name, key, label, low, high, step, unit, explains, short, base=base)


LEVERS = (
    _lever(
        "preference", "pref", "European preference", 0.0, 1.0, 0.05, "%",
        "Share of each month's demand that may only be bought from European makers. The EU's loans (SAFE) ask "
        "for 65 % European content.", "preference",
    ),
    _lever(
        "aid", "aid", "Aid to Ukraine, thousand a month", 0, 300_000, 5_000, "thousand",
        "155 mm rounds a month. Ukraine named a need of 200,000; half of that is assumed.", "aid",
    ),
    _lever(
        "training", "training", "Training, thousand a year", 0, 500_000, 10_000, "thousand",
        "Rounds European forces fire in training. US forces use about 100,000 a year; Europe's figure is assumed.",
        "training",
    ),
    _lever(
        "stock_target", "stock", "Stocks to reach, thousand rounds", 0, 10_000_000, 100_000, "thousand",
        "Rounds in European stores. Germany wants 230,000, Britain 430,000, Poland a million; the sum for all is "
        "assumed.", "stock target",
    ),
    _lever(
        "years", "years", "Years to rebuild them", 1, 15, 1, "years",
        "The EU wants NATO's stock targets met by 2030; Rheinmetall's chief speaks of five to ten years.", "years to rebuild",
    ),
    _lever(
        "us_availability", "avail", "US availability", 0.0, 1.0, 0.05, "%",
        "Part of what the US makes beyond its own needs that Europe may buy.", "US availability",
    ),
    _lever(
        "delay", "wait", "Delivery delay of US orders", 0, 48, 1, "months",
        "From order to delivery; 12 to 36 months are reported. First orders: January 2026.",
        "US delay",
    ),
    _lever(
        "other", "other", "Rounds for sale elsewhere", 0.0, 2.0, 0.05, "%",
        "South Korea, South Africa, Türkiye and others; the Czech initiative buys there.", "elsewhere",
    ),
    _lever(
        "draw", "draw", "Stocks that may be given away", 0.0, 1.0, 0.05, "%",
        "Part of the opening stock that may cover aid and training when all else falls short.", "stock drawn",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Flows:
    """Whole rounds by month and draw, (months, draws): `demand` and what met it by `SOURCES`.

    A month of rebuilding that fails is not asked for again but made up when there is room, and then adds
    to that month's demand. `level` is the stock at the month's end, `planned` what it was to be, `fired`
    the rounds for aid and training that stay unmet, `spare` European output that nobody asked for,
    `target` the stock to reach.
    """

    demand: Array
    met: dict[str, Array]
    level: Array
    planned: Array
    fired: Array
    spare: Array
    target: int

    def missing(self, until: str = MONTHS[-1]) -> Array:
        """Rounds missing at the end of a month, by draw: aid and training never given, and what stocks lack
        against their plan. What was late and has been made up is not missing."""
        end = HORIZON.index(until)
        short = np.maximum(self.planned[end] - self.level[end], 0)
        return self.fired[: end + 1].sum(axis=0) + short

    def total(self, source: str, until: str = MONTHS[-1]) -> Array:
        """Rounds from a source (or `demand`) up to and with a month, by draw."""
        flow = self.demand if source == "demand" else self.met[source]
        return flow[: HORIZON.index(until) + 1].sum(axis=0)

    def asked(self, until: str = MONTHS[-1]) -> float:
        """Rounds asked for up to and with a month, each once: mean over draws."""
        end = HORIZON.index(until) + 1
        made_up = self.demand[:end].sum(axis=0) - self.met["unmet"][:end].sum(axis=0)
        return float((made_up + self.missing(until)).mean())

    def rebuilt(self) -> Array:
        """Place in `HORIZON` of the first month in which stocks are full, by draw; its length where never."""
        full = self.level >= self.target
        return np.where(full.any(axis=0), full.argmax(axis=0), len(HORIZON))


def flows(records: Records, scenario: Scenario, terms: Terms, us: str, draws: int) -> Flows:
    """Demand met month by month; one column at central coefficients for 0 draws.

    `us` is the US estimate (`estimates.csv`). Raises ValueError for one that is not known.
    """
    gap.check(records, gap.Comparison(us=us))
    return _flows(records, scenario, terms, us, draws, len(HORIZON))


@lru_cache(maxsize=64)
def _flows(
    records: Records, scenario: Scenario, terms: Terms, us: str, draws: int, months: int
) -> Flows:
    output, spared, own = _supplies(records, scenario, us, draws)
    made = np.floor(output[:months]).astype(np.int64)
    abroad = np.floor(spared[:months] * terms.us_availability).astype(np.int64)
    # What is made in a month arrives after the delay; the first orders are placed in the first month.
    abroad = np.vstack([np.zeros_like(abroad[: terms.delay]), abroad[: len(abroad) - terms.delay]])
    elsewhere = np.floor(own["other_imports"] / 12 * terms.other).astype(np.int64)
    stock = np.floor(own["stock_now"]).astype(np.int64)
    given = np.floor(stock * terms.draw).astype(np.int64)
    fired = int(terms.aid) + int(terms.training) // 12
    target, span = int(terms.stock_target), 12 * int(terms.years)
    demand, level, planned, lost, spare, met = _meet(
        made, abroad, elsewhere, stock, given, fired, target, span, float(terms.preference)
    )
    return Flows(demand, dict(zip(SOURCES, met, strict=True)), level, planned, lost, spare, target)


@njit(nogil=True, cache=True)
def _meet(made, abroad, elsewhere, opening, given, fired, target, span, preference):  # noqa: ANN001, ANN202
    """Demand, stock, spare output (months, draws) and what met demand by source, in whole rounds."""
    months, count = made.shape
    demand = np.empty((months, count), np.int64)
    level, plan = np.empty_like(demand), np.empty_like(demand)
    lost, spare = np.empty_like(demand), np.empty_like(demand)
    met = np.zeros((5, months, count), np.int64)
    stock, may_go = opening.copy(), given.copy()
    for t in range(months):
        for d in range(count):
            missing = max(target - opening[d], 0)
            pace = (missing + span - 1) // span
            before = opening[d] + min(pace * t, missing)
            planned = opening[d] + min(pace * (t + 1), missing)
            asked = fired + planned - before
            # Months in which stocks grew less than planned are made up when somebody has room.
            behind = max(before - stock[d], 0)
            extra = min(behind, max(made[t, d] - asked, 0))
            asked += extra
            home = min(made[t, d], asked)
            # At least `preference` of demand is reserved for European makers: the rest may go abroad.
            left = min(asked - home, int(asked * (1.0 - preference) + 1e-6))
            from_us = min(left, abroad[t, d])
            from_other = min(left - from_us, elsewhere[d])
            more = min(behind - extra, abroad[t, d] - from_us + elsewhere[d] - from_other)
            if asked > home + from_us + from_other:
                more = 0  # what is asked for now comes first
            elif preference > 0.0:
                more = min(more, int(max(asked * (1.0 - preference) - left, 0.0) / preference))
            asked += more
            of_us = min(more, abroad[t, d] - from_us)
            from_us, from_other = from_us + of_us, from_other + more - of_us
            received = home + from_us + from_other
            drawn = min(max(fired - received, 0), may_go[d], stock[d])
            may_go[d] -= drawn
            stock[d] += max(received - fired, 0) - drawn
            demand[t, d], level[t, d], spare[t, d] = asked, stock[d], made[t, d] - home
            plan[t, d], lost[t, d] = planned, max(fired - received - drawn, 0)
            met[0, t, d], met[1, t, d] = home, drawn
            met[2, t, d], met[3, t, d] = from_us, from_other
            met[4, t, d] = asked - received - drawn
    return demand, level, plan, lost, spare, met


@lru_cache(maxsize=16)
def _supplies(
    records: Records, scenario: Scenario, us: str, draws: int
) -> tuple[Array, Array, dict[str, Array]]:
    """European output and what the US can spare, rounds a month over `HORIZON`, and the coefficients."""
    kept = ensemble.draw(records, draws, scenario.assume).kept
    own = {name: values[kept] for name, values in gap.coefficients(records, draws).items()}
    europe = simulation.outputs(records, draws, scenario)[0]
    made = gap.rates(records, scenario, gap.Comparison(us=us), draws)["us"] / 12
    return _held(europe), np.maximum(_held(made) - own["us_own_need"] / 12, 0.0), own


def _held(flow: Array) -> Array:
    """A monthly flow over `HORIZON`: as modelled, then the mean of the last year."""
    ahead = flow[-_MODELLED:]
    more = len(HORIZON) - _MODELLED
    return np.vstack([ahead, np.repeat(ahead[-12:].mean(axis=0, keepdims=True), more, axis=0)])


Band = tuple[float, float, float]  # P10, mean, P90: means add up, so pictures and sentences agree


@dataclass(frozen=True)
class Rule:
    """What a European preference does against none, to the end of 2030.

    Bands are P10, mean and P90 over draws. `missing` and `missing_free`: rounds missing under it and without
    it, `cost_rounds`: the difference, draw by draw, `cost_odds`: share of draws in which it costs any,
    `kept`: rounds it keeps from being bought abroad, `plants` and `capacity`: orders for so many new
    powder plants and the rounds a year they would be enough for by 2031.
    `rebuilt`: P10, P50, P90 of the month in which stocks are full ("" = not by the end of 2040), `late`:
    middle and P90 of the months it delays that, over draws in which both are full by then, `never` and
    `never_free`: share of draws in which they are not full by then, `odds_rebuilt`: share with full stocks
    by the end of 2030.
    """

    preference: float
    missing: Band
    missing_free: Band
    cost_rounds: Band
    cost_odds: float
    kept: Band
    plants: Band
    capacity: Band
    rebuilt: tuple[str, str, str]
    late: tuple[float, float]
    never: float
    never_free: float
    odds_rebuilt: float


def rule(records: Records, scenario: Scenario, terms: Terms, us: str, draws: int) -> Rule:
    """The price of the preference in force and what it leaves at home, draw by draw against none."""
    free = flows(records, scenario, dataclasses.replace(terms, preference=0.0), us, draws)
    bound = flows(records, scenario, terms, us, draws)
    own = _supplies(records, scenario, us, draws)[2]
    done, done_free = bound.rebuilt(), free.rebuilt()
    end = len(HORIZON)
    both = (done < end) & (done_free < end)
    delay = (done - done_free)[both] if both.any() else np.zeros(1)
    missing, missing_free = bound.missing(), free.missing()
    cost = missing - missing_free
    # Only what is ordered early enough can stand by 2031: imports foregone until the lead time before it.
    plants = _early(free, bound, own["plant_years"]) / own["order_for_a_plant"]
    return Rule(
        preference=terms.preference,
        missing=_band(missing),
        missing_free=_band(missing_free),
        cost_rounds=_band(cost),
        cost_odds=float((cost > 0).mean()),
        kept=_band(_imports(free) - _imports(bound)),
        plants=_band(plants),
        capacity=_band(plants * own["plant_rounds"]),
        rebuilt=tuple(_month(place) for place in np.quantile(done, [0.1, 0.5, 0.9])),
        late=tuple(float(v) for v in np.quantile(delay, [0.5, 0.9])),
        never=float((done >= end).mean()),
        never_free=float((done_free >= end).mean()),
        odds_rebuilt=float((done < _MODELLED).mean()),
    )


def rules(
    records: Records, scenario: Scenario, terms: Terms, us: str, draws: int, step: float = 0.1
) -> pd.DataFrame:
    """Rounds missing at the end of 2030 under every preference: preference, p10, mean, p90."""
    rows = []
    for preference in np.round(np.arange(0.0, 1.0 + step / 2, step), 2):
        here = dataclasses.replace(terms, preference=float(preference))
        found = _flows(records, scenario, here, us, draws, _MODELLED)
        rows.append((float(preference), *_band(found.missing())))
    return pd.DataFrame(rows, columns=["preference", "p10", "mean", "p90"])


def _imports(found: Flows) -> Array:
    return found.total("us") + found.total("other")


def _early(free: Flows, bound: Flows, years: Array) -> Array:
    """Imports foregone that were ordered soon enough for a plant to stand at the end of 2030, by draw."""
    foregone = sum(free.met[s] - bound.met[s] for s in ("us", "other"))[:_MODELLED]
    deadline = _MODELLED - np.round(years * 12)
    return np.where(np.arange(_MODELLED)[:, None] < deadline, foregone, 0).sum(axis=0)


def _band(values: Array) -> Band:
    low, high = np.quantile(values, [0.1, 0.9])
    return float(low), float(np.mean(values)), float(high)


def _month(place: float) -> str:
    """The month at a place in `HORIZON`, "" past its end."""
    return HORIZON[int(place)] if place < len(HORIZON) else ""
