"""Rules of coefficients: what the model uses has a range."""

from __future__ import annotations

from ramp155.record.faults import Fault
from ramp155.record.read import Tables
from ramp155.record.rules.columns import parse_number

# Of the forecast, what may be nothing or below: shares and growth, no scales.
_SIGNED = {"forecast_pace", "forecast_drift", "forecast_trend", "forecast_part_energetics"}


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


def find_unusable_priors(tables: Tables) -> list[Fault]:
    """Coefficients of the forecast without a width, or scales that are not above 0."""
    assumptions = tables["assumptions"]
    columns = ("assumption_id", "kind", "low", "mode", "high")
    cell_rows = zip(*(assumptions[column] for column in columns), strict=True)
    faults = []
    for line, (name, kind, *cells) in zip(assumptions.lines, cell_rows, strict=True):
        numbers = [parse_number(cell) for cell in cells]
        if kind != "forecast" or None in numbers:
            continue
        low, _, high = (number or 0.0 for number in numbers)
        if low == high:
            faults.append(Fault("assumptions.csv", line, "high", "the forecast needs a range"))
        elif low <= 0 and name not in _SIGNED:
            faults.append(Fault("assumptions.csv", line, "low", "must be above 0 in the forecast"))
    return faults
