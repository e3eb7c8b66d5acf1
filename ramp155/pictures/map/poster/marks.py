"""Marks of the map as a file: one row a site with its place, its Vega symbol (shape, area in square
pixels, fill, stroke) and what its tooltip says.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ramp155.model.model import Model
from ramp155.pictures.map.colours import BADGE_COLOURS
from ramp155.pictures.map.poster.frame import MapFrame
from ramp155.pictures.map.sites import find_marked
from ramp155.pictures.map.spread import find_far_marks, spread_marks
from ramp155.pictures.map.symbols import (
    FLAG_PLACE,
    FLAG_RADIUS,
    LATE_COLOURS,
    OPEN_STATUSES,
    OUTLINE_WIDTH,
    ROUND_PATH,
    SMALLEST_MARK,
    STATUS_COLOURS,
    STATUS_PATHS,
    blend_silent,
    compute_mark_size,
)
from ramp155.text.numbers import say_rounds

# Marks of a file beside those of a page: the smallest is larger, so that its shape is told from afar.
_SMALLEST, _GROWTH = 19.0, 0.9  # pixels, and pixels for one of a page's


def list_map_marks(
    model: Model,
    placed: pd.DataFrame,
    theme: str,
    frame: MapFrame,
    scale: float,
    name_boxes: NDArray[np.float64] | None = None,
) -> pd.DataFrame:
    """One row a site: place, glyph and what its tooltip says; small marks last, on top.

    Parameters
    ----------
    model : Model
        The record with its draws.
    placed : DataFrame
        Rows of `build_site_table` that have a place.
    theme : str
        "light" or "dark".
    frame : MapFrame
        The map in pixels.
    scale : float
        What writing and marks are multiplied by.
    name_boxes : Array, (boxes, 4), optional
        Left, top, right and bottom of names that marks keep clear of, pixels.

    Returns
    -------
    DataFrame
        name, town, land, status, says, lines; lat and lon (degrees); shape, area (square pixels), fill, stroke, line (pixels); x, y and px (pixels);
        town_lon and town_lat (degrees), is_far (a line leads to the town), is_late.
    """
    countries = dict(
        zip(model.record.countries["country"], model.record.countries["name"], strict=True)
    )
    marks = placed.assign(
        land=placed["country"].map(countries),
        says=pd.Series(
            [None if math.isnan(rounds) else say_rounds(rounds) for rounds in placed["rounds"]],
            index=placed.index,
            dtype=object,
        ),
        px=[measure_file_mark(rounds) * scale for rounds in placed["rounds"]],
    ).sort_values("px", ascending=False, kind="stable")
    towns_in_pixels = frame.pixels(marks["lat"], marks["lon"])
    offsets = spread_marks(towns_in_pixels, marks["px"], name_boxes)
    pixels = towns_in_pixels + offsets
    degrees = frame.degrees(pixels)
    marks = marks.assign(
        town_lon=marks["lon"],
        town_lat=marks["lat"],
        is_far=find_far_marks(offsets, marks["px"]),
        is_late=find_marked(marks["marks"], "late"),
        is_silent=find_marked(marks["marks"], "no recent news"),
        x=pixels[:, 0],
        y=pixels[:, 1],
        lon=degrees[:, 0],
        lat=degrees[:, 1],
    )
    marks = add_glyphs(marks, theme, scale)
    columns = "name town land status says lines lat lon shape area fill stroke line x y px"
    columns += " town_lon town_lat is_far is_late"
    return marks[columns.split()]


def measure_file_mark(rounds: float) -> float:
    """The width of a mark by the rounds a year of its site.

    Parameters
    ----------
    rounds : float
        Rounds a year; NaN where not known.

    Returns
    -------
    float
        Pixels at scale 1.
    """
    return _SMALLEST + (compute_mark_size(rounds) - SMALLEST_MARK) * _GROWTH


def list_flags(marks: pd.DataFrame, theme: str, frame: MapFrame) -> pd.DataFrame:
    """The dots of late sites, at the upper right of their marks.

    Parameters
    ----------
    marks : DataFrame
        Rows of `list_map_marks`.
    theme : str
        "light" or "dark".
    frame : MapFrame
        The map in pixels.

    Returns
    -------
    DataFrame
        lat and lon (degrees); shape, area (square pixels), fill, stroke, line (pixels).
    """
    late = marks[marks["is_late"]]
    away = late["px"].to_numpy(float) / 2 * FLAG_PLACE
    centres = late[["x", "y"]].to_numpy(float) + away[:, None] * [[1.0, -1.0]]
    degrees = frame.degrees(centres)
    colours = BADGE_COLOURS[theme]
    return pd.DataFrame({"lon": degrees[:, 0], "lat": degrees[:, 1]}).assign(
        shape=ROUND_PATH.format(r=1),
        area=((late["px"].to_numpy(float) * FLAG_RADIUS) ** 2).round(1),
        fill=LATE_COLOURS[theme],
        stroke=colours["paper"],
        line=2.0,
    )


def add_glyphs(rows: pd.DataFrame, theme: str, scale: float) -> pd.DataFrame:
    """With the Vega symbol of each row's status: shape, area, fill, stroke, width of the line.

    Parameters
    ----------
    rows : DataFrame
        With status, is_silent and px (pixels).
    theme : str
        "light" or "dark".
    scale : float
        What writing and marks are multiplied by.

    Returns
    -------
    DataFrame
        With shape, area (square pixels), fill, stroke and line (pixels).
    """
    paper, colours = BADGE_COLOURS[theme]["paper"], STATUS_COLOURS[theme]
    is_hollow = rows["status"].isin(OPEN_STATUSES)
    status_colour = rows["status"].map(colours)
    status_colour = status_colour.where(
        ~rows["is_silent"], status_colour.map(lambda colour: blend_silent(colour, paper))
    )
    return rows.assign(
        shape=rows["status"].map(STATUS_PATHS),
        area=(rows["px"] ** 2).round(1),
        fill=status_colour.where(~is_hollow, paper),
        stroke=status_colour.where(is_hollow, paper),
        line=(rows["px"] / 2 * OUTLINE_WIDTH).where(is_hollow, 0.0).round(2),
    )


def lay_on_paper(rows: pd.DataFrame, theme: str) -> pd.DataFrame:
    """Every mark with a disc of paper before it, so that nothing shows through a dial.

    Parameters
    ----------
    rows : DataFrame
        Rows of `add_glyphs`.
    theme : str
        "light" or "dark".

    Returns
    -------
    DataFrame
        Two rows a mark, with the same columns (area in square pixels, line in pixels).
    """
    paper = BADGE_COLOURS[theme]["paper"]
    discs = rows.assign(shape=ROUND_PATH.format(r=1.05), fill=paper, stroke=paper, line=0.0)
    numbered = [part.reset_index(drop=True) for part in (discs, rows)]
    return pd.concat(numbered).sort_index(kind="stable").reset_index(drop=True)
