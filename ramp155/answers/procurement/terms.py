"""Demand for 155 mm rounds and the ways to meet it, as levers: aid, training, stocks to reach,
European preference, US availability and delay, other imports; in rounds, fractions, months and
years.
"""

from __future__ import annotations

from dataclasses import dataclass

from ramp155.model.scenario.levers import list_group

DEMAND_LEVERS = list_group("demand", "more_demand")
_BASE = {lever.name: lever.default for lever in DEMAND_LEVERS}


@dataclass(frozen=True)
class Terms:
    """Demand and the ways to meet it; rounds, fractions and months.

    `aid` is rounds a month for Ukraine, `training` rounds a year, `stock_target` the rounds Europe wants
    in store, `years` over how many it rebuilds. `preference` is the share of demand reserved for European
    makers, `us_availability` and `other` multiply what the US can spare and what is for sale elsewhere,
    `delay` the months from a US order to its delivery, `draw` the part of the opening stock that may be
    given away. Raises ValueError for a value outside its lever's range.
    """

    aid: float = _BASE["aid"]
    training: float = _BASE["training"]
    stock_target: float = _BASE["stock_target"]
    years: int = int(_BASE["years"])
    preference: float = _BASE["preference"]
    us_availability: float = _BASE["us_availability"]
    delay: int = int(_BASE["delay"])
    other: float = _BASE["other"]
    draw: float = _BASE["draw"]

    def __post_init__(self) -> None:
        for lever in DEMAND_LEVERS:
            lever.check(getattr(self, lever.name))
