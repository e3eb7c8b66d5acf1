"""How much of its capacity each stage uses: spec and picture."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.answers.stages.utilisation import compute_utilisation
from ramp155.model.model import Model
from ramp155.pictures.builder import build_native_chart, remember_picture
from ramp155.pictures.grammar.labels import colour_marks
from ramp155.pictures.grammar.rounds import build_rounds_tip
from ramp155.pictures.grammar.spec import Spec, chart_rows, finish_chart
from ramp155.pictures.palette import EDGE, EUROPE, QUIET, STAGE_COLOURS
from ramp155.pictures.picture import Picture
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View
from ramp155.text.headlines.output import write_stages_headline
from ramp155.text.output.capacity import write_utilisation
from ramp155.text.stages import name_stages


def draw_utilisation(stages: pd.DataFrame, labels: dict[str, str], height: int) -> Spec:
    """How much of its capacity each stage uses.

    Parameters
    ----------
    stages : DataFrame
        Columns stage, capacity and used (rounds a year), utilisation (share).
    labels : dict of str
        The name of each stage.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    labelled_stages = stages.assign(label=stages["stage"].map(labels)).sort_values("utilisation")
    labelled_stages = labelled_stages.assign(
        text=[f"{share:.0%}".replace("%", " %") for share in labelled_stages["utilisation"]]
    )
    base = chart_rows(labelled_stages)
    y_axis = alt.Y("label:N", sort=list(labelled_stages["label"])[::-1]).title(None)
    y_axis = y_axis.axis(labelLimit=200, labelOverlap=False, style="bare")
    x_axis = alt.X("utilisation:Q").title(None).scale(domain=[0, 1.25]).axis(None)
    colour = colour_marks("stage", STAGE_COLOURS)
    tip = [
        alt.Tooltip("label:N", title="Stage"),
        build_rounds_tip("capacity", "Capacity, rounds a year"),
        build_rounds_tip("used", "Used"),
        alt.Tooltip("utilisation:Q", format=".0%", title="Utilisation"),
    ]
    bars = base.mark_bar(height={"band": 0.65}, stroke=EDGE, strokeWidth=1).encode(
        x_axis, y_axis, colour, tooltip=tip
    )
    figures = base.mark_text(align="left", dx=4, style="name", color=QUIET).encode(
        x_axis, y_axis, text="text:N"
    )
    return finish_chart(alt.layer(bars, figures), height)


@remember_picture
def build_utilisation_picture(model: Model, view: View) -> Picture:
    """How much of its capacity each stage uses."""
    stage_use = compute_utilisation(model, view.scenario, view.month)
    labels = name_stages(model.record)
    ranked_stages = stage_use.stages.sort_values("utilisation")
    return Picture(
        "stages",
        finding=write_utilisation(model.record, view.scenario, stage_use, view.month)[0],
        headline=write_stages_headline(model.record, stage_use.stages, view.month),
        spec=draw_utilisation(stage_use.stages, labels, 240),
        source=write_source_line(
            model,
            "Share of each stage's capacity for 155 mm that is used, median of our runs.",
        ),
        alt="Bars, one a stage of the chain",
        native=build_native_chart(
            "bar",
            [labels[s] for s in ranked_stages["stage"]],
            series={"Share of capacity used": ranked_stages["utilisation"]},
            colours=[EUROPE],
            unit="share of capacity",
            number="0%",
        ),
    )
