"""What a picture is asked of (a scenario, a month, whose figures, demand, a date, which lines), and
the model's answers to that, run once for all the pictures that show them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.gap.ratios import Gap, compute_gap
from ramp155.answers.output.outlook import Outlook, run_outlook
from ramp155.answers.procurement.terms import Terms
from ramp155.base.memory import remember
from ramp155.history.as_known import rewind_records
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import DEFAULT_MONTH
from ramp155.model.scenario.note import ScenarioNote
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records

_BASELINE_SCENARIO, _USUAL_COMPARISON, _USUAL_TERMS = Scenario(), Comparison(), Terms()


@dataclass(frozen=True)
class View:
    """What a picture is asked of: a scenario and month, whose figures, demand, a date, which lines.

    `as_of` None is the record's end. Of lines those of `products`, `countries` and `makers` (empty: all) are meant, that
    `find` finds and, with `late_only`, are late. `site` is one plant and `line` one line of it ("": none); `spend` is percent of Readiness 2030.
    `flow_month` is the month of the machine ("": `month`). A map shows plants of `statuses` (empty: all), and of `pick` what
    opened or has a step soon; `utilisation` shades countries by it. The board is sorted by `board_sort` and, but by product, grouped by `board_group`. `target` is
    an id of the record's targets or "own", `target_rounds` one's own in rounds a year, `target_month` YYYY-MM ("": `month`).
    `scenario_note` says why the scenario is asked for: no picture hangs on it, and two views that differ in it alone are one.
    """

    scenario: Scenario = _BASELINE_SCENARIO
    month: str = DEFAULT_MONTH
    comparison: Comparison = _USUAL_COMPARISON
    terms: Terms = _USUAL_TERMS
    as_of: dt.date | None = None
    hindsight: bool = False
    products: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    makers: tuple[str, ...] = ()
    find: str = ""
    late_only: bool = False
    site: str = ""
    line: str = ""
    topic: str = "eu-2024-end"
    spend: float = 1.0
    flow_month: str = ""
    statuses: tuple[str, ...] = ()
    pick: str = ""
    utilisation: bool = False
    board_group: str = "product"
    board_sort: str = "late"
    target: str = "million"
    target_rounds: int = 1_500_000
    target_month: str = ""
    scenario_note: ScenarioNote = field(default=ScenarioNote(), compare=False)

    @property
    def goal_month(self) -> str:
        """The month in which the target is to be reached, YYYY-MM."""
        return self.target_month or self.month


@remember
def run_pictured_outlook(model: Model, scenario: Scenario, month: str) -> Outlook:
    """A scenario's answers, run once for the pictures that show them."""
    return run_outlook(model, scenario, month=month)


def compare_pictured_gap(model: Model, view: View) -> Gap:
    """Europe, NATO and the US against Russia, as a view counts them."""
    return compute_gap(model, view.scenario, view.comparison)


def find_known_record(model: Model, view: View) -> Records:
    """The record as the view's date knew it."""
    return rewind_records(model.record, view.as_of or model.record.end, view.hindsight)
