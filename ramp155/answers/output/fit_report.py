"""How the fit turned out: for each target the reported range, the central run and the draws' P10 to
P90.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ramp155.model.coefficients.central import read_central_coefficients
from ramp155.model.coefficients.draws import draw_accepted
from ramp155.model.coefficients.fit import compute_observables
from ramp155.model.model import Model


def report_fit(model: Model) -> pd.DataFrame:
    """How the fit turned out: for each target the reported range, the central run and the draws' P10-P90.

    Columns: target_id, reported_low, reported_high, central, p10, p90 (rounds a year each).
    """
    central_values = compute_observables(model.record, read_central_coefficients(model.record))
    drawn_values = compute_observables(model.record, draw_accepted(model))
    fit_rows = []
    for target in model.record.list_targets():
        year = int(target.year)
        low, high = np.quantile(drawn_values[target.observable][year], [0.1, 0.9])
        fit_rows.append(
            {
                "target_id": target.target_id,
                "reported_low": target.low,
                "reported_high": target.high,
                "central": float(central_values[target.observable][year][0]),
                "p10": float(low),
                "p90": float(high),
            }
        )
    return pd.DataFrame(fit_rows)
