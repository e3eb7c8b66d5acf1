# ruff: noqa: ANN001, ANN201, ANN202 (numba infers the types of compiled functions)
"""Quantiles, shares and odds over draws, compiled (numba): as numpy's quantiles, several times faster. Draws of a month are put in order only as far as the levels asked for need it (quickselect), so memory does not grow with the number of months."""

from __future__ import annotations

import numpy as np
from numba import njit

QUANTILE_LEVELS = np.array([0.1, 0.5, 0.9])


@njit(nogil=True, cache=True)
def reduce_draws(
    output, baseline_output, binds, targets, levels, past_months, quantiles, change, shares, reached
):  # fmt: skip
    """Draws of every month reduced to quantiles of output and of its change, shares and odds.

    The first `past` months are left to the caller."""
    months, draws = output.shape
    work = np.empty(draws)
    for month in range(past_months, months):
        unchanged = True
        for d in range(draws):
            work[d] = output[month, d]
            unchanged = unchanged and output[month, d] == baseline_output[month, d]
        for k in range(len(targets)):
            over = 0
            for d in range(draws):
                over += work[d] >= targets[k]
            reached[month, k] = over / draws
        for s in range(shares.shape[1]):
            shares[month, s] = 0.0
        for d in range(draws):
            shares[month, binds[month, d]] += 1.0
        for s in range(shares.shape[1]):
            shares[month, s] /= draws
        compute_quantiles(work, levels, quantiles[:, month])
        if unchanged:
            change[:, month] = 0.0
        else:
            for d in range(draws):
                work[d] = output[month, d] - baseline_output[month, d]
            compute_quantiles(work, levels, change[:, month])


@njit(nogil=True, cache=True)
def compute_bands(values, levels):
    """Quantiles of every month over its draws: (months, draws) and (levels,) -> (levels, months).

    As numpy's, several times faster; NaN where any draw is NaN.
    """
    months, draws = values.shape
    quantiles = np.empty((len(levels), months))
    work = np.empty(draws)
    for month in range(months):
        complete = True
        for d in range(draws):
            work[d] = values[month, d]
            complete = complete and not np.isnan(work[d])
        if complete:
            compute_quantiles(work, levels, quantiles[:, month])
        else:
            quantiles[:, month] = np.nan
    return quantiles


@njit(nogil=True, cache=True)
def compute_quantiles(work, levels, quantiles):
    """Quantiles at rising levels, joined by straight lines as numpy does; reorders `work`."""
    begin, last = 0, len(work) - 1
    for k in range(len(levels)):
        place = levels[k] * last
        lower = int(place)
        _select_place(work, begin, last, lower)
        value = work[lower]
        if place > lower:
            upper = work[lower + 1]
            for d in range(lower + 2, last + 1):
                upper = work[d] if work[d] < upper else upper
            value += (upper - value) * (place - lower)
        quantiles[k] = value
        begin = lower


@njit(nogil=True, cache=True)
def _select_place(work, left, right, k):
    """Quickselect (Hoare 1961): afterwards work[k] is what a full sort would put there."""
    while left < right:
        pivot = work[k]
        i, j = left, right
        while i <= j:
            while work[i] < pivot:
                i += 1
            while pivot < work[j]:
                j -= 1
            if i <= j:
                work[i], work[j] = work[j], work[i]
                i += 1
                j -= 1
        if j < k:
            left = i
        if k < i:
            right = j
