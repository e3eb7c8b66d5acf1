"""Arithmetic that is true as printed: numbers get as many digits as it takes for the sum to give the figure shown.

A line reads "1.05 million = (1.047 million + 1.053 million) / 2". Its left side is a figure as the page shows it, or a number
of the line before. `evaluate` reads such a right side again, from what is printed alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from ramp155.text.numbers import MINUS

_FEWEST_DIGITS, _FEWEST_IN_SUMS, _MOST_DIGITS, _MOST_MORE = 3, 4, 12, 7
_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?(?: million| %)?|least of|[-−+×/();]|[A-Za-z]+")
_SCALES = {" million": 1e6, " %": 0.01}
_NOTHING = 1e-6  # what is left of a number by rounding
_UNITS = {"t": 1000.0, "kg": 1.0, "bn": 1e9}


@dataclass(frozen=True)
class Amount:
    """A number of the arithmetic: its unit, what it is in words, and how exactly it is known.

    `exact`: a count or a setting, printed as it is. `say`: how the page writes it, for figures that stand on the page; where
    it rounds them to nothing they have digits here.
    """

    number: float
    unit: str = ""
    what: str = ""
    exact: bool = False
    say: Callable[[float], str] | None = None

    def write(self, digits: int) -> str:
        """The number with its unit, as "12,880 t" or "43 %".

        Parameters
        ----------
        digits : int
            Count of significant digits.
        """
        words = self.say(self.number) if self.say else ""
        if words and (words != "0" or abs(self.number) < _NOTHING):
            number = words
        elif self.exact:
            number = _trim(f"{self.number:,.6f}")
        else:
            number = _write_number(self.number, digits)
        unit = self.unit.removesuffix("s") if number == "1" else self.unit
        return f"{number} {unit}".strip()


@dataclass(frozen=True)
class Line:
    """A line of arithmetic: `left` equals what `right` says, a template with a place for each of `amounts`."""

    left: Amount
    right: str
    amounts: tuple[Amount, ...]


@dataclass(frozen=True)
class Worked:
    """Arithmetic as printed: its lines, and each number of theirs with what it is."""

    lines: tuple[str, ...]
    terms: tuple[tuple[str, str], ...]


def work_out(*lines: Line) -> Worked:
    """Print lines from the first on, each with the fewest digits with which its right side gives its left side as printed.

    A number that stands in two lines is printed alike: where the first line gives it too few digits for the second, all get
    one more. Raises ValueError where no number of digits does: then the arithmetic is wrong.
    """
    for added_digits in range(_MOST_MORE):
        digits_of: dict[Amount, int] = {}
        try:
            printed = [_print_line(line, digits_of, added_digits) for line in lines]
            break
        except ValueError as fault:
            reason = fault
    else:
        raise reason
    amounts = [amount for line in lines for amount in (line.left, *line.amounts) if amount.what]
    terms = dict.fromkeys((amount.write(digits_of[amount]), amount.what) for amount in amounts)
    return Worked(tuple(printed), tuple(terms))


def _print_line(line: Line, digits_of: dict[Amount, int], more: int) -> str:
    """A line that holds; its amounts that were not printed before get their digits here."""
    fewest = _FEWEST_IN_SUMS if re.search(" [+-] ", line.right) else _FEWEST_DIGITS
    fewest += more
    left_digits = digits_of.setdefault(line.left, fewest)
    left, right = line.left.write(left_digits), ""
    for digits in range(fewest, _MOST_DIGITS + 1):
        right = _print_right(line, {amount: digits for amount in line.amounts} | digits_of)
        if _holds(line.left, left, left_digits, right):
            digits_of.update({amount: digits_of.get(amount, digits) for amount in line.amounts})
            return f"{left} = {right}"
    raise ValueError(f"this arithmetic is not true: {left} = {right}")


def _print_right(line: Line, digits_of: dict[Amount, int]) -> str:
    written = [amount.write(digits_of[amount]) for amount in line.amounts]
    return line.right.format(
        *(
            f"({number})" if place and number.startswith(MINUS) else number
            for place, number in enumerate(written)
        )
    )


def _holds(amount: Amount, left: str, digits: int, right: str) -> bool:
    right_number, rounding = evaluate(right), measure_rounding(left)
    scale, _ = _skip_units(amount.unit.split())
    if amount.say and amount.say(right_number / scale) != amount.say(amount.number):
        return False
    if not (amount.say or amount.exact) and abs(amount.number) > _NOTHING:
        # Zeros at its end may be digits.
        rounding = min(rounding, 0.5 * 10.0 ** -_count_decimals(abs(amount.number), digits) * scale)
    return abs(right_number - evaluate(left)) <= rounding * (1 + 1e-9)


def measure_rounding(printed: str) -> float:
    """How far a printed number may lie from what it stands for: half a unit of its last digit that is not a zero.

    Parameters
    ----------
    printed : str
        As in a line of arithmetic: 1.05 million, 640,000, 43 %.

    Returns
    -------
    float
        In the unit of the number, so that a percent is a hundredth.
    """
    printed = printed.lstrip(f"+{MINUS}")
    number = _TOKEN.findall(printed)[0]
    digits = re.match(r"[\d,.]+", number)[0].replace(",", "")  # type: ignore[index]
    decimals = len(digits.partition(".")[2])
    zeros = 0 if decimals else len(digits) - len(digits.rstrip("0"))
    zeros = min(zeros, len(digits) - 1)
    scale = evaluate(printed) / float(digits) if float(digits) else _find_scale(number)
    return 0.5 * 10.0 ** (zeros - decimals) * scale


def _find_scale(number: str) -> float:
    return next((scale for ending, scale in _SCALES.items() if number.endswith(ending)), 1.0)


def evaluate(printed: str) -> float:
    """What printed arithmetic comes to; words that are no unit of mass count as nothing.

    Parameters
    ----------
    printed : str
        Numbers with units, +, −, ×, /, brackets and "least of (a; b)".

    Returns
    -------
    float
        In the units printed: tonnes over kilograms are pure numbers, a percent is a hundredth.

    Raises
    ------
    ValueError
        For what is no arithmetic.
    """
    tokens = _TOKEN.findall(printed.replace("-", MINUS))
    total, tokens_left = _read_sum(tokens)
    if tokens_left:
        raise ValueError(f"no arithmetic: {printed!r}")
    return total


def _read_sum(tokens: list[str]) -> tuple[float, list[str]]:
    total, tokens_left = _read_product(tokens)
    while tokens_left and tokens_left[0] in ("+", MINUS):
        sign = 1 if tokens_left[0] == "+" else -1
        term, tokens_left = _read_product(tokens_left[1:])
        total += sign * term
    return total, tokens_left


def _read_product(tokens: list[str]) -> tuple[float, list[str]]:
    product, tokens_left = _read_number(tokens)
    while tokens_left and tokens_left[0] in "×/":
        factor, after = _read_number(tokens_left[1:])
        product = product * factor if tokens_left[0] == "×" else product / factor
        tokens_left = after
    return product, tokens_left


def _read_number(tokens: list[str]) -> tuple[float, list[str]]:
    if not tokens:
        raise ValueError("no arithmetic: it breaks off")
    first, tokens_left = tokens[0], tokens[1:]
    if first == "least of":
        terms, tokens_left = [], ["(", *tokens_left[1:]]
        while tokens_left and tokens_left[0] in "(;":
            term, tokens_left = _read_sum(tokens_left[1:])
            terms.append(term)
        return min(terms), _skip_units(tokens_left[1:])[1]
    if first == "(":
        inner, tokens_left = _read_sum(tokens_left)
        return inner, _skip_units(tokens_left[1:])[1]
    if first in ("+", MINUS):
        unsigned, tokens_left = _read_number(tokens_left)
        return (unsigned if first == "+" else -unsigned), tokens_left
    scale = _find_scale(first)
    number = float(re.match(r"[\d,.]+", first)[0].replace(",", ""))  # type: ignore[index]
    unit_scale, tokens_left = _skip_units(tokens_left)
    return number * scale * unit_scale, tokens_left


def _skip_units(tokens: list[str]) -> tuple[float, list[str]]:
    scale, tokens_left = 1.0, tokens
    while tokens_left and tokens_left[0][0].isalpha() and tokens_left[0] != "least of":
        scale *= _UNITS.get(tokens_left[0], 1.0)
        tokens_left = tokens_left[1:]
    return scale, tokens_left


def _write_number(number: float, digits: int) -> str:
    if abs(number) < _NOTHING:
        return "0"
    if number < 0:
        return f"{MINUS}{_write_number(-number, digits)}"
    if number >= 999_500:
        return (
            f"{_trim(f'{number / 1e6:.{max(_count_decimals(number / 1e6, digits), 0)}f}')} million"
        )
    decimals = _count_decimals(number, digits)
    rounded = round(number, decimals)
    return _trim(f"{rounded:,.{max(decimals, 0)}f}")


def _count_decimals(number: float, digits: int) -> int:
    return digits - 1 - math.floor(math.log10(number))


def _trim(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number
