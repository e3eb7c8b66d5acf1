"""How published ranges compare with the runs: for each the range and the draws' P10, P50 and P90."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ramp155.base.memory import remember
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.coefficients.fit import compute_observables
from ramp155.model.model import Model
from ramp155.model.quantiles import QUANTILE_LEVELS


@remember
def report_fit(model: Model) -> pd.DataFrame:
    """How published ranges compare with the runs.

    Columns: target_id, reported_low, reported_high, p10, p50, p90 (rounds a year each, quantiles over draws).
    """
    drawn_values = compute_observables(model.record, draw_coefficients(model).params)
    fit_rows = []
    for target in model.record.list_targets():
        drawn = drawn_values[target.observable][int(target.year)]
        low, middle, high = map(float, np.quantile(drawn, QUANTILE_LEVELS))
        fit_rows.append(
            {
                "target_id": target.target_id,
                "reported_low": target.low,
                "reported_high": target.high,
                "p10": low,
                "p50": middle,
                "p90": high,
            }
        )
    return pd.DataFrame(fit_rows)
