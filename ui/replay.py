"""The record rewound: the date as a slider with a play button, and whose knowledge counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import streamlit as st

from ramp155 import Records, capacity, ensemble, evidence_words, stories, timeline, words
from ui import cite

KEYS = ("as_of", "hindsight")  # the parts of a link that are set here
_STEP_SECONDS = 0.8


def fragment(body: Callable[[], None]) -> None:
    """Draw what follows the date: a step or a move of the slider reruns only this.

    While it plays, the fragment reruns by itself and each run goes one month on.
    """
    playing = st.session_state.get("playing", False)
    st.session_state["rhythm"] = playing
    st.fragment(body, run_every=_STEP_SECONDS if playing else None)()


def controls(records: Records) -> Records:
    """Play, slider and whose knowledge counts; returns the record as it was known on the date."""
    days = stories.month_ends(stories.FIRST_DAY, records.end)
    if st.session_state["rhythm"]:
        _go_on(days)
    playing, now = st.session_state.get("playing", False), st.session_state["as_of"]
    if playing != st.session_state["rhythm"]:
        st.rerun()  # the rhythm of a fragment is set outside it
    play, slider, whose = st.columns([0.45, 4.6, 2.1], vertical_alignment="center", gap="small")
    play.button(
        "❚❚" if playing else "▶",
        help="Pause" if playing else "Play the record month by month",
        key="play",
        width="stretch",
        on_click=_toggle,
        args=(records,),
    )
    slider.select_slider(
        "As known on",
        sorted({*days, now}),
        format_func=lambda day: f"{day:%b %Y}" if day in days else f"{day:%d %b %Y}",
        key="as_of",
        label_visibility="collapsed",
    )
    whose.segmented_control(
        "Knowledge",
        [False, True],
        format_func={False: "As known then", True: "As known today"}.get,
        key="hindsight",
        required=True,
        label_visibility="collapsed",
        help="As known then: only reports made by that date. As known today: also what was reported later "
        "to have happened by then.",
    )
    return timeline.as_known(records, st.session_state["as_of"], st.session_state["hindsight"])


def told(records: Records) -> str:
    """The date and whose knowledge it is, to end a heading with; blank at the record's end."""
    day = st.session_state["as_of"]
    if day == records.end:
        return ""
    return f", {day:%B %Y} as known {'today' if st.session_state['hindsight'] else 'then'}"


def capacity_line(known: Records) -> None:
    """What named lines of the counted countries were known to make for 155 mm, by stage."""
    made = capacity.on_record(known, ensemble.central(known))
    told = evidence_words.capacity_known(made, words.labels(known))
    if told:
        st.caption(
            "**What named lines were reported to make** in all counted countries, whatever the filters, is enough for so "
            f"many rounds a year: {cite.escape(told)}."
        )


def _toggle(records: Records) -> None:
    """Start or stop (a button's callback); from the end it starts again."""
    playing = not st.session_state.get("playing", False)
    if playing and st.session_state["as_of"] >= records.end:
        st.session_state["as_of"] = stories.FIRST_DAY - dt.timedelta(days=1)
    st.session_state["playing"] = playing


def _go_on(days: list[dt.date]) -> None:
    """One month on while it plays; it stops at the last."""
    if not st.session_state["playing"]:
        return
    later = [day for day in days if day > st.session_state["as_of"]]
    st.session_state["as_of"] = later[0] if later else days[-1]
    st.session_state["playing"] = len(later) > 1
