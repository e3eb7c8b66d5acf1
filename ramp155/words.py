"""Sentences made from results: titles that state the finding, and short readings of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from functools import lru_cache

import pandas as pd

from ramp155 import ensemble, outlook, timeline
from ramp155.figures import in_hundred, millions, month_name, percent, short_month, span
from ramp155.goal import Goal
from ramp155.outlook import SMALL, Reading, Utilisation
from ramp155.records import Records
from ramp155.scenario import FORECAST_START, LEVER, MONTHS, Scenario
from ramp155.sensitivity import Attribution

# "more than a dozen new factories in two years" was said in November 2025.
OPENED_SINCE = dt.date(2023, 11, 1)


@lru_cache(maxsize=8)
def labels(records: Records) -> dict[str, str]:
    """stage -> what it is called on screen."""
    return dict(zip(records.stages["stage"], records.stages["label"], strict=True))


def tightest(records: Records, shares: dict[str, float]) -> str:
    """What binds, in words that admit doubt: every stage needed to cover seven draws in ten."""
    names, covered = [], 0.0
    for stage, share in shares.items():
        names.append(labels(records)[stage])
        covered += share
        if covered >= 0.7:
            break
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]


def finding(records: Records, scenario: Scenario, at: Reading) -> str:
    """The headline of a scenario at the month it is read off."""
    name = tightest(records, at.shares)
    when = f"end of {at.month[:4]}" if at.month.endswith("-12") else month_name(at.month)
    if scenario == Scenario():
        return (
            f"By the {when} Europe could assemble about {millions(at.nameplate)} shells a year, but "
            f"complete only about {millions(at.rounds)} rounds, for want of {name}"
        )
    lead = _lead(records, scenario)
    if at.rounds < 1_000:
        return f"{lead}, output has stopped by the {when}: {name} is used up"
    change = at.rounds / at.baseline - 1
    if abs(change) < SMALL:
        return (
            f"{lead}, output is {millions(at.rounds)} rounds a year at the {when}, as in the baseline, "
            f"for want of {name}"
        )
    return (
        f"{lead}, output is {millions(at.rounds)} rounds a year at the {when}, {_side(change)} "
        f"the baseline, for want of {name}"
    )


def _side(change: float) -> str:
    """-0.3 -> 30 % under."""
    return f"{percent(abs(change))} {'under' if change < 0 else 'over'}"


def readout(scenario: Scenario, at: Reading) -> str:
    """The figures behind the headline with their bands, in one line."""
    text = (
        f"{short_month(at.month)}: {millions(at.rounds)} rounds a year in the middle case "
        f"(8 in 10 sets: {span(at.p10, at.p90)}, half under {millions(at.p50)})"
    )
    if scenario == Scenario():
        return f"{text}, the baseline"
    if abs(at.change_p10) < 500 and abs(at.change_p90) < 500:
        return f"{text}, no change in 8 of 10 sets"
    return f"{text}; change in 8 of 10 sets {signed(at.change_p10)} to {signed(at.change_p90)}"


def signed(rounds: float) -> str:
    """A change in thousands with its sign: -120,000."""
    whole = round(rounds, -3)
    return f"{whole:+,.0f}" if whole else "0"


def reading(records: Records, scenario: Scenario, at: Reading) -> str:
    """The answer in short sentences: what holds output back since when, and how sure that is."""
    names = labels(records)
    first = (
        f"In the middle case what holds output back is **{names[at.bottleneck]}**, since "
        f"{month_name(at.since)}."
    )
    listed = [f"{names[s]} in {percent(v)}" for s, v in at.shares.items() if v >= 0.05][:3]
    doubt = "Nearly all sets of assumptions name the same stage."
    if len(listed) > 1:
        doubt = f"Sets of assumptions do not agree on what binds: {', '.join(listed)}."
    elif next(iter(at.shares)) != at.bottleneck:
        doubt = f"Yet nearly all sets of assumptions name {names[next(iter(at.shares))]}."
    return " ".join(filter(None, [first, doubt, recovery(scenario, at)]))


def recovery(scenario: Scenario, at: Reading) -> str:
    """What a shortfall does over time: when stores are used up, whether output comes back, what is lost."""
    if not at.falls:
        return ""
    start = f"Output falls below the baseline in {month_name(at.falls)}"
    if at.falls < scenario.start:
        start = f"Output is below the baseline from {month_name(at.falls)}"
    waited = MONTHS.index(at.falls) - MONTHS.index(scenario.start)
    if 1 < waited <= 12 and not scenario.extra_delay and scenario.moved:
        start += f", {waited} months after the change, once stores are used"
    end = (
        f"is back in {month_name(at.back)}" if at.back else "does not come back by the end of 2030"
    )
    return f"{start}, and {end}: {millions(at.lost)} rounds fewer in all."


@lru_cache(maxsize=32)
def live(records: Records, scenario: Scenario, month: str, draws: int) -> dict[str, list[str]]:
    """Every sentence that moves with the nitrocellulose slider, for each whole percent of it.

    Keys: titles, readouts, readings, gains, warnings (201 each). The scenario's own position is ignored.
    """
    gained = outlook.rounds_per_tonne(records, scenario, month)
    told: dict[str, list[str]] = {
        k: [] for k in ("titles", "readouts", "readings", "gains", "warnings")
    }
    for place, at in enumerate(outlook.read_all(records, scenario, month, draws)):
        here = dataclasses.replace(scenario, nitrocellulose=float(outlook.FINE[place]))
        told["titles"].append(finding(records, here, at))
        told["readouts"].append(readout(here, at))
        told["readings"].append(reading(records, here, at))
        told["gains"].append(gain(records, at, gained[place]))
        told["warnings"].append(" ".join(warnings(records, here)))
    return told


def gain(records: Records, at: Reading, rounds: float) -> str:
    """What one more tonne of nitrocellulose would bring."""
    if rounds < 0.5:
        name = labels(records)[at.bottleneck]
        return f"By then, one more tonne of nitrocellulose adds nothing: {name} binds."
    return f"By then, one more tonne of nitrocellulose adds about {rounds:,.0f} rounds."


def warnings(records: Records, scenario: Scenario) -> list[str]:
    """What about a mix of levers cannot be, or does nothing."""
    central = ensemble.draw(records, 0, scenario.assume).params
    modes = {coefficient: float(value[0]) for coefficient, value in central.items()}
    found = []
    missing = max(1 - scenario.linters, 0) * (1 - scenario.wood_pulp)
    fed = (1 - modes["linters_asia_share"] * missing) * modes["ratio_cellulose"]
    if fed < 1 and scenario.nitrocellulose > 0:
        found.append(
            f"Nitrocellulose at {percent(scenario.nitrocellulose)} cannot be made: with linters at "
            f"{percent(scenario.linters)}, fibre is enough for {percent(fed * scenario.nitrocellulose)} "
            "(more supply is taken to come with more fibre of all kinds)."
        )
    if scenario.nitrocellulose > 1.3 and scenario.start < "2028-01":
        found.append(
            f"{percent(scenario.nitrocellulose)} nitrocellulose from {month_name(scenario.start)} is a "
            "thought experiment: new works take years."
        )
    share = modes["share_155_nitrocellulose"] * scenario.share_for_155
    if share > 1:
        found.append(
            "155 mm cannot take more than all nitrocellulose: its share is capped at 100 %."
        )
    run = modes["utilisation"] * scenario.shifts
    if run > 1.2:
        found.append(
            f"Working hours at {percent(scenario.shifts)} mean running at {percent(run)} of stated "
            "capacity: more than most plants can staff."
        )
    if scenario.wood_pulp > 0 and scenario.linters >= 1:
        found.append("No linters are missing, so wood pulp replaces nothing.")
    if scenario.propellant_per_round < 0.8:
        found.append(
            f"Powder at {percent(scenario.propellant_per_round)} a round means short shots only."
        )
    if scenario.extra_delay and not scenario.under_way and not scenario.realised:
        found.append("Where no unfinished line comes to run, a further delay changes little.")
    timed = {"under_way", "realised", "extra_delay", "reserve"}
    if scenario.months and all(lever.name in timed for lever in scenario.moved):
        found.append("The duration has no effect: no lever that it limits was moved.")
    return found


def name(records: Records, scenario: Scenario) -> str:
    """A scenario in a few words, for a label."""
    parts = []
    for lever in scenario.moved:
        value = getattr(scenario, lever.name) * lever.scale
        parts.append(f"{lever.short} {value:g} {lever.unit}".replace(" months", " mo"))
    parts += [f"with {country}" for country in scenario.also]
    own = len(scenario.assume)
    parts += [f"{own} own assumption{'s'[: own != 1]}"] if own else []
    text = ", ".join(parts[:2]) + (f" + {len(parts) - 2}" if len(parts) > 2 else "")
    if scenario.moved and scenario.months:
        text += f", {scenario.months} mo from {short_month(scenario.start)}"
    elif scenario.moved and scenario.start != FORECAST_START:
        text += f", from {short_month(scenario.start)}"
    return text or "Baseline"


def odds_line(label: str, odds: float, even: str) -> str:
    """The odds of a target in words."""
    later = f"even odds from {short_month(even)}" if even else "not likely by the end of 2030"
    return f"{label}: {in_hundred(odds)}; {later}"


def goal(records: Records, found: Goal) -> list[str]:
    """The goal seek's answer: the supply it takes or what stands in the way, the odds, the least pair."""
    names = labels(records)
    target, when = millions(found.target), month_name(found.by)
    if found.reachable:
        first = (
            f"**{target} rounds a year in {when} take {found.nitrocellulose * 100:.1f} % nitrocellulose**"
            f" in the middle case; {names[found.binds]} binds there."
        )
        second = f"At that supply {in_hundred(found.odds)} of the sets of assumptions reach it."
    else:
        first = (
            f"**No supply of nitrocellulose reaches {target} rounds a year in {when}**: "
            f"{names[found.binds]} binds at {millions(found.rounds_per_year)}."
            if found.rounds_per_year >= 1_000
            else f"**No supply of nitrocellulose reaches {target} rounds a year in {when}**: output has "
            f"stopped for want of {names[found.binds]}."
        )
        second = (
            f"With all the nitrocellulose one could want (200 %), {in_hundred(found.odds)} of the sets of "
            "assumptions reach it."
        )
    if found.pair is None:
        third = "No two levers within their ranges reach it."
    elif not found.pair.levers:
        third = "At 100 % nitrocellulose it is reached without moving another lever."
    else:
        moves = [
            f"{LEVER[lever].label.lower()} at {value * 100:.1f} %"
            for lever, value in found.pair.levers.items()
        ]
        third = (
            f"The least effort from 100 % nitrocellulose: {' with '.join(moves)}, "
            f"{found.pair.effort * 100:.1f} points of change in all (no prices of levers are published, so "
            "points stand for cost)."
        )
    return [first, second, third]


