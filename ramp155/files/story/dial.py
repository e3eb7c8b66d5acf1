"""The lever of a screen as a dial: whole steps between two ends with a unit or words, where a view
has it, and a view with it set.
"""

from __future__ import annotations

from dataclasses import dataclass

from ramp155.answers.gap.comparison import RUSSIA_RATE_LEVER
from ramp155.answers.procurement.terms import DEMAND_LEVERS
from ramp155.base.memory import remember
from ramp155.history.replay_days import FIRST_REPLAY_DAY, list_month_ends
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.levers import LEVER_BY_NAME, Lever
from ramp155.pictures.fields import change_view, list_view_fields, list_view_values
from ramp155.pictures.view import View
from ramp155.record.records import Records
from ramp155.text.numbers import say_short_month

# What a lever of a screen may be called: the model's, the gap page's, the date, the machine's month, the money.
SCREEN_LEVERS = (
    *(name for name in LEVER_BY_NAME if name != "months"),
    *(lever.name for lever in DEMAND_LEVERS),
    RUSSIA_RATE_LEVER.name,
    "as_of",
    "flow_month",
    "spend",
)


@dataclass(frozen=True)
class LeverDial:
    """A lever as a screen shows it: whole steps from `low` to `high`, told with a unit or in words.

    `words` are what the steps are called where they are no numbers (dates, months).
    """

    name: str
    label: str
    unit: str
    low: int
    high: int
    step: int = 1
    words: tuple[str, ...] = ()


@remember
def build_dial(records: Records, name: str) -> LeverDial:
    """The lever of a screen by name. Raises KeyError for one that is not known."""
    if name == "as_of":
        days = list_month_ends(FIRST_REPLAY_DAY, records.end)
        return LeverDial(
            name, "As known on", "", 0, len(days) - 1, 1, tuple(f"{day:%b %Y}" for day in days)
        )
    if name == "flow_month":
        months = tuple(say_short_month(month) for month in MONTHS)
        return LeverDial(name, "Month", "", 0, len(MONTHS) - 1, 1, months)
    if name == "spend":
        return LeverDial(name, "Part of Readiness 2030", "%", 0, 10)
    lever = find_dial_lever(name)
    step = max(round(lever.step * lever.scale), 1)
    unit = "%" if lever.unit == "%" else lever.unit.replace("thousand", "")
    low, high = round(lever.low * lever.scale), round(lever.high * lever.scale)
    return LeverDial(name, lever.label, unit, low, high, 1 if name == "nitrocellulose" else step)


def find_dial_lever(name: str) -> Lever:
    """A lever of the model or of the gap page by name. Raises KeyError for one that is not known."""
    demand_levers = {lever.name: lever for lever in (*DEMAND_LEVERS, RUSSIA_RATE_LEVER)}
    return LEVER_BY_NAME.get(name) or demand_levers[name]


def find_lever_position(records: Records, view: View, name: str) -> int:
    """Where a view has a lever (a day between two month ends counts to the next).

    Parameters
    ----------
    records : Records
        The record, whose month ends are the steps of a date.
    view : View
        The view.
    name : str
        The lever.

    Returns
    -------
    int
        Position in the dial's steps, in the units it shows.
    """
    if name == "as_of":
        days = list_month_ends(FIRST_REPLAY_DAY, records.end)
        return next(step for step, day in enumerate(days) if day >= (view.as_of or records.end))
    if name == "flow_month":
        return MONTHS.index(view.flow_month or view.month)
    table = list_view_fields(records)
    shown_value: float = table[name].show(list_view_values(view, table)[name])
    return round(shown_value)


def set_lever(records: Records, view: View, name: str, position: float) -> View:
    """A view with one lever moved.

    Parameters
    ----------
    records : Records
        The record, whose month ends are the steps of a date.
    view : View
        The view.
    name : str
        The lever.
    position : float
        Position in the dial's steps, in the units it shows; whole.

    Returns
    -------
    View
        As before but for the lever.

    Raises
    ------
    ValueError
        For a position that is out of range or not whole.
    """
    lever_dial = build_dial(records, name)
    if not lever_dial.low <= position <= lever_dial.high or position != int(position):
        raise ValueError(
            f"{name}: a whole number from {lever_dial.low} to {lever_dial.high} was expected"
        )
    table = list_view_fields(records)
    shown_value: object = float(position) if name == "spend" else int(position)
    if name == "as_of":
        shown_value = list_month_ends(FIRST_REPLAY_DAY, records.end)[int(position)]
    if name == "flow_month":
        month = MONTHS[int(position)]
        shown_value = "" if month == view.month else month
    return change_view(view, table, {name: table[name].store(shown_value)})
