"""The path of complete rounds with its bands, baseline, capacity and the strip of what limits it:
rows, spec and picture.
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
from ramp155.model.scenario.horizon import LAST_PLANNED_MONTH, MONTHS, find_forecast_month
from ramp155.model.simulation.plans import find_chain
from ramp155.pictures.builder import (
    build_band,
    build_native_chart,
    find_lever_window,
    remember_picture,
)
from ramp155.pictures.grammar.axes import draw_forecast
from ramp155.pictures.grammar.labels import NARROW, show_where_wide, spread_labels
from ramp155.pictures.grammar.rounds import build_rounds_tip
from ramp155.pictures.grammar.signs import list_sign_series, list_signs
from ramp155.pictures.grammar.spec import Spec, finish_chart
from ramp155.pictures.output.axes import (
    MONTH_STARTS,
    OUTPUT_TOP,
    build_output_rounds_axis,
    build_output_years_axis,
    find_output_top,
)
from ramp155.pictures.output.reports import draw_reports, list_european_reports
from ramp155.pictures.output.strip import (
    draw_strip,
    draw_strip_names,
    find_limiting_shares,
    list_strip_columns,
)
from ramp155.pictures.palette import (
    BASELINE,
    EUROPE,
    INK,
    NAMEPLATE,
    NOTE_SIZE,
    choose_letter_colour,
)
from ramp155.pictures.picture import Picture
from ramp155.pictures.source import MODEL_NOTE, write_source_line
from ramp155.pictures.view import View, run_pictured_outlook
from ramp155.record.dates import month_range
from ramp155.text.evidence.track import write_short_track
from ramp155.text.headlines.output import write_output_detail, write_output_headline
from ramp155.text.output.reading import write_readout
from ramp155.text.output.title import write_output_title
from ramp155.text.signs import write_key
from ramp155.text.stages import name_stages

_PATH_COLUMNS = [
    "month",
    "rounds_per_year",
    "baseline_rounds_per_year",
    "p10",
    "p90",
    "figure_p10",
    "figure_p90",
]
CAPACITY_NAME = "Capacity as\nofficials count it"
_BAND_NAME = "likely range (8 of 10 runs)"
_SHORT_BAND_NAME = "likely range"  # beside the name of capacity
_FIGURE_NAME = "where a published figure should fall"
_LEAST_ROOM = 130_000  # rounds a year that hold a line of words
_CAPACITY_ROOM = 230_000  # rounds a year above and below the end of capacity that its name takes


def list_path_rows(model: Model, result: Outlook, top: int = OUTPUT_TOP) -> pd.DataFrame:
    """The rows behind `draw_path`: the path, where its labels go, and the strip.

    Built column by column: it is made anew at every move of the slider.

    Parameters
    ----------
    model : Model
        The record with its draws.
    result : Outlook
        A scenario's answers.
    top : int
        Upper end of the axis, rounds a year.

    Returns
    -------
    DataFrame, (months,)
        Rounds a year, places of labels on the same axis, and words.
    """
    path, tallness = result.path, top / OUTPUT_TOP
    ends = {name: path[f"{name}rounds_per_year"].iloc[-1] for name in ("", "baseline_")}
    heights = spread_labels(ends, _LEAST_ROOM * tallness, lowest=120_000 * tallness)
    is_baseline = np.allclose(path["baseline_rounds_per_year"], path["rounds_per_year"], atol=1)
    columns: dict[str, Any] = {name: path[name].to_numpy() for name in _PATH_COLUMNS}
    columns |= {
        "capacity": cut_capacity(path),
        "scenario_label": heights[""],
        "baseline_label": heights["baseline_"],
        "date": MONTH_STARTS[:-1],
        "scenario_text": "Baseline" if is_baseline else "Scenario",
        "baseline_text": "" if is_baseline else "Baseline",
    }
    columns |= _place_band_names(path, tallness)
    shares = find_limiting_shares(model, result.scenario)
    return pd.DataFrame(columns | list_strip_columns(shares, name_stages(model.record), tallness))


def cut_capacity(path: pd.DataFrame) -> pd.Series[float]:
    """Capacity as officials count it, up to where plans on record reach.

    Parameters
    ----------
    path : DataFrame
        The path of an `Outlook`.

    Returns
    -------
    Series, (months,)
        Rounds a year; NaN later.
    """
    return path["nameplate_rounds_per_year"].where(path["month"] <= LAST_PLANNED_MONTH)


def _place_band_names(path: pd.DataFrame, tallness: float) -> dict[str, Any]:
    """The names of the two bands at the path's end, where each has room for words and capacity has none."""
    end = path.iloc[-1]
    columns: dict[str, Any] = {}
    halves = (end["p10"], end["rounds_per_year"]), (end["rounds_per_year"], end["p90"])
    room = _LEAST_ROOM * tallness
    capacity = cut_capacity(path).dropna()
    capacity_end = capacity.iloc[-1] if len(capacity) else -np.inf

    def meets_capacity(low: float, high: float) -> bool:
        return bool(abs((low + high) / 2 - capacity_end) < _CAPACITY_ROOM * tallness)

    # In the half of the band where neither a baseline nor the name of capacity runs through the words.
    is_crossed = abs(end["baseline_rounds_per_year"] - sum(halves[1]) / 2) < room / 2
    half = halves[0 if is_crossed or meets_capacity(*halves[1]) else 1]
    for key, name, low, high in (
        ("band", _SHORT_BAND_NAME if meets_capacity(*half) else _BAND_NAME, *half),
        ("figure", _FIGURE_NAME, end["p90"], end["figure_p90"]),
    ):
        has_room = high - low >= room and not (key == "figure" and meets_capacity(low, high))
        columns[f"{key}_text"] = name if has_room else ""
        columns[f"{key}_label"] = (low + high) / 2
    return columns


