"""Rules of statements: every kind has what its verdict is computed from."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from ramp155.record.faults import Fault, shorten
from ramp155.record.read import Tables
from ramp155.record.rules.columns import is_date
from ramp155.record.schema.vocabulary import UNDER_WAY

ACTORS = ("canada", "europe", "nato", "russia", "ukraine", "us")
COUNTED = ("ratio", "closing", "named", "level", "growth")  # kinds that need a way of counting
LAST_YEAR = "2030"


def find_statement_faults(tables: Tables) -> list[Fault]:
    """Statements that lack what their kind needs, or ask for what is not there."""
    statements = tables["statements"]
    stages = set(tables["stages"]["stage"])
    names = list(statements.cells)
    cell_rows = zip(*statements.cells.values(), strict=True)
    faults = []
    for line, cells in zip(statements.lines, cell_rows, strict=True):
        statement = dict(zip(names, cells, strict=True))
        rule_faults = (
            _find_counting_faults(statement),
            _find_date_faults(statement),
            _find_bound_faults(statement, stages),
        )
        faults += [
            Fault("statements.csv", line, column, message)
            for column, message in itertools.chain(*rule_faults)
        ]
    return faults


def _find_counting_faults(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(column, message) of what is missing for a count to be made."""
    kind = row["kind"]
    if kind in COUNTED:
        for column in ("calibres", "made", "counts"):
            if not row[column]:
                yield column, f"a {kind} needs its way of counting"
        yield from _find_subject_faults(row["subject"], ACTORS)
    if kind == "under_way":
        yield from _find_subject_faults(row["subject"], UNDER_WAY)


def _find_subject_faults(
    subject: str, known: tuple[str, ...] | list[str]
) -> Iterator[tuple[str, str]]:
    for word in subject.split() or [""]:
        if word not in known:
            yield "subject", f"'{shorten(word)}' is not one of {', '.join(known)}"


def _find_date_faults(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    kind = row["kind"]
    if kind in ("closing", "growth", "opened") and not row["since"]:
        yield "since", f"a {kind} needs the date it is counted from"
    if kind not in (*COUNTED, "binds", "unmet"):
        return
    first_year = "2026" if kind == "unmet" else "2022"
    for column in ("month", "since"):
        date = row[column]
        if not is_date(date):
            continue
        if not first_year <= date[:4] <= LAST_YEAR:
            yield column, f"{date} lies outside the model's months"
        elif kind in ("binds", "unmet") and len(date) != 7:
            yield column, f"{date} is not a month"


def _find_bound_faults(row: dict[str, str], stages: set[str]) -> Iterator[tuple[str, str]]:
    if row["kind"] == "binds":
        for stage in row["subject"].split():
            if stage not in stages:
                yield "subject", f"'{shorten(stage)}' is not in stages"
    elif not row["low"] and not row["high"]:
        yield "low", "needs a bound: low, high or both"
