"""The reported lines of a view's products at its date, each with a label of its own."""

from __future__ import annotations

from textwrap import shorten

import pandas as pd

from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.pictures.view import View, find_known_record
from ramp155.record.records import Records
from ramp155.record.schema.vocabulary import PRODUCTS


def list_shown_lines(model: Model, view: View) -> pd.DataFrame:
    """The reported lines of the view's products with their status on its date."""
    lines = list_statuses(find_known_record(model, view))
    lines = lines[lines["status"] != "not yet reported"]
    if view.products:
        lines = lines[lines["product"].isin(view.products)]
    return lines


def label_lines(past: Records, products: tuple[str, ...] = ()) -> pd.DataFrame:
    """The reported lines of some products with status and a label of their own.

    Columns of `list_statuses` with name, title, country, origin and label (no two alike).
    """
    full_lines = past.full_lines
    table = list_statuses(past)
    table = table[table["status"] != "not yet reported"]
    if products:
        table = table[table["product"].isin(products)]
    if table.empty:
        return table
    table = table.merge(
        full_lines[["name", "title", "country", "origin"]], left_on="line_id", right_index=True
    )
    table["label"] = [
        name if len(products) == 1 else f"{name} ({PRODUCTS[product].split(' (')[0].lower()})"
        for name, product in zip(table["name"], table["product"], strict=True)
    ]
    is_other_calibre = table["line_id"].map(full_lines["for_155"]) != "yes"
    table.loc[is_other_calibre, "label"] += " · not 155 mm"
    table.loc[table["line_id"].isin(past.own_lines), "label"] += " · your data"
    is_repeated = table["label"].duplicated(keep=False)
    table.loc[is_repeated, "label"] = [
        shorten(f"{label}: {title}", 56, placeholder=" …")
        for label, title in zip(
            table.loc[is_repeated, "label"], table.loc[is_repeated, "title"], strict=True
        )
    ]
    return table
