"""The fields of a view: its scenario, month and date, which lines, whose figures and how they are
counted, demand and purchases.

What is said twice of a View, in a link and in a story file, is read and written by this one table.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from ramp155.answers.gap.comparison import (
    CALIBRES,
    CONDITIONS,
    COUNTS,
    RUSSIA_RATE_LEVER,
    Comparison,
)
from ramp155.answers.gap.estimates import list_estimates
from ramp155.answers.procurement.terms import DEMAND_LEVERS
from ramp155.base.memory import remember
from ramp155.history.claims import list_topics
from ramp155.history.replay_days import FIRST_REPLAY_DAY
from ramp155.history.standing.sites import LEADING_STATUSES
from ramp155.model.scenario.field import Field
from ramp155.model.scenario.fields import SCENARIO_FIELDS
from ramp155.model.scenario.horizon import DEFAULT_MONTH, MONTHS
from ramp155.model.scenario.note import (
    LONGEST_REASON,
    LONGEST_TITLE,
    ScenarioNote,
    build_source_reader,
    build_words_reader,
)
from ramp155.model.scenario.readers import (
    build_choice_reader,
    build_flag_field,
    build_lever_field,
    build_named_reader,
    build_number_reader,
    read_flag,
    read_short_text,
    write_flag,
)
from ramp155.pictures.board.rows import BOARD_GROUPS, BOARD_SORTS
from ramp155.pictures.view import View
from ramp155.record.dates import last_day
from ramp155.record.records import Records
from ramp155.record.schema.vocabulary import PRODUCTS

MOST_SPENT = 10.0  # percent of Readiness 2030
RESPONSE_MONTHS = [m for m in MONTHS if m >= "2026-06" and m[-2:] in ("06", "12")]
MAP_PICKS = ("opened", "soon")  # what a map may pick out, beside what is late
OWN_TARGET = "own"
TARGET_ROUNDS = (10_000, 10_000_000)  # rounds a year of a target of one's own, from and to
_LINE_PAGES = ("map", "ramp_up")  # where lines are picked out
_OLD_COUNTS = {"0": "output", "1": "nameplate"}  # what `plate` said in older links


def build_day_reader(latest_day: dt.date) -> Callable[[str], dt.date | None]:
    """A reader of the date as known on; the record's last day is none."""

    def read_day(text: str) -> dt.date | None:
        try:
            day = last_day(text)
        except ValueError:
            raise ValueError("a date like 2025-06-30 was expected") from None
        if not FIRST_REPLAY_DAY <= day <= latest_day:
            raise ValueError(f"the record runs from {FIRST_REPLAY_DAY} to {latest_day}")
        return None if day == latest_day else day

    return read_day


def name_setting_errors(name: str, read: Callable[[str], Any]) -> Callable[[str], Any]:
    """A reader whose errors begin with the setting's name."""

    def read_setting(text: str) -> Any:  # noqa: ANN401
        try:
            return read(text)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None

    return read_setting


def read_counts(text: str) -> str:
    """What is counted, output or nameplate capacity; in older links a switch."""
    counts = _OLD_COUNTS.get(text, text)
    if counts not in COUNTS:
        raise ValueError(f"{' or '.join(COUNTS)} was expected")
    return counts


def read_month_setting(text: str) -> str:
    """A month that can be read off."""
    if text not in RESPONSE_MONTHS:
        raise ValueError(f"month: {text!r} is not a June or December from {RESPONSE_MONTHS[0]}")
    return text


@remember
def list_view_fields(records: Records) -> dict[str, Field]:
    """The table of all that a view holds, its scenario included, by name."""
    fields = [
        *SCENARIO_FIELDS.values(),
        *list_replay_fields(records),
        *list_comparison_fields(records),
        *list_goal_fields(records),
        *list_order_fields(),
        *list_note_fields(records),
    ]
    fields += [
        build_lever_field(lever, "terms", is_whole=True, pages=("gap",)) for lever in DEMAND_LEVERS
    ]
    return {field.name: field for field in fields}


