"""Russia's rounds for each of NATO's, month by month, with what officials said: spec and picture."""

from __future__ import annotations

from collections.abc import Iterable

import altair as alt
import numpy as np
import pandas as pd

from ramp155.answers.gap.estimates import list_estimates
from ramp155.answers.gap.ratios import Gap
from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS, find_forecast_month
from ramp155.pictures.builder import (
    build_band,
    build_native_chart,
    find_lever_window,
    remember_picture,
)
from ramp155.pictures.gap.actors import ACTOR_NAMES
from ramp155.pictures.gap.sources import list_said_ratios, write_gap_source_line
from ramp155.pictures.grammar.axes import (
    PATH_END,
    build_moving_domain,
    build_years_axis,
    date_months,
    draw_forecast,
    tabulate_axis,
)
from ramp155.pictures.grammar.claims import CLAIM_TIP
from ramp155.pictures.grammar.labels import colour_letters, draw_free_words, spread_labels
from ramp155.pictures.grammar.signs import (
    draw_bounds,
    draw_signs,
    list_sign_series,
    list_sign_words,
    list_signs,
)
from ramp155.pictures.grammar.spec import (
    Spec,
    chart_rows,
    chart_table,
    fill_tables,
    join_layers,
)
from ramp155.pictures.palette import QUIET, RUSSIA, RUSSIA_QUIET
from ramp155.pictures.picture import Picture
from ramp155.pictures.view import View, compare_pictured_gap
from ramp155.text.gap.ratio import write_gap_title
from ramp155.text.headlines.gap import write_ratio_detail, write_ratio_headline
from ramp155.text.signs import write_key

RATIO_ALT = "Lines of Russia's rounds over NATO's and over Europe's by month; one is parity"
_EXPONENTS = range(-6, 11)  # of two, that an axis may reach


