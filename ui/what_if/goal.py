"""The panel that asks what it would take: a target and a month, the supply and the levers that reach
it, and the odds by supply.
"""

from __future__ import annotations

import dataclasses

import streamlit as st

from ramp155.answers.goal.goal import Goal, seek_goal
from ramp155.answers.goal.supply import find_whole_percent, set_whole_percents
from ramp155.model.model import Model
from ramp155.model.scenario.levers import LEVER_BY_NAME
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.fields import OWN_TARGET, TARGET_ROUNDS
from ramp155.pictures.levers.goal_odds import build_target_odds_picture
from ramp155.text.explain.limits import explain_goal_supply, explain_supply_odds
from ramp155.text.numbers import count_words, say_month
from ramp155.text.output.goal import write_goal_answer, write_goal_table
from ramp155.text.scenario import list_lever_warnings
from ui.link import keys
from ui.link.fields import RESPONSE_MONTHS
from ui.link.levers import move_levers, read_setting
from ui.markup import escape_sentence
from ui.widgets.explain.panel import show_explained
from ui.widgets.picture import show_picture

# Session keys of the widgets: Streamlit forgets these with the panel, what was asked stays beside them.
_TARGET_BOX, _ROUNDS_BOX, _MONTH_BOX = "goal_target", "goal_rounds", "goal_month"


def show_goal_panel(model: Model, scenario: Scenario, month: str) -> None:
    """A target and a month to choose, the supply that reaches it, and the levers that do."""
    target_labels = dict(
        zip(model.record.targets["target_id"], model.record.targets["label"], strict=True)
    )
    target_rates = dict(
        zip(model.record.targets["target_id"], model.record.targets["rounds_per_year"], strict=True)
    )
    _set_choices([*target_labels, OWN_TARGET], month)
    question_column, odds_column = st.columns([1, 1.35], gap="large")
    with question_column:
        target_column, month_column = st.columns(2)
        with target_column:
            target_choice = st.selectbox(
                "Target",
                [*target_labels, OWN_TARGET],
                format_func=lambda t: target_labels.get(t, "A number of my own"),
                key=_TARGET_BOX,
                on_change=_keep_choice,
                args=(_TARGET_BOX, keys.TARGET),
            )
        with month_column:
            goal_month = st.selectbox(
                "In the month",
                RESPONSE_MONTHS,
                format_func=say_month,
                key=_MONTH_BOX,
                on_change=_keep_month,
                args=(month,),
            )
        if target_choice == OWN_TARGET:
            target = st.number_input(
                "Rounds a year",
                *TARGET_ROUNDS,
                step=50_000,
                key=_ROUNDS_BOX,
                on_change=_keep_choice,
                args=(_ROUNDS_BOX, keys.TARGET_ROUNDS),
            )
        else:
            target = target_rates[target_choice]
        baseline_supply = dataclasses.replace(scenario, nitrocellulose=1.0)
        answer = seek_goal(model, baseline_supply, float(target), goal_month)
        supply_words, *other_words = map(escape_sentence, write_goal_answer(model.record, answer))
        show_explained(
            model,
            supply_words,
            "goal",
            "goal",
            lambda: explain_goal_supply(model, baseline_supply, float(target), goal_month),
        )
        if other_words:
            st.markdown("\n\n".join(other_words))
        _show_sets(answer)
        _show_buttons(model, baseline_supply, answer)
    with odds_column:
        show_picture(
            model,
            build_target_odds_picture(model, baseline_supply, float(target), goal_month),
            "goal_odds",
            make_explanation=lambda: explain_supply_odds(
                model, baseline_supply, float(target), goal_month
            ),
        )


def _set_choices(targets: list[str], month: str) -> None:
    """What is asked, in the widgets; a target that is no longer on offer is the first."""
    target, rounds = read_setting(keys.TARGET), read_setting(keys.TARGET_ROUNDS)
    st.session_state[_TARGET_BOX] = target if target in targets else targets[0]
    st.session_state[_ROUNDS_BOX] = rounds
    st.session_state[_MONTH_BOX] = read_setting(keys.TARGET_MONTH) or month


def _keep_choice(box: str, session_key: str) -> None:
    """What was asked, where it outlasts the panel."""
    st.session_state[session_key] = st.session_state[box]


def _keep_month(month: str) -> None:
    """A month that is asked; that which is read off is asked wherever it moves to."""
    chosen = st.session_state[_MONTH_BOX]
    st.session_state[keys.TARGET_MONTH] = "" if chosen == month else chosen


def _show_sets(answer: Goal) -> None:
    """The sets of levers as a table: a column a set."""
    table = write_goal_table(answer)
    if not len(table.columns):
        return
    rows = [["levers moved", *table.columns], ["---"] * (len(table.columns) + 1)]
    rows += [[label, *cells] for label, cells in zip(table.index, table.to_numpy(), strict=True)]
    st.markdown("\n".join(f"| {' | '.join(map(str, row))} |" for row in rows))
    st.caption("In % of the baseline; blank: unmoved.")


def _show_buttons(model: Model, scenario: Scenario, answer: Goal) -> None:
    """Buttons that put the levers where the answer has them, and what is to be said of that."""
    if answer.nitrocellulose is not None:
        percent = find_whole_percent("nitrocellulose", answer.nitrocellulose)
        st.button(
            f"Set the slider to {percent} %",
            on_click=move_levers,
            args=({"nc": percent},),
            key="goal_set",
        )
    found = answer.solutions[0] if answer.solutions else answer.beyond and answer.beyond.example
    if not found:
        return
    positions = {"nc": 100} | {
        LEVER_BY_NAME[name].key: find_whole_percent(name, position)
        for name, position in found.levers.items()
    }
    count = count_words(len(found.levers), "lever")
    st.button(
        f"Set {count} to reach it", on_click=move_levers, args=(positions,), key="goal_levers"
    )
    for warning in list_lever_warnings(model, set_whole_percents(scenario, found.levers)):
        st.caption(escape_sentence(warning))
