"""Russia over NATO and Europe in words: the gap page's title, whether the tide turned, when parity
is likelier than not, what levers and ways of counting do to the ratio.
"""

from __future__ import annotations

import dataclasses
import math

from ramp155.answers.gap.comparison import Comparison, list_countings
from ramp155.answers.gap.estimates import find_last_figure, list_estimates
from ramp155.answers.gap.ratios import Gap, find_median_ratio
from ramp155.answers.money import read_claim_amount
from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.dates import first_day, last_day
from ramp155.record.records import Records
from ramp155.text.gap.counting import say_counting
from ramp155.text.numbers import say_chance, say_date, say_month, say_percent, say_times
from ramp155.text.phrases import fill_phrase
from ramp155.text.scenario import name_scenario

NEWS_MONTH = "2025-06"  # the month of NATO's "four times"


def write_gap_title(records: Records, scenario: Scenario, compared: Gap, month: str) -> str:
    """The gap page's title: whose figure, how counted, the ratio when it made news, the odds ahead."""
    lead = _write_gap_lead(records, scenario, compared.comparison)
    form = write_title_form(records, compared, month)
    return form.replace("{lead}", lead).replace("{odds}", say_chance(compared.at(month)["odds"]))


def write_title_form(records: Records, compared: Gap, month: str) -> str:
    """The gap page's title with `{lead}` and `{odds}` left open: all that no lever of the scenario moves."""
    news_ratio, comparison = compared.at(NEWS_MONTH), compared.comparison
    label = list_estimates(records, "RU")[comparison.russia]
    if math.isnan(news_ratio["p50"]):
        return f"{label} names no figure for {say_month(NEWS_MONTH)}"
    counted_rounds = {
        "155": "155/152 mm rounds",
        "all": "rounds of all calibres",
        "quoted": "155 mm rounds",
    }
    verb = "could make of" if comparison.counts == "nameplate" else "made of"
    deadline = f"end of {month[:4]}" if month.endswith("-12") else say_month(month)
    return (
        f"{{lead}}Going by {label}, Russia made {say_times(news_ratio['p50'])} what NATO {verb} "
        f"{counted_rounds[comparison.calibres]} in mid-2025; odds of parity by {deadline}"
        f"{_say_held(records, comparison, month)}: {{odds}}"
    )


def _say_held(records: Records, comparison: Comparison, month: str) -> str:
    """That Russia is held level, where the month lies after the estimate's last figure."""
    last_figure = find_last_figure(records, comparison.russia)
    return (
        f", with Russia held level after {say_date(last_figure)}"
        if first_day(month) > last_day(last_figure)
        else ""
    )


def _write_gap_lead(records: Records, scenario: Scenario, comparison: Comparison) -> str:
    """What was moved, before a title."""
    phrases = [] if scenario == Scenario() else [name_scenario(records, scenario)]
    if comparison.russia_rate != 1:
        percent = say_percent(comparison.russia_rate)
        phrases.append(fill_phrase("russias_rate", percent=percent))
    lead = ", ".join(phrases)
    return f"{lead[0].upper()}{lead[1:]}. " if lead else ""


def write_tide(records: Records, compared: Gap) -> str:
    """Has the tide turned? Both readings of November 2025 in this comparison, and where it stands."""
    ratio_now = compared.at(records.end.strftime("%Y-%m"))["p50"]
    return write_tide_form(records, compared).replace("{now}", f"{ratio_now:.1f}")


