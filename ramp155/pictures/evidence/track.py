"""How good forecasts were: shares inside their ranges by whose figures they are, and every forecast with what came."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.answers.track.forecasts import list_track
from ramp155.answers.track.groups import GROUPS, name_groups, name_series
from ramp155.answers.track.score import Share, score_groups
from ramp155.model.model import Model
from ramp155.pictures.builder import build_native_chart, draw_nothing, remember_picture
from ramp155.pictures.grammar.labels import draw_free_words
from ramp155.pictures.grammar.rounds import MILLIONS, build_rounds_tip
from ramp155.pictures.grammar.signs import draw_sign
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import (
    BASELINE,
    EUROPE,
    GOOD,
    INK,
    MISS,
    NAMEPLATE,
    NOTE_SIZE,
    QUIET,
)
from ramp155.pictures.picture import Picture
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View
from ramp155.record.grades import name_source
from ramp155.text.evidence.track import write_track_title
from ramp155.text.headlines.plants import write_track_headline
from ramp155.text.numbers import say_short_month
from ramp155.text.signs import FAILS, HOLDS

# In words: the letters of posters have neither a tick nor a cross.
TRACK_KEY = "Bars: where the figure was to fall, in 8 of 10 cases and (darker) in half of them; a tick: what came lay inside, a cross: outside"
_ROW_HEIGHT = 9  # pixels of a forecast among many
_NOTE_PLACE = 1.03  # where counts stand, right of the shares
_FARTHEST = 8.0  # times the forecast's middle: what lies beyond is drawn at the edge
_TIP = [
    alt.Tooltip("series_name:N", title="Of whom"),
    alt.Tooltip("cutoff:N", title="Forecast with what was known on"),
    alt.Tooltip("period:N", title="Speaks of"),
    alt.Tooltip("forecast:N", title="Likely range"),
    alt.Tooltip("came:N", title="What came"),
    alt.Tooltip("verdict:N", title="Result"),
    alt.Tooltip("who:N", title="Who says so"),
    alt.Tooltip("said_on:N", title="Said on"),
]


def list_track_marks(model: Model, forecasts: pd.DataFrame) -> pd.DataFrame:
    """Past forecasts of figures, ready to be drawn: in order of cut-off and month, with the words of their tooltips.

    Rows of `list_track` without bounds, and: middle (of the figure), series_name, period, forecast, came, verdict, who, place.
    """
    figures = forecasts[forecasts["bound"] == ""].sort_values(
        ["cutoff", "month", "claim_id"], kind="stable"
    )
    return figures.assign(
        middle=figures[["low", "high"]].mean(axis=1),
        series_name=[name_series(model.record, series) for series in figures["series"]],
        period=[_say_period(month) for month in figures["month"]],
        forecast=[
            f"{_say_amount(low)} to {_say_amount(high)}"
            for low, high in zip(figures["p10"], figures["p90"], strict=True)
        ],
        came=[
            _say_amount(low) if low == high else f"{_say_amount(low)} to {_say_amount(high)}"
            for low, high in zip(figures["low"], figures["high"], strict=True)
        ],
        verdict=["inside" if hit else "outside" for hit in figures["hit80"]],
        who=[
            "worked out from other figures" if is_derived else name_reporter(model, claim_id)
            for claim_id, is_derived in zip(figures["claim_id"], figures["derived"], strict=True)
        ],
        place=range(len(figures)),
    ).reset_index(drop=True)


def name_reporter(model: Model, report_id: str) -> str:
    """Who reported a figure: the source of its claim or event; blank where the record has neither."""
    source_id = find_report_source(model, report_id)
    return name_source(model.record, source_id) if source_id else ""


def find_report_source(model: Model, report_id: str) -> str:
    """The source of a claim or event; blank for what is neither."""
    for read in (model.record.claim, model.record.event):
        try:
            return read(report_id).source_id
        except KeyError:
            continue
    return ""


def _say_period(month: str) -> str:
    return say_short_month(month) if "-" in month else month


def _say_amount(amount: float) -> str:
    """An amount in three digits: 1.31 million, 640,000, 9.5."""
    if amount >= 999_500:
        return f"{amount / 1e6:.3g} million"
    return f"{float(f'{amount:.3g}'):,.10g}"


def draw_coverage(forecasts: pd.DataFrame, height: int) -> Spec:
    """The share of figures inside the ranges meant to hold 50 and 80 %, with what chance alone leaves open.

    Parameters
    ----------
    forecasts : DataFrame
        Rows of `list_track`.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    scores = score_groups(forecasts.assign(group=name_groups(forecasts)), "group")
    coverage_rows = [
        {
            "label": f"{label} ({scores[group].inside80.number})",
            "range": f"{level} %",
            "share": share.share,
            "low": share.low,
            "high": share.high,
            "said": f"{share.hits} of {share.number}",
        }
        for group, label in GROUPS.items()
        if group in scores and scores[group].inside80.number
        for level, share in ((80, scores[group].inside80), (50, scores[group].inside50))
    ]
    if not coverage_rows:
        return draw_nothing("No forecast of the past can be checked yet.")
    order = list(dict.fromkeys(str(row["label"]) for row in coverage_rows))
    base = chart_rows(coverage_rows)
    meant = chart_rows([{"share": 0.8}, {"share": 0.5}])
    x_axis = alt.X("share:Q", title="share of figures inside")
    x_axis = x_axis.scale(domain=[0, _NOTE_PLACE + 0.24], nice=False)
    x_axis = x_axis.axis(format=".0%", values=[0, 0.25, 0.5, 0.8, 1], grid=False, domain=False)
    y_axis = alt.Y("label:N", sort=order, title=None)
    y_axis = y_axis.axis(labelLimit=190, style="bare", labelOverlap=False, labelPadding=9)
    shift = alt.YOffset(
        "range:N", sort=["80 %", "50 %"], scale=alt.Scale(paddingInner=0.2, paddingOuter=0.45)
    )
    colour = alt.Color(
        "range:N", legend=None, scale=alt.Scale(domain=["80 %", "50 %"], range=[EUROPE, NAMEPLATE])
    )
    tip = [
        alt.Tooltip("label:N", title="Whose figures"),
        alt.Tooltip("range:N", title="Range meant to hold"),
        alt.Tooltip("said:N", title="Held"),
        alt.Tooltip("share:Q", title="Share", format=".0%"),
        alt.Tooltip("low:Q", title="by chance from", format=".0%"),
        alt.Tooltip("high:Q", title="to", format=".0%"),
    ]
    return join_layers(
        [
            meant.mark_rule(color=QUIET, strokeDash=[5, 4], strokeWidth=2).encode(x_axis),
            base.mark_rule(strokeWidth=3, opacity=0.55).encode(
                alt.X("low:Q"), alt.X2("high:Q"), y_axis, colour, yOffset=shift, tooltip=tip
            ),
            base.mark_tick(thickness=5, size=14).encode(
                x_axis, y_axis, colour, yOffset=shift, tooltip=tip
            ),
            base.mark_text(align="left", color=INK, fontSize=NOTE_SIZE).encode(
                alt.X(datum=_NOTE_PLACE), y_axis, text="said:N", yOffset=shift
            ),
        ],
        height,
    )


