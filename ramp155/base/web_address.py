"""Whether a text from outside is an address of the web."""

from __future__ import annotations

from urllib.parse import urlsplit


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
