"""Sentences made from results: titles that state the finding, and short readings of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from ramp155 import charts, timeline
from ramp155.charts import millions
from ramp155.outlook import Outlook
from ramp155.records import Records
from ramp155.scenario import FORECAST_START, LEVERS, MONTHS, Scenario

_MONTH_NAMES = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
# "more than a dozen new factories in two years" was said in November 2025.
OPENED_SINCE = dt.date(2023, 11, 1)
_SMALL = 0.005  # a change under half a percent is called none


def percent(share: float) -> str:
    """0.7 -> 70 %."""
    return f"{share * 100:.0f} %"


def labels(records: Records) -> dict[str, str]:
    """stage -> what it is called on screen."""
    return dict(zip(records.stages["stage"], records.stages["label"], strict=True))


def month_name(month: str) -> str:
    """2026-12 -> December 2026."""
    year, number = month.split("-")
    return f"{_MONTH_NAMES[int(number) - 1]} {year}"


def short_month(month: str) -> str:
    """2026-12 -> Dec 2026."""
    year, number = month.split("-")
    return f"{_MONTH_NAMES[int(number) - 1][:3]} {year}"


def span(low: float, high: float) -> str:
    """Two yearly rates in as few words as they need: 1.55 to 1.91 million."""
    first, last = charts.millions(low), charts.millions(high)
    if first.endswith(" million") and last.endswith(" million"):
        first = first.removesuffix(" million")
    return f"{first} to {last}"


def tightest(records: Records, shares: dict[str, float]) -> str:
    """What binds, in words that admit doubt: every stage needed to cover seven draws in ten."""
    names, covered = [], 0.0
    for stage, share in shares.items():
        names.append(labels(records)[stage])
        covered += share
        if covered >= 0.7:
            break
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]


def finding(records: Records, result: Outlook, shares: dict[str, float]) -> str:
    """The headline of a scenario at the month its outlook asks about.

    `shares` says in which share of draws each stage binds that month, most frequent first.
    """
    row = _at(result)
    name = tightest(records, shares)
    when = (
        f"end of {result.month[:4]}" if result.month.endswith("-12") else month_name(result.month)
    )
    output, nameplate = row["rounds_per_year"], row["nameplate_rounds_per_year"]
    if result.scenario == Scenario():
        return (
            f"By the {when} Europe could assemble about {millions(nameplate)} shells a year, but "
            f"complete only about {millions(output)} rounds, for want of {name}"
        )
    lead = _lead(records, result.scenario)
    if output < 1_000:
        return f"{lead}, output has stopped by the {when}: {name} is used up"
    change = output / row["baseline_rounds_per_year"] - 1
    if abs(change) < _SMALL:
        return (
            f"{lead}, output is {millions(output)} rounds a year at the {when}, as in the baseline, "
            f"for want of {name}"
        )
    side = "under" if change < 0 else "over"
    return (
        f"{lead}, output is {millions(output)} rounds a year at the {when}, {percent(abs(change))} {side} "
        f"the baseline, for want of {name}"
    )


def reading(records: Records, result: Outlook, shares: dict[str, float]) -> str:
    """The answer in short sentences: what holds output back since when, how far, and how sure."""
    row = _at(result)
    names = labels(records)
    first = (
        f"In the middle case **{names[row['bottleneck']]}** holds it back, since "
        f"{month_name(_since(result))}."
    )
    band = (
        f"Eight in ten sets of assumptions put {month_name(result.month)} at "
        f"{span(row['p10'], row['p90'])} rounds a year."
    )
    listed = [f"{names[s]} in {percent(v)}" for s, v in shares.items() if v >= 0.05][:3]
    doubt = "All but a few of them name the same stage."
    if len(listed) > 1:
        doubt = f"They do not agree on what binds: {', '.join(listed)}."
    return f"{first} {band} {doubt}"


def three_sentences(records: Records, result: Outlook, pinned: float) -> list[str]:
    """What the record says, what the model says, what nobody knows."""
    opened = opened_since(records)
    slips = timeline.slips(records)
    late = (slips > 0).mean()
    row = _at(result)
    return [
        f"**The record:** {len(opened)} new, reopened or expanded lines opened or first delivered "
        f"since November 2023; of {len(slips)} milestones with two dates, {percent(late)} slipped, half of "
        f"all by {slips.median():.0f} months or more.",
        f"**The model:** with bodies and filling ahead of powder, only about "
        f"{percent(row['baseline_rounds_per_year'] / row['nameplate_rounds_per_year'])} of nameplate can "
        f"leave as complete rounds at the end of {result.month[:4]}.",
        f"**Nobody knows** how much nitrocellulose Europe makes, or how much of it a shell's powder "
        f"holds; and named lines account for only {percent(pinned)} of the filling capacity claimed for 2025.",
    ]


def opened_since(records: Records, as_of: str | dt.date | None = None) -> pd.DataFrame:
    """Lines with a new start: `opened` or `first_output` reported done since November 2023.

    Only lines that are new, restarted or expanded count. Columns of `Records.events`.
    """
    fresh = records.lines.loc[records.lines["origin"] != "existing", "line_id"]
    events = timeline.known(records, as_of)
    done = events[
        events["event"].isin(["opened", "first_output"])
        & (events["status"] == "done")
        & events["line_id"].isin(fresh)
        & events["first_day"].notna()
    ]
    done = done[[day >= OPENED_SINCE for day in done["first_day"]]]
    return done.sort_values("first_day").drop_duplicates("line_id")


def slip_sentence(slips: pd.Series) -> str:
    """How far promises held, as the Ramp-up page's title."""
    if slips.empty:
        return "No milestone among these lines has two dates yet, so no slip can be stated"
    late = (slips > 0).mean()
    return (
        f"{percent(late)} of {len(slips)} milestones came or are promised late; "
        f"one in ten by {slips.quantile(0.9):.0f} months or more"
    )


def _at(result: Outlook) -> dict[str, Any]:
    """The path's row of the outlook's month."""
    at = MONTHS.index(result.month)
    return {name: result.path[name].to_numpy()[at] for name in result.path}


def _since(result: Outlook) -> str:
    """First month of the unbroken stretch in which the month's bottleneck binds."""
    stages = result.path["bottleneck"].to_numpy()
    at = MONTHS.index(result.month)
    while at > 0 and stages[at - 1] == stages[at]:
        at -= 1
    return MONTHS[at]


def _lead(records: Records, scenario: Scenario) -> str:
    """The levers that were moved, in words."""
    moved = [
        lever
        for lever in LEVERS
        if getattr(scenario, lever.name) != lever.default and lever.name != "months"
    ]
    if moved and moved[0].name == "nitrocellulose":
        words = f"At {percent(scenario.nitrocellulose)} nitrocellulose"
        others = len(moved) - 1
        if others:
            words += " and one other lever moved" if others == 1 else f" and {others} levers moved"
    else:
        words = "With the levers as set" if moved else "With no lever moved"
    if moved and scenario.months:
        words += f" for {scenario.months} months from {month_name(scenario.start)}"
    elif moved and scenario.start != FORECAST_START:
        words += f" from {month_name(scenario.start)}"
    if scenario.also:
        names = dict(zip(records.countries["country"], records.countries["name"], strict=True))
        words += ", counting " + " and ".join(names[c] for c in scenario.also)
    return words
