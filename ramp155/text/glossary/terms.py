"""The terms of the glossary, read from data/glossary.toml, found by key, by other words for them and by search."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ramp155.base.memory import remember_asset
from ramp155.base.places import find_folder
from ramp155.base.spelling import fold, fold_searched, match_words, suggest_names
from ramp155.record.faults import Fault, RecordsError

GLOSSARY_FILE = find_folder("data") / "glossary.toml"
_TERM_TEXTS = ("key", "name", "sentence", "where", "page")


@dataclass(frozen=True)
class Term:
    """A word: its key in links, its name, other words for it, one sentence, and the page where one meets it.

    `where` is what the link to that page says, `query` what the link carries.
    """

    key: str
    name: str
    also: tuple[str, ...]
    sentence: str
    where: str
    page: str
    query: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TermGroup:
    """Terms that belong together, in an order that teaches."""

    title: str
    terms: tuple[Term, ...]


@remember_asset
def read_glossary(path: Path = GLOSSARY_FILE) -> tuple[TermGroup, ...]:
    """Every group of terms. Raises RecordsError naming the term and the entry that is missing or not known."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(
            TermGroup(group["title"], tuple(_read_term(entries) for entries in group["terms"]))
            for group in document["groups"]
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RecordsError([Fault(path.name, 0, "-", f"cannot be read: {error}")]) from error


def _read_term(entries: Mapping[str, Any]) -> Term:
    name = entries.get("key", "a term without a key")
    missing = [entry for entry in _TERM_TEXTS if not entries.get(entry)]
    unknown = sorted(set(entries) - {*_TERM_TEXTS, "also", "query"})
    if missing or unknown:
        raise ValueError(f"{name}: check {', '.join(missing + unknown)}")
    texts = {entry: str(entries[entry]) for entry in _TERM_TEXTS}
    query = tuple((str(key), str(text)) for key, text in entries.get("query", {}).items())
    return Term(**texts, also=tuple(entries.get("also", ())), query=query)


def list_terms() -> tuple[Term, ...]:
    """Every term, in the order that teaches."""
    return tuple(term for group in read_glossary() for term in group.terms)


@remember_asset
def find_term(text: str) -> Term:
    """The term of a key, a name or another word for it, however spelt. Raises ValueError for one that is none."""
    term = _index_terms().get(fold(text))
    if term is None:
        raise ValueError("no such term")
    return term


@remember_asset
def _index_terms() -> dict[str, Term]:
    """Every term by its key, its name and other words for it; where two have one, the first."""
    index: dict[str, Term] = {}
    for term in list_terms():
        for word in (term.key, term.name, *term.also):
            index.setdefault(fold(word), term)
    return index


def search_terms(query: str) -> list[Term]:
    """Terms in which every word of a query stands, those first that are called so; all for an empty one."""
    named = [term for term in list_terms() if match_words(query, _fold_names(term))]
    return named + [
        term
        for term in list_terms()
        if term not in named
        and match_words(query, f"{_fold_names(term)} {fold_searched(term.sentence)}")
    ]


def suggest_terms(query: str) -> list[str]:
    """Names of terms, or other words for them, that are spelt nearly like a query."""
    return suggest_names(query, {word for term in list_terms() for word in (term.name, *term.also)})


def _fold_names(term: Term) -> str:
    return " ".join(fold_searched(word) for word in (term.name, *term.also))
