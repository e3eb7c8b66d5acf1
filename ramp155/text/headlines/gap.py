"""Headlines of Russia against NATO and Europe, of demand and of money."""

from __future__ import annotations

import math

import pandas as pd

from ramp155.answers.gap.ratios import Gap
from ramp155.answers.money import Purchase
from ramp155.answers.procurement.flows import Flows
from ramp155.model.scenario.horizon import MONTHS
from ramp155.record.records import Records
from ramp155.text.gap.ratio import NEWS_MONTH
from ramp155.text.headlines.fit import choose_short
from ramp155.text.numbers import (
    say_chance,
    say_month,
    say_rounds,
    say_rounds_range,
    say_times,
)

_US_GOAL = 100_000  # rounds a month


def write_ratio_headline(compared: Gap, month: str, last_month: str) -> str:
    """Russia's rounds over NATO's when the record ends, and the odds of parity by a month.

    Parameters
    ----------
    compared : Gap
        Rates of all sides, and their ratios.
    month : str
        YYYY-MM, of the odds.
    last_month : str
        YYYY-MM, the record's last.
    """
    now, later = compared.at(last_month), compared.at(month)
    if math.isnan(now["p50"]):
        return f"This estimate names no figure for {say_month(last_month)}"
    ratio = say_times(now["p50"])
    odds = say_chance(later["odds"])
    return choose_short(
        f"Russia makes {ratio} NATO's rounds; parity by {month[:4]}: {odds} odds",
        f"Russia makes {ratio} NATO's rounds; parity by {month[:4]}: {odds}",
        f"Russia makes {ratio} NATO's rounds",
    )


def write_ratio_detail(compared: Gap, label: str, last_month: str) -> str:
    """Whose figure the ratio rests on, and what it was in mid-2025."""
    then = compared.at(NEWS_MONTH)["p50"]
    was = "" if math.isnan(then) else f"; in mid-2025 it was {say_times(then)}"
    return f"In {say_month(last_month)}, going by {label}{was}."


def write_rates_headline(compared: Gap, month: str) -> str:
    """Who makes how much in a month."""
    rates = compared.path[compared.path["month"] == month].set_index("actor")["p50"]
    when = f"End of {month[:4]}" if month.endswith("-12") else say_month(month)
    nato, russia = say_rounds(rates["nato"]), say_rounds(rates["russia"])
    return choose_short(
        f"{when}: NATO {nato} rounds a year, Russia {russia}",
        f"{when}: NATO {nato} rounds, Russia {russia}",
    )


def write_parity_headline(compared: Gap) -> str:
    """The odds of parity at the forecast's end, for NATO and for Europe alone."""
    nato, europe = (
        say_chance(compared.at(MONTHS[-1], side)["odds"]) for side in ("nato", "europe")
    )
    return choose_short(
        f"Odds of parity by {MONTHS[-1][:4]}: NATO {nato}, Europe alone {europe}",
        f"Odds of parity by {MONTHS[-1][:4]}: NATO {nato}, Europe {europe}",
    )


def write_named_headline(named_rates: pd.DataFrame, nato_rate: pd.Series[float], year: str) -> str:
    """How far the named estimates of Russia lie apart, and NATO beside them.

    Parameters
    ----------
    named_rates : pandas.DataFrame
        As `list_named_rates` gives it, rounds in the year.
    nato_rate : Series
        p10, p50, p90 of NATO's rate, rounds a year.
    year : str
        YYYY.
    """
    middles = named_rates["p50"]
    russia = say_rounds_range(middles.min(), middles.max())
    return choose_short(
        f"Russia's {year}: {russia} rounds; NATO's about {say_rounds(nato_rate['p50'])}",
        f"Russia's {year}: {russia} rounds",
    )


def write_makers_headline(promised: float, completed: tuple[float, float], year: int) -> str:
    """What makers promise beside what Europe completed.

    Parameters
    ----------
    promised : float
        The sum of what makers promise, rounds a year.
    completed : tuple of float
        Europe's likely range, rounds in the year.
    year : int
        The year of Europe's figures.
    """
    return choose_short(
        f"Makers promise {say_rounds(promised)}; Europe completed {say_rounds_range(*completed)} in {year}",
        f"Makers promise {say_rounds(promised)}; Europe completed {say_rounds_range(*completed)}",
    )


def write_us_headline(records: Records) -> str:
    """What the US last reported, beside what it promised first."""
    claims = records.claims
    monthly = claims[(claims["subject"] == "US") & (claims["unit"] == "rounds/month")]
    is_goal = (monthly["quantity"] == "round_capacity") & (monthly["status"] == "target")
    goals = monthly[is_goal & (monthly["low"] == _US_GOAL) & (monthly["period"].str.len() == 7)]
    reports = monthly[(monthly["quantity"] == "round_output") & (monthly["status"] == "reported")]
    if goals.empty or reports.empty:
        return "The US: no plan or no report is on record"
    last = reports.sort_values("reported_on", kind="stable").iloc[-1]["low"]
    return choose_short(
        f"US: {last:,.0f} rounds a month reported; {_US_GOAL:,} promised for {say_month(goals['period'].min())}",
        f"US: {last:,.0f} a month reported; {_US_GOAL:,} promised",
    )


def write_tracks_headline(flows: Flows) -> str:
    """What of the demand is missing, under the preference in force."""
    tally = flows.tally_fates()
    asked, missing = say_rounds(tally.asked), tally.missing
    if missing < 1_000:
        return f"Of {asked} rounds asked for by 2031, next to none are missing"
    return choose_short(
        f"Of {asked} rounds asked for by 2031, {say_rounds(missing)} are missing",
        f"Of {asked} rounds asked for, {say_rounds(missing)} are missing",
    )


def write_preference_headline(table: pd.DataFrame) -> str:
    """What buying only European would leave missing.

    Parameters
    ----------
    table : DataFrame
        As `compute_preference_curve` gives it; rounds.
    """
    missing = say_rounds(table.iloc[-1]["mean"])
    return f"Buying only European would leave {missing} rounds missing"


def write_purchase_headline(bought: Purchase, share: float) -> str:
    """What a share of the programme buys.

    Parameters
    ----------
    bought : Purchase
        What it buys.
    share : float
        Of the programme, 0 to 1.
    """
    return f"{share * 100:g} % of Readiness 2030 buys about {say_rounds(bought.rounds[1])} rounds"
