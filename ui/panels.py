"""What stands under the instrument on What-if, one panel at a time: only the one that is open is made."""

from __future__ import annotations

import dataclasses
import math
from functools import lru_cache

import pandas as pd
import streamlit as st

from ramp155 import (
    Records,
    Scenario,
    charts,
    ensemble,
    goal,
    outlook,
    screens,
    sensitivity,
    words,
)
from ui import assumptions, cite, figure, state

_LABELS = {
    "goal": "What would it take?",
    "compare": "Compare",
    "sensitivity": "What matters most?",
    "assumptions": "Assumptions",
    "causes": "What changed it?",
    "pinned": "How much is on record?",
}


def show(records: Records) -> None:
    """The switch between panels, and the one that is chosen."""
    scenario, month = state.current(), st.session_state["month"]
    if st.session_state["panel"] not in _LABELS:
        st.session_state["panel"] = state.PANELS[0]
    st.segmented_control(
        "Look closer",
        state.PANELS,
        format_func=_LABELS.get,
        key="panel",
        required=True,
        label_visibility="collapsed",
    )
    _DRAWN[st.session_state["panel"]](records, scenario, month)


def _goal(records: Records, scenario: Scenario, month: str) -> None:
    labels = dict(zip(records.targets["target_id"], records.targets["label"], strict=True))
    rates = dict(zip(records.targets["target_id"], records.targets["rounds_per_year"], strict=True))
    left, right = st.columns([1, 1.35], gap="large")
    with left:
        what, when = st.columns(2)
        with what:
            chosen = st.selectbox(
                "Target",
                [*labels, "own"],
                index=list(labels).index("million"),
                format_func=lambda t: labels.get(t, "A number of my own"),
                key="goal_target",
            )
        with when:
            by = st.selectbox(
                "In the month",
                state.RESPONSE_MONTHS,
                index=state.RESPONSE_MONTHS.index(month),
                format_func=words.month_name,
                key="goal_month",
            )
        if chosen == "own":
            target = st.number_input(
                "Rounds a year", 10_000, 10_000_000, 1_500_000, step=50_000, key="goal_own"
            )
        else:
            target = rates[chosen]
        base = dataclasses.replace(scenario, nitrocellulose=1.0)
        found = goal.seek(records, base, float(target), by, state.DRAWS)
        st.markdown("\n\n".join(map(cite.sentence, words.goal(records, found))))
        if found.nitrocellulose is not None:
            percent = math.ceil(found.nitrocellulose * 100 - 1e-6)  # no less than it takes
            st.button(
                f"Set the slider to {percent} %",
                on_click=_set_supply,
                args=(percent,),
                key="goal_set",
            )
    with right:
        figure.show(records, screens.odds_by_supply(records, base, float(target), by), "goal_odds")


# Making a chart takes longer than making what it shows: specs are kept for the next visitor.


@lru_cache(maxsize=64)
def _compared_spec(records: Records, what: Scenario, colour: str) -> charts.Spec:
    path = outlook.run(records, what, draws=state.DRAWS).path
    return charts.compare_chart(path, colour, words.labels(records), 170)


@lru_cache(maxsize=64)
def _causes_of(
    records: Records, scenario: Scenario, month: str, before: float | None
) -> tuple[str, charts.Spec]:
    found = sensitivity.attribute(records, scenario, month, before)
    parts = [("levers", found.levers), ("your assumptions", found.assumptions)]
    if before is not None:
        parts.insert(0, ("newer record or model", found.record))
    return words.attribution(found, month), charts.causes_chart(parts, found.before, 230)


def _set_supply(percent: int) -> None:
    st.session_state["nc"] = percent


def _compare(records: Records, scenario: Scenario, month: str) -> None:
    pins = state.pins()
    if not pins:
        st.info(
            "Nothing is pinned yet. Set the levers, press **Pin for comparison** at the side, then move on: "
            "pinned scenarios stay in the chart and in the link."
        )
        return
    shown = [("Now", "", charts.EUROPE, scenario)]
    shown = [(p.letter, p.name, p.colour, p.scenario) for p in pins] + shown
    rows = []
    columns = st.columns(len(shown), gap="small")
    for place, (letter, name, colour, what) in enumerate(shown):
        at = outlook.read(records, what, month, state.DRAWS)
        title = f"{letter}: {name}" if name else f"{letter}: {words.name(records, what)}"
        with columns[place]:
            finding = f"{title}: {words.finding(records, what, at)}"
            counted = "Complete 155 mm rounds a year; shaded: 8 in 10 sets of assumptions; below: what holds output back."
            spec = _compared_spec(records, what, colour)
            figure.show(
                records,
                figure.of(records, f"compare_{letter}", finding, spec, counted),
                f"compare_{letter}",
                f"**{cite.escape(title)}**",
            )
            if name:
                _pin_buttons(place, name, what)
        rows.append(_compared(records, title, what, at))
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        key="compared",
        column_config={
            name: st.column_config.NumberColumn(name, format="%,.0f")
            for name in (
                "rounds a year",
                "P10",
                "P90",
                "change, middle",
                "change P10",
                "change P90",
            )
        },
    )
    st.caption(
        f"Read off in {words.month_name(month)}, middle case. P10 to P90: eight in ten sets of assumptions. The change against "
        "the baseline is taken draw by draw, so its band is not the difference of two bands. In brackets: the "
        "share of draws that name the same stage. Last: the odds of a million complete rounds a year."
    )


