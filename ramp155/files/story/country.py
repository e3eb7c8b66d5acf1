"""The briefing of one country, made from the record: its plants, what is late, what was promised, its part of Europe, and
what is not known.

It has no file: any country with enough lines has one, and it says what the record says on that day.
"""

from __future__ import annotations

from ramp155.answers.plants.line_groups import list_story_countries
from ramp155.base.memory import remember
from ramp155.files.story.story import Screen, Story
from ramp155.pictures.catalogue import CATALOGUE
from ramp155.pictures.view import View
from ramp155.record.records import Records
from ramp155.text.numbers import say_small_number

COUNTRY_PREFIX = "country-"

# Title, answer, the same for a slide where that is longer than twelve words, what to look at, picture, page, note: {country} is the country's name, all else a figure.
_SCREENS = (
    (
        "Where are the plants of {country}?",
        "{country}: {plants_here}; {delivering} delivering, {coming} promised or being built",
        "",
        "Look at the full marks: what delivers.",
        "sites",
        "map",
        "Each plant stands at its town's centre. Plants without a published town are counted and not drawn.",
    ),
    (
        "Which lines are late?",
        "{late_lines}, of {lines} on record",
        "",
        "Look at the red bars: by how much a line is late, at least.",
        "board",
        "ramp_up",
        "Late: a promised date has passed without a delivery, or was put off. Late says nothing of fault.",
    ),
    (
        "What was promised, and what is reported?",
        "",
        "",
        "Look at the grey part of each bar: promised, and not reported yet.",
        "promised",
        "ramp_up",
        "Rates of single lines, in the rounds a year they are enough for. Lines without a published rate count as nothing.",
    ),
    (
        "How much of Europe is that?",
        "",
        "",
        "Look at the blue part of each bar.",
        "share",
        "ramp_up",
        "Lines are counted, not what they make: most publish no rate.",
    ),
    (
        "And in a sentence?",
        "{late_lines}; {most_unsaid}",
        "{most_unsaid}",
        "Look at the grey part of each bar: what nobody says.",
        "unsaid",
        "ramp_up",
        "What is unsaid may be known to the maker. A report with a source would close it.",
    ),
)
_UNKNOWN = (
    "By when {without_date} under way are to be ready.",
    "How much of what lines can make is ordered and paid for.",
    "What runs without a word: a line may deliver and nobody reports it.",
)


def list_country_keys(records: Records) -> tuple[str, ...]:
    """The names, in links, of the countries' briefings: "country-de"."""
    return tuple(f"{COUNTRY_PREFIX}{code.lower()}" for code in list_story_countries(records))


def find_country(key: str) -> str:
    """The country of a briefing's name in a link, by its code; "" for a briefing of none."""
    return key.removeprefix(COUNTRY_PREFIX).upper() if key.startswith(COUNTRY_PREFIX) else ""


@remember
def build_country_story(records: Records, country: str) -> Story:
    """The briefing of a country by its code. Raises KeyError for one with too few lines."""
    name = list_story_countries(records)[country]
    view = View(countries=(country,))
    screens = [
        Screen(
            title.replace("{country}", name),
            picture,
            page,
            view,
            CATALOGUE[picture].lever,
            note,
            answer=answer.replace("{country}", name),
            look=look,
            unknown=_UNKNOWN if picture == _SCREENS[-1][4] else (),
            headline=headline,
        )
        for title, answer, headline, look, picture, page, note in _SCREENS
    ]
    number = say_small_number(len(_SCREENS))
    return Story(
        f"{COUNTRY_PREFIX}{country.lower()}",
        f"{name} in {number} screens",
        f"Made from the record: the plants of {name}, what is late, what was promised, its part of Europe, and what is not known.",
        tuple(screens),
    )
