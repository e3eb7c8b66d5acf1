"""What a plant adds to each stage of Europe's chain, in sentences."""

from __future__ import annotations

from ramp155.answers.plants.addition import Addition
from ramp155.record.records import Records
from ramp155.text.numbers import say_month, say_rounds, say_rounds_range
from ramp155.text.stages import name_stages


def say_addition(records: Records, addition: Addition) -> str:
    """What a plant adds to one stage by a month, and how much there is of it in Europe then."""
    low, middle, high = addition.added
    europe_low, europe_middle, europe_high = addition.europe
    stage = name_stages(records)[addition.stage]
    since = say_month(records.end.isoformat()[:7])
    return (
        f"**{stage[0].upper()}{stage[1:]}**, by the end of {addition.month[:4]}: enough for about {say_rounds(middle)} rounds a "
        f"year more than in {since}. Likely: {say_rounds_range(low, high)}. Europe's {stage} would then be enough for about "
        f"{say_rounds(europe_middle)}. Likely: {say_rounds_range(europe_low, europe_high)}."
    )


def say_no_addition(records: Records, site_id: str) -> str:
    """Why a plant adds nothing in the model."""
    site = records.site(site_id)
    countries = records.countries
    country_row = countries[countries["country"] == site.country].iloc[0]
    end = say_month(records.end.isoformat()[:7])
    if country_row["counted"] != "yes":
        return f"Nothing in Europe's totals: {country_row['name']} is mapped, and counted on request only."
    lines = records.full_lines
    if not (lines.loc[lines["site_id"] == site_id, "for_155"] == "yes").any():
        return "Nothing in Europe's totals: no report says that it is for 155 mm."
    return f"Nothing beyond what Europe's totals hold by {end}: no rate is promised for a date after it."
