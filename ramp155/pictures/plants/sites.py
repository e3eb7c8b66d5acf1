"""The map of sites by status, as a picture."""

from __future__ import annotations

import dataclasses
from functools import partial

import pandas as pd

from ramp155.answers.counts import count_groups, count_lines
from ramp155.answers.stages.utilisation import compute_utilisation
from ramp155.history.standing.months import STATUS_CODES
from ramp155.model.model import Model
from ramp155.pictures.builder import build_native_chart, draw_nothing, remember_picture
from ramp155.pictures.map.live.line_days import list_map_days
from ramp155.pictures.map.live.site_days import tabulate_site_days
from ramp155.pictures.map.poster.map_spec import draw_map_spec
from ramp155.pictures.map.sites import build_site_table
from ramp155.pictures.palette import EUROPE
from ramp155.pictures.picture import Picture
from ramp155.pictures.plants.lines import filter_lines, list_shown_lines, say_view_lines
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View, find_known_record
from ramp155.record.records import Records
from ramp155.text.headlines.plants import write_sites_headline
from ramp155.text.numbers import say_count
from ramp155.text.plants import say_picked, write_map_title

_BESIDE = 1.4  # what writing and marks are multiplied by on a poster, where a name is to be read from afar


@remember_picture
def build_sites_picture(model: Model, view: View) -> Picture:
    """Every site by status."""
    lines = list_mapped_lines(model, view)
    known_record, use = find_known_record(model, view), find_country_use(model, view)
    return build_site_map(model, known_record, lines, say_mapped(model, view), tuple(use.items()))


def find_country_use(model: Model, view: View) -> dict[str, float]:
    """How much of its capacity each country uses under a view's scenario, by code; none where that is not asked for.

    The model speaks of today's record, so there is none for an earlier day.

    Parameters
    ----------
    model : Model
        The record with its draws.
    view : View
        Its scenario, month and day.

    Returns
    -------
    dict of float
        Shares from 0 to 1.
    """
    if not view.utilisation or view.as_of:
        return {}
    countries = compute_utilisation(model, view.scenario, view.month).countries
    return dict(zip(countries["country"], countries["utilisation"], strict=True))


def list_mapped_lines(model: Model, view: View) -> pd.DataFrame:
    """The lines that a map shows for a view: those meant, at plants of the statuses and with the steps that are picked out."""
    lines = list_shown_lines(model, view)
    if not view.statuses and not view.pick:
        return lines
    meant = filter_lines(
        model.record, model.record.lines, dataclasses.replace(view, late_only=False)
    )
    day = view.as_of or model.record.end
    days = list_map_days(model.record, day)
    pick = "late" if view.late_only else view.pick
    site_days = tabulate_site_days(
        model, days, view.hindsight, tuple(meant["line_id"]), pick, view.statuses
    )
    is_shown = site_days.status[days.index(day)] > STATUS_CODES["not yet reported"]
    return lines[lines["site_id"].isin(pd.Series(site_days.site_ids)[is_shown])]


def say_mapped(model: Model, view: View) -> str:
    """Which lines a map shows, in words; "" for all."""
    meant = say_view_lines(model.record, view)
    return say_picked(meant, view.statuses, "" if view.late_only else view.pick)


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
    counts = count_groups(site_rows)
    groups = [*counts]
    plants = count_lines(model.record, "sites", lines)
    unplaced = count_lines(model.record, "unplaced sites", lines)
    has_place = site_rows["lat"].notna().any()
    draw_map = partial(draw_map_spec, model, site_rows, use=dict(use), scale=1.6)
    draw_beside = partial(draw_map_spec, model, site_rows, use=dict(use), scale=_BESIDE)
    events = past.events[past.events["line_id"].isin(lines["line_id"])]
    return Picture(
        "sites",
        finding=write_map_title(model.record, lines, past.end, what),
        headline=write_sites_headline(model.record, lines, past.end, what),
        spec=draw_map()
        if has_place
        else draw_nothing("No plant of these lines has a published town."),
        source=write_source_line(
            model,
            f"Key: what the lines of {say_count(plants)} do now ({say_count(unplaced)} not drawn); "
            "size: rounds a year its largest reported or promised rate is enough for. Made with Natural Earth.",
            list(events["source_id"]),
        ),
        alt="Map of Europe, plants by what their lines do now: "
        + ", ".join(f"{group} {number}" for group, number in counts.items()),
        native=build_native_chart(
            "bar",
            groups[::-1],
            series={"Plants": [counts[group] for group in groups[::-1]]},
            colours=[EUROPE],
            unit="plants",
        ),
        dark=partial(draw_map, theme="dark") if has_place else None,
        is_map=True,
        narrow=(lambda theme: draw_map(theme=theme, is_narrow=True)) if has_place else None,
        beside=(lambda theme, room: draw_beside(theme=theme, beside=room)) if has_place else None,
    )
