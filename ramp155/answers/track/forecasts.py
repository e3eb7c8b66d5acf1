"""Every forecast made as on an earlier day with what came of it: Europe's own, and those of other series.

Europe is forecast by the whole procedure, every other series by its growth rule alone. Europe's forecasts
take a minute to make, so a release keeps them in `data/past_forecasts.csv`; a record with other content
makes its own.
"""

from __future__ import annotations

import pandas as pd

from ramp155.base.memory import remember
from ramp155.base.whole_file import write_whole_file
from ramp155.model.forecast.track import list_past_forecasts
from ramp155.model.version import MODEL_VERSION
from ramp155.record.read import DATA
from ramp155.record.records import Records

KEPT_FORECASTS = DATA / "past_forecasts.csv"
BANDS = ["p10", "p25", "p50", "p75", "p90"]
COLUMNS = [
    "cutoff",
    "series",
    "observable",
    "claim_id",
    "month",
    "low",
    "high",
    *BANDS,
    "hit50",
    "hit80",
    "crps",
    "kind",
    "claim_ids",
    "said_on",
    "confidence",
    "bound",
    "derived",
    "crps_persistence",
    "crps_line",
    "crps_promises",
]
_RIVALS = ("persistence", "line", "promises")
_TEXTS = [
    *("cutoff", "series", "observable", "claim_id", "month"),
    *("kind", "claim_ids", "said_on", "confidence", "bound"),
]
_FLAGS = ["hit50", "hit80", "derived"]


@remember
def list_track(records: Records) -> pd.DataFrame:
    """Every past forecast with what came of it, Europe's first.

    Parameters
    ----------
    records : Records
        What `ramp155.load()` returns.

    Returns
    -------
    DataFrame, (forecasts,)
        `cutoff` is the day whose knowledge was used; `claim_id` the figure that came (a claim, or an event of a
        line), which speaks of `month` and lies from `low` to `high`; `p10` to `p90` are where it was to fall, as
        figures are published: both in units of the series a year. `hit50` and `hit80` say whether it fell into the
        ranges meant to hold 50 and 80 %. `crps` is the average miss in log, beside that of three simpler rules
        (NaN where a rule was not run). `bound` is "at most" or "at least" where the report is no figure;
        `derived` says that the figure was worked out from two others.
    """
    tables = [list_europe_track(records), list_series_track(records)]
    return pd.concat([table for table in tables if len(table)], ignore_index=True)


@remember
def list_europe_track(records: Records) -> pd.DataFrame:
    """Past forecasts of Europe's own output and capacity, with what came of them; columns of `COLUMNS`.

    A record with a user's own rows is shown those of the published one: nobody waits a minute for a page.
    """
    kept = read_kept_forecasts(None if records.uploaded else records)
    return make_europe_forecasts(records) if kept is None else kept


def make_europe_forecasts(records: Records) -> pd.DataFrame:
    """Past forecasts of Europe, made now; columns of `COLUMNS`."""
    # Imported when it is asked for: it brings the whole model with it.
    from ramp155.model.europe.past import tabulate_past_forecasts

    rows = tabulate_past_forecasts(records)
    return _order_columns(rows.assign(kind="europe", claim_ids=rows["claim_id"]))


def list_series_track(records: Records) -> pd.DataFrame:
    """Past forecasts of every series but Europe's, with what came of them.

    Columns: those of `COLUMNS`; `low` and `high` are the middle of what was said of one half-year, in units of the series a year.
    """
    forecasts = list_past_forecasts(records)
    forecasts = forecasts[
        forecasts["kind"] != "europe"
    ]  # Europe is forecast by the whole procedure
    by_rule = dict(list(forecasts.groupby("rule")))
    rows = by_rule["growth_rule"].reset_index(drop=True)
    rivals = {f"crps_{rule}": by_rule[rule]["crps"].to_numpy() for rule in _RIVALS}
    rows = rows.assign(
        low=rows["figure"],
        high=rows["figure"],
        claim_id=rows["claim_ids"].str.partition(" ")[0],
        confidence="",
        bound="",
        derived=False,
        **rivals,
    )
    return _order_columns(rows)


def _order_columns(rows: pd.DataFrame) -> pd.DataFrame:
    """The columns of `COLUMNS`; what a table does not have is unknown."""
    return rows.reindex(columns=COLUMNS).astype(dict.fromkeys(_FLAGS, bool)).reset_index(drop=True)


def read_released_track() -> pd.DataFrame:
    """Europe's past forecasts as the last release kept them, whatever record they are of.

    Columns: those of `COLUMNS`; no rows where no release has kept any.
    """
    kept = read_kept_forecasts(None)
    return _order_columns(pd.DataFrame(columns=COLUMNS)) if kept is None else kept


def read_kept_forecasts(records: Records | None) -> pd.DataFrame | None:
    """Europe's past forecasts as the last release kept them; None where they are of another record or model.

    Parameters
    ----------
    records : Records or None
        The record they are to be of; None takes those of any.

    Returns
    -------
    DataFrame or None
        Columns of `COLUMNS`, rounds a year.
    """
    if not KEPT_FORECASTS.is_file():
        return None
    texts = dict.fromkeys([*_TEXTS, "record", "model"], str)
    unknown = {name: [""] for name in COLUMNS if name not in _TEXTS}
    rows = pd.read_csv(KEPT_FORECASTS, dtype=texts, keep_default_na=False, na_values=unknown)
    if records:
        wanted = [records.digest, str(MODEL_VERSION)]
        if not rows[["record", "model"]].eq(wanted).all(axis=None):
            return None
    return _order_columns(rows)


def keep_forecasts(records: Records) -> int:
    """Write Europe's past forecasts of a record to the file that its release keeps.

    Returns
    -------
    int
        How many forecasts were written; without any there is no file.
    """
    rows = make_europe_forecasts(records)
    numbers = [column for column in COLUMNS if pd.api.types.is_float_dtype(rows[column])]
    rounded = rows.assign(**{name: [_shorten(number) for number in rows[name]] for name in numbers})
    if len(rows):
        kept = rounded.assign(record=records.digest, model=MODEL_VERSION)
        write_whole_file(KEPT_FORECASTS, kept.to_csv(index=False, lineterminator="\n").encode())
    return len(rows)


def _shorten(number: float) -> float:
    """A number of a table in seven digits."""
    return float(f"{number:.7g}")
