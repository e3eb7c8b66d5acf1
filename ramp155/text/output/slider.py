"""Every sentence that moves with the nitrocellulose slider, for each whole percent of it."""

from __future__ import annotations

import dataclasses

from ramp155.answers.output.medians import FINE_SUPPLY_GRID
from ramp155.answers.output.nitrocellulose import compute_rounds_per_tonne
from ramp155.answers.output.reading import Reading, read_every_percent
from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.text.output.reading import write_reading, write_readout, write_tonne_gain
from ramp155.text.output.title import write_output_title
from ramp155.text.scenario import list_lever_warnings


@remember
def list_slider_titles(model: Model, scenario: Scenario, month: str) -> dict[str, list[str]]:
    """The title and the readout for each whole percent of the nitrocellulose slider.

    Keys: titles, readouts (201 each). The scenario's own position is ignored.
    """
    answers = _list_answers(model, scenario, month)
    return {
        "titles": [write_output_title(model.record, moved, answer) for moved, answer in answers],
        "readouts": [write_readout(moved, answer) for moved, answer in answers],
    }


@remember
def list_slider_sentences(model: Model, scenario: Scenario, month: str) -> dict[str, list[str]]:
    """Every sentence that moves with the nitrocellulose slider, for each whole percent of it.

    Keys: titles, readouts, readings, gains, warnings (201 each). The scenario's own position is ignored.
    """
    rounds_gained = map(float, compute_rounds_per_tonne(model, scenario, month))
    answers = _list_answers(model, scenario, month)
    return {
        **list_slider_titles(model, scenario, month),
        "readings": [write_reading(model.record, moved, answer) for moved, answer in answers],
        "gains": [
            write_tonne_gain(model.record, answer, rounds)
            for (_, answer), rounds in zip(answers, rounds_gained, strict=True)
        ],
        "warnings": [" ".join(list_lever_warnings(model, moved)) for moved, _ in answers],
    }


def _list_answers(model: Model, scenario: Scenario, month: str) -> list[tuple[Scenario, Reading]]:
    """The scenario with the slider at each whole percent, and what is read off it there."""
    return [
        (dataclasses.replace(scenario, nitrocellulose=float(supply)), answer)
        for supply, answer in zip(
            FINE_SUPPLY_GRID, read_every_percent(model, scenario, month), strict=True
        )
    ]
