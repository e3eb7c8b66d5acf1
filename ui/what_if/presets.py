"""Ready-made scenarios, and the buttons that pin the scenario in force or go back to the baseline."""

from __future__ import annotations

import dataclasses

import streamlit as st

from ramp155.model.model import Model
from ramp155.model.scenario.presets import build_preset
from ramp155.model.scenario.scenario import Scenario
from ui.link.levers import apply_scenario, current_scenario, reset_levers
from ui.link.pins import MOST_PINS, pin_scenario
from ui.markup import escape_markdown
from ui.widgets.citations.lists import cite_claims
from ui.widgets.citations.sources import link_sources, show_source_button
from ui.widgets.lookups import find_row


def show_presets(model: Model) -> None:
    """Ready-made scenarios: choosing one sets every lever, with its reasoning and sources beneath."""
    presets = model.record.presets
    preset_labels = dict(zip(presets["preset_id"], presets["label"], strict=True))
    chosen_preset = next(
        (
            name
            for name in preset_labels
            if build_preset(model.record, name) == _build_preset_as_set(model, name)
        ),
        None,
    )

    def apply_chosen() -> None:
        preset_id = st.session_state["preset"]
        reset_levers()  # what was said of another scenario is not said of this one
        apply_scenario(build_preset(model.record, preset_id) if preset_id else Scenario())

    st.session_state["preset"] = chosen_preset
    st.selectbox(
        "Start from a preset",
        list(preset_labels),
        format_func=preset_labels.__getitem__,
        key="preset",
        placeholder="the baseline",
        on_change=apply_chosen,
    )


def show_preset_reason(model: Model) -> None:
    """Why one would ask for the chosen preset, and who says so: last, so that nothing is pushed about."""
    chosen_preset = st.session_state["preset"]
    if chosen_preset:
        preset_row = find_row(model.record.presets, "preset_id", chosen_preset)
        st.markdown(f"**{escape_markdown(preset_row['label'])}**")
        st.caption(escape_markdown(preset_row["reasoning"]))
        source_links = link_sources(model, preset_row["source_ids"].split())
        sources_text = f"{source_links}\n\n{cite_claims(model, preset_row['claim_ids'].split())}"
        show_source_button("Says who", sources_text, "preset_sources")


def _build_preset_as_set(model: Model, preset_id: str) -> Scenario:
    """The scenario in force as a preset would have it: moving the one slider keeps the preset chosen."""
    supply = build_preset(model.record, preset_id).nitrocellulose
    return dataclasses.replace(current_scenario(), nitrocellulose=supply)


def show_pin_button(model: Model) -> None:
    """The button that keeps the scenario in force for comparison."""
    is_full = len(st.session_state["pin"]) >= MOST_PINS
    st.button(
        "Four are pinned: remove one" if is_full else "Pin for comparison",
        disabled=is_full,
        key="pin_this",
        on_click=pin_scenario,
        args=(model,),
        width="stretch",
        help="Keeps this scenario beside the next ones, in the chart and in the link. Up to four.",
    )


def show_reset_button() -> None:
    """The button that undoes every lever."""
    st.button("Back to the baseline", on_click=reset_levers, width="stretch")
