"""The gap page's sentences, made from its numbers."""

from __future__ import annotations

import dataclasses
from functools import lru_cache
from urllib.parse import urlencode

import pandas as pd

from ramp155 import dates, gap, money, outlook, procurement, timeline, words
from ramp155.figures import in_hundred, millions, month_name, percent, short_month, span
from ramp155.gap import CALIBRES, COUNTS, MADE, Comparison, Gap
from ramp155.money import Purchase
from ramp155.procurement import Flows, Rule, Terms
from ramp155.records import Records
from ramp155.scenario import MONTHS, Scenario, from_settings, to_query
from ramp155.verdicts import Verdict

NEWS = "2025-06"  # the month of NATO's "four times"
_SHAPES = {"supported": "●", "undecided": "◐", "contradicted": "○"}


def finding(records: Records, scenario: Scenario, found: Gap, month: str) -> str:
    """The gap page's title: whose figure, how counted, the ratio when it made news, the odds ahead."""
    then, ahead = found.at(NEWS), found.at(month)
    chosen = found.comparison
    label = gap.estimates(records, "RU")[chosen.russia]
    if then["p50"] != then["p50"]:
        return f"{label} names no figure for {month_name(NEWS)}"
    what = {"155": "155/152 mm rounds", "all": "rounds of all calibres", "quoted": "155 mm rounds"}
    made = "could make of" if chosen.counts == "nameplate" else "made of"
    when = f"end of {month[:4]}" if month.endswith("-12") else month_name(month)
    return (
        f"{_lead(records, scenario, chosen)}Going by {label}, Russia made {times(then['p50'])} what NATO {made} "
        f"{what[chosen.calibres]} in mid-2025; odds of parity by {when}: {in_hundred(ahead['odds'])}"
    )


def _lead(records: Records, scenario: Scenario, chosen: Comparison) -> str:
    """What was moved, before a title."""
    parts = [] if scenario == Scenario() else [words.name(records, scenario)]
    if chosen.russia_rate != 1:
        parts.append(f"Russia at {percent(chosen.russia_rate)} from 2026")
    text = ", ".join(parts)
    return f"{text[0].upper()}{text[1:]}. " if text else ""


def times(ratio: float) -> str:
    """1.94 -> 1.9 times."""
    return f"{ratio:.1f} times"


def counted(comparison: Comparison) -> str:
    """How a comparison counts, in words for a caption."""
    if comparison.calibres == "quoted":
        return f"as each source counts, {COUNTS[comparison.counts].lower()}"
    parts = [CALIBRES[comparison.calibres], MADE[comparison.made], COUNTS[comparison.counts]]
    return ", ".join(part.lower() for part in parts)


def turned(records: Records, found: Gap) -> str:
    """Has the tide turned? Both readings of November 2025 in this comparison, and where it stands."""
    then, before = found.at("2025-11"), found.at("2024-11")
    last = records.end.strftime("%Y-%m")
    if then["p50"] != then["p50"] or before["p50"] != before["p50"]:
        return "**Has the tide turned?** This estimate names no figure for 2024 and 2025 both."
    change = then["p50"] / before["p50"] - 1
    way = "closing" if change < -0.05 else "widening" if change > 0.05 else "hardly moving"
    done = "at parity or past it" if then["odds"] >= 0.5 else "not at parity"
    return (
        f"**Has the tide turned?** In November 2025 the ratio was {then['p50']:.1f}, against {before['p50']:.1f} a "
        f"year before: {way}, {done} (odds {in_hundred(then['odds'])}). By {month_name(last)} it is "
        f"{found.at(last)['p50']:.1f}."
    )


def parity(found: Gap) -> str:
    """When parity becomes likelier than not, for NATO and for Europe alone."""
    told = []
    for versus, name in (("nato", "NATO"), ("europe", "Europe alone")):
        even = found.even_from(versus)
        late = found.at(MONTHS[-1], versus)["odds"]
        if even:
            told.append(f"{name}: likelier than not from {month_name(even)}")
        else:
            told.append(
                f"{name}: not likelier than not by the end of 2030 (then {in_hundred(late)})"
            )
    return f"**Parity with Russia.** {'; '.join(told)}."


