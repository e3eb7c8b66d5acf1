"""Names to write on a map, the most important first: countries of the record and those around it,
and towns under their marks (the municipality's name, never a plant's).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.pictures.map.borders import compute_country_areas

SHORT_COUNTRY_NAMES = {"Bosnia and Herzegovina": "Bosnia"}
# Countries that are no part of the record and help to find one's way: name, degrees north and east.
COUNTRIES_AROUND = [
    ("Austria", 47.6, 14.3),
    ("Ireland", 53.2, -8.0),
    ("Belarus", 53.5, 28.0),
    ("Moldova", 47.1, 28.7),
    ("Russia", 56.0, 39.0),
    ("Kosovo", 42.6, 20.9),
    ("Cyprus", 35.0, 33.1),
    ("Georgia", 42.1, 43.5),
    ("Algeria", 34.0, 3.0),
    ("Tunisia", 34.2, 9.5),
    ("Morocco", 33.0, -6.0),
    ("Syria", 35.0, 38.5),
]


@remember
def list_country_names(model: Model) -> pd.DataFrame:
    """Names of countries to write on a map, the most important first.

    Columns: name, lat, lon (degrees), recorded (in the record, or only around it), area (share of the
    globe), plants (how many are placed there). Larger countries come first, recorded ones before others.
    """
    recorded = model.record.countries[["country", "name", "label_lat", "label_lon"]]
    recorded = recorded.set_axis(["country", "name", "lat", "lon"], axis=1).assign(recorded=True)
    recorded["area"] = recorded["name"].map(compute_country_areas()).fillna(0.0)
    recorded["name"] = recorded["name"].replace(SHORT_COUNTRY_NAMES)
    around = pd.DataFrame(COUNTRIES_AROUND, columns=["name", "lat", "lon"]).assign(
        recorded=False, country=""
    )
    around["area"] = around["name"].map(compute_country_areas()).fillna(0.0)
    names = pd.concat([recorded, around], ignore_index=True)
    placed = model.record.sites[model.record.sites["lat"].notna()]
    names["plants"] = names["country"].map(placed["country"].value_counts()).fillna(0).astype(int)
    has_sites = names["country"].isin(model.record.sites["country"])
    names["weight"] = np.sqrt(names["area"]) * np.where(
        has_sites, 1.6, np.where(names["recorded"], 1, 0.4)
    )
    names = names.sort_values(["weight", "name"], ascending=[False, True], ignore_index=True)
    return names.drop(columns=["weight", "country"])


def list_town_names(placed: pd.DataFrame) -> pd.DataFrame:
    """One row a town to write below its largest mark: site_id and town, larger marks first.

    Only the municipality's name, never a plant's. `placed` are sites with their place and size (pixels).
    """
    towns = placed.assign(town=placed["town"].str.replace(r"\s*\(.*", "", regex=True))
    towns = towns[towns["town"] != ""].sort_values(["size", "town"], ascending=[False, True])
    towns = towns.drop_duplicates(["lat", "lon"], ignore_index=True)
    return towns[["site_id", "town"]]
