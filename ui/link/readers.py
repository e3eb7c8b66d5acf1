"""How the text of a link is read, and how a value is written as text. A reader takes the text of one field and returns its value, or raises ValueError with what was expected; the builders make readers for a choice, a number in a range, a day on record, a pinned scenario, and what a link was made with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode

from ramp155.history.replay_days import FIRST_REPLAY_DAY
from ramp155.model.coefficients.edits import check_edits
from ramp155.model.model import Model
from ramp155.model.scenario.codec import read_scenario_query, write_scenario_query
from ramp155.model.scenario.horizon import MONTHS
from ramp155.record.dates import last_day
from ui.link.origin import MADE_WITH_PATTERN


def build_choice_reader(options: list[str], noun: str) -> Callable[[str], str]:
    def read_choice(text: str) -> str:
        if text not in options:
            raise ValueError(f"no such {noun} is known here")
        return text

    return read_choice


def build_number_reader(low: float, high: float, is_whole: bool = True) -> Callable[[str], float]:
    """A number in a range, as a widget holds it."""

    def read_number(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not low <= value <= high or (is_whole and not value.is_integer()):
            raise ValueError(f"a {'whole ' * is_whole}number from {low:g} to {high:g} was expected")
        return int(value) if is_whole else value

    return read_number


def read_short_text(text: str) -> str:
    if len(text) > 80:
        raise ValueError("at most 80 characters were expected")
    return text


def read_flag(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError("0 or 1 was expected")
    return text == "1"


def build_day_reader(latest_day: dt.date) -> Callable[[str], dt.date]:
    def read_day(text: str) -> dt.date:
        try:
            day = last_day(text)
        except ValueError:
            raise ValueError("a date like 2025-06-30 was expected") from None
        if not FIRST_REPLAY_DAY <= day <= latest_day:
            raise ValueError(f"the record runs from {FIRST_REPLAY_DAY} to {latest_day}")
        return day

    return read_day


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


def write_value(value: object) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)