def rates_finding(found: Gap, month: str) -> str:
    """Who makes how much in a month, middle draw."""
    at = found.path[found.path["month"] == month].set_index("actor")["p50"]
    when = f"end of {month[:4]}" if month.endswith("-12") else month_name(month)
    return (
        f"By {when} NATO would make {millions(at['nato'])} rounds a year, {millions(at['europe'])} of them in Europe, "
        f"against Russia's {millions(at['russia'])}"
    )


def lever_effect(found: Gap, base: Gap, month: str) -> str:
    """What the levers moved about the odds of parity, against the same comparison's baseline."""
    before, after = base.at(month)["odds"], found.at(month)["odds"]
    if abs(after - before) < 0.005:
        return f"The levers leave the odds of parity in {month_name(month)} as they are."
    way = "raise" if after > before else "lower"
    return (
        f"The levers {way} the odds of parity in {month_name(month)} from {in_hundred(before)} to "
        f"{in_hundred(after)}."
    )


def named_range(
    records: Records, table: pd.DataFrame, ours: pd.Series, year: str, chosen: Comparison
) -> str:
    """How far the named estimates lie apart, and which name nothing for the year."""
    low, high = table.loc[table["p50"].idxmin()], table.loc[table["p50"].idxmax()]
    labels = gap.estimates(records, "RU")
    later = [label for name, label in labels.items() if name not in set(table["estimate_id"])]
    how = "As each counts" if chosen.calibres == "quoted" else "Counted alike"
    text = (
        f"**Whose figure?** {how}, Russia's {year} runs from {millions(low['p50'])} ({low['label']}) to "
        f"{millions(high['p50'])} ({high['label']}); NATO {_made(chosen)} {span(ours['p10'], ours['p90'])}."
    )
    if later:
        text += f" {len(later)} of {len(labels)} name only later years: {', '.join(later)}."
    return text


def _made(chosen: Comparison) -> str:
    return "could make" if chosen.counts == "nameplate" else "made"


def named_finding(table: pd.DataFrame, ours: pd.Series, year: str, chosen: Comparison) -> str:
    """The comparators' title: how far estimates lie apart, and NATO beside them."""
    how = "each in its own way of counting" if chosen.calibres == "quoted" else "once counted alike"
    return (
        f"{len(table)} named estimates put Russia's {year} at {span(table['p50'].min(), table['p50'].max())} rounds, "
        f"{how}; NATO {_made(chosen)} {span(ours['p10'], ours['p90'])}"
    )


# --- who makes what -------------------------------------------------------------------------------


def us_finding(records: Records) -> str:
    """The American goal and how it slipped, as a heading."""
    return (
        us_plans(records)
        .split(" Charges lag")[0]
        .replace("**United States.** ", "The US: ")
        .rstrip(".")
    )


def us_plans(records: Records) -> str:
    """How often the American goal moved, and what was last reported."""
    claims = records.claims
    own = claims[(claims["subject"] == "US") & (claims["unit"] == "rounds/month")]
    plans = own[
        (own["quantity"] == "round_capacity")
        & (own["status"] == "target")
        & (own["low"] == 100_000)
        & (own["period"].str.len() == 7)
    ]
    made = own[(own["quantity"] == "round_output") & own["low"].notna()]
    made = made[made["status"] == "reported"].sort_values("reported_on").iloc[-1]
    due = sorted(set(plans["period"]))
    charges = claims[(claims["subject"] == "US") & (claims["quantity"] == "charge_output")].iloc[-1]
    shells = own[(own["quantity"] == "round_output") & (own["period"] == charges["period"])].iloc[
        -1
    ]
    dated = ", ".join(short_month(month) for month in due[:-1])
    return (
        f"**United States.** 100,000 a month was promised for {dated} and {short_month(due[-1])}; the last "
        f"report gives {made['low']:,.0f} ({month_name(made['reported_on'][:7])}). Charges lag shells: {charges['low']:,.0f} against "
        f"{shells['low']:,.0f} in {month_name(charges['period'])}."
    )


