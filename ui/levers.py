"""The levers as widgets; their values live in session state under the names a link uses."""

from __future__ import annotations

import dataclasses

import streamlit as st

from ramp155 import Records, scenario, words
from ramp155.scenario import FORECAST_START, LEVER, MONTHS, ON_REQUEST, Lever
from ui import cite, state

STARTS = MONTHS[MONTHS.index(FORECAST_START) :]
GROUPS = {
    "Supply": ["linters", "wood_pulp", "share_for_155", "reserve", "explosive"],
    "Plants": ["extra_delay", "under_way", "realised", "shifts", "shell_bodies", "fuzes"],
    "The round": ["propellant_per_round"],
}


def nitrocellulose() -> None:
    """The one slider: nitrocellulose supply in percent of the baseline."""
    _slider("nitrocellulose", step=1, big=True)


def presets(records: Records) -> None:
    """Ready-made scenarios: choosing one sets every lever, with its reasoning and sources beneath."""
    rows = records.presets.set_index("preset_id")
    chosen = next(
        (
            name
            for name in rows.index
            if scenario.preset(records, name) == _no_supply(records, name)
        ),
        None,
    )

    def choose() -> None:
        name = st.session_state["preset"]
        state.apply(scenario.preset(records, name) if name else scenario.Scenario())

    st.session_state["preset"] = chosen
    st.selectbox(
        "Start from a preset",
        list(rows.index),
        format_func=rows["label"].get,
        key="preset",
        placeholder="the baseline",
        on_change=choose,
    )


def preset_reason(records: Records) -> None:
    """Why one would ask for the chosen preset, and who says so: last, so that nothing is pushed about."""
    chosen = st.session_state["preset"]
    if chosen:
        row = records.presets.set_index("preset_id").loc[chosen]
        st.markdown(f"**{cite.escape(row['label'])}**")
        st.caption(cite.escape(row["reasoning"]))
        sources = ", ".join(cite.source(records, s) for s in row["source_ids"].split())
        text = f"{sources}\n\n{cite.claims(records, row['claim_ids'].split())}"
        cite.says_who("Says who", text, "preset_sources")


def _no_supply(records: Records, name: str) -> scenario.Scenario:
    """The scenario in force as a preset would have it: moving the one slider keeps the preset chosen."""
    supply = scenario.preset(records, name).nitrocellulose
    return dataclasses.replace(state.current(), nitrocellulose=supply)


def read_off() -> None:
    """The month in which response, odds and sentences are read off."""
    st.selectbox(
        "Read off at the end of",
        state.RESPONSE_MONTHS,
        format_func=words.month_name,
        key="month",
        help="Title, response curve and odds are those of this month.",
    )


def pin_this(records: Records) -> None:
    """The button that keeps the scenario in force for comparison."""
    full = len(st.session_state["pin"]) >= state.MOST_PINS
    st.button(
        "Four are pinned: remove one" if full else "Pin for comparison",
        disabled=full,
        key="pin_this",
        on_click=state.pin,
        args=(records,),
        width="stretch",
        help="Keeps this scenario beside the next ones, in the chart and in the link. Up to four.",
    )


def timing() -> None:
    """From when, and for how long, the supply levers act."""
    left, right = st.columns(2)
    with left:
        st.selectbox(
            "From",
            STARTS,
            format_func=words.short_month,
            key="start",
            help="The month in which the change begins.",
        )
    with right:
        lever = LEVER["months"]
        st.number_input(
            "Months",
            int(lever.low),
            int(lever.high),
            key=lever.key,
            help="How long the change lasts. 0 means for good.",
        )


def others(records: Records, plain: bool = True) -> None:
    """Every other lever, in groups, the countries counted on request, and the plain slider's switch."""
    for title, names in GROUPS.items():
        st.markdown(f"**{title}**")
        for name in names:
            _slider(name, step=5)
    names = dict(zip(records.countries["country"], records.countries["name"], strict=True))
    st.multiselect(
        "Also count",
        list(ON_REQUEST),
        format_func=names.get,
        key="also",
        help="Mapped, but not in the European totals unless chosen here.",
    )
    if plain:
        st.toggle(
            "Plain slider",
            key="plain",
            help="Streamlit's own slider: it answers when it is let go.",
        )


def back_to_baseline() -> None:
    """The button that undoes every lever."""
    st.button("Back to the baseline", on_click=state.reset, width="stretch")


def _slider(name: str, step: int, big: bool = False) -> None:
    lever = LEVER[name]
    _draw(
        lever, 1 if lever.unit == "months" else step, f"**{lever.label}**" if big else lever.label
    )


def other(lever: Lever) -> None:
    """A lever that is no part of the scenario."""
    _draw(lever, max(round(lever.step * lever.scale), 1), lever.label)


def _draw(lever: Lever, step: int, label: str) -> None:
    unit = {"%": " %%", "thousand": ""}.get(lever.unit, f" {lever.unit}")
    st.slider(
        label,
        round(lever.low * lever.scale),
        round(lever.high * lever.scale),
        step=step,
        format=f"%d{unit}",
        key=lever.key,
        help=f"{lever.explains} Baseline: {round(lever.default * lever.scale)} {lever.unit}.",
    )
