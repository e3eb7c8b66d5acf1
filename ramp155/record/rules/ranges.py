"""Rules of ranges: least, most likely and most stand in this order, and a figure has its unit."""

from __future__ import annotations

from ramp155.record.faults import Fault, shorten
from ramp155.record.read import Tables
from ramp155.record.rules.columns import parse_number

RANGES = (
    ("claims", ("low", "high")),
    ("calibration", ("low", "high")),
    ("assumptions", ("low", "mode", "high")),
    ("estimates", ("low", "mode", "high")),
    ("statements", ("low", "high")),
)


def find_broken_ranges(tables: Tables) -> list[Fault]:
    """Ranges whose numbers do not rise; what is blank or no number is left out."""
    faults = []
    for name, columns in RANGES:
        table = tables[name]
        cells_of_rows = zip(*(table[column] for column in columns), strict=True)
        for line, cells in zip(table.lines, cells_of_rows, strict=True):
            numbers = [number for number in map(parse_number, cells) if number is not None]
            if numbers != sorted(numbers):
                cell_list = ", ".join(map(shorten, cells))
                message = f"{' <= '.join(columns)} does not hold: {cell_list}"
                faults.append(Fault(f"{name}.csv", line, columns[0], message))
    return faults


def find_bare_figures(tables: Tables) -> list[Fault]:
    """Claims with a figure and no unit."""
    claims = tables["claims"]
    return [
        Fault("claims.csv", line, "unit", "a figure needs its unit")
        for line, low, high, unit in zip(
            claims.lines, claims["low"], claims["high"], claims["unit"], strict=True
        )
        if (low or high) and not unit
    ]