def russia_estimates(records: Records, chosen: str) -> str:
    """How many bodies name a Russian figure, and what the chosen one counts."""
    labels = gap.estimates(records, "RU")
    rows = records.estimates[records.estimates["estimate_id"] == chosen]
    return (
        f"**Russia.** {len(labels)} named estimates, each counting something else. Chosen: **{labels[chosen]}**, "
        f"{millions(rows['mode'].iloc[-1])} a year for {rows['month'].iloc[-1][:4]}. {rows['reasoning'].iloc[-1]}"
    )


def ukraine(records: Records) -> str:
    """What Ukraine says it needs, and what of its own output is known."""
    need = records.claims[
        (records.claims["subject"] == "UA")
        & (records.claims["quantity"] == "need")
        & (records.claims["unit"] == "rounds/month")
    ].sort_values("reported_on")
    own = records.estimates.set_index("estimate_id").loc["ua-all"]
    return (
        f"**Ukraine.** Last named a need of {need['high'].iloc[-1]:,.0f} a month. What it makes of 155 mm is "
        f"withheld; with mortar bombs perhaps {span(own['low'], own['high'])} a year (our product), counted only "
        "where a statement adds Ukraine."
    )


# --- two tracks ---------------------------------------------------------------------------------


def tracks_finding(flows: Flows, rule: Rule) -> str:
    """The two-tracks title: what is missing on average, with and without the rule."""
    asked = f"Of {millions(flows.asked())} rounds asked for by 2031"
    if rule.missing[1] < 1_000 and rule.missing_free[1] < 1_000:
        return f"{asked}, next to none are missing"
    if not rule.preference:
        return f"{asked}, {millions(rule.missing[1])} are missing"
    return (
        f"{asked}, {millions(rule.missing[1])} are missing under a {percent(rule.preference)} European preference, "
        f"{millions(rule.missing_free[1])} without"
    )


def demand(records: Records, terms: Terms, flows: Flows) -> str:
    """What the demand is made of."""
    start = records.assumption("stock_now").span[1]
    stocks = float((flows.planned[11] - flows.planned[0]).mean()) * 12 / 11
    return (
        f"**Demand** a year: {millions(12 * terms.aid)} for Ukraine, {millions(terms.training)} for training, about "
        f"{millions(max(stocks, 0.0))} to bring stocks from some {millions(start)} to {millions(terms.stock_target)} in "
        f"{terms.years} years."
    )


def rebuilt(rule: Rule) -> str:
    """When stocks are full, with the band."""
    early, half, late = rule.rebuilt
    if not half:
        return (
            f"**Stocks are not full by the end of 2040** in {in_hundred(rule.never)} of draws (without a preference: "
            f"{in_hundred(rule.never_free)}). After 2030 output is held."
        )
    end = f"to {short_month(late)}" if late else "to after 2040"
    return (
        f"**Stocks are full** by {short_month(half)} in half of the draws (8 in 10: {short_month(early)} {end}), by the "
        f"end of 2030 in {in_hundred(rule.odds_rebuilt)}. After 2030 output is held."
    )


def no_rule(others: list[Rule]) -> str:
    """What rules would cost where none is set."""
    told = [
        f"{percent(rule.preference)} would cost {_rounds(rule.cost_rounds[1])} on average"
        for rule in others
    ]
    return f"**No European preference is set.** By 2031 {', '.join(told)}. The EU's loans ask for 65 %."


def preference_finding(table: pd.DataFrame) -> str:
    """What reserving orders for Europe costs by the end of 2030 (`procurement.rules`)."""
    free, most = table.iloc[0], table.iloc[-1]
    half = table.loc[(table["preference"] - 0.65).abs().idxmin()]
    return (
        f"Buying only European would leave {millions(most['mean'])} rounds missing by the end of 2030, against "
        f"{millions(free['mean'])} with no rule and {millions(half['mean'])} at {percent(half['preference'])}"
    )


def rule_cost(rule: Rule) -> str:
    """What the preference in force costs in rounds and months."""
    low, mean, high = rule.cost_rounds
    if high < 1_000:
        return (
            f"**A {percent(rule.preference)} rule costs next to nothing**: Europe meets more than that part of "
            "demand anyway, or nobody else has rounds to sell."
        )
    spread = f"in eight of ten {millions(low) if low >= 500 else 0} to {_rounds(high)}"
    return (
        f"**A {percent(rule.preference)} rule costs {_rounds(mean)} on average** by 2031: it costs any in "
        f"{in_hundred(rule.cost_odds)} of draws, {spread}. {_delay(rule)}"
    )


