"""The figures a release keeps in `data/released.csv`, and how far each moved since the last released record."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ramp155.answers.audit.finding import AuditFinding
from ramp155.answers.output.central import find_central_baseline, find_central_nameplate
from ramp155.history.slips import list_slips
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario

LARGEST_MOVE = 0.2  # of a headline since the last released record
_HEADLINES = {
    "output-2027": ("Complete rounds at the end of 2027, middle case", "rounds/yr"),
    "nameplate-2027": ("Capacity at the end of 2027, middle case", "rounds/yr"),
    "slip-median": ("Median slip", "months"),
    "lines": ("Lines on record", "lines"),
    "milestones": ("Milestones with two dates", "milestones"),
}


def list_headlines(model: Model) -> pd.DataFrame:
    """What `data/released.csv` keeps of a record: metric, label, value, unit, record."""
    place = MONTHS.index("2027-12")
    slips = list_slips(model.record)
    values = {
        "output-2027": round(find_central_baseline(model)[place] * 12),
        "nameplate-2027": round(find_central_nameplate(model, Scenario())[place] * 12),
        "slip-median": float(slips.median()) if len(slips) else 0.0,
        "lines": len(model.record.lines),
        "milestones": len(slips),
    }
    rows = [
        {
            "metric": metric,
            "label": label,
            "value": values[metric],
            "unit": unit,
            "record": model.record.version,
        }
        for metric, (label, unit) in _HEADLINES.items()
    ]
    return pd.DataFrame(rows)


def check_moves(model: Model) -> Iterator[AuditFinding]:
    """No headline moved by more than a fifth since the last released record."""
    released_values = model.record.released.set_index("metric")["value"]
    for row in list_headlines(model).itertuples():
        if row.metric not in released_values.index:
            yield AuditFinding("fault", "magnitude", row.metric, "is not in released.csv")
            continue
        released_value = float(released_values[row.metric])
        move = (
            (row.value - released_value) / released_value
            if released_value
            else float(row.value != 0)
        )
        if abs(move) > LARGEST_MOVE:
            message = (
                f"{row.label}: {row.value:,.6g} now, {released_value:,.6g} released, {move:+.0%}"
            )
            yield AuditFinding("fault", "magnitude", row.metric, message)
