"""What is forecast today, as a release archives it: Europe month by month and year by year, other series by half-years."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ramp155.answers.output.figure_band import compute_figure_band, read_figure_error
from ramp155.model.arrays import Array
from ramp155.model.capacity.stages import build_capacity, build_delivered_capacity
from ramp155.model.chain.runs import run_chain
from ramp155.model.chain.tree import build_chain
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.forecast.cases import Case, build_open_case
from ramp155.model.forecast.panel import list_series
from ramp155.model.forecast.settings import read_settings
from ramp155.model.forecast.track import (
    BAND_LEVELS,
    compute_band,
    learn_by,
    spread_forecasts,
)
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.dates import month_number, month_text
from ramp155.record.records import Records

BANDS = ["p10", "p25", "p50", "p75", "p90"]
FIGURE_BANDS = [f"figure_{name}" for name in BANDS]
ARCHIVE_COLUMNS = ["period", "series", "observable", *BANDS, *FIGURE_BANDS]
_HALF_YEARS_AHEAD = 10


def list_standing_forecast(model: Model) -> pd.DataFrame:
    """Today's forecast with nothing changed, from the month after the record's end.

    Columns: period (a month, for rates; or a year, for the rounds made in it), series, observable, p10 to p90 (the forecast itself),
    figure_p10 to figure_p90 (where a published figure should fall, of confidence B); rounds a year, of other series their own units a
    year. Of other series only figures are forecast, so both are the same.
    """
    tables = [_forecast_europe(model), _forecast_series(model.record)]
    return pd.concat(tables, ignore_index=True)[ARCHIVE_COLUMNS]


def _forecast_europe(model: Model) -> pd.DataFrame:
    """Europe's output by month and year, and its capacity as officials count it by month."""
    params = draw_coefficients(model).params
    delivered = build_delivered_capacity(model.record, params, Scenario())
    output = run_chain(delivered, build_chain(model.record.stages))[0] * 12
    nameplate = build_capacity(model.record, params, Scenario()).nameplate * 12
    end = model.record.end
    first = MONTHS.index(f"{end:%Y-%m}") + 1
    years = [str(year) for year in range(end.year, int(MONTHS[-1][:4]) + 1)]
    sums = np.array([output[[m[:4] == year for m in MONTHS]].mean(axis=0) for year in years])
    error = read_figure_error(model.record)
    levels = np.array(BAND_LEVELS)
    parts = []
    for periods, observable, rounds in (
        (MONTHS[first:], "output", output[first:]),
        (years, "output", sums),
        (MONTHS[first:], "nameplate", nameplate[first:]),
    ):
        paths = np.quantile(rounds, levels, axis=1).T
        figures = compute_figure_band(rounds, levels, error).T
        parts.append(_tabulate(periods, f"Europe {observable}", observable, paths, figures))
    return pd.concat(parts, ignore_index=True)


def _forecast_series(records: Records) -> pd.DataFrame:
    """Every series but Europe's by its growth rule, half-year by half-year."""
    settings = read_settings(records)
    months = _list_half_years(records)
    cases: list[Case] = [
        case
        for series in list_series(records)
        if series.kind != "europe"
        for month in months
        if (case := build_open_case(series, records.end, month, settings))
    ]
    if not cases:
        return pd.DataFrame(columns=ARCHIVE_COLUMNS)
    learned = learn_by(records, records.end)
    spread = spread_forecasts("growth_rule", cases, learned, settings)
    bands = np.exp(compute_band(*spread, settings.tails))
    table = _tabulate([month_text(round(case.month)) for case in cases], "", "", bands, bands)
    return table.assign(
        series=[case.series.name for case in cases],
        observable=[case.series.observable for case in cases],
    )


def _list_half_years(records: Records) -> list[int]:
    """The next months of June and December, in months since year 0."""
    last = month_number(f"{records.end:%Y-%m}")
    first = last + 1 + (5 - (last + 1) % 6)
    return [first + 6 * step for step in range(_HALF_YEARS_AHEAD)]


def _tabulate(
    periods: list[str], series: str, observable: str, paths: Array, figures: Array
) -> pd.DataFrame:
    """Rows of an archive, of units a year of shape (periods, 5)."""
    rows = pd.DataFrame({"period": periods, "series": series, "observable": observable})
    rows[BANDS] = paths
    rows[FIGURE_BANDS] = figures
    return rows
