"""What follows from one's own data: output, capacity, the status of lines, and capacity by stage."""

from __future__ import annotations

import numpy as np
import streamlit as st

from ramp155.answers.output.medians import find_baseline_path, find_nameplate_path
from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.plans import build_plan_capacity
from ramp155.record.records import Records
from ramp155.text.numbers import say_month, say_rounds, say_signed_rounds
from ramp155.text.stages import name_stages
from ui.markup import escape_markdown
from ui.widgets.lookups import name_site


def show_effect(published: Records, own_records: Records) -> None:
    """Output and capacity before and after, whose status changed, and which stages moved."""
    month = st.session_state["month"]
    month_index = MONTHS.index(month)
    before, after = (
        (
            find_baseline_path(Model(either))[month_index] * 12,
            find_nameplate_path(Model(either), Scenario())[month_index] * 12,
        )
        for either in (published, own_records)
    )
    status_before, status_now = map(_find_statuses, (published, own_records))
    status_changes = [
        f"{escape_markdown(name_site(own_records, line_id))}: {status_before.get(line_id, 'not on record')} → **{status_word}**"
        for line_id, status_word in status_now.items()
        if status_before.get(line_id) != status_word
    ]
    output_column, capacity_column, lines_column = st.columns([1, 1, 2.2])
    for column, label, measure_index in (
        (output_column, "Output", 0),
        (capacity_column, "Capacity", 1),
    ):
        difference = after[measure_index] - before[measure_index]
        column.metric(
            f"{label}, {say_month(month)} (median of our runs)",
            say_rounds(after[measure_index]),
            f"{say_signed_rounds(difference)} rounds a year"
            if abs(difference) >= 500
            else "no change",
            delta_color="normal" if abs(difference) >= 500 else "off",
            delta_arrow="auto" if abs(difference) >= 500 else "off",
        )
    with lines_column:
        if status_changes:
            st.markdown("**Status changed**  \n" + "  \n".join(status_changes[:6]))
        else:
            st.markdown("No line changed its status.")
        stage_moves = _write_stage_moves(published, own_records, month_index)
        if stage_moves:
            st.markdown(
                f"**Capacity by stage**, {say_month(month)}, in rounds a year: {escape_markdown(stage_moves)}"
            )
        st.caption(
            "Map, Ramp-up, What-if and Gap run on it too. Output moves only where a line is for 155 mm, counted in the "
            "totals, and its stage is what holds output back by our assumptions."
        )


def _find_statuses(records: Records) -> dict[str, str]:
    """line_id -> status."""
    line_status = list_statuses(records)
    return dict(zip(line_status["line_id"], line_status["status"], strict=True))


def _write_stage_moves(published: Records, own_records: Records, month_index: int) -> str:
    """By how much the median of each stage's capacity moves in a month of the model, where it does."""
    before, after = (
        {
            stage: float(np.median(rounds[month_index]))
            for stage, rounds in build_plan_capacity(Model(either), Scenario()).stages.items()
        }
        for either in (published, own_records)
    )
    stage_labels = name_stages(own_records)
    rounds_moved = {stage: 12 * (after[stage] - before[stage]) for stage in after}
    return ", ".join(
        f"{stage_labels[stage]} {say_signed_rounds(rounds)}"
        for stage, rounds in rounds_moved.items()
        if abs(rounds) >= 500
    )
