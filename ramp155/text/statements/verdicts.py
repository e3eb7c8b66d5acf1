"""Public statements held against record and model, each with a verdict, odds and a reason.
`statements.csv` says what would have to be true; the verdict is computed from draws of the model,
from named claims or from counts of the record, never typed in.
"""

from __future__ import annotations

import math
from typing import assert_never

from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.gap.estimates import check_comparison
from ramp155.answers.procurement.terms import Terms
from ramp155.answers.verdicts.case import Case
from ramp155.answers.verdicts.given import find_given
from ramp155.answers.verdicts.judge import Facts, decide_verdict, judge_statement
from ramp155.answers.verdicts.level import GrowthFacts, LevelFacts, NamedFigureFacts
from ramp155.answers.verdicts.lines import DeliveryFacts, LineCountFacts
from ramp155.answers.verdicts.ratio import ClosingFacts, NoFigureFacts, RatioFacts
from ramp155.answers.verdicts.supply import BottleneckFacts, UnmetFacts
from ramp155.answers.verdicts.verdict import Verdict
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records
from ramp155.record.rows import Statement
from ramp155.text.gap.counting import write_counting
from ramp155.text.statements.given import write_given
from ramp155.text.statements.level import write_growth, write_level, write_named_figure
from ramp155.text.statements.lines import write_delivery, write_line_count
from ramp155.text.statements.ratio import write_closing_gap, write_no_figure, write_ratio
from ramp155.text.statements.supply import write_bottleneck, write_unmet_demand


def judge_statements(
    model: Model,
    scenario: Scenario | None = None,
    comparison: Comparison | None = None,
    terms: Terms | None = None,
) -> list[Verdict]:
    """Every statement of `statements.csv`, in its order.

    `comparison` gives whose figures are used for Russia and the US; how they are counted each statement
    says itself. Raises ValueError for an estimate that is not known.
    """
    comparison = comparison or Comparison()
    check_comparison(model.record, comparison)
    case = Case(model, scenario or Scenario(), comparison, terms or Terms())
    return [_write_verdict(case, statement) for statement in model.record.list_statements()]


def _write_verdict(case: Case, statement: Statement) -> Verdict:
    facts = judge_statement(case, statement)
    given = find_given(case, statement, facts)
    estimate_facts = (
        facts if isinstance(facts, RatioFacts | ClosingFacts | NamedFigureFacts) else None
    )
    return Verdict(
        statement.statement_id,
        statement.statement,
        statement.who,
        statement.said_on,
        decide_verdict(facts, given),
        None if math.isnan(facts.odds) else facts.odds,
        _write_reason(case.model.record, statement, facts),
        _write_way_of_counting(case, statement),
        tuple(statement.claim_ids.split()),
        circular=given is not None,
        because=write_given(case.model.record, given),
        agreeing_count=estimate_facts.agreeing_count if estimate_facts else None,
        known_count=estimate_facts.known_count if estimate_facts else None,
    )


def _write_reason(records: Records, statement: Statement, facts: Facts) -> str:
    match facts:
        case RatioFacts():
            return write_ratio(statement, facts)
        case NoFigureFacts():
            return write_no_figure(facts)
        case ClosingFacts():
            return write_closing_gap(statement, facts)
        case LevelFacts():
            return write_level(statement, facts)
        case GrowthFacts():
            return write_growth(statement, facts)
        case NamedFigureFacts():
            return write_named_figure(statement, facts)
        case DeliveryFacts():
            return write_delivery(statement, facts)
        case LineCountFacts():
            return write_line_count(statement, facts)
        case BottleneckFacts():
            return write_bottleneck(records, statement, facts)
        case UnmetFacts():
            return write_unmet_demand(statement, facts)
        case _:
            assert_never(facts)


def _write_way_of_counting(case: Case, statement: Statement) -> str:
    """How the statement counts, and which countries stand for NATO and the EU here."""
    if not statement.calibres:
        return ""
    counting = write_counting(
        Comparison(calibres=statement.calibres, made=statement.made, counts=statement.counts)
    )
    turkey = "with" if "TR" in case.scenario.also else "without"
    if "nato" in statement.subject:
        return f"{counting}; NATO {turkey} Türkiye, with Switzerland"
    if "europe" in statement.subject:
        return f"{counting}; Europe with Britain, Norway and Switzerland stands for the EU"
    return counting
