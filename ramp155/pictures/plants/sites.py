"""The map of sites by status, as a picture."""

from __future__ import annotations

from functools import partial

import pandas as pd

from ramp155.answers.counts import count_lines, count_statuses
from ramp155.history.standing.sites import LEADING_STATUSES
from ramp155.model.model import Model
from ramp155.pictures.builder import build_native_chart, draw_nothing, remember_picture
from ramp155.pictures.map.poster.map_spec import draw_map_spec
from ramp155.pictures.map.sites import build_site_table
from ramp155.pictures.palette import EUROPE
from ramp155.pictures.picture import Picture
from ramp155.pictures.plants.lines import list_shown_lines, say_view_lines
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View, find_known_record
from ramp155.record.records import Records
from ramp155.text.numbers import say_count
from ramp155.text.plants import write_map_title


@remember_picture
def build_sites_picture(model: Model, view: View) -> Picture:
    """Every site by status."""
    lines = list_shown_lines(model, view)
    meant = say_view_lines(model.record, view)
    return build_site_map(model, find_known_record(model, view), lines, meant)


def build_site_map(
    model: Model,
    past: Records,
    lines: pd.DataFrame,
    what: str = "",
    use: tuple[tuple[str, float], ...] = (),
) -> Picture:
    """A map of some lines as `past` knew them.

    Parameters
    ----------
    model : Model
        The record with its draws.
    past : Records
        The record as it was known then.
    lines : DataFrame
        Rows of `list_statuses`.
    what : str
        Which lines, in words, or blank for all.
    use : tuple of (str, float)
        Countries by code, and the share (0 to 1) of its capacity that each uses.

    Returns
    -------
    Picture
        With its finding and source.
    """
    site_rows = build_site_table(model, lines)
    counts = count_statuses(site_rows[site_rows["lat"].notna()])
    statuses = [status for status in LEADING_STATUSES if status in counts]
    unplaced = count_lines(model.record, "unplaced sites", lines)
    has_place = site_rows["lat"].notna().any()
    draw_map = partial(draw_map_spec, model, site_rows, use=dict(use), scale=1.6)
    events = past.events[past.events["line_id"].isin(lines["line_id"])]
    return Picture(
        "sites",
        finding=write_map_title(model.record, lines, past.end, what),
        spec=draw_map()
        if has_place
        else draw_nothing("No site of these lines has a published town."),
        source=write_source_line(
            model,
            f"Key: what a site's lines do now, at its town's centre ({say_count(unplaced)} not drawn); "
            "size: rounds a year its largest reported or promised rate is enough for. Made with Natural Earth.",
            list(events["source_id"]),
        ),
        alt="Map of Europe, sites with a published town by what their lines do now: "
        + ", ".join(f"{status} {counts[status]}" for status in statuses),
        native=build_native_chart(
            "bar",
            statuses[::-1],
            series={"Sites with a published town": [counts[s] for s in statuses[::-1]]},
            colours=[EUROPE],
            unit="sites with a published town",
        ),
        dark=partial(draw_map, theme="dark") if has_place else None,
        is_map=True,
        narrow=(lambda theme: draw_map(theme=theme, is_narrow=True)) if has_place else None,
    )
