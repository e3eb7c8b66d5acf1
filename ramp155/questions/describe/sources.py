"""Who says what an answer rests on, and in which units it stands: what goes along with an answer that leaves the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ramp155.base.memory import remember
from ramp155.questions.describe.shapes import Schema
from ramp155.questions.read import Asked
from ramp155.record.grades import rank_sources
from ramp155.record.records import Records

_SOURCE_FIELDS = ("source_id", "publisher", "title", "url", "published")


def list_units(schema: Schema) -> dict[str, str]:
    """Field -> the unit of its numbers, as a shape says it."""
    units: dict[str, str] = {}
    for name, part in schema.get("properties", {}).items():
        bearer = part.get("additionalProperties") or part.get("items") or part
        if isinstance(bearer, dict) and "x-unit" in bearer:
            units[name] = bearer["x-unit"]
    parts = [schema.get("items"), schema.get("additionalProperties"), *schema.get("anyOf", [])]
    for part in (*parts, *schema.get("properties", {}).values()):
        if isinstance(part, dict):
            units |= {name: unit for name, unit in list_units(part).items() if name not in units}
    return units


def list_sources(records: Records, asked: Asked, values: object) -> list[dict[str, str]]:
    """Every source that an answer names by its own id, an event's or a claim's, the best first.

    The model's answers rest on the published figures that its runs are held against, and a comparison on the
    estimates that stand for Russia and the US.
    """
    source_of = _list_bearers(records)
    words = [word for text in _list_texts(values) for word in text.split()]
    words += _list_model_claims(records, asked)
    source_ids = [source_of[word] for word in words if word in source_of]
    return [
        {field: records.source_of[source_id][field] for field in _SOURCE_FIELDS}
        for source_id in dict.fromkeys(rank_sources(records, source_ids))
    ]


@remember
def _list_bearers(records: Records) -> dict[str, str]:
    """The id of a source, an event or a claim -> its source."""
    rows = (
        zip(table[key], table["source_id"], strict=True)
        for table, key in ((records.events, "event_id"), (records.claims, "claim_id"))
    )
    return {source_id: source_id for source_id in records.source_of} | {
        key: source_id for pairs in rows for key, source_id in pairs
    }


def _list_model_claims(records: Records, asked: Asked) -> list[str]:
    if not (asked.question.takes_scenario or asked.question.reply.startswith("model:")):
        return []
    claim_ids = [claim for target in records.list_targets() for claim in target.claim_ids.split()]
    if any(parameter.name == "russia" for parameter in asked.question.parameters):
        chosen = (asked.comparison.russia, asked.comparison.us)
        for estimate in records.list_estimates():
            claim_ids += estimate.claim_ids.split() if estimate.estimate_id in chosen else []
    return claim_ids


def _list_texts(values: Any) -> Iterator[str]:  # noqa: ANN401
    """Every text in values as JSON has them."""
    if isinstance(values, str):
        yield values
    elif isinstance(values, dict | list | tuple):
        for part in values.values() if isinstance(values, dict) else values:
            yield from _list_texts(part)
