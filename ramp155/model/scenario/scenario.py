"""One frozen, hashable scenario: what is changed against the baseline.

Every default is the baseline; fractions multiply it.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

from ramp155.model.scenario.horizon import FORECAST_START, MONTHS
from ramp155.model.scenario.levers import LEVERS, Lever

# Countries mapped but counted only on request (data/countries.csv).
COUNTRIES_ON_REQUEST = ("BA", "RS", "TR", "UA")


@dataclass(frozen=True)
class Scenario:
    """What is changed against the baseline; every default is the baseline.

    Fractions multiply the baseline (1.0 = as assumed). `propellant_per_round` (kg) and
    `share_for_155` move every draw in proportion to the central assumption. `months` = 0 means to
    the end of the horizon. `assume` holds coefficients at values of one's own, as (assumption_id,
    value); whether they exist and are sensible the ensemble checks. Raises ValueError for a value
    outside its lever's range.
    """

    nitrocellulose: float = 1.0
    start: str = FORECAST_START
    months: int = 0
    linters: float = 1.0
    wood_pulp: float = 0.0
    share_for_155: float = 1.0
    propellant_per_round: float = 1.0
    explosive: float = 1.0
    shell_bodies: float = 1.0
    fuzes: float = 1.0
    extra_delay: int = 0
    under_way: float = 1.0
    realised: float = 1.0
    shifts: float = 1.0
    reserve: float = 1.0
    also: tuple[str, ...] = ()
    assume: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        for lever in LEVERS:
            lever.check(getattr(self, lever.name))
        if self.start not in MONTHS[MONTHS.index(FORECAST_START) :]:
            raise ValueError(f"start: {self.start!r} is not a month from {FORECAST_START} on")
        unknown = [c for c in self.also if c not in COUNTRIES_ON_REQUEST]
        if unknown:
            raise ValueError(
                f"also: {', '.join(unknown)} is not one of {', '.join(COUNTRIES_ON_REQUEST)}"
            )
        object.__setattr__(self, "also", tuple(sorted(set(self.also))))
        edits = {name: _require_finite(name, value) for name, value in self.assume}
        object.__setattr__(self, "assume", tuple(sorted(edits.items())))

    def as_dict(self) -> dict[str, object]:
        """Every lever by name, countries as a list, own assumptions by id: the JSON shape."""
        fields = dataclasses.asdict(self)
        return {**fields, "also": list(self.also), "assume": dict(self.assume)}

    @property
    def plans(self) -> Scenario:
        """The part that changes what is built or assumed, not how it is supplied or run."""
        return Scenario(
            extra_delay=self.extra_delay,
            under_way=self.under_way,
            realised=self.realised,
            also=self.also,
            assume=self.assume,
        )

    @property
    def levers(self) -> Scenario:
        """The scenario without assumptions of one's own."""
        return dataclasses.replace(self, assume=())

    @property
    def moved(self) -> list[Lever]:
        """The levers away from the baseline, duration left out: it says how long, not how far."""
        return [
            lever
            for lever in LEVERS
            if getattr(self, lever.name) != lever.default and lever.name != "months"
        ]


def _require_finite(name: str, value: float) -> float:
    """A number that is one; raises ValueError for NaN and infinity."""
    if not math.isfinite(value):
        raise ValueError(f"assume.{name}: {value} is not a finite number")
    return float(value)
