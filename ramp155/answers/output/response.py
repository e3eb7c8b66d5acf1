"""What half as much nitrocellulose and half as much again would bring in a calendar year."""

from __future__ import annotations

from dataclasses import dataclass

from ramp155.answers.output.medians import MEDIAN_PLACE
from ramp155.answers.output.surface import compute_surface, interpolate_position
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import YEARS
from ramp155.model.scenario.scenario import Scenario


@dataclass(frozen=True)
class SupplyEffect:
    """Rounds that leave complete in a year at 50, 100 and 150 % of the nitrocellulose now expected, medians over draws."""

    half: float
    full: float
    more: float


def find_supply_effect(model: Model, scenario: Scenario, year: int) -> SupplyEffect:
    """What half as much nitrocellulose and half as much again would bring.

    Parameters
    ----------
    model : Model
        Its draws are run.
    scenario : Scenario
        The other levers; its own supply is ignored.
    year : int
        Calendar year of the horizon.
    """
    medians = compute_surface(model, scenario).years[MEDIAN_PLACE, :, YEARS.index(year)]
    half, full, more = (
        float(interpolate_position(medians[None], supply)[0]) for supply in (0.5, 1.0, 1.5)
    )
    return SupplyEffect(half, full, more)
