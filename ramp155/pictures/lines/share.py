"""Which part of Europe's lines some countries have, by product."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ramp155.answers.plants.line_groups import list_europe_lines
from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.pictures.builder import build_native_chart, remember_picture
from ramp155.pictures.lines.bars import draw_rows
from ramp155.pictures.palette import BASELINE, EUROPE
from ramp155.pictures.picture import Picture
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View, find_known_record
from ramp155.record.schema.vocabulary import PRODUCTS
from ramp155.text.evidence.lines import write_share_title
from ramp155.text.numbers import join_words


def is_of_europe(model: Model, view: View) -> bool:
    """Whether a view's countries are of the Europe that headlines speak of; else all lines on record are compared."""
    countries = model.record.countries
    return set(view.countries) <= set(countries.loc[countries["counted"] == "yes", "country"])


def count_shares(model: Model, view: View) -> pd.DataFrame:
    """How many of Europe's reported lines a view's countries have, or of all on record where they are not of Europe.

    Parameters
    ----------
    model : Model
        The record with its draws.
    view : View
        Its date and countries.

    Returns
    -------
    DataFrame
        product, name, here and elsewhere (counts of lines), those with most lines here first.
    """
    lines = list_statuses(find_known_record(model, view))
    lines = lines[lines["status"] != "not yet reported"]
    if is_of_europe(model, view):
        lines = list_europe_lines(model.record, lines)
    is_here = lines["line_id"].map(model.record.full_lines["country"]).isin(view.countries)
    table = pd.DataFrame(
        {
            "product": lines["product"],
            "here": is_here.astype(int),
            "elsewhere": (~is_here).astype(int),
        }
    )
    shares = table.groupby("product", as_index=False)[["here", "elsewhere"]].sum()
    shares["name"] = shares["product"].map(PRODUCTS)
    return shares.sort_values(
        ["here", "elsewhere", "name"], ascending=[False, False, True], ignore_index=True
    )


def list_share_rows(shares: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of `draw_rows`: lines here, and those elsewhere.

    Parameters
    ----------
    shares : DataFrame
        Of `count_shares`: counts of lines.

    Returns
    -------
    list of dict
        Two a product.
    """
    bars: list[dict[str, Any]] = []
    for name, own_share, elsewhere in shares[["name", "here", "elsewhere"]].itertuples(index=False):
        at_row = {"label": name.split(" (")[0]}
        total = own_share + elsewhere
        bars.append(at_row | {"part": "here", "low": 0, "high": own_share, "said": ""})
        bars.append(
            at_row
            | {
                "part": "elsewhere",
                "low": own_share,
                "high": total,
                "said": f"{own_share} of {total}",
            }
        )
    return bars


@remember_picture
def build_share_picture(model: Model, view: View) -> Picture:
    """Which part of Europe's lines a view's countries have, by product."""
    shares = count_shares(model, view)
    countries = dict(
        zip(model.record.countries["country"], model.record.countries["name"], strict=True)
    )
    name = join_words(countries[country] for country in view.countries)
    backwards = shares[::-1]
    return Picture(
        "share",
        finding=write_share_title(shares, name, is_of_europe(model, view)),
        spec=draw_rows(
            list_share_rows(shares),
            {"here": EUROPE, "elsewhere": BASELINE},
            "Lines",
            is_beside=True,
        ),
        source=write_source_line(
            model,
            "Reported lines"
            + (" of European NATO and Switzerland" if is_of_europe(model, view) else "")
            + ", whatever they make in a year.",
        ),
        key=f"Blue: in {name}; grey: elsewhere." if name else "",
        alt="Bars, one a product: lines here, and lines elsewhere in Europe",
        native=build_native_chart(
            "bar",
            [label.split(" (")[0] for label in backwards["name"]],
            series={
                f"In {name}" if name else "Chosen": backwards["here"],
                "Elsewhere": backwards["elsewhere"],
            },
            colours=[EUROPE, BASELINE],
            unit="lines",
            number="0",
            stacked=True,
        ),
    )
