"""The names of the coefficients' families and their ranges in words."""

from __future__ import annotations

import re

from ramp155.model.coefficients.positions import find_family
from ramp155.record.records import Records


def label_coefficients(records: Records) -> dict[str, tuple[str, str, str]]:
    """family -> label, low and high in words (a stage's totals: the range of the last)."""
    labels: dict[str, tuple[str, str, str]] = {}
    for coefficient in records.list_coefficients():
        name = find_family(coefficient.assumption_id)
        own_label = re.sub(r", (end of )?\d{4}$", "", coefficient.label)
        label = labels[name][0] if name in labels else own_label
        unit = "" if coefficient.unit in ("fraction", "x") else f" {coefficient.unit}"
        low, _, high = coefficient.span
        labels[name] = label, f"{_write_figure(low)}{unit}", f"{_write_figure(high)}{unit}"
    return labels


def _write_figure(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
