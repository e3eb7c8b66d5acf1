"""The panel of what holds output back: what each stage allows, which limit output over time, what
raising one or two adds, and the assumptions that decide it as switches.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ramp155.answers.stages.locks import Locks, find_locks
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.europe.settings import AWARDED
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.levers.locks import LEAST_SHARE
from ramp155.record.dates import month_text
from ramp155.record.rows import Assumption
from ramp155.text.numbers import say_month, say_percent, say_short_month
from ramp155.text.output.locks import (
    NO_GAIN,
    list_named_claims,
    say_gain,
    write_locks,
    write_speakers,
)
from ramp155.text.stages import name_stages
from ui.link import keys
from ui.link.view import current_view
from ui.markup import escape_markdown, escape_sentence
from ui.widgets.citations.lists import cite_assumptions, cite_claims
from ui.widgets.citations.sources import show_source_button
from ui.widgets.picture import show_picture

# The coefficients that decide which stage limits output; those are shown that the record has.
DECIDING_COEFFICIENTS = ("nitrocellulose_fraction", "share_155_nitrocellulose", "forecast_asap_due")
# What a switch is called where the record's label is a definition.
_SWITCH_LABELS = {"forecast_asap_due": "Date of the EU's powder projects"}
_MOST_PAIRS = 4


def show_locks_panel(model: Model, scenario: Scenario, month: str) -> None:
    """What each stage allows and holds back in the month, and what of it is assumed."""
    locks = find_locks(model, scenario, month)
    st.markdown(f"**{escape_sentence(write_locks(model.record, locks))}**")
    _show_speakers(model)
    allowed_column, limits_column = st.columns([1.25, 1], gap="large")
    with allowed_column:
        show_picture(
            model,
            build_picture(model, "locks", current_view()),
            "locks",
            f"**What each stage allows in {say_month(month)}**, and the runs it limits (assumed)",
        )
    with limits_column:
        show_picture(model, build_picture(model, "limits", current_view()), "limits")
    switch_column, gain_column = st.columns([1, 1.25], gap="large")
    with switch_column:
        show_deciding_switches(model)
    with gain_column:
        st.markdown("**What raising one stage or two adds**, rounds a year by the median")
        # A plain table, whose names break into lines where there is little room.
        st.table(list_gains(locks, name_stages(model.record)).set_index("raised"))
        st.caption(
            "Raised: it never limits output from the month in which levers act. Each run is compared with itself. In: the runs in "
            "which that adds anything. What limits output is assumed."
        )


def _show_speakers(model: Model) -> None:
    """Who is on record with what holds output back, with the sources."""
    said = write_speakers(model.record)
    if not said:
        return
    sentence_column, source_column = st.columns([6.5, 1], vertical_alignment="center", gap="small")
    sentence_column.markdown(escape_sentence(said))
    with source_column:
        claim_ids = list_named_claims(model.record)["claim_id"]
        show_source_button("Says who", cite_claims(model, claim_ids), "lock_speakers")


def list_gains(locks: Locks, labels: dict[str, str]) -> pd.DataFrame:
    """What raising stages adds, as a table: each that limits any run alone, then the pairs that add most."""
    alone = locks.stages[locks.stages["binds_share"] >= LEAST_SHARE]
    best_alone = dict(zip(locks.stages["stage"], locks.stages["alone_adds_p50"], strict=True))
    is_more = [
        say_gain(adds - max(best_alone[first], best_alone[second]), locks.output) != NO_GAIN
        for first, second, adds in locks.pairs[["first", "second", "adds_p50"]].itertuples(
            index=False
        )
    ]
    pairs = locks.pairs[is_more].head(_MOST_PAIRS)
    names = [f"{labels[stage]} alone" for stage in alone["stage"]]
    names += [
        f"{labels[first]} with {labels[second]}"
        for first, second in zip(pairs["first"], pairs["second"], strict=True)
    ]
    adds = [*alone["alone_adds_p50"], *pairs["adds_p50"]]
    gains = [*alone["alone_gains_share"], *pairs["gains_share"]]
    return pd.DataFrame(
        {
            "raised": names,
            "adds": [say_gain(rounds, locks.output) for rounds in adds],
            "in": [
                escape_sentence(f"something in {say_percent(share)} of runs") for share in gains
            ],
        }
    )


def show_deciding_switches(model: Model) -> None:
    """The assumptions that decide which stage limits output: each at its low, as assumed, or at its high."""
    coefficients = {
        coefficient.assumption_id: coefficient
        for coefficient in model.record.list_coefficients(model_only=False)
    }
    shown = [name for name in DECIDING_COEFFICIENTS if name in coefficients]
    st.markdown("**Assumptions that decide**")
    for name in shown:
        _show_switch(coefficients[name])
    fit = draw_coefficients(model, tuple(st.session_state[keys.ASSUME]))
    if fit.contradicts:
        st.caption("With these values hardly any run agrees with the reports.")
    show_source_button("What each rests on", cite_assumptions(model, shown), "deciding_sources")


def _show_switch(coefficient: Assumption) -> None:
    """One coefficient at its low, as assumed or at its high, as an edit of one's own."""
    low, mode, high = coefficient.span
    places = {"low": low, "high": high}
    name, key = coefficient.assumption_id, f"decide_{coefficient.assumption_id}"
    is_due = name.endswith("_due")  # months from the award
    low_text, mode_text, high_text = (
        say_short_month(month_text(AWARDED + round(end))) if is_due else f"{end:g}"
        for end in (low, mode, high)
    )
    labels = {
        "low": f"{'early' if is_due else 'low'}: {low_text}",
        "assumed": "as assumed",
        "high": f"{'late' if is_due else 'high'}: {high_text}",
    }
    help_text = (
        f"As assumed: anywhere from {low_text} to {high_text} {coefficient.unit}, run by run."
    )
    if coefficient.kind == "forecast":
        help_text = (
            f"As assumed: {mode_text}. The forecast is drawn anew, which takes some seconds."
        )
    own_value = dict(st.session_state[keys.ASSUME]).get(name)
    st.session_state[key] = "assumed"
    if own_value is not None:
        st.session_state[key] = next((end for end in places if places[end] == own_value), None)

    def keep_choice() -> None:
        others = [edit for edit in st.session_state[keys.ASSUME] if edit[0] != name]
        chosen = st.session_state[key]
        if chosen in places:
            others.append((name, float(places[chosen])))
        st.session_state[keys.ASSUME] = sorted(others)

    st.segmented_control(
        escape_markdown(_SWITCH_LABELS.get(name, coefficient.label)),
        list(labels),
        format_func=labels.__getitem__,
        key=key,
        on_change=keep_choice,
        help=escape_markdown(help_text),
    )
