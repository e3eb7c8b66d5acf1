"""Europe and NATO against Russia: who makes how many rounds, counted alike, and the odds of parity.

Europe is the model's. Russia, the United States, Canada and Ukraine are paths through named claims
(`estimates.csv`): straight lines between their dates, held after the last one, blank before the first;
a figure for a year stands for every month of it.
A figure is converted to the way of counting asked for by coefficients of kind `gap` in
`assumptions.csv`. Nobody publishes Russian capacity apart from output, so its figure stands for both.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd

from ramp155 import dates, ensemble, outlook, simulation
from ramp155.chain import Array
from ramp155.ensemble import SEED
from ramp155.records import Records
from ramp155.scenario import FORECAST_START, MONTHS, Lever, Scenario

# Ways of counting. As quoted: Russia as its source counts (nothing converted), NATO 155 mm: not alike.
CALIBRES = {"155": "155 and 152 mm", "all": "All calibres", "quoted": "As quoted"}
MADE = {"refurbished": "With refurbished", "new": "New only"}
COUNTS = {"output": "Output", "nameplate": "Nameplate"}
ACTORS = ("europe", "us", "canada", "nato", "russia", "ukraine")
NATO = ("europe", "us", "canada")
_ACTORS = ("RU", "US", "CA", "UA")  # whose estimates are drawn from
_CANADA, _UKRAINE = "ca-155", "ua-all"
# A figure for a month speaks for the half year before it too.
_REACH = 6


@dataclass(frozen=True)
class Comparison:
    """Whose figures are compared, and how they are counted.

    `russia` and `us` are ids of `estimates.csv`; `russia_rate` multiplies Russian output from the first
    forecast month. Raises ValueError for a rate out of range or an unknown way of counting.
    """

    russia: str = "ru-hur"
    us: str = "us-likely"
    russia_rate: float = 1.0
    calibres: str = "155"
    made: str = "refurbished"
    counts: str = "output"

    def __post_init__(self) -> None:
        RUSSIA_RATE.check(self.russia_rate)
        for name, known in (("calibres", CALIBRES), ("made", MADE), ("counts", COUNTS)):
            if getattr(self, name) not in known:
                raise ValueError(
                    f"{name}: {getattr(self, name)!r} is not one of {', '.join(known)}"
                )


RUSSIA_RATE = Lever(
    "russia_rate",
    "rate",
    "Russia's rate from 2026",
    0.25,
    2.0,
    0.05,
    "%",
    "Multiplies Russian output from January 2026 on; 100 % is the estimate as it stands.",
    "Russia's rate",
    base=1.0,
)


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

    def at(self, month: str, versus: str = "nato") -> pd.Series:
        """The ratio's row of a month."""
        return self._by_month.loc[(versus, month)]

    @cached_property
    def _by_month(self) -> pd.DataFrame:
        return self.ratio.set_index(["versus", "month"]).sort_index()

    def even_from(self, versus: str = "nato") -> str:
        """First month from which on at least half of the draws have parity; "" if there is none."""
        rows = self.ratio[self.ratio["versus"] == versus]
        return outlook.even_from(rows["odds"].fillna(0.0).to_numpy())


@lru_cache(maxsize=16)
def estimates(records: Records, actor: str) -> dict[str, str]:
    """estimate_id -> label of an actor's estimates, in the table's order; not to be changed."""
    rows = records.estimates[records.estimates["actor"] == actor]
    return dict(zip(rows["estimate_id"], rows["label"], strict=True))


def check(records: Records, comparison: Comparison) -> None:
    """Raise ValueError unless both estimates are in the record."""
    for name, actor in (("russia", "RU"), ("us", "US")):
        known = estimates(records, actor)
        if getattr(comparison, name) not in known:
            raise ValueError(
                f"{name}: {getattr(comparison, name)!r} is not one of {', '.join(known)}"
            )


