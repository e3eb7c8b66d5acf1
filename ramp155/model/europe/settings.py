"""The numbers of Europe's forecast, each a coefficient of the record (kind `forecast`)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from ramp155.model.forecast.settings import Prior
from ramp155.record.dates import month_number
from ramp155.record.records import Records

AWARDED = month_number("2024-03")  # when the EU chose the projects it funds
_ENERGETICS = "energetics"  # of stages without a coefficient of their own


class EuropeSettings(NamedTuple):
    """The numbers of Europe's forecast beside those of the growth rule.

    `starts` (stage -> log of its units a year at the end of 2021) and `prewar` (log of complete rounds a year) are priors.
    Until the last figure a stage grows by `rise` (log a year) times its part, and strays by its `wander` (log a root year);
    `parts` (0 to 1) is the part of drift and noise that a stage shares in, `common` (0 to 1) how far the noise of stages goes
    together. A draw's pace is cut at `pace_most`. The EU-funded powder projects add `asap_tonnes` a year by
    `asap_due` (months since year 0).
    """

    starts: Mapping[str, Prior]
    prewar: Prior
    rise: float
    wanders: Mapping[str, float]
    parts: Mapping[str, float]
    common: float
    pace_most: float
    asap_tonnes: float
    asap_due: int


def read_europe_settings(records: Records) -> EuropeSettings:
    """The numbers of Europe's forecast as the record has them.

    Parameters
    ----------
    records : Records
        With a coefficient `forecast_start_STAGE` for every stage that has a total of its own.

    Returns
    -------
    EuropeSettings
        Logs of units a year, and months since year 0.

    Raises
    ------
    KeyError
        Where a stage's total has no start.
    """
    names = set(records.assumptions["assumption_id"])

    def read_mode(name: str) -> float:
        return records.assumption(f"forecast_{name}").span[1]

    def read_prior(name: str) -> Prior:
        low, mode, high = records.assumption(f"forecast_{name}").span
        return Prior(math.log(mode), math.log(high / low) / 4)

    def has_own(name: str) -> bool:
        return f"forecast_{name}" in names

    stages = [stage.stage for stage in records.list_stages() if stage.total == "knots"]
    return EuropeSettings(
        starts={stage: read_prior(f"start_{stage}") for stage in stages},
        prewar=read_prior("prewar_output"),
        rise=read_mode("rise"),
        wanders={
            stage: read_mode(
                f"wander_{stage}" if has_own(f"wander_{stage}") else f"wander_{_ENERGETICS}"
            )
            for stage in stages
        },
        parts={
            stage: 1.0 if has_own(f"wander_{stage}") else read_mode(f"part_{_ENERGETICS}")
            for stage in stages
        },
        common=read_mode("common"),
        pace_most=read_mode("pace_most"),
        asap_tonnes=read_mode("asap_tonnes"),
        asap_due=AWARDED + round(read_mode("asap_due")),
    )
