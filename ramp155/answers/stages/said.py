"""Who is on record with what holds output back: their words, which no run of the model tests."""

from __future__ import annotations

import pandas as pd

from ramp155.base.memory import remember
from ramp155.history.claims import list_claims
from ramp155.record.records import Records

# What such claims are about.
_QUANTITIES = ("powder_bottleneck", "nitrocellulose_bottleneck", "asap_named_bottlenecks")


@remember
def list_bottleneck_claims(records: Records) -> pd.DataFrame:
    """Claims that powder or nitrocellulose is the bottleneck, or one; oldest first, copies left out.

    Columns of `list_claims`.
    """
    claims = list_claims(records)
    is_about = claims["quantity"].isin(_QUANTITIES) & (claims["same_as"] == "")
    return claims[is_about].sort_values("reported_on", kind="stable").reset_index(drop=True)
