"""What of a statement the model was given: figures it was made to agree with, the stage that limits output, a
figure held after its last date, an assumption of ours.

Such a verdict repeats what was put in. Each kind is found in the record and in the facts, never marked
on a statement.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from ramp155.answers.verdicts.case import Case
from ramp155.answers.verdicts.level import GrowthFacts, LevelFacts
from ramp155.answers.verdicts.lines import LineCountFacts
from ramp155.answers.verdicts.ratio import ClosingFacts
from ramp155.answers.verdicts.supply import BottleneckFacts, UnmetFacts
from ramp155.record.records import Records
from ramp155.record.rows import Claim, Statement, Target
from ramp155.record.schema.vocabulary import ROUNDS_A_YEAR

# Whose rounds the model makes, alone or with others.
_MODELLED_SUBJECTS = {"europe", "nato"}


@dataclass(frozen=True)
class PublishedRange:
    """What was published of Europe in a year: `observable` between `low` and `high`, rounds a year, and went
    into the model. `own_count` of them are the statement's own, `other_count` are not, `agreeing_count` of these
    lie within the statement's bounds (None where they speak of less than the statement does)."""

    observable: str
    year: str
    low: float
    high: float
    own_count: int
    other_count: int
    agreeing_count: int | None


@dataclass(frozen=True)
class PublishedRanges:
    """The published ranges that a rate speaks of; `is_part` where the statement counts others beside Europe."""

    ranges: tuple[PublishedRange, ...]
    is_part: bool


@dataclass(frozen=True)
class AssumedStage:
    """Which stage limits output is our assumption: `resting` are coefficients of the model that rest on the
    statement's own claims."""

    resting: tuple[str, ...]


@dataclass(frozen=True)
class HeldFigure:
    """The estimate chosen for Russia is held level after its last figure, that of `held_after`. Of the
    estimates that name a figure for both dates (`dated_count`), `dated_agreeing_count` agree with the
    statement."""

    held_after: str
    dated_count: int
    dated_agreeing_count: int


@dataclass(frozen=True)
class AssumedCompleteness:
    """Whether a count reaches the statement's hangs on what share of lines the record holds: `low` to
    `high`, 0 to 1."""

    low: float
    high: float


@dataclass(frozen=True)
class AssumedDemand:
    """Demand is what the levers of demand say."""


Given = PublishedRanges | AssumedStage | HeldFigure | AssumedCompleteness | AssumedDemand


def find_given(case: Case, statement: Statement, facts: object) -> Given | None:
    """What of a statement the model was given, None where its verdict is a test.

    Parameters
    ----------
    case : Case
        What the statement is held against.
    statement : Statement
        Its month, subject and way of counting say what it speaks of.
    facts : Facts
        What it was judged by (rounds a year, shares 0 to 1 ...).
    """
    records = case.model.record
    match facts:
        case LevelFacts():
            return _find_ranges(records, statement, (statement.month,))
        case GrowthFacts():
            return _find_ranges(records, statement, (statement.since, statement.month))
        case BottleneckFacts():
            return _find_assumed_stage(records, statement)
        case ClosingFacts() if facts.held_after:
            return HeldFigure(facts.held_after, facts.dated_count, facts.dated_agreeing_count)
        case LineCountFacts() if _straddles(statement, facts):
            return AssumedCompleteness(*facts.completeness)
        case UnmetFacts():
            return AssumedDemand()
    return None


def _straddles(statement: Statement, facts: LineCountFacts) -> bool:
    """Whether a count reaches the statement's under some of the completeness we assume, not under all."""
    least = 0.0 if statement.low is None else statement.low
    return facts.least < least <= facts.most


def _find_ranges(
    records: Records, statement: Statement, dates: tuple[str, ...]
) -> PublishedRanges | None:
    subjects = set(statement.subject.split())
    if not subjects & _MODELLED_SUBJECTS:
        return None
    is_part = subjects != {"europe"}
    years = {date[:4] for date in dates}
    targets = [
        target
        for target in records.list_targets()
        if target.observable == statement.counts and target.year in years
    ]
    if not targets:
        return None
    has_bounds_of_rates = not is_part and len(dates) == 1
    return PublishedRanges(
        tuple(_read_range(records, statement, target, has_bounds_of_rates) for target in targets),
        is_part,
    )


def _read_range(
    records: Records, statement: Statement, target: Target, has_bounds_of_rates: bool
) -> PublishedRange:
    """A published range with its reports, copies counted once."""
    own_claims = _list_originals(records, statement.claim_ids)
    claims = _list_originals(records, target.claim_ids)
    others = [claim for claim_id, claim in claims.items() if claim_id not in own_claims]
    return PublishedRange(
        observable=target.observable,
        year=target.year,
        low=target.low,
        high=target.high,
        own_count=len(claims) - len(others),
        other_count=len(others),
        agreeing_count=sum(_overlaps(claim, statement) for claim in others)
        if has_bounds_of_rates
        else None,
    )


def _list_originals(records: Records, claim_ids: str) -> dict[str, Claim]:
    """Claims by id, each copy under that of its original."""
    claims = [records.claim(claim_id) for claim_id in claim_ids.split()]
    return {claim.same_as or claim.claim_id: claim for claim in claims}


def _overlaps(claim: Claim, statement: Statement) -> bool:
    """Whether a claim leaves room for the statement: its range and the statement's bounds meet."""
    factor = ROUNDS_A_YEAR.get(claim.unit, math.nan)
    claim_low = 0.0 if claim.low is None else claim.low * factor
    claim_high = math.inf if claim.high is None else claim.high * factor
    low = 0.0 if statement.low is None else statement.low
    high = math.inf if statement.high is None else statement.high
    return claim_low <= high and claim_high >= low


def _find_assumed_stage(records: Records, statement: Statement) -> AssumedStage:
    """That no figure on record tells stages apart, and what rests on the statement's own claims."""
    own_claims = set(statement.claim_ids.split())
    resting = [
        coefficient.label
        for coefficient in records.list_coefficients()
        if own_claims & set(coefficient.claim_ids.split())
    ]
    return AssumedStage(tuple(resting))