def draw_ratio(model: Model, compared: Gap, height: int) -> Spec:
    """Russia's rate over NATO's with its band, over Europe's, and what was said; parity at one.

    Parameters
    ----------
    model : Model
        The record with its draws.
    compared : Gap
        Rates of all sides and their ratios, with quantiles of the draws.
    height : int
        Height of the chart, pixels.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    return fill_tables(_build_ratio_spec(model, height), **tabulate_ratio(compared))


def tabulate_ratio(compared: Gap) -> dict[str, pd.DataFrame]:
    """The rows of the picture, by the names they have in its spec.

    Parameters
    ----------
    compared : Gap
        Russia's rate over theirs, without a unit.

    Returns
    -------
    dict of DataFrame
        Russia's rate over theirs, without a unit.
    """
    ratios = date_months(compared.ratio)
    ends = ratios[ratios["month"] == MONTHS[-1]]
    ends = ends.assign(name=[f"to {ACTOR_NAMES[side]}" for side in ends["versus"]])
    nato, europe = (ratios[ratios["versus"] == versus] for versus in ("nato", "europe"))
    known_ratios = ratios[["p10", "p50", "p90"]].stack()
    # The axis holds still but for what would not fit on it.
    bottom = 2.0 ** np.floor(np.log2(np.clip(known_ratios.min(), 2**-6, 0.25)))
    top = 2.0 ** np.ceil(np.log2(np.clip(known_ratios.max(), 16, 2**10)))
    logs = {
        side: float(np.log2(np.clip(ratio_at_end, bottom, top)))
        for side, ratio_at_end in zip(ends["versus"], ends["p50"], strict=True)
    }
    places = spread_labels(logs, np.log2(top / bottom) / 16)
    ends = ends.assign(place=[2.0 ** places[side] for side in ends["versus"]])
    first, last = (float(np.log2(end)) - _EXPONENTS[0] for end in (bottom, top))
    axis = tabulate_axis(bottom, top, first_tick=first, last_tick=last + 1, parity=1.0)
    return {"nato": nato, "europe": europe, "ends": ends, "axis": axis}


@remember
def _build_ratio_spec(model: Model, height: int) -> Spec:
    """The chart, `height` in pixels; rows and the ends of its axis of times are put in afterwards."""
    x_axis = build_years_axis(last="2033-01-01", named_to=PATH_END)
    scale = alt.Scale(type="log", base=2, domain=build_moving_domain(), nice=False, clamp=True)
    axis = alt.Axis(
        values=alt.ExprRef(
            f"slice({[2.0**exponent for exponent in _EXPONENTS]}, data('axis')[0].first_tick, data('axis')[0].last_tick)"
        ),
        labelExpr="datum.value == 1 ? 'parity' : format(datum.value, '~g') + ' ×'",
        grid=True,
        style="bare",
    )

    def y_axis(field: str) -> alt.Y:
        title = "Russia's rounds for each of theirs"
        return alt.Y(f"{field}:Q", scale=scale, axis=axis, title=title)

    tip = [
        alt.Tooltip("date:T", format="%B %Y", title="Month"),
        alt.Tooltip("p50:Q", format=".2r", title="Times, median"),
        alt.Tooltip("p10:Q", format=".2r", title="Likely, from"),
        alt.Tooltip("p90:Q", format=".2r", title="Likely, to"),
        alt.Tooltip("odds:Q", format=".0%", title="Odds of parity"),
    ]
    parity = chart_table("axis")
    said_ratios = list_said_ratios(model)
    bounded = set(said_ratios.loc[said_ratios["bound"] == "at least", "ratio"])
    # Where the arrow of a bound stands over a mark, words stand beside it.
    marks = chart_rows(said_ratios.assign(is_beside=said_ratios["ratio"].isin(bounded)))
    said_tip = [alt.Tooltip("ratio:Q", format=".2r", title="Times, as said"), *CLAIM_TIP]
    name_colours = {"nato": RUSSIA, "europe": RUSSIA}
    europe_line = chart_table("europe").mark_line(
        color=RUSSIA_QUIET, strokeWidth=2.5, strokeDash=[6, 4]
    )
    names = chart_table("ends").mark_text(align="left", dx=5, dy=-9, style="name")
    layers = [
        parity.mark_rule(color=QUIET, strokeWidth=2).encode(y_axis("parity")),
        chart_table("nato")
        .mark_area(color=RUSSIA, opacity=0.18)
        .encode(x_axis, y_axis("p10"), alt.Y2("p90")),
        europe_line.encode(x_axis, y_axis("p50"), tooltip=tip),
        chart_table("nato")
        .mark_line(color=RUSSIA, strokeWidth=3.5)
        .encode(x_axis, y_axis("p50"), tooltip=tip),
        *draw_forecast(model.record, x_axis),
        *draw_bounds(marks, x_axis, y_axis("ratio"), color=QUIET),
        *draw_signs(
            marks,
            list_signs(said_ratios["sign"]),
            x_axis,
            y_axis("ratio"),
            said_tip,
            size=90,
            color=QUIET,
        ),
        *[
            draw_free_words(
                marks.transform_filter(f"datum.is_beside == {is_beside}"),
                align="right",
                dx=dx,
                dy=dy,
                style="name",
                color=QUIET,
            ).encode(x_axis, y_axis("ratio"), text="text:N")
            for is_beside, dx, dy in (("true", -22, 4), ("false", -4, -12))
        ],
        names.encode(
            x_axis,
            y_axis("place"),
            text="name:N",
            color=colour_letters("versus", name_colours),
        ),
    ]
    return join_layers(layers, height)


def draw_ratio_chart(model: Model, view: View) -> Spec:
    """The chart of the picture alone, for a page that draws it at every move of a lever."""
    return draw_ratio(model, compare_pictured_gap(model, view), 262)


@remember_picture
def build_ratio_picture(model: Model, view: View) -> Picture:
    """Russia's rounds for each of NATO's, month by month, with what officials said."""
    compared = compare_pictured_gap(model, view)
    nato, europe = (
        compared.ratio[compared.ratio["versus"] == versus] for versus in ("nato", "europe")
    )
    series: dict[str, Iterable[float | None]] = {
        "to Europe": europe["p50"],
        "to NATO": nato["p50"],
        "Parity": nato["p50"].where(nato["p50"].isna(), 1.0),
    }
    months = list(nato["month"])
    said_series, signs = list_sign_series(list_said_ratios(model), months, "ratio")
    tones = [RUSSIA_QUIET, RUSSIA, QUIET] + [QUIET] * len(said_series)
    axis = tabulate_ratio(compared)["axis"]
    last_month = model.record.end.strftime("%Y-%m")
    return Picture(
        "ratio",
        finding=write_gap_title(model.record, view.scenario, compared, view.month),
        headline=write_ratio_headline(compared, view.month, last_month),
        detail=write_ratio_detail(
            compared, list_estimates(model.record, "RU")[view.comparison.russia], last_month
        ),
        spec=draw_ratio_chart(model, view),
        source=write_gap_source_line(model, view),
        key=f"Marks, what officials said: {write_key(list_signs(list_said_ratios(model)['sign']))}.",
        alt=RATIO_ALT,
        native=build_native_chart(
            "line",
            months,
            series={**series, **said_series},
            colours=tones,
            unit="Russia's rounds for each of theirs",
            dashed=("to Europe", "Parity"),
            number='0.0#"\u00a0×"',
            signs=signs,
            marked=list_sign_words(list_said_ratios(model), months, said_series, "ratio", "text"),
            log=True,
            ends=(float(axis["bottom"].iloc[0]), float(axis["top"].iloc[0])),
            bands=(build_band("To NATO, likely range", nato["p10"], nato["p90"], RUSSIA, 0.18),),
            window=find_lever_window(view.scenario, "The lever acts"),
            forecast=find_forecast_month(model.record),
        ),
    )
