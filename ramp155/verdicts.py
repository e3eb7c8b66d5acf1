"""Public statements held against record and model: supported, contradicted or undecided.

`statements.csv` says what would have to be true (`kind`, month, bounds, way of counting); the verdict is
computed from draws of the model, from named claims or from counts of the record, never typed in. Odds are
the share of draws (or of named figures) for which the statement holds.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from ramp155 import dates, gap, procurement, simulation, timeline
from ramp155.chain import Array
from ramp155.figures import millions, month_name, percent, span
from ramp155.gap import CALIBRES, COUNTS, MADE, Comparison
from ramp155.records import Records
from ramp155.scenario import FORECAST_START, MONTHS, Scenario

Statement = Any  # a named tuple of the columns of `Records.statements`
SUPPORTED, CONTRADICTED = 0.8, 0.2
_NAMES = {
    "nato": "NATO",
    "europe": "Europe",
    "us": "the US",
    "europe us": "Europe and the US",
    "europe ukraine": "Europe and Ukraine (with mortar bombs)",
}


@dataclass(frozen=True)
class Verdict:
    """One statement judged: `verdict` is supported, contradicted or undecided, `odds` from 0 to 1 (None
    where nothing can be said), `reason` a sentence or three, `counted` the way of counting it speaks of."""

    statement_id: str
    statement: str
    who: str
    said_on: str
    verdict: str
    odds: float | None
    reason: str
    counted: str
    claims: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """The JSON shape."""
        return {**dataclasses.asdict(self), "claims": list(self.claims)}


@dataclass(frozen=True)
class Court:
    """What statements are held against: record, scenario, whose figures, demand, and how many draws."""

    records: Records
    scenario: Scenario
    comparison: Comparison
    terms: procurement.Terms
    draws: int


def judge(
    records: Records,
    scenario: Scenario | None = None,
    comparison: Comparison | None = None,
    terms: procurement.Terms | None = None,
    draws: int = 1000,
) -> list[Verdict]:
    """Every statement of `statements.csv`, in its order.

    `comparison` gives whose figures are used for Russia and the US; how they are counted each statement
    says itself. Raises ValueError as `gap.compare` does.
    """
    comparison = comparison or Comparison()
    gap.check(records, comparison)
    if draws < 1:
        raise ValueError("draws must be at least 1: odds are shares of draws")
    court = Court(records, scenario or Scenario(), comparison, terms or procurement.Terms(), draws)
    return [_verdict(_relevant(court, row), row.statement_id) for row in _statements(records)]


def _statements(records: Records) -> list[Statement]:
    return list(records.statements.itertuples(index=False, name="Statement"))


def _relevant(court: Court, row: Statement) -> Court:
    """The court without what cannot move a statement: no lever acts before its first month."""
    if dates.last_day(row.month) < dates.first_day(FORECAST_START):
        usual = procurement.Terms()
        return dataclasses.replace(court, scenario=court.scenario.plans, terms=usual)
    return court


@lru_cache(maxsize=512)
def _verdict(court: Court, statement_id: str) -> Verdict:
    row = next(r for r in _statements(court.records) if r.statement_id == statement_id)
    odds, reason = _KINDS[row.kind](court, row)
    counted = ""
    if row.calibres:
        counted = counting(Comparison(calibres=row.calibres, made=row.made, counts=row.counts))
        counted += _who_counts(court, row)
    return Verdict(
        row.statement_id,
        row.statement,
        row.who,
        row.said_on,
        word(odds),
        None if np.isnan(odds) else float(odds),
        reason,
        counted,
        tuple(row.claim_ids.split()),
    )


def _who_counts(court: Court, row: Statement) -> str:
    """Which countries stand for NATO and the EU here."""
    turkey = "with" if "TR" in court.scenario.also else "without"
    if "nato" in row.subject:
        return f"; NATO {turkey} Türkiye, with Switzerland"
    if "europe" in row.subject:
        return "; Europe with Britain, Norway and Switzerland stands for the EU"
    return ""


def word(odds: float) -> str:
    """Odds as a verdict; unknown odds leave it undecided."""
    if odds >= SUPPORTED:
        return "supported"
    return "contradicted" if odds <= CONTRADICTED else "undecided"


def counting(comparison: Comparison) -> str:
    """A way of counting in words: 155 and 152 mm, with refurbished, output."""
    if comparison.calibres == "quoted":
        return f"As each source counts, {COUNTS[comparison.counts].lower()}"
    parts = (CALIBRES[comparison.calibres], MADE[comparison.made], COUNTS[comparison.counts])
    return ", ".join([parts[0], *(part.lower() for part in parts[1:])])


# --- kinds of statements: each gives odds and a reason --------------------------------------------


def _ratio(court: Court, row: Statement) -> tuple[float, str]:
    """Russia's rate over that of others lies between bounds."""
    own = _as_said(court, row)
    ratio = _at(_ratios(court, own, row.subject), row.month)
    who, when = _NAMES[row.subject], _when(row.month)
    if np.isnan(ratio).any():
        return float("nan"), f"The estimate chosen for Russia names no figure for {when}."
    low, half, high = np.quantile(ratio, [0.1, 0.5, 0.9])
    made = "makes" if _ahead(court, row) else "made"
    told = (
        f"In {when} Russia {made} {half:.1f} times what {who} {made} "
        f"(8 in 10 draws: {low:.1f} to {high:.1f})."
    ).replace("bombs) makes", "bombs) make")
    odds = _within(ratio, row)
    return odds, f"{told} {_named_range(court, row)} {_other_countings(court, row, odds)}"


