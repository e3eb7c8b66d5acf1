"""The figures a release keeps in `data/released.csv`, and how far each moved since the last
released record.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ramp155.answers.audit.finding import AuditFinding
from ramp155.answers.output.medians import find_nameplate_path, find_year_median
from ramp155.history.slips import list_slips
from ramp155.model.coefficients.draws import measure_effective_share
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario

_LEAST_EFFECTIVE = 1 / 60  # 400 of the 24,000 candidates behind 1,000 runs
LARGEST_MOVE = 0.2  # of a headline since the last released record
_HEADLINES = {
    "output-2027": ("Complete rounds in 2027, median of the runs", "rounds/yr"),
    "nameplate-2027": ("Capacity at the end of 2027, median of the runs", "rounds/yr"),
    "slip-median": ("Median slip, dates at their middle", "months"),
    "lines": ("Lines on record", "lines"),
    "milestones": ("Milestones with two dates", "milestones"),
}


def list_headlines(model: Model) -> pd.DataFrame:
    """What `data/released.csv` keeps of a record: metric, label, value, unit, record."""
    figures = _compute_headlines(model)
    headlines = [
        {
            "metric": metric,
            "label": label,
            "value": figures[metric],
            "unit": unit,
            "record": model.record.version,
        }
        for metric, (label, unit) in _HEADLINES.items()
    ]
    return pd.DataFrame(headlines)


def _compute_headlines(model: Model) -> dict[str, float]:
    """metric -> its figure, in the unit of `_HEADLINES`."""
    place = MONTHS.index("2027-12")
    slips = list_slips(model.record)
    return {
        "output-2027": round(find_year_median(model, Scenario(), 2027)),
        "nameplate-2027": round(find_nameplate_path(model, Scenario())[place] * 12),
        "slip-median": float(slips.median()) if len(slips) else 0.0,
        "lines": len(model.record.lines),
        "milestones": len(slips),
    }


def check_draws(model: Model) -> Iterator[AuditFinding]:
    """Enough candidates agree with the figures on record: else the bands are rough."""
    share = measure_effective_share(model)
    if share < _LEAST_EFFECTIVE:
        message = f"its candidates are worth {share:.1%} of their number: the bands are rough"
        yield AuditFinding("warning", "draws", "forecast", message)


def check_moves(model: Model) -> Iterator[AuditFinding]:
    """No headline moved by more than a fifth since the last released record."""
    released = model.record.released
    released_figures = dict(zip(released["metric"], map(float, released["value"]), strict=True))
    for metric, figure in _compute_headlines(model).items():
        if metric not in released_figures:
            yield AuditFinding("fault", "magnitude", metric, "is not in released.csv")
            continue
        before = released_figures[metric]
        move = (figure - before) / before if before else float(figure != 0)
        if abs(move) > LARGEST_MOVE:
            label = _HEADLINES[metric][0]
            message = f"{label}: {figure:,.6g} now, {before:,.6g} released, {move:+.0%}"
            yield AuditFinding("fault", "magnitude", metric, message)
