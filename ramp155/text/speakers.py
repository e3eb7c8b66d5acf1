"""Who speaks in a paraphrase of the record, and what a claim counts, in words."""

from __future__ import annotations

import re

from ramp155.record.grades import mark_outlet

_LONGEST_NAME = 34
# What stands before a colon and is nobody.
_NO_SPEAKERS = {"Implied", "Qualitative", "Buildings", "Mainly", "Same", "Undated", "Over", "Two", "Three"}  # fmt: skip
_VERBS = (
    "expects|says|said|gives|puts|wants|repeats|confirms|promises|hopes|predicts|announces|names"
)
_NAME_AND_VERB = re.compile(rf"((?:[A-Z][\w'’-]+ ){{1,3}})(?:{_VERBS})\b")
_ARTICLES = {"Article", "The", "Page", "Site"}


def find_speaker(basis: str) -> str:
    """Who is quoted, where a paraphrase begins with it ("Breton: capacity ...", "Kubilius expects ..."); else blank."""
    name, colon, _ = basis.partition(": ")
    name = name.partition(",")[0]
    if colon and len(name) <= _LONGEST_NAME and not re.search(r"\d", name):
        return "" if name.split()[0] in _NO_SPEAKERS else name
    speaker = _NAME_AND_VERB.match(basis)
    if speaker is None or speaker[1].split()[0] in _ARTICLES:
        return ""
    return speaker[1].strip()


def name_who(basis: str, publisher: str, state: str = "") -> str:
    """Who said it and where: Kubilius, in Kyiv Independent; a state-controlled publisher is marked."""
    speaker = find_speaker(basis)
    where = f"{publisher} {mark_outlet(state)}" if state else publisher
    return f"{speaker}, in {where}" if speaker and speaker not in publisher else where


def describe_counting(counts: str, calibres: str, made: str, read_as: str = "") -> str:
    """What a claim counts: output, 155 or 152 mm, with refurbished; `read_as`: what the fit reads it as."""
    reading = f" (read as {read_as})" if read_as and read_as != counts else ""
    sizes = "all calibres" if calibres == "all" else calibres
    return ", ".join(filter(None, (counts + reading, sizes, made)))
