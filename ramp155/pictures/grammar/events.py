"""What a mark that stands for an event says of it: who said it, when, how far it is trusted."""

from __future__ import annotations

from typing import Any

import altair as alt

from ramp155.model.model import Model
from ramp155.record.rows import Event
from ramp155.text.speakers import name_who

_TITLES = {
    "who": "Who says so",
    "said_on": "Said on",
    "confidence": "Confidence",
    "basis": "What",
}
EVENT_TIP = [alt.Tooltip(f"{field}:N", title=title) for field, title in _TITLES.items()]


def describe_event(model: Model, event: Event) -> dict[str, Any]:
    """What a mark says of an event; keys: event_id, who, said_on, confidence, basis."""
    source = model.record.source_of[event.source_id]
    return {
        "event_id": event.event_id,
        "who": name_who(event.basis, source["publisher"], source["state_controlled"]),
        "said_on": event.reported_on or "undated",
        "confidence": event.confidence,
        "basis": event.basis,
    }
