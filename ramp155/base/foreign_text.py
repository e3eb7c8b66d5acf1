"""Text of unknown length, from a link, a file or a row, cut to what a sentence can hold."""

from __future__ import annotations


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
