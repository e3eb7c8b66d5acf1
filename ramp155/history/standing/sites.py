"""Where every site stood: the status of what its lines do now, and what is to come there.

A working plant with an announced extension is a working plant with an extension. One that ran before and has a new line in
trial no longer stands as it was before: it delivers, and more is on the way.
"""

from __future__ import annotations

import pandas as pd

# Where a site has lines of several statuses, what it does now is said before what it is to do.
LEADING_STATUSES = [
    "full rate",
    "ramping",
    "operating",
    "commissioning",
    "construction",
    "announced",
    "unknown",
    "suspended",
    "cancelled",
]
# The order in which a plant comes to deliver, as every key and count names it, each with its statuses: the mark of the
# first stands for all.
STATUS_GROUPS = {
    "promised": ("announced",),
    "being built": ("construction",),
    "open": ("commissioning",),
    "delivering": ("ramping", "full rate"),
    "as before 2022": ("operating",),
    "stopped": ("cancelled", "suspended"),
    "perhaps stopped": ("unknown",),
}
RUNNING_STATUSES = ("full rate", "ramping", "operating")
# What a line that does not run yet, or no longer, is called at a site that runs; the furthest is named.
AHEAD_WORDS = {
    "commissioning": "new line in trial",
    "construction": "extension being built",
    "announced": "extension promised",
    "suspended": "one line stopped",
}
# A site that ran before with a new line in trial is ramping, whatever its lines are called one by one.
BEFORE_STATUS, TRIED_STATUS, LIFTED_STATUS = "operating", "commissioning", "ramping"
TRIAL_NOTE = "A plant that ran before 2022 and has a new line in trial counts as delivering; its words say both."
# Marks of a line that stand wherever its site is shown.
SITE_MARKS = {
    "late": "late",
    "bad news since": "bad news since",
    "one report": "one weak report says more",
    "inferred": "inferred",
    "no recent news": "no news for two years",
}


def list_site_statuses(lines: pd.DataFrame) -> pd.DataFrame:
    """One row a site from rows of `list_statuses`; lines not yet reported are left out.

    Columns: site_id, status (what its lines do now, together), ahead (what is to come at a site that runs, or ""),
    marks (list of words of `SITE_MARKS`: "late" and "one report" of any line, the others of those of the leading
    status), lines (how many).
    """
    reported = lines[lines["status"] != "not yet reported"]
    lines_of: dict[str, list[tuple[str, list[str]]]] = {}
    columns = (reported["site_id"], reported["status"], reported["flags"])
    for site_id, status, flags in zip(*columns, strict=True):
        lines_of.setdefault(site_id, []).append((status, flags))
    rows = []
    for site_id, site_lines in lines_of.items():
        statuses = {status for status, _ in site_lines}
        leading = next(status for status in LEADING_STATUSES if status in statuses)
        coming = next((words for status, words in AHEAD_WORDS.items() if status in statuses), "")
        rows.append(
            {
                "site_id": site_id,
                "status": LIFTED_STATUS
                if leading == BEFORE_STATUS and TRIED_STATUS in statuses
                else leading,
                "ahead": coming if leading in RUNNING_STATUSES else "",
                "marks": _list_marks(site_lines, leading),
                "lines": len(site_lines),
            }
        )
    return pd.DataFrame(rows, columns=["site_id", "status", "ahead", "marks", "lines"])


def _list_marks(site_lines: list[tuple[str, list[str]]], leading: str) -> list[str]:
    """Words of `SITE_MARKS` for a site; its lines are (status, flags)."""
    flags = {flag for _, line_flags in site_lines for flag in line_flags}
    leading_flags = {
        flag for status, line_flags in site_lines if status == leading for flag in line_flags
    }
    is_final = leading in ("suspended", "cancelled")
    marked = (flags & {"late", "one report"}) | (set() if is_final else leading_flags)
    return [words for mark, words in SITE_MARKS.items() if mark in marked]
