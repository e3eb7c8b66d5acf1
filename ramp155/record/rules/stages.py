"""Rules of the bill of materials: a tree with one end, whose quantities and totals can be computed."""

from __future__ import annotations

from collections.abc import Mapping

from ramp155.record.faults import Fault, shorten
from ramp155.record.read import Tables, TextTable
from ramp155.record.rules.columns import NUMBER
from ramp155.record.schema.vocabulary import STAGE_ROLES


def find_stage_faults(tables: Tables) -> list[Fault]:
    """Stages that run in a circle, end nowhere, or ask for coefficients that are not there."""
    stages = tables["stages"]
    known = set(tables["assumptions"]["assumption_id"])
    feeds = dict(zip(stages["stage"], stages["feeds"], strict=True))
    faults = []
    ends = [line for line, feed in zip(stages.lines, stages["feeds"], strict=True) if feed == ""]
    if len(ends) != 1:
        message = "exactly one stage feeds nothing: the finished product"
        faults.append(Fault("stages.csv", (ends or [1])[0], "feeds", message))
    faults += _role_faults(stages)
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
        messages = _total_faults(stage, total, feeds, known)
        if _comes_back(stage, feeds):
            messages.append(("feeds", "the stages run in a circle"))
        if not bool(product) == bool(product_label) == bool(product_place):
            message = "a product, its name and its place in lists stand together"
            messages.append(("product", message))
        if feed and not NUMBER.match(quantity) and quantity not in known:
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


def _total_faults(
    stage: str, total: str, feeds: Mapping[str, str], known: set[str]
) -> list[tuple[str, str]]:
    """(column, message) of what is wrong with the way a stage's total is set."""
    faults = []
    way, _, other = total.partition(":")
    if other and other not in feeds:
        faults.append(("total", f"'{shorten(other)}' is not a stage"))
    if way in ("ratio", "follows") and f"ratio_{stage}" not in known:
        faults.append(("total", f"needs 'ratio_{stage}' in assumptions"))
    prefix = f"total_{stage}_"
    if total == "knots" and not any(name.startswith(prefix) for name in known):
        faults.append(("total", f"needs '{prefix}...' in assumptions"))
    return faults


def _role_faults(stages: TextTable) -> list[Fault]:
    """Roles that stand at no stage or at several."""
    lines_of_role: dict[str, list[int]] = {role: [] for role in STAGE_ROLES}
    for line, role in zip(stages.lines, stages["role"], strict=True):
        lines_of_role.get(role, []).append(line)
    return [
        Fault("stages.csv", (lines or [1])[-1], "role", f"exactly one stage has the role '{role}'")
        for role, lines in lines_of_role.items()
        if len(lines) != 1
    ]
