"""The record and the fit as they could have been on an earlier day.

Totals said later are not used: every fitted stage grows from its level before the war by a range
wide enough to need no report (`hindcast_growth`). Levels before the war, shares and the
coefficients of the bill of materials are today's, some of them learnt later.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

import numpy as np
import pandas as pd

from ramp155.history.as_known import rewind_records
from ramp155.model.coefficients.positions import find_family
from ramp155.model.hindcast.reports import list_published_totals
from ramp155.record.dates import month_number
from ramp155.record.records import Records
from ramp155.record.rows import Assumption, Target, build_rows

Span = tuple[float, float, float]  # low, mode, high


def build_record_as_of(records: Records, cutoff: dt.date) -> Records:
    """The record and the fit as they could have been on a day: no total said later stands in them."""
    past_records = rewind_records(records, cutoff)
    return dataclasses.replace(
        past_records,
        assumptions=_build_assumptions(records, cutoff),
        calibration=_build_calibration(records, cutoff),
        fit_end=f"{cutoff.year}-12",
    )


def _build_calibration(records: Records, cutoff: dt.date) -> pd.DataFrame:
    """Targets of the fit from what was said by the day: its span, widened by the error of a report."""
    _, report_error, _ = records.assumption("hindcast_report_error").span
    early_reports = list_published_totals(records)
    early_reports = early_reports[
        (early_reports["known_on"] <= cutoff) & (early_reports["year"] <= cutoff.year)
    ]
    targets = []
    for (observable, year), same_year in early_reports.groupby(["observable", "year"]):
        lows = same_year["low"].dropna()
        figures = same_year[["low", "high"]].to_numpy(dtype=np.float64)
        target = Target(
            target_id=f"{observable}-{year}",
            observable=str(observable),
            year=str(year),
            low=(float(lows.min()) if len(lows) else 0.0) * (1 - report_error),
            high=float(np.nanmax(figures)) * (1 + report_error),
            claim_ids=" ".join(same_year["claim_id"]),
            reasoning=f"What was said by {cutoff}.",
        )
        targets.append(target)
    return pd.DataFrame(targets, columns=list(Target._fields))


def _build_assumptions(records: Records, cutoff: dt.date) -> pd.DataFrame:
    """The coefficients without totals later than 2022: these grow by a range of their own instead."""
    assumptions = build_rows(Assumption, records.assumptions)
    growth_range = records.assumption("hindcast_growth").span
    slip_range = records.assumption("hindcast_slip").span
    first_knot_of: dict[str, str] = {}  # family of totals -> the assumption of its first knot
    for assumption_id in sorted(assumption.assumption_id for assumption in assumptions):
        first_knot_of.setdefault(find_family(assumption_id), assumption_id)
    past_assumptions = []
    for assumption in assumptions:
        family = find_family(assumption.assumption_id)
        if assumption.assumption_id == "slip_months":
            past_assumptions.append(_set_range(assumption, slip_range))
        elif not family.startswith("total_"):
            past_assumptions.append(assumption)
        elif assumption.assumption_id == first_knot_of[family]:
            past_assumptions += [
                assumption,
                *_list_grown_knots(assumption, family, growth_range, cutoff),
            ]
    return pd.DataFrame(past_assumptions, columns=list(Assumption._fields))


def _list_grown_knots(
    first_knot: Assumption, family: str, growth_range: Span, cutoff: dt.date
) -> list[Assumption]:
    """A knot at the end of every year up to the day, grown from the first one."""
    first_month = month_number(first_knot.assumption_id.rsplit("_", 1)[1])
    knots = []
    for year in range(2022, cutoff.year + 1):
        month = f"{year}-12"
        years = (month_number(month) - first_month) / 12
        low, mode, high = (
            start * rate**years for start, rate in zip(first_knot.span, growth_range, strict=True)
        )
        knot = _set_range(first_knot, (low, mode, high))
        knots.append(knot._replace(assumption_id=f"{family}_{month}"))
    return knots


def _set_range(row: Assumption, span: Span) -> Assumption:
    low, mode, high = span
    return row._replace(low=low, mode=mode, high=high)