@remember
def draw_path(model: Model, height: int, top: int = OUTPUT_TOP) -> Spec:
    """Output path, its two bands, baseline, capacity and the strip; data: `list_path_rows`.

    Parameters
    ----------
    model : Model
        The record with its draws.
    height : int
        Height of the chart, pixels.
    top : int
        Upper end of the axis, rounds a year.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    x_axis = build_output_years_axis()

    def y_axis(field: str, title: str | None = None) -> alt.Y:
        return build_output_rounds_axis(field, title, top)

    def draw_band(low: str, high: str, opacity: float) -> alt.Chart:
        area = alt.Chart().mark_area(color=EUROPE, opacity=opacity)
        band: alt.Chart = area.encode(x_axis, y_axis(low), alt.Y2(high))
        return band

    def draw_line(field: str, title: str | None = None, **look: Any) -> alt.Chart:  # noqa: ANN401
        line: alt.Chart = alt.Chart().mark_line(**look).encode(x_axis, y_axis(field, title))
        return line

    hover = (
        alt.Chart()
        .mark_rule(strokeWidth=8, opacity=0.001)
        .encode(
            x_axis,
            tooltip=[
                alt.Tooltip("date:T", format="%B %Y", title="Month"),
                build_rounds_tip("rounds_per_year", "Output, rounds a year (median)"),
                build_rounds_tip("p10", "Likely, from"),
                build_rounds_tip("p90", "Likely, to"),
                build_rounds_tip("figure_p10", "A published figure, from"),
                build_rounds_tip("figure_p90", "A published figure, to"),
                build_rounds_tip("baseline_rounds_per_year", "Baseline"),
                build_rounds_tip("capacity", "Capacity as officials count it"),
                alt.Tooltip("limits:N", title="Limits output, by our assumptions (share of runs)"),
            ],
        )
    )
    layers = [
        draw_band("figure_p10", "figure_p90", 0.1),
        draw_band("p10", "p90", 0.22),
        draw_line("capacity", color=NAMEPLATE, strokeWidth=2, strokeDash=[7, 4]),
        draw_line("baseline_rounds_per_year", color=BASELINE, strokeWidth=2.5),
        draw_line("rounds_per_year", "complete rounds a year", color=EUROPE, strokeWidth=3.5),
        *draw_strip(x_axis, find_chain(model.record).order),
        *draw_forecast(model.record, x_axis, top, y_axis("top"), drop=6),
        *draw_strip_names(x_axis),
        *draw_reports(model, top),
        *_draw_end_labels(top),
        hover,
    ]
    return finish_chart(alt.layer(*layers), height)


def _draw_end_labels(top: int) -> list[alt.Chart]:
    """The names of lines beside their ends, of bands inside them; `top` of the axis, rounds a year."""

    def label(
        month: str,
        field: str,
        colour: str,
        text: alt.Text | alt.TextValue,
        **look: Any,  # noqa: ANN401
    ) -> alt.Chart:
        words: alt.Chart = (
            alt.Chart()
            .transform_filter(f"datum.month == '{month}'")
            .mark_text(**look, color=colour)
            .encode(build_output_years_axis(), build_output_rounds_axis(field, top=top), text)
        )
        return words

    inside: dict[str, Any] = {"align": "right", "dx": -4, "fontSize": NOTE_SIZE}
    beside: dict[str, Any] = {"align": "left", "dx": 5, "style": "name"}
    end = MONTHS[-1]
    return [
        label(
            LAST_PLANNED_MONTH,
            "capacity",
            choose_letter_colour(NAMEPLATE),
            alt.TextValue(CAPACITY_NAME),
            **beside,
            lineBreak="\n",
            dy=-6,
        ),
        label(
            end,
            "baseline_label",
            choose_letter_colour(BASELINE),
            alt.Text("baseline_text:N"),
            **beside,
        ),
        label(end, "scenario_label", EUROPE, alt.Text("scenario_text:N"), **beside),
        label(end, "band_label", INK, alt.Text("band_text:N"), **inside),
        label(
            end,
            "figure_label",
            INK,
            alt.Text("figure_text:N"),
            **inside,
            opacity=show_where_wide(NARROW),
        ),
    ]


@remember_picture
def build_output_picture(model: Model, view: View) -> Picture:
    """The path of complete rounds with its bands, over baseline and capacity."""
    answers = run_pictured_outlook(model, view.scenario, view.month)
    current = read_outlook(model, view.scenario, view.month)
    path, top = answers.path, find_output_top(model, view.scenario)
    is_baseline = np.allclose(path["rounds_per_year"], path["baseline_rounds_per_year"])
    series = {
        "Capacity, officials": cut_capacity(path),
        "Baseline": path["baseline_rounds_per_year"],
        "Output, median": path["rounds_per_year"],
    }
    tones = [NAMEPLATE, BASELINE, EUROPE]
    if is_baseline:
        del series["Baseline"], tones[1]
    totals = list_european_reports(model)
    # As on the page: from the year of the first published total, which may be older than the path.
    first_year = min(MONTHS[0][:4], str(totals["date"].min())[:4])
    earlier = month_range(f"{first_year}-01", MONTHS[0])[:-1]
    months, before = [*earlier, *MONTHS], [None] * len(earlier)
    marked_series, signs = list_sign_series(totals, months, "middle")
    tones += [NAMEPLATE if "capacity" in signs[name].words else EUROPE for name in marked_series]
    return Picture(
        "output",
        finding=write_output_title(model.record, view.scenario, current),
        headline=write_output_headline(view.scenario, current),
        detail=write_output_detail(view.scenario, current),
        spec=draw_path(model, 330, top),
        source=write_source_line(model, f"{MODEL_NOTE} {write_short_track()}"),
        key=f"Marks: {write_key(list_signs(totals['sign']))}.",
        data=list_path_rows(model, answers, top),
        alt=f"Line chart, 2022 to 2030. {write_readout(view.scenario, current)}",
        native=build_native_chart(
            "line",
            months,
            series={
                **{name: [*before, *numbers] for name, numbers in series.items()},
                **marked_series,
            },
            colours=tones,
            unit="complete rounds a year",
            dashed=tuple(series)[:1],
            signs=signs,
            bands=(
                build_band(
                    "Range of published figures",
                    [*before, *path["figure_p10"]],
                    [*before, *path["figure_p90"]],
                    EUROPE,
                    0.12,
                ),
                build_band(
                    "Likely range (8 of 10 runs)",
                    [*before, *path["p10"]],
                    [*before, *path["p90"]],
                    EUROPE,
                    0.25,
                ),
            ),
            window=find_lever_window(view.scenario, "The lever acts"),
            forecast=find_forecast_month(model.record),
        ),
    )
