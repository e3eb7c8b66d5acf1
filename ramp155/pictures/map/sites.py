"""Sites of the record as rows for a map: the status that leads, the products, and the rounds a year
their largest latest rate is enough for.

Always at the town's centre (two decimals of a degree), never a facility's own place.
"""

from __future__ import annotations

import pandas as pd

from ramp155.base.memory import remember
from ramp155.history.standing.sites import SITE_MARKS, list_site_statuses
from ramp155.history.status import list_statuses
from ramp155.model.capacity.needs import compute_needs
from ramp155.model.coefficients.modes import read_modes
from ramp155.model.model import Model
from ramp155.text.plants import say_site_rounds, say_site_status


@remember
def compute_rounds_per_unit(model: Model) -> dict[str, float]:
    """Rounds one unit of each product is enough for at the most likely of each coefficient: what sizes compare by.

    Parameters
    ----------
    model : Model
        The record with its draws.

    Returns
    -------
    dict of float
        By product what one unit of it (a tonne, a module ...) is enough for, in rounds.
    """
    units_per_round = compute_needs(model.record, read_modes(model.record))
    product_of_stage = model.record.stages.set_index("stage")["product"]
    return {
        product_of_stage[stage]: 1 / float(units[0])
        for stage, units in units_per_round.items()
        if product_of_stage.get(stage)
    }


def compute_line_rounds(model: Model, lines: pd.DataFrame) -> pd.Series[float]:
    """The rounds a year that each line's latest rate is enough for: the one it reached, else the one it promises.

    Parameters
    ----------
    model : Model
        The record with its draws.
    lines : DataFrame
        Rows of `list_statuses`.

    Returns
    -------
    Series of float, (lines,)
        Rounds a year; NaN where no rate is reported.
    """
    latest_rate = lines["last_rate"].where(lines["last_rate"].notna(), lines["target_rate"])
    return latest_rate * lines["product"].map(compute_rounds_per_unit(model)).astype(float)


def build_site_table(model: Model, lines: pd.DataFrame) -> pd.DataFrame:
    """One row a site from a table of lines with their status (as `list_statuses` gives it).

    Columns: site_id, name, operator, parent, country, town, lat, lon, status (what its lines do now), ahead
    (what is to come), marks (list), lines (how many), stands (all that in words), rounds (the largest of
    its lines' latest rate in the rounds a year it is enough for; NaN where none is reported), rate_counts
    ("output", "capacity" or "promised": what that rate is; "" for none), says (that in words), products.
    """
    reported = lines[lines["status"] != "not yet reported"].copy()
    reported["rounds"] = compute_line_rounds(model, reported)
    is_promised = reported["last_rate"].isna()
    reported["rate_counts"] = reported["rate_counts"].mask(is_promised, "promised")
    reported["rate_counts"] = reported["rate_counts"].replace("", "capacity")
    largest = (
        reported.dropna(subset="rounds")
        .sort_values("rounds")
        .drop_duplicates("site_id", keep="last")
    )
    products = reported.groupby("site_id")["product"].agg(lambda p: ", ".join(sorted(set(p))))
    per_site = (
        list_site_statuses(lines)
        .merge(largest[["site_id", "rounds", "rate_counts"]], on="site_id", how="left")
        .merge(products.rename("products").reset_index(), on="site_id", how="left")
    )
    per_site["rate_counts"] = per_site["rate_counts"].fillna("")
    status_columns = zip(per_site["status"], per_site["ahead"], per_site["marks"], strict=True)
    per_site["stands"] = [say_site_status(*columns) for columns in status_columns]
    rates = zip(per_site["rounds"], per_site["rate_counts"], strict=True)
    per_site["says"] = [say_site_rounds(*rate) for rate in rates]
    sites = model.record.sites[
        ["site_id", "name", "operator", "parent", "country", "town", "lat", "lon"]
    ].copy()
    uploaded_sites = reported.loc[reported["line_id"].isin(model.record.own_lines), "site_id"]
    sites.loc[sites["site_id"].isin(uploaded_sites), "name"] += " (your data)"
    return sites.merge(per_site, on="site_id", how="inner")


@remember
def list_sites_today(model: Model) -> pd.DataFrame:
    """The table of `build_site_table` at the record's end."""
    return build_site_table(model, list_statuses(model.record))


def find_marked(marks: pd.Series, mark: str) -> pd.Series:
    """Which sites carry a mark.

    Parameters
    ----------
    marks : Series of list
        Column marks of `build_site_table`.
    mark : str
        A key of `SITE_MARKS`.

    Returns
    -------
    Series of bool, (sites,)
        True (1) where it stands.
    """
    return marks.map(lambda words: SITE_MARKS[mark] in words).astype(bool)
