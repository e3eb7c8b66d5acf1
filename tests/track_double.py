"""A stand-in for the procedure that forecasts Europe: simple forecasts of the record's own figures, with its columns."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ramp155.model.europe.figures import list_figures
from ramp155.model.forecast.cases import CUTOFFS
from ramp155.record.dates import month_text
from ramp155.record.records import Records

START = {"nameplate": 350_000.0, "output": 300_000.0}  # rounds a year, where nothing was known
SPREADS = np.exp(np.array([-0.8, -0.38, 0.0, 0.38, 0.8]))


def tabulate_double(records: Records) -> pd.DataFrame:
    """Each later figure forecast by the last one known; bounds as such."""
    rows = []
    figures = [figure for figure in list_figures(records) if not figure.is_target]
    for cutoff in CUTOFFS:
        for observable, start in START.items():
            same = [figure for figure in figures if figure.observable == observable]
            known = [f for f in same if f.known_on <= cutoff and not f.bound]
            middle = float(np.exp(known[-1].log)) if known else start
            band = middle * SPREADS
            cutoff_month = cutoff.year * 12 + cutoff.month - 1
            for figure in same:
                if figure.known_on <= cutoff or figure.first_month <= cutoff_month:
                    continue
                low = np.nan if figure.low is None else figure.low
                high = np.nan if figure.high is None else figure.high
                miss = abs(figure.log - np.log(middle))
                rows.append(
                    {
                        "cutoff": cutoff.isoformat(),
                        "series": f"Europe {observable}",
                        "observable": observable,
                        "claim_id": figure.figure_id,
                        "month": month_text(sum(figure.months) // 2),
                        "said_on": figure.known_on.isoformat(),
                        "low": low,
                        "high": high,
                        **dict(zip(("p10", "p25", "p50", "p75", "p90"), band, strict=True)),
                        "hit50": not (high < band[1] or low > band[3]),
                        "hit80": not (high < band[0] or low > band[4]),
                        "crps": np.nan if figure.bound else miss * 0.6,
                        "confidence": figure.confidence,
                        "bound": figure.bound,
                        "derived": figure.is_derived,
                        "crps_persistence": np.nan if figure.bound else miss * 0.8,
                        "crps_line": np.nan if figure.bound else miss * 0.9,
                    }
                )
    return pd.DataFrame(rows)
