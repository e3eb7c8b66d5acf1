"""What a table and a column are: the form in which `ramp155.record.schema` declares them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

Kind = Literal["text", "key", "number", "date", "vocabulary", "references"]


class Form(NamedTuple):
    """A shape that every cell of a column must have, and what is said of one that has not."""

    pattern: re.Pattern[str]
    message: str


@dataclass(frozen=True)
class Column:
    """One column of a table, declared once for every use.

    `meaning` is its line in the dictionary, `unit` what its numbers count. `words` are the allowed words
    of a vocabulary with words for people. `refers` names the table whose key stands here: one key, or
    `several` parted by spaces; `besides` is a word allowed in place of a key. `form` and `span` (least,
    most) narrow a cell further. `left_out` is what stands in an upload that leaves the column out; None
    says that it may not be left out. `declared` columns are settled by the program, not reported: they are
    no part of the record's version.
    """

    name: str
    meaning: str
    kind: Kind = "text"
    required: bool = False
    unique: bool = False
    unit: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    refers: str = ""
    several: bool = False
    besides: str = ""
    form: Form | None = None
    span: tuple[float, float] | None = None
    left_out: str | None = None
    declared: bool = False


@dataclass(frozen=True)
class Table:
    """One table: its columns, and what uploads, downloads and the library ask of it.

    `rows` says what a row is, `about` what the table is for, `note` what else the dictionary says.
    `primary` are the columns that identify a row (the first one, unless said otherwise). `named` are
    rows that the library asks for by name. `marked` is the text column that carries the mark of a row
    that a user brought; `alone` tables may be uploaded by themselves; some `may_be_empty`.
    """

    name: str
    rows: str
    about: str
    columns: tuple[Column, ...]
    primary: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    marked: str = ""
    alone: bool = False
    may_be_empty: bool = False
    note: str = ""

    @property
    def reported(self) -> tuple[str, ...]:
        """The columns that are reported, not declared: what the record's version is computed from."""
        return tuple(column.name for column in self.columns if not column.declared)

    @property
    def key(self) -> str:
        """The column by whose cells rows are named and merged."""
        return self.columns[0].name


def text(name: str, meaning: str, *, required: bool = False, left_out: str | None = None) -> Column:
    """A column of free text."""
    return Column(name, meaning, required=required, left_out=left_out)


def key(name: str, meaning: str, *, unique: bool = True) -> Column:
    """A column whose cells name their row."""
    return Column(name, meaning, "key", required=True, unique=unique)


def number(
    name: str,
    meaning: str,
    unit: str,
    *,
    required: bool = False,
    span: tuple[float, float] | None = None,
    left_out: str | None = None,
) -> Column:
    """A column of finite numbers in a unit; blank is "not reported".

    Parameters
    ----------
    name : str
        Of the column.
    meaning : str
        What its numbers say, for the dictionary.
    unit : str
        What they are in, as "degrees" or "count".
    required : bool
        Whether every row must have one.
    span : tuple of float, optional
        Least and most a cell may hold, in the column's unit.
    left_out : str, optional
        What stands in an upload that leaves the column out; None says that it may not be left out.
    """
    return Column(
        name, meaning, "number", required=required, unit=unit, span=span, left_out=left_out
    )


def date(
    name: str,
    meaning: str,
    *,
    required: bool = False,
    form: Form | None = None,
    left_out: str | None = None,
) -> Column:
    """A column of dates, YYYY, YYYY-MM or YYYY-MM-DD."""
    return Column(name, meaning, "date", required=required, form=form, left_out=left_out)


def word(
    name: str,
    meaning: str,
    words: Mapping[str, str],
    *,
    required: bool = False,
    left_out: str | None = None,
) -> Column:
    """A column of words from a closed list."""
    return Column(name, meaning, "vocabulary", required=required, words=words, left_out=left_out)


def reference(
    name: str,
    meaning: str,
    table: str,
    *,
    required: bool = False,
    several: bool = False,
    besides: str = "",
    left_out: str | None = None,
) -> Column:
    """A column of keys of another table."""
    return Column(
        name,
        meaning,
        "references",
        required=required,
        refers=table,
        several=several,
        besides=besides,
        left_out=left_out,
    )


def declare(column: Column) -> Column:
    """A column that the program settles and nobody reports."""
    return replace(column, declared=True)
