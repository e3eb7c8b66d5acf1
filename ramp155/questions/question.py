"""A question that may be asked of record and model, and its parameters. Nothing here imports pandas: help texts do not wait for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

API_ROOT = "/api/v1"  # where a server answers the questions
Kind = Literal["number", "whole", "month", "day", "choice", "id", "words"]
LEAST_COST = 1
COSTED_DRAWS = 1000  # a question's cost is given for as many
PLANS_FACTOR = 2  # where plans or coefficients are other ones, all is worked out anew


@dataclass(frozen=True)
class Parameter:
    """One thing that a question takes.

    `default` is a text, as it would be given; None: it may be left out and means nothing. `low` and `high` bound a
    number in its `unit` (`is_above`: `low` itself is out), `most_served` what a server works out for
    strangers. `names_of` says of what table of the record an id is; `is_subject`: the question is about it,
    so that it stands in the address and, on the command line, without a dash.
    """

    name: str
    kind: Kind
    about: str
    default: str | None = None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    is_above: bool = False
    most_served: float | None = None
    choices: tuple[str, ...] = ()
    names_of: Literal["", "plants", "presets", "Russia", "US", "topics"] = ""
    is_required: bool = False
    is_subject: bool = False
    example: str = ""

    @property
    def option(self) -> str:
        """Its name on the command line."""
        return self.name if self.is_subject else f"--{self.name.replace('_', '-')}"


@dataclass(frozen=True)
class Example:
    """A call that shows a question: what is given, by name (levers by theirs), and how it is printed."""

    given: Mapping[str, str] = field(default_factory=dict)
    format: str = ""


@dataclass(frozen=True, eq=False)  # there is one of each
class Question:
    """One question: its name, what it asks, who answers it and what it takes.

    `reply` names the function as `module:name` below `ramp155.questions.replies`; it is imported when the
    question is asked. `cost` is what an answer takes with 1,000 draws, in points (about a tenth of a second each). `shape` names the form of its
    JSON (`ramp155.questions.describe.shapes`). `is_lined`: on the command line its JSON has one object a line.
    """

    name: str
    about: str
    reply: str
    shape: str
    cost: int = LEAST_COST
    takes_scenario: bool = False
    parameters: tuple[Parameter, ...] = ()
    formats: tuple[str, ...] = ("json", "csv", "table")
    examples: tuple[Example, ...] = (Example(),)
    is_lined: bool = False

    @property
    def subject(self) -> Parameter | None:
        """The parameter that it is about; None for most."""
        return next((parameter for parameter in self.parameters if parameter.is_subject), None)

    @property
    def options(self) -> tuple[Parameter, ...]:
        """Its parameters but for the subject."""
        return tuple(parameter for parameter in self.parameters if not parameter.is_subject)
