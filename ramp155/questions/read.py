"""A question as it was asked: texts read, checked against ranges and record, and kept as one hashable whole."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.gap.estimates import list_estimates
from ramp155.base.foreign_text import cut_foreign_text
from ramp155.history.claims import list_topics
from ramp155.model.coefficients.edits import check_edits
from ramp155.model.scenario.codec import read_scenario_settings
from ramp155.model.scenario.fields import EDIT_PREFIX, SETTING_NAMES
from ramp155.model.scenario.presets import find_preset_settings
from ramp155.model.scenario.scenario import Scenario
from ramp155.questions.question import COSTED_DRAWS, LEAST_COST, PLANS_FACTOR, Parameter, Question
from ramp155.record.dates import first_day
from ramp155.record.records import Records

LONGEST_WORDS = 200  # characters of a search
_NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")


class UnknownSubjectError(ValueError):
    """What the question is about is not in the record."""


@dataclass(frozen=True)
class Asked:
    """One question as asked: its scenario, and every parameter with its value (None: left out)."""

    question: Question
    scenario: Scenario
    choices: tuple[tuple[str, str | float | None], ...]

    def __getitem__(self, name: str) -> str | float | None:
        return dict(self.choices)[name]

    def text(self, name: str) -> str:
        """A parameter's text; blank where it was left out."""
        choice = self[name]
        return "" if choice is None else str(choice)

    @property
    def draws(self) -> int:
        """How many draws were asked for.

        Returns
        -------
        int
            Count of draws, each over all months.
        """
        return int(self["draws"] or COSTED_DRAWS)

    @property
    def comparison(self) -> Comparison:
        """Whose figures are compared and how they are counted; what was not said stays at its default."""
        names = ("russia", "us", "calibres", "made", "counts")
        said: dict[str, Any] = {n: text for n, text in self.choices if n in names and text}
        return Comparison(**said)

    @property
    def cost(self) -> int:
        """What the answer takes.

        Returns
        -------
        int
            Count of points, each about 0.1 seconds of work; at least 1.
        """
        draws = dict(self.choices).get("draws")
        share = float(draws) / COSTED_DRAWS if draws else 1.0
        factor = PLANS_FACTOR if self.scenario.plans != Scenario() else 1
        return max(LEAST_COST, round(self.question.cost * share * factor))


def read_asked(
    question: Question,
    records: Records,
    given: Mapping[str, str],
    settings: Mapping[str, str] | None = None,
    is_served: bool = False,
) -> Asked:
    """Read what was asked.

    `given` are parameters by name and `settings` levers by name, both as texts. `is_served`: a server is asked, which
    bounds what an answer may cost.

    Raises ValueError naming what is unknown, missing or out of range; UnknownSubjectError for a subject that is none.
    """
    known_names = {parameter.name for parameter in question.parameters}
    for name in given:
        if name not in known_names:
            names = ", ".join(sorted(known_names)) or "none"
            raise ValueError(
                f"{cut_foreign_text(name)} is no parameter of {question.name}; those are: {names}"
            )
    choices = {
        parameter.name: _read_parameter(parameter, records, given.get(parameter.name), is_served)
        for parameter in question.parameters
    }
    scenario = Scenario()
    if question.takes_scenario:
        preset = choices.pop("preset")
        preset_settings = find_preset_settings(records, str(preset)) if preset else {}
        scenario = read_scenario_settings(preset_settings | dict(settings or {}))
        check_edits(records, scenario.assume)
    return Asked(question, scenario, tuple(choices.items()))


def split_given(
    question: Question, texts: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Parameters, and levers of the scenario where the question takes one, apart by their names."""
    settings = {
        name: text
        for name, text in texts.items()
        if question.takes_scenario and (name in SETTING_NAMES or name.startswith(EDIT_PREFIX))
    }
    return {name: text for name, text in texts.items() if name not in settings}, settings


def list_names(records: Records, parameter: Parameter) -> list[str]:
    """The ids of the record that a parameter may be; none for one that is no id."""
    if parameter.names_of == "plants":
        return list(records.sites["site_id"])
    if parameter.names_of == "presets":
        return list(records.presets["preset_id"])
    if parameter.names_of == "topics":
        return list(list_topics(records))
    actors = {"Russia": "RU", "US": "US"}
    return list(list_estimates(records, actors[parameter.names_of])) if parameter.names_of else []


def _read_parameter(
    parameter: Parameter, records: Records, text: str | None, is_served: bool
) -> str | float | None:
    """A parameter's value from its text. Raises ValueError with what was expected."""
    if text is None:
        if parameter.is_required:
            raise ValueError(f"{parameter.name} is missing: {parameter.about}")
        text = parameter.default
    if text is None:
        return None
    if parameter.kind in ("number", "whole"):
        return _read_number(parameter, text, is_served)
    if parameter.kind == "day":
        first_day(text)  # raises ValueError for what is no date
    elif parameter.choices and text not in parameter.choices:
        _refuse_choice(parameter, text)
    elif parameter.kind == "words" and not 0 < len(text) <= LONGEST_WORDS:
        raise ValueError(f"{parameter.name}: 1 to {LONGEST_WORDS} characters were expected")
    elif parameter.kind == "id" and text not in (names := list_names(records, parameter)):
        said = f"{parameter.name} {cut_foreign_text(text)!r} is not"
        if parameter.is_subject:
            raise UnknownSubjectError(f"{said} in the record")
        raise ValueError(f"{said} one of {', '.join(names)}")
    return text


def _refuse_choice(parameter: Parameter, text: str) -> None:
    said = f"{parameter.name} {cut_foreign_text(text)!r} is not"
    if parameter.kind == "month":
        raise ValueError(f"{said} one from {parameter.choices[0]} to {parameter.choices[-1]}")
    raise ValueError(f"{said} one of {', '.join(parameter.choices)}")


def _read_number(parameter: Parameter, text: str, is_served: bool) -> float:
    name, foreign_text = parameter.name, cut_foreign_text(text)
    number = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(number):
        raise ValueError(f"{name}: {foreign_text!r} is not a number")
    if parameter.kind == "whole" and not number.is_integer():
        raise ValueError(f"{name}: {foreign_text!r} is not a whole number")
    if parameter.low is not None and parameter.is_above and number <= parameter.low:
        raise ValueError(f"{name} must be above {parameter.low:g}")
    if parameter.low is not None and number < parameter.low:
        raise ValueError(f"{name} must be at least {parameter.low:g}")
    highs = (parameter.high, parameter.most_served if is_served else None)
    high = min((bound for bound in highs if bound is not None), default=math.inf)
    if number > high:
        raise ValueError(f"{name} must be at most {high:g}")
    return int(number) if parameter.kind == "whole" else number
