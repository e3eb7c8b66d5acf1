"""Text of unknown length and content, from a link, a file or a row: cut to what a sentence can hold, made one line that can be
drawn, or asked whether it is an address.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# What no file of XML may hold, breaks of lines and tabs apart.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"[ \x00-\x1f\x7f-\x9f\u2028\u2029]+")
# What is not seen: it could turn text around, or undo how markup was made inert.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


def cut_foreign_text(text: str, most: int = 80) -> str:
    """A text of unknown length cut to what a sentence can hold.

    Parameters
    ----------
    text : str
        Text from a link, a file or a row.
    most : int, optional
        Characters that may be left of it.
    """
    return text if len(text) <= most else f"{text[: most - 1]}…"


def join_lines(text: str) -> str:
    """A text in one line, without what is not seen: no picture can be drawn of a break, no file written of a sign of control."""
    return _BREAKS.sub(" ", _UNSEEN.sub("", text))


def is_address(text: str) -> bool:
    """Whether a text is an address of the web, with no blank, quote or sign of control in it."""
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018  # raises for what is no number
        has_host = bool(parts.hostname)
    except ValueError:
        return False
    is_plain = text.isprintable() and not any(sign in text for sign in ' "<>\\^`{|}')
    return parts.scheme in ("http", "https") and has_host and is_plain
