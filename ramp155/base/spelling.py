"""Names found however they are spelt: Unterlüß, Unterluess, Unterluss; Słupsk, Slupsk; PGZ.

Query and text are read in the same plain spellings: without accents (u for ü), with them written out (ue
for ü), and with such pairs cut to one letter, so that either may be spelt either way.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

import pandas as pd

# Letters that Unicode does not take apart.
_PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "đ": "dj"})
_LETTER_PAIRS = re.compile("ue|oe|ae|aa|dj")
_JOINTS = re.compile(r"(?<=\w)[-'’./](?=\w)")
# In shorter words of a query a pair may be more than one letter: BAE.
_FEWEST_CUT = 6
# A shorter word must begin one, a longer one may stand inside.
_FEWEST_INSIDE = 4
_MOST_NEAR_NAMES = 4
_NEAR = 0.72  # likeness from which a name counts as near


def fold(text: str) -> str:
    """A text in its plain spelling: small letters without accents, words parted by one space."""
    plain_letters = text.casefold().translate(_PLAIN_LETTERS)
    decomposed = unicodedata.normalize("NFKD", plain_letters)
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^\w]+|_", " ", letters).split())


def _write_out(text: str) -> str:
    """A text in its other plain spelling, with ue for ü."""
    return fold(unicodedata.normalize("NFC", text.casefold()).translate(_WRITTEN_OUT))


def _cut_pairs(text: str, fewest_letters: int = 0) -> str:
    """A plain text with ue cut to u and the like, in words of so many letters."""
    return " ".join(
        _LETTER_PAIRS.sub(lambda pair: pair[0][0], word) if len(word) >= fewest_letters else word
        for word in text.split()
    )


def fold_searched(text: str) -> str:
    """A text as it is searched: in all its spellings, and with its hyphens closed (Nitro-Chem, nitrochem)."""
    plain_text = fold(text)
    spellings = {
        plain_text: None,
        _write_out(text): None,
        _cut_pairs(plain_text): None,
        fold(_JOINTS.sub("", text)): None,
    }
    return " ".join(spellings)


def match_words(query: str, searched: str) -> bool:
    """Whether every word of a query stands in a text that `fold_searched` gave; none always do."""
    padded_text = f" {searched}"
    plain_query = fold(query)
    return any(
        all(
            (word if len(word) >= _FEWEST_INSIDE else f" {word}") in padded_text
            for word in spelling.split()
        )
        for spelling in (plain_query, _write_out(query), _cut_pairs(plain_query, _FEWEST_CUT))
    )


def match_rows(query: str, texts: pd.Series[str]) -> pd.Series[bool]:
    """Which of some texts have every word of a query.

    Parameters
    ----------
    query : str
        Words; none is in every text.
    texts : Series of str
        As they are shown, without a unit.

    Returns
    -------
    Series of bool
        True or false, with the index of `texts`, without a unit.
    """
    if not query.strip():
        return pd.Series(data=True, index=texts.index, dtype=bool)
    return texts.map(lambda text: match_words(query, fold_searched(text))).astype(bool)


def suggest_names(query: str, names: Iterable[str]) -> list[str]:
    """Names that are spelt nearly like a query, nearest first; a name counts by its words as well, and
    not again where it has another's in it."""
    folded_query = fold(query)
    if not folded_query:
        return []
    likenesses = {name: _measure_likeness(folded_query, fold(name)) for name in names}
    suggested: list[str] = []
    for name in sorted(likenesses, key=lambda name: (-likenesses[name], len(name), name)):
        if likenesses[name] >= _NEAR and not any(shorter in name for shorter in suggested):
            suggested.append(name)
    return suggested[:_MOST_NEAR_NAMES]


def _measure_likeness(query: str, name: str) -> float:
    """How like a plain query is to a plain name, or to the most like of its words.

    Parameters
    ----------
    query, name : str
        Folded texts.

    Returns
    -------
    float
        Likeness, 0 to 1.
    """
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(query)
    likeness = 0.0
    for candidate in (name, *name.split()):
        matcher.set_seq1(candidate)
        likeness = max(likeness, matcher.ratio())
    return likeness
