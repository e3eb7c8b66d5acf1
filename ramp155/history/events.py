"""Which events are dated milestones, which promise an event speaks of, and the year with which
today's build-up begins.
"""

from __future__ import annotations

from ramp155.record.rows import Event

MILESTONES = ["groundbreaking", "opened", "first_output", "full_rate"]
BUILD_UP_YEAR = 2020  # what was promised or begun before this year belongs to an older build-up


def find_promise_key(event: Event) -> str:
    """Name the promise that an event speaks of: the record's own word, else its line and milestone."""
    return event.promise or f"{event.line_id}/{event.event}"
