"""Demand and how it is met in words: what is asked for, what is missing, when stocks are full, what
was changed.
"""

from __future__ import annotations

from ramp155.answers.procurement.flows import Flows
from ramp155.answers.procurement.rule import Rule
from ramp155.answers.procurement.terms import DEMAND_LEVERS, Terms
from ramp155.record.records import Records
from ramp155.text.numbers import count_words, say_chance, say_percent, say_rounds, say_short_month
from ramp155.text.scenario import say_position


def write_tracks_title(flows: Flows, rule: Rule) -> str:
    """The two-tracks title: what is missing on average, with and without the rule."""
    tally = flows.tally_fates()
    asked_phrase = f"Of {say_rounds(tally.asked)} rounds asked for by 2031"
    if tally.missing < 1_000 and rule.missing_free[1] < 1_000:
        return f"{asked_phrase}, next to none are missing"
    if not rule.preference:
        return f"{asked_phrase}, {say_rounds(tally.missing)} are missing"
    return (
        f"{asked_phrase}, {say_rounds(rule.missing_free[1])} are missing. Under a {say_percent(rule.preference)} "
        f"European preference it is {say_rounds(tally.missing)}"
    )


def write_demand(records: Records, terms: Terms, flows: Flows) -> str:
    """What the demand is made of."""
    opening_stock = records.assumption("stock_now").span[1]
    stock_demand = float((flows.planned[11] - flows.planned[0]).mean()) * 12 / 11
    return (
        f"**Demand** a year: {say_rounds(12 * terms.aid)} rounds for Ukraine and {say_rounds(terms.training)} for training. "
        f"Stocks are to grow from some {say_rounds(opening_stock)} to {say_rounds(terms.stock_target)}. Over "
        f"{count_words(terms.years, 'year')} that takes about {say_rounds(max(stock_demand, 0.0))} a year."
    )


def write_rebuilding(rule: Rule) -> str:
    """When stocks are full, with the band."""
    early_month, middle_month, late_month = rule.rebuilt
    if not middle_month:
        return (
            f"**Stocks are not full by the end of 2040** in {say_chance(rule.never)} of runs (without a preference: "
            f"{say_chance(rule.never_free)}). After 2030 output is held."
        )
    end = f"to {say_short_month(late_month)}" if late_month else "to after 2040"
    return (
        f"**Stocks are full** by {say_short_month(middle_month)} in half of the runs (likely range {say_short_month(early_month)} {end}). By the "
        f"end of 2030 they are full in {say_chance(rule.odds_rebuilt)} of runs. After 2030 output is held."
    )


def write_moved_terms(terms: Terms) -> str:
    """What was changed about demand and purchases, for a view that has no room for the levers."""
    moved_terms = [
        f"{lever.label.partition(',')[0]} {say_position(lever, getattr(terms, lever.name))} {lever.unit}"
        for lever in DEMAND_LEVERS
        if getattr(terms, lever.name) != lever.default
    ]
    return f"Set under Two tracks: {', '.join(moved_terms)}." if moved_terms else ""
