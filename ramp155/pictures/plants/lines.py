"""The reported lines that a view means at its date, each with a label of its own."""

from __future__ import annotations

import pandas as pd

from ramp155.answers.site_search import search_lines
from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.pictures.view import View, find_known_record
from ramp155.record.records import Records
from ramp155.text.plants import say_shown_lines


def list_shown_lines(model: Model, view: View) -> pd.DataFrame:
    """The reported lines that a view means, with their status on its date."""
    lines = list_statuses(find_known_record(model, view))
    return filter_lines(model.record, lines[lines["status"] != "not yet reported"], view)


def filter_lines(records: Records, lines: pd.DataFrame, view: View) -> pd.DataFrame:
    """The rows of `list_statuses` that a view means: by product, country, maker, words and lateness."""
    full_lines = records.full_lines
    line_ids = lines["line_id"]
    is_meant = pd.Series(True, index=lines.index)
    for column, choices in (
        ("product", view.products),
        ("country", view.countries),
        ("operator", view.makers),
    ):
        if choices:
            is_meant &= line_ids.map(full_lines[column]).isin(choices)
    if view.find.strip():
        is_meant &= line_ids.isin(search_lines(records, view.find))
    if view.late_only:
        is_meant &= lines["late"] == "late"
    return lines[is_meant]


def say_view_lines(records: Records, view: View) -> str:
    """Which lines a view means, in words; "" for all."""
    return say_shown_lines(
        records, view.products, view.countries, view.makers, view.find, view.late_only
    )
