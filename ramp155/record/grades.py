"""How good a source is for use: which classes may stand alone under a figure, the best there is of
several, and how a source is named wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ramp155.base.memory import remember
from ramp155.record.records import Records
from ramp155.record.schema.reports import OWN_SOURCE
from ramp155.record.schema.vocabulary import CLASSES, CONFIDENCE

# What may stand alone under a headline; every other class only beside one of these.
STANDING_CLASSES = frozenset({"official", "company", "press", "trade"})
# What those that may not are called where one of them is all there is.
_WEAK_NAMES = {
    "repost": "a copy of a report",
    "forum": "a forum or an unsigned page",
    "machine-written": "a text written by a machine",
    "state-controlled": "a state outlet",
}
_CLASS_PLACES = {name: place for place, name in enumerate(CLASSES)}
_CONFIDENCE_PLACES = {grade: place for place, grade in enumerate(CONFIDENCE)}


class CoefficientCounts(NamedTuple):
    """How many coefficients the model uses, how many of those are assumed, how many others were published."""

    used: int
    assumed: int
    beside: int


def stands_alone(records: Records, source_id: str) -> bool:
    """Whether a source may stand alone under a headline, by its class."""
    return records.source_of[source_id]["class"] in STANDING_CLASSES


def name_source(records: Records, source_id: str) -> str:
    """Who published a source, else its title; an outlet that a state controls is marked."""
    source = records.source_of[source_id]
    name = source["publisher"] or source["title"] or source_id
    return f"{name} {mark_outlet(source['state_controlled'])}".rstrip()


def mark_outlet(state: str) -> str:
    """The mark of an outlet that a state (RU, BY or CN) controls; blank for every other."""
    return f"[{state} state outlet]" if state else ""


def rank_sources(records: Records, source_ids: Iterable[str]) -> list[str]:
    """Sources, each once and best first: by class, confidence, how often it is named, and date.

    Parameters
    ----------
    records : Records
        The record they stand in.
    source_ids : iterable of str
        One for each time a source is named; blank ones are left out.

    Returns
    -------
    list of str
        Ids of sources, the best first.
    """
    named_sources = [source_id for source_id in source_ids if source_id]
    times_named = dict.fromkeys(named_sources, 0)
    for source_id in named_sources:
        times_named[source_id] += 1
    confidences = _grade_confidence(records)
    newest_first = sorted(
        times_named,
        key=lambda source_id: records.source_of[source_id]["published"],
        reverse=True,
    )
    return sorted(
        newest_first,
        key=lambda source_id: (
            _find_class_place(records, source_id),
            confidences.get(source_id, len(CONFIDENCE)),
            -times_named[source_id],
        ),
    )


def pick_best_sources(records: Records, source_ids: Iterable[str], count: int) -> list[str]:
    """The best of some sources.

    Parameters
    ----------
    records : Records
        The record they stand in.
    source_ids : iterable of str
        One for each time a source is named.
    count : int
        How many are picked at most.

    Returns
    -------
    list of str
        Ids of sources, the best first.
    """
    return rank_sources(records, source_ids)[:count]


def rank_claims(records: Records, claim_ids: Iterable[str]) -> list[str]:
    """Claims, each once: best source first, then by confidence, then newest."""
    newest_first = sorted(
        dict.fromkeys(claim_ids),
        key=lambda claim_id: records.claim(claim_id).reported_on,
        reverse=True,
    )
    return sorted(
        newest_first,
        key=lambda claim_id: (
            _find_class_place(records, find_best_witness(records, claim_id)),
            _CONFIDENCE_PLACES[records.claim(claim_id).confidence],
        ),
    )


def find_best_witness(records: Records, claim_id: str) -> str:
    """The best source that says what a claim says: its own, or that of a claim that tells the same."""
    claim = records.claim(claim_id)
    tellings = _list_tellings(records).get(claim.same_as or claim_id, ())
    return min(
        (claim.source_id, *tellings), key=lambda source_id: _find_class_place(records, source_id)
    )


def list_witnesses(records: Records, claim_ids: Iterable[str]) -> list[str]:
    """The best source of each of some claims, in their order."""
    return [find_best_witness(records, claim_id) for claim_id in claim_ids]


def say_weak_support(records: Records, source_ids: Iterable[str]) -> str:
    """What is to be said where none of some sources may stand alone; blank where one may, or none is named."""
    best_sources = pick_best_sources(records, source_ids, 1)
    if not best_sources or stands_alone(records, best_sources[0]):
        return ""
    if best_sources[0] == OWN_SOURCE or best_sources[0] in records.own:
        return "your own data alone"
    return f"at best {name_weakness(records, best_sources[0])}"


def name_weakness(records: Records, source_id: str) -> str:
    """What a source is called that may not stand alone; blank for one that may."""
    return _WEAK_NAMES.get(records.source_of[source_id]["class"], "")


def list_coefficient_sources(records: Records, assumption_id: str) -> list[str]:
    """Every source under a coefficient, those of its claims too; none where it is assumed and no claim is named."""
    assumption = records.assumption(assumption_id)
    source_ids = [
        source_id for source_id in assumption.source_ids.split() if source_id in records.source_of
    ]
    return source_ids + list_witnesses(records, assumption.claim_ids.split())


def count_coefficients(records: Records) -> CoefficientCounts:
    """Count coefficients that the model uses, those of them that are assumed, and published ones kept beside them.

    Parameters
    ----------
    records : Records
        The record whose table of assumptions is counted.

    Returns
    -------
    CoefficientCounts
        Numbers of coefficients.
    """
    coefficients = records.list_coefficients(model_only=False)
    used = [coefficient for coefficient in coefficients if coefficient.kind == "model"]
    return CoefficientCounts(
        used=len(used),
        assumed=sum(coefficient.source_ids == "assumption" for coefficient in used),
        beside=sum(coefficient.kind == "reported" for coefficient in coefficients),
    )


def _find_class_place(records: Records, source_id: str) -> int:
    return _CLASS_PLACES[records.source_of[source_id]["class"]]


@remember
def _grade_confidence(records: Records) -> dict[str, int]:
    """source_id -> place of the best confidence of any report from it."""
    confidences: dict[str, int] = {}
    for table in (records.events, records.claims):
        for source_id, grade in zip(table["source_id"], table["confidence"], strict=True):
            place = _CONFIDENCE_PLACES[grade]
            confidences[source_id] = min(place, confidences.get(source_id, place))
    return confidences


@remember
def _list_tellings(records: Records) -> dict[str, tuple[str, ...]]:
    """claim_id -> the sources of it and of every claim that is a copy of it, where there are copies."""
    claims = records.claims
    source_of_claim = dict(zip(claims["claim_id"], claims["source_id"], strict=True))
    tellings: dict[str, tuple[str, ...]] = {}
    for copied, source_id in zip(claims["same_as"], claims["source_id"], strict=True):
        if copied in source_of_claim:
            tellings[copied] = (*tellings.get(copied, (source_of_claim[copied],)), source_id)
    return tellings