def odds_by_supply(table: pd.DataFrame, target: float, by: str) -> str:
    """How sure a supply makes a target (`goal.odds_by_supply`), as a chart's title."""
    what = f"{millions(target)} complete rounds a year in {month_name(by)}"
    best = float(table["odds"].max())
    for level, told in ((0.8, "Eight in ten"), (0.5, "Half of the")):
        if best >= level:
            supply = float(table.loc[table["odds"] >= level, "nitrocellulose"].iloc[0])
            return (
                f"**{told} sets of assumptions make {what} from {percent(supply)} nitrocellulose on; at most "
                f"{in_hundred(best)} do**"
            )
    if best == 0:
        return f"**However much nitrocellulose there is, no set of assumptions makes {what}**"
    return f"**However much nitrocellulose there is, at most {in_hundred(best)} of the sets of assumptions make {what}**"


def response(records: Records, scenario: Scenario, turns: pd.DataFrame, month: str) -> str:
    """What more or less nitrocellulose does to output in a month (`outlook.turns`)."""
    at = f"In {month_name(month)}"
    if scenario.months:
        at = f"Over {scenario.months} months from {month_name(scenario.start)}, read off in {month_name(month)},"
    if (
        scenario.levers != Scenario()
        and scenario.moved
        and scenario.moved[0].name != "nitrocellulose"
    ):
        at = f"{_lead(records, scenario)}, in {month_name(month)}"
    if turns.empty:
        return f"{at} nitrocellulose binds whatever its supply: each tonne more adds rounds"
    last = turns.iloc[-1]
    return (
        f"{at} more than {percent(last['nitrocellulose'])} of the nitrocellulose now expected adds nothing: "
        f"{labels(records)[last['stage']]} takes over at {millions(last['rounds_per_year'])} rounds a year"
    )


