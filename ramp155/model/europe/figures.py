"""Every figure of Europe on record: of capacity as officials count it, of complete rounds, and of tonnes of a stage."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ramp155.base.memory import remember
from ramp155.model.forecast.panel import find_europe_observable, find_months
from ramp155.record.dates import last_day, month_number
from ramp155.record.records import Records
from ramp155.record.rows import Claim, Derived, build_rows
from ramp155.record.schema.vocabulary import ROUNDS_A_YEAR

_HALF_YEAR = 6  # months
_SAME_VALUE = 0.06  # in log: figures so close are one word said twice


class Figure(NamedTuple):
    """A figure of Europe: `low` to `high` units a year (None: open) of an `observable`, in the months `first_month` to
    `last_month` (since year 0), known on a day. `is_target`: said of what was to come; `is_derived`: worked out from claims.
    """

    figure_id: str
    observable: str
    low: float | None
    high: float | None
    first_month: int
    last_month: int
    known_on: dt.date
    confidence: str
    is_target: bool
    is_derived: bool

    @property
    def bound(self) -> str:
        """Which way it is open.

        Returns
        -------
        str
            "at most", "at least", or "" for a figure or a range.
        """
        return "at most" if self.low is None else "at least" if self.high is None else ""

    @property
    def log(self) -> float:
        """The log of its middle, or of its bound.

        Returns
        -------
        float
            Log of units a year.
        """
        ends = [end for end in (self.low, self.high) if end is not None]
        return sum(math.log(max(end, 1.0)) for end in ends) / len(ends)

    @property
    def months(self) -> tuple[int, int]:
        """The months that it is held against: a capacity "of a year" is read over the year's second half.

        Returns
        -------
        tuple of int
            First and last month since year 0.
        """
        first, last = self.first_month, self.last_month
        if self.observable == "nameplate" and last - first >= 2 * _HALF_YEAR - 1:
            return first + _HALF_YEAR, last
        return first, last


@remember
def list_figures(records: Records) -> tuple[Figure, ...]:
    """Every dated figure and target of Europe, copies left out, in the order of the tables.

    Parameters
    ----------
    records : Records
        The record.

    Returns
    -------
    tuple of Figure
        In rounds a year, tonnes a year for a stage.
    """
    claims = build_rows(Claim, records.claims)
    observables = find_europe_observable(records)
    said = [
        _read_claim(claim, observables[claim.claim_id])
        for claim in claims
        if claim.claim_id in observables
    ]
    known_on = {claim.claim_id: claim.reported_on for claim in claims}
    derived = [_read_derived(figure, known_on) for figure in records.list_derived()]
    return tuple(figure for figure in (*said, *derived) if figure)


def _read_claim(claim: Claim, observable: str) -> Figure | None:
    """A claim as a figure or a target; None where it has no rate or date, or is somebody's forecast."""
    if not claim.reported_on or claim.unit not in ROUNDS_A_YEAR:
        return None
    if claim.low is None and claim.high is None:
        return None
    is_target = claim.status == "target"
    if is_target and not claim.period:
        return None
    known_on = last_day(claim.reported_on)
    said_month = known_on.year * 12 + known_on.month - 1
    first_month, last_month = (
        find_months(claim.period) if claim.period else (said_month, said_month)
    )
    if not is_target and first_month > said_month:
        return None
    rounds = ROUNDS_A_YEAR[claim.unit]
    return Figure(
        figure_id=claim.claim_id,
        observable=observable,
        low=None if claim.low is None else claim.low * rounds,
        high=None if claim.high is None else claim.high * rounds,
        first_month=first_month,
        last_month=last_month,
        known_on=known_on,
        confidence=claim.confidence,
        is_target=is_target,
        is_derived=False,
    )


def _read_derived(derived: Derived, reported_on: dict[str, str]) -> Figure | None:
    """A figure that follows from claims, known once all of them are; None while one is not."""
    claim_ids = derived.claim_ids.split()
    if not all(reported_on.get(claim_id) for claim_id in claim_ids):
        return None
    return Figure(
        figure_id=derived.figure_id,
        observable=derived.observable,
        low=derived.low,
        high=derived.high,
        first_month=month_number(derived.first),
        last_month=month_number(derived.last),
        known_on=max(last_day(reported_on[claim_id]) for claim_id in claim_ids),
        confidence=derived.confidence,
        is_target=False,
        is_derived=True,
    )


def list_known_figures(records: Records, observable: str) -> list[Figure]:
    """The figures of an observable known at the record's end, of months that had begun by then.

    Parameters
    ----------
    records : Records
        The record, as of the day.
    observable : str
        `nameplate`, `output` or a stage.

    Returns
    -------
    list of Figure
        In units a year; no targets.
    """
    end_month = records.end.year * 12 + records.end.month - 1
    return [
        figure
        for figure in list_figures(records)
        if figure.observable == observable
        and not figure.is_target
        and figure.known_on <= records.end
        and figure.first_month <= end_month
    ]


def count_repeats(figures: Sequence[Figure]) -> list[int]:
    """How often each figure's word was said.

    Parameters
    ----------
    figures : sequence of Figure
        Of one observable.

    Returns
    -------
    list of int
        For each, the count of figures of its half-year and value, itself among them.
    """
    words = [find_word(figure) for figure in figures]
    times = Counter(words)
    return [times[word] for word in words]


def find_word(figure: Figure) -> tuple[int, int, str]:
    """What a figure says.

    Parameters
    ----------
    figure : Figure
        Of any observable.

    Returns
    -------
    tuple of (int, int, str)
        Its half-year since year 0, its log in steps of 6 %, and which way it is open.
    """
    middle = (figure.first_month + figure.last_month) / 2
    return int(middle // _HALF_YEAR), round(figure.log / _SAME_VALUE), figure.bound
