"""A scenario in words: a few for a label, the lead of a title, and warnings about a mix of levers
that cannot be or does nothing.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import numpy as np

from ramp155.base.memory import remember
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.coefficients.edits import Edits
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import FORECAST_START
from ramp155.model.scenario.levers import Lever
from ramp155.model.scenario.note import ScenarioNote, find_source_address
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records
from ramp155.text.numbers import (
    count_words,
    join_words,
    say_month,
    say_percent,
    say_short_month,
    say_small_number,
)
from ramp155.text.phrases import fill_phrase

# Coefficients that warnings compare levers with.
_WARNED_OF = ("linters_asia_share", "ratio_cellulose", "share_155_nitrocellulose", "utilisation")


def list_lever_warnings(model: Model, scenario: Scenario) -> list[str]:
    """What about a mix of levers cannot be, or does nothing."""
    medians = find_warned_medians(model, scenario.assume)
    messages = []
    linters_missing = max(1 - scenario.linters, 0) * (1 - scenario.wood_pulp)
    fibre_share = (1 - medians["linters_asia_share"] * linters_missing) * medians["ratio_cellulose"]
    supply = say_percent(scenario.nitrocellulose)
    if fibre_share < 1 and scenario.nitrocellulose > 0:
        messages.append(
            fill_phrase(
                "fibre_short",
                supply=supply,
                linters=say_percent(scenario.linters),
                enough=say_percent(fibre_share * scenario.nitrocellulose),
            )
        )
    if scenario.nitrocellulose > 1.3 and scenario.start < "2028-01":
        messages.append(fill_phrase("too_soon", supply=supply, start=say_month(scenario.start)))
    if medians["share_155_nitrocellulose"] * scenario.share_for_155 > 1:
        messages.append(fill_phrase("share_capped"))
    running_share = medians["utilisation"] * scenario.shifts
    if running_share > 1.2:
        hours = say_percent(scenario.shifts)
        running = say_percent(running_share)
        messages.append(fill_phrase("too_many_hours", hours=hours, running=running))
    if scenario.wood_pulp > 0 and scenario.linters >= 1:
        messages.append(fill_phrase("no_linters_missing"))
    if scenario.propellant_per_round < 0.8:
        powder = say_percent(scenario.propellant_per_round)
        messages.append(fill_phrase("short_shots", powder=powder))
    if scenario.extra_delay and not scenario.under_way and not scenario.realised:
        messages.append(fill_phrase("nothing_to_delay"))
    if scenario.months and not any(lever.is_timed for lever in scenario.moved):
        messages.append(fill_phrase("duration_idle"))
    return messages


@remember
def find_warned_medians(model: Model, assume: Edits) -> dict[str, float]:
    """The medians over draws of what warnings compare levers with.

    Returns
    -------
    dict of float
        assumption_id -> median, in the coefficient's own unit (a share from 0 to 1, or tonnes).
    """
    params = draw_coefficients(model, assume).params
    return {name: float(np.median(params[name])) for name in _WARNED_OF}


def say_position(lever: Lever, position: float) -> str:
    """Where a lever stands, in its own unit: 85, 3,000.

    Parameters
    ----------
    lever : Lever
        Its unit is said beside it.
    position : float
        As stored (1.1 is 110 %).
    """
    return f"{float(f'{position * lever.scale:.6g}'):,g}"


def name_scenario(records: Records, scenario: Scenario) -> str:
    """A scenario in a few words, for a label."""
    phrases = [
        f"{lever.short} {say_position(lever, getattr(scenario, lever.name))} {lever.unit}"
        for lever in scenario.moved
    ]
    phrases += [fill_phrase("with", what=country) for country in scenario.also]
    if scenario.assume:
        phrases.append(count_words(len(scenario.assume), "own assumption"))
    label = ", ".join(phrases[:2])
    if len(phrases) > 2:
        label = fill_phrase("and_more", names=label)
    start = say_short_month(scenario.start)
    if scenario.moved and scenario.months:
        months = count_words(scenario.months, "month")
        label = fill_phrase("label_lasting", label=label, months=months, start=start)
    elif scenario.moved and scenario.start != FORECAST_START:
        label = fill_phrase("label_starting", label=label, start=start)
    return label or "Baseline"


def write_scenario_lead(records: Records, scenario: Scenario) -> str:
    """What was moved, in words."""
    moved_levers = scenario.moved
    if moved_levers and moved_levers[0].name == "nitrocellulose":
        lead = fill_phrase("at_supply", percent=say_percent(scenario.nitrocellulose))
        other_count = len(moved_levers) - 1
        if other_count == 1:
            lead = fill_phrase("one_other", lead=lead)
        elif other_count:
            lead = fill_phrase("others", lead=lead, count=say_small_number(other_count))
    elif 0 < len(moved_levers) <= (1 if scenario.months else 2):
        moves = [
            fill_phrase(
                "lever_at",
                lever=lever.short,
                position=say_position(lever, getattr(scenario, lever.name)),
                unit=lever.unit,
            )
            for lever in moved_levers
        ]
        lead = fill_phrase("with_levers", levers=join_words(moves))
    else:
        lead = fill_phrase("as_set" if moved_levers else "not_moved")
    start = say_month(scenario.start)
    if moved_levers and scenario.months:
        months = count_words(scenario.months, "month")
        lead = fill_phrase("lasting", lead=lead, months=months, start=start)
    elif moved_levers and scenario.start != FORECAST_START:
        lead = fill_phrase("starting", lead=lead, start=start)
    if scenario.assume:
        count = len(scenario.assume)
        own_values = (
            fill_phrase("own_value")
            if count == 1
            else fill_phrase("own_values", count=say_small_number(count))
        )
        lead = (
            fill_phrase("and", lead=lead, more=own_values)
            if moved_levers
            else fill_phrase("with_levers", levers=own_values)
        )
    if scenario.also:
        country_names = dict(
            zip(records.countries["country"], records.countries["name"], strict=True)
        )
        countries = join_words(country_names[country] for country in scenario.also)
        lead = fill_phrase("counting", lead=lead, countries=countries)
    return lead


def write_scenario_note(note: ScenarioNote, *, is_brief: bool = False) -> str:
    """Why a scenario is asked for, with its sources, as its author wrote it; "" where nothing is said.

    Where it is to be brief, of an address only the host is named.
    """
    reason = (
        note.reason
        if not note.reason or note.reason.endswith((".", "!", "?"))
        else f"{note.reason}."
    )
    names = [_name_host(source) if is_brief else source for source in note.sources]
    sources = (
        f"Sources, by the author of the scenario: {', '.join(dict.fromkeys(names))}"
        if names
        else ""
    )
    return " ".join(part for part in (reason, sources) if part)


def _name_host(source: str) -> str:
    """The host of an address; an id of the record as it is."""
    return (urlsplit(source).hostname or source).removeprefix("www.")


def list_note_lines(records: Records, note: ScenarioNote) -> list[str]:
    """Title, reason and sources of a note, a line each, with the addresses of what the record has."""
    sources = []
    for source in note.sources:
        address = find_source_address(records, source)
        sources.append(source if address in ("", source) else f"{source}: {address}")
    by_author = [f"Source, by the author of the scenario: {source}" for source in sources]
    return [line for line in (note.title, note.reason, *by_author) if line]
