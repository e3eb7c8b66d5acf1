"""What came of public targets as a share of what was promised, by kind of speaker: rows, spec and
picture.
"""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.answers.targets import group_targets, list_targets
from ramp155.model.model import Model
from ramp155.pictures.builder import (
    build_native_chart,
    build_sign_rows,
    draw_nothing,
    remember_picture,
)
from ramp155.pictures.grammar.labels import colour_marks
from ramp155.pictures.grammar.signs import draw_signs, list_signs
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.palette import EUROPE, INK, QUIET, RUSSIA, US
from ramp155.pictures.picture import MarkRow, Picture
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View
from ramp155.record.grades import name_source
from ramp155.record.records import Records
from ramp155.record.schema.vocabulary import CLASSES, OUTCOMES, SPEAKER_KINDS
from ramp155.text.evidence.targets import write_targets_title
from ramp155.text.headlines.plants import write_targets_headline
from ramp155.text.numbers import say_percent
from ramp155.text.signs import choose_claim_sign, write_key

_KIND_COLOURS = {kind: EUROPE for kind in SPEAKER_KINDS} | {"us": US, "russia": RUSSIA}
_NEAR = 0.06  # shares closer than this are drawn one above the other


def list_target_marks(records: Records) -> pd.DataFrame:
    """Targets with numbers on both sides and a known outcome, ready to be drawn.

    Rows of `list_targets` with: sign (what kind of word the outcome is), label (kind of speaker, with how
    many were met of those known), level (place in its row, from the middle), and the words of the tooltip:
    promised, came_words, became, who, source_kind.
    """
    targets = list_targets(records)
    marks = targets[targets["ratio"].notna()].sort_values(["speaker_kind", "ratio"])
    labels = _label_kinds(records)
    sources = records.source_of
    return marks.assign(
        sign=[
            choose_claim_sign("", status, counts, "", "").name
            for status, counts in zip(marks["came_status"], marks["counts"], strict=True)
        ],
        label=marks["speaker_kind"].map(labels),
        level=_spread_levels(marks),
        promised=_say_amounts(marks, "target"),
        came_words=_say_amounts(marks, "came"),
        became=marks["outcome"].map(OUTCOMES),
        who=[
            name_source(records, source_id) if source_id else ""
            for source_id in marks["came_source"]
        ],
        source_kind=[
            CLASSES[sources[source_id]["class"]] if source_id else ""
            for source_id in marks["came_source"]
        ],
    ).reset_index(drop=True)


def _label_kinds(records: Records) -> dict[str, str]:
    """Every kind of speaker with how many of its targets were met on time, of those with a known outcome."""
    groups = group_targets(records)
    return {
        kind: f"{SPEAKER_KINDS[kind]} ({met} of {known})"
        for kind, met, known in zip(
            groups["speaker_kind"], groups["met"], groups["known"], strict=True
        )
    }


