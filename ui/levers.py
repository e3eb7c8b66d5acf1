"""The levers as widgets; their values live in session state under the names a link uses."""

from __future__ import annotations

import streamlit as st

from ramp155 import Records, words
from ramp155.scenario import FORECAST_START, LEVER, MONTHS, ON_REQUEST
from ui import state

STARTS = MONTHS[MONTHS.index(FORECAST_START) :]
GROUPS = {
    "Supply": ["linters", "wood_pulp", "share_for_155", "reserve", "explosive"],
    "Plants": ["extra_delay", "realised", "shifts", "shell_bodies", "fuzes"],
    "The round": ["propellant_per_round"],
}


def nitrocellulose() -> None:
    """The one slider: nitrocellulose supply in percent of the baseline."""
    _slider("nitrocellulose", step=1, big=True)


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
            "For (months)",
            int(lever.low),
            int(lever.high),
            key=lever.key,
            help="How long the change lasts; 0 means to the end.",
        )


def others(records: Records) -> None:
    """Every other lever, in groups, and the countries counted on request."""
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
    months = lever.unit == "months"
    st.slider(
        f"**{lever.label}**" if big else lever.label,
        round(lever.low * lever.scale),
        round(lever.high * lever.scale),
        step=1 if months else step,
        format="%d months" if months else "%d %%",
        key=lever.key,
        help=f"{lever.explains} Baseline: {round(lever.default * lever.scale)} {lever.unit}.",
    )
