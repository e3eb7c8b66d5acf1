"""Coefficients of one's own: which there are and within what bounds they may be set."""

from __future__ import annotations

from ramp155.base.foreign_text import cut_foreign_text
from ramp155.base.spelling import suggest_names
from ramp155.record.records import Records

Edits = tuple[tuple[str, float], ...]
EDITABLE_KINDS = ("model", "forecast")  # of assumptions: what a scenario may set


def find_coefficient_bounds(records: Records, assumption_id: str) -> tuple[float, float]:
    """What a coefficient may be set to: a tenth of its low to ten times its high, a part of a whole to 1.

    One in months may be anything from 0 to 72, one of the forecast itself what lies in its range.

    Parameters
    ----------
    records : Records
        The record.
    assumption_id : str
        The coefficient.

    Returns
    -------
    tuple of float
        Least and most, in the coefficient's own unit.

    Raises
    ------
    KeyError
        Where there is no such assumption.
    ValueError
        Where it has no low, mode and high.
    """
    coefficient = records.assumption(assumption_id)
    low, _, high = coefficient.span
    if coefficient.kind == "forecast":  # tried within the range that it was given
        return low, high
    if coefficient.unit in ("fraction", "t/t"):
        return low / 10, 1.0
    if coefficient.unit == "months":
        return 0.0, 72.0
    return low / 10, high * 10


def check_edits(records: Records, assume: Edits) -> None:
    """Check that every edit names a coefficient of the model and a value within bounds.

    Parameters
    ----------
    records : Records
        The record.
    assume : tuple of (str, float)
        assumption_id and value, in the coefficient's own unit.

    Raises
    ------
    ValueError
        For a coefficient that is not there and for a value out of bounds.
    """
    coefficient_ids = {
        coefficient.assumption_id
        for coefficient in records.list_coefficients(model_only=False)
        if coefficient.kind in EDITABLE_KINDS
    }
    for name, edited_value in assume:
        if name not in coefficient_ids:
            foreign_name = cut_foreign_text(name)
            near_names = suggest_names(name, sorted(coefficient_ids))
            hint = f"; did you mean {' or '.join(near_names)}?" if near_names else ""
            raise ValueError(f"assume: {foreign_name!r} is not a coefficient of the model{hint}")
        low, high = find_coefficient_bounds(records, name)
        if not low <= edited_value <= high:
            raise ValueError(f"assume: {name} = {edited_value:g} is outside {low:g} to {high:g}")
