"""Badges where marks of several towns would overlap: a round count in a ring of its members'
statuses.
"""

from __future__ import annotations

import base64
import math
from collections import Counter
from typing import Any

import pandas as pd

from ramp155.base.memory import remember_asset
from ramp155.history.standing.sites import LEADING_STATUSES
from ramp155.pictures.map.colours import BADGE_COLOURS
from ramp155.pictures.map.symbols import STATUS_COLOURS
from ramp155.pictures.map.view import find_clusters


def build_badges(
    placed: pd.DataFrame, alone: pd.Series, zoom: float, theme: str
) -> list[dict[str, Any]]:
    """Rows of the clusters' layer: where marks of several towns would overlap.

    Parameters
    ----------
    placed : DataFrame
        Rows of `build_site_table` that have a place.
    alone : Series, (sites,)
        Whether a site stays out.
    zoom : float
        As deck.gl counts: the world is 512 pixels wide at 0.
    theme : str
        "light" or "dark".

    Returns
    -------
    list of dict
        One row a badge: name, town, note, lat and lon (degrees), size (pixels), members, icon.
    """
    groupable = placed.loc[~alone, ["site_id", "town", "status", "lat", "lon"]]
    if groupable.empty:
        return []
    groups: dict[int, list[tuple[Any, ...]]] = {}
    sites = zip(*(groupable[column].tolist() for column in groupable.columns), strict=True)
    for cluster, site in zip(find_clusters(groupable, zoom), sites, strict=True):
        groups.setdefault(cluster, []).append(site)
    badges = []
    for members in groups.values():
        places = sorted({site[3:] for site in members})
        if len(places) < 2:
            continue
        counts = Counter(site[2] for site in members)
        shares = [(status, counts[status]) for status in LEADING_STATUSES if status in counts]
        towns = sorted({site[1] for site in members})
        and_more = f" and {len(towns) - 4} more" if len(towns) > 4 else ""
        lat, lon = zip(*places, strict=True)
        badges.append(
            {
                "name": f"{len(members)} sites: click to zoom in",
                "town": ", ".join(towns[:4]) + and_more,
                "note": ", ".join(f"{count} {status}" for status, count in shares),
                # Rounded: the middle of a cluster is no place of its own.
                "lat": round(find_middle_latitude(lat), 2),
                "lon": round(sum(lon) / len(lon), 2),
                "size": 28 if len(members) < 10 else 34,
                "members": sorted(site[0] for site in members),
                "icon": draw_badge(tuple(shares), theme),
            }
        )
    return badges


def find_middle_latitude(latitudes: tuple[float, ...]) -> float:
    """The latitude in the middle of places on the map (in Mercator).

    Parameters
    ----------
    latitudes : tuple of float
        Degrees north.

    Returns
    -------
    float
        Degrees north.
    """
    up = sum(math.asinh(math.tan(math.radians(latitude))) for latitude in latitudes) / len(
        latitudes
    )
    return math.degrees(math.atan(math.sinh(up)))


@remember_asset
def draw_badge(shares: tuple[tuple[str, int], ...], theme: str) -> dict[str, object]:
    """A round count in a ring of its members' statuses, as an icon.

    Parameters
    ----------
    shares : tuple of (str, int)
        How many sites have each status.
    theme : str
        "light" or "dark".

    Returns
    -------
    dict
        The icon with its size and anchor in pixels.
    """
    total, drawn_count, arcs = sum(count for _, count in shares), 0, []
    for status, count in shares:
        arcs.append(
            f'<circle cx="32" cy="32" r="27" fill="none" stroke="{STATUS_COLOURS[theme][status]}" '
            f'stroke-width="7" pathLength="{total}" stroke-dasharray="{count} {total - count}" '
            f'stroke-dashoffset="{-drawn_count}" transform="rotate(-90 32 32)"/>'
        )
        drawn_count += count
    ink, paper = BADGE_COLOURS[theme]["ink"], BADGE_COLOURS[theme]["paper"]
    svg_text = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 64 64">'
        f'<circle cx="32" cy="32" r="31" fill="{paper}"/>{"".join(arcs)}'
        f'<text x="32" y="41" font-family="sans-serif" font-weight="700" font-size="27" '
        f'text-anchor="middle" fill="{ink}">{total}</text></svg>'
    )
    key = ",".join(f"{status}{count}" for status, count in shares)
    return {
        "id": f"badge {theme} {key}",
        "url": "data:image/svg+xml;base64," + base64.b64encode(svg_text.encode()).decode(),
        "width": 96,
        "height": 96,
        "anchorX": 48,
        "anchorY": 48,
    }
