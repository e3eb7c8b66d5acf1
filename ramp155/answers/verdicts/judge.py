"""Every public statement of a record judged: the facts its verdict rests on, by kind of statement."""

from __future__ import annotations

from collections.abc import Callable

from ramp155.answers.verdicts.case import Case, drop_idle_levers
from ramp155.answers.verdicts.given import Given
from ramp155.answers.verdicts.level import (
    GrowthFacts,
    LevelFacts,
    NamedFigureFacts,
    judge_growth,
    judge_level,
    judge_named_figure,
)
from ramp155.answers.verdicts.lines import (
    DeliveryFacts,
    LineCountFacts,
    judge_delivery,
    judge_lines_under_way,
    judge_openings,
)
from ramp155.answers.verdicts.ratio import (
    ClosingFacts,
    NoFigureFacts,
    RatioFacts,
    judge_closing_gap,
    judge_ratio,
)
from ramp155.answers.verdicts.supply import (
    BottleneckFacts,
    UnmetFacts,
    judge_bottleneck,
    judge_unmet_demand,
)
from ramp155.answers.verdicts.verdict import CIRCULAR, name_verdict, weaken_verdict
from ramp155.base.memory import remember
from ramp155.record.rows import Statement

# All have `odds`, from 0 to 1, NaN where nothing can be said.
Facts = (
    RatioFacts
    | NoFigureFacts
    | ClosingFacts
    | LevelFacts
    | GrowthFacts
    | NamedFigureFacts
    | DeliveryFacts
    | LineCountFacts
    | BottleneckFacts
    | UnmetFacts
)

_JUDGES: dict[str, Callable[[Case, Statement], Facts]] = {
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


def judge_statement(case: Case, statement: Statement) -> Facts:
    """The facts a statement's verdict rests on. Levers that cannot move it are left out."""
    return _judge_statement(drop_idle_levers(case, statement), statement)


@remember
def _judge_statement(case: Case, statement: Statement) -> Facts:
    return _JUDGES[statement.kind](case, statement)


def decide_verdict(facts: Facts, given: Given | None) -> str:
    """The verdict that facts bear: weaker where named estimates disagree, none where the model was given it."""
    verdict = name_verdict(facts.odds)
    if isinstance(facts, RatioFacts | ClosingFacts | NamedFigureFacts):
        verdict = weaken_verdict(verdict, facts.agreeing_count, facts.known_count)
    return CIRCULAR if given else verdict