def _named_range(court: Court, row: Statement) -> str:
    """How far the ratio runs over the named estimates for Russia, and with which ones the statement holds."""
    middles, holds = [], []
    for estimate, label in gap.estimates(court.records, "RU").items():
        one = dataclasses.replace(_as_said(court, row), russia=estimate)
        ratio = _at(_ratios(court, one, row.subject), row.month)
        if np.isnan(ratio).any():
            continue
        middles.append(float(np.median(ratio)))
        if _within(ratio, row) >= SUPPORTED:
            holds.append(label)
    told = f"Over all named estimates it runs from {min(middles):.1f} to {max(middles):.1f}"
    return f"{told}; the statement holds with {len(holds)} of {len(middles)}."


def _other_countings(court: Court, row: Statement, odds: float) -> str:
    """Which other ways of counting turn the verdict."""
    own, turned = _as_said(court, row), []
    for other in gap.every_counting():
        one = dataclasses.replace(
            own, calibres=other.calibres, made=other.made, counts=other.counts
        )
        if "ukraine" in row.subject and other.calibres != "all":
            continue
        ratio = _at(_ratios(court, one, row.subject), row.month)
        if word(_within(ratio, row)) != word(odds):
            turned.append((word(_within(ratio, row)), counting(one)))
    if not turned:
        return "No other way of counting changes the verdict."
    rank = {"supported": 0, "contradicted": 1, "undecided": 2}
    turned.sort(key=lambda pair: rank[pair[0]])
    verdict, how = turned[0]
    more = f" and {len(turned) - 1} other ways" if len(turned) > 1 else ""
    return f"Counted otherwise ({how[0].lower()}{how[1:]}) it would be {verdict}; that{more} would change the verdict."


def _closing(court: Court, row: Statement) -> tuple[float, str]:
    """The ratio is smaller than it was."""
    ratios = _ratios(court, _as_said(court, row), row.subject)
    then, now = _at(ratios, row.since), _at(ratios, row.month)
    if np.isnan(then).any() or np.isnan(now).any():
        return float("nan"), "The estimate chosen for Russia names no figure for both dates."
    told = (
        f"Russia over {_NAMES[row.subject]} went from {np.median(then):.1f} times in {_when(row.since)} to "
        f"{np.median(now):.1f} in {_when(row.month)}."
    )
    return (
        _within(now / then, row),
        f"{told} {_growth(court, row)} {_last_figure(court)} {_closing_with_others(court, row)}",
    )


