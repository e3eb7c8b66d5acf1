"""The claims as a ledger: who said what, of whom, for when, said when, and what it counts.

Nothing is judged here: contradicting claims stand side by side.
"""

from __future__ import annotations

import re

import pandas as pd

from ramp155.base.memory import remember
from ramp155.base.spelling import match_rows, suggest_names
from ramp155.record.dates import month_number, month_text
from ramp155.record.grades import name_source
from ramp155.record.records import Records
from ramp155.record.schema.vocabulary import ROUNDS_A_YEAR

_TOPIC_TAG = re.compile(r"conflict:([\w-]+)")
_SEARCHED_COLUMNS = [
    "claim_id",
    "basis",
    "publisher",
    "operator",
    "subject",
    "subject_names",
    "quantity",
    "claim_id",
    "topics",
]
_BODIES_PER_YEAR = {"bodies/yr": 1.0, "bodies/month": 12.0}


@remember
def list_claims(records: Records) -> pd.DataFrame:
    """Every claim, newest first, with its source and what it counts.

    Columns of `Records.claims`, and: publisher, who (publisher or title, state outlets marked), url, class,
    state (RU, BY, CN or ""), subject_names (countries by name), topics (list),
    calibres ("155 mm or 152 mm", "all" or "" where nobody says), made ("new", "with refurbished" or ""),
    value_low, value_high, value_unit (rates of rounds and bodies by the year, all else as said), date (the
    middle of what it speaks of, else when it was said; ISO or "").
    """
    claims = records.claims.merge(
        records.sources[["source_id", "publisher", "url", "class", "state_controlled"]],
        on="source_id",
        how="left",
    ).rename(columns={"state_controlled": "state"})
    claims["who"] = [name_source(records, source_id) for source_id in claims["source_id"]]
    country_names = dict(zip(records.countries["country"], records.countries["name"], strict=True))
    claims["subject_names"] = [
        ", ".join(country_names.get(name, name) for name in subject.split("+"))
        for subject in claims["subject"]
    ]
    claims["topics"] = claims["cite_note"].map(_TOPIC_TAG.findall)
    countings = _read_countings(records)
    claims["calibres"] = [
        countings.get(claim, (_guess_calibre(quantity), ""))[0]
        for claim, quantity in zip(claims["claim_id"], claims["quantity"], strict=True)
    ]
    claims["made"] = [
        countings.get(claim, ("", ""))[1]
        or ("with refurbished" if "refurbished" in quantity else "")
        for claim, quantity in zip(claims["claim_id"], claims["quantity"], strict=True)
    ]
    yearly_factor = claims["unit"].map(ROUNDS_A_YEAR | _BODIES_PER_YEAR).fillna(1.0)
    claims["value_low"] = claims["low"] * yearly_factor
    claims["value_high"] = claims["high"] * yearly_factor
    unit = claims["unit"].where(~claims["unit"].isin(ROUNDS_A_YEAR), "rounds/yr")
    claims["value_unit"] = unit.where(~claims["unit"].isin(_BODIES_PER_YEAR), "bodies/yr")
    claims["date"] = [
        _find_mid_month(period or reported_on)
        for period, reported_on in zip(claims["period"], claims["reported_on"], strict=True)
    ]
    return claims.sort_values("reported_on", ascending=False, kind="stable").reset_index(drop=True)


def _read_countings(records: Records) -> dict[str, tuple[str, str]]:
    """claim_id -> (calibres, made) as the estimates read it."""
    calibre_names = {"155": "155 or 152 mm", "all": "all", "kinds": "all kinds of round"}
    condition_names = {"new": "new", "refurbished": "with refurbished", "unstated": ""}
    return {
        claim: (calibre_names[estimate.calibres], condition_names[estimate.made])
        for estimate in records.list_estimates()
        for claim in estimate.claim_ids.split()
    }


def _guess_calibre(quantity: str) -> str:
    return "155 or 152 mm" if re.search("15[25]mm|^round_(capacity|output)$", quantity) else ""


def _find_mid_month(date: str) -> str:
    return f"{month_text(month_number(date))}-15" if date else ""


def search_claims(
    claims: pd.DataFrame,
    query: str = "",
    quantity: str = "",
    subject: str = "",
    publisher: str = "",
) -> pd.DataFrame:
    """The claims in which every word of `query` stands, of one quantity, subject and publisher where given.

    Words are looked for in what was said, who said it, of whom and of what, however they are spelt.
    """
    matches = claims
    if quantity:
        matches = matches[matches["quantity"] == quantity]
    if subject:
        matches = matches[
            matches["subject"].str.split("+").map(lambda subjects: subject in subjects)
        ]
    if publisher:
        matches = matches[matches["publisher"] == publisher]
    if query.strip() and len(matches):  # pandas joins no text of no row
        searched_texts = matches[_SEARCHED_COLUMNS].astype(str).agg(" ".join, axis=1)
        matches = matches[match_rows(query, searched_texts)]
    return matches


def suggest_claim_words(claims: pd.DataFrame, query: str) -> list[str]:
    """Publishers, firms, countries and quantities of claims that are spelt nearly like a query."""
    columns = ["publisher", "operator", "subject_names"]
    names = {name for column in columns for name in claims[column] if name}
    return suggest_names(query, names | set(claims["quantity"].str.replace("_", " ")))


def list_contested_claims(claims: pd.DataFrame, topic: str) -> pd.DataFrame:
    """The claims that contradict each other on a topic, copies left out, lowest figure first."""
    contested = claims[
        claims["topics"].map(lambda topics: topic in topics) & (claims["same_as"] == "")
    ]
    order = contested["value_low"].fillna(contested["value_high"])
    return contested.assign(order=order).sort_values("order", kind="stable").drop(columns="order")


def list_topics(records: Records) -> dict[str, str]:
    """topic -> title of everything on which claims contradict each other."""
    return dict(zip(records.contradictions["topic"], records.contradictions["title"], strict=True))
