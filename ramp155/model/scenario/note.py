"""Why somebody asks for a scenario: a title, a reason and sources, kept beside it and no part of it.

A note changes no answer: the same levers with another note are the same scenario.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ramp155.base.foreign_text import is_address, join_lines
from ramp155.record.records import Records

LONGEST_TITLE, LONGEST_REASON, LONGEST_SOURCE = 80, 300, 200  # characters
MOST_SOURCES = 5
_RECORD_IDS = {
    "sources": "source_id",
    "claims": "claim_id",
    "events": "event_id",
    "assumptions": "assumption_id",
}


@dataclass(frozen=True)
class ScenarioNote:
    """What a scenario is called, why it is asked for, and who says so: addresses, or ids of the record."""

    title: str = ""
    reason: str = ""
    sources: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is said."""
        return bool(self.title or self.reason or self.sources)


def build_words_reader(most: int) -> Callable[[str], str]:
    """A reader of plain words in one line.

    Parameters
    ----------
    most : int
        Characters at most.

    Returns
    -------
    callable
        From a text to the words, runs of white space as one blank.
    """

    def read_words(text: str) -> str:
        words = " ".join(join_lines(text).split())
        if len(words) > most:
            raise ValueError(f"at most {most} characters were expected")
        return words

    return read_words


def build_source_reader(records: Records) -> Callable[[str], str]:
    """A reader of one source: an address of the web, or an id of the record."""

    def read_source(text: str) -> str:
        source = text.strip()
        if len(source) > LONGEST_SOURCE:
            raise ValueError(f"at most {LONGEST_SOURCE} characters were expected")
        if is_address(source):
            return source
        if any(source in set(getattr(records, table)[key]) for table, key in _RECORD_IDS.items()):
            return source
        raise ValueError(
            "an address that begins with http:// or https://, or an id of the record, was expected"
        )

    return read_source


def find_source_address(records: Records, source: str) -> str:
    """The address that a source of a note leads to; "" where the record has none for it."""
    if is_address(source):
        return source
    for table, key in _RECORD_IDS.items():
        rows = getattr(records, table)
        rows = rows[rows[key] == source]
        if len(rows):
            named = rows.iloc[0].get("source_id", "")
            return str(records.source_of[named]["url"]) if named in records.source_of else ""
    return ""
