"""Readers of one text, as fields use them: each returns a value or raises ValueError with what was
expected.

The builders make readers for a choice, a number in a range and a lever, and whole fields for flags
and levers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

from ramp155.base.foreign_text import join_lines
from ramp155.model.scenario.field import Field
from ramp155.model.scenario.levers import Lever

COUNTED_UNITS = ("months", "years")  # levers of these units take whole numbers
_DIGITS = (
    6,
    9,
    12,
    15,
    17,
)  # significant digits, the fewest that give the same number back are written
_FLAG_WORDS = {"true": True, "false": False}


def parse_number(name: str, text: str) -> float:
    """The number a setting's text stands for.

    Parameters
    ----------
    name : str
        The setting, for the error.
    text : str
        Its text.

    Returns
    -------
    float
        In the setting's own unit (fraction of the baseline, months ...).

    Raises
    ------
    ValueError
        If the text is no number.
    """
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{name}: '{text}' is not a number") from None


def write_number(number: float, scale: float = 1.0) -> str:
    """A stored number as a link shows it, in the fewest digits that are read as the same number.

    Parameters
    ----------
    number : float
        As stored, in its own unit.
    scale : float
        What is shown over what is stored: 100 for percent.

    Returns
    -------
    str
        The shown number.
    """
    texts = [f"{number * scale:.{digits}g}" for digits in _DIGITS]
    return next((text for text in texts if float(text) / scale == number), texts[-1])


def build_choice_reader(options: Iterable[str], noun: str) -> Callable[[str], str]:
    """A reader of a link's choice; the noun is what an unknown one is called."""
    known_options = tuple(options)

    def read_choice(text: str) -> str:
        if text not in known_options:
            raise ValueError(f"no such {noun} is known here")
        return text

    return read_choice


def build_named_reader(name: str, options: Iterable[str]) -> Callable[[str], str]:
    """A reader of a setting's choice, whose error names the setting and all options."""
    known_options = tuple(options)

    def read_named(text: str) -> str:
        if text not in known_options:
            raise ValueError(f"{name}: {text!r} is not one of {', '.join(known_options)}")
        return text

    return read_named


def build_number_reader(low: float, high: float, is_whole: bool = True) -> Callable[[str], float]:
    """A reader of a number in a range.

    Parameters
    ----------
    low, high : float
        Ends of the range, in the units of the text; both are allowed.
    is_whole : bool
        Whether only whole numbers are.

    Returns
    -------
    callable
        From a text to the number, in the units of the text (int where whole).
    """

    def read_number(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not low <= number <= high or (is_whole and not number.is_integer()):
            raise ValueError(f"a {'whole ' * is_whole}number from {low:g} to {high:g} was expected")
        return int(number) if is_whole else number

    return read_number


def read_short_text(text: str) -> str:
    """A text of at most 80 characters, in one line."""
    if len(text) > 80:
        raise ValueError("at most 80 characters were expected")
    return join_lines(text)


def read_flag(text: str) -> bool:
    """A switch of a link, 0 or 1."""
    if text not in ("0", "1"):
        raise ValueError("0 or 1 was expected")
    return text == "1"


def write_flag(is_on: bool) -> str:
    """A switch as a link has it, 0 or 1."""
    return str(int(is_on))


def build_flag_field(name: str, key: str, **attributes: Any) -> Field:  # noqa: ANN401
    """A switch that is off by default: 0 or 1 in a link, true or false as a setting."""

    def read_flag_word(text: str) -> bool:
        if text.lower() not in _FLAG_WORDS:
            raise ValueError(f"{name}: true or false was expected")
        return _FLAG_WORDS[text.lower()]

    return Field(
        name,
        key,
        False,
        read_flag,
        write_flag,
        read_flag_word,
        **attributes,
    )


def build_lever_field(
    lever: Lever, part: str, is_whole: bool, pages: tuple[str, ...] = ()
) -> Field:
    """A lever as a field: its range and baseline are the lever's, its widget holds whole steps.

    `is_whole`: a link may only say whole numbers, in the units that are shown.
    """
    is_counted = lever.unit in COUNTED_UNITS or (lever.unit == "thousand" and not is_whole)
    low, high = lever.low * lever.scale, lever.high * lever.scale
    label = "" if is_whole else f" ({lever.label.lower()})"
    expected = f"a {'whole ' * is_whole}number from {low:g} to {high:g}{label} was expected"

    def unscale(shown: float) -> float:
        # 0.25369 / 0.001 is a hair over 253.69: what is counted is a whole number.
        return round(shown / lever.scale, 6) if is_counted else shown / lever.scale

    def count_whole(number: float) -> float:
        if not is_counted:
            return number
        if not float(number).is_integer():
            raise ValueError(f"{lever.name}: {number} is not a whole number of {lever.unit}")
        return int(number)

    def read_shown(text: str) -> float:
        try:
            shown_value = float(text)
            if is_whole and not shown_value.is_integer():
                raise ValueError(expected)
            stored = count_whole(unscale(shown_value))
            lever.check(stored)
        except ValueError:
            raise ValueError(expected) from None
        return stored

    def read_stored(text: str) -> float:
        stored = count_whole(parse_number(lever.name, text))
        lever.check(stored)
        return stored

    return Field(
        lever.name,
        lever.key,
        int(lever.default) if is_counted else lever.default,
        read_shown,
        lambda stored: write_number(stored, lever.scale),
        read_stored,
        show=lambda stored: round(stored * lever.scale),
        store=lambda shown: int(unscale(shown)) if is_counted else unscale(shown),
        scale=lever.scale,
        part=part,
        pages=pages,
    )
