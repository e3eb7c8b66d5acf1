"""How short a headline is, and which of several ways to say it is short enough."""

from __future__ import annotations

import re

MOST_WORDS = 12
_FIGURE = re.compile(r"\b(?!(?:19|20)\d\d\b)\d[\d,.]*\d|\b\d\b")  # years are none


def is_short(text: str) -> bool:
    """Whether a text has at most twelve words; "60 %" is two."""
    return len(text.split()) <= MOST_WORDS


def choose_short(*texts: str) -> str:
    """The first of several ways to say the same that is short enough, else the last."""
    return next((text for text in texts if is_short(text)), texts[-1])


def write_rest(headline: str, finding: str) -> str:
    """What a finding says beyond its headline: what follows it, or all where it has a figure that the headline has not; else ""."""
    if finding.lower().startswith(headline.lower()):
        rest = finding[len(headline) :].strip(" ,;:.")
    else:
        is_richer = {*_FIGURE.findall(finding)} - {*_FIGURE.findall(headline)}
        rest = finding.rstrip(".") if is_richer else ""
    return f"{rest[:1].upper()}{rest[1:]}." if rest else ""


def shorten_finding(finding: str) -> str:
    """As much of a finding, from its beginning to the end of a clause, as is short enough; all of it where no clause is."""
    ends = [match.start() for match in re.finditer(r"[.;:,](?=\s)|$", finding)]
    short = [finding[:end] for end in ends if end and is_short(finding[:end])]
    return (short[-1] if short else finding).rstrip(".,;: ")
