"""How good the model is: run with only what was known on an earlier day (events, claims, slips and
published totals reported by it), against what came later.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from ramp155.base.memory import remember
from ramp155.history.slips import list_slips
from ramp155.model.coefficients.draws import draw_accepted
from ramp155.model.coefficients.fit import compute_observables
from ramp155.model.coefficients.positions import ENOUGH_SLIPS
from ramp155.model.hindcast.deliveries import check_deliveries
from ramp155.model.hindcast.past_record import build_record_as_of
from ramp155.model.hindcast.reports import list_published_totals
from ramp155.model.hindcast.totals import LAST_YEAR, check_totals, trace_past_path
from ramp155.model.model import Model
from ramp155.record.records import Records

CUTOFFS = tuple(dt.date(year, 12, 31) for year in (2022, 2023, 2024))
HINDCAST_DRAWS = 500


@dataclass(frozen=True)
class Hindcast:
    """What the model would have said on a day, and what came of it.

    `path`: month, observable (nameplate or output), p10, p50, p90 in rounds a year.
    `known`: the reports it was fitted to. `totals`: those made later about later years, with the band
    (p10, p50, p90) for what each speaks of and whether it `hit`. Columns of both: claim_id, observable,
    year, low, high (NaN where the report is a bound), status, said_on, basis.
    `dates`: milestones promised by the day and not delivered by it: line_id, milestone, promised, event_id,
    came (blank if no report says so), came_event, late (months; where it has not come by its latest promise),
    p10, p90 (the band of delays), hit (None while that cannot be said), state (in words).
    `slips`: how many slips the delays were drawn from; 0 where an assumption stood in for them.
    """

    cutoff: dt.date
    path: pd.DataFrame
    known: pd.DataFrame
    totals: pd.DataFrame
    dates: pd.DataFrame
    slips: int

    def count_hits(self) -> pd.DataFrame:
        """Hits of what could be checked by kind. Columns: hits, of.

        Rows: nameplate and output (reports that give a figure or a range), bounds (reports that only say "at
        most": hard to miss, so counted apart) and dates.
        """
        totals = self.totals
        is_bound = totals["low"].isna() | totals["high"].isna()
        hits_by_kind = {
            name: totals.loc[(totals["observable"] == name) & ~is_bound, "hit"]
            for name in ("nameplate", "output")
        }
        hits_by_kind["bounds"] = totals.loc[is_bound, "hit"]
        hits_by_kind["dates"] = self.dates["hit"].dropna()
        counts = {
            name: {"hits": int(hit.sum()), "of": len(hit)} for name, hit in hits_by_kind.items()
        }
        return pd.DataFrame.from_dict(counts, orient="index")


@remember
def run_hindcast(records: Records, cutoff: dt.date, draws: int = HINDCAST_DRAWS) -> Hindcast:
    """The model with only what was known on a day.

    Parameters
    ----------
    records : Records
        The record, with what came later.
    cutoff : date
        The day.
    draws : int, optional
        Count of accepted draws.

    Returns
    -------
    Hindcast
        What the model would have said, rates in rounds a year and delays in months, and what came of it.

    Raises
    ------
    ValueError
        Where the reports known then and the growth allowed leave no draw in common.
    """
    past_records = build_record_as_of(records, cutoff)
    params = draw_accepted(Model(past_records, draws=draws))
    observed = compute_observables(past_records, params, tuple(range(cutoff.year, LAST_YEAR + 1)))
    all_reports = list_published_totals(records)
    is_early = all_reports["known_on"] <= cutoff
    later_reports = all_reports[
        ~is_early & (all_reports["year"] > cutoff.year) & (all_reports["status"] != "target")
    ]
    slip_count = len(list_slips(past_records))
    return Hindcast(
        cutoff=cutoff,
        path=trace_past_path(past_records, params),
        known=all_reports[is_early & (all_reports["year"] <= cutoff.year)].reset_index(drop=True),
        totals=check_totals(later_reports, observed),
        dates=check_deliveries(records, past_records, params),
        slips=slip_count if slip_count >= ENOUGH_SLIPS else 0,
    )