def draw_europe_track(marks: pd.DataFrame, height: int) -> Spec:
    """Every forecast of one of Europe's observables, by the day it was made, with the figure that came.

    Parameters
    ----------
    marks : DataFrame
        Rows of `list_track_marks` of one observable, rounds a year.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    track_rows = marks.assign(key=[f"{place:03d}" for place in range(len(marks))])
    starts = track_rows.drop_duplicates("cutoff").assign(
        known=[f"known {say_short_month(cutoff[:7])}" for cutoff in track_rows["cutoff"].unique()]
    )
    labels = " ".join(
        f"datum.label == '{key}' ? '{period}' :"
        for key, period in zip(track_rows["key"], track_rows["period"], strict=True)
    )
    x_axis = alt.X("key:N", title=None, sort=list(track_rows["key"]), scale=alt.Scale(type="band"))
    starts_at = alt.X("key:N", sort=list(track_rows["key"]), bandPosition=0)
    x_axis = x_axis.axis(
        labelExpr=f"{labels} ''", labelAngle=-90, labelOverlap="greedy", domain=False
    )
    top = float(track_rows[["p90", "high"]].max().max())
    scale = alt.Scale(domain=[0, top], nice=True)
    axis = alt.Axis(labelExpr=MILLIONS, tickCount=5, style="bare")
    base = chart_rows(track_rows)
    tip = [build_rounds_tip("p50", "Middle of the forecast"), *_TIP]
    colour = alt.condition("datum.hit80", alt.value(GOOD), alt.value(MISS))

    def place_y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", axis=axis, scale=scale, title=None)

    return join_layers(
        [
            chart_rows(starts).mark_rule(color=BASELINE, strokeDash=[2, 3]).encode(starts_at),
            base.mark_rule(strokeWidth=8, opacity=0.3, color=EUROPE).encode(
                x_axis, place_y("p10"), alt.Y2("p90:Q"), tooltip=tip
            ),
            base.mark_rule(strokeWidth=8, opacity=0.45, color=EUROPE).encode(
                x_axis, place_y("p25"), alt.Y2("p75:Q"), tooltip=tip
            ),
            base.mark_rule(strokeWidth=3).encode(
                x_axis, place_y("low"), alt.Y2("high:Q"), color=colour, tooltip=tip
            ),
            *_draw_verdicts(base, x_axis, place_y("middle"), tip),
            draw_free_words(
                chart_rows(starts),
                align="left",
                color=QUIET,
                fontSize=NOTE_SIZE,
                angle=90,
                dx=2,
                dy=-7,
            ).encode(starts_at, y=alt.value(0), text="known:N"),
        ],
        height,
    )


def _draw_verdicts(
    base: alt.Chart, x_axis: alt.X, y_axis: alt.Y, tip: list[alt.Tooltip]
) -> list[alt.Chart]:
    """A tick where the range held what came, a cross where it did not."""
    return [
        draw_sign(base.transform_filter(f"{negation}datum.hit80"), sign, 90, color=colour).encode(
            x_axis, y_axis, tooltip=tip
        )
        for negation, sign, colour in (("", HOLDS, GOOD), ("!", FAILS, MISS))
    ]


def draw_series_track(marks: pd.DataFrame) -> Spec:
    """Every forecast of every series as a bar, with what came as a multiple of the forecast's middle.

    Parameters
    ----------
    marks : DataFrame
        Rows of `list_track_marks`.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    track_rows = marks.sort_values(["series_name", "cutoff", "month"], kind="stable").reset_index(
        drop=True
    )
    track_rows = track_rows.assign(
        key=[f"{place:03d}" for place in range(len(track_rows))],
        **{
            name: (track_rows[column] / track_rows["p50"]).clip(1 / _FARTHEST, _FARTHEST)
            for name, column in (
                ("left", "p10"), ("inner_left", "p25"), ("inner_right", "p75"), ("right", "p90"), ("place", "middle"),
            )
        },
    )  # fmt: skip
    firsts = track_rows.drop_duplicates("series_name")
    labels = " ".join(
        f"datum.label == '{key}' ? '{name}' :"
        for key, name in zip(
            firsts["key"], firsts["series_name"].str.replace("'", "’"), strict=True
        )
    )
    y_axis = alt.Y("key:N", title=None, sort=list(track_rows["key"]))
    y_axis = y_axis.axis(
        values=list(firsts["key"]),
        labelExpr=f"{labels} ''",
        labelLimit=190,
        labelOverlap=False,
        style="bare",
    )
    ratios = [1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8]
    scale = alt.Scale(type="log", base=2, domain=[1 / _FARTHEST, _FARTHEST])
    axis = alt.Axis(
        values=ratios,
        grid=False,
        labelExpr="datum.value < 1 ? '1/' + 1 / datum.value : datum.value == 1 ? 'as forecast' : datum.value + ' x'",
    )

    def place_x(field: str) -> alt.X:
        return alt.X(
            f"{field}:Q", scale=scale, axis=axis, title="what came, over the middle of the forecast"
        )

    base = chart_rows(track_rows)
    verdicts = [
        draw_sign(base.transform_filter(f"{negation}datum.hit80"), sign, 44, color=colour).encode(
            place_x("place"), y_axis, tooltip=_TIP
        )
        for negation, sign, colour in (("", HOLDS, GOOD), ("!", FAILS, MISS))
    ]
    return join_layers(
        [
            chart_rows(firsts)
            .mark_rule(color=BASELINE, strokeDash=[2, 3], yOffset=-_ROW_HEIGHT / 2)
            .encode(y_axis),
            chart_rows([{"left": 1.0}])
            .mark_rule(color=QUIET, strokeWidth=2)
            .encode(place_x("left")),
            base.mark_rule(strokeWidth=5, opacity=0.3, color=EUROPE).encode(
                place_x("left"), alt.X2("right:Q"), y_axis, tooltip=_TIP
            ),
            base.mark_rule(strokeWidth=5, opacity=0.45, color=EUROPE).encode(
                place_x("inner_left"), alt.X2("inner_right:Q"), y_axis, tooltip=_TIP
            ),
            *verdicts,
        ],
        _ROW_HEIGHT * len(track_rows) + 60,
    )


