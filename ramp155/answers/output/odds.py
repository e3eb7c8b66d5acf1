"""The chance of each target of `targets.csv` as shares of draws, and from which month on it is
even.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ramp155.answers.output.surface import compute_surface, interpolate_position
from ramp155.model.arrays import Array
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario


def compute_target_odds(model: Model, scenario: Scenario, month: str = "") -> pd.DataFrame:
    """The chance of each target of `targets.csv`, as shares of draws.

    Columns: target_id, label, rounds_per_year, by (`month`, or the target's own), odds (at that
    month), even_from (first month from which half of the draws reach it, or "").
    """
    reached = interpolate_position(
        compute_surface(model, scenario).reached[None], scenario.nitrocellulose
    )[0]
    odds_rows = []
    targets = model.record.targets
    columns = (targets[name] for name in ("target_id", "label", "rounds_per_year", "by"))
    for place, (target_id, label, rounds, own_month) in enumerate(zip(*columns, strict=True)):
        by = month or own_month
        share = reached[:, place]
        odds_rows.append(
            {
                "target_id": target_id,
                "label": label,
                "rounds_per_year": float(rounds),
                "by": by,
                "odds": float(share[MONTHS.index(by)]),
                "even_from": find_even_month(share),
            }
        )
    return pd.DataFrame(odds_rows)


def find_even_month(share: Array) -> str:
    """First month from which on a share stays at one half or more; "" if it does not end there.

    Parameters
    ----------
    share : Array, (months,)
        Share of draws, 0 to 1.
    """
    months_under = np.flatnonzero(share < 0.5)
    first = int(months_under[-1]) + 1 if len(months_under) else 0
    return MONTHS[first] if first < len(MONTHS) else ""
