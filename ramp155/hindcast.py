"""How good the model is: run with only what was known on an earlier day, against what came later.

What is known on the day is the record as it stood then: events and claims reported by it, the slips seen
by it, and published totals said by it. Totals of 2022 and after that the full model is fitted to and that were said later are not used:
in their place every fitted stage grows from its level before the war by a range wide enough to need no
report (`hindcast_growth`), and the draws that disagree with what was said by then are dropped. Levels
before the war, shares, and the coefficients of the bill of materials are today's, some of them learnt later.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from ramp155 import chain, dates, ensemble, timeline
from ramp155.capacity import build, delivered
from ramp155.records import Records
from ramp155.scenario import MONTHS, Scenario

CUTOFFS = tuple(dt.date(year, 12, 31) for year in (2022, 2023, 2024))
DRAWS = 500
LAST_YEAR = 2025  # of the years whose totals are compared
_LEVELS = (0.1, 0.5, 0.9)
_COUNTED = ("EU", "Europe", "EU+GB")  # subjects whose totals are set against the model's Europe
# Rounds a year in a unit.
_YEARLY = {"rounds/yr": 1.0, "rounds/month": 12.0, "rounds/day": 365.0}


@dataclass(frozen=True)
class Hindcast:
    """What the model would have said on a day, and what came of it.

    `path`: month, observable (nameplate or output), p10, p50, p90 in rounds a year.
    `known`: the reports it was fitted to. `totals`: those made later about later years, with the band
    (p10, p50, p90) for what each speaks of and whether it `hit`. Columns of both: claim_id, observable,
    year, low, high (NaN where the report is a bound), status, said_on, basis.
    `dates`: milestones promised by the day and not delivered by it: line_id, milestone, promised, event_id,
    came (blank if no report says so), came_event, late (months; where it has not come by its latest promise),
    p10, p90 (the band of delays), hit (None while that cannot be said), state (in words).
    `slips`: how many slips the delays were drawn from; 0 where an assumption stood in for them.
    """

    cutoff: dt.date
    path: pd.DataFrame
    known: pd.DataFrame
    totals: pd.DataFrame
    dates: pd.DataFrame
    slips: int

    def coverage(self) -> pd.DataFrame:
        """Hits of what could be checked by kind. Columns: hits, of.

        Rows: nameplate and output (reports that give a figure or a range), bounds (reports that only say "at
        most": hard to miss, so counted apart) and dates.
        """
        told = self.totals
        bound = told["low"].isna() | told["high"].isna()
        parts = {
            name: told.loc[(told["observable"] == name) & ~bound, "hit"]
            for name in ("nameplate", "output")
        }
        parts["bounds"] = told.loc[bound, "hit"]
        parts["dates"] = self.dates["hit"].dropna()
        rows = {name: {"hits": int(hit.sum()), "of": len(hit)} for name, hit in parts.items()}
        return pd.DataFrame.from_dict(rows, orient="index")


def run(records: Records, cutoff: dt.date, draws: int = DRAWS) -> Hindcast:
    """The model with only what was known on a day. Raises ValueError where the reports known then and
    the growth allowed leave no draw in common."""
    return _run(records, cutoff, draws)


@lru_cache(maxsize=8)
def _run(records: Records, cutoff: dt.date, draws: int) -> Hindcast:
    then = as_of(records, cutoff)
    params = ensemble.accepted(then, draws)
    seen = ensemble.observables(then, params, tuple(range(cutoff.year, LAST_YEAR + 1)))
    told = reports(records)
    early = told["known_on"] <= cutoff
    later = told[~early & (told["year"] > cutoff.year) & (told["status"] != "target")]
    slips = len(timeline.slips(then))
    return Hindcast(
        cutoff,
        _path(then, params),
        told[early & (told["year"] <= cutoff.year)].reset_index(drop=True),
        _checked(later, seen),
        _deliveries(records, then, params),
        slips if slips >= ensemble.ENOUGH_SLIPS else 0,
    )


def as_of(records: Records, cutoff: dt.date) -> Records:
    """The record and the fit as they could have been on a day: no total said later stands in them."""
    then = timeline.as_known(records, cutoff)
    return dataclasses.replace(
        then,
        assumptions=_assumptions(records, cutoff),
        calibration=_calibration(records, cutoff),
        fit_end=f"{cutoff.year}-12",
    )


def reports(records: Records) -> pd.DataFrame:
    """Every published European total of the fit, in rounds a year, with the year it speaks of."""
    claims = records.claims.set_index("claim_id", drop=False)
    rows = []
    for target in records.calibration.itertuples():
        for claim_id in target.claim_ids.split():
            if claim_id not in claims.index:
                continue
            claim = claims.loc[claim_id]
            scale = _YEARLY.get(claim.unit)
            if scale is None or claim.subject not in _COUNTED or not claim.reported_on:
                continue
            if claim.same_as:  # a copy is no second report
                continue
            rows.append(
                {
                    "claim_id": claim_id,
                    "observable": target.observable,
                    "year": int(target.year),
                    "low": claim.low * scale,
                    "high": claim.high * scale,
                    "status": claim.status,
                    "said_on": claim.reported_on,
                    "known_on": dates.last_day(claim.reported_on),
                    "basis": claim.basis,
                }
            )
    columns = [
        "claim_id",
        "observable",
        "year",
        "low",
        "high",
        "status",
        "said_on",
        "known_on",
        "basis",
    ]
    return pd.DataFrame(rows, columns=columns)


def _calibration(records: Records, cutoff: dt.date) -> pd.DataFrame:
    """Targets of the fit from what was said by the day: its span, widened by the error of a report."""
    error = _coefficient(records, "hindcast_report_error", "mode")
    told = reports(records)
    told = told[(told["known_on"] <= cutoff) & (told["year"] <= cutoff.year)]
    rows = []
    for (observable, year), own in told.groupby(["observable", "year"]):
        figures = own[["low", "high"]].to_numpy()
        lows = own["low"].dropna()
        rows.append(
            {
                "target_id": f"{observable}-{year}",
                "observable": observable,
                "year": str(year),
                "low": (lows.min() if len(lows) else 0.0) * (1 - error),
                "high": np.nanmax(figures) * (1 + error),
                "claim_ids": " ".join(own["claim_id"]),
                "reasoning": f"What was said by {cutoff}.",
            }
        )
    return pd.DataFrame(rows, columns=list(records.calibration))


def _assumptions(records: Records, cutoff: dt.date) -> pd.DataFrame:
    """The coefficients without totals later than 2022: these grow by a range of their own instead."""
    table = records.assumptions.set_index("assumption_id", drop=False)
    growth = [
        _coefficient(records, "hindcast_growth", column) for column in ("low", "mode", "high")
    ]
    slip = table.loc["hindcast_slip", ["low", "mode", "high"]]
    rows = []
    for row in table.to_dict("records"):
        if row["assumption_id"] == "slip_months":
            row |= dict(slip)
        stage = ensemble.family(row["assumption_id"])
        if not stage.startswith("total_"):
            rows.append(row)
            continue
        knots = sorted(name for name in table.index if name.startswith(f"{stage}_"))
        if row["assumption_id"] != knots[0]:
            continue
        rows.append(row)
        first = dates.month_number(row["assumption_id"].rsplit("_", 1)[1])
        for year in range(2022, cutoff.year + 1):
            name = f"{stage}_{year}-12"
            years = (dates.month_number(f"{year}-12") - first) / 12
            grown = [
                row[column] * rate**years
                for column, rate in zip(("low", "mode", "high"), growth, strict=True)
            ]
            rows.append(
                row | dict(zip(("low", "mode", "high"), grown, strict=True), assumption_id=name)
            )
    return pd.DataFrame(rows, columns=list(records.assumptions))


def _coefficient(records: Records, name: str, column: str) -> float:
    return float(getattr(records.assumption(name), column))


def _path(then: Records, params: dict[str, np.ndarray]) -> pd.DataFrame:
    last = MONTHS.index(f"{LAST_YEAR}-12") + 1
    capacity = build(then, params, Scenario()).nameplate[:last] * 12
    stacked = delivered(then, params, Scenario(), last)
    output = chain.outputs(stacked, chain.from_stages(then.stages))[0][:last] * 12
    parts = []
    for name, values in (("nameplate", capacity), ("output", output)):
        bands = np.quantile(values, _LEVELS, axis=1)
        table = pd.DataFrame(dict(zip(("p10", "p50", "p90"), bands, strict=True)))
        parts.append(table.assign(month=MONTHS[:last], observable=name))
    return pd.concat(parts, ignore_index=True)


def _checked(told: pd.DataFrame, seen: dict[str, dict[int, np.ndarray]]) -> pd.DataFrame:
    """Reports with the band of what each speaks of; a hit lies in it or reaches into it."""
    rows = []
    for row in told.to_dict("records"):
        low, middle, high = np.quantile(seen[row["observable"]][row["year"]], _LEVELS)
        least = row["low"] if row["low"] == row["low"] else 0.0
        most = row["high"] if row["high"] == row["high"] else float("inf")
        hit = least <= high and most >= low
        rows.append(row | {"p10": low, "p50": middle, "p90": high, "hit": hit})
    return pd.DataFrame(rows, columns=[*told.columns, "p10", "p50", "p90", "hit"])


def _deliveries(records: Records, then: Records, params: dict[str, np.ndarray]) -> pd.DataFrame:
    """What was promised by the day for a later one, against what came."""
    band = np.quantile(np.rint(params["slip_months"]), [0.1, 0.9])
    promised = timeline.milestones(then)
    promised = promised[(promised["delivered"] == "") & (promised["latest_promise"] != "")]
    now = timeline.milestones(records).set_index(["line_id", "milestone"])
    rows = []
    for row in promised.itertuples():
        if dates.last_day(row.latest_promise) < then.end:
            continue  # overdue already: not a date anybody still promised
        since = now.loc[(row.line_id, row.milestone)]
        came = since["delivered"] or since["latest_promise"]
        late = timeline.months_late(row.latest_promise, came)
        hit = _kept(late, bool(since["delivered"]), band)
        due = dates.last_day(row.latest_promise)
        silent = hit is None and months_after(row.latest_promise, records) > band[1]
        rows.append(
            {
                "line_id": row.line_id,
                "milestone": row.milestone,
                "promised": row.latest_promise,
                "event_id": row.latest_event,
                "came": since["delivered"],
                "came_event": since["delivered_event"] or since["latest_event"],
                "late": late,
                "p10": band[0],
                "p90": band[1],
                "hit": hit,
                "state": "long overdue, no report"
                if silent
                else _STATES[hit]
                if hit is not None or due < records.end
                else "not due yet",
            }
        )
    columns = [
        "line_id",
        "milestone",
        "promised",
        "event_id",
        "came",
        "came_event",
        "late",
        "p10",
        "p90",
        "hit",
        "state",
    ]
    return pd.DataFrame(rows, columns=columns)


def months_after(promised: str, records: Records) -> int:
    """Months from the end of a promised date to the record's end."""
    day = dates.last_day(promised)
    return (records.end.year - day.year) * 12 + records.end.month - day.month


_STATES = {True: "inside the band", False: "outside the band", None: "no report that it came"}


def _kept(late: int, came: bool, band: np.ndarray) -> bool | None:
    """Whether what came lies in the band of delays; None where that cannot be said yet.

    A milestone that is still promised for later than the band allows has missed it already.
    """
    if came:
        return bool(band[0] <= max(late, 0) <= band[1])
    return False if late > band[1] else None
