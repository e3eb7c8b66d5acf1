"""Rules of whole tables: none that everything rests on is empty, and rows asked for by name are
there.
"""

from __future__ import annotations

from ramp155.record.faults import Fault
from ramp155.record.read import Tables
from ramp155.record.rules.columns import is_date
from ramp155.record.schema import TABLES


def find_empty_tables(tables: Tables) -> list[Fault]:
    """Tables without rows, and a record whose end cannot be told."""
    faults = [
        Fault(f"{name}.csv", 1, "-", "has no rows")
        for name, table in TABLES.items()
        if not len(tables[name]) and not table.may_be_empty
    ]
    reported_on = set(tables["events"]["reported_on"])
    if not any(len(date) > 4 and is_date(date) for date in reported_on):
        message = "no report has a month: when does it end?"
        faults.append(Fault("events.csv", 1, "reported_on", message))
    return faults


def find_missing_rows(tables: Tables) -> list[Fault]:
    """Rows that the library asks for by name and that are not there."""
    return [
        Fault(
            f"{name}.csv",
            1,
            table.key,
            f"the row '{row_name}' is missing, and the library asks for it by name",
        )
        for name, table in TABLES.items()
        for row_name in table.named
        if row_name not in tables[name][table.key]
    ]
