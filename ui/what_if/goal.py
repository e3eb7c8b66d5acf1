"""The panel that asks what it would take: a target and a month, the supply that reaches it, and the
odds by supply.
"""

from __future__ import annotations

import dataclasses
import math

import streamlit as st

from ramp155.answers.goal.goal import seek_goal
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.levers.goal_odds import build_target_odds_picture
from ramp155.text.numbers import say_month
from ramp155.text.output.goal import write_goal_answer
from ui.link.fields import RESPONSE_MONTHS
from ui.markup import escape_sentence
from ui.widgets.picture import show_picture


def show_goal_panel(model: Model, scenario: Scenario, month: str) -> None:
    """A target and a month to choose, and the supply that reaches it."""
    target_labels = dict(
        zip(model.record.targets["target_id"], model.record.targets["label"], strict=True)
    )
    target_rates = dict(
        zip(model.record.targets["target_id"], model.record.targets["rounds_per_year"], strict=True)
    )
    question_column, odds_column = st.columns([1, 1.35], gap="large")
    with question_column:
        target_column, month_column = st.columns(2)
        with target_column:
            target_choice = st.selectbox(
                "Target",
                [*target_labels, "own"],
                index=list(target_labels).index("million"),
                format_func=lambda t: target_labels.get(t, "A number of my own"),
                key="goal_target",
            )
        with month_column:
            goal_month = st.selectbox(
                "In the month",
                RESPONSE_MONTHS,
                index=RESPONSE_MONTHS.index(month),
                format_func=say_month,
                key="goal_month",
            )
        if target_choice == "own":
            target = st.number_input(
                "Rounds a year", 10_000, 10_000_000, 1_500_000, step=50_000, key="goal_own"
            )
        else:
            target = target_rates[target_choice]
        baseline_supply = dataclasses.replace(scenario, nitrocellulose=1.0)
        answer = seek_goal(model, baseline_supply, float(target), goal_month)
        st.markdown("\n\n".join(map(escape_sentence, write_goal_answer(model.record, answer))))
        if answer.nitrocellulose is not None:
            percent = math.ceil(answer.nitrocellulose * 100 - 1e-6)  # no less than it takes
            st.button(
                f"Set the slider to {percent} %",
                on_click=_set_supply,
                args=(percent,),
                key="goal_set",
            )
    with odds_column:
        show_picture(
            model,
            build_target_odds_picture(model, baseline_supply, float(target), goal_month),
            "goal_odds",
        )


def _set_supply(percent: int) -> None:
    st.session_state["nc"] = percent
