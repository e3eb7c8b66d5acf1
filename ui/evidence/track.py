"""The track record: how many later figures fell inside the ranges, how far forecasts missed beside simpler rules, every
past forecast with what came of it; and promised dates, tested likewise."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import streamlit as st

from ramp155.answers.track.archive import list_releases
from ramp155.answers.track.dates import list_past_dates
from ramp155.answers.track.forecasts import list_track
from ramp155.answers.track.groups import GROUPS, name_groups, name_series
from ramp155.answers.track.judged import judge_releases
from ramp155.answers.track.score import Score, score_forecasts, score_groups
from ramp155.model.forecast.track import learn_by
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.evidence.track import (
    TRACK_KEY,
    draw_europe_track,
    draw_series_track,
    find_report_source,
    list_track_marks,
)
from ramp155.record.grades import name_source
from ramp155.text.evidence.track import (
    say_cutoff,
    write_bounds,
    write_dates,
    write_growth_rule,
    write_misses,
    write_releases,
    write_share,
    write_track_reading,
    write_track_title,
)
from ramp155.text.numbers import round_rounds
from ui.link.view import current_view
from ui.markup import escape_sentence
from ui.widgets.citations.lists import cite_assumptions
from ui.widgets.citations.sources import find_addresses, show_source_button
from ui.widgets.explain.panel import show_explained
from ui.widgets.picture import build_page_picture, show_picture
from ui.widgets.signed import print_minus

_RULES = {
    "forecast": "Ours",
    "persistence": "No change",
    "line": "Line",
    "promises": "Promises",
}
_EUROPE_PICTURES = {
    "output": "Europe's output: what was forecast, and what came",
    "nameplate": "Europe's capacity, as officials count it: what was forecast, and what came",
}


def show_track(model: Model) -> None:
    """Coverage and average miss first; then by series and cut-off, every forecast, and promised dates."""
    with st.spinner("Forecasting anew, as of every half-year ..."):
        forecasts = list_track(model.record)
    st.markdown(f"## {escape_sentence(write_track_title(forecasts))}")
    st.markdown(escape_sentence(write_track_reading(forecasts)))
    if model.record.uploaded:
        st.caption(
            "Europe's forecasts are those of the published record; your rows are in all others."
        )
    picture_column, miss_column = st.columns([1.25, 1], gap="large")
    with picture_column:
        show_picture(
            model,
            build_picture(model, "track", current_view()),
            "track",
            "**Figures inside the ranges**, by whose figures they are",
        )
        st.caption(
            escape_sentence(
                "Upper of each pair: the range meant to hold 80 %; lower: 50 %. Bars: what chance alone leaves open (90 %)."
            )
        )
    with miss_column:
        _show_misses(model, forecasts)
    for observable, title in _EUROPE_PICTURES.items():
        _show_europe(model, forecasts, observable, title)
    st.caption(
        f"{TRACK_KEY}. Below each: the month the figure speaks of; above: up to when reports were known. "
        "A report that gives a range is judged by its middle."
    )
    _show_tables(model, forecasts)
    _show_series(model, forecasts)
    _show_list(model, forecasts)
    _show_releases(model)
    _show_dates(model)


def _show_misses(model: Model, forecasts: pd.DataFrame) -> None:
    """The average miss beside those of simpler rules."""
    show_explained(
        model,
        "**Average miss**, beside three simpler rules",
        "misses",
        "misses",
    )
    scores = score_groups(forecasts.assign(group=name_groups(forecasts)), "group")
    rows = {
        GROUPS[group]: {"forecast": score.crps, **score.rivals}
        for group in GROUPS
        if (score := scores.get(group)) and score.inside80.number
    }
    misses = pd.DataFrame.from_dict(rows, orient="index", columns=list(_RULES))
    # A plain table, whose names break into lines where there is little room.
    st.table(
        misses.map(lambda miss: "not tested" if math.isnan(miss) else f"{miss:.2f}").rename(
            columns=_RULES
        )
    )
    st.caption(
        "The average miss (CRPS): 0 is perfect, 0.1 about a tenth off. A wide range costs as well. "
        + escape_sentence(write_misses(forecasts))
    )


def _show_europe(model: Model, forecasts: pd.DataFrame, observable: str, title: str) -> None:
    is_own = (forecasts["kind"] == "europe") & (forecasts["observable"] == observable)
    marks = list_track_marks(model, forecasts[is_own])
    if marks.empty:
        return
    score = score_forecasts(forecasts[is_own])
    picture = build_page_picture(
        model,
        f"track_{observable}",
        f"{title}: {write_share(score.inside80)} inside",
        draw_europe_track(marks, 260),
        "Rounds a year; each forecast with what was known at the dashed line.",
        [find_report_source(model, claim_id) for claim_id in marks["claim_id"]],
        alt=f"{title}, one bar a forecast",
        sign_key=f"{TRACK_KEY}.",
    )
    show_picture(
        model,
        picture,
        f"track_{observable}",
        f"**{title}** ({score.inside80.hits} of {score.inside80.number} inside)",
    )
    if score.bounds.number:
        st.caption(write_bounds(score.bounds))


def _show_tables(model: Model, forecasts: pd.DataFrame) -> None:
    """Scores by cut-off and by series."""
    cutoff_column, series_column = st.columns(2, gap="large")
    with cutoff_column:
        st.markdown("**By the day whose knowledge was used**")
        scores = score_groups(forecasts, "cutoff")
        _show_scores({say_cutoff(cutoff): score for cutoff, score in scores.items()}, "by_cutoff")
    with series_column:
        st.markdown("**By series**")
        scores = score_groups(forecasts, "series")
        _show_scores(
            {name_series(model.record, series): score for series, score in scores.items()},
            "by_series",
        )
    st.caption(
        "After each share: what chance alone leaves open (Wilson), 9 times in 10. Figures of one series resemble each other, "
        "so the truth is less sure."
    )


def _show_scores(scores: dict[str, Score], key: str) -> None:
    rows = {
        name: {
            "inside80": write_share(score.inside80),
            "inside50": write_share(score.inside50),
            "miss": score.crps,
            "best": _find_best_rival(score),
        }
        for name, score in scores.items()
        if score.inside80.number
    }
    st.dataframe(
        pd.DataFrame.from_dict(rows, orient="index"),
        height=290,
        placeholder="",
        key=key,
        column_config={
            "_index": st.column_config.TextColumn(width=120),
            "inside80": st.column_config.TextColumn(
                "Inside 80 %", width=150, help="The range meant to hold 80 % of figures"
            ),
            "inside50": st.column_config.TextColumn(
                "Inside 50 %", width=150, help="The range meant to hold 50 % of figures"
            ),
            "miss": st.column_config.NumberColumn(
                "Miss", format="%.2f", help="Average miss", width=45
            ),
            "best": st.column_config.NumberColumn(
                "Best rule", format="%.2f", help="Average miss of the best simpler rule", width=70
            ),
        },
    )


def _find_best_rival(score: Score) -> float:
    run = [miss for miss in score.rivals.values() if not math.isnan(miss)]
    return min(run, default=math.nan)


def _show_series(model: Model, forecasts: pd.DataFrame) -> None:
    """Every forecast of other series, each beside what came of it."""
    others = list_track_marks(model, forecasts[forecasts["kind"] != "europe"])
    if others.empty:
        return
    finding = "Every forecast of other series, and what came"
    picture = build_page_picture(
        model,
        "track_series",
        finding,
        draw_series_track(others),
        "What came, over the middle of the forecast; one row a forecast.",
        [find_report_source(model, claim_id) for claim_id in others["claim_id"]],
        alt=f"{finding}, one row a forecast",
        sign_key=f"{TRACK_KEY}.",
    )
    show_picture(model, picture, "track_series", f"**{finding}**")
    growth_words = write_growth_rule(learn_by(model.record, model.record.end))
    st.caption(
        f"Within a series the earliest forecast stands first. {escape_sentence(growth_words)}"
    )
    coefficients = model.record.assumptions
    ids = coefficients.loc[coefficients["kind"] == "forecast", "assumption_id"].tolist()
    show_source_button("How it is done", cite_assumptions(model, ids), "track_method")


def _show_list(model: Model, forecasts: pd.DataFrame) -> None:
    """Every forecast as a row, with the report that came."""
    marks = list_track_marks(model, forecasts)
    source_ids = [find_report_source(model, claim_id) for claim_id in marks["claim_id"]]
    st.markdown(f"**All {len(marks)} forecasts of the past**, with who reported what came")
    shown = marks.assign(
        url=find_addresses(model, pd.Series(source_ids, dtype=str)),
        **{name: marks[name].map(round_rounds) for name in ("p10", "p50", "p90")},
        observable=marks["observable"].replace("nameplate", "capacity").str.replace("_", " "),
    )
    columns: dict[str, Any] = {
        "cutoff": st.column_config.TextColumn("Known on", pinned=True),
        "series_name": st.column_config.TextColumn("Of whom", width="medium"),
        "observable": "Counts",
        "period": "Speaks of",
        "p10": st.column_config.NumberColumn("From", format="%,.0f"),
        "p50": st.column_config.NumberColumn("Middle", format="%,.0f"),
        "p90": st.column_config.NumberColumn("To", format="%,.0f"),
        "came": "What came",
        "verdict": "Result",
        "crps": st.column_config.NumberColumn("Miss", format="%.2f"),
        "who": "Reported by",
        "said_on": "on",
        "url": st.column_config.LinkColumn("Source", display_text="open"),
    }
    st.dataframe(
        shown[list(columns)],
        hide_index=True,
        height=300,
        placeholder="",
        key="track_list",
        column_config=columns,
    )


def _show_releases(model: Model) -> None:
    """What became of the forecasts of earlier releases."""
    st.markdown("**Forecasts of earlier releases**")
    st.markdown(escape_sentence(write_releases(judge_releases(model.record), list_releases())))


def _show_dates(model: Model) -> None:
    dates = list_past_dates(model.record)
    dates = dates[dates["state"] != "not due yet"]
    st.markdown("### Promised dates, tested likewise")
    st.markdown(escape_sentence(write_dates(dates)))
    source_of_event = dict(
        zip(model.record.events["event_id"], model.record.events["source_id"], strict=True)
    )
    promise_sources = dates["event_id"].map(source_of_event)
    shown = dates.assign(
        line=dates["line_id"].map(model.record.full_lines["name"]),
        milestone=dates["milestone"].str.replace("_", " "),
        band=[
            f"{low:+.0f} to {high:+.0f}".replace("-", "−")
            for low, high in zip(dates["p10"], dates["p90"], strict=True)
        ],
        late=dates["late"].where(dates["state"].isin(["inside the band", "outside the band"])),
        state=dates["state"].str.replace("the band", "the range"),
        said=[name_source(model.record, source_id) for source_id in promise_sources],
        url=find_addresses(model, promise_sources),
        then=find_addresses(model, dates["came_event"].map(source_of_event)),
    )
    columns: dict[str, Any] = {
        "cutoff": "Known on",
        "line": st.column_config.TextColumn("Line", width=230),
        "milestone": "Milestone",
        "promised": "Promised for",
        "came": st.column_config.TextColumn("Came", width=90),
        "late": st.column_config.NumberColumn("Late, months"),
        "band": "Range",
        "state": st.column_config.TextColumn("Result", width=170),
        "said": "Promised by",
        "url": st.column_config.LinkColumn("Promise", display_text="open"),
        "then": st.column_config.LinkColumn("Latest word", display_text="open"),
    }
    st.dataframe(
        print_minus(shown[list(columns)], {"late": "+.0f"}),
        hide_index=True,
        height=250,
        placeholder="",
        key="past_dates",
        column_config=columns,
    )
