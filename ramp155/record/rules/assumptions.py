"""Rules of coefficients: what the model uses has a range."""

from __future__ import annotations

from ramp155.record.faults import Fault
from ramp155.record.read import Tables


def find_open_coefficients(tables: Tables) -> list[Fault]:
    """Coefficients of the model that lack low, mode or high."""
    assumptions = tables["assumptions"]
    columns = ("kind", "low", "mode", "high")
    cell_rows = zip(*(assumptions[column] for column in columns), strict=True)
    message = "a coefficient of the model needs low, mode and high"
    return [
        Fault("assumptions.csv", line, "mode", message)
        for line, (kind, *cells) in zip(assumptions.lines, cell_rows, strict=True)
        if kind != "reported" and not all(cells)
    ]
