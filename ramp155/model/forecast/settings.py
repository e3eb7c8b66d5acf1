"""The numbers of the growth rule, each a coefficient of the record (kind `forecast`)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from ramp155.record.records import Records


class Prior(NamedTuple):
    """What is taken before any figure: a normal `mean` and `deviation`, of the log for what is above 0."""

    mean: float
    deviation: float


class Settings(NamedTuple):
    """The numbers of the growth rule.

    `pace` (share of a promised growth that comes by its date), `drift` (log growth a year without a promise),
    `start_noise` and `growth_noise` (scale in log, at once and a root year) are learned from these priors. `damping` (years) is how
    soon drift and noise fade, `half_life` (years) how soon an outcome counts half, `tails` the degrees of freedom
    of t. `walk` (log a root year) and `trend` (log a year) move a level between figures; `report_error` is how far a
    figure is off, in log by confidence.
    """

    pace: Prior
    drift: Prior
    start_noise: Prior
    growth_noise: Prior
    damping: float
    half_life: float
    tails: float
    walk: float
    trend: float
    report_error: Mapping[str, float]


def read_settings(records: Records) -> Settings:
    """The numbers of the growth rule as the record has them: the middle of each, and the range of what is learned."""

    def read_mode(name: str) -> float:
        return records.assumption(f"forecast_{name}").span[1]

    return Settings(
        pace=_read_prior(records, "pace"),
        drift=_read_prior(records, "drift"),
        start_noise=_read_log_prior(records, "start_noise"),
        growth_noise=_read_log_prior(records, "growth_noise"),
        damping=read_mode("damping"),
        half_life=read_mode("half_life"),
        tails=read_mode("tails"),
        walk=read_mode("walk"),
        trend=read_mode("trend"),
        report_error={grade: read_mode(f"error_{grade.lower()}") for grade in "ABC"},
    )


def _read_prior(records: Records, name: str) -> Prior:
    """A normal prior: its range is two standard deviations either side."""
    low, mode, high = records.assumption(f"forecast_{name}").span
    return Prior(mode, (high - low) / 4)


def _read_log_prior(records: Records, name: str) -> Prior:
    low, mode, high = records.assumption(f"forecast_{name}").span
    return Prior(math.log(mode), math.log(high / low) / 4)
