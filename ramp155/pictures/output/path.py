"""The path of complete rounds with band, baseline, nameplate and bottleneck strip: rows, spec and
picture.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from ramp155.answers.output.outlook import Outlook
from ramp155.answers.output.reading import read_outlook
from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.pictures.builder import build_native_chart, remember_picture
from ramp155.pictures.grammar.axes import draw_forecast
from ramp155.pictures.grammar.labels import spread_labels
from ramp155.pictures.grammar.rounds import build_rounds_tip
from ramp155.pictures.grammar.signs import list_sign_series, list_signs
from ramp155.pictures.grammar.spec import Spec, finish_chart
from ramp155.pictures.output.axes import (
    MONTH_STARTS,
    OUTPUT_TOP,
    build_output_rounds_axis,
    build_output_years_axis,
)
from ramp155.pictures.output.reports import draw_reports, list_european_reports
from ramp155.pictures.output.strip import draw_strip, draw_strip_names, place_strip_marks
from ramp155.pictures.palette import BASELINE, EUROPE, NAMEPLATE, choose_letter_colour
from ramp155.pictures.picture import Picture
from ramp155.pictures.source import MODEL_NOTE, write_source_line
from ramp155.pictures.view import View, run_pictured_outlook
from ramp155.text.output.reading import write_readout
from ramp155.text.output.title import write_output_title
from ramp155.text.signs import write_key
from ramp155.text.stages import name_stages

_PATH_COLUMNS = [
    "month",
    "rounds_per_year",
    "baseline_rounds_per_year",
    "nameplate_rounds_per_year",
    "p10",
    "p90",
    "bottleneck_share",
]


def list_path_rows(result: Outlook, labels: dict[str, str]) -> pd.DataFrame:
    """The rows behind `draw_path`: the path, where its labels go, and the words of the strip.

    Built column by column: it is made anew at every move of the slider.
    """
    path = result.path
    last_values = {
        "nameplate": path["nameplate_rounds_per_year"].iloc[-1],
        "baseline": path["baseline_rounds_per_year"].iloc[-1],
        "scenario": path["rounds_per_year"].iloc[-1],
    }
    label_heights = spread_labels(last_values, 130_000, lowest=30_000)
    is_baseline = np.allclose(path["baseline_rounds_per_year"], path["rounds_per_year"], atol=1)
    binding_stages = path["bottleneck"].to_numpy()
    strip_ends, strip_names = place_strip_marks(binding_stages, labels)
    columns: dict[str, Any] = {name: path[name].to_numpy() for name in _PATH_COLUMNS}
    columns |= {f"{name}_label": height for name, height in label_heights.items()}
    columns |= {
        "date": MONTH_STARTS[:-1],
        "bottleneck": binding_stages,
        "stage": [labels[name] for name in binding_stages],
        "scenario_text": "Baseline" if is_baseline else "Scenario",
        "baseline_text": "" if is_baseline else "Baseline",
        "strip_end": strip_ends,
        "strip_text": strip_names,
    }
    return pd.DataFrame(columns)


@remember
def draw_path(model: Model, height: int) -> Spec:
    """Output path, band, baseline, nameplate and bottleneck strip; data: `list_path_rows`.

    Parameters
    ----------
    model : Model
        The record with its draws.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    x_axis = build_output_years_axis()
    band = (
        alt.Chart()
        .mark_area(color=EUROPE, opacity=0.18)
        .encode(x_axis, build_output_rounds_axis("p10"), alt.Y2("p90"))
    )
    nameplate = (
        alt.Chart()
        .mark_line(color=NAMEPLATE, strokeWidth=2, strokeDash=[7, 4])
        .encode(x_axis, build_output_rounds_axis("nameplate_rounds_per_year"))
    )
    baseline = (
        alt.Chart()
        .mark_line(color=BASELINE, strokeWidth=2.5)
        .encode(x_axis, build_output_rounds_axis("baseline_rounds_per_year"))
    )
    scenario = (
        alt.Chart()
        .mark_line(color=EUROPE, strokeWidth=3.5)
        .encode(x_axis, build_output_rounds_axis("rounds_per_year", "complete rounds a year"))
    )
    hover = (
        alt.Chart()
        .mark_rule(strokeWidth=8, opacity=0.001)
        .encode(
            x_axis,
            tooltip=[
                alt.Tooltip("date:T", format="%B %Y", title="Month"),
                build_rounds_tip("rounds_per_year", "Output, rounds a year"),
                build_rounds_tip("p10", "P10"),
                build_rounds_tip("p90", "P90"),
                build_rounds_tip("baseline_rounds_per_year", "Baseline"),
                build_rounds_tip("nameplate_rounds_per_year", "Nameplate"),
                alt.Tooltip("stage:N", title="Output is held back by"),
            ],
        )
    )
    layers = [
        band,
        nameplate,
        baseline,
        scenario,
        draw_strip(x_axis),
        draw_strip_names(x_axis),
        *draw_reports(model),
    ]
    forecast = draw_forecast(x_axis, OUTPUT_TOP, build_output_rounds_axis("top"), drop=6)
    layers += [*forecast, *_draw_end_labels(), hover]
    return finish_chart(alt.layer(*layers), height)


def _draw_end_labels() -> list[alt.Chart]:
    is_last_month = f"datum.month == '{MONTHS[-1]}'"

    def label_end(field: str, colour: str, text: alt.Text | alt.TextValue) -> alt.Chart:
        label: alt.Chart = (
            alt.Chart()
            .transform_filter(is_last_month)
            .mark_text(align="left", dx=5, color=colour, style="name")
            .encode(build_output_years_axis(), build_output_rounds_axis(field), text)
        )
        return label

    return [
        label_end("nameplate_label", choose_letter_colour(NAMEPLATE), alt.TextValue("Nameplate")),
        label_end("baseline_label", choose_letter_colour(BASELINE), alt.Text("baseline_text:N")),
        label_end("scenario_label", EUROPE, alt.Text("scenario_text:N")),
    ]


@remember_picture
def build_output_picture(model: Model, view: View) -> Picture:
    """The path of complete rounds with its band, over baseline and nameplate."""
    answers = run_pictured_outlook(model, view.scenario, view.month)
    current = read_outlook(model, view.scenario, view.month)
    path = answers.path
    is_baseline = np.allclose(path["rounds_per_year"], path["baseline_rounds_per_year"])
    series = {
        "Output, low": path["p10"],
        "Output, high": path["p90"],
        "Nameplate": path["nameplate_rounds_per_year"],
        "Baseline": path["baseline_rounds_per_year"],
        "Output": path["rounds_per_year"],
    }
    tones = [EUROPE, EUROPE, NAMEPLATE, BASELINE, EUROPE]
    if is_baseline:
        del series["Baseline"], tones[3]
    totals = list_european_reports(model)
    marked_series, signs = list_sign_series(totals, MONTHS, "middle")
    tones += [NAMEPLATE if "capacity" in signs[name].words else EUROPE for name in marked_series]
    return Picture(
        "output",
        finding=write_output_title(model.record, view.scenario, current),
        spec=draw_path(model, 330),
        source=write_source_line(model, MODEL_NOTE),
        key=f"Marks: {write_key(list_signs(totals['sign']))}.",
        data=list_path_rows(answers, name_stages(model.record)),
        alt=f"Line chart, 2022 to 2030. {write_readout(view.scenario, current)}",
        native=build_native_chart(
            "line",
            MONTHS,
            series={**series, **marked_series},
            colours=tones,
            unit="complete rounds a year",
            dashed=("Output, low", "Output, high", "Nameplate"),
            signs=signs,
        ),
    )
