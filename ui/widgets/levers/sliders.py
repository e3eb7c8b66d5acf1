"""The levers as widgets.

Their values live in session state under the names that a link uses, in the units they are shown in. Their sliders are
ours, a component a group: each step of Streamlit's own has the browser style the whole page anew, which takes three
times as long as chain and picture do. With *Plain slider* they are Streamlit's.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ramp155.files.assets import join_scripts, read_asset
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import FORECAST_START, MONTHS
from ramp155.model.scenario.levers import (
    ALL_LEVERS,
    LEVER_BY_NAME,
    Lever,
    list_code_first,
    list_group,
)
from ramp155.model.scenario.scenario import COUNTRIES_ON_REQUEST
from ramp155.record.schema.vocabulary import LEVER_GROUPS, MORE_GROUPS
from ramp155.text.numbers import say_month, say_short_month
from ramp155.text.scenario import say_position
from ui.link import keys
from ui.link.fields import RESPONSE_MONTHS
from ui.widgets.levers.released import take_positions, track_group
from ui.widgets.lookups import name_countries

_group_component = st.components.v2.component(
    "ramp155_sliders",
    html='<div class="levers"></div>',
    css=read_asset("live.css") + read_asset("levers.css"),
    js=join_scripts("release.js", "sliders.js", "group.js"),
)
_messenger_component = st.components.v2.component(
    "ramp155_messenger", js=join_scripts("messenger.js")
)

START_MONTHS = MONTHS[MONTHS.index(FORECAST_START) :]


def show_supply_slider() -> None:
    """The one slider, Streamlit's own: nitrocellulose supply in percent of the baseline."""
    lever = LEVER_BY_NAME["nitrocellulose"]
    _draw_plain_slider(lever, f"**{lever.label}**")


def show_month_choice() -> None:
    """The month in which response, odds and sentences are read off."""
    st.selectbox(
        "Results at the end of",
        RESPONSE_MONTHS,
        format_func=say_month,
        key="month",
        help="Title, response curve and odds are those of this month.",
    )


def show_timing() -> None:
    """From when, and for how long, the supply levers act."""
    start_column, months_column = st.columns(2)
    with start_column:
        st.selectbox(
            "From",
            START_MONTHS,
            format_func=say_short_month,
            key="start",
            help="The month in which the change begins.",
        )
    with months_column:
        lever = LEVER_BY_NAME["months"]
        st.number_input(
            "Months",
            int(lever.low),
            int(lever.high),
            key=lever.key,
            help="How long the change lasts. 0 means for good.",
        )


def show_stage_levers() -> None:
    """What each stage of the chain can make, in the chain's order, and the hours that move them all."""
    _show_group("plants")


def show_other_levers(model: Model, with_plain_switch: bool = True) -> None:
    """Every lever that is neither the one slider nor a stage, the countries counted on request, and the plain slider's switch."""
    for group in MORE_GROUPS:
        st.markdown(f"**{LEVER_GROUPS[group]}**")
        _show_group(group)
    country_names = name_countries(model.record)
    st.multiselect(
        "Also count",
        list(COUNTRIES_ON_REQUEST),
        format_func=country_names.__getitem__,
        key="also",
        help="Mapped, but not in the European totals unless chosen here.",
    )
    if with_plain_switch:
        st.toggle(
            "Plain slider",
            key="plain",
            help="Streamlit's own slider: it answers when it is let go.",
        )


def _show_group(group: str) -> None:
    show_sliders(list_code_first(list_group(group)), group)


def show_sliders(levers: Sequence[Lever], key: str) -> None:
    """Levers as sliders, one beneath the other; `key` names the group."""
    if st.session_state[keys.PLAIN]:
        for lever in levers:
            _draw_plain_slider(lever, lever.label)
        return
    header, let_go = track_group(f"sliders_{key}", levers)
    descriptions = [
        {
            "name": lever.name,
            "key": lever.key,
            "label": lever.label,
            "low": round(lever.low * lever.scale),
            "high": round(lever.high * lever.scale),
            "step": _find_step(lever),
            "scale": lever.scale,
            "unit": lever.unit,
            "explains": _explain(lever),
        }
        for lever in levers
    ]
    _group_component(
        key=f"sliders_{key}", data={"levers": descriptions, **header}, on_let_go_change=let_go
    )


def carry_let_go(key: str) -> None:
    """In a fragment: what the levers outside it let go reruns this fragment, and not the page."""

    def take_released() -> None:
        take_positions(st.session_state[key].get("let_go"), ALL_LEVERS)

    with st.container(key="messenger_rows"):
        _messenger_component(key=key, on_let_go_change=take_released)


def _find_step(lever: Lever) -> int:
    is_scenarios = lever.name in LEVER_BY_NAME
    return 1 if is_scenarios and lever.unit == "%" else max(round(lever.step * lever.scale), 1)


def _explain(lever: Lever) -> str:
    return f"{lever.explains} Baseline: {say_position(lever, lever.default)} {lever.unit}."


def _draw_plain_slider(lever: Lever, label: str) -> None:
    is_large = lever.unit.startswith("thousand")
    unit = " %%" if lever.unit == "%" else f" {lever.unit}"
    st.slider(
        label,
        round(lever.low * lever.scale),
        round(lever.high * lever.scale),
        step=_find_step(lever),
        format="localized" if is_large else f"%d{unit}",
        key=lever.key,
        help=_explain(lever),
    )
