"""The names of the coefficients' families and their values in words."""

from __future__ import annotations

import re

from ramp155.model.coefficients.positions import find_family
from ramp155.record.records import Records

_TOTAL_PREFIX = "total_"


def label_families(records: Records) -> dict[str, tuple[str, str]]:
    """family -> label and unit in words; those of a stage's totals, which the forecast makes, too."""
    labels: dict[str, tuple[str, str]] = {}
    for stage, label in zip(records.stages["stage"], records.stages["label"], strict=True):
        labels[f"{_TOTAL_PREFIX}{stage}"] = (f"Capacity for {label}", "")
    for coefficient in records.list_coefficients():
        name = find_family(coefficient.assumption_id)
        own_label = re.sub(r", (end of )?\d{4}$", "", coefficient.label)
        unit = "" if coefficient.unit in ("fraction", "x") else f" {coefficient.unit}"
        if name not in labels or name.startswith(_TOTAL_PREFIX):
            labels[name] = own_label, unit
    return labels


def say_coefficient(value: float, unit: str) -> str:
    """A coefficient's value in words.

    Parameters
    ----------
    value : float
        In the coefficient's own unit.
    unit : str
        That unit, with a space before it, or "".
    """
    return f"{value:,.0f}{unit}" if abs(value) >= 100 else f"{value:.3g}{unit}"
