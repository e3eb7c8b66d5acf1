"""The answer to the slider, shared by Overview and What-if: the finding as title, the path, and the
sources behind it.
"""

from __future__ import annotations

import dataclasses
from functools import partial

import streamlit as st

from ramp155.answers.output.fit_report import report_fit
from ramp155.answers.output.nitrocellulose import compute_rounds_per_tonne, estimate_baseline_tonnes
from ramp155.answers.output.odds import compute_target_odds
from ramp155.answers.output.reading import read_outlook
from ramp155.answers.targets import find_target_kind
from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import DEFAULT_MONTH
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.grammar.claims import CLAIM_TITLES
from ramp155.pictures.grammar.signs import list_signs
from ramp155.pictures.output.reports import list_european_reports
from ramp155.pictures.view import View
from ramp155.text.evidence.targets import write_kind_outcome
from ramp155.text.evidence.track import write_track_line
from ramp155.text.glossary.terms import find_term
from ramp155.text.numbers import say_month, say_rounds, say_rounds_range
from ramp155.text.output.goal import write_odds_line
from ramp155.text.output.reading import write_reading, write_readout, write_tonne_gain
from ramp155.text.output.title import write_output_title
from ramp155.text.output.unknowns import write_half_more
from ramp155.text.scenario import list_lever_warnings
from ramp155.text.signs import SIGN_OF, write_key
from ui.link import keys
from ui.link.levers import current_scenario
from ui.link.view import current_view
from ui.markup import escape_markdown, escape_sentence
from ui.widgets.citations.lists import (
    cite_assumptions,
    cite_claims,
    cite_topics,
    find_model_assumptions,
)
from ui.widgets.citations.sources import show_source_button
from ui.widgets.explain.panel import show_explain_row, show_term_row
from ui.widgets.levers.live_slider import show_live_slider
from ui.widgets.levers.sliders import show_supply_slider
from ui.widgets.lookups import list_rows
from ui.widgets.picture import offer_picture, show_picture

# The figures of the live slider that are explained below it, and those that What-if shows beside.
_EXPLAINED_FIGURES = ("headline", "rate", "range", "nameplate", "limit", "tonnes", "output")
_CONSEQUENCES = ("change", "odds", "tonne_gain", "loss", "response")
# Words of the chart and of the text under it.
_PATH_TERMS = ("likely-range", "published-figure", "capacity", "bottleneck", "baseline")
# What is contested about one firm's figures, and asked first by whoever knows them.
FIRM_TOPICS = ("rhm-world", "rhm-1500k")


def show_headline(model: Model, scenario: Scenario, month: str = DEFAULT_MONTH) -> None:
    """The finding as the page's title."""
    month_reading = read_outlook(model, scenario, month)
    st.markdown(f"## {escape_sentence(write_output_title(model.record, scenario, month_reading))}")


def show_answer(model: Model, month: str, height: int, key: str, full: bool) -> None:
    """The one slider over the chart that answers it; with `full` all that follows from it.

    Live, or with Streamlit's slider and charts where that is asked for.
    """
    _explain_supply()
    if not st.session_state["plain"]:
        show_live_slider(model, current_scenario(), month, height, f"{key}_live", full)
        return
    title = st.container()
    show_supply_slider()
    scenario = current_scenario()  # the slider's move is known only now
    if full:
        with title:
            show_headline(model, scenario, month)
    readout_text = escape_sentence(
        f"**{write_readout(scenario, read_outlook(model, scenario, month))}**"
    )
    show_picture(model, build_picture(model, "output", current_view()), key, readout_text, height)
    if full:
        _show_consequences(model, scenario, month)


def _explain_supply() -> None:
    """What the slider moves, in a line, and the way to its entry in the glossary."""
    term = find_term("nitrocellulose")
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="supply_term"):
        st.caption(escape_sentence(term.sentence), width="content")
        st.page_link(
            "../pages/glossary.py", label="What is it?", query_params={keys.TERM: term.key}
        )


def _show_consequences(model: Model, scenario: Scenario, month: str) -> None:
    """Response curve, odds and reading, as the live slider shows them."""
    month_reading = read_outlook(model, scenario, month)
    curve_column, odds_column = st.columns([1.25, 1], gap="medium")
    with curve_column:
        show_picture(model, build_picture(model, "response", current_view()), "response")
    with odds_column:
        rounds_by_supply = compute_rounds_per_tonne(model, scenario, month)
        st.markdown(
            escape_sentence(
                write_tonne_gain(
                    model.record,
                    month_reading,
                    rounds_by_supply[round(scenario.nitrocellulose * 100)],
                )
            )
        )
        st.markdown(f"**Odds in {say_month(month)}, complete rounds**")
        odds_rows = compute_target_odds(model, scenario, month)
        st.markdown(
            "\n".join(
                f"- {escape_sentence(write_odds_line(odds_row['label'], odds_row['odds'], odds_row['even_from']))}"
                for odds_row in list_rows(odds_rows)
            )
        )
    st.markdown(escape_sentence(write_reading(model.record, scenario, month_reading)))
    for warning in list_lever_warnings(model, scenario):
        st.warning(escape_sentence(warning))


