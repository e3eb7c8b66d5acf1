"""Every published European total that the model is fitted to, in rounds a year, with the year it speaks of."""

from __future__ import annotations

import pandas as pd

from ramp155.record.dates import last_day
from ramp155.record.records import Records
from ramp155.record.schema.vocabulary import ROUNDS_A_YEAR

_COUNTED = ("EU", "Europe", "EU+GB")  # subjects whose totals are set against the model's Europe


def list_published_totals(records: Records) -> pd.DataFrame:
    """Every published European total of the fit, in rounds a year, with the year it speaks of."""
    claims = records.claims.set_index("claim_id", drop=False)
    rows = []
    for target in records.calibration.itertuples():
        for claim_id in target.claim_ids.split():
            if claim_id not in claims.index:
                continue
            claim = claims.loc[claim_id]
            rounds_per_unit = ROUNDS_A_YEAR.get(claim.unit)
            if rounds_per_unit is None or claim.subject not in _COUNTED or not claim.reported_on:
                continue
            if claim.same_as:  # a copy is no second report
                continue
            rows.append(
                {
                    "claim_id": claim_id,
                    "observable": target.observable,
                    "year": int(target.year),
                    "low": claim.low * rounds_per_unit,
                    "high": claim.high * rounds_per_unit,
                    "status": claim.status,
                    "said_on": claim.reported_on,
                    "known_on": last_day(claim.reported_on),
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
