"""What a picture is asked of (a scenario, a month, whose figures, demand, a date, products), and the model's answers to that, run once for all the pictures that show them."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from functools import lru_cache

from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.gap.ratios import Gap, compute_gap
from ramp155.answers.output.outlook import Outlook, run_outlook
from ramp155.answers.procurement.terms import Terms
from ramp155.history.as_known import rewind_records
from ramp155.model.scenario.horizon import DEFAULT_MONTH
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records

# Accepted draws behind every band; fewer are quicker and rougher.
PICTURE_DRAWS = int(os.environ.get("RAMP155_DRAWS", 1000))
_BASELINE_SCENARIO, _USUAL_COMPARISON, _USUAL_TERMS = Scenario(), Comparison(), Terms()


@dataclass(frozen=True)
class View:
    """What a picture is asked of: a scenario and month, whose figures, demand, a date, a product.

    `as_of` None is the record's end; `products` empty means all; `spend` is percent of Readiness 2030.
    """

    scenario: Scenario = _BASELINE_SCENARIO
    month: str = DEFAULT_MONTH
    comparison: Comparison = _USUAL_COMPARISON
    terms: Terms = _USUAL_TERMS
    as_of: dt.date | None = None
    hindsight: bool = False
    products: tuple[str, ...] = ()
    topic: str = "eu-2024-end"
    spend: float = 1.0


@lru_cache(maxsize=64)
def run_pictured_outlook(records: Records, scenario: Scenario, month: str) -> Outlook:
    """A scenario's answers, run once for the pictures that show them."""
    return run_outlook(records, scenario, draws=PICTURE_DRAWS, month=month)


def compare_pictured_gap(records: Records, view: View) -> Gap:
    return compute_gap(records, view.scenario, view.comparison, PICTURE_DRAWS)


def find_known_record(records: Records, view: View) -> Records:
    """The record as the view's date knew it."""
    return rewind_records(records, view.as_of or records.end, view.hindsight)
