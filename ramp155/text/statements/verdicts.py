"""Public statements held against record and model, each with a verdict, odds and a reason. `statements.csv` says what would have to be true; the verdict is computed from draws of the model, from named claims or from counts of the record, never typed in."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.gap.estimates import check_comparison
from ramp155.answers.procurement.terms import Terms
from ramp155.answers.verdicts.case import Case, Statement, drop_idle_levers, list_statements
from ramp155.answers.verdicts.verdict import Verdict, name_verdict
from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.text.gap.counting import write_counting
from ramp155.text.statements.level import judge_growth, judge_level, judge_named_figure
from ramp155.text.statements.lines import judge_delivery, judge_lines_under_way, judge_openings
from ramp155.text.statements.ratio import judge_closing_gap, judge_ratio
from ramp155.text.statements.supply import judge_bottleneck, judge_unmet_demand

_JUDGES: dict[str, Callable[[Case, Statement], tuple[float, str]]] = {
    "ratio": judge_ratio,
    "closing": judge_closing_gap,
    "level": judge_level,
    "growth": judge_growth,
    "named": judge_named_figure,
    "delivered": judge_delivery,
    "opened": judge_openings,
    "under_way": judge_lines_under_way,
    "binds": judge_bottleneck,
    "unmet": judge_unmet_demand,
}


def judge_statements(
    model: Model,
    scenario: Scenario | None = None,
    comparison: Comparison | None = None,
    terms: Terms | None = None,
) -> list[Verdict]:
    """Every statement of `statements.csv`, in its order.

    `comparison` gives whose figures are used for Russia and the US; how they are counted each statement
    says itself. Raises ValueError as `gap.compare` does.
    """
    comparison = comparison or Comparison()
    check_comparison(model.record, comparison)
    if model.draws < 1:
        raise ValueError("draws must be at least 1: odds are shares of draws")
    case = Case(model, scenario or Scenario(), comparison, terms or Terms())
    return [
        _judge_statement(drop_idle_levers(case, statement), statement.statement_id)
        for statement in list_statements(model.record)
    ]


@remember
def _judge_statement(case: Case, statement_id: str) -> Verdict:
    statement = next(
        candidate
        for candidate in list_statements(case.model.record)
        if candidate.statement_id == statement_id
    )
    odds, reason = _JUDGES[statement.kind](case, statement)
    counted = ""
    if statement.calibres:
        counted = write_counting(
            Comparison(calibres=statement.calibres, made=statement.made, counts=statement.counts)
        )
        counted += _write_who_counts(case, statement)
    return Verdict(
        statement.statement_id,
        statement.statement,
        statement.who,
        statement.said_on,
        name_verdict(odds),
        None if np.isnan(odds) else float(odds),
        reason,
        counted,
        tuple(statement.claim_ids.split()),
    )


def _write_who_counts(case: Case, statement: Statement) -> str:
    """Which countries stand for NATO and the EU here."""
    turkey = "with" if "TR" in case.scenario.also else "without"
    if "nato" in statement.subject:
        return f"; NATO {turkey} Türkiye, with Switzerland"
    if "europe" in statement.subject:
        return "; Europe with Britain, Norway and Switzerland stands for the EU"
    return ""
