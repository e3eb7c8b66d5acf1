"""Rules of the bill of materials and of what moves it: a tree with one end, whose quantities and
totals can be computed; levers with a range, a home on a page and something to act on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ramp155.base.shipped import read_shipped_rows
from ramp155.record.faults import Fault, shorten
from ramp155.record.read import Tables, TextTable
from ramp155.record.rules.columns import NUMBER, parse_number
from ramp155.record.schema import SCHEMAS
from ramp155.record.schema.vocabulary import SCENARIO_GROUPS, SIDE_GROUPS, STAGE_ROLES

LEVERS_FILE = "levers.csv"
# Names that a scenario and its link have besides levers.
TAKEN = ("start", "also", "assume", "factors", "plans", "levers", "moved", "as_dict")


def find_stage_faults(tables: Tables) -> list[Fault]:
    """Stages that run in a circle, end nowhere, or ask for coefficients that are not there."""
    stages = tables["stages"]
    assumption_ids = set(tables["assumptions"]["assumption_id"])
    feeds = dict(zip(stages["stage"], stages["feeds"], strict=True))
    faults = []
    ends = [line for line, feed in zip(stages.lines, stages["feeds"], strict=True) if feed == ""]
    if len(ends) != 1:
        message = "exactly one stage feeds nothing: the finished product"
        faults.append(Fault("stages.csv", (ends or [1])[0], "feeds", message))
    faults += _find_role_faults(stages)
    for line, stage, product, product_label, product_place, feed, quantity, total in zip(
        stages.lines,
        stages["stage"],
        stages["product"],
        stages["product_label"],
        stages["product_place"],
        stages["feeds"],
        stages["quantity"],
        stages["total"],
        strict=True,
    ):
        messages = _find_total_faults(stage, total, feeds, assumption_ids)
        if _comes_back(stage, feeds):
            messages.append(("feeds", "the stages run in a circle"))
        if not bool(product) == bool(product_label) == bool(product_place):
            message = "a product, its name and its place in lists stand together"
            messages.append(("product", message))
        if feed and not NUMBER.match(quantity) and quantity not in assumption_ids:
            message = f"'{shorten(quantity)}' is neither a number nor in assumptions"
            messages.append(("quantity", message))
        faults += [Fault("stages.csv", line, column, message) for column, message in messages]
    return faults


def _comes_back(stage: str, feeds: Mapping[str, str]) -> bool:
    """Whether what a stage makes comes back to it."""
    passed: set[str] = set()
    place = stage
    while place and place not in passed:
        passed.add(place)
        place = feeds.get(place, "")
    return bool(place) and place == stage


def _find_total_faults(
    stage: str, total: str, feeds: Mapping[str, str], known: set[str]
) -> list[tuple[str, str]]:
    """(column, message) of what is wrong with the way a stage's total is set."""
    faults = []
    rule, _, followed_stage = total.partition(":")
    if followed_stage and followed_stage not in feeds:
        faults.append(("total", f"'{shorten(followed_stage)}' is not a stage"))
    if rule in ("ratio", "follows") and f"ratio_{stage}" not in known:
        faults.append(("total", f"needs 'ratio_{stage}' in assumptions"))
    if total == "knots" and f"forecast_start_{stage}" not in known:
        faults.append(("total", f"needs 'forecast_start_{stage}' in assumptions"))
    return faults


def _find_role_faults(stages: TextTable) -> list[Fault]:
    """Roles that stand at no stage or at several."""
    lines_of_role: dict[str, list[int]] = {role: [] for role in STAGE_ROLES}
    for line, role in zip(stages.lines, stages["role"], strict=True):
        lines_of_role.get(role, []).append(line)
    return [
        Fault("stages.csv", (lines or [1])[-1], "role", f"exactly one stage has the role '{role}'")
        for role, lines in lines_of_role.items()
        if len(lines) != 1
    ]


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
            faults.append(Fault(LEVERS_FILE, line, "multiplies", message))
    return faults + _find_unused_rows(levers)


def find_lever_row_faults(levers: TextTable) -> list[Fault]:
    """What is wrong with a table of levers by itself, whatever the stages are."""
    faults = []
    for line, cells in zip(levers.lines, _list_rows(levers), strict=True):
        faults += [
            Fault(LEVERS_FILE, line, column, message) for column, message in _judge_row(cells)
        ]
    roles = [role for role in levers["role"] if role]
    for line, role in zip(levers.lines, levers["role"], strict=True):
        if roles.count(role) > 1:
            faults.append(Fault(LEVERS_FILE, line, "role", f"'{role}' stands twice"))
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
    if cells["multiplies"]:
        yield from _judge_stage_lever(cells, base)
    if cells["unit"] != "%":
        for column in ("low", "high", "step", "base"):
            if not (parse_number(cells[column]) or 0.0).is_integer():
                yield (
                    column,
                    f"{cells[column]} is not a whole number, and only percent may be parts",
                )
    if cells["helps"] and (cells["group"] not in SCENARIO_GROUPS or cells["unit"] != "%"):
        yield "helps", "goal seek moves levers of a scenario in percent only"


def _judge_stage_lever(cells: dict[str, str], base: float | None) -> Iterator[tuple[str, str]]:
    """(column, message) of what is wrong with a lever that multiplies stages."""
    if cells["group"] not in SIDE_GROUPS:
        yield "group", f"a lever that multiplies stages stands in one of {', '.join(SIDE_GROUPS)}"
    if base != 1 or cells["unit"] != "%":
        yield "base", "a lever that multiplies stages has the unit % and the baseline 1"


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
        faults += [Fault(LEVERS_FILE, line, column, message) for column in differing[:1]]
    return faults


def _normalise(column: str, cell: str) -> str | float | None:
    """A cell as it counts: 1 and 1.0 are the same number."""
    return parse_number(cell) if SCHEMAS["levers"][column].kind == "number" else cell


def _list_rows(levers: TextTable) -> list[dict[str, str]]:
    columns = list(SCHEMAS["levers"])
    by_row = zip(*(levers[column] for column in columns), strict=True)
    return [dict(zip(columns, cells, strict=True)) for cells in by_row]
