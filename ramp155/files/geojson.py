"""Sites with a published town as GeoJSON points (WGS 84), for a map program."""

from __future__ import annotations

import json

from ramp155.history.status import list_statuses
from ramp155.pictures.map.sites import build_site_table
from ramp155.record.records import Records


def write_sites_geojson(records: Records) -> str:
    """Sites with a published town as GeoJSON points (WGS 84), with what is known of them today."""
    import geopandas as gpd  # here only: it costs half a second

    sites = build_site_table(records, list_statuses(records))
    sites = sites[sites["lat"].notna()].sort_values("site_id")
    frame = gpd.GeoDataFrame(
        sites.drop(columns=["lat", "lon"]),
        geometry=gpd.points_from_xy(sites["lon"], sites["lat"]),
        crs=4326,
    )
    return json.dumps(json.loads(frame.to_json()), ensure_ascii=False, indent=1)