def _last_figure(court: Court) -> str:
    """From when on the chosen Russian figure is held, not told."""
    rows = court.records.estimates
    last = rows.loc[rows["estimate_id"] == court.comparison.russia, "month"].iloc[-1]
    return f"Russia's last figure here is for {_when(last)} and is held after it."


def _closing_with_others(court: Court, row: Statement) -> str:
    """With how many of the named estimates the gap closes."""
    holds = known = 0
    for estimate in gap.estimates(court.records, "RU"):
        one = dataclasses.replace(_as_said(court, row), russia=estimate)
        ratios = _ratios(court, one, row.subject)
        change = _at(ratios, row.month) / _at(ratios, row.since)
        if not np.isnan(change).any():
            known += 1
            holds += _within(change, row) >= SUPPORTED
    return f"It closes with {holds} of the {known} estimates that reach both dates."


def _growth(court: Court, row: Statement) -> str:
    """Which side's change moved the ratio."""
    found = _rates(court, _as_said(court, row))
    ours = np.median(_at(_sum(found, row.subject), row.month)) / np.median(
        _at(_sum(found, row.subject), row.since)
    )
    theirs = np.median(_at(found["russia"], row.month)) / np.median(_at(found["russia"], row.since))
    name = _NAMES[row.subject]
    return f"In that time {name}'s rate changed by {_signed(ours - 1)}, Russia's by {_signed(theirs - 1)}."


def _level(court: Court, row: Statement) -> tuple[float, str]:
    """A rate lies between bounds."""
    own = _as_said(court, row)
    rate = _at(_sum(_rates(court, own), row.subject), row.month)
    low, half, high = np.quantile(rate, [0.1, 0.5, 0.9])
    verb = {"output": "made", "nameplate": "could make"}[row.counts]
    who = _NAMES[row.subject]
    told = f"In {_when(row.month)} {who} {verb} {_per(row, half)}{_spread(row, low, high)}."
    other = "output" if row.counts == "nameplate" else "nameplate"
    alike = dataclasses.replace(own, counts=other)
    rate_other = _at(_sum(_rates(court, alike), row.subject), row.month)
    as_other = (
        f"Read as {other} it was {_per(row, np.median(rate_other))}: "
        f"{word(_within(rate_other, row))}."
    )
    return _within(rate, row), " ".join(filter(None, [told, _fit(court, row), as_other]))


def _fit(court: Court, row: Statement) -> str:
    """What the fit to that year's reports lets Europe be: beyond it no draw can go."""
    fitted = court.records.calibration
    at = fitted[(fitted["observable"] == row.counts) & (fitted["year"] == row.month[:4])]
    whole = (row.counts == "nameplate" and row.month.endswith("-12")) or len(row.month) == 4
    if row.subject != "europe" or at.empty or not whole:
        return ""
    return (
        f"The fit to that year's reports allows {span(at['low'].iloc[0], at['high'].iloc[0])}, so the verdict is those "
        "reports' as much as the model's."
    )


def _grown(court: Court, row: Statement) -> tuple[float, str]:
    """A rate grew by a factor between bounds."""
    own = _as_said(court, row)
    path = _sum(_rates(court, own), row.subject)
    factor = _at(path, row.month) / _at(path, row.since)
    low, half, high = np.quantile(factor, [0.1, 0.5, 0.9])
    told = (
        f"From {_when(row.since)} to {_when(row.month)} {row.counts} grew {half:.1f} times "
        f"(8 in 10 draws: {low:.1f} to {high:.1f}) from the model's {millions(np.median(_at(path, row.since)))}."
    )
    odds = [_within(factor, row)]
    for base in _reported_bases(court, row):
        odds.append(_within(_at(path, row.month) / base, row))
        grown = float(np.median(_at(path, row.month))) / base
        told += f" From the {millions(base)} reported for that date it is {grown:.1f} times."
    other = dataclasses.replace(own, counts="output" if row.counts == "nameplate" else "nameplate")
    path = _sum(_rates(court, other), row.subject)
    alike = np.median(_at(path, row.month) / _at(path, row.since))
    return float(np.mean(odds)), f"{told} Read as {other.counts}: {alike:.1f} times."


