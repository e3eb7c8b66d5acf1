"""What an explanation holds, and what it is asked of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.procurement.terms import Terms
from ramp155.model.scenario.scenario import Scenario
from ramp155.text.explain.grammar.arithmetic import Worked


class Asked(Protocol):
    """What a figure is asked of: a `View` of the pictures, or whatever has the same."""

    @property
    def scenario(self) -> Scenario:
        """All levers."""

    @property
    def month(self) -> str:
        """YYYY-MM."""

    @property
    def flow_month(self) -> str:
        """YYYY-MM of the machine; "": that of `month`."""

    @property
    def target(self) -> str:
        """The id of a target, or one's own."""

    @property
    def target_rounds(self) -> int:
        """Rounds a year of a target of one's own."""

    @property
    def goal_month(self) -> str:
        """YYYY-MM in which the target is to be reached."""

    @property
    def comparison(self) -> Comparison:
        """Whose figures, and how they are counted."""

    @property
    def terms(self) -> Terms:
        """Demand and purchases."""

    @property
    def as_of(self) -> dt.date | None:
        """The day as known on; None: the record's end."""

    @property
    def hindsight(self) -> bool:
        """Whether later reports count."""

    @property
    def topic(self) -> str:
        """A contested topic."""

    @property
    def site(self) -> str:
        """A plant, or none."""

    @property
    def line(self) -> str:
        """A line of it, or none."""

    @property
    def spend(self) -> float:
        """Percent of Readiness 2030."""


@dataclass(frozen=True)
class Sources:
    """Rows of the record that stand behind a figure, by id."""

    assumptions: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """A figure or chart explained where it stands.

    `what` it is, in one sentence; `value`, the figure as the page shows it; `formula`, lines of arithmetic with this
    moment's numbers, and `terms`, each number with what it is; `counted`, how runs or reports are counted; `not_said`,
    what it does not say; `term`, the glossary's entry ("": none).
    """

    name: str
    what: str
    value: str
    formula: tuple[str, ...]
    terms: tuple[tuple[str, str], ...]
    counted: str
    sources: Sources
    not_said: str
    term: str = ""


def build_explanation(
    name: str,
    what: str,
    value: str,
    worked: Worked,
    counted: str,
    sources: Sources,
    not_said: str,
    term: str = "",
) -> Explanation:
    """An explanation with its arithmetic."""
    return Explanation(
        name, what, value, worked.lines, worked.terms, counted, sources, not_said, term
    )
