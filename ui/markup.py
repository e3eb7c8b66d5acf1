"""Foreign text made harmless: what a link, a file or a row says never reaches a page as markup."""

from __future__ import annotations

import re

from ramp155.base.foreign_text import cut_foreign_text, join_lines

# A figure and its sign stay on one line.
_APART = re.compile(r"(?<=\d) (?=%)")
# An underscore within a word is only itself.
_MARKUP = re.compile(r"[\\`*{}\[\]<>#|~$!&]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
# What begins a list or a line across, at the start only.
_LINE_STARTS = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|(?=[-+=]))")
# Addresses, colours (:red[]) and icons (:material/home:) are looked for after signs are told apart from text,
# so a backslash does not help: a sign of no width parts them.
_SEPARATORS = re.compile(r":(?=[^\s\d]|\d\S*:)|@|www(?=\.)", re.IGNORECASE)


def escape_markdown(text: str, most: int | None = None) -> str:
    """Text from the record, a link or a file made safe to stand in Markdown: one line that says only itself.

    No markup, link, picture, formula, colour, icon, HTML or address comes of it, and it does not break
    between a figure and its %. `most`: it is cut to so many characters.
    """
    line = join_lines(text).strip()
    inert = _make_inert(line if most is None else cut_foreign_text(line, most))
    return _APART.sub("\u00a0", _LINE_STARTS.sub(r"\1\\", inert))


def escape_sentence(text: str) -> str:
    """A sentence of ours about the record made safe to stand in Markdown: its **bold** parts stay bold,
    and no line ends between a figure and its %.
    """
    inert = "**".join(_make_inert(plain_part) for plain_part in join_lines(text).split("**"))
    return _APART.sub("\u00a0", inert)


def _make_inert(line: str) -> str:
    """A line in which no sign means anything but itself."""
    return _SEPARATORS.sub("\\g<0>\u2060", _MARKUP.sub(r"\\\g<0>", line))
