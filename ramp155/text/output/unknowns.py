"""What the product is about, what Europe will probably make, and what no public source tells."""

from __future__ import annotations

from ramp155.answers.counts import count_lines
from ramp155.answers.output.reading import SMALL_CHANGE, read_outlook
from ramp155.answers.output.response import find_supply_effect
from ramp155.answers.output.year_range import find_year_range
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import DEFAULT_MONTH
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records
from ramp155.text.numbers import say_count, say_percent, say_rounds_range
from ramp155.text.stages import name_stages

_FORECAST_YEAR = 2027
_LITTLE = 0.25  # of output; half as much again that brings no more than this helps little


def write_purpose(records: Records) -> str:
    """What the product is, in one line."""
    return (
        f"**How fast is Europe ramping up ammunition, and what holds it back?** {say_count(count_lines(records, 'sites'))}, "
        f"{say_count(count_lines(records))}: what was promised, what came, who says so."
    )


def write_unknowns(model: Model, scenario: Scenario) -> str:
    """What is likely, and what no public source tells; eight in ten runs stand behind a range."""
    likely = find_year_range(model, scenario, _FORECAST_YEAR)
    return (
        f"Likely range for {_FORECAST_YEAR}: {say_rounds_range(*likely)} rounds. "
        "Which ingredient holds it back, no public source tells: that part is our assumption."
    )


def write_half_more(model: Model) -> str:
    """Why half as much nitrocellulose again helps little, where it does."""
    effect = find_supply_effect(model, Scenario(), _FORECAST_YEAR)
    gain = effect.more / effect.full - 1 if effect.full else 0.0
    if gain > _LITTLE:
        return f"150 % most likely brings {say_percent(gain)} more rounds in {_FORECAST_YEAR}."
    reading = read_outlook(model, Scenario(nitrocellulose=1.5), DEFAULT_MONTH)
    more = f"only {say_percent(gain)} more" if gain > SMALL_CHANGE else "no more"
    limit = reading.bottleneck
    start = f"150 % most likely brings {more} rounds in {_FORECAST_YEAR}"
    if limit == "propellant":
        # It is made of nitrocellulose: that more of the one does not bring more of the other asks for a reason.
        return (
            f"{start}. By our assumptions the plants that make {name_stages(model.record)[limit]} of it are most often full then: "
            "it is not the raw material that lacks."
        )
    return f"{start}: by our assumptions the limit is then {name_stages(model.record)[limit]} most often."
