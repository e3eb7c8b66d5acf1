"""Rules of estimates: rows of one say the same of whom and what they count, and go forward in time."""

from __future__ import annotations

from ramp155.record.dates import month_number
from ramp155.record.faults import Fault, shorten
from ramp155.record.read import Tables
from ramp155.record.rules.columns import is_date

_SAME = ("actor", "label", "calibres", "made")


def find_estimate_faults(tables: Tables) -> list[Fault]:
    """Rows that differ from the first of their estimate, or do not come after the row before them."""
    estimates = tables["estimates"]
    identities = list(zip(*(estimates[column] for column in _SAME), strict=True))
    estimate_rows = zip(
        estimates.lines,
        estimates["estimate_id"],
        estimates["counts"],
        estimates["month"],
        identities,
        strict=True,
    )
    first_of: dict[str, tuple[str, ...]] = {}
    last_month: dict[tuple[str, str], int] = {}
    faults = []
    for line, estimate, counts, month, cells in estimate_rows:
        first = first_of.setdefault(estimate, cells)
        for column, cell, first_cell in zip(_SAME, cells, first, strict=True):
            if cell != first_cell:
                message = (
                    f"'{shorten(cell)}' differs from '{shorten(first_cell)}' "
                    "in the estimate's first row"
                )
                faults.append(Fault("estimates.csv", line, column, message))
        if is_date(month):
            number = month_number(month)
            before = last_month.get((estimate, counts))
            if before is not None and number <= before:
                message = "must come after the row before it"
                faults.append(Fault("estimates.csv", line, "month", message))
            last_month[estimate, counts] = number
    return faults
