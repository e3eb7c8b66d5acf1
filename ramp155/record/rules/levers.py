"""Rules of levers: a baseline within the range, a home on a page, and something to act on that it can move."""

from __future__ import annotations

from collections.abc import Iterator

from ramp155.base.shipped import read_shipped_rows
from ramp155.record.faults import Fault
from ramp155.record.read import Tables, TextTable
from ramp155.record.rules.columns import parse_number
from ramp155.record.schema import SCHEMAS
from ramp155.record.schema.vocabulary import SCENARIO_GROUPS, SIDE_GROUPS

FILE = "levers.csv"
# Names that a scenario and its link have besides levers.
TAKEN = ("start", "also", "assume", "factors", "plans", "levers", "moved", "as_dict")


def find_lever_faults(tables: Tables) -> list[Fault]:
    """Levers that contradict themselves or the stages, or are not those in use."""
    levers, stages = tables["levers"], tables["stages"]
    faults = find_lever_row_faults(levers)
    own_levers = {
        stage for stage, role in zip(stages["stage"], stages["role"], strict=True)
        if role in ("supply", "fibre")
    }  # fmt: skip
    for line, cell in zip(levers.lines, levers["multiplies"], strict=True):
        for stage in own_levers & set(cell.split()):
            message = f"{stage} is moved by the lever of its role, and by no other"
            faults.append(Fault(FILE, line, "multiplies", message))
    return faults + _find_unused_rows(levers)


def find_lever_row_faults(levers: TextTable) -> list[Fault]:
    """What is wrong with a table of levers by itself, whatever the stages are."""
    faults = []
    for line, cells in zip(levers.lines, _list_rows(levers), strict=True):
        faults += [Fault(FILE, line, column, message) for column, message in _judge_row(cells)]
    roles = [role for role in levers["role"] if role]
    for line, role in zip(levers.lines, levers["role"], strict=True):
        if roles.count(role) > 1:
            faults.append(Fault(FILE, line, "role", f"'{role}' stands twice"))
    return faults


def _judge_row(cells: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(column, message) of what is wrong with a lever."""
    low, base, high, step = (parse_number(cells[c]) for c in ("low", "base", "high", "step"))
    if low is not None and base is not None and high is not None and not low <= base <= high:
        yield "base", f"{base:g} is not from {low:g} to {high:g}"
    if low is not None and low == high:
        yield "high", "a lever with one position moves nothing"
    if step is not None and step <= 0:
        yield "step", f"{step:g} is not above 0"
    for column in ("lever", "link"):
        if cells[column] in TAKEN:
            yield column, f"'{cells[column]}' is taken"
    if bool(cells["multiplies"]) == bool(cells["role"]):
        yield "multiplies", "a lever either multiplies stages or has a role"
    if cells["multiplies"] and cells["group"] not in SIDE_GROUPS:
        yield "group", f"a lever that multiplies stages stands in one of {', '.join(SIDE_GROUPS)}"
    if cells["multiplies"] and (base != 1 or cells["unit"] != "%"):
        yield "base", "a lever that multiplies stages has the unit % and the baseline 1"
    if cells["unit"] != "%":
        for column in ("low", "high", "step", "base"):
            if not (parse_number(cells[column]) or 0.0).is_integer():
                yield (
                    column,
                    f"{cells[column]} is not a whole number, and only percent may be parts",
                )
    if cells["helps"] and (cells["group"] not in SCENARIO_GROUPS or cells["unit"] != "%"):
        yield "helps", "goal seek moves levers of a scenario in percent only"


def _find_unused_rows(levers: TextTable) -> list[Fault]:
    """Rows that are not as the program read them when it started, and so would do nothing."""
    shipped = {row["lever"]: row for row in read_shipped_rows("levers", list(SCHEMAS["levers"]))}
    faults = []
    message = "is not the lever in use: levers are read from data/ when the program starts"
    for line, cells in zip(levers.lines, _list_rows(levers), strict=True):
        in_use = shipped.get(cells["lever"], dict.fromkeys(cells, ""))
        differing = [
            c for c, cell in cells.items() if _normalise(c, cell) != _normalise(c, in_use[c])
        ]
        faults += [Fault(FILE, line, column, message) for column in differing[:1]]
    return faults


def _normalise(column: str, cell: str) -> str | float | None:
    """A cell as it counts: 1 and 1.0 are the same number."""
    return parse_number(cell) if SCHEMAS["levers"][column].kind == "number" else cell


def _list_rows(levers: TextTable) -> list[dict[str, str]]:
    columns = list(SCHEMAS["levers"])
    by_row = zip(*(levers[column] for column in columns), strict=True)
    return [dict(zip(columns, cells, strict=True)) for cells in by_row]
