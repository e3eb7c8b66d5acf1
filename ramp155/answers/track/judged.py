"""Forecasts of earlier releases against what was reported after them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from ramp155.answers.track.archive import ARCHIVE, Release, list_releases, read_forecast
from ramp155.answers.track.forecasts import COLUMNS
from ramp155.answers.track.standing import BANDS, FIGURE_BANDS
from ramp155.model.arrays import Array
from ramp155.model.forecast.cases import Case, list_cases
from ramp155.model.forecast.panel import list_series
from ramp155.model.forecast.settings import Settings, read_settings
from ramp155.model.forecast.track import BAND_LEVELS, compute_band, learn_by, spread_forecasts
from ramp155.record.dates import month_number, month_text
from ramp155.record.records import Records

_RIVALS = ("persistence", "line", "promises")
JUDGED_COLUMNS = ["version", *COLUMNS]


def judge_releases(records: Records, folder: Path = ARCHIVE) -> pd.DataFrame:
    """Every archived forecast of a figure that was reported after it was made.

    Parameters
    ----------
    records : Records
        The record, with what was reported since.
    folder : Path, optional
        The archive.

    Returns
    -------
    DataFrame
        Columns: version, and those of `list_track`; `cutoff` is the day on which the forecast was made, p10 to p90 are where a published figure
        was to fall, and every `crps` is reckoned from the five quantiles alone.
    """
    tables = [_judge_release(records, release, folder) for release in list_releases(folder)]
    judged = [table for table in tables if len(table)]
    return pd.concat(judged, ignore_index=True) if judged else pd.DataFrame(columns=JUDGED_COLUMNS)


def _judge_release(records: Records, release: Release, folder: Path) -> pd.DataFrame:
    settings = read_settings(records)
    made_on = dt.date.fromisoformat(release.made_on)
    forecast = read_forecast(release, folder)
    by_series = {
        name: rows[rows["period"].str.len() == len("YYYY-MM")]
        for name, rows in forecast.groupby("series")
    }
    cases = [
        case
        for case in list_cases(list_series(records), made_on, records.end, settings)
        if case.series.name in by_series and _is_covered(case, by_series[case.series.name])
    ]
    if not cases:
        return pd.DataFrame(columns=JUDGED_COLUMNS)
    bands = np.array([_read_band(case, by_series[case.series.name]) for case in cases])
    outcomes = np.array([case.outcome for case in cases])
    rows = pd.DataFrame(
        {
            "version": release.version,
            "cutoff": release.made_on,
            "series": [case.series.name for case in cases],
            "observable": [case.series.observable for case in cases],
            "claim_id": [case.report_ids[0] for case in cases],
            "month": [month_text(round(case.month)) for case in cases],
            "low": np.exp(outcomes).round(3),
            "high": np.exp(outcomes).round(3),
            **dict(zip(BANDS, np.exp(bands).T, strict=True)),
            "hit50": (bands[:, 1] <= outcomes) & (outcomes <= bands[:, 3]),
            "hit80": (bands[:, 0] <= outcomes) & (outcomes <= bands[:, 4]),
            "crps": measure_quantile_misses(bands, outcomes),
            "kind": [case.series.kind for case in cases],
            "claim_ids": [" ".join(case.report_ids) for case in cases],
            "said_on": [case.known_on.isoformat() for case in cases],
            "confidence": "",
            "bound": "",
            "derived": False,
            **_miss_by_rivals(records, made_on, cases, settings),
        }
    )
    return rows[JUDGED_COLUMNS]


def _is_covered(case: Case, rows: pd.DataFrame) -> bool:
    """Whether a figure speaks of a month that the forecast reaches."""
    return bool(len(rows)) and case.month <= month_number(rows["period"].max()) + 0.5


def _read_band(case: Case, rows: pd.DataFrame) -> Array:
    """The archived band for a month, in log: between two months that are given, log-straight."""
    months = np.array([month_number(period) for period in rows["period"]])
    logs = np.log(rows[FIGURE_BANDS].to_numpy(dtype=np.float64))
    return np.array([np.interp(case.month, months, column) for column in logs.T])


def _miss_by_rivals(
    records: Records, made_on: dt.date, cases: Sequence[Case], settings: Settings
) -> dict[str, Array]:
    """What each simpler rule would have missed the same figures by."""
    outcomes = np.array([case.outcome for case in cases])
    misses = {}
    for rule in _RIVALS:
        learned = learn_by(records, made_on, rule)
        band = compute_band(*spread_forecasts(rule, cases, learned, settings), settings.tails)
        misses[f"crps_{rule}"] = measure_quantile_misses(band, outcomes)
    return misses


def measure_quantile_misses(quantiles: Array, outcomes: Array) -> Array:
    """Weighted interval score, which approaches the CRPS as quantiles grow many: 0 is best.

    As the COVID-19 Forecast Hub scores forecasts given by quantiles (Bracher et al. 2021, PLOS Computational Biology 17).

    Parameters
    ----------
    quantiles : Array, (cases, 5)
        Log of units of the series a year, at `BAND_LEVELS`.
    outcomes : Array, (cases,)
        The log of what came, in units of the series a year.

    Returns
    -------
    Array, (cases,)
        Distance in log: 0.69 is twice as many units.
    """
    above = quantiles - outcomes[:, None]
    misses: Array = 2 * np.mean(above * ((above > 0) - np.array(BAND_LEVELS)), axis=1)
    return misses
