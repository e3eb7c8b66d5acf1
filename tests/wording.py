"""How the product's style sheet (docs/style.md) is held: words, length, figures and reading ease of texts."""

from __future__ import annotations

import re

from pyphen import Pyphen

MOST_WORDS, MOST_FIGURES = 25, 2
LEAST_EASE = 50.0  # Flesch reading ease of a paragraph: 60 and more is plain English, stages' names are long words

# What is never said, with what is said instead in docs/style.md.
NEVER_SAID = re.compile(
    r"middle[- ]case|for want of|\bbinds?\b|8 in 10 (sets|draws)|sets? of assumptions|\bcentral\b(?! asia)"
    r"|\bfitted\b|accepted draws|\bof draws\b|\bmo\b(?!\.)|(?<![.,\d])1 (sites|lines|plants|months|rounds)\b|\d\.\de[+-]?\d",
    re.IGNORECASE,
)
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
# Numbers that name a thing or a day are no figures.
_NAMES = re.compile(
    rf"(\b\d+ )?\b({'|'.join(_MONTHS)}) \d{{4}}|\bmid-\d{{4}}|\b(19|20)\d\d\b"
    r"|\b1[25]\d(/1[25]\d)?( and 1[25]\d)? mm|\bshare for 155\b|\(?8 of 10 runs\)?|Readiness 2030",
    re.IGNORECASE,
)
# Names that the glossary explains count as one plain word each.
_VOCABULARY = re.compile(
    r"nitrocellulose|propellant powder|propelling charges?|explosive filling|filling and assembly|cotton linters"
    r"|wood pulp|assumptions?|Lithuanian|Estonian|intelligence",
    re.IGNORECASE,
)
# Where a word may be broken it has a syllable more: the only dictionary of the hyphenation's that breaks at each of them.
_HYPHENS = Pyphen(lang="en_US")
_FRAGMENT = 2  # as many words are no sentence: they lengthen the others
_FIGURE = re.compile(r"\d[\d,.]*")
_SENTENCE_END = re.compile(r"(?<=[.!?;:])(?<!bn\.)\s+(?=[^\s])")


def strip_marks(text: str) -> str:
    """A text without the marks of Markdown."""
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).replace("**", "").replace("`", "")


def split_sentences(text: str) -> list[str]:
    """The sentences of a text; what stands before a colon or a semicolon counts as one."""
    return [part for part in _SENTENCE_END.split(strip_marks(text).strip()) if part]


def count_figures(sentence: str) -> int:
    """How many figures a sentence has: numbers that are neither dates nor names."""
    return len(_FIGURE.findall(_NAMES.sub("", sentence)))


def measure_ease(text: str) -> float:
    """Flesch reading ease of a text: figures, and names that the glossary explains, are plain words."""
    words_only = _VOCABULARY.sub("powder", _FIGURE.sub("ten", strip_marks(text)))
    words_only = words_only.replace("%", "").replace(":", ".").replace(";", ".")
    words = _list_words(words_only)
    if not words:
        return 100.0
    parts = [len(_list_words(part)) for part in re.findall(r"\b[^.!?]+", words_only)]
    sentences = max(1, sum(length > _FRAGMENT for length in parts))
    syllables = sum(len(_HYPHENS.positions(word)) + 1 for word in words)
    return 206.835 - 1.015 * len(words) / sentences - 84.6 * syllables / len(words)


def _list_words(text: str) -> list[str]:
    """The words of a text in small letters; one with a hyphen is one word."""
    return re.sub(r"[^\w\s']", "", text.lower()).split()


def find_style_faults(text: str) -> list[str]:
    """What the style sheet would not allow in a text, a line each."""
    faults = [f"never said: {match[0]!r} in {text!r}" for match in NEVER_SAID.finditer(text)]
    for sentence in split_sentences(text):
        word_count = len(sentence.split())
        if word_count > MOST_WORDS:
            faults.append(f"{word_count} words: {sentence!r}")
        if count_figures(sentence) > MOST_FIGURES:
            faults.append(f"{count_figures(sentence)} figures: {sentence!r}")
    return faults


# American spellings of words, of which British ones are said: British has -ise, -our, -re, and doubles an l.
_AMERICAN = re.compile(
    r"\b("
    r"color(s|ed|ing|ful|less)?|centers?|centered|programs?(?! starts)|defense|offense|favor\w*|labor(s|ed)?|neighbor\w*"
    r"|honor(s|ed)?|behavior\w*|harbors?|armor\w*|vapor\w*|(kilo|centi|milli)?meters?|liters?|fibers?|calibers?"
    r"|catalogs?|catalog(ed|ing)|dialogs?|analogs?|gray(s|ed)?|skeptic\w*|aluminum|plow(s|ed)?|molds?|artifacts?"
    r"|(travel|cancel|label|model|fuel|signal|level|total|dial|marshal|tunnel)(ed|ing|er|ers)|fulfill(s|ment)?|enroll(s|ment)?|skillful"
    r"|gotten|license[sd]?(?= to)|judgment|aging|acknowledgment"
    r"|(?!\w*(siz|priz|seiz|maiz))\w{2,}i(ze[sd]?|zing|zations?|zers?)"
    r"|\w{3,}(yze[sd]?|yzing)"
    r")\b",
    re.IGNORECASE,
)


def find_american(text: str) -> list[str]:
    """The words of a text that are spelt as in America."""
    return [match[0] for match in _AMERICAN.finditer(strip_marks(text))]
