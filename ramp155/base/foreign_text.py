"""Text of unknown length and content, from a link, a file or a row: cut to what a sentence can hold, or asked whether it is an address."""

from __future__ import annotations

from urllib.parse import urlsplit


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
