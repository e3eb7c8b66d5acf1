"""The assumptions panel: every coefficient apart from the levers, to look up and to change, and how
well changed ones still go with the reports.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ramp155.model.coefficients.draws import Draws, draw_coefficients
from ramp155.model.coefficients.edits import EDITABLE_KINDS, find_coefficient_bounds
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.source import name_publishers
from ramp155.text.numbers import say_chance, say_percent
from ui.link import keys
from ui.link.levers import read_setting
from ui.markup import escape_markdown
from ui.what_if.locks import show_deciding_switches
from ui.widgets.citations.lists import cite_assumption

_CHOSEN, _FIRST_SHOWN = "edit_which", "nitrocellulose_fraction"  # the widget's session key


def _keep_chosen() -> None:
    chosen_id = st.session_state[_CHOSEN]
    st.session_state[keys.COEFFICIENT] = None if chosen_id == _FIRST_SHOWN else chosen_id


def show_coefficients(model: Model, fit: Draws) -> None:
    """Choose a coefficient, set it, put one or all back; the whole table beneath."""
    assumptions = model.record.assumptions
    coefficients = assumptions[assumptions["kind"].isin(EDITABLE_KINDS)].set_index("assumption_id")
    edits = dict(st.session_state["assume"])
    choice_column, source_column = st.columns([1, 1.35], gap="large")
    with choice_column:
        st.session_state[_CHOSEN] = read_setting(keys.COEFFICIENT) or _FIRST_SHOWN
        chosen_id = st.selectbox(
            "Coefficient",
            list(coefficients.index),
            format_func=lambda name: (
                coefficients.loc[name, "label"] + (" (yours)" if name in edits else "")
            ),
            key=_CHOSEN,
            on_change=_keep_chosen,
        )
        _show_value_editor(model, chosen_id, coefficients.loc[chosen_id], edits)
    with source_column:
        st.markdown(cite_assumption(model, chosen_id, edits.get(chosen_id)).removeprefix("- "))
        coefficient, own_value = coefficients.loc[chosen_id], edits.get(chosen_id)
        if own_value is not None and not coefficient["low"] <= own_value <= coefficient["high"]:
            st.warning(f"{own_value:,.6g} lies outside the range the sources support.")
        if edits:
            st.markdown(_write_fit(fit))
    st.dataframe(
        _build_coefficient_table(model, coefficients, edits),
        hide_index=True,
        height=260,
        key="all_assumptions",
        column_config={
            name: st.column_config.NumberColumn(name, format="localized")
            for name in ("default", "low", "high")
        },
    )


def _show_value_editor(
    model: Model, assumption_id: str, coefficient: pd.Series, edits: dict[str, float]
) -> None:
    low, high = find_coefficient_bounds(model.record, assumption_id)
    key = f"edit_{assumption_id}"
    st.session_state[key] = float(edits.get(assumption_id, coefficient["mode"]))

    def keep_value() -> None:
        typed_value = st.session_state[key]
        other_values = {
            other_id: other_value
            for other_id, other_value in st.session_state["assume"]
            if other_id != assumption_id
        }
        if typed_value is not None and typed_value != coefficient["mode"]:
            other_values[assumption_id] = float(typed_value)
        st.session_state["assume"] = sorted(other_values.items())

    def drop_values(dropped_id: str | None) -> None:
        remaining = [
            pair for pair in st.session_state["assume"] if dropped_id and pair[0] != dropped_id
        ]
        st.session_state["assume"] = remaining

    st.number_input(
        f"Value, {escape_markdown(coefficient['unit'])} (default {coefficient['mode']:,.6g})",
        low,
        high,
        step=float(
            max(coefficient["high"] - coefficient["low"], coefficient["mode"] / 10, 1e-6) / 20
        ),
        format="%.6g",
        key=key,
        on_change=keep_value,
        help=f"From {low:,.4g} to {high:,.4g}. A value of yours holds in every run.",
    )
    one_column, every_column = st.columns(2)
    one_column.button(
        "Reset this one",
        on_click=drop_values,
        args=(assumption_id,),
        disabled=assumption_id not in edits,
        key="reset_one",
    )
    every_column.button(
        "Reset all", on_click=drop_values, args=(None,), disabled=not edits, key="reset_all"
    )


def _write_fit(fit: Draws) -> str:
    """How well the edited coefficients still go with the reports."""
    if fit.contradicts:
        return (
            f"**These values contradict the reports:** with them the reports are only {say_chance(fit.fit_share)}"
            " as likely as without. The band shows all runs, whether or not they agree with what was published."
        )
    return (
        f"With these values the reports are {say_percent(fit.fit_share)} as likely as without them; runs "
        "that agree better count more."
    )


def _build_coefficient_table(
    model: Model, coefficients: pd.DataFrame, edits: dict[str, float]
) -> pd.DataFrame:
    """Every coefficient, those with a value of one's own first."""
    publishers = [
        source_ids if source_ids == "assumption" else name_publishers(model, source_ids.split())
        for source_ids in coefficients["source_ids"]
    ]
    coefficient_table = pd.DataFrame(
        {
            "yours": [
                f"{edits[name]:,.6g}" if name in edits else "" for name in coefficients.index
            ],
            "coefficient": coefficients["label"],
            "default": coefficients["mode"],
            "low": coefficients["low"],
            "high": coefficients["high"],
            "unit": coefficients["unit"],
            "source": publishers,
            "why": coefficients["reasoning"],
        }
    )
    return coefficient_table.sort_values("yours", ascending=False, kind="stable")


def show_assumptions_panel(model: Model, scenario: Scenario, month: str) -> None:
    """Every coefficient to look up and to change, and how well changed ones still go with the reports."""
    show_deciding_switches(model)
    fit = draw_coefficients(model, scenario.assume)
    show_coefficients(model, fit)