def list_replay_fields(records: Records) -> list[Field]:
    """What the view itself holds: month, date, which lines, a topic, purchases."""
    read_day = build_day_reader(records.end)
    read_spend = build_number_reader(0, MOST_SPENT, is_whole=False)
    usual = View()
    return [
        Field(
            "month",
            "month",
            DEFAULT_MONTH,
            build_choice_reader(RESPONSE_MONTHS, "month (June or December from 2026-06)"),
            read_setting=read_month_setting,
        ),
        Field(
            "as_of",
            "as_of",
            None,
            read_day,
            read_setting=name_setting_errors("as_of", read_day),
            show=lambda day: day or records.end,
            store=lambda day: None if day == records.end else day,
            pages=("map", "ramp_up"),
        ),
        build_flag_field("hindsight", "hindsight", pages=("map", "ramp_up")),
        *list_line_fields(records),
        Field(
            "topic",
            "topic",
            usual.topic,
            build_choice_reader(list_topics(records), "topic"),
            read_setting=build_named_reader("topic", list_topics(records)),
            pages=("evidence",),
        ),
        Field(
            "spend",
            "spend",
            usual.spend,
            read_spend,
            str,
            name_setting_errors("spend", read_spend),
            pages=("gap",),
        ),
        Field(
            "flow_month",
            "flow_month",
            usual.flow_month,
            build_choice_reader(MONTHS, "flow_month"),
            read_setting=build_named_reader("flow_month", MONTHS),
            pages=("what_if",),
        ),
    ]


def list_line_fields(records: Records) -> list[Field]:
    """Which lines are meant, by product, country, maker, words and lateness, and which plant."""
    sites = records.sites
    choices = (
        ("products", "product", "product", list(PRODUCTS), ("made",)),
        ("countries", "country", "country", sorted(set(sites["country"])), ()),
        ("makers", "operator", "maker", sorted(set(sites["operator"])), ()),
    )
    choice_fields = [
        Field(
            name,
            key,
            (),
            build_choice_reader(options, noun),
            read_setting=build_named_reader(name, options),
            many=True,
            pages=_LINE_PAGES,
            old_keys=old_keys,
        )
        for name, key, noun, options, old_keys in choices
    ]
    return [
        *choice_fields,
        Field("find", "find", "", read_short_text, read_setting=read_short_text, pages=_LINE_PAGES),
        build_flag_field("late_only", "late", pages=_LINE_PAGES),
        Field(
            "statuses",
            "status",
            (),
            build_choice_reader(LEADING_STATUSES, "status"),
            read_setting=build_named_reader("statuses", LEADING_STATUSES),
            many=True,
            pages=("map",),
        ),
        Field(
            "pick",
            "pick",
            "",
            build_choice_reader(MAP_PICKS, "choice"),
            read_setting=build_named_reader("pick", MAP_PICKS),
            pages=("map",),
        ),
        build_flag_field("utilisation", "utilisation", pages=("map",), old_keys=("use",)),
        Field(
            "site",
            "site",
            "",
            build_choice_reader(sites["site_id"], "site"),
            read_setting=build_named_reader("site", sites["site_id"]),
            show=lambda site_id: site_id or None,
            store=lambda site_id: site_id or "",
            pages=("map", "plant"),
        ),
        Field(
            "line",
            "line",
            "",
            build_choice_reader(records.lines["line_id"], "line"),
            read_setting=build_named_reader("line", records.lines["line_id"]),
            pages=("plant",),
        ),
    ]


def list_order_fields() -> list[Field]:
    """How the board of lines is grouped and sorted."""
    usual = View()
    return [
        Field(
            name,
            name,
            getattr(usual, name),
            build_choice_reader(options, name.replace("_", " ")),
            read_setting=build_named_reader(name, options),
            pages=("ramp_up",),
        )
        for name, options in (("board_group", BOARD_GROUPS), ("board_sort", BOARD_SORTS))
    ]


