"""What each line had reached, what it was to reach next and the rounds its latest rate is enough for,
day by day, so that a map can step through time without asking again.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ramp155.base.memory import remember
from ramp155.base.shelf import keep_arrays
from ramp155.history.as_known import cut_records
from ramp155.history.events import MILESTONES
from ramp155.history.milestones import Milestone, list_milestone_rows
from ramp155.history.replay_days import FIRST_REPLAY_DAY, list_month_ends
from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.pictures.map.sites import compute_line_rounds
from ramp155.record.dates import last_day
from ramp155.record.records import Records

SOON_MONTHS = 12  # how far ahead "what is next" looks
_AHEAD_STATES = ("ahead", "moved", "brought forward", "overdue")


@dataclass(frozen=True)
class LineDays:
    """Lines by day, each array (days, lines).

    `rounds` a year of the latest rate (NaN: none). `coming` and `reached` are places in `list_steps`, from 1 (0: none); of
    what is to come a date that has passed comes after all others: as many places on. `soon` is 1 where a step is promised
    within the next `SOON_MONTHS`.
    """

    rounds: NDArray[np.float32]
    coming: NDArray[np.uint16]
    reached: NDArray[np.uint16]
    soon: NDArray[np.uint8]


@remember
def list_steps(records: Records) -> list[tuple[str, str]]:
    """Every milestone with every date it was given, in the order of the dates."""
    events = records.events
    dated = events[events["event"].isin(MILESTONES) & (events["date"] != "")]
    steps = set(zip(dated["event"], dated["date"], strict=True))
    return sorted(steps, key=lambda step: (step[1], MILESTONES.index(step[0])))


def list_map_days(records: Records, day: dt.date) -> tuple[dt.date, ...]:
    """The month ends that a map steps through, and the day itself where it is none of them."""
    month_ends = list_month_ends(FIRST_REPLAY_DAY, records.end)
    return tuple(month_ends) if day in month_ends else (*month_ends, day)


@remember
def tabulate_line_days(model: Model, days: tuple[dt.date, ...], hindsight: bool) -> LineDays:
    """What lines had reached and were to reach on some days.

    Parameters
    ----------
    model : Model
        The record with its draws.
    days : tuple of date
        The days, (days,).
    hindsight : bool
        Whether what was reported later to have happened by then is known, as in `rewind_records`.

    Returns
    -------
    LineDays
        One row a day, one column a line.
    """
    if model.record.uploaded:
        return LineDays(**_make_arrays(model, days, hindsight))
    question = f"steps {model.record.digest} {hindsight} {days}"
    return LineDays(**dict(keep_arrays(question, lambda: _make_arrays(model, days, hindsight))))


def _make_arrays(
    model: Model, days: tuple[dt.date, ...], hindsight: bool
) -> dict[str, NDArray[Any]]:
    rows_by_day = [_describe_day(model, day, hindsight) for day in days]
    return {name: np.stack([rows[name] for rows in rows_by_day]) for name in rows_by_day[0]}


def _describe_day(model: Model, day: dt.date, hindsight: bool) -> dict[str, NDArray[Any]]:
    """One day of each array, (lines,)."""
    records = cut_records(model.record, day, hindsight) if hindsight else model.record
    statuses = list_statuses(records, day)
    place_of_line = {line_id: place for place, line_id in enumerate(statuses["line_id"])}
    place_of_step = {step: place for place, step in enumerate(list_steps(model.record), start=1)}
    coming, reached = (np.zeros(len(statuses), np.uint16) for _ in range(2))
    soon = np.zeros(len(statuses), np.uint8)
    horizon = dt.date(
        day.year + SOON_MONTHS // 12, day.month, 28 if day.month == 2 else min(day.day, 30)
    )
    for milestone in list_milestone_rows(records, day):
        line = place_of_line[milestone.line_id]
        if milestone.delivered:
            step = place_of_step[milestone.milestone, milestone.delivered]
            reached[line] = max(reached[line], step)
        elif milestone.state in _AHEAD_STATES:
            step = place_of_step[milestone.milestone, milestone.latest_promise]
            step += len(place_of_step) if milestone.is_overdue else 0
            coming[line] = min(coming[line] or step, step)
            soon[line] |= _is_soon(milestone, horizon)
    rounds = compute_line_rounds(model, statuses).to_numpy(np.float32)
    return {"rounds": rounds, "coming": coming, "reached": reached, "soon": soon}


def _is_soon(milestone: Milestone, horizon: dt.date) -> bool:
    """Whether a milestone is promised, not overdue, for a date over by a day."""
    return not milestone.is_overdue and last_day(milestone.latest_promise) <= horizon
