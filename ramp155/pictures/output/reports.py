"""The published European totals that runs are held against, as rows and as marks over the output path."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.pictures.grammar.claims import CLAIM_TIP, mark_claim
from ramp155.pictures.grammar.labels import colour_marks
from ramp155.pictures.grammar.rounds import build_rounds_tip
from ramp155.pictures.grammar.signs import draw_bounds, draw_signs, list_signs
from ramp155.pictures.grammar.spec import chart_rows
from ramp155.pictures.output.axes import build_output_rounds_axis, build_output_years_axis
from ramp155.pictures.palette import EUROPE, LINE_WIDTH, NAMEPLATE


@remember
def list_european_reports(model: Model) -> pd.DataFrame:
    """The published European totals beside the fit, reports, estimates and promises, one row a claim.

    Columns: observable (nameplate or output), low, high, middle (rounds a year), and the other keys
    of `mark_claim`.
    """
    calibration = model.record.calibration
    reports = []
    for observable, claim_ids in zip(
        calibration["observable"], calibration["claim_ids"], strict=True
    ):
        for claim_id in claim_ids.split():
            mark = mark_claim(model, model.record.claim(claim_id), observable)
            if mark is None:
                raise ValueError(
                    f"{claim_id} stands in the calibration and names no rate of rounds or no period"
                )
            yearly = {name: mark[name] * 12 for name in ("low", "high", "middle")}
            reports.append({"observable": observable, **mark, **yearly})
    return pd.DataFrame(reports).drop_duplicates(["claim_id", "observable"])


def draw_reports(model: Model, top: int) -> list[alt.Chart]:
    """Published totals over the path, each as what it is: reported, estimated or promised.

    Parameters
    ----------
    model : Model
        The record with its draws.
    top : int
        Upper end of the axis, rounds a year.

    Returns
    -------
    list of alt.Chart
        One layer.
    """
    totals = list_european_reports(model)
    points = chart_rows(totals)
    colour = colour_marks("observable", {"nameplate": NAMEPLATE, "output": EUROPE})
    x_axis, y_axis = build_output_years_axis(), build_output_rounds_axis("middle", top=top)
    ranges = points.mark_rule(strokeWidth=LINE_WIDTH).encode(
        x_axis, build_output_rounds_axis("low", top=top), alt.Y2("high"), color=colour
    )
    tip = [build_rounds_tip("middle", "Rounds a year"), *CLAIM_TIP]
    marks = draw_signs(points, list_signs(totals["sign"]), x_axis, y_axis, colour, tip, size=60)
    bounds = draw_bounds(points, x_axis, y_axis, colour)
    # Two colour scales share the picture with the strip: keep them apart.
    return [alt.layer(ranges, *bounds, *marks).resolve_scale(color="independent")]
