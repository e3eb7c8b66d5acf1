"""Rows of the record as typed tuples: None where a number or a day is not reported."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any, NamedTuple, TypeVar

import pandas as pd


class Site(NamedTuple):
    """A town where something is made; `lat` and `lon` in degrees (WGS 84), the town's centre."""

    site_id: str
    name: str
    operator: str
    parent: str
    country: str
    town: str
    lat: float | None
    lon: float | None
    note: str


class Line(NamedTuple):
    """A production line or project at a site."""

    line_id: str
    site_id: str
    product: str
    origin: str
    title: str
    note: str
    for_155: str


class Event(NamedTuple):
    """What happened to a line or was promised of it; `rate` a year, in `unit`.

    `known_on` is the day from which it counts as known, `first_day` and `last_day` the span its `date`
    names (None where it names none).
    """

    event_id: str
    line_id: str
    reported_on: str
    event: str
    date: str
    status: str
    rate: float | None
    unit: str
    rate_status: str
    scope: str
    investment_eur_m: float | None
    source_id: str
    basis: str
    confidence: str
    counts: str
    precision: str
    promise: str
    known_on: dt.date
    first_day: dt.date | None
    last_day: dt.date | None


class Source(NamedTuple):
    """A page, paper or broadcast; `class_` is the kind of its publisher, `state_controlled` a country or ""."""

    source_id: str
    publisher: str
    title: str
    url: str
    published: str
    language: str
    class_: str
    state_controlled: str


class Claim(NamedTuple):
    """A figure for a region or firm, `low` to `high` in `unit`; None for an open bound."""

    claim_id: str
    subject: str
    operator: str
    quantity: str
    counts: str
    low: float | None
    high: float | None
    unit: str
    period: str
    status: str
    reported_on: str
    source_id: str
    basis: str
    confidence: str
    cite_note: str
    same_as: str


class Assumption(NamedTuple):
    """A coefficient with its range in `unit`; None where a published one lacks an end."""

    assumption_id: str
    kind: str
    label: str
    low: float | None
    mode: float | None
    high: float | None
    unit: str
    source_ids: str
    claim_ids: str
    reasoning: str

    @property
    def span(self) -> tuple[float, float, float]:
        """Low, mode and high of a coefficient of the model.

        Returns
        -------
        tuple of float
            In the coefficient's own unit (months, fraction ...).

        Raises
        ------
        ValueError
            Where one of them is open.
        """
        if self.low is None or self.mode is None or self.high is None:
            raise ValueError(f"{self.assumption_id} has no low, mode and high")
        return self.low, self.mode, self.high


class Stage(NamedTuple):
    """A stage of the bill of materials; `quantity` goes into one unit of what it `feeds`, in `unit`.

    `total` says how its capacity is set, `share`, `lines_share` and `imports` name coefficients ("" for
    none), `lead_months` and `buffer_months` are months.
    """

    stage: str
    product: str
    feeds: str
    quantity: str
    total: str
    share: str
    lines_share: str
    imports: str
    lead_months: float
    buffer_months: float


class Target(NamedTuple):
    """A published range: `observable` of a `year` between `low` and `high`, rounds a year."""

    target_id: str
    observable: str
    year: str
    low: float
    high: float
    claim_ids: str
    reasoning: str


class Derived(NamedTuple):
    """A figure of Europe worked out from claims: `observable` between `low` and `high` (None: open) in the
    months `first` to `last`, in `unit`."""

    figure_id: str
    observable: str
    low: float | None
    high: float | None
    unit: str
    first: str
    last: str
    confidence: str
    claim_ids: str
    reasoning: str


class Estimate(NamedTuple):
    """What an actor makes in a `month`, least, most likely and most, rounds a year."""

    estimate_id: str
    actor: str
    label: str
    counts: str
    calibres: str
    made: str
    month: str
    low: float
    mode: float
    high: float
    claim_ids: str
    reasoning: str


class Statement(NamedTuple):
    """What somebody said in public; its figure lies between `low` and `high`, None for an open bound."""

    statement_id: str
    statement: str
    who: str
    said_on: str
    kind: str
    subject: str
    calibres: str
    made: str
    counts: str
    month: str
    since: str
    low: float | None
    high: float | None
    claim_ids: str
    note: str


_Row = TypeVar("_Row", bound=NamedTuple)


def build_rows(row_type: type[_Row], frame: pd.DataFrame) -> list[_Row]:
    """The rows of a table of `Records` in its order, NaN turned into None.

    Raises KeyError where the table lacks a column of the row.
    """
    columns = [_list_cells(frame[name.rstrip("_")]) for name in row_type._fields]
    return [row_type._make(cells) for cells in zip(*columns, strict=True)]


def _list_cells(column: pd.Series[Any]) -> list[Any]:
    cells: list[Any] = column.tolist()
    return [None if isinstance(cell, float) and math.isnan(cell) else cell for cell in cells]
