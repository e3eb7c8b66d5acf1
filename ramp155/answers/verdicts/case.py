"""A case: what public statements are held against (record, scenario, comparison, terms, draws)."""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable
from dataclasses import dataclass

from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.procurement.terms import Terms
from ramp155.base.memory import Memory
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import FORECAST_START
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.dates import first_day, last_day
from ramp155.record.rows import Statement


@dataclass(frozen=True)
class Case:
    """What statements are held against: model, scenario, whose figures, demand."""

    model: Model
    scenario: Scenario
    comparison: Comparison
    terms: Terms

    @property
    def memory(self) -> Memory:
        """Where answers are kept: the model's memory."""
        return self.model.memory

    @property
    def identity(self) -> tuple[Hashable, ...]:
        """What makes this case the one it is."""
        return self.model.identity, self.scenario, self.comparison, self.terms


def drop_idle_levers(case: Case, statement: Statement) -> Case:
    """The case without what cannot move a statement: no lever acts before its first month."""
    if last_day(statement.month) < first_day(FORECAST_START):
        default_terms = Terms()
        return dataclasses.replace(case, scenario=case.scenario.plans, terms=default_terms)
    return case
