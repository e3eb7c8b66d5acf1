"""A case: what public statements are held against (record, scenario, comparison, terms, draws), and the statements themselves, rows of `statements.csv`."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.procurement.terms import Terms
from ramp155.model.scenario.horizon import FORECAST_START
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.dates import first_day, last_day
from ramp155.record.records import Records

Statement = Any  # a named tuple of the columns of `Records.statements`


@dataclass(frozen=True)
class Case:
    """What statements are held against: record, scenario, whose figures, demand, and how many draws."""

    records: Records
    scenario: Scenario
    comparison: Comparison
    terms: Terms
    draws: int


def list_statements(records: Records) -> list[Statement]:
    return list(records.statements.itertuples(index=False, name="Statement"))


def drop_idle_levers(case: Case, statement: Statement) -> Case:
    """The court without what cannot move a statement: no lever acts before its first month."""
    if last_day(statement.month) < first_day(FORECAST_START):
        default_terms = Terms()
        return dataclasses.replace(case, scenario=case.scenario.plans, terms=default_terms)
    return case
