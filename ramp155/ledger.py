"""The claims as a ledger: who said what, of whom, for when, said when, and what it counts.

Nothing is judged here (see `verdicts`): contradicting claims stand side by side.
"""

from __future__ import annotations

import re
from functools import lru_cache

import pandas as pd

from ramp155 import dates
from ramp155.records import Records

_TOPIC = re.compile(r"conflict:([\w-]+)")
# A unit of a rate of rounds in rounds a year, so that figures of one thing can share an axis.
_YEARLY = {"rounds/yr": 1.0, "rounds/month": 12.0, "rounds/day": 365.0}
_BODIES = {"bodies/yr": 1.0, "bodies/month": 12.0}


@lru_cache(maxsize=8)
def table(records: Records) -> pd.DataFrame:
    """Every claim, newest first, with its source and what it counts.

    Columns of `Records.claims`, and: publisher, url, class, state (RU, BY, CN or ""), topics (list),
    calibres ("155 mm or 152 mm", "all" or "" where nobody says), made ("new", "with refurbished" or ""),
    value_low, value_high, value_unit (rates of rounds and bodies by the year, all else as said), date (the
    middle of what it speaks of, else when it was said; ISO or "").
    """
    rows = records.claims.merge(
        records.sources[["source_id", "publisher", "url", "class", "state_controlled"]],
        on="source_id",
        how="left",
    ).rename(columns={"state_controlled": "state"})
    rows["topics"] = rows["cite_note"].map(_TOPIC.findall)
    told = _counted(records)
    rows["calibres"] = [
        told.get(claim, (_calibre(quantity), ""))[0]
        for claim, quantity in zip(rows["claim_id"], rows["quantity"], strict=True)
    ]
    rows["made"] = [
        told.get(claim, ("", ""))[1] or ("with refurbished" if "refurbished" in quantity else "")
        for claim, quantity in zip(rows["claim_id"], rows["quantity"], strict=True)
    ]
    yearly = _YEARLY | _BODIES
    scale = rows["unit"].map(yearly).fillna(1.0)
    rows["value_low"], rows["value_high"] = rows["low"] * scale, rows["high"] * scale
    unit = rows["unit"].where(~rows["unit"].isin(_YEARLY), "rounds/yr")
    rows["value_unit"] = unit.where(~rows["unit"].isin(_BODIES), "bodies/yr")
    rows["date"] = [
        _middle(p or r) for p, r in zip(rows["period"], rows["reported_on"], strict=True)
    ]
    return rows.sort_values("reported_on", ascending=False, kind="stable").reset_index(drop=True)


def _counted(records: Records) -> dict[str, tuple[str, str]]:
    """claim_id -> (calibres, made) as the estimates read it."""
    calibres = {"155": "155 or 152 mm", "all": "all"}
    made = {"new": "new", "refurbished": "with refurbished", "unstated": ""}
    return {
        claim: (calibres[row.calibres], made[row.made])
        for row in records.estimates.itertuples()
        for claim in row.claim_ids.split()
    }


def _calibre(quantity: str) -> str:
    return "155 or 152 mm" if re.search("15[25]mm|^round_(capacity|output)$", quantity) else ""


def _middle(text: str) -> str:
    return f"{dates.month_text(dates.month_number(text))}-15" if text else ""


def search(
    rows: pd.DataFrame, text: str = "", quantity: str = "", subject: str = ""
) -> pd.DataFrame:
    """The claims in which every word of `text` stands, of one quantity and subject where given.

    Words are looked for in what was said, who said it, of whom and of what, whatever their case.
    """
    found = rows
    if quantity:
        found = found[found["quantity"] == quantity]
    if subject:
        found = found[found["subject"].str.split("+").map(lambda of: subject in of)]
    if text.strip():
        columns = ["basis", "publisher", "operator", "subject", "quantity", "claim_id", "topics"]
        stack = found[columns].astype(str).agg(" ".join, axis=1).str.casefold()
        for word in text.casefold().split():
            found = found[stack[found.index].str.contains(word, regex=False)]
    return found


def on_topic(rows: pd.DataFrame, topic: str) -> pd.DataFrame:
    """The claims that contradict each other on a topic, copies left out, lowest figure first."""
    own = rows[rows["topics"].map(lambda topics: topic in topics) & (rows["same_as"] == "")]
    order = own["value_low"].fillna(own["value_high"])
    return own.assign(order=order).sort_values("order", kind="stable").drop(columns="order")


def topics(records: Records) -> dict[str, str]:
    """topic -> title of everything on which claims contradict each other."""
    return dict(zip(records.contradictions["topic"], records.contradictions["title"], strict=True))
