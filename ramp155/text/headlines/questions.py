"""The question that a deck or a brief of a page answers, and how a file of it is called."""

from __future__ import annotations

import re
import unicodedata

from ramp155.model.scenario.horizon import DEFAULT_MONTH
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records
from ramp155.text.headlines.output import say_scenario_shortly
from ramp155.text.scenario import write_scenario_lead

# By page, as the catalogue of pictures knows it.
PAGE_QUESTIONS = {
    "overview": "How many rounds will Europe complete, and what holds it back?",
    "what_if": "What if supply changes?",
    "map": "Where are the plants, and how far has each come?",
    "ramp_up": "Which lines are late?",
    "plant": "How far has this plant come?",
    "gap": "How do NATO and Europe stand against Russia?",
    "gap?gap_view=who": "Who makes how many rounds?",
    "gap?gap_view=statements": "What did officials say, and does it hold?",
    "gap?gap_view=tracks": "Expand at home, or buy abroad?",
    "gap?gap_view=money": "How many rounds does the money buy?",
    "gap?gap_view=policy": "What followed the policies?",
    "evidence": "How good were our forecasts?",
    "evidence?evidence_view=promises": "Do plants come when promised?",
    "evidence?evidence_view=targets": "Were public targets met?",
    "evidence?evidence_view=claims": "Which claims do not agree?",
    "evidence?evidence_view=sources": "What does the record rest on?",
    "evidence?evidence_view=assumptions": "What does the answer hang on?",
    "evidence?evidence_view=model": "How does the model work out output?",
    "evidence?evidence_view=quality": "What does the record lack?",
    "evidence?evidence_view=yours": "What do your own data change?",
    "evidence?evidence_view=take": "What can be taken away?",
    "briefing": "Which lines are late, and how many rounds will Europe complete?",
    "glossary": "How many rounds will Europe complete?",
    "learn": "How many rounds will Europe complete?",
}
_LETTERS = str.maketrans(
    {"ß": "ss", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "æ": "ae", "đ": "d", "ı": "i"}
)
_SCENARIO_PAGES = ("what_if", "overview", "briefing", "glossary", "learn")


def write_page_question(records: Records, page: str, scenario: Scenario, site: str = "") -> str:
    """The question of a page; where levers are moved on a page of output, that of what was moved; of a plant by its name."""
    if page == "plant" and site:
        return f"How far has {records.site(site).name.partition(' (')[0]} come?"
    if scenario != Scenario() and page in _SCENARIO_PAGES:
        lead = write_scenario_lead(records, scenario)
        return f"What happens {lead[0].lower()}{lead[1:]}?"
    return PAGE_QUESTIONS.get(page, PAGE_QUESTIONS.get(page.partition("?")[0], "Ramp 155"))


def write_file_stem(
    records: Records,
    key: str,
    page: str,
    scenario: Scenario,
    subject: str = "",
    month: str = DEFAULT_MONTH,
) -> str:
    """What a file is called, without its ending: what is in it, and the day of the record.

    Parameters
    ----------
    records : Records
        Its date ends the name.
    key : str
        The story; "" for a page.
    page : str
        The page's address, with its view.
    scenario : Scenario
        What was moved.
    subject : str
        Which lines, in words; "" for all.
    month : str
        YYYY-MM, what is read off; the usual one is not named.
    """
    parts = [key or page.replace("?gap_view=", " ").replace("?evidence_view=", " ")]
    if scenario != Scenario():
        moved = scenario.moved
        if len(moved) == 1:
            lever = moved[0]
            position = f"{getattr(scenario, lever.name) * lever.scale:g} {lever.unit}"
            parts = [f"{lever.name} {position.replace('%', 'percent')}"]
        else:
            parts.append(say_scenario_shortly(scenario))
        if moved:
            parts.append(f"from {scenario.start}")
            parts.append(f"{scenario.months} months" if scenario.months else "")
        parts.append("with " + " ".join(scenario.also) if scenario.also else "")
        parts.append("own assumptions" if scenario.assume and moved else "")
        if not key and page not in ("what_if",):
            parts.insert(0, page)
    parts.append(subject)
    parts.append(month if month != DEFAULT_MONTH else "")
    stem = "-".join(filter(None, map(_make_slug, parts)))
    return f"ramp155-{stem[:110].rstrip('-')}-{records.end}"


def _make_slug(words: str) -> str:
    """Words as a part of a file's name: lower case, letters and figures with hyphens between."""
    plain = (
        unicodedata.normalize("NFKD", words.translate(_LETTERS))
        .encode("ascii", "ignore")
        .decode()
        .lower()
    )
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
