"""The published European totals the model is fitted to, as rows and as marks over the output path."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.model.model import Model
from ramp155.pictures.grammar.claims import mark_claim
from ramp155.pictures.grammar.labels import colour_marks
from ramp155.pictures.grammar.rounds import build_rounds_tip
from ramp155.pictures.grammar.spec import chart_rows
from ramp155.pictures.output.axes import build_output_rounds_axis, build_output_years_axis
from ramp155.pictures.palette import EUROPE, LINE_WIDTH, NAMEPLATE


def list_european_reports(model: Model) -> pd.DataFrame:
    """The published European totals the model is fitted to, one row a claim.

    Columns: date, observable (nameplate or output), low, high, middle (rounds a year), bound (a
    single figure, a range, or "at most"), who, said_on, basis, claim_id.
    """
    calibration = model.record.calibration
    reports = []
    for observable, claim_ids in zip(
        calibration["observable"], calibration["claim_ids"], strict=True
    ):
        for claim_id in claim_ids.split():
            mark = mark_claim(model, model.record.claim(claim_id))
            if mark is None:
                raise ValueError(
                    f"{claim_id} is fitted to and names no rate of rounds or no period"
                )
            yearly = {name: mark[name] * 12 for name in ("low", "high", "middle")}
            reports.append({"observable": observable, **mark, **yearly})
    return pd.DataFrame(reports).drop_duplicates(["claim_id", "observable"])


def draw_reports(model: Model) -> list[alt.Chart]:
    """Published totals as ranges and marks over the path."""
    points = chart_rows(list_european_reports(model))
    colour = colour_marks("observable", {"nameplate": NAMEPLATE, "output": EUROPE})
    shape = alt.Shape(
        "observable:N", scale=alt.Scale(domain=["nameplate", "output"], range=["diamond", "circle"])
    )
    tooltip = [
        alt.Tooltip("observable:N", title="Report of"),
        alt.Tooltip("bound:N", title="Reads"),
        build_rounds_tip("middle", "Rounds a year"),
        alt.Tooltip("who:N", title="Who"),
        alt.Tooltip("said_on:N", title="Said on"),
        alt.Tooltip("basis:N", title="What"),
    ]
    ranges = points.mark_rule(strokeWidth=LINE_WIDTH).encode(
        build_output_years_axis(), build_output_rounds_axis("low"), alt.Y2("high"), color=colour
    )
    marks = points.mark_point(
        size=55, strokeWidth=LINE_WIDTH, fillOpacity=0.15, filled=False
    ).encode(
        build_output_years_axis(),
        build_output_rounds_axis("middle"),
        color=colour,
        shape=shape,
        tooltip=tooltip,
    )
    # Two colour scales share the picture with the strip: keep them apart.
    return [alt.layer(ranges, marks).resolve_scale(color="independent", shape="independent")]
