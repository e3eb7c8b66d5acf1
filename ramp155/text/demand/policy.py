"""Policies in words: how many lines followed the first ones, and what a strand of NATO's plan does
to output.
"""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from ramp155.answers.counts import count_openings
from ramp155.answers.output.reading import read_outlook
from ramp155.base.memory import remember
from ramp155.history.openings import find_counted_openings
from ramp155.model.model import Model
from ramp155.model.scenario.codec import read_scenario_settings, write_scenario_query
from ramp155.record.dates import first_day, month_number
from ramp155.record.records import Records
from ramp155.text.numbers import count_words, say_count, say_month, say_signed_rounds
from ramp155.text.stages import name_stages


def find_first_policy_day(records: Records) -> dt.date:
    """The first day of the month of the first joint policy: from here on openings are counted."""
    return first_day(min(records.policies.loc[records.policies["settings"] == "", "date"]))


def write_policy_title(records: Records) -> str:
    """How many lines followed the first policies, and after how long."""
    first_policies = records.policies[records.policies["settings"] == ""]
    first_date = min(first_policies["date"])
    openings = find_counted_openings(records, find_first_policy_day(records))
    waits_months = [month_number(date) - month_number(first_date) for date in openings["date"]]
    if not waits_months:
        return f"No line has opened since the first policy of {say_month(first_date)}"
    middle_wait = sorted(waits_months)[len(waits_months) // 2]
    return (
        f"{say_count(count_openings(records, since=find_first_policy_day(records)))} opened since the first joint policy of "
        f"{say_month(first_date)}, half of them more than {count_words(middle_wait - 1, 'month')} after it"
    )


@remember
def write_plan_strand(model: Model, policy_id: str, month: str) -> tuple[str, str]:
    """A strand of NATO's plan tied to a lever: what it is, and what the lever does to output in a month."""
    policy = model.record.policies.set_index("policy_id").loc[policy_id]
    settings = dict(setting.split("=", 1) for setting in policy["settings"].split(";"))
    strand_scenario = read_scenario_settings(settings)
    answer = read_outlook(model, strand_scenario, month)
    rounds_gained = answer.rounds - answer.baseline
    if abs(rounds_gained) < 0.01 * answer.baseline:
        likely_phrase = f"next to none, for by our assumptions the limit is most often {name_stages(model.record)[answer.bottleneck]}"
    else:
        likely_phrase = say_signed_rounds(rounds_gained)
    low, high = say_signed_rounds(answer.change_p10), say_signed_rounds(answer.change_p90)
    range_sentence = f" Likely range {low} to {high}." if low != high else ""
    sentence = (
        f"**{policy['label']}.** {policy['reasoning']} Rounds a year in {say_month(month)}: most likely "
        f"{likely_phrase}.{range_sentence}"
    )
    return sentence, urlencode(write_scenario_query(strand_scenario))
