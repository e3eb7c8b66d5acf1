"""Whose figures are compared and how they are counted: calibres, new or with refurbished, output or
nameplate.

As quoted means Russia as its source counts (nothing converted) beside NATO's 155 mm: not alike.
"""

from __future__ import annotations

from dataclasses import dataclass

from ramp155.model.scenario.levers import list_group

# Ways of counting. As quoted: Russia as its source counts (nothing converted), NATO 155 mm: not alike.
CALIBRES = {"155": "155 and 152 mm", "all": "All calibres", "quoted": "As quoted"}
CONDITIONS = {"refurbished": "With refurbished", "new": "New only"}
COUNTS = {"output": "Output", "nameplate": "Capacity"}
(RUSSIA_RATE_LEVER,) = list_group("comparison")


@dataclass(frozen=True)
class Comparison:
    """Whose figures are compared, and how they are counted.

    `russia` and `us` are ids of `estimates.csv`; `russia_rate` multiplies Russian output from the first
    forecast month. Raises ValueError for a rate out of range or an unknown way of counting.
    """

    russia: str = "ru-hur"
    us: str = "us-likely"
    russia_rate: float = RUSSIA_RATE_LEVER.base
    calibres: str = "155"
    made: str = "refurbished"
    counts: str = "output"

    def __post_init__(self) -> None:
        RUSSIA_RATE_LEVER.check(self.russia_rate)
        for name, choices in (("calibres", CALIBRES), ("made", CONDITIONS), ("counts", COUNTS)):
            if getattr(self, name) not in choices:
                raise ValueError(
                    f"{name}: {getattr(self, name)!r} is not one of {', '.join(choices)}"
                )


def list_countings() -> list[Comparison]:
    """Every way of counting, the estimates left at their defaults."""
    return [
        Comparison(calibres=calibres, made=condition, counts=counts)
        for calibres in CALIBRES
        for condition in (CONDITIONS if calibres != "quoted" else ["refurbished"])
        for counts in COUNTS
    ]
