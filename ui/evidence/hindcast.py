"""The hindcast: what the model would have said at the end of 2022, 2023 and 2024, against what
came; and the growth rule, tested in the same way on every series of the record.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ramp155.model.forecast.track import learn_by, list_past_forecasts, score_rules
from ramp155.model.hindcast.hindcast import CUTOFFS, Hindcast, run_hindcast
from ramp155.model.model import Model
from ramp155.pictures.evidence.hindcast import (
    HINDCAST_KEY,
    draw_hindcast,
    list_hindcast_totals,
)
from ramp155.record.grades import name_source
from ramp155.text.evidence.growth_rule import (
    RULE_NAMES,
    write_growth_rule,
    write_scores,
    write_share,
    write_track_title,
)
from ramp155.text.evidence.hindcast import (
    HINDCAST_KINDS,
    write_hindcast_run,
    write_hindcast_title,
    write_hindcasts,
)
from ramp155.text.signs import CLAIM_SIGNS, write_key
from ui.markup import escape_sentence
from ui.widgets.citations.lists import cite_assumptions
from ui.widgets.citations.sources import find_addresses, show_source_button
from ui.widgets.lookups import list_rows
from ui.widgets.picture import build_page_picture, show_picture

_OBSERVABLE_NAMES = {"nameplate": "Capacity", "output": "Output"}


def show_hindcast(model: Model) -> None:
    """Three cut-offs side by side, capacity over output; hits and misses in words and as a table."""
    with st.spinner("Running the model as it would have been ..."):
        runs = [run_hindcast(model.record, cutoff) for cutoff in CUTOFFS]
    st.markdown(f"## {escape_sentence(write_hindcast_title(runs))}")
    for column, run in zip(st.columns(3, gap="medium"), runs, strict=True):
        with column:
            _show_cutoff(model, run)
    st.caption(
        "Rounds a year. Band: P10 to P90 of the model with what was known at the dashed line. "
        f"{write_key(CLAIM_SIGNS[:6])}: grey where known then, in colour where said later. "
        f"{HINDCAST_KEY.capitalize()}, which holds unless the whole band lies above it. Promises are not counted."
    )
    st.markdown(escape_sentence(write_hindcasts(runs)))
    hits_column, dates_column = st.columns([1, 2], gap="large")
    with hits_column:
        st.markdown("**Hits by cut-off and kind**")
        st.dataframe(_count_hits(runs), key="coverage")
        assumption_ids = ["hindcast_growth", "hindcast_report_error", "hindcast_slip"]
        show_source_button(
            "How it is done", _write_method(model, assumption_ids), "hindcast_method"
        )
    with dates_column:
        st.markdown("**Dates promised by then, and what came**")
        _show_dates(model, runs)
    _show_growth_rule(model)


def _show_growth_rule(model: Model) -> None:
    """The track record of the growth rule on every series, beside those of simpler rules."""
    forecasts = list_past_forecasts(model.record)
    scores = score_rules(forecasts)
    series_count = forecasts["series"].nunique()
    st.caption(f"The growth rule on {series_count} series")
    st.markdown(f"### {escape_sentence(write_track_title(forecasts))}")
    st.markdown(escape_sentence(write_growth_rule(learn_by(model.record, model.record.end))))
    score_rows = {
        RULE_NAMES[rule]: {
            "forecasts": score.number,
            "inside50": write_share(score.share50),
            "inside80": write_share(score.share80),
            "miss": score.crps,
        }
        for rule, score in scores.items()
    }
    st.dataframe(
        pd.DataFrame.from_dict(score_rows, orient="index"),
        key="growth_rule_scores",
        column_config={
            "forecasts": "Forecasts",
            "inside50": "Inside the 50 % band",
            "inside80": "Inside the 80 % band",
            "miss": st.column_config.NumberColumn("Average miss (CRPS)", format="%.2f"),
        },
    )
    st.markdown(escape_sentence(write_scores(forecasts)))
    st.caption(
        "A good 80 % band holds 80 % of the figures; in brackets what chance alone leaves open (90 % interval, Wilson). "
        "Average miss: how far figures lie from the forecast, on a log scale; a wide band costs, and 0 is perfect. "
        "All rules learn the width of their band in the same way. Figures of one series resemble each other, so the true "
        "uncertainty is larger. This rule is not yet the one behind Europe's line above."
    )
    show_source_button(
        "How it is done",
        cite_assumptions(model, _list_rule_coefficients(model)),
        "growth_rule_method",
    )


def _list_rule_coefficients(model: Model) -> list[str]:
    coefficients = model.record.assumptions
    return coefficients.loc[coefficients["kind"] == "forecast", "assumption_id"].tolist()


def _show_cutoff(model: Model, run: Hindcast) -> None:
    st.markdown(f"**Known at the end of {run.cutoff.year}**")
    coverage = run.count_hits()
    for observable, observable_name in _OBSERVABLE_NAMES.items():
        later_totals = run.totals[run.totals["observable"] == observable]
        hit_count, checked = coverage.loc[observable]
        hits_text = (
            f"{hit_count} of {checked} later figures inside"
            if checked
            else "no later figure to check"
        )
        spec = draw_hindcast(
            run.path[run.path["observable"] == observable],
            list_hindcast_totals(model, run.known[run.known["observable"] == observable]),
            list_hindcast_totals(model, later_totals),
            run.cutoff.isoformat(),
            165,
        )
        finding = (
            f"{observable_name} as forecast at the end of {run.cutoff.year}: {hits_text} the band"
        )
        counting_note = "Rounds a year with what was known at the dashed line."
        sign_key = f"Later reports in colour: {HINDCAST_KEY}."
        picture_name = f"hindcast_{run.cutoff.year}_{observable}"
        show_picture(
            model,
            build_page_picture(
                model, picture_name, finding, spec, counting_note, sign_key=sign_key
            ),
            picture_name,
            f":small[{observable_name}: {hits_text}]",
        )
    st.caption(escape_sentence(write_hindcast_run(run)))


def _count_hits(runs: list[Hindcast]) -> pd.DataFrame:
    hits_by_cutoff = {}
    for run in runs:
        coverage = run.count_hits()
        hits_by_cutoff[f"end of {run.cutoff.year}"] = [
            f"{kind_hits['hits']} of {kind_hits['of']}" if kind_hits["of"] else "nothing to check"
            for kind_hits in list_rows(coverage)
        ]
    kinds = runs[0].count_hits().index
    return pd.DataFrame(hits_by_cutoff, index=[HINDCAST_KINDS[kind] for kind in kinds])


def _write_method(model: Model, assumption_ids: list[str]) -> str:
    return (
        "The record is cut back to what was reported by the day: events, claims and slips. The totals the model is fitted "
        "to are those said by then; stages grow by an assumed range instead of by totals said later; promises of named "
        "lines are moved by delays as known then. Coefficients of the bill of materials stay today's.\n\n"
        + cite_assumptions(model, assumption_ids)
    )


def _show_dates(model: Model, runs: list[Hindcast]) -> None:
    promised_dates = pd.concat(
        [run.dates.assign(known=f"end of {run.cutoff.year}") for run in runs]
    )
    promised_dates = promised_dates[promised_dates["state"] != "not due yet"]
    source_of_event = dict(
        zip(model.record.events["event_id"], model.record.events["source_id"], strict=True)
    )
    promise_sources = promised_dates["event_id"].map(source_of_event)
    line_names = model.record.full_lines["name"]
    shown_rows = promised_dates.assign(
        line=promised_dates["line_id"].map(line_names),
        milestone=promised_dates["milestone"].str.replace("_", " "),
        band=[
            f"{low:+.0f} to {high:+.0f}"
            for low, high in zip(promised_dates["p10"], promised_dates["p90"], strict=True)
        ],
        late=promised_dates["late"].where(
            promised_dates["state"].isin(["inside the band", "outside the band"])
        ),
        said=[name_source(model.record, source_id) for source_id in promise_sources],
        url=find_addresses(model, promise_sources),
        then=find_addresses(model, promised_dates["came_event"].map(source_of_event)),
    )
    st.dataframe(
        shown_rows[
            [
                "known",
                "line",
                "milestone",
                "promised",
                "came",
                "late",
                "band",
                "state",
                "said",
                "url",
                "then",
            ]
        ],
        hide_index=True,
        height=250,
        placeholder="",
        key="hindcast_dates",
        column_config={
            "known": "Known",
            "line": st.column_config.TextColumn("Line", width="medium"),
            "milestone": "Milestone",
            "promised": "Promised for",
            "came": "Came",
            "late": st.column_config.NumberColumn("Late, months", format="%+d"),
            "band": "Band",
            "state": st.column_config.TextColumn("Result", width="medium"),
            "said": "Promised by",
            "url": st.column_config.LinkColumn("Promise", display_text="open"),
            "then": st.column_config.LinkColumn("Latest word", display_text="open"),
        },
    )
