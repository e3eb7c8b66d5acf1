"""Coefficients of one's own: which there are and within what bounds they may be set."""

from __future__ import annotations

from ramp155.base.foreign_text import cut_foreign_text
from ramp155.model.coefficients.central import select_coefficients
from ramp155.record.records import Records

Edits = tuple[tuple[str, float], ...]


def find_coefficient_bounds(records: Records, assumption_id: str) -> tuple[float, float]:
    """What a coefficient may be set to: a tenth of its low to ten times its high, a part of a whole to 1."""
    coefficient = records.assumption(assumption_id)
    low, _, high = coefficient.span
    if coefficient.unit in ("fraction", "t/t"):
        return low / 10, 1.0
    if coefficient.unit == "months":
        return 0.0, 72.0
    return low / 10, high * 10


def check_edits(records: Records, assume: Edits) -> None:
    """Raise ValueError unless every edit names a coefficient of the model and a value within bounds."""
    known = set(select_coefficients(records)["assumption_id"])
    for name, value in assume:
        if name not in known:
            raise ValueError(
                f"assume: {cut_foreign_text(name)!r} is not a coefficient of the model"
            )
        low, high = find_coefficient_bounds(records, name)
        if not low <= value <= high:
            raise ValueError(f"assume: {name} = {value:g} is outside {low:g} to {high:g}")
