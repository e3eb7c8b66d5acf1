"""The levers as widgets. Every one is bound to the link under the name `ramp155.scenario` gives it."""

from __future__ import annotations

import streamlit as st

from ramp155 import Records
from ramp155.scenario import FORECAST_START, LEVER, MONTHS, ON_REQUEST

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
            "From", STARTS, key="start", bind="query-params", help="The month the change begins."
        )
    with right:
        lever = LEVER["months"]
        st.number_input(
            "For months (0: to the end)",
            int(lever.low),
            int(lever.high),
            0,
            key=lever.key,
            bind="query-params",
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
        bind="query-params",
        help="Mapped, but not in the European totals unless chosen here.",
    )


def keys() -> list[str]:
    """The session keys of every lever."""
    return [lever.key for lever in LEVER.values()] + ["start", "also"]


def reset() -> None:
    """Put every lever back to the baseline (a button's callback)."""
    for lever in LEVER.values():
        st.session_state[lever.key] = round(lever.default * lever.scale)
    st.session_state["start"] = FORECAST_START
    st.session_state["also"] = []


def _slider(name: str, step: int, big: bool = False) -> None:
    lever = LEVER[name]
    months = lever.unit == "months"
    st.slider(
        f"**{lever.label}**" if big else lever.label,
        round(lever.low * lever.scale),
        round(lever.high * lever.scale),
        round(lever.default * lever.scale),
        1 if months else step,
        format="%d months" if months else "%d %%",
        key=lever.key,
        bind="query-params",
        help=lever.explains,
    )