def compare(records: Records, scenario: Scenario, comparison: Comparison, draws: int) -> Gap:
    """Everybody's rates and Russia's over NATO's and Europe's under a scenario.

    Raises ValueError for an unknown estimate or fewer than one draw.
    """
    check(records, comparison)
    if draws < 1:
        raise ValueError("draws must be at least 1: ratios and odds are taken over draws")
    return _compare(records, scenario, comparison, draws)


@lru_cache(maxsize=64)
def _compare(records: Records, scenario: Scenario, comparison: Comparison, draws: int) -> Gap:
    found = rates(records, scenario, comparison, draws)
    paths, ratios = [], []
    for actor in ACTORS:
        low, half, high = simulation.bands(found[actor], simulation.QUANTILES)
        columns = {"month": MONTHS, "actor": actor, "p10": low, "p50": half, "p90": high}
        paths.append(pd.DataFrame(columns))
    for versus in ("nato", "europe"):
        ratio = ratio_to(found, versus)
        low, half, high = simulation.bands(ratio, simulation.QUANTILES)
        odds = np.where(np.isnan(half), np.nan, (ratio <= 1.0).mean(axis=1))
        columns = {"month": MONTHS, "versus": versus, "p10": low, "p50": half, "p90": high}
        ratios.append(pd.DataFrame({**columns, "odds": odds}))
    return Gap(comparison, pd.concat(paths, ignore_index=True), pd.concat(ratios))


@lru_cache(maxsize=256)
def middle_ratio(
    records: Records, scenario: Scenario, comparison: Comparison, month: str, draws: int
) -> float:
    """The middle draw's ratio of Russia to NATO in one month; NaN where no figure is named."""
    ratio = ratio_to(rates(records, scenario, comparison, draws), "nato")
    return float(np.median(ratio[MONTHS.index(month)]))


def ratio_to(found: dict[str, Array], *actors: str) -> Array:
    """Russia's rate over that of others together, (months, draws)."""
    others = sum(found[actor] for actor in actors)
    return found["russia"] / np.maximum(others, 1.0)


def rates(
    records: Records, scenario: Scenario, comparison: Comparison, draws: int
) -> dict[str, Array]:
    """Rounds a year of every actor, (months, draws); one column at central coefficients for 0 draws."""
    kept = ensemble.draw(records, draws, scenario.assume).kept
    terms = {name: values[kept] for name, values in coefficients(records, draws).items()}
    more = terms["all_calibres"] if comparison.calibres == "all" else 1.0

    def of(estimate: str) -> Array:
        return _estimate(records, estimate, comparison.counts, draws)[:, kept]

    europe = _europe(records, scenario, comparison.counts, draws)
    found = {"europe": europe * more, "us": of(comparison.us) * more, "canada": of(_CANADA) * more}
    found["nato"] = sum(found[actor] for actor in NATO)
    found["russia"] = _russia(records, comparison, terms, of(comparison.russia))
    ukraine = of(_UKRAINE)
    found["ukraine"] = ukraine if comparison.calibres == "all" else np.full_like(ukraine, np.nan)
    return found


@lru_cache(maxsize=8)
def _europe(records: Records, scenario: Scenario, counts: str, draws: int) -> Array:
    if counts == "output":
        return simulation.outputs(records, draws, scenario)[0] * 12
    return outlook.nameplates(records, scenario, draws) * 12


def _russia(
    records: Records, comparison: Comparison, terms: dict[str, Array], path: Array
) -> Array:
    """A Russian estimate brought to the way of counting asked for, with its spread, growth and lever."""
    row = records.estimates[records.estimates["estimate_id"] == comparison.russia].iloc[-1]
    months = np.arange(len(MONTHS))[:, None]
    after = np.maximum(months - _places(row["month"])[-1], 0) / 12
    path = path * terms["russia_error"] * (1 + terms["russia_growth"]) ** after
    path = np.where(months >= MONTHS.index(FORECAST_START), path * comparison.russia_rate, path)
    if comparison.calibres == "quoted":
        return path
    if comparison.calibres == "155" and row["calibres"] == "all":
        path = path * terms["share_152"]
    if comparison.calibres == "all" and row["calibres"] == "155":
        path = path / terms["share_152"]
    if comparison.made == "new" and row["made"] != "new":
        path = path * terms["share_new"]
    if comparison.made == "refurbished" and row["made"] == "new":
        path = path / terms["share_new"]
    return path


