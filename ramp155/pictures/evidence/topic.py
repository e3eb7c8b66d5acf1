"""Contradicting claims of one topic, one under the other: spec and picture."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.history.claims import list_claims, list_contested_claims, list_topics
from ramp155.model.model import Model
from ramp155.pictures.builder import (
    build_native_chart,
    build_range_row,
    build_sign_rows,
    draw_nothing,
    remember_picture,
)
from ramp155.pictures.evidence.figures import (
    build_counts_colour,
    list_claim_figures,
    write_claim_figure,
)
from ramp155.pictures.grammar.claims import FIGURE_CLAIM_TIP, describe_ledger_rows
from ramp155.pictures.grammar.labels import BROKEN_NAMES, break_name, put_below_where_narrow
from ramp155.pictures.grammar.rounds import MILLIONS
from ramp155.pictures.grammar.signs import draw_signs, list_signs
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import BASELINE, EUROPE, LABEL_SIZE, QUIET
from ramp155.pictures.picture import MarkRow, Picture
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View
from ramp155.record.grades import mark_outlet
from ramp155.text.citations import write_claims_title
from ramp155.text.headlines.plants import write_topic_headline
from ramp155.text.numbers import say_short_date
from ramp155.text.signs import write_key
from ramp155.text.speakers import find_speaker

UNIT_WORDS = {"rounds/yr": "rounds a year", "t/yr": "tonnes a year"}


def _cut_name(name: str, most: int = 44) -> str:
    """A name cut to a count of letters."""
    return name if len(name) <= most else name[: most - 1].rstrip(" (") + "…"


def _name_speaker(basis: str, publisher: str, state: str) -> str:
    """Who is quoted, else the publisher, cut to fit beside the chart; a state outlet is marked."""
    name = find_speaker(basis) or publisher
    return f"{_cut_name(name)} {mark_outlet(state)}" if state else _cut_name(name)


def draw_topic(rows: pd.DataFrame) -> Spec | None:
    """Contradicting claims one under the other: figure and range, who said it when; None without a figure.

    `rows` as `list_contested_claims` gives them; only those in the commonest unit are drawn.
    """
    figures = list_claim_figures(rows)
    if figures.empty:
        return None
    unit = figures["value_unit"].mode()[0]
    figures = figures[figures["value_unit"] == unit]
    figures["text"] = [
        write_claim_figure(left, right, unit, bound) + (" · promised" if kind == "promise" else "")
        for left, right, bound, kind in zip(
            figures["left"], figures["right"], figures["bound"], figures["kind"], strict=True
        )
    ]
    figures["label"] = [
        break_name(f"{_name_speaker(basis, publisher, state)}, {say_short_date(reported_on)}")
        for basis, publisher, state, reported_on in zip(
            figures["basis"],
            figures["publisher"],
            figures["state"],
            figures["reported_on"],
            strict=True,
        )
    ]
    base = chart_rows(figures)
    y_axis = alt.Y("claim_id:N", sort=list(figures["claim_id"]), title=None)
    label_lookup = (
        "{"
        + ",".join(
            f"{c!r}: {n!r}" for c, n in zip(figures["claim_id"], figures["label"], strict=True)
        )
        + "}"
    )
    y_axis = y_axis.axis(
        **BROKEN_NAMES
        | {
            "labelExpr": f"split({label_lookup}[datum.value], '\\n')",
            "labelBaseline": {
                "condition": {
                    "test": f"indexof({label_lookup}[datum.value], '\\n') >= 0",
                    "value": "bottom",
                },
                "value": "middle",
            },
        },
        labelLimit=230,  # the longest at 12 px, on a phone too
        style="bare",
    )
    top = float(figures["right"].max()) * 1.7
    x_axis = alt.X("left:Q", title=None if unit == "rounds/yr" else unit)
    x_axis = x_axis.scale(domain=[min(0.0, float(figures["left"].min())), top], nice=False)
    expression = MILLIONS if unit == "rounds/yr" and top > 300_000 else "format(datum.value, '~s')"
    x_axis = x_axis.axis(labelExpr=expression, tickCount=6, style="bare")
    return join_layers(
        [
            base.mark_rule(strokeWidth=6, strokeCap="round").encode(
                x_axis, alt.X2("right:Q"), y_axis, build_counts_colour(), tooltip=FIGURE_CLAIM_TIP
            ),
            *draw_signs(
                base,
                list_signs(figures["sign"]),
                alt.X("middle:Q"),
                y_axis,
                build_counts_colour(),
                FIGURE_CLAIM_TIP,
                size=110,
            ),
            base.mark_text(
                **put_below_where_narrow("right", 175, 300, 11), fontSize=LABEL_SIZE, color=QUIET
            ).encode(alt.X("right:Q"), y_axis, text="text:N"),
        ],
        alt.Step(38),
    )


@remember_picture
def build_topic_picture(model: Model, view: View) -> Picture:
    """Claims of one contested topic that do not agree."""
    claims = list_contested_claims(list_claims(model.record), view.topic)
    figures = claims.dropna(subset=["value_low", "value_high"], how="all")
    unit = str(figures["value_unit"].mode()[0]) if len(figures) else ""
    # As on the page: those in the commonest unit, lowest first.
    figures = figures[figures["value_unit"] == unit]
    figures = figures.loc[
        figures[["value_low", "value_high"]].mean(axis=1).sort_values(kind="stable").index
    ]
    described = describe_ledger_rows(figures)
    names = [
        f"{who}, {say_short_date(day.removeprefix('undated'))} ({kind})"
        for who, day, kind in zip(
            described["who"], described["said_on"], described["kind"], strict=True
        )
    ]
    return Picture(
        "topic",
        finding=write_claims_title(model.record, view.topic),
        headline=write_topic_headline(list_topics(model.record)[view.topic], len(claims)),
        spec=draw_topic(claims) or draw_nothing(),
        source=write_source_line(
            model, "Each figure as its source counts it.", list(claims["source_id"])
        ),
        key=f"Marks: {write_key(list_signs(described['sign']))}.",
        alt=f"{len(claims)} claims, lowest first",
        native=build_native_chart(
            "rows",
            names,
            series={},
            colours=[],
            unit=UNIT_WORDS.get(unit, unit),
            rows=_list_topic_marks(described) if len(described) else (),
        ),
    )


def _list_topic_marks(described: pd.DataFrame) -> tuple[MarkRow, ...]:
    """The range of each claim as a bar, and its middle as what it is: reported, estimated or promised."""
    sides = described[["value_low", "value_high"]]
    marks = described.assign(
        across=sides.mean(axis=1),
        up=[float(len(described) - place) for place in range(len(described))],
    )
    ranges = build_range_row(
        "Range (2)",
        list(sides.min(axis=1)),
        list(sides.max(axis=1)),
        list(marks["up"]),
        BASELINE,
        4,
    )
    return (ranges, *build_sign_rows(marks, EUROPE))