@remember_picture
def build_track_picture(model: Model, view: View) -> Picture:
    """The share of later figures inside the ranges, by whose figures they are."""
    forecasts = list_track(model.record)
    scores = score_groups(forecasts.assign(group=name_groups(forecasts)), "group")
    groups = [group for group in GROUPS if group in scores and scores[group].inside80.number]
    return Picture(
        "track",
        finding=write_track_title(forecasts),
        headline=write_track_headline(forecasts),
        spec=draw_coverage(forecasts, 46 * max(len(groups), 1) + 60),
        source=write_source_line(
            model,
            "Figures reported later inside forecasts made with what was known before; in brackets how many.",
        ),
        key="Upper of each pair: inside the range meant to hold 80 %; lower: 50 %. Bars: what chance alone leaves open (90 %).",
        alt="Shares of figures inside the ranges meant to hold 80 and 50 %, by whose figures they are, with intervals",
        native=build_native_chart(
            "bar",
            [f"{GROUPS[group]} ({scores[group].inside80.number})" for group in groups],
            series={
                "Inside the range meant to hold 80 %": [scores[g].inside80.share for g in groups],
                "Inside the range meant to hold 50 %": [scores[g].inside50.share for g in groups],
            },
            colours=[EUROPE, NAMEPLATE],
            unit="share of figures; lines: what chance alone leaves open (90 %)",
            number="0%",
            spans={
                "Inside the range meant to hold 80 %": _list_spans(
                    [scores[g].inside80 for g in groups]
                ),
                "Inside the range meant to hold 50 %": _list_spans(
                    [scores[g].inside50 for g in groups]
                ),
            },
        ),
    )


def _list_spans(shares: list[Share]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    return tuple(share.low for share in shares), tuple(share.high for share in shares)
