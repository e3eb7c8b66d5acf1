"""Where each plant stood day by day: the status that leads among its lines, its marks, its size, and what is next.

Counts that sentences tell of each day are made of the same lines.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ramp155.base.memory import remember
from ramp155.history.standing.months import (
    MARK_BITS,
    STATUS_CODES,
    MonthTable,
    find_leaders,
    lead_sites,
    tabulate_days,
)
from ramp155.history.standing.sites import AHEAD_WORDS, RUNNING_STATUSES, STATUS_GROUPS
from ramp155.model.model import Model
from ramp155.pictures.map.live.line_days import LineDays, tabulate_line_days
from ramp155.pictures.map.symbols import compute_mark_size
from ramp155.record.schema.vocabulary import PRODUCTS

Bytes = NDArray[np.uint8]
# What of the shown lines is picked out: which of them opened, are late, or are to reach a step soon.
PICKS = ("", "opened", "late", "soon")
LATE_BIT = 32  # beside `MARK_BITS`: a line of the plant is late
SIZE_UNIT = 0.1  # pixels
_FINAL_STATUSES = ("suspended", "cancelled")
_NO_STEP = np.uint16(65535)
_PRODUCT_CODES = np.uint16(64)  # more than there are products


@dataclass(frozen=True)
class SiteDays:
    """Plants by day, each array (days, sites); `site_ids` names the columns.

    `status` are codes of `STATUS_CODES` (0: not shown), `marks` sums of `MARK_BITS` and `LATE_BIT`, `lateness` months late
    at least, `late_products` the product of the line that is late by so much (place in `PRODUCTS` from 1; 0 where the plant has one
    line), `ahead` the place of what is to come at a plant that runs (0: nothing), `size` the mark's width in
    `SIZE_UNIT`, `coming` and `reached` places of `list_steps`. A plant stands as all its meant lines do, whichever are picked out.
    `counts` are numbers by day and name: lines and plants shown, and of the statuses that are chosen lines opened, plants late,
    lines with a step soon; `groups` plants by day and group of statuses, whichever statuses are chosen.
    """

    site_ids: tuple[str, ...]
    status: Bytes
    marks: Bytes
    lateness: Bytes
    late_products: Bytes
    ahead: Bytes
    size: Bytes
    coming: NDArray[np.uint16]
    reached: NDArray[np.uint16]
    counts: dict[str, NDArray[np.int64]]
    groups: Bytes


@remember
def tabulate_site_days(
    model: Model,
    days: tuple[dt.date, ...],
    hindsight: bool,
    line_ids: tuple[str, ...],
    pick: str = "",
    statuses: tuple[str, ...] = (),
) -> SiteDays:
    """Where each plant stood on some days, by some of its lines.

    Parameters
    ----------
    model : Model
        The record with its draws.
    days : tuple of date
        The days, (days,).
    hindsight : bool
        Whether what was reported later to have happened by then is known.
    line_ids : tuple of str
        The lines that are meant, whatever the day.
    pick : str
        One of `PICKS`: which of them are shown.
    statuses : tuple of str
        The statuses of plants that are shown; none given: all.

    Returns
    -------
    SiteDays
        Of every plant with a line that is meant.
    """
    table = tabulate_days(model.record, days, hindsight)
    line_days = tabulate_line_days(model, days, hindsight)
    is_meant = np.isin(table.line_ids, line_ids)
    table = _choose_columns(table, is_meant)
    line_days = LineDays(**{name: array[:, is_meant] for name, array in vars(line_days).items()})
    is_reported = table.status > 0
    is_picked = {
        "": is_reported,
        "opened": (table.opened > 0) & is_reported,
        "late": (table.late == 1) & is_reported,
        "soon": (line_days.soon > 0) & is_reported,
    }
    site_of_line = model.record.full_lines["site_id"]
    every_line = np.ones(len(table.line_ids), dtype=np.bool_)
    led = lead_sites(table, site_of_line, every_line)
    leaders = find_leaders(table, site_of_line, every_line).to_numpy(np.uint8)
    column_of_site = {site_id: place for place, site_id in enumerate(led.columns)}
    columns = np.array(
        [column_of_site[site_of_line[line_id]] for line_id in table.line_ids], dtype=np.intp
    )
    all_leads = led.to_numpy(np.uint8)
    has_picked = _gather(np.maximum, is_picked[pick], columns, len(led.columns))
    groups = np.column_stack(
        [(np.isin(all_leads, codes) & has_picked).sum(axis=1) for codes in list_group_codes()]
    )
    chosen_codes = [STATUS_CODES[s] for s in statuses or STATUS_CODES]
    is_chosen = np.isin(all_leads, chosen_codes)
    lead = np.where(is_chosen & has_picked, all_leads, 0).astype(np.uint8)
    # What each pick would show of the statuses that are chosen.
    picked = {name: lines & is_chosen[:, columns] for name, lines in is_picked.items()}
    counts = {
        "lines": picked[pick].sum(axis=1),
        "plants": (lead > 0).sum(axis=1),
        "opened": picked["opened"].sum(axis=1),
        "late": _gather(np.maximum, picked["late"], columns, len(led.columns)).sum(axis=1),
        "soon": picked["soon"].sum(axis=1),
    }
    return SiteDays(
        tuple(led.columns),
        lead,
        counts=counts,
        groups=groups.astype(np.uint8),
        **_describe_sites(
            table,
            line_days,
            leaders,
            is_reported & (lead[:, columns] > 0),
            columns,
            _list_product_codes(model, table.line_ids),
        ),
    )


def list_group_codes() -> list[list[int]]:
    """The codes of the statuses of each group that the map's key names.

    Returns
    -------
    list of list of int
        Index of each status in `STATUS_CODES`, a list for each of `STATUS_GROUPS`.
    """
    return [[STATUS_CODES[status] for status in group] for group in STATUS_GROUPS.values()]


def measure_slots(model: Model, days: tuple[dt.date, ...]) -> pd.Series[float]:
    """The width of each plant's largest mark of all days, however they are known: the room it is given.

    Parameters
    ----------
    model : Model
        The record with its draws.
    days : tuple of date
        The days, (days,).

    Returns
    -------
    Series of float, by site_id
        Pixels.
    """
    line_ids = tuple(model.record.lines["line_id"])
    widths = [
        pd.Series(site_days.size.max(axis=0) * SIZE_UNIT, index=list(site_days.site_ids))
        for site_days in (
            tabulate_site_days(model, days, known, line_ids) for known in (False, True)
        )
    ]
    return pd.concat(widths, axis=1).max(axis=1)


def _choose_columns(table: MonthTable, is_meant: NDArray[np.bool_]) -> MonthTable:
    """A table with some of its lines."""
    names = ("status", "late", "lateness", "marks", "opened")
    line_ids = tuple(np.array(table.line_ids, dtype=object)[is_meant])
    arrays = {name: getattr(table, name)[:, is_meant] for name in names}
    return MonthTable(table.days, line_ids, **arrays)


def _gather(
    merge: np.ufunc, by_line: NDArray[Any], columns: NDArray[np.intp], site_count: int
) -> NDArray[Any]:
    """Lines of each plant merged: (days, lines) to (days, sites)."""
    by_site = np.zeros((site_count, len(by_line)), dtype=by_line.dtype)
    merge.at(by_site, columns, by_line.T)
    return by_site.T


def _describe_sites(
    table: MonthTable,
    line_days: LineDays,
    leaders: Bytes,
    is_shown: NDArray[np.bool_],
    columns: NDArray[np.intp],
    product_codes: NDArray[np.uint16],
) -> dict[str, NDArray[Any]]:
    """What a plant's shown lines come to, (days, sites); `product_codes` (lines,) as `_list_product_codes` gives them."""
    site_count = leaders.shape[1]

    def merge(how: np.ufunc, by_line: NDArray[Any]) -> NDArray[Any]:
        return _gather(
            how, np.where(is_shown, by_line, 0).astype(by_line.dtype), columns, site_count
        )

    is_late = table.late == 1
    is_leading = table.status == leaders[:, columns]
    is_final = np.isin(table.status, [STATUS_CODES[status] for status in _FINAL_STATUSES])
    lone = np.uint8(MARK_BITS["one report"])
    marks = np.where(is_leading & ~is_final, table.marks, table.marks & lone)
    marks = marks | np.where(is_late, LATE_BIT, 0)
    ranks = np.zeros_like(table.status)
    for place, status in enumerate(reversed(AHEAD_WORDS), start=1):
        ranks[table.status == STATUS_CODES[status]] = place
    is_running = np.isin(leaders, [STATUS_CODES[status] for status in RUNNING_STATUSES])
    rounds = np.where(is_shown, np.nan_to_num(line_days.rounds, nan=-1.0), -1.0) + 1.0
    most_rounds = _gather(np.maximum, rounds, columns, site_count) - 1.0
    coming = np.where(is_shown & (line_days.coming > 0), line_days.coming, _NO_STEP)
    # The least of places from 1: taken from the top, so that nothing stays nothing.
    first = _NO_STEP - _gather(np.maximum, _NO_STEP - coming, columns, site_count)
    # The months before the product: the largest of both is the latest line with its product.
    late_months = np.where(is_late, table.lateness, 0).astype(np.uint16)
    latest = merge(np.maximum, np.where(is_late, late_months * _PRODUCT_CODES + product_codes, 0))
    return {
        "late_products": (latest % _PRODUCT_CODES).astype(np.uint8),
        "marks": merge(np.bitwise_or, marks.astype(np.uint8)),
        "lateness": merge(np.maximum, np.where(is_late, table.lateness, 0).astype(np.uint8)),
        "ahead": np.where(is_running, merge(np.maximum, ranks), 0).astype(np.uint8),
        "size": _measure_marks(most_rounds),
        "coming": np.where(first == _NO_STEP, 0, first).astype(np.uint16),
        "reached": merge(np.maximum, line_days.reached),
    }


def _list_product_codes(model: Model, line_ids: tuple[str, ...]) -> NDArray[np.uint16]:
    """The place of each line's product in `PRODUCTS`, from 1; 0 for the one line of a plant, (lines,)."""
    lines = model.record.lines.set_index("line_id").loc[list(line_ids)]
    places = lines["product"].map({product: place for place, product in enumerate(PRODUCTS, 1)})
    has_others = lines["site_id"].duplicated(keep=False)
    return np.asarray(places.where(has_others, 0), dtype=np.uint16)


def _measure_marks(rounds: NDArray[Any]) -> Bytes:
    """Widths of marks in `SIZE_UNIT`; below 0: no rate is reported."""
    widths = [compute_mark_size(float(one) if one >= 0 else float("nan")) for one in rounds.ravel()]
    return np.round(np.array(widths) / SIZE_UNIT).astype(np.uint8).reshape(rounds.shape)
