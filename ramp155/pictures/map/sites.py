"""Sites of the record as rows for a map: the status that leads, the products, and the rounds a year
their largest latest rate is enough for.

Always at the town's centre (two decimals of a degree), never a facility's own place.
"""

from __future__ import annotations

import math

import pandas as pd

from ramp155.base.memory import remember
from ramp155.model.capacity.needs import compute_needs
from ramp155.model.coefficients.central import read_central_coefficients
from ramp155.model.model import Model
from ramp155.pictures.map.symbols import LEADING_STATUSES


@remember
def compute_rounds_per_unit(model: Model) -> dict[str, float]:
    """Rounds one unit of each product is enough for at central coefficients: what sizes compare by.

    Parameters
    ----------
    model : Model
        The record with its draws.

    Returns
    -------
    dict of float
        By product what one unit of it (a tonne, a module ...) is enough for, in rounds.
    """
    units_per_round = compute_needs(model.record, read_central_coefficients(model.record))
    product_of_stage = model.record.stages.set_index("stage")["product"]
    return {
        product_of_stage[stage]: 1 / float(units[0])
        for stage, units in units_per_round.items()
        if product_of_stage.get(stage)
    }


def build_site_table(model: Model, lines: pd.DataFrame) -> pd.DataFrame:
    """One row a site from a table of lines with their status (as `list_statuses` gives it).

    Columns: site_id, name, operator, country, town, lat, lon, status (the leading one), lines (how
    many), rounds (the largest of its lines' latest rate, made or else promised, in the rounds a year
    it is enough for; NaN where none is reported), products.
    """
    rounds_per_unit = compute_rounds_per_unit(model)
    reported = lines[lines["status"] != "not yet reported"].copy()
    latest_rate = reported["last_rate"].fillna(reported["target_rate"])
    reported["rounds"] = latest_rate * reported["product"].map(rounds_per_unit).astype(float)
    reported["rank"] = reported["status"].map(LEADING_STATUSES.index)
    leading = reported.sort_values("rank").drop_duplicates("site_id").set_index("site_id")["status"]
    grouped = reported.groupby("site_id")
    per_site = pd.DataFrame(
        {
            "status": leading,
            "lines": grouped.size(),
            "rounds": grouped["rounds"].max(),
            "products": grouped["product"].agg(lambda p: ", ".join(sorted(set(p)))),
        }
    )
    sites = model.record.sites[
        ["site_id", "name", "operator", "country", "town", "lat", "lon"]
    ].copy()
    uploaded_sites = reported.loc[reported["line_id"].isin(model.record.own_lines), "site_id"]
    sites.loc[sites["site_id"].isin(uploaded_sites), "name"] += " (your data)"
    return sites.merge(per_site, left_on="site_id", right_index=True, how="inner")


def say_site_rounds(rounds: float) -> str:
    """What a site's rounds a year (NaN where unknown) read like.

    Parameters
    ----------
    rounds : float
        Rounds a year; NaN where not known.

    Returns
    -------
    str
        In words.
    """
    return "no rate reported" if math.isnan(rounds) else f"enough for {rounds:,.0f} rounds a year"
