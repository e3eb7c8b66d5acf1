"""The panel that compares pinned scenarios with the one in force: a chart each, and a table of what
they come to in the month that is read off.

A chart takes longer to make than what it shows, so specs are kept for the next visitor.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ramp155.answers.output.odds import compute_target_odds
from ramp155.answers.output.outlook import run_outlook
from ramp155.answers.output.reading import Reading, read_outlook
from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.grammar.spec import Spec
from ramp155.pictures.output.compared import draw_compared_path
from ramp155.pictures.palette import EUROPE
from ramp155.text.numbers import round_rounds, say_chance, say_month, say_percent
from ramp155.text.output.title import write_output_title
from ramp155.text.scenario import name_scenario
from ramp155.text.stages import name_stages
from ui.link.levers import use_scenario
from ui.link.pins import list_pins, rename_pin, unpin_scenario
from ui.markup import escape_markdown
from ui.widgets.picture import build_page_picture, show_picture
from ui.widgets.signed import print_minus

_ROUNDS_COLUMNS = (
    *("rounds a year", "likely from", "likely to"),
    *("change", "change from", "change to"),
)


@remember
def _draw_compared(model: Model, scenario: Scenario, colour: str) -> Spec:
    return draw_compared_path(model, run_outlook(model, scenario), colour, 170)


def show_comparison_panel(model: Model, scenario: Scenario, month: str) -> None:
    """Pinned scenarios beside the one in force."""
    pins = list_pins()
    if not pins:
        st.info(
            "Nothing is pinned yet. Set the levers, press **Pin for comparison** at the side, then move on: "
            "pinned scenarios stay in the chart and in the link."
        )
        return
    compared_scenarios = [("Now", "", EUROPE, scenario)]
    compared_scenarios = [
        (pinned.letter, pinned.name, pinned.colour, pinned.scenario) for pinned in pins
    ] + compared_scenarios
    compared_rows = []
    columns = st.columns(len(compared_scenarios), gap="small")
    for position, (letter, name, colour, shown_scenario) in enumerate(compared_scenarios):
        month_reading = read_outlook(model, shown_scenario, month)
        title = (
            f"{letter}: {name}"
            if name
            else f"{letter}: {name_scenario(model.record, shown_scenario)}"
        )
        with columns[position]:
            finding = f"{title}: {write_output_title(model.record, shown_scenario, month_reading)}"
            counting_note = "Complete 155 mm rounds a year; line: the median of our runs; shaded: the likely range; below: what limits output, as shares of runs."
            spec = _draw_compared(model, shown_scenario, colour)
            show_picture(
                model,
                build_page_picture(model, f"compare_{letter}", finding, spec, counting_note),
                f"compare_{letter}",
                f"**{escape_markdown(title)}**",
            )
            if name:
                _show_pin_buttons(position, name, shown_scenario)
        compared_rows.append(_build_compared_row(model, title, shown_scenario, month_reading))
    st.dataframe(
        print_minus(pd.DataFrame(compared_rows), dict.fromkeys(_ROUNDS_COLUMNS, ",.0f")),
        hide_index=True,
        key="compared",
    )
    st.caption(
        f"Rates in {say_month(month)}: the median of our runs and the likely range (8 of 10 runs). The change is taken run by run. "
        "Limited by: the stage that limits most runs, by our assumptions, and in how many."
    )


def _show_pin_buttons(position: int, name: str, scenario: Scenario) -> None:
    key = f"pin_name_{position}_{name}"
    st.text_input(
        "Name",
        name,
        key=key,
        max_chars=40,
        on_change=rename_pin,
        args=(position, key),
        label_visibility="collapsed",
    )
    use_column, drop_column = st.columns(2)
    use_column.button(
        "Use", key=f"use_{position}", on_click=use_scenario, args=(scenario,), width="stretch"
    )
    drop_column.button(
        "Remove", key=f"drop_{position}", on_click=unpin_scenario, args=(position,), width="stretch"
    )


def _build_compared_row(
    model: Model, title: str, scenario: Scenario, month_reading: Reading
) -> dict[str, object]:
    stage_labels = name_stages(model.record)
    odds_rows = compute_target_odds(model, scenario, month_reading.month)
    million_odds = odds_rows.set_index("target_id")["odds"].get("million")
    return {
        "scenario": title,
        "rounds a year": round_rounds(month_reading.rounds),
        "likely from": round_rounds(month_reading.p10),
        "likely to": round_rounds(month_reading.p90),
        "change": round_rounds(month_reading.rounds - month_reading.baseline),
        "change from": round_rounds(month_reading.change_p10),
        "change to": round_rounds(month_reading.change_p90),
        "limited by": f"{stage_labels[month_reading.bottleneck]} ({say_percent(month_reading.shares.get(month_reading.bottleneck, 0))})",
        "odds of 1 million": say_chance(million_odds) if million_odds is not None else "",
    }
