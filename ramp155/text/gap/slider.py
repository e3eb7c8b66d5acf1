"""What the gap page says at every whole percent of the nitrocellulose slider."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from ramp155.answers.gap.ratios import Gap, blend_gaps
from ramp155.answers.output.medians import FINE_SUPPLY_GRID
from ramp155.answers.output.surface import SUPPLY_GRID
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records
from ramp155.text.gap.ratio import list_gap_reading, write_gap_title


def write_gap_sentences(
    records: Records, scenario: Scenario, compared: Gap, baseline_gap: Gap, month: str
) -> dict[str, str]:
    """The title and what is read off the comparison, under `title` and `reading` (paragraphs apart by a blank line)."""
    paragraphs = list_gap_reading(records, scenario, compared, baseline_gap, month)
    return {
        "title": write_gap_title(records, scenario, compared, month),
        "reading": "\n\n".join(paragraphs),
    }


def list_gap_sentences(
    records: Records, scenario: Scenario, gaps: Sequence[Gap], baseline_gap: Gap, month: str
) -> list[dict[str, str]]:
    """`write_gap_sentences` for each whole percent of the slider, 201 of them; the scenario's own is ignored.

    Between two positions of the supply grid figures lie on straight lines, as the pictures draw them; `gaps` are those
    of its positions.
    """
    sentences = []
    places = np.interp(FINE_SUPPLY_GRID, SUPPLY_GRID, np.arange(len(SUPPLY_GRID)))
    for supply, place in zip(FINE_SUPPLY_GRID, places, strict=True):
        lower, weight = int(place), float(place % 1)
        compared = (
            blend_gaps(gaps[lower], gaps[lower + 1], weight) if weight > 1e-9 else gaps[lower]
        )
        moved_scenario = dataclasses.replace(scenario, nitrocellulose=float(supply))
        sentences.append(
            write_gap_sentences(records, moved_scenario, compared, baseline_gap, month)
        )
    return sentences