def show_path_sources(model: Model, key: str) -> None:
    """One line under the path chart: what it counts, and the way to every source."""
    reports_column, targets_column, assumptions_column, path_column, curve_column = st.columns(
        [1, 1, 1.3, 1.3, 1.8], vertical_alignment="center"
    )
    with path_column:
        view_now = current_view()
        make_picture = partial(build_picture, model, "output", view_now)
        offer_picture(model, make_picture, f"{key}_output", "Save the chart")
    with curve_column:
        make_picture = partial(build_picture, model, "response", view_now)
        offer_picture(model, make_picture, f"{key}_response", "Save the curve")
    low, middle, high = (
        round(tonnes, -2) for tonnes in estimate_baseline_tonnes(model, DEFAULT_MONTH)
    )

    def read_view() -> View:
        view = current_view()
        return dataclasses.replace(view, month=DEFAULT_MONTH) if key == "overview" else view

    names = _EXPLAINED_FIGURES if key == "overview" else _EXPLAINED_FIGURES + _CONSEQUENCES
    show_explain_row(model, names, key, read_view)
    st.caption(
        "155 mm rounds with charge and fuze; European NATO and Switzerland. "
        "Shaded: the likely range, in which 8 of 10 runs lie. Marks, from reports that disagree: "
        f"{write_key(list_signs(list_european_reports(model)['sign']))}."
    )
    st.caption(
        f"**100 %** is the nitrocellulose we expect: about {middle:,.0f} t for 155 mm in {DEFAULT_MONTH[:4]}. Likely range: {low:,.0f} to "
        f"{high:,.0f} t. "
        f"{escape_sentence(write_half_more(model))}"
    )
    show_term_row(model, _PATH_TERMS, key)
    st.caption(escape_sentence(write_track_line(model.record)))
    show_firm_note(model, key)
    with reports_column:
        _show_reports(model, key)
    with targets_column:
        show_source_button("Targets", _cite_targets(model), f"{key}_targets", "Who set the targets")
    with assumptions_column:
        edits = dict(st.session_state["assume"])
        label = f"Assumptions ({len(edits)} yours)" if edits else "Assumptions"
        show_source_button(
            label,
            _cite_coefficients(model, tuple(edits.items())),
            f"{key}_assumptions",
            "Behind the curves",
        )


def show_firm_note(model: Model, key: str) -> None:
    """Why one firm names more rounds than all of Europe is said to make here, with every claim."""
    topics_text = cite_topics(model, *FIRM_TOPICS)
    if topics_text:
        show_source_button(
            "Why less than Rheinmetall alone?",
            topics_text,
            f"{key}_firm",
        )


def _show_reports(model: Model, key: str) -> None:
    """The claims behind the marks: as a table with what the marks say on hover, and in full."""
    totals = list_european_reports(model)
    with st.popover(
        "Reports",
        type="tertiary",
        key=f"{key}_reports",
        help="The claims behind the marks",
        width="content",
    ):
        st.dataframe(
            totals.assign(
                glyph=[SIGN_OF[sign].glyph for sign in totals["sign"]],
                rounds=totals["middle"].round(-3),
            )[["glyph", "rounds", *CLAIM_TITLES]],
            hide_index=True,
            height=260,
            placeholder="",
            key=f"{key}_report_table",
            column_config={
                "glyph": "Mark",
                "rounds": st.column_config.NumberColumn("Rounds a year", format="localized"),
                **CLAIM_TITLES,
            },
        )
        st.markdown(_cite_totals(model))


@remember
def _cite_totals(model: Model) -> str:
    """The published totals that runs are weighed by, each with its claims."""
    return "\n\n".join(
        f"**{total['observable'].capitalize()} {total['year']}**, reported as {total['low']:,.0f} to "
        f"{total['high']:,.0f}. {escape_markdown(total['reasoning'])}\n{cite_claims(model, total['claim_ids'].split())}"
        for total in list_rows(model.record.calibration)
    )


@remember
def _cite_targets(model: Model) -> str:
    """Every target, who set it, why it is drawn, and what came of others of its kind."""
    return "\n\n".join(
        f"**{escape_markdown(target['label'])}** ({target['rounds_per_year']:,.0f} a year). {escape_markdown(target['reasoning'])} "
        f"{escape_sentence(write_kind_outcome(model.record, find_target_kind(model.record, target['claim_ids'])))}\n"
        f"{cite_claims(model, target['claim_ids'].split())}"
        for target in list_rows(model.record.targets)
    )


@remember
def _cite_coefficients(model: Model, edits: tuple[tuple[str, float], ...]) -> str:
    """How the model goes with the reports, and every coefficient; `edits` are a user's own values."""
    text_lines = [
        "Every coefficient of the model, with its range. Runs count by how well they agree with what was "
        "published; how they compare:"
    ]
    for fit_row in list_rows(report_fit(model)):
        name = escape_markdown(fit_row["target_id"].replace("-", " "))
        reported = say_rounds_range(fit_row["reported_low"], fit_row["reported_high"])
        drawn_range = say_rounds_range(fit_row["p10"], fit_row["p90"])
        median = say_rounds(fit_row["p50"])
        text_lines.append(
            f"- {name}: reported {reported}, median of our runs {median} (likely range {drawn_range})"
        )
    text_lines += ["", cite_assumptions(model, find_model_assumptions(model), dict(edits))]
    return "\n".join(text_lines)
