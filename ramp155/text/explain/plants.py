"""Explanations of plants and lines: counts on the map, openings, what is late, how far dates moved, and one line's reports."""

from __future__ import annotations

import pandas as pd

from ramp155.answers.counts import count_groups, count_lines, count_openings
from ramp155.answers.stages.on_record import count_rounds_on_record
from ramp155.history.as_known import rewind_records
from ramp155.history.openings import OPENED_SINCE, find_counted_openings, find_openings
from ramp155.history.slips import (
    LARGE_SLIP_MONTHS,
    list_dated_milestones,
    read_slips,
    read_strictly,
)
from ramp155.history.standing.sites import list_site_statuses
from ramp155.history.status import count_silent_months, list_statuses
from ramp155.model.capacity.growth import sum_reported_rates
from ramp155.model.coefficients.modes import read_modes
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import FIRST_MONTH_NUMBER
from ramp155.record.dates import first_day
from ramp155.record.records import Records
from ramp155.record.schema.vocabulary import PRODUCTS
from ramp155.text.explain.grammar.arithmetic import Amount, Line, work_out
from ramp155.text.explain.grammar.explanation import Asked, Explanation, Sources, build_explanation
from ramp155.text.explain.grammar.runs import find_stage_unit, list_needs
from ramp155.text.explain.grammar.words import add_up, find_assumptions, find_claims, pick_sources
from ramp155.text.numbers import count_words, say_rounds
from ramp155.text.stages import name_stages

_SILENT_MONTHS = 24
_STATUS_NOT_SAID = (
    "It says what was reported, not what stands there: a line may run without a word."
)


def _read_known(model: Model, view: Asked) -> Records:
    return rewind_records(model.record, view.as_of or model.record.end, view.hindsight)


def explain_openings(model: Model, view: Asked) -> Explanation:
    """The tile of openings."""
    openings = find_openings(model.record, OPENED_SINCE)
    counted = openings[openings["counted"]]
    for_155 = count_openings(model.record, "openings for 155 mm").number
    total = count_openings(model.record).number
    operands = [(for_155, "for 155 mm rounds"), (total - for_155, "for other things, or not said")]
    return build_explanation(
        "openings",
        "New or expanded lines of the counted countries that opened or first delivered since November 2023.",
        f"{total} ({for_155} for 155 mm)",
        work_out(add_up(total, "opened since then", "lines", operands)),
        "Each line counts once, by its first report of confidence A or B.",
        Sources(sources=pick_sources(counted["source_id"])),
        "It does not say how much they make: most publish no rate.",
        "plant",
    )


def explain_sites(model: Model, view: Asked) -> Explanation:
    """The plants of the map by what their lines do."""
    known_record = _read_known(model, view)
    lines = list_statuses(known_record)
    lines = lines[lines["status"] != "not yet reported"]
    operands = [
        (number, group) for group, number in count_groups(list_site_statuses(lines)).items()
    ]
    total = count_lines(known_record, "sites", lines).number
    return build_explanation(
        "sites",
        "Each mark is a plant in its town, with the status that the most advanced of its lines has.",
        count_words(total, "plant"),
        work_out(add_up(total, "on record, whatever the filters", "plants", operands)),
        "A status follows from dated reports by fixed rules. Nobody types it in.",
        Sources(sources=pick_sources(known_record.events["source_id"])),
        _STATUS_NOT_SAID,
        "plant",
    )


def explain_known_capacity(model: Model, view: Asked) -> Explanation:
    """What named lines were known to make, by stage."""
    known_record = _read_known(model, view)
    modes, names = read_modes(known_record), name_stages(known_record)
    rates, stage_rows = sum_reported_rates(known_record), known_record.list_stages()
    rounds = count_rounds_on_record(known_record, modes)
    last = known_record.end.year * 12 + known_record.end.month - 1 - FIRST_MONTH_NUMBER
    lines, figure_text = [], ""
    for stage_row in stage_rows:
        yearly = rounds.get(stage_row.stage, 0.0)
        if yearly <= 0:
            continue
        name = names[stage_row.stage]
        figure = Amount(yearly, "", f"rounds a year by {name}", say=say_rounds)
        unit = find_stage_unit(known_record, stage_row.stage)
        operands = [Amount(float(rates[stage_row.stage][last]), unit, f"a year, reported: {name}")]
        for share in (stage_row.lines_share, stage_row.share):
            if share:
                label = known_record.assumption(share).label
                words = f"{label[0].lower()}{label[1:]}"
                operands.append(Amount(float(modes[share][0]), "", words))
        right = " × ".join(f"{{{number}}}" for number in range(len(operands)))
        needs = list_needs(known_record, stage_row.stage, modes)
        places = " × ".join(f"{{{len(operands) + number}}}" for number in range(len(needs)))
        right += f" / ({places})" if len(needs) > 1 else f" / {places}" if needs else ""
        lines.append(Line(figure, right, (*operands, *needs)))
        figure_text = figure_text or say_rounds(yearly)
    return build_explanation(
        "known_capacity",
        "The rounds a year that rates reported by named lines are enough for, stage by stage.",
        figure_text,
        work_out(*lines),
        "Each rate is turned into rounds by the most likely value of what a round takes.",
        Sources(
            find_assumptions(
                model,
                "modules_per_round",
                "propellant_per_module",
                "explosive_per_round",
                "bodies_per_round",
            )
        ),
        "Lines without a published rate count as nothing, so all of them together make more.",
        "capacity",
    )


