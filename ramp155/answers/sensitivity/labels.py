"""The names of the coefficients and their values in words; totals of one stage count as one."""

from __future__ import annotations

from ramp155.record.records import Records

_TOTAL_PREFIX = "total_"


def find_family(name: str) -> str:
    """What a coefficient counts as: the totals of one stage, by date, are one."""
    return name.rsplit("_", 1)[0] if name.startswith(_TOTAL_PREFIX) else name


def label_families(records: Records) -> dict[str, tuple[str, str]]:
    """family -> label and unit in words."""
    stages = records.stages
    labels = {
        f"{_TOTAL_PREFIX}{stage}": (f"Capacity for {label}", f" {unit}")
        for stage, label, unit in zip(stages["stage"], stages["label"], stages["unit"], strict=True)
    }
    for coefficient in records.list_coefficients():
        unit = "" if coefficient.unit in ("fraction", "x") else f" {coefficient.unit}"
        labels[coefficient.assumption_id] = coefficient.label, unit
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
    rounded = float(f"{value:.3g}")  # no more digits than it bears
    return f"{rounded:,.0f}{unit}" if abs(rounded) >= 100 else f"{rounded:g}{unit}"
