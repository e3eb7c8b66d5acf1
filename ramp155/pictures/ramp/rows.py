"""The rows of a ramp's chart: rates with the statement they were promised in, our reading by month, and steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ramp155.answers.plants.promised_rates import find_day_said
from ramp155.answers.plants.reading import LineReading, read_line
from ramp155.history.milestones import Milestone, list_line_milestones
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.pictures.grammar.axes import find_mid_month
from ramp155.pictures.grammar.events import describe_event
from ramp155.pictures.ramp.rates import list_ramp_rows
from ramp155.record.dates import last_day
from ramp155.record.records import Records
from ramp155.record.schema.vocabulary import EVENTS
from ramp155.text.evidence.promises import PROMISED_STEPS, say_slip
from ramp155.text.numbers import count_words
from ramp155.text.plant.standing import say_when
from ramp155.text.signs import EARLIER_PROMISE, PROMISE, REPORT

FAINTEST = 0.4  # opacity of the oldest promise; the newest has 1
_LAST_DRAWN = "2036"
_STEP_COLUMNS = [
    *("place", "date", "sign", "what", "for"),
    *("event_id", "who", "said_on", "confidence", "basis"),
]
_SLIP_COLUMNS = ["place", "left", "right", "late_left", "late_right", "tone", "label"]


@dataclass(frozen=True)
class RampRows:
    """What a ramp's chart draws.

    `rates`: rows of `list_ramp_rows` with `statement` (who said it on one day), `fade` (opacity, 0 to 1) and `note`
    ("" or the words beside the mark). `reading`: date, low, middle, high. `steps`: one row a mark, with `place` (row from
    the top), date, sign, `what`. `slips`: place, left, right, late_left, late_right (how late it is at least, from the end of the first
    promise, as on the board; None where it is not), tone ("late" or "kept"), label. `first` and `last` are the days
    between which all is drawn, ISO; `unit` is blank where nothing has a rate.
    """

    rates: pd.DataFrame
    reading: pd.DataFrame
    steps: pd.DataFrame
    slips: pd.DataFrame
    first: str
    last: str
    unit: str

    @property
    def is_blank(self) -> bool:
        """Whether nothing of the line has a date to stand at."""
        return self.rates.empty and self.steps.empty


def list_rows(model: Model, line_id: str, is_read: bool) -> RampRows:
    """What the chart of a line's ramp draws; `is_read`: our reading is drawn."""
    rates = list_ramp_rows(model, [line_id])
    unit = rates["unit"].mode().iloc[0] if len(rates) else ""
    rates = _fade_promises(model, rates[rates["unit"] == unit])
    steps, slips = _list_steps(model, line_id)
    dates = sorted([*rates["date"], *steps["date"]])
    first = min(f"{dates[0][:4]}-01-01", "2022-01-01") if dates else "2022-01-01"
    last_year = min(max(int(dates[-1][:4]) + 2 if dates else 2029, 2029), int(_LAST_DRAWN))
    last = f"{last_year}-01-01"
    reading = read_line(model, line_id) if is_read and len(rates) else None
    return RampRows(rates, _list_reading(reading, dates, last), steps, slips, first, last, unit)


def _fade_promises(model: Model, rates: pd.DataFrame) -> pd.DataFrame:
    """The rates with the statement each promise belongs to, older ones fainter."""
    events = [model.record.event(event_id) for event_id in rates["event_id"]]
    is_promise = rates["kind"] == "promise"
    statements = [
        f"{find_day_said(event.reported_on)} {event.source_id}" if promised else ""
        for event, promised in zip(events, is_promise, strict=True)
    ]
    ordered = sorted({statement for statement in statements if statement})
    step = (1 - FAINTEST) / max(len(ordered) - 1, 1)
    fades = {name: 1 - step * (len(ordered) - 1 - place) for place, name in enumerate(ordered)}
    return rates.assign(
        statement=statements,
        fade=[fades.get(statement, 1.0) for statement in statements],
        is_newest=[bool(ordered) and statement == ordered[-1] for statement in statements],
    ).sort_values(["date", "rate"], kind="stable")


