"""The levers as widgets.

Their values live in session state under the names that a link uses, in the units they are shown in.
"""

from __future__ import annotations

import streamlit as st

from ramp155.model.model import Model
from ramp155.model.scenario.horizon import FORECAST_START, MONTHS
from ramp155.model.scenario.levers import LEVER_BY_NAME, Lever, list_code_first, list_group
from ramp155.model.scenario.scenario import COUNTRIES_ON_REQUEST
from ramp155.record.schema.vocabulary import LEVER_GROUPS, MORE_GROUPS
from ramp155.text.numbers import say_month, say_short_month
from ui.link.fields import RESPONSE_MONTHS
from ui.widgets.lookups import name_countries

START_MONTHS = MONTHS[MONTHS.index(FORECAST_START) :]


def show_supply_slider() -> None:
    """The one slider: nitrocellulose supply in percent of the baseline."""
    _show_scenario_slider(LEVER_BY_NAME["nitrocellulose"], step=1, is_bold=True)


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
    for lever in list_code_first(list_group(group)):
        _show_scenario_slider(lever, step=1)


def _show_scenario_slider(lever: Lever, step: int, is_bold: bool = False) -> None:
    _draw_slider(
        lever,
        step if lever.unit == "%" else max(round(lever.step * lever.scale), 1),
        f"**{lever.label}**" if is_bold else lever.label,
    )


def show_lever(lever: Lever) -> None:
    """A lever that is no part of the scenario."""
    _draw_slider(lever, max(round(lever.step * lever.scale), 1), lever.label)


def _draw_slider(lever: Lever, step: int, label: str) -> None:
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