def tornado_finding(table: pd.DataFrame, month: str) -> str:
    """What the answer hangs on most, as a heading (`sensitivity.tornado`)."""
    first = table.iloc[0]
    return (
        f"What we know least matters most: {first['label'][0].lower()}{first['label'][1:]} alone moves "
        f"{month_name(month)} from {millions(first['rounds_at_low'])} to {millions(first['rounds_at_high'])} rounds a year"
    )


def pinned_finding(rows: pd.DataFrame) -> str:
    """How much of the filling capacity claimed named lines explain (`outlook.pinned`, one row a year)."""
    row = rows[rows["month"] == "2025-12"].iloc[0]
    share = row["attributed"] / (row["attributed"] + row["unattributed"])
    return (
        f"Named lines explain {percent(share)} of the filling capacity claimed for the end of 2025"
    )


def changed_since(records: Records, version: str, before: str, month: str, rounds: float) -> str:
    """What a link made with another version says, and how the baseline and the record moved since."""
    now = outlook.baseline(records)[MONTHS.index(month)] * 12
    day = before[:10]
    told = [
        int((table["reported_on"].str[:10] > day).sum())
        for table in (records.events, records.claims)
    ]
    grown = f" {told[0]} reports and {told[1]} claims were made since its end." if any(told) else ""
    way = (
        "has not moved"
        if abs(now - rounds) < 5_000
        else f"was {millions(rounds)} and is {millions(now)}"
    )
    return (
        f"This link was made with record {before}; what you see is record {version}. The baseline for "
        f"{month_name(month)} {way} rounds a year.{grown} *What changed it?* on What-if shows the record's part."
    ).replace("has not moved rounds a year", "has not moved")


