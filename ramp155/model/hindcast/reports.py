"""Every published European total that the model is fitted to, in rounds a year, with the year it
speaks of.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import pandas as pd

from ramp155.record.dates import last_day
from ramp155.record.records import Records
from ramp155.record.rows import Claim, Target
from ramp155.record.schema.vocabulary import ROUNDS_A_YEAR

_COUNTED = ("EU", "Europe", "EU+GB")  # subjects whose totals are set against the model's Europe


class PublishedTotal(NamedTuple):
    """A published total: `observable` (nameplate or output) of a `year` from `low` to `high` rounds a year
    (NaN where the report is a bound), said and known on a day."""

    claim_id: str
    observable: str
    year: int
    low: float
    high: float
    status: str
    said_on: str
    known_on: dt.date
    basis: str


def list_published_totals(records: Records) -> pd.DataFrame:
    """Every published European total of the fit, in rounds a year, with the year it speaks of.

    Columns: those of `PublishedTotal`.
    """
    claim_ids = set(records.claims["claim_id"])
    totals = [
        _read_total(target, records.claim(claim_id))
        for target in records.list_targets()
        for claim_id in target.claim_ids.split()
        if claim_id in claim_ids and _is_counted(records.claim(claim_id))
    ]
    return pd.DataFrame(totals, columns=list(PublishedTotal._fields))


def _is_counted(claim: Claim) -> bool:
    """Whether a claim is a dated European total of rounds, and no copy of another report."""
    is_european = claim.subject in _COUNTED and claim.unit in ROUNDS_A_YEAR
    return is_european and bool(claim.reported_on) and not claim.same_as


def _read_total(target: Target, claim: Claim) -> PublishedTotal:
    rounds_per_unit = ROUNDS_A_YEAR[claim.unit]
    return PublishedTotal(
        claim_id=claim.claim_id,
        observable=target.observable,
        year=int(target.year),
        low=float("nan") if claim.low is None else claim.low * rounds_per_unit,
        high=float("nan") if claim.high is None else claim.high * rounds_per_unit,
        status=claim.status,
        said_on=claim.reported_on,
        known_on=last_day(claim.reported_on),
        basis=claim.basis,
    )
