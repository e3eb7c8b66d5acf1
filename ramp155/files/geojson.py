"""Sites with a published town as GeoJSON points (WGS 84), for a map program."""

from __future__ import annotations

import json

from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.pictures.map.sites import build_site_table


def write_sites_geojson(model: Model) -> str:
    """Write sites with a published town as GeoJSON points (WGS 84), with what is known of them today."""
    import geopandas as gpd  # here only: it costs half a second

    sites = build_site_table(model, list_statuses(model.record))
    sites = sites[sites["lat"].notna()].sort_values("site_id")
    sites["rounds"] = sites["rounds"].round()
    frame = gpd.GeoDataFrame(
        sites.drop(columns=["lat", "lon"]),
        geometry=gpd.points_from_xy(sites["lon"], sites["lat"]),
        crs=4326,
    )
    return json.dumps(json.loads(frame.to_json()), ensure_ascii=False, indent=1)
