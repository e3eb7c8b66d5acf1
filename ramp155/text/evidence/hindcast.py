"""How good the model is, in words: hits by kind, and what the misses have in common.

Bounds are hard to miss and stand apart.
"""

from __future__ import annotations

import pandas as pd

from ramp155.model.hindcast.hindcast import Hindcast
from ramp155.text.numbers import say_percent

# Kinds of what a hindcast is held against; bounds are hard to miss and stand apart.
HINDCAST_KINDS = {
    "nameplate": "capacity",
    "output": "output",
    "dates": "promised dates",
    "bounds": "upper bounds",
}


def write_hindcast_title(hindcasts: list[Hindcast]) -> str:
    """How good the model is, in a sentence for a heading."""
    hits, total_count = _sum_hits(hindcasts, ["nameplate", "output"])
    missed_count, above_count = _count_missed(hindcasts)
    reason = "; Europe grew faster" if missed_count == above_count else ""
    return f"Run with what was known then, the model's band held {hits} of {total_count} later figures{reason}"


def _count_missed(hindcasts: list[Hindcast]) -> tuple[int, int]:
    """How many totals the bands missed, and how many of these lie above them."""
    totals = pd.concat([cutoff_run.totals for cutoff_run in hindcasts])
    missed = totals[~totals["hit"].astype(bool)]
    return len(missed), int((missed["low"].fillna(0) > missed["p90"]).sum())


def write_hindcasts(hindcasts: list[Hindcast]) -> str:
    """How good the model is, said plainly: hits by kind, and what the misses have in common."""
    kind_phrases = []
    for kind in ("nameplate", "output", "dates"):
        hits, total_count = _sum_hits(hindcasts, [kind])
        if total_count:
            kind_phrases.append(
                f"{HINDCAST_KINDS[kind]} {hits} of {total_count} ({say_percent(hits / total_count)})"
            )
    bounds_held, bounds_count = _sum_hits(hindcasts, ["bounds"])
    missed_count, above_count = _count_missed(hindcasts)
    silent_count = sum(
        int((cutoff_run.dates["state"] == "long overdue, no report").sum())
        for cutoff_run in hindcasts
    )
    return (
        f"A band from P10 to P90 should hold about 80 %. It held: {'; '.join(kind_phrases)}; {silent_count} more dates passed the band "
        f"without a report either way. {bounds_held} of {bounds_count} reports that only say 'at most' agree with it, which is easily "
        f"done. {above_count} of the {missed_count} totals it missed came out above it: after a cut-off the model grows only by "
        "what lines on record promise, and Europe grew faster than that. Today's forecast grows in the same way: read it "
        "as what is on record, not as a ceiling."
    )


def write_hindcast_run(cutoff_run: Hindcast) -> str:
    """One cut-off: what was known, and what came."""
    hits, total_count = _sum_hits([cutoff_run], ["nameplate", "output"])
    known_count = len(cutoff_run.known)
    known_sentence = (
        "No European total had been published"
        if not known_count
        else f"{known_count} published totals to fit"
    )
    delay_phrase = (
        f"delays drawn from {cutoff_run.slips} slips"
        if cutoff_run.slips
        else "too few slips known, so delays are assumed"
    )
    hits_sentence = (
        f"{hits} of {total_count} later figures lie in the band."
        if total_count
        else "No later figure to check yet, only upper bounds."
    )
    checked = cutoff_run.dates["hit"].dropna()
    dates_sentence = (
        f" {int(checked.sum())} of {len(checked)} dates then promised came within the band of delays."
        if len(checked)
        else ""
    )
    return f"{known_sentence}; {delay_phrase}. {hits_sentence}{dates_sentence}"


def _sum_hits(hindcasts: list[Hindcast], kinds: list[str]) -> tuple[int, int]:
    tables = [cutoff_run.count_hits().loc[kinds] for cutoff_run in hindcasts]
    return int(sum(hit_table["hits"].sum() for hit_table in tables)), int(
        sum(hit_table["of"].sum() for hit_table in tables)
    )
