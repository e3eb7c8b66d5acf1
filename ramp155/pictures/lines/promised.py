"""What lines were promised to make, and what they are reported to make, by product."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from ramp155.model.model import Model
from ramp155.pictures.builder import build_native_chart, draw_nothing, remember_picture
from ramp155.pictures.lines.bars import draw_rows
from ramp155.pictures.map.sites import compute_rounds_per_unit
from ramp155.pictures.palette import BASELINE, EUROPE
from ramp155.pictures.picture import Picture
from ramp155.pictures.plants.lines import list_shown_lines, say_view_lines
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View, find_known_record
from ramp155.record.schema.vocabulary import PRODUCTS
from ramp155.text.evidence.lines import write_promised_headline, write_promised_title
from ramp155.text.numbers import round_rounds, say_rounds


def sum_promised_rates(model: Model, lines: pd.DataFrame) -> pd.DataFrame:
    """What lines are reported to make and were promised to make, by product, in the rounds it is enough for.

    Parameters
    ----------
    model : Model
        The record with its draws.
    lines : DataFrame
        Rows of `list_statuses`.

    Returns
    -------
    DataFrame
        product, name, reported and promised (rounds a year; what is promised holds what is reported), lines (how many
        name a rate); only products of which a rate is named, in the order of the chain.
    """
    per_unit = lines["product"].map(compute_rounds_per_unit(model)).astype(float)
    reported = (lines["last_rate"] * per_unit).fillna(0.0)
    promised = (lines["target_rate"] * per_unit).fillna(0.0)
    table = pd.DataFrame(
        {
            "product": lines["product"],
            "reported": reported,
            "promised": promised.where(promised > reported, reported),
            "lines": ((reported > 0) | (promised > 0)).astype(int),
        }
    )
    sums = table.groupby("product", as_index=False)[["reported", "promised", "lines"]].sum()
    # Published rates of primers are for arms of every kind: beside them nothing else could be seen.
    sums = sums[(sums["promised"] > 0) & (sums["product"] != "primer")]
    sums["name"] = sums["product"].map(PRODUCTS)
    order = list(PRODUCTS)
    return sums.sort_values(
        "product", key=lambda products: products.map(order.index), ignore_index=True
    )


def list_promised_rows(sums: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of `draw_rows`: what is reported, and what is promised beyond it.

    Parameters
    ----------
    sums : DataFrame
        Of `sum_promised_rates`, rounds a year.

    Returns
    -------
    list of dict
        Two a product.
    """
    bars: list[dict[str, Any]] = []
    for name, reported, promised in sums[["name", "reported", "promised"]].itertuples(index=False):
        at_row = {"label": name.split(" (")[0]}
        words = f"{say_rounds(reported)} reported" if reported else "none reported"
        rate_words = f"{words}, {say_rounds(promised)} promised" if promised > reported else words
        bars.append(at_row | {"part": "reported", "low": 0.0, "high": reported, "said": ""})
        bars.append(
            at_row
            | {"part": "promised beyond", "low": reported, "high": promised, "said": rate_words}
        )
    return bars


@remember_picture
def build_promised_picture(model: Model, view: View) -> Picture:
    """What lines are reported and were promised to make, by product."""
    lines = list_shown_lines(model, view)
    sums = sum_promised_rates(model, lines)
    bars = list_promised_rows(sums)
    events = find_known_record(model, view).events
    sources = events.loc[events["line_id"].isin(lines["line_id"]), "source_id"]
    backwards, meant = sums[::-1], say_view_lines(model.record, view)
    colours = {"reported": EUROPE, "promised beyond": BASELINE}
    draw_bars = partial(draw_rows, bars, colours, "Rounds a year")
    return Picture(
        "promised",
        finding=write_promised_title(sums, meant),
        headline=write_promised_headline(sums, meant),
        spec=draw_bars(is_under=True)
        if bars
        else draw_nothing("Nobody has said how much these lines make."),
        wide=partial(draw_bars, is_beside=True, room=2.2) if bars else None,
        source=write_source_line(
            model,
            "Rates of single lines, in the rounds a year they are enough for; lines without a published rate count as nothing.",
            list(sources),
        ),
        key="Blue: reported; grey: promised beyond it." if bars else "",
        alt="Bars, one a product: rates reported, and rates promised beyond them",
        native=build_native_chart(
            "bar",
            [name.split(" (")[0] for name in backwards["name"]],
            series={
                "Reported": backwards["reported"].map(round_rounds),
                "Promised, with what is reported": backwards["promised"].map(round_rounds),
            },
            colours=[EUROPE, BASELINE],
            unit="rounds a year",
            key="Blue: reported; grey: promised.",
        ),
    )
