"""The record and the fit as they could have been on an earlier day. Totals said later are not used: every fitted stage grows from its level before the war by a range wide enough to need no report (`hindcast_growth`). Levels before the war, shares and the coefficients of the bill of materials are today's, some of them learnt later."""

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
    report_error = _read_coefficient(records, "hindcast_report_error", "mode")
    early_reports = list_published_totals(records)
    early_reports = early_reports[
        (early_reports["known_on"] <= cutoff) & (early_reports["year"] <= cutoff.year)
    ]
    rows = []
    for (observable, year), same_year in early_reports.groupby(["observable", "year"]):
        figures = same_year[["low", "high"]].to_numpy()
        lows = same_year["low"].dropna()
        rows.append(
            {
                "target_id": f"{observable}-{year}",
                "observable": observable,
                "year": str(year),
                "low": (lows.min() if len(lows) else 0.0) * (1 - report_error),
                "high": np.nanmax(figures) * (1 + report_error),
                "claim_ids": " ".join(same_year["claim_id"]),
                "reasoning": f"What was said by {cutoff}.",
            }
        )
    return pd.DataFrame(rows, columns=list(records.calibration))


def _build_assumptions(records: Records, cutoff: dt.date) -> pd.DataFrame:
    """The coefficients without totals later than 2022: these grow by a range of their own instead."""
    table = records.assumptions.set_index("assumption_id", drop=False)
    growth_range = [
        _read_coefficient(records, "hindcast_growth", column) for column in ("low", "mode", "high")
    ]
    slip_range = table.loc["hindcast_slip", ["low", "mode", "high"]]
    rows = []
    for row in table.to_dict("records"):
        if row["assumption_id"] == "slip_months":
            row |= dict(slip_range)
        family_name = find_family(row["assumption_id"])
        if not family_name.startswith("total_"):
            rows.append(row)
            continue
        knots = sorted(
            assumption_id
            for assumption_id in table.index
            if assumption_id.startswith(f"{family_name}_")
        )
        if row["assumption_id"] != knots[0]:
            continue
        rows.append(row)
        first_month = month_number(row["assumption_id"].rsplit("_", 1)[1])
        for year in range(2022, cutoff.year + 1):
            assumption_id = f"{family_name}_{year}-12"
            years = (month_number(f"{year}-12") - first_month) / 12
            grown_range = [
                row[column] * rate**years
                for column, rate in zip(("low", "mode", "high"), growth_range, strict=True)
            ]
            rows.append(
                row
                | dict(
                    zip(("low", "mode", "high"), grown_range, strict=True),
                    assumption_id=assumption_id,
                )
            )
    return pd.DataFrame(rows, columns=list(records.assumptions))


def _read_coefficient(records: Records, name: str, column: str) -> float:
    return float(getattr(records.assumption(name), column))