def _reported_bases(court: Court, row: Statement) -> list[float]:
    """What the statement's own claims say the rate was at its first date, rounds a year."""
    claims = court.records.claims.set_index("claim_id").loc[row.claim_ids.split()]
    own = claims[(claims["period"] == row.since) & (claims["unit"] == "rounds/yr")]
    return [float(value) for value in own["low"].dropna()]


def _named(court: Court, row: Statement) -> tuple[float, str]:
    """A figure agrees with the named estimates, each weighing the same."""
    own = _as_said(court, row)
    shares, middles = [], []
    rows = court.records.estimates
    for estimate in gap.estimates(court.records, "RU"):
        cited = " ".join(rows.loc[rows["estimate_id"] == estimate, "claim_ids"]).split()
        if set(cited) & set(row.claim_ids.split()):
            continue  # the figure that is judged does not vote on itself
        made = _at(_rates(court, dataclasses.replace(own, russia=estimate))["russia"], row.month)
        if not np.isnan(made).any():
            shares.append(_within(made, row))
            middles.append(float(np.median(made)))
    told = (
        f"{len(middles)} other estimates reach that year; counted alike they run from {millions(min(middles))} to "
        f"{millions(max(middles))}. In {sum(s >= 0.5 for s in shares)} of them this figure is likelier than not."
    )
    return float(np.mean(shares)), told


def _delivered(court: Court, row: Statement) -> tuple[float, str]:
    """Reports of that month say that as much was delivered."""
    claims = court.records.claims
    told = claims[
        (claims["subject"] == row.subject)
        & (claims["quantity"] == "delivered_to_ukraine")
        & (claims["status"] == "reported")
        & (claims["low"].notna())
    ]
    then = told.loc[told["period"] == row.month, "low"]
    reached = told[told["low"] >= row.low]
    first = min(reached["period"], default="")
    late = dates.month_number(first) - dates.month_number(row.month) if first else 0
    end = (
        f"{millions(row.low)} was first reported for {_when(first)}"
        + (f", {late} months later." if late > 0 else ".")
        if first
        else "No report says it was reached."
    )
    if then.empty:
        return float("nan"), f"No report speaks of {_when(row.month)}. {end}"
    odds = float((then >= row.low).mean())
    said = millions(min(then)) if min(then) == max(then) else span(min(then), max(then))
    return odds, f"Reports for {_when(row.month)} say {said}. {end}"


def _opened(court: Court, row: Statement) -> tuple[float, str]:
    """So many lines opened or first delivered, allowing for those the record does not hold."""
    first, last = dates.first_day(row.since), dates.last_day(row.month)
    count = len(timeline.opened(court.records, first, last))
    told = f"The record holds {count} lines (a plant may have several) newly opened or first delivering from {_when(row.since)} to {_when(row.month)}."
    return _allowing(court, row, count, told)


def _under_way(court: Court, row: Statement) -> tuple[float, str]:
    """So many new or growing lines were under way, allowing for those the record does not hold."""
    table = timeline.status(court.records, dates.last_day(row.month))
    origins = court.records.full_lines["origin"]
    fresh = table["line_id"].map(origins) != "existing"
    count = int((fresh & table["status"].isin(row.subject.split())).sum())
    stands = ", ".join(row.subject.split())
    told = f"At the end of {_when(row.month)} the record holds {count} new or growing lines ({stands})."
    return _allowing(court, row, count, told)


def _allowing(court: Court, row: Statement, count: int, told: str) -> tuple[float, str]:
    least, _, most = court.records.assumption("record_completeness").span
    share = gap.coefficients(court.records, court.draws)["record_completeness"]
    if count < row.low:
        told += f" That alone is {row.low - count:.0f} short."
    end = (
        f"If it holds (our assumption) {percent(least)} to {percent(most)} of all, there were "
        f"{count / most:.0f} to {count / least:.0f}."
    )
    return _within(count / share, row), f"{told} {end}"