def map_finding(records: Records, lines: pd.DataFrame, day: dt.date, what: str = "") -> str:
    """How many lines have opened and how many are on the way, of those shown, on a day."""
    opened = opened_since(records, day)
    opened = opened[opened["line_id"].isin(lines["line_id"])]
    counts = lines["status"].value_counts()
    ahead = int(counts.get("announced", 0) + counts.get("construction", 0))
    kind = f" for {what}" if what else ""
    count = len(opened)
    return (
        f"By {day:%B %Y} {count} new or expanded line{'s'[: count != 1]}{kind} had opened since November 2023; "
        f"{ahead} more {'is' if ahead == 1 else 'are'} announced or being built"
    )


def utilisation(records: Records, scenario: Scenario, found: Utilisation, month: str) -> list[str]:
    """How hard stages and countries work under a scenario: the tightest, the slackest, by country."""
    names = labels(records)
    ranked = found.stages.sort_values("utilisation", ascending=False, kind="stable")
    least, top = ranked.iloc[-1], ranked["utilisation"].iloc[0]
    full = " and ".join(names[s] for s in ranked.loc[ranked["utilisation"] > top - SMALL, "stage"])
    lead = "In the baseline" if scenario == Scenario() else f"With {name(records, scenario)}"
    told = [
        f"**{lead}, {full} would run at {percent(top)} of capacity in {month_name(month)}, "
        f"{names[least['stage']]} at {percent(least['utilisation'])}.**"
    ]
    if len(found.countries):
        places = dict(zip(records.countries["country"], records.countries["name"], strict=True))
        rows = found.countries.sort_values("utilisation", ascending=False, kind="stable")
        first, last = rows.iloc[0], rows.iloc[-1]
        told.append(
            f"By what their plants make, {places[first['country']]} would be busiest "
            f"({percent(first['utilisation'])}), {places[last['country']]} least "
            f"({percent(last['utilisation'])})."
        )
    return told


def tornado(table: pd.DataFrame, month: str) -> str:
    """What the answer hangs on, from one coefficient at a time."""
    first, second = table.iloc[0], table.iloc[1]
    moved = int((table["swing"] >= 0.01 * table["swing"].iloc[0]).sum())
    return (
        f"**{first['label']}** matters most: from {first['low']} to {first['high']}, output in "
        f"{month_name(month)} goes from {millions(first['rounds_at_low'])} to "
        f"{millions(first['rounds_at_high'])} rounds a year. Next is **{second['label'][0].lower()}{second['label'][1:]}** "
        f"({millions(second['rounds_at_low'])} to {millions(second['rounds_at_high'])}). "
        f"{len(table) - moved} of {len(table)} change next to nothing on their own."
    )


