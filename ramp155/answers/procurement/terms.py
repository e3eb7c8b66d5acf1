"""Demand for 155 mm rounds and the ways to meet it, as levers: aid, training, stocks to reach,
European preference, US availability and delay, other imports; in rounds, fractions, months and
years.
"""

from __future__ import annotations

from dataclasses import dataclass

from ramp155.model.scenario.levers import Lever


@dataclass(frozen=True)
class Terms:
    """Demand and the ways to meet it; rounds, fractions and months.

    `aid` is rounds a month for Ukraine, `training` rounds a year, `stock_target` the rounds Europe wants
    in store, `years` over how many it rebuilds. `preference` is the share of demand reserved for European
    makers, `us_availability` and `other` multiply what the US can spare and what is for sale elsewhere,
    `delay` the months from a US order to its delivery, `draw` the part of the opening stock that may be
    given away. Raises ValueError for a value outside its lever's range.
    """

    aid: float = 100_000
    training: float = 150_000
    stock_target: float = 3_000_000
    years: int = 5
    preference: float = 0.0
    us_availability: float = 1.0
    delay: int = 18
    other: float = 1.0
    draw: float = 0.0

    def __post_init__(self) -> None:
        for lever in DEMAND_LEVERS:
            lever.check(getattr(self, lever.name))


def _build_lever(
    name: str,
    key: str,
    label: str,
    low: float,
    high: float,
    step: float,
    unit: str,
    explains: str,
    short: str,
) -> Lever:
    base = float(getattr(Terms, name))
    return Lever(name, key, label, low, high, step, unit, explains, short, base=base)


DEMAND_LEVERS = (
    _build_lever(
        "preference", "pref", "European preference", 0.0, 1.0, 0.05, "%",
        "Share of each month's demand that may only be bought from European makers. The EU's loans (SAFE) ask "
        "for 65 % European content.", "preference",
    ),
    _build_lever(
        "aid", "aid", "Aid to Ukraine, thousand a month", 0, 300_000, 5_000, "thousand",
        "155 mm rounds a month. Ukraine named a need of 200,000; half of that is assumed.", "aid",
    ),
    _build_lever(
        "training", "training", "Training, thousand a year", 0, 500_000, 10_000, "thousand",
        "Rounds European forces fire in training. US forces use about 100,000 a year; Europe's figure is assumed.",
        "training",
    ),
    _build_lever(
        "stock_target", "stock", "Stocks to reach, thousand rounds", 0, 10_000_000, 100_000, "thousand",
        "Rounds in European stores. Germany wants 230,000, Britain 430,000, Poland a million; the sum for all is "
        "assumed.", "stock target",
    ),
    _build_lever(
        "years", "years", "Years to rebuild them", 1, 15, 1, "years",
        "The EU wants NATO's stock targets met by 2030; Rheinmetall's chief speaks of five to ten years.", "years to rebuild",
    ),
    _build_lever(
        "us_availability", "avail", "US availability", 0.0, 1.0, 0.05, "%",
        "Part of what the US makes beyond its own needs that Europe may buy.", "US availability",
    ),
    _build_lever(
        "delay", "wait", "Delivery delay of US orders", 0, 48, 1, "months",
        "From order to delivery; 12 to 36 months are reported. First orders: January 2026.",
        "US delay",
    ),
    _build_lever(
        "other", "other", "Rounds for sale elsewhere", 0.0, 2.0, 0.05, "%",
        "South Korea, South Africa, Türkiye and others; the Czech initiative buys there.", "elsewhere",
    ),
    _build_lever(
        "draw", "draw", "Stocks that may be given away", 0.0, 1.0, 0.05, "%",
        "Part of the opening stock that may cover aid and training when all else falls short.", "stock drawn",
    ),
)  # fmt: skip