def _binds(court: Court, row: Statement) -> tuple[float, str]:
    """One of these stages holds output back."""
    order = simulation.tree(court.records).order
    binds = simulation.outputs(court.records, court.draws, court.scenario)[1]
    at = binds[MONTHS.index(row.month)]
    labels = dict(zip(court.records.stages["stage"], court.records.stages["label"], strict=True))
    shares = {stage: float((at == place).mean()) for place, stage in enumerate(order)}
    ranked = sorted(shares.items(), key=lambda item: -item[1])
    told = ", ".join(f"{labels[s]} in {percent(v)}" for s, v in ranked if v >= 0.01)
    odds = sum(shares[stage] for stage in row.subject.split())
    return odds, f"What holds output back in {_when(row.month)}, by draws: {told}."


def _unmet(court: Court, row: Statement) -> tuple[float, str]:
    """More than a share of demand stays unmet."""
    found = procurement.flows(
        court.records, court.scenario, court.terms, court.comparison.us, court.draws
    )
    at = procurement.HORIZON.index(row.month)
    share = found.met["unmet"][at] / np.maximum(found.demand[at], 1)
    low, half, high = np.quantile(share, [0.1, 0.5, 0.9])
    told = (
        f"In {_when(row.month)} {percent(half)} of demand is unmet (8 in 10 draws: {percent(low)} to "
        f"{percent(high)}), with aid and stocks as set under Two tracks; demand is an assumption."
    )
    return _within(share, row), told


_KINDS: dict[str, Callable[[Court, Statement], tuple[float, str]]] = {
    "ratio": _ratio,
    "closing": _closing,
    "level": _level,
    "growth": _grown,
    "named": _named,
    "delivered": _delivered,
    "opened": _opened,
    "under_way": _under_way,
    "binds": _binds,
    "unmet": _unmet,
}


# --- helpers ------------------------------------------------------------------------------------


def _as_said(court: Court, row: Statement) -> Comparison:
    return dataclasses.replace(
        court.comparison, calibres=row.calibres, made=row.made, counts=row.counts
    )


def _rates(court: Court, comparison: Comparison) -> dict[str, Array]:
    return _kept_rates(court.records, court.scenario, comparison, court.draws)


# A statement asks for the same rates under many countings and estimates, statements for the same ones.
_kept_rates = lru_cache(maxsize=128)(gap.rates)


def _ratios(court: Court, comparison: Comparison, subject: str) -> Array:
    return gap.ratio_to(_rates(court, comparison), *subject.split())


def _sum(found: dict[str, Array], subject: str) -> Array:
    return sum(found[actor] for actor in subject.split())


def _at(path: Array, date: str) -> Array:
    """Values in a month, or their mean over a year, by draw."""
    months = [place for place, month in enumerate(MONTHS) if month.startswith(date)]
    return path[months].mean(axis=0)


def _within(values: Array, row: Statement) -> float:
    """Share of values between the statement's bounds; NaN where any is unknown."""
    if np.isnan(values).any():
        return float("nan")
    low = -np.inf if np.isnan(row.low) else row.low
    high = np.inf if np.isnan(row.high) else row.high
    return float(((values >= low) & (values <= high)).mean())


def _signed(change: float) -> str:
    """0.27 -> +27 %; nothing is 0 %, without a sign."""
    whole = round(change * 100)
    return f"{whole:+d} %" if whole else "0 %"


def _per(row: Statement, rate: float) -> str:
    """A rate in the unit the statement speaks in: US plans are monthly."""
    if row.subject == "us":
        return f"{round(rate / 12, -3):,.0f} rounds a month"
    return f"{millions(rate)} rounds" + ("" if len(row.month) == 4 else " a year")


def _spread(row: Statement, low: float, high: float) -> str:
    """The band, where there is one."""
    if row.subject == "us":
        low, high = round(low / 12, -3), round(high / 12, -3)
        return f" (8 in 10 draws: {low:,.0f} to {high:,.0f})" if high > low else ", as reported"
    return f" (8 in 10 draws: {span(low, high)})"


def _ahead(court: Court, row: Statement) -> bool:
    """Whether a statement's date lies after the record's last report."""
    return dates.last_day(row.month) > court.records.end


def _when(date: str) -> str:
    """2025-06 -> June 2025, 2025 -> 2025."""
    return month_name(date) if len(date) > 4 else date
