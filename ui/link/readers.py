"""Readers of what only the app puts into a link: a pinned scenario, and what a link was made with.

A reader takes the text of one field and returns its value, or raises ValueError with what was
expected.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode

from ramp155.model.coefficients.edits import check_edits
from ramp155.model.model import Model
from ramp155.model.scenario.codec import read_scenario_query, write_scenario_query
from ramp155.model.scenario.horizon import MONTHS
from ui.link.origin import MADE_WITH_PATTERN


def build_pin_reader(model: Model) -> Callable[[str], str]:
    """A pin stands in a link as NAME|the scenario's own link."""

    def read_pin(text: str) -> str:
        name, separator, query = text.partition("|")
        pinned, notes = read_scenario_query(parse_qsl(query))
        check_edits(model.record, pinned.assume)
        if not separator or not name.strip() or notes:
            raise ValueError(notes[0] if notes else "NAME|levers was expected")
        return f"{name.strip()[:40]}|{urlencode(write_scenario_query(pinned))}"

    return read_pin


def build_origin_reader(version: str) -> Callable[[str], str | None]:
    """VERSION:MONTH:ROUNDS; of no interest where the version is today's."""

    def read_origin(text: str) -> str | None:
        origin_parts = MADE_WITH_PATTERN.fullmatch(text)
        if not origin_parts or origin_parts["month"] not in MONTHS:
            raise ValueError("a record's version, a month and its baseline were expected")
        return None if origin_parts["version"] == version else text

    return read_origin
