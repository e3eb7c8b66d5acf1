"""Demand met month by month, compiled (numba): imported only where it is called, for that takes half a second."""

from __future__ import annotations

import numpy as np
from numba import njit

from ramp155.model.arrays import Places


@njit(nogil=True, cache=True)
def meet_demand(
    home_output: Places,
    us_offer: Places,
    other_offer: Places,
    opening: Places,
    may_be_given: Places,
    monthly_use: int,
    target: int,
    rebuild_months: int,
    preference: float,
) -> tuple[Places, Places, Places, Places, Places, Places, Places]:
    """Demand, stock, spare output and what met demand by source, in whole rounds.

    Parameters
    ----------
    home_output, us_offer : Places, (months, draws)
        Rounds a month that European makers make, and that the US can deliver.
    other_offer, opening, may_be_given : Places, (draws,)
        Rounds a month from elsewhere, rounds in stock, and rounds of it that may be given away.
    monthly_use : int
        Rounds a month of aid and training.
    target, rebuild_months : int
        Rounds to reach in stock, and months to reach them in.
    preference : float
        Share of each month's demand reserved for European makers, 0 to 1.

    Returns
    -------
    tuple of Places
        Rounds a month of demand, of it those asked for the first time, rounds in stock, its plan, lost and spare,
        (months, draws) each; and what met demand, (5, months, draws).
    """
    months, draw_count = home_output.shape
    demand = np.empty((months, draw_count), np.int64)
    asked, level, plan = np.empty_like(demand), np.empty_like(demand), np.empty_like(demand)
    lost, spare = np.empty_like(demand), np.empty_like(demand)
    met = np.zeros((5, months, draw_count), np.int64)
    stock, may_go = opening.copy(), may_be_given.copy()
    for month in range(months):
        for draw in range(draw_count):
            missing = max(target - opening[draw], 0)
            pace = (missing + rebuild_months - 1) // rebuild_months
            before = opening[draw] + min(pace * month, missing)
            planned = opening[draw] + min(pace * (month + 1), missing)
            to_order = monthly_use + planned - before
            asked[month, draw] = to_order
            # Months in which stocks grew less than planned are made up when somebody has room.
            behind = max(before - stock[draw], 0)
            extra = min(behind, max(home_output[month, draw] - to_order, 0))
            to_order += extra
            from_home = min(home_output[month, draw], to_order)
            # At least `preference` of demand is reserved for European makers: the rest may go abroad.
            allowed_abroad = min(to_order - from_home, int(to_order * (1.0 - preference) + 1e-6))
            from_us = min(allowed_abroad, us_offer[month, draw])
            from_other = min(allowed_abroad - from_us, other_offer[draw])
            caught_up = min(
                behind - extra, us_offer[month, draw] - from_us + other_offer[draw] - from_other
            )
            if to_order > from_home + from_us + from_other:
                caught_up = 0  # what is asked for now comes first
            elif preference > 0.0:
                caught_up = min(
                    caught_up,
                    int(max(to_order * (1.0 - preference) - allowed_abroad, 0.0) / preference),
                )
            to_order += caught_up
            caught_up_us = min(caught_up, us_offer[month, draw] - from_us)
            from_us, from_other = from_us + caught_up_us, from_other + caught_up - caught_up_us
            received = from_home + from_us + from_other
            from_stock = min(max(monthly_use - received, 0), may_go[draw], stock[draw])
            may_go[draw] -= from_stock
            asked[month, draw] += from_stock  # what stocks give they are to get back
            stock[draw] += max(received - monthly_use, 0) - from_stock
            demand[month, draw], level[month, draw], spare[month, draw] = (
                to_order,
                stock[draw],
                home_output[month, draw] - from_home,
            )
            plan[month, draw], lost[month, draw] = (
                planned,
                max(monthly_use - received - from_stock, 0),
            )
            met[0, month, draw], met[1, month, draw] = from_home, from_stock
            met[2, month, draw], met[3, month, draw] = from_us, from_other
            met[4, month, draw] = to_order - received - from_stock
    return demand, asked, level, plan, lost, spare, met
