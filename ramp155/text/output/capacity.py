"""Capacity in words: how much of it named lines explain, and how hard stages and countries work."""

from __future__ import annotations

import pandas as pd

from ramp155.answers.output.reading import SMALL_CHANGE
from ramp155.answers.stages.utilisation import Utilisation
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records
from ramp155.text.numbers import join_words, say_month, say_percent
from ramp155.text.scenario import name_scenario
from ramp155.text.stages import name_stages

_MOST_NAMED = 3  # stages in one sentence


def write_attributed_capacity_title(rows: pd.DataFrame) -> str:
    """How much of the filling capacity claimed named lines explain (`compute_attributed_capacity`)."""
    year_end = rows[rows["month"] == "2025-12"].iloc[0]
    share = year_end["attributed"] / (year_end["attributed"] + year_end["unattributed"])
    return f"Named lines explain {say_percent(share)} of the filling capacity claimed for the end of 2025"


def write_utilisation(
    records: Records, scenario: Scenario, usage: Utilisation, month: str
) -> list[str]:
    """How hard stages and countries work under a scenario: the tightest, the slackest, by country."""
    stage_names = name_stages(records)
    ranked = usage.stages.sort_values("utilisation", ascending=False, kind="stable")
    least, top = ranked.iloc[-1], ranked["utilisation"].iloc[0]
    fullest = [
        stage_names[stage]
        for stage in ranked.loc[ranked["utilisation"] > top - SMALL_CHANGE, "stage"]
    ]
    fullest_stages = (
        join_words(fullest) if len(fullest) <= _MOST_NAMED else f"{len(fullest)} of the stages"
    )
    is_moved = bool(scenario.moved or scenario.also or scenario.assume)
    lead = f"{name_scenario(records, scenario)}: " if is_moved else ""
    sentence = (
        f"{lead}by our assumptions {fullest_stages} would most likely run at {say_percent(top)} of capacity in "
        f"{say_month(month)}."
    )
    sentences = [
        f"**{sentence[0].upper()}{sentence[1:]}** The least used stage would be {stage_names[least['stage']]} "
        f"({say_percent(least['utilisation'])})."
    ]
    if len(usage.countries):
        country_names = dict(
            zip(records.countries["country"], records.countries["name"], strict=True)
        )
        countries = usage.countries.sort_values("utilisation", ascending=False, kind="stable")
        first, last = countries.iloc[0], countries.iloc[-1]
        sentences.append(
            f"By what their plants make, {country_names[first['country']]} would be busiest "
            f"({say_percent(first['utilisation'])}), {country_names[last['country']]} least "
            f"({say_percent(last['utilisation'])})."
        )
    return sentences