def sobol(table: pd.DataFrame) -> str:
    """Sobol indices read out."""
    first = table.iloc[0]
    alone = float(table["first"].clip(0).sum())
    return (
        f"**{first['label']}** has the largest share in how far results spread: "
        f"{percent(first['total'])} with all it acts on together, {percent(max(first['first'], 0))} on its "
        f"own. All coefficients on their own explain {percent(min(alone, 1.0))} of the spread; the rest "
        "comes from coefficients acting together: what binds depends on several at once."
    )


def attribution(found: Attribution, month: str) -> str:
    """Where a change comes from, in words."""
    parts = [("levers", found.levers), ("your assumptions", found.assumptions)]
    if found.record:
        parts.append(("a newer record or model", found.record))
    told = ", ".join(f"{signed(value)} from {what}" for what, value in parts)
    change = found.after - found.before
    if abs(change) < 500 and all(abs(value) < 500 for _, value in parts):
        return f"In {month_name(month)} nothing has changed against the baseline."
    return (
        f"In {month_name(month)} output changes by {signed(change)} rounds a year, from "
        f"{millions(found.before)} to {millions(found.after)}: {told}."
    )


def three_sentences(records: Records, at: Reading, pinned: float) -> list[str]:
    """What the record says, what the model says, what nobody knows."""
    opened = opened_since(records)
    slips = timeline.slips(records)
    late = (slips > 0).mean()
    return [
        f"**The record:** {len(opened)} new, reopened or expanded lines opened or first delivered "
        f"since November 2023; of {len(slips)} milestones with two dates, {percent(late)} slipped, half of "
        f"all by {slips.median():.0f} months or more.",
        f"**The model:** with bodies and filling ahead of powder, only about "
        f"{percent(at.rounds / at.nameplate)} of nameplate can "
        f"leave as complete rounds at the end of {at.month[:4]}.",
        f"**Nobody knows** how much nitrocellulose Europe makes, or how much of it a shell's powder "
        f"holds; and named lines account for only {percent(pinned)} of the filling capacity claimed for 2025.",
    ]


def opened_since(records: Records, as_of: str | dt.date | None = None) -> pd.DataFrame:
    """Lines opened or first delivering since NATO's two years began; columns of `Records.events`."""
    return timeline.opened(records, OPENED_SINCE, as_of=as_of)


def slip_sentence(slips: pd.Series) -> str:
    """How far promises held, as the Ramp-up page's title."""
    if slips.empty:
        return "No milestone among these lines has two dates yet, so no slip can be stated"
    late = (slips > 0).mean()
    return (
        f"{percent(late)} of {len(slips)} milestones came or are promised late; "
        f"one in ten by {slips.quantile(0.9):.0f} months or more"
    )


def _lead(records: Records, scenario: Scenario) -> str:
    """What was moved, in words."""
    moved = scenario.moved
    if moved and moved[0].name == "nitrocellulose":
        words = f"At {percent(scenario.nitrocellulose)} nitrocellulose"
        others = len(moved) - 1
        if others:
            words += (
                " and one other lever moved" if others == 1 else f" and {others} other levers moved"
            )
    elif 0 < len(moved) <= 2:
        told = [f"{m.short} at {getattr(scenario, m.name) * m.scale:g} {m.unit}" for m in moved]
        words = "With " + " and ".join(told)
    else:
        words = "With the levers as set" if moved else "With no lever moved"
    if moved and scenario.months:
        words += f" for {scenario.months} months from {month_name(scenario.start)}"
    elif moved and scenario.start != FORECAST_START:
        words += f" from {month_name(scenario.start)}"
    if scenario.assume:
        count = len(scenario.assume)
        words += f" and {count} assumption{'s'[: count != 1]} of your own"
    if scenario.also:
        names = dict(zip(records.countries["country"], records.countries["name"], strict=True))
        words += ", counting " + " and ".join(names[c] for c in scenario.also)
    return words
