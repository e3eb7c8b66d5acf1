"""The value nearest to where one stands at which rounds reach a target, found by halving."""

from __future__ import annotations

from collections.abc import Callable

TOLERANCE = 1e-6


def find_least(
    count_rounds: Callable[[float], float], start: float, end: float, target: float
) -> float:
    """The value nearest to `start` at which rounds reach the target, by halving.

    Parameters
    ----------
    count_rounds : callable
        Takes a value of the lever, gives rounds a year.
    start, end : float
        Where one stands, and an end of the lever that reaches the target, as fractions of the baseline.
    target : float
        Rounds a year.

    Returns
    -------
    float
        A value of the lever, to a millionth.
    """
    if count_rounds(start) >= target:
        return start
    while abs(end - start) > TOLERANCE:
        middle = (start + end) / 2
        if count_rounds(middle) >= target:
            end = middle
        else:
            start = middle
    return end
