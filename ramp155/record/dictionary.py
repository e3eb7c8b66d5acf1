"""The dictionary in data/README.md: every table and column as the schema declares it.

`python -m ramp155 dictionary` writes it between two marks; what stands outside them is written by hand.
"""

from __future__ import annotations

from itertools import starmap
from pathlib import Path

from ramp155.base.whole_file import write_whole_file
from ramp155.record.read import DATA
from ramp155.record.schema import TABLES
from ramp155.record.schema.column import Column, Table

START, END = "<!-- dictionary: start -->", "<!-- dictionary: end -->"
README = "README.md"


def build_dictionary() -> str:
    """Every table with its columns as Markdown, without the marks round it."""
    return "\n\n".join(_describe_table(table) for table in TABLES.values())


def insert_dictionary(text: str) -> str:
    """A README with the dictionary between its marks. Raises ValueError where it has none."""
    before, start, after_start = text.partition(START)
    _, end, after = after_start.partition(END)
    if not (start and end):
        raise ValueError(f"{README} lacks the marks {START} and {END}")
    return f"{before}{START}\n\n{build_dictionary()}\n\n{END}{after}"


def write_dictionary(folder: Path = DATA) -> Path:
    """Write the dictionary into a folder's README; returns its path.

    Raises OSError where it cannot be read or written, ValueError where its marks are missing.
    """
    path = folder / README
    write_whole_file(path, insert_dictionary(path.read_text(encoding="utf-8")).encode())
    return path


def _describe_table(table: Table) -> str:
    note = f" {table.note}" if table.note else ""
    column_lines = [
        f"| `{column.name}` | {_describe_kind(column)} | {_describe_meaning(column)} |"
        for column in table.columns
    ]
    head = ["| column | holds | meaning |", "| --- | --- | --- |"]
    return f"**{table.name}.csv**, {table.rows}.{note}\n\n" + "\n".join([*head, *column_lines])


def _describe_kind(column: Column) -> str:
    kind = {
        "key": "key",
        "vocabulary": "word",
        "references": f"key of {column.refers}",
    }.get(column.kind, column.kind)
    if column.several:
        kind = f"keys of {column.refers}, parted by spaces"
    if column.besides:
        kind += f", or the word `{column.besides}`"
    if column.unit:
        kind += f", {column.unit}"
    return f"{kind}; needed" if column.required and column.kind != "key" else kind


def _describe_meaning(column: Column) -> str:
    if not column.words:
        return column.meaning
    return f"{column.meaning}: {', '.join(starmap(_describe_word, column.words.items()))}"


def _describe_word(word: str, people: str) -> str:
    """A word with its words for people, where these say more than it."""
    says_more = people.lower().rstrip("s") != word.replace("_", " ")
    return f"`{word}` ({people})" if says_more else f"`{word}`"
