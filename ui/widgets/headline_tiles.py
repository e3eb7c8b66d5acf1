"""The headline numbers of the Overview, each with the way to whoever says so."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ramp155.answers.counts import count_openings
from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.gap.estimates import list_estimates
from ramp155.answers.gap.ratios import compute_gap
from ramp155.answers.output.fit_report import report_fit
from ramp155.answers.output.reading import read_outlook
from ramp155.history.openings import OPENED_SINCE, find_openings
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import DEFAULT_MONTH
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.gap.sources import list_said_ratios
from ramp155.pictures.view import View
from ramp155.text.explain.catalogue import explain
from ramp155.text.gap.counting import say_counting
from ramp155.text.gap.ratio import NEWS_MONTH, write_counting_range, write_parity
from ramp155.text.numbers import say_percent, say_rounds, say_rounds_range
from ramp155.text.stages import name_stages
from ui.link.levers import current_scenario
from ui.markup import escape_markdown, escape_sentence
from ui.widgets.citations.lists import cite_assumptions, cite_claims, find_model_assumptions
from ui.widgets.citations.sources import link_source, show_source_button
from ui.widgets.explain.panel import show_explain
from ui.widgets.lookups import find_row, list_rows, name_countries


def show_headline_tiles(model: Model) -> None:
    """Five tiles in a row."""
    openings = find_openings(model.record, OPENED_SINCE)
    fit_rows = {fit_row["target_id"]: fit_row for fit_row in list_rows(report_fit(model))}
    stage_labels = {
        stage: escape_markdown(name) for stage, name in name_stages(model.record).items()
    }
    columns = st.columns([1.05, 1, 1, 1.25, 1.15])
    with columns[0]:
        openings_155 = count_openings(model.record, "openings for 155 mm")
        _show_tile(
            model,
            View(),
            "openings",
            "Lines opened since Nov 2023",
            f"{count_openings(model.record).number} ({openings_155.number} for 155 mm)",
            "Which?",
            _list_openings(model, openings),
            "t_open",
        )
    with columns[1]:
        _show_tile(
            model,
            View(),
            "capacity_2025",
            "Capacity, end of 2025 (model)",
            _write_span(fit_rows["nameplate-2025"]),
            "Says who",
            _write_reports(model, "nameplate-2025"),
            "t_np",
        )
    with columns[2]:
        _show_tile(
            model,
            View(),
            "output_2025",
            "Complete rounds, 2025 (model)",
            _write_span(fit_rows["output-2025"]),
            "Says who",
            _write_reports(model, "output-2025"),
            "t_out",
        )
    with columns[3]:
        limiting_shares = read_outlook(model, Scenario(), DEFAULT_MONTH).shares
        stage, share = next(iter(limiting_shares.items()))
        source_list = "\n".join(
            f"- {stage_labels[limiting_stage]}: {say_percent(run_share)} of {model.draws} runs"
            for limiting_stage, run_share in limiting_shares.items()
        )
        assumption_ids = find_model_assumptions(
            model, "nitrocellulose", "propellant", "explosive", "energetics", "asap"
        )
        tile_text = (
            f"What limits output in December 2027, by our assumptions, and in how many runs:\n{source_list}\n\n"
            + cite_assumptions(model, assumption_ids)
        )
        _show_tile(
            model,
            View(),
            "limit",
            "Limit at 100 %, end of 2027 (assumed)",
            f"{stage_labels[stage]} ({say_percent(share)})",
            "How sure?",
            tile_text,
            "t_bind",
        )
    with columns[4]:
        scenario = current_scenario()
        compared = compute_gap(model, scenario, Comparison())
        estimate_label = escape_markdown(
            list_estimates(model.record, "RU")[compared.comparison.russia]
        )
        ratio_then = compared.at(NEWS_MONTH)
        claim_ids = list_said_ratios(model)["claim_id"]
        tile_text = (
            f"Russia's rounds for each of NATO's in June 2025, going by {estimate_label}: {ratio_then['p50']:.1f} "
            f"({say_counting(compared.comparison)}).\n\n{escape_sentence(write_parity(compared))}\n\n"
            f"{escape_sentence(write_counting_range(model, scenario, compared.comparison))} Other figures are on the "
            f"[Gap page](gap).\n\n{cite_claims(model, claim_ids)}"
        )
        _show_tile(
            model,
            View(scenario),
            "ratio_tile",
            "Russia : NATO, mid-2025",
            f"{ratio_then['p10']:.1f} to {ratio_then['p90']:.1f} times",
            "Says who",
            tile_text,
            "t_ru",
        )


def _list_openings(model: Model, openings: pd.DataFrame) -> str:
    """Each opening with its maker, town and source; apart those that the number leaves out, and why."""
    country_names = name_countries(model.record)
    text_lines: list[str] = []
    lines_aside: list[str] = []
    for opening in list_rows(openings):
        town = opening["town"] or "town not published"
        text_line = (
            f"- **{escape_markdown(opening['operator'])}**, {escape_markdown(town)}, "
            f"{escape_markdown(country_names[opening['country']])}: {escape_markdown(opening['title'])}, "
            f"{opening['event'].replace('_', ' ')} {opening['date']}"
            f"{'' if opening['for_155'] == 'yes' else ' (not for 155 mm, or not said to be)'}"
            f"{' (one report)' if opening['one_report'] else ''}. {link_source(model, opening['source_id'])}"
        )
        (text_lines if opening["counted"] else lines_aside).append(text_line)
    counted_list = "\n".join(text_lines)
    if not lines_aside:
        return counted_list
    aside_list = "\n".join(lines_aside)
    return (
        f"{counted_list}\n\n**Not counted**: outside the counted countries, or on one report of confidence C"
        f"\n\n{aside_list}"
    )


def _show_tile(
    model: Model,
    view: View,
    name: str,
    label: str,
    value: str,
    button_label: str,
    tile_text: str,
    key: str,
) -> None:
    """One headline number with the ways to whoever says so and to its explanation `name`."""
    with st.container(gap=None):
        st.metric(label, value)
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            show_source_button(button_label, tile_text, key)
            show_explain(model, name, key, lambda: explain(name, model, view))


def _write_span(fit_row: dict[str, Any]) -> str:
    """The likely range of a total, as in a row of `report_fit`."""
    return say_rounds_range(fit_row["p10"], fit_row["p90"])


def _write_reports(model: Model, target_id: str) -> str:
    """The reports of a total, in words."""
    target_row = find_row(model.record.calibration, "target_id", target_id)
    model_text = (
        f"The likely range: 8 of 10 of our {model.draws} runs lie in it. Reports run from "
        f"{say_rounds(target_row['low'])} to {say_rounds(target_row['high'])}; none says just this.\n\n"
    )
    return f"{model_text}{escape_markdown(target_row['reasoning'])}\n\n" + cite_claims(
        model, target_row["claim_ids"].split()
    )