def _delay(rule: Rule) -> str:
    """How much later stocks are full, told apart from never."""
    if rule.never > 0.5:
        other = in_hundred(rule.never_free)
        return f"Stocks are then not full by the end of 2040 in {in_hundred(rule.never)} of draws, against {other} without."
    half, late = rule.late
    if late < 0.5:
        return "Stocks are full no later."
    start = (
        f"{half:.0f} months later in half of the draws"
        if half >= 0.5
        else "no later in half of the draws"
    )
    return f"Stocks are full {start}, {late:.0f} months or more in one of ten."


def rule_gain(rule: Rule) -> str:
    """What the preference leaves at home."""
    if rule.kept[2] < 1_000:
        return "It keeps no orders at home that would otherwise go abroad."
    start = f"**It leaves at home** orders for {_rounds(rule.kept[1])} on average"
    if rule.plants[1] < 0.05:
        return f"{start}, too few or too late for a new powder plant by 2031."
    return (
        f"{start}. Those placed early enough would pay for {rule.plants[1]:.1f} new powder plants (8 in 10 draws: "
        f"{rule.plants[0]:.1f} to {rule.plants[2]:.1f}), enough for {millions(rule.capacity[1])} rounds a year by 2031; "
        "these are not counted in the picture."
    )


def _rounds(value: float) -> str:
    return "no rounds" if value < 500 else f"{millions(value)} rounds"


def bill(records: Records, flows: Flows) -> str:
    """What the purchases cost at published prices, by where they are bought (mean of the draws)."""
    told, low, high = [], 0.0, 0.0
    for source, price, name in (
        ("europe", "price_europe", "in Europe"),
        ("us", "price_us", "from the US"),
        ("other", "price_other", "elsewhere"),
    ):
        rounds = float(flows.total(source).mean())
        costs = [rounds * each / 1e9 for each in records.assumption(price).span]
        low, high = low + costs[0], high + costs[2]
        told.append(f"{costs[1]:.1f} bn {name}")
    return (
        f"**Money, 2026 to 2030, middle prices:** {', '.join(told)}; at the ends of the assumed price ranges "
        f"{low:.0f} to {high:.0f} bn euro in all."
    )


# --- money and policy -----------------------------------------------------------------------------


def money_finding(found: Purchase) -> str:
    """Why capacity and not money binds."""
    return (
        f"Every 155 mm round Europe can make until 2031 costs about {found.cost / 1e9:.0f} bn euro, "
        f"{found.share * 100:.1f} % of Readiness 2030: capacity binds, not money"
    )


def purchase(found: Purchase, share: float) -> str:
    """What a share of the programme buys against what can be made."""
    dear, middle, cheap = found.rounds
    ratio = middle / found.made[1]
    start = (
        f"**{share * 100:g} % of Readiness 2030 is {found.euros / 1e9:.1f} bn euro**: at published European prices "
        f"{millions(middle)} rounds ({span(dear, cheap)})"
    )
    if ratio > 1.05:
        return f"{start}, {times(ratio)} what Europe can make from 2026 to 2030 ({span(found.made[0], found.made[2])})."
    return (
        f"{start}, {percent(ratio)} of what Europe can make from 2026 to 2030 "
        f"({span(found.made[0], found.made[2])})."
    )


def prices(table: pd.DataFrame) -> str:
    """The spread of published prices."""
    west, russia = table[~table["russia"] & ~table["state"]], table[table["russia"]]
    return (
        f"**{len(west)} published prices of a 155 mm round (some for all large calibres) run from {west['low'].min():,.0f} to "
        f"{west['high'].max():,.0f} euro**; a Russian 152 mm shell is put at {russia['low'].min():,.0f} to "
        f"{russia['high'].max():,.0f}. They count different things: with or without charge and fuze, old or new."
    )