def _list_reading(reading: LineReading | None, dates: Sequence[str], last: str) -> pd.DataFrame:
    """Our reading from the first thing said of the line on: date, low, middle, high."""
    columns = ["date", "low", "middle", "high"]
    if reading is None:
        return pd.DataFrame(columns=columns)
    bands = zip(MONTHS, reading.low, reading.middle, reading.high, strict=True)
    return pd.DataFrame(
        [
            (f"{month}-15", float(low), float(middle), float(high))
            for month, low, middle, high in bands
            if dates[0][:7] <= month < last[:7]
        ],
        columns=columns,
    )


def _list_steps(model: Model, line_id: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The dated steps of a line, a row of marks and one of its slip each."""
    record = model.record
    milestones = list_line_milestones(line_id, record.events_of[line_id], record.end)
    marks: list[dict[str, Any]] = []
    slips: list[dict[str, Any]] = []
    for place, milestone in enumerate(milestones):
        step_marks = _list_step_marks(model, milestone)
        marks += [{"place": place, **mark} for mark in step_marks]
        slips.append({"place": place, **_measure_step(record, milestone, step_marks)})
    return pd.DataFrame(marks, columns=_STEP_COLUMNS), pd.DataFrame(slips, columns=_SLIP_COLUMNS)


def _list_step_marks(model: Model, milestone: Milestone) -> list[dict[str, Any]]:
    """First promise (where it moved), latest promise and delivery of a step."""
    has_moved = milestone.first_promise != milestone.latest_promise
    kinds = [
        (EARLIER_PROMISE, milestone.first_event if has_moved else "", milestone.first_promise),
        (PROMISE, milestone.latest_event, milestone.latest_promise),
        (REPORT, milestone.delivered_event, milestone.delivered),
    ]
    return [
        {
            "date": find_mid_month(date),
            "sign": sign.name,
            "what": f"{EVENTS[milestone.milestone]}, {'done' if sign is REPORT else 'promised'}",
            "for": say_when(date),
            **describe_event(model, model.record.event(event_id)),
        }
        for sign, event_id, date in kinds
        if event_id
    ]


def _measure_step(
    record: Records, milestone: Milestone, marks: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """From the first promise to where a step stands now, whether that is late, and the words beside it."""
    dates = [str(mark["date"]) for mark in marks]
    is_late = milestone.state in ("came late", "moved", "overdue")
    right = record.end.isoformat() if milestone.state == "overdue" else max(dates)
    late_left = late_right = None
    if is_late:
        # As on the board: a date is over with the last month that its report may mean.
        first_event = record.event(milestone.first_event)
        promised_day = first_event.last_day or last_day(milestone.first_promise)
        promised_until = last_day(promised_day.isoformat()[:7])
        late_until = pd.Timestamp(promised_until) + pd.DateOffset(months=int(milestone.least_late))
        late_left, late_right = promised_until.isoformat(), late_until.date().isoformat()
    return {
        "left": min(dates),
        "right": max(right, min(dates)),
        "late_left": late_left,
        "late_right": late_right,
        "tone": "late" if is_late else "kept",
        "label": _say_step(milestone),
    }


def _say_step(milestone: Milestone) -> str:
    """A step in as few words as stand beside its marks."""
    if milestone.delivered:
        step = EVENTS[milestone.milestone]
        if not milestone.first_promise:
            return step
        slip = say_slip(milestone.slip_low, milestone.slip_high)
        return f"{step}, {'on time' if slip.startswith('on time') else slip}"
    step = PROMISED_STEPS[milestone.milestone]
    if milestone.state in ("overdue", "moved"):
        return f"{step}: at least {count_words(milestone.least_late, 'month')} late"
    if milestone.state == "under way":
        return f"{step}: no report says when"
    return f"{step} promised"