def explain_slips(model: Model, view: Asked) -> Explanation:
    """The chart of all slips."""
    milestones = list_dated_milestones(model.record)
    return _explain_slips(
        "slips",
        "Each mark is a promised date that has a second one: how many months lie between, at the least.",
        milestones,
        pick_sources([*milestones["first_source"], *milestones["end_source"]]),
    )


def _explain_slips(
    name: str, what: str, milestones: pd.DataFrame, sources: tuple[str, ...]
) -> Explanation:
    readings = read_slips(milestones)
    least = read_strictly(milestones[milestones["slip_low"].notna()])
    early = int((least < 0).sum())
    total, clearly = readings.strict.count, readings.late_clearly
    operands = [
        (clearly, f"late by {LARGE_SLIP_MONTHS} months or more"),
        (total - clearly - early, "on time, or late by less"),
        (early, "early"),
    ]
    return build_explanation(
        name,
        what,
        f"{clearly} of {total}",
        work_out(add_up(total, "promised dates with a second date", "dates", operands)),
        "A date that names only a year may be any day of it. The slip is the least that both dates allow.",
        Sources(sources=sources),
        "Dates that were promised once and passed in silence are not in it.",
        "late",
    )


def explain_starts(model: Model, view: Asked) -> Explanation:
    """The chart of lines that followed the first policies."""
    policies = model.record.policies
    first_date = min(policies.loc[policies["settings"] == "", "date"])
    since = first_day(first_date)
    openings = find_counted_openings(model.record, since)
    years = openings["date"].str[:4]
    operands = [(int((years == year).sum()), f"opened in {year}") for year in sorted(set(years))]
    total = count_openings(model.record, since=since).number
    return build_explanation(
        "starts",
        f"Lines counted up by the day they opened, under the policies that came before; below since {first_date[:4]}.",
        count_words(total, "line"),
        work_out(add_up(total, "opened since the first joint policy", "lines", operands)),
        "Each line counts once, by its first report of confidence A or B.",
        Sources(
            claims=find_claims(model, " ".join(policies["claim_ids"]).split()),
            sources=pick_sources(openings["source_id"]),
        ),
        "That a line followed a policy does not say it came because of it.",
        "plant",
    )


def explain_ramp(model: Model, view: Asked) -> Explanation:
    """One line's ramp: how many reports stand behind it."""
    known_record = _read_known(model, view)
    line_id = view.line or _find_told_line(known_record, view.site)
    events = known_record.events_of[line_id]
    done = sum(event.status == "done" for event in events)
    operands = [(done, "of what happened"), (len(events) - done, "of what is promised")]
    return build_explanation(
        "ramp",
        "One line over time: rates as they were reported, rates as they were promised, and our reading with its range.",
        count_words(len(events), "report"),
        work_out(add_up(len(events), "on this line", "reports", operands)),
        "Our reading takes each report at its day, and draws a rate between two of them.",
        Sources(
            find_assumptions(model, "ramp_up_months", "slip_months", "expansion_base"),
            sources=pick_sources(event.source_id for event in events),
        ),
        "Between two reports nobody has said how much it made.",
        "ramping",
    )


def _find_told_line(known_record: Records, site_id: str) -> str:
    """The line of a plant ("": of all) of which most is reported."""
    lines = known_record.lines
    line_ids = lines.loc[lines["site_id"] == site_id, "line_id"] if site_id else lines["line_id"]
    return str(max(line_ids, key=lambda line_id: len(known_record.events_of[line_id])))


def explain_silence(model: Model, view: Asked) -> Explanation:
    """How long lines have been silent."""
    lines = list_statuses(model.record)
    months = count_silent_months(model.record, lines[lines["status"] != "not yet reported"])
    old = int((months >= _SILENT_MONTHS).sum())
    operands = [(old, "not heard of for two years or more"), (len(months) - old, "heard of since")]
    return build_explanation(
        "silence",
        "How many months ago each line was last heard of, to the last report on record.",
        count_words(old, "line"),
        work_out(add_up(len(months), "with a dated report", "lines", operands)),
        "A line's last dated report counts, whatever it says.",
        Sources(sources=pick_sources(model.record.events["source_id"])),
        "Silence is no sign of delay: many makers never speak of a line that runs.",
        "inferred",
    )


def explain_without_rate(model: Model, view: Asked) -> Explanation:
    """How many lines publish no rate, by product."""
    lines = list_statuses(model.record)
    lines = lines[lines["status"] != "not yet reported"]
    without = lines[["capacity not reported" in flags for flags in lines["flags"]]]
    operands = [
        (int((without["product"] == product).sum()), name.lower())
        for product, name in PRODUCTS.items()
    ]
    total = count_lines(model.record, lines=lines, flag="capacity not reported").number
    return build_explanation(
        "without_rate",
        "Lines of which no source says how much they make or are to make.",
        count_words(total, "line"),
        work_out(add_up(total, "without a published rate", "lines", operands)),
        "A rate of a whole firm or country does not count for its lines.",
        Sources(sources=pick_sources(model.record.events["source_id"])),
        "It does not say that they make little.",
        "confidence",
    )
