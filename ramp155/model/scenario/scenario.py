"""One frozen, hashable scenario: what is changed against the baseline.

Every default is the baseline; fractions multiply it.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ramp155.model.scenario.horizon import FORECAST_START, MONTHS
from ramp155.model.scenario.levers import LEVER_BY_NAME, LEVERS, STAGE_LEVERS, Lever

# Countries mapped but counted only on request (data/countries.csv).
COUNTRIES_ON_REQUEST = ("BA", "RS", "TR", "UA")
_BASE = {lever.name: lever.default for lever in LEVERS}
NO_LIMIT = int(_BASE["orders"])  # rounds a year: orders at the end of their lever limit nothing


@dataclass(frozen=True, init=False)
class Scenario:
    """What is changed against the baseline; every default is the baseline (data/levers.csv).

    Fractions multiply the baseline (1.0 = as assumed). `propellant_per_round` (kg) and
    `share_for_155` multiply what each draw assumes. `months` = 0 means to
    the end of the horizon; `orders` (rounds a year) = `NO_LIMIT` that orders limit nothing. `assume`
    holds coefficients at values of one's own, as (assumption_id, value); whether they exist and are
    sensible the ensemble checks. `factors` holds the levers that only multiply stages, as (name,
    value), those at the baseline left out: they are given and read by name like all others, as in
    `Scenario(fuzes=0.5).fuzes`.
    """

    nitrocellulose: float
    start: str
    months: int
    linters: float
    wood_pulp: float
    share_for_155: float
    propellant_per_round: float
    extra_delay: int
    under_way: float
    realised: float
    shifts: float
    reserve: float
    orders: int
    also: tuple[str, ...]
    assume: tuple[tuple[str, float], ...]
    factors: tuple[tuple[str, float], ...]

    def __init__(
        self,
        nitrocellulose: float = _BASE["nitrocellulose"],
        start: str = FORECAST_START,
        months: int = int(_BASE["months"]),
        linters: float = _BASE["linters"],
        wood_pulp: float = _BASE["wood_pulp"],
        share_for_155: float = _BASE["share_for_155"],
        propellant_per_round: float = _BASE["propellant_per_round"],
        *,
        extra_delay: int = int(_BASE["extra_delay"]),
        under_way: float = _BASE["under_way"],
        realised: float = _BASE["realised"],
        shifts: float = _BASE["shifts"],
        reserve: float = _BASE["reserve"],
        orders: int = NO_LIMIT,
        also: Iterable[str] = (),
        assume: Mapping[str, float] | Iterable[tuple[str, float]] = (),
        factors: Iterable[tuple[str, float]] = (),
        **stage_levers: float,
    ) -> None:
        """Take every lever by name.

        Parameters
        ----------
        nitrocellulose, linters, wood_pulp, share_for_155, propellant_per_round : float
            Fractions of the baseline (`wood_pulp`: of what is missing).
        start : str
            The first month in which levers act, YYYY-MM.
        months : int
            How many months they act; 0 = to the end.
        extra_delay : int
            Months on top of the usual slip.
        under_way, realised, shifts, reserve : float
            Fractions of the baseline.
        orders : int
            Rounds a year that buyers order; `NO_LIMIT` = as many as are made.
        also : Iterable of str
            Countries counted on request.
        assume : dict of float, or Iterable of (str, float)
            Coefficients at values of one's own: id and value, in the coefficient's own unit.
        factors : Iterable of (str, float)
            Levers that multiply stages, by name; fractions.
        **stage_levers : float
            The same, each under its own name; these count over `factors`.

        Raises
        ------
        ValueError
            For a value outside its lever's range, a month or a country that is not offered.
        TypeError
            For a name that is no lever.
        """
        also, multiplied = tuple(also), {**dict(factors), **stage_levers}
        for name in multiplied:
            if name not in STAGE_LEVERS:
                raise TypeError(f"Scenario() got an unexpected keyword argument {name!r}")
        edits = {name: _require_finite(name, value) for name, value in dict(assume).items()}
        settings: dict[str, object] = {
            "nitrocellulose": nitrocellulose,
            "start": start,
            "months": months,
            "linters": linters,
            "wood_pulp": wood_pulp,
            "share_for_155": share_for_155,
            "propellant_per_round": propellant_per_round,
            "extra_delay": extra_delay,
            "under_way": under_way,
            "realised": realised,
            "shifts": shifts,
            "reserve": reserve,
            "orders": orders,
            "also": tuple(sorted(set(also))),
            "assume": tuple(sorted(edits.items())),
            "factors": tuple(
                (lever.name, multiplied[lever.name])
                for lever in STAGE_LEVERS.values()
                if multiplied.get(lever.name, lever.base) != lever.base
            ),
        }
        for lever in LEVERS:
            lever.check(settings.get(lever.name, multiplied.get(lever.name, lever.base)))
        if start not in MONTHS[MONTHS.index(FORECAST_START) :]:
            raise ValueError(f"start: {start!r} is not a month from {FORECAST_START} on")
        unknown = [country for country in also if country not in COUNTRIES_ON_REQUEST]
        if unknown:
            raise ValueError(
                f"also: {', '.join(unknown)} is not one of {', '.join(COUNTRIES_ON_REQUEST)}"
            )
        for name, value in settings.items():
            object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> float:
        """A lever that only multiplies stages. Raises AttributeError for any other name."""
        if name not in STAGE_LEVERS:
            raise AttributeError(f"a scenario has no {name!r}")
        return dict(self.factors).get(name, STAGE_LEVERS[name].base)

    def as_dict(self) -> dict[str, object]:
        """Every lever by name, countries as a list, own assumptions by id: the JSON shape."""
        return {
            "nitrocellulose": self.nitrocellulose,
            "start": self.start,
            **{name: getattr(self, name) for name in LEVER_BY_NAME},
            "also": list(self.also),
            "assume": dict(self.assume),
        }

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
