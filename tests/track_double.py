"""A stand-in for the procedure that forecasts Europe: simple forecasts of the record's own figures, with its columns."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ramp155.model.forecast.cases import CUTOFFS
from ramp155.model.hindcast.reports import list_published_totals
from ramp155.record.records import Records

START = {"nameplate": 350_000.0, "output": 300_000.0}  # rounds a year, where nothing was known
SPREADS = np.exp(np.array([-0.8, -0.38, 0.0, 0.38, 0.8]))


def tabulate_double(records: Records) -> pd.DataFrame:
    """Each later figure forecast by the last one known; bounds as such, and one row marked as derived."""
    totals = list_published_totals(records)
    totals = totals[totals["status"] != "target"]
    rows = []
    for cutoff in CUTOFFS:
        for observable, start in START.items():
            same = totals[totals["observable"] == observable]
            known = same[(same["known_on"] <= cutoff) & same["high"].notna() & same["low"].notna()]
            middle = float(known[["low", "high"]].mean(axis=1).iloc[-1]) if len(known) else start
            band = middle * SPREADS
            later = same[(same["known_on"] > cutoff) & (same["year"] > cutoff.year)]
            for claim_id, year, low, high in later[["claim_id", "year", "low", "high"]].itertuples(
                index=False
            ):
                bound = "at most" if low != low else "at least" if high != high else ""
                rows.append(
                    {
                        "cutoff": cutoff.isoformat(),
                        "series": f"Europe {observable}",
                        "observable": observable,
                        "claim_id": claim_id,
                        "month": f"{year}-{'10' if observable == 'nameplate' else '07'}",
                        "low": low,
                        "high": high,
                        **dict(zip(("p10", "p25", "p50", "p75", "p90"), band, strict=True)),
                        "hit50": not (high < band[1] or low > band[3]),
                        "hit80": not (high < band[0] or low > band[4]),
                        "crps": abs(np.log(np.nanmean([low, high]) / middle)) * 0.6,
                        "confidence": "B",
                        "bound": bound,
                        "derived": claim_id == later["claim_id"].iloc[0],
                        "crps_persistence": abs(np.log(np.nanmean([low, high]) / middle)) * 0.8,
                        "crps_line": abs(np.log(np.nanmean([low, high]) / middle)) * 0.9,
                    }
                )
    return pd.DataFrame(rows)