def _pin_buttons(place: int, name: str, what: Scenario) -> None:
    key = f"pin_name_{place}_{name}"
    st.text_input(
        "Name",
        name,
        key=key,
        max_chars=40,
        on_change=state.rename_pin,
        args=(place, key),
        label_visibility="collapsed",
    )
    use, drop = st.columns(2)
    use.button("Use", key=f"use_{place}", on_click=state.apply, args=(what,), width="stretch")
    drop.button("Remove", key=f"drop_{place}", on_click=state.unpin, args=(place,), width="stretch")


def _compared(
    records: Records, title: str, what: Scenario, at: outlook.Reading
) -> dict[str, object]:
    names = words.labels(records)
    odds = outlook.odds(records, what, state.DRAWS, at.month)
    million = odds.set_index("target_id")["odds"].get("million")
    return {
        "scenario": title,
        "rounds a year": round(at.rounds, -3),
        "P10": round(at.p10, -3),
        "P90": round(at.p90, -3),
        "change, middle": round(at.rounds - at.baseline, -3),
        "change P10": round(at.change_p10, -3),
        "change P90": round(at.change_p90, -3),
        "held back by": f"{names[at.bottleneck]} ({words.percent(at.shares.get(at.bottleneck, 0))})",
        "odds of 1 million": words.in_hundred(million) if million is not None else "",
    }


def _sensitivity(records: Records, scenario: Scenario, month: str) -> None:
    told = words.tornado(sensitivity.tornado(records, scenario, month), month)
    left, right = st.columns([1.5, 1], gap="large")
    with left:
        figure.show(
            records,
            screens.build(records, "tornado", state.view()),
            "tornado",
            f"**{words.month_name(month)}, one coefficient at a time**",
        )
    with right:
        st.markdown(cite.sentence(told))
        st.caption(
            "One coefficient at a time goes from its low to its high end, all others at their middle value; "
            "totals of one stage move together. Coefficients act on each other, which this cannot show:"
        )
        asked = (scenario, month)
        st.button(
            "Share out the spread (Sobol indices, a few seconds)",
            key="sobol",
            on_click=st.session_state.update,
            kwargs={"sobol_of": asked},
        )
        if st.session_state.get("sobol_of") == asked:
            shares = sensitivity.of_output(records, scenario, month)
            st.markdown(cite.sentence(words.sobol(shares)))
            st.dataframe(
                shares[["label", "first", "total", "total_error"]].head(8),
                hide_index=True,
                column_config={
                    "label": "coefficient",
                    "first": st.column_config.NumberColumn("alone", format="percent"),
                    "total": st.column_config.NumberColumn("with others", format="percent"),
                    "total_error": st.column_config.NumberColumn("±", format="percent"),
                },
            )
            st.caption(
                "Over the full ranges, before the fit to the reports (SALib; Saltelli's design)."
            )


def _causes(records: Records, scenario: Scenario, month: str) -> None:
    older = state.older()
    before = older.rounds if older and older.month == month else None
    told, spec = _causes_of(records, scenario, month, before)
    left, right = st.columns([1.2, 1], gap="large")
    with left:
        counted = "Complete 155 mm rounds a year, middle case; each cause has the mean of its turns (Shapley)."
        picture = figure.of(records, "causes", told, spec, counted)
        figure.show(records, picture, "causes", "**From the baseline to here**")
    with right:
        st.markdown(cite.sentence(told))
        if older and before is None:
            st.caption(
                f"The link was made with another record ({cite.escape(older.version)}) and said {older.month}: read that "
                "month off to see what the record changed."
            )
        st.caption(
            "Middle case. Levers and assumptions act on each other; each gets the mean of what it does alone "
            "and after the other, so the parts add up."
        )


def _pinned(records: Records, scenario: Scenario, month: str) -> None:
    left, right = st.columns([1.4, 1])
    with left:
        figure.show(records, screens.build(records, "pinned", state.view()), "pinned")
    right.markdown(
        "Published totals say more than the named lines add up to. The difference is an assumption, "
        "drawn as one; before its first reported rate a line counts in it. Nameplate in the charts above is the "
        "lesser of this and of shell bodies."
    )
    with right:
        ids = cite.model_assumptions(records, "total_projectile")
        cite.says_who("Says who", cite.assumptions(records, ids), "pinned_sources")


def _assumptions(records: Records, scenario: Scenario, month: str) -> None:
    fit = ensemble.draw(records, state.DRAWS, scenario.assume)
    assumptions.show(records, fit)


_DRAWN = {
    "goal": _goal,
    "compare": _compare,
    "sensitivity": _sensitivity,
    "assumptions": _assumptions,
    "causes": _causes,
    "pinned": _pinned,
}