def _spread_levels(marks: pd.DataFrame) -> list[int]:
    """Places above and below the middle of a row, so that no mark hides another: 0, 1, -1, 2, -2 and so on."""
    bins = (marks["ratio"] / _NEAR).round()
    places = marks.groupby(["speaker_kind", bins]).cumcount()
    return [(place + 1) // 2 * (1 if place % 2 else -1) for place in places]


def _say_amounts(marks: pd.DataFrame, column: str) -> list[str]:
    return [
        f"{amount:,.0f} {unit}" for amount, unit in zip(marks[column], marks["unit"], strict=True)
    ]


def draw_targets(marks: pd.DataFrame, height: int) -> Spec:
    """Every target as a mark over the share that came, and the median of each kind of speaker.

    Parameters
    ----------
    marks : DataFrame
        One row a target, as `list_target_marks` gives them.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    medians = marks.groupby(["label", "speaker_kind"])["ratio"].median().reset_index()
    medians["text"] = [f"median {say_percent(ratio)}" for ratio in medians["ratio"]]
    order = [
        label
        for kind in SPEAKER_KINDS
        for label in medians.loc[medians["speaker_kind"] == kind, "label"]
    ]
    most = max(float(marks["ratio"].max()), 1.0) + 0.15
    x_axis = alt.X(
        "ratio:Q",
        title="share of what was promised",
        scale=alt.Scale(domain=[-0.04, most], nice=False),
        axis=alt.Axis(format=".0%", tickCount=8, grid=False, labelBound=True),
    )
    y_axis = alt.Y("label:N", sort=order, title=None)
    y_axis = y_axis.axis(labelLimit=260, style="bare", labelOverlap=False, labelPadding=9)
    tip = [
        alt.Tooltip("speaker:N", title="Who named it"),
        alt.Tooltip("what:N", title="What"),
        alt.Tooltip("said_on:N", title="Named on"),
        alt.Tooltip("promised:N", title="Target"),
        alt.Tooltip("due:N", title="Due"),
        alt.Tooltip("came_words:N", title="Came"),
        alt.Tooltip("ratio:Q", title="Share", format=".0%"),
        alt.Tooltip("became:N", title="What became of it"),
        alt.Tooltip("sign:N", title="Is"),
        alt.Tooltip("who:N", title="Who says so"),
        alt.Tooltip("came_on:N", title="Said on"),
        alt.Tooltip("source_kind:N", title="Kind of source"),
    ]
    promise = chart_rows([{"ratio": 1.0}])
    middle = chart_rows(medians)
    edge = float(marks["level"].abs().max()) + 1.5
    shift = alt.YOffset("level:Q", scale=alt.Scale(domain=[-edge, edge]))
    return join_layers(
        [
            promise.mark_rule(color=QUIET, strokeDash=[5, 4], strokeWidth=2).encode(x_axis),
            middle.mark_tick(color=INK, thickness=3, size=34).encode(
                x_axis, y_axis, tooltip=[alt.Tooltip("text:N", title="Middle one")]
            ),
            *[
                layer.encode(yOffset=shift)
                for layer in draw_signs(
                    chart_rows(marks),
                    list_signs(marks["sign"]),
                    x_axis,
                    y_axis,
                    colour_marks("speaker_kind", _KIND_COLOURS),
                    tip,
                    size=75,
                )
            ],
        ],
        height,
    )


@remember_picture
def build_targets_picture(model: Model, view: View) -> Picture:
    """What came of public targets as a share of what was promised, by kind of speaker."""
    marks = list_target_marks(model.record)
    signs = write_key(list_signs(marks["sign"]))
    labels = [
        label for label in _label_kinds(model.record).values() if label in set(marks["label"])
    ]
    height_of = {label: float(len(labels) - place) for place, label in enumerate(labels)}
    edge = float(marks["level"].abs().max()) + 1.5 if len(marks) else 1.0
    medians = marks.groupby("label")["ratio"].median()
    return Picture(
        "targets",
        finding=write_targets_title(model.record),
        headline=write_targets_headline(model.record),
        spec=draw_targets(marks, 330)
        if len(marks)
        else draw_nothing("No target on record has numbers on both sides."),
        source=write_source_line(
            model,
            "Targets said in public, with numbers on both sides; in brackets how many of all were met on time.",
            [source_id for source_id in marks["came_source"] if source_id],
        ),
        key=f"{signs}. Tick: the middle one." if signs else "",
        alt="Marks, one a target, over the share of the promise that came, by kind of speaker",
        native=build_native_chart(
            "rows",
            labels,
            series={},
            colours=[],
            unit="share of what was promised",
            number="0%",
            rows=(
                *build_sign_rows(
                    marks.assign(
                        across=marks["ratio"],
                        # Up to half a row above and below its middle.
                        up=marks["label"].map(height_of) - marks["level"] / edge * 0.45,
                    ),
                    EUROPE,
                ),
                MarkRow(
                    "The middle one",
                    tuple(float(medians[label]) for label in labels),
                    tuple(height_of.values()),
                    INK,
                ),
                MarkRow(
                    "All that was promised",
                    (1.0, 1.0),
                    (0.4, len(labels) + 0.6),
                    QUIET,
                    width=2,
                    is_rule=True,
                ),
            ),
        ),
    )
