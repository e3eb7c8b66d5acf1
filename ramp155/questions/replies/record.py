"""Replies of the record: status, opened, slips, targets."""

from __future__ import annotations

from ramp155.answers.targets import Tally, list_targets, list_western_targets, tally_targets
from ramp155.history.as_known import rewind_records
from ramp155.history.openings import find_openings
from ramp155.history.slips import Readings, list_dated_milestones, read_slips
from ramp155.history.status import list_statuses
from ramp155.questions.read import Asked
from ramp155.questions.replies.columns import (
    OPENED_COLUMNS,
    SLIP_COLUMNS,
    STATUS_COLUMNS,
    TARGET_COLUMNS,
)
from ramp155.questions.replies.reply import Reply, reply_table
from ramp155.questions.replies.tables import build_json_rows, replace_unknown, write_table
from ramp155.record.dates import first_day
from ramp155.record.records import Records
from ramp155.text.evidence.promises import write_slips, write_slips_range
from ramp155.text.evidence.targets import write_targets_reading, write_targets_title


def reply_status(record: Records, asked: Asked) -> Reply:
    """Where every line stood on a date."""
    statuses = list_statuses(record, asked.text("as_of"))[STATUS_COLUMNS]
    flag_texts = ["; ".join(flags) for flags in statuses["flags"]]
    table = statuses.assign(flags=flag_texts)
    return Reply(build_json_rows(statuses), table, lambda: write_table(table))


def reply_opened(record: Records, asked: Asked) -> Reply:
    """The lines that opened since a day."""
    openings = find_openings(record, first_day(asked.text("since")), as_of=asked.text("as_of"))
    openings = openings.rename(columns={"name": "site", "operator": "maker", "date": "opened"})
    openings["for_155"] = openings["for_155"] == "yes"
    return reply_table(openings[OPENED_COLUMNS])


def reply_slips(record: Records, asked: Asked) -> Reply:
    """Every milestone with two dates, and at the end both readings of how far they lie apart."""
    known_records = rewind_records(record, asked.text("as_of"))
    dated_milestones = list_dated_milestones(known_records)
    readings = read_slips(dated_milestones)
    table = dated_milestones[SLIP_COLUMNS]
    values = [*build_json_rows(table), {"readings": _build_readings(readings)}]

    def write_text() -> str:
        if not len(table):
            return write_table(table)
        sentences = f"{write_slips(readings)}. {write_slips_range(known_records)}"
        return f"{write_table(table)}\n\n{sentences}"

    return Reply(values, table, write_text)


def _build_readings(readings: Readings) -> dict[str, object]:
    """Both readings as JSON values: counts, shares from 0 to 1, months."""
    spreads = {"strict": readings.strict, "middle": readings.middle}
    values: dict[str, object] = {
        name: {
            "milestones": spread.count,
            "late_share": replace_unknown(round(spread.late, 4)),
            "early_share": replace_unknown(round(spread.early, 4)),
            "median_months": replace_unknown(spread.median),
            "p90_months": replace_unknown(spread.p90),
        }
        for name, spread in spreads.items()
    }
    values["late_by_two_months_or_more"] = readings.late_clearly
    values["median_range_months"] = [
        replace_unknown(readings.median_low),
        replace_unknown(readings.median_high),
    ]
    return values


def reply_targets(record: Records, asked: Asked) -> Reply:
    """Every public target with what became of it, and at the end what western ones came to."""
    targets = list_targets(record)[TARGET_COLUMNS]
    tally = _build_tally(tally_targets(list_western_targets(record)))

    def write_text() -> str:
        sentences = f"{write_targets_title(record)}. {write_targets_reading(record)}"
        return f"{write_table(targets)}\n\n{sentences}"

    return Reply([*build_json_rows(targets), {"western": tally}], targets, write_text)


def _build_tally(tally: Tally) -> dict[str, object]:
    """A tally as JSON values: counts, and shares from 0 to 1."""
    return {
        name: replace_unknown(round(count, 4)) if isinstance(count, float) else count
        for name, count in vars(tally).items()
    }