def _places(date: str) -> list[int]:
    """First and last month of a year, or a month, on the model's axis; negative before it begins."""
    ends = (date,) if len(date) > 4 else (f"{date}-01", f"{date}-12")
    return [dates.month_number(end) - dates.month_number(MONTHS[0]) for end in ends]


@lru_cache(maxsize=64)
def _estimate(records: Records, estimate_id: str, counts: str, draws: int) -> Array:
    """An estimate's path in its own way of counting, rounds a year, (months, draws).

    Its range is one position for all its dates. Where it has no rows for `counts`, those it has.
    """
    rows = records.estimates[records.estimates["estimate_id"] == estimate_id]
    own = rows[rows["counts"] == counts]
    rows = rows if own.empty else own
    position = _positions(records, draws)[rows["actor"].iloc[0]]
    places, values = [], []
    for row in rows.itertuples():
        figure = ensemble.triangle(position, row.low, row.mode, row.high)
        for place in _places(row.month):
            places.append(place)
            values.append(figure if draws else np.array([row.mode]))
    knots = np.array(values)
    months = np.arange(len(MONTHS))
    weights = np.array([np.interp(months, places, unit) for unit in np.eye(len(places))]).T
    path = weights @ knots
    reach = _REACH if len(rows["month"].iloc[0]) > 4 else 0
    path[months < places[0] - reach] = np.nan
    return path


@lru_cache(maxsize=8)
def coefficients(records: Records, draws: int) -> dict[str, Array]:
    """Coefficients of kind `gap`, assumption_id -> (draws,); the middle ones for 0 draws."""
    rows = _rows(records)
    if not draws:
        return {row.assumption_id: np.array([float(row.mode)]) for row in rows.itertuples()}
    positions = _positions(records, draws)
    return {
        row.assumption_id: ensemble.triangle(
            positions[row.assumption_id], row.low, row.mode, row.high
        )
        for row in rows.itertuples()
    }


def _rows(records: Records) -> pd.DataFrame:
    return records.assumptions[records.assumptions["kind"] == "gap"]


@lru_cache(maxsize=8)
def _positions(records: Records, draws: int) -> dict[str, Array]:
    """Quantile positions of a Latin hypercube, apart from the model's own: by coefficient and actor."""
    names = [*_rows(records)["assumption_id"], *_ACTORS]
    return ensemble.latin_hypercube(names, max(draws, 1), SEED + 1)


def every_counting() -> list[Comparison]:
    """Every way of counting, the estimates left at their defaults."""
    return [
        Comparison(calibres=calibres, made=made, counts=counts)
        for calibres in CALIBRES
        for made in (MADE if calibres != "quoted" else ["refurbished"])
        for counts in COUNTS
    ]


def named(records: Records, comparison: Comparison, year: str, draws: int) -> pd.DataFrame:
    """What each Russian estimate comes to in a year, counted alike: estimate_id, label, p10, p50, p90.

    Estimates that name no figure for the year or before it are left out; later than their last figure
    they are held, as everywhere.
    """
    rows = []
    for estimate, label in estimates(records, "RU").items():
        one = dataclasses.replace(comparison, russia=estimate)
        months = [place for place, month in enumerate(MONTHS) if month.startswith(year)]
        made = rates(records, Scenario(), one, draws)["russia"][months].mean(axis=0)
        if not np.isnan(made).any():
            rows.append((estimate, label, *np.quantile(made, [0.1, 0.5, 0.9])))
    return pd.DataFrame(rows, columns=["estimate_id", "label", "p10", "p50", "p90"])