def list_note_fields(records: Records) -> list[Field]:
    """Why the scenario is asked for: its title, the reason, and its sources."""
    readers = (
        ("title", "title", build_words_reader(LONGEST_TITLE)),
        ("reason", "why", build_words_reader(LONGEST_REASON)),
        ("sources", "source", build_source_reader(records)),
    )
    usual = ScenarioNote()
    return [
        Field(
            name,
            key,
            getattr(usual, name),
            read,
            read_setting=name_setting_errors(name, read),
            store=str.strip if name == "sources" else lambda words: " ".join(words.split()),
            many=name == "sources",
            part="scenario_note",
            pages=("what_if", "overview"),
        )
        for name, key, read in readers
    ]


def list_goal_fields(records: Records) -> list[Field]:
    """Which target is asked for, how many rounds a year where it is one's own, and in which month."""
    usual = View()
    targets = (*records.targets["target_id"], OWN_TARGET)
    read_rounds = build_number_reader(*TARGET_ROUNDS)
    months = ("", *RESPONSE_MONTHS)
    return [
        Field(
            "target",
            "target",
            usual.target,
            build_choice_reader(targets, "target"),
            read_setting=build_named_reader("target", targets),
            pages=("what_if",),
        ),
        Field(
            "target_rounds",
            "target_rounds",
            usual.target_rounds,
            read_rounds,
            read_setting=name_setting_errors("target_rounds", read_rounds),
            pages=("what_if",),
        ),
        Field(
            "target_month",
            "target_month",
            usual.target_month,
            build_choice_reader(months, "month (June or December from 2026-06)"),
            read_setting=build_named_reader("target_month", months),
            pages=("what_if",),
        ),
    ]


def list_comparison_fields(records: Records) -> list[Field]:
    """Whose figures are compared, and how they are counted."""
    usual = Comparison()
    pages = ("gap",)
    estimate_fields = [
        Field(
            name,
            name,
            getattr(usual, name),
            build_choice_reader(list_estimates(records, actor), "estimate"),
            read_setting=build_named_reader(name, list_estimates(records, actor)),
            part="comparison",
            pages=pages,
        )
        for name, actor in (("russia", "RU"), ("us", "US"))
    ]
    counting_fields = [
        Field(
            "calibres",
            "calibres",
            usual.calibres,
            build_choice_reader(CALIBRES, "way of counting"),
            read_setting=build_named_reader("calibres", CALIBRES),
            part="comparison",
            pages=pages,
        ),
        Field(
            "made",
            "new_only",
            usual.made,
            lambda text: "new" if read_flag(text) else "refurbished",
            lambda condition: write_flag(condition == "new"),
            build_named_reader("made", CONDITIONS),
            show=lambda condition: condition == "new",
            store=lambda is_new_only: "new" if is_new_only else "refurbished",
            part="comparison",
            pages=pages,
            old_keys=("fresh",),
        ),
        Field(
            "counts",
            "counts",
            usual.counts,
            read_counts,
            read_setting=build_named_reader("counts", COUNTS),
            show=lambda counts: counts == "nameplate",
            store=lambda is_nameplate: "nameplate" if is_nameplate else "output",
            part="comparison",
            pages=pages,
            old_keys=("plate",),
        ),
    ]
    rate_field = build_lever_field(RUSSIA_RATE_LEVER, "comparison", is_whole=True, pages=pages)
    return [*estimate_fields, *counting_fields, rate_field]


def list_view_values(view: View, table: Mapping[str, Field]) -> dict[str, Any]:
    """What a view stores of a table's fields, by name."""
    return {
        name: getattr(getattr(view, field.part) if field.part else view, name)
        for name, field in table.items()
    }


def change_view(view: View, table: Mapping[str, Field], stored: Mapping[str, Any]) -> View:
    """A view with some fields of a table as stored. Raises ValueError for what its parts do not allow."""
    changes: dict[str, Any] = {name: stored[name] for name in stored if not table[name].part}
    for view_part in dict.fromkeys(table[name].part for name in stored if table[name].part):
        part_values: dict[str, Any] = {
            name: stored[name] for name in stored if table[name].part == view_part
        }
        changes[view_part] = dataclasses.replace(getattr(view, view_part), **part_values)
    return dataclasses.replace(view, **changes)