def policy_finding(records: Records) -> str:
    """How many lines followed the first policies, and after how long."""
    rows = records.policies[records.policies["settings"] == ""]
    first = min(rows["date"])
    followed = timeline.opened(records, dates.first_day(first))
    waits = [
        dates.month_number(day.isoformat()[:7]) - dates.month_number(first)
        for day in followed["first_day"]
    ]
    if not waits:
        return f"No line has opened since the first policy of {month_name(first)}"
    half = sorted(waits)[len(waits) // 2]
    return (
        f"{len(followed)} lines opened or first delivered since the first joint policy of {month_name(first)}, half "
        f"of them more than {half - 1} months after it"
    )


@lru_cache(maxsize=64)
def strand(records: Records, policy_id: str, month: str, draws: int) -> tuple[str, str]:
    """A strand of NATO's plan tied to a lever: what it is, and what the lever does to output in a month."""
    row = records.policies.set_index("policy_id").loc[policy_id]
    settings = dict(part.split("=", 1) for part in row["settings"].split(";"))
    what = from_settings(settings)
    at = outlook.read(records, what, month, draws)
    gained = at.rounds - at.baseline
    if abs(gained) < 0.01 * at.baseline:
        middle = (
            f"next to none in the middle case, where {words.labels(records)[at.bottleneck]} binds"
        )
    else:
        middle = f"{words.signed(gained)} in the middle case"
    text = (
        f"**{row['label']}.** {row['reasoning']} Effect on rounds a year in {month_name(month)}: "
        f"{words.signed(at.change_p10)} to {words.signed(at.change_p90)} in eight of ten draws, {middle}."
    )
    return text, urlencode(to_query(what))


# --- statements -----------------------------------------------------------------------------------


def verdict_label(verdict: Verdict) -> str:
    """A statement's line in the list: shape, words, odds."""
    odds = "?" if verdict.odds is None else in_hundred(verdict.odds)
    odds = odds.replace(" ", "\u00a0")
    return f"{_SHAPES[verdict.verdict]} {verdict.statement} · {odds}"


def verdicts_finding(found: list[Verdict]) -> str:
    """How many statements hold."""
    count = {
        word: sum(v.verdict == word for v in found)
        for word in ("supported", "contradicted", "undecided")
    }
    return (
        f"Of {len(found)} public statements {count['supported']} are supported by record and model, "
        f"{count['contradicted']} contradicted, {count['undecided']} undecided"
    )


def moved_terms(terms: Terms) -> str:
    """What was changed about demand and purchases, for a view that has no room for the levers."""
    moved = [
        f"{lever.label.lower().partition(',')[0]} {getattr(terms, lever.name) * lever.scale:g} {lever.unit}"
        for lever in procurement.LEVERS
        if getattr(terms, lever.name) != lever.default
    ]
    return f"Set under Two tracks: {', '.join(moved)}." if moved else ""


def like_for_like(records: Records, scenario: Scenario, comparison: Comparison, draws: int) -> str:
    """How much the way of counting matters: the ratio of mid-2025 under its extremes."""
    ratios = []
    for other in gap.every_counting():
        one = dataclasses.replace(
            comparison, calibres=other.calibres, made=other.made, counts=other.counts
        )
        # No lever acts on the past: only what is built or assumed can move it.
        at = gap.middle_ratio(records, scenario.plans, one, NEWS, draws)
        if at == at:
            ratios.append((at, counted(one)))
    if not ratios:
        return ""
    (low, few), (high, many) = min(ratios), max(ratios)
    return (
        f"**How is it counted?** With this estimate the mid-2025 ratio runs from {low:.1f} ({few}) to "
        f"{high:.1f} ({many})."
    )


def economy(records: Records, found: Gap) -> str:
    """Economies against ammunition, as it is counted here."""
    size = money.amount(records, "seed-economy-ratio-2025")
    ratio = float(found.at(NEWS)["p50"])
    made = f"{1 / ratio:.1f}" if ratio else "no end of"
    return (
        f"**An economy {size:.0f} times as large, and {made} {'rounds it could make' if found.comparison.counts == 'nameplate' else 'rounds'} "
        f"for each Russian one** in mid-2025 ({counted(found.comparison)})."
    )
