"""The source line under a picture: as of when, what is counted, who says so."""

from __future__ import annotations

import pandas as pd

from ramp155.model.model import Model
from ramp155.model.version import MODEL_VERSION

MODEL_NOTE = (
    "Complete 155 mm rounds at yearly rates, European NATO and Switzerland. Forecast of the model; shaded: "
    "8 in 10 sets of assumptions that fit the reports of 2022 to 2025."
)


def write_source_line(model: Model, counted: str, source_ids: list[str] | None = None) -> str:
    """A source line: as of when, what is counted, who says so (the most cited first).

    Who says so comes last, for that is what is cut where a line is too short.
    """
    line = f"Ramp 155, record as of {model.record.end.day} {model.record.end:%B %Y}, model {MODEL_VERSION}. {counted}"
    return f"{line} Sources: {name_publishers(model, source_ids)}." if source_ids else line


def name_publishers(model: Model, source_ids: list[str], most: int = 4) -> str:
    """The publishers of some sources, most cited first: A, B, C and 9 more.

    Parameters
    ----------
    model : Model
        The record with its draws.
    source_ids : list of str
        One for each time a source is cited.
    most : int
        How many are named at most.

    Returns
    -------
    str
        Names, most cited first.
    """
    names = pd.Series([model.record.source(s).publisher for s in source_ids if s])
    ranked = list(names.value_counts(sort=True).index)
    if len(ranked) <= most + 1:
        return ", ".join(ranked)
    return f"{', '.join(ranked[:most])} and {len(ranked) - most} more"


def find_claim_sources(model: Model, claim_ids: list[str]) -> list[str]:
    """The source of each of some claims."""
    return [model.record.claim(claim_id).source_id for claim_id in claim_ids]


def list_event_sources(model: Model) -> list[str]:
    """The source of every event of the record."""
    return list(model.record.events["source_id"])