def write_tide_form(records: Records, compared: Gap) -> str:
    """The same with where it stands, `{now}`, left open: what was is moved by no lever."""
    ratio_then, ratio_before = compared.at("2025-11"), compared.at("2024-11")
    last_month = records.end.strftime("%Y-%m")
    if math.isnan(ratio_then["p50"]) or math.isnan(ratio_before["p50"]):
        return "**Has the tide turned?** This estimate names no figure for 2024 and 2025 both."
    change = ratio_then["p50"] / ratio_before["p50"] - 1
    movement = "closing" if change < -0.05 else "widening" if change > 0.05 else "hardly moving"
    held = _say_held(records, compared.comparison, "2025-11")
    parity_phrase = "at parity or past it" if ratio_then["odds"] >= 0.5 else "not at parity"
    return (
        f"**Has the tide turned?** In November 2025 the ratio was {ratio_then['p50']:.1f}, against {ratio_before['p50']:.1f} a "
        f"year before{held}: {movement}, {parity_phrase} (odds {say_chance(ratio_then['odds'])}). By {say_month(last_month)} it is "
        "{now}."
    )


def write_parity(compared: Gap) -> str:
    """When parity becomes likelier than not, for NATO and for Europe alone."""
    phrases = []
    for versus, name in (("nato", "NATO"), ("europe", "Europe alone")):
        even_month = compared.even_from(versus)
        if even_month:
            phrases.append(fill_phrase("even_from", who=name, month=say_month(even_month)))
        else:
            odds = say_chance(compared.at(MONTHS[-1], versus)["odds"])
            phrases.append(fill_phrase("even_late", who=name, odds=odds))
    return fill_phrase("parity", sides="; ".join(phrases))


def write_lever_effect(compared: Gap, baseline_gap: Gap, month: str) -> str:
    """What the levers moved about the odds of parity, against the same comparison's baseline."""
    odds_before, odds_after = baseline_gap.at(month)["odds"], compared.at(month)["odds"]
    phrase = "odds_rise" if odds_after > odds_before else "odds_fall"
    if abs(odds_after - odds_before) < 0.005:
        phrase = "odds_stay"
    before, after = say_chance(odds_before), say_chance(odds_after)
    return fill_phrase(phrase, month=say_month(month), before=before, after=after)


def list_gap_reading(
    records: Records, scenario: Scenario, compared: Gap, baseline_gap: Gap, month: str
) -> list[str]:
    """What is read off the comparison, a paragraph each: the tide, parity, and what levers did where one was moved."""
    paragraphs = [write_tide(records, compared), write_parity(compared)]
    if scenario != Scenario() or compared.comparison != baseline_gap.comparison:
        paragraphs.append(write_lever_effect(compared, baseline_gap, month))
    return paragraphs


def write_counting_range(model: Model, scenario: Scenario, comparison: Comparison) -> str:
    """How much the way of counting matters: the ratio of mid-2025 under its extremes."""
    # No lever acts on the past: only what is built or assumed can move it.
    return _write_counting_range(model, scenario.plans, comparison)


@remember
def _write_counting_range(model: Model, plans: Scenario, comparison: Comparison) -> str:
    ratios = []
    for counting in list_countings():
        alternative = dataclasses.replace(
            comparison, calibres=counting.calibres, made=counting.made, counts=counting.counts
        )
        ratio = find_median_ratio(model, plans, alternative, NEWS_MONTH)
        if not math.isnan(ratio):
            ratios.append((ratio, say_counting(alternative)))
    if not ratios:
        return ""
    (low, few), (high, many) = min(ratios), max(ratios)
    return (
        f"**How is it counted?** With this estimate the ratio of mid-2025 is at least {low:.1f} ({few}). "
        f"It is at most {high:.1f} ({many})."
    )


def write_economy_ratio(records: Records, compared: Gap) -> str:
    """Economies against ammunition, as it is counted here."""
    economy_ratio = read_claim_amount(records, "seed-economy-ratio-2025")
    ratio = float(compared.at(NEWS_MONTH)["p50"])
    rounds_each = f"{1 / ratio:.1f}" if ratio else "no end of"
    verb = "could make" if compared.comparison.counts == "nameplate" else "makes"
    return (
        f"**NATO's economy is {economy_ratio:.0f} times Russia's; it {verb} {rounds_each} rounds "
        f"for each Russian one** in mid-2025."
    )
