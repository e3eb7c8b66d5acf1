"""Every sentence that moves with the nitrocellulose slider, for each whole percent of it."""

from __future__ import annotations

import dataclasses

from ramp155.answers.output.medians import FINE_SUPPLY_GRID
from ramp155.answers.output.nitrocellulose import compute_rounds_per_tonne
from ramp155.answers.output.reading import read_every_percent
from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.text.output.reading import write_reading, write_readout, write_tonne_gain
from ramp155.text.output.title import write_output_title
from ramp155.text.scenario import list_lever_warnings


@remember
def list_slider_sentences(model: Model, scenario: Scenario, month: str) -> dict[str, list[str]]:
    """Every sentence that moves with the nitrocellulose slider, for each whole percent of it.

    Keys: titles, readouts, readings, gains, warnings (201 each). The scenario's own position is ignored.
    """
    rounds_gained = compute_rounds_per_tonne(model, scenario, month)
    sentences: dict[str, list[str]] = {
        key: [] for key in ("titles", "readouts", "readings", "gains", "warnings")
    }
    for place, answer in enumerate(read_every_percent(model, scenario, month)):
        moved_scenario = dataclasses.replace(
            scenario, nitrocellulose=float(FINE_SUPPLY_GRID[place])
        )
        sentences["titles"].append(write_output_title(model.record, moved_scenario, answer))
        sentences["readouts"].append(write_readout(moved_scenario, answer))
        sentences["readings"].append(write_reading(model.record, moved_scenario, answer))
        sentences["gains"].append(
            write_tonne_gain(model.record, answer, float(rounds_gained[place]))
        )
        sentences["warnings"].append(" ".join(list_lever_warnings(model, moved_scenario)))
    return sentences
