"""Marks of the map as a file: one row a site with its place, its Vega symbol (shape, area in square
pixels, fill, stroke) and what its tooltip says.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from ramp155.model.model import Model
from ramp155.pictures.map.colours import BADGE_COLOURS
from ramp155.pictures.map.poster.frame import MapFrame
from ramp155.pictures.map.symbols import (
    OPEN_STATUSES,
    ROUND_PATH,
    STATUS_COLOURS,
    STATUS_PATHS,
    compute_mark_offsets,
    compute_mark_size,
)

MARK_SCALE = 0.8  # marks of a file to those of a page


def list_map_marks(
    model: Model, placed: pd.DataFrame, theme: str, frame: MapFrame, scale: float
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

    Returns
    -------
    DataFrame
        name, town, land, status, says, lines; lat and lon (degrees); shape, area (square pixels), fill, stroke, line (pixels); x, y and px (pixels).
    """
    countries = dict(
        zip(model.record.countries["country"], model.record.countries["name"], strict=True)
    )
    marks = placed.assign(
        land=placed["country"].map(countries),
        says=pd.Series(
            [None if math.isnan(rounds) else f"{rounds:,.0f}" for rounds in placed["rounds"]],
            index=placed.index,
            dtype=object,
        ),
        px=[compute_mark_size(rounds) * MARK_SCALE * scale for rounds in placed["rounds"]],
    ).sort_values("px", ascending=False, kind="stable")
    pixels = frame.pixels(marks["lat"], marks["lon"])
    pixels += np.array(compute_mark_offsets(marks)) * MARK_SCALE * scale
    degrees = frame.degrees(pixels)
    marks = marks.assign(x=pixels[:, 0], y=pixels[:, 1], lon=degrees[:, 0], lat=degrees[:, 1])
    marks = add_glyphs(marks, theme, scale)
    columns = "name town land status says lines lat lon shape area fill stroke line x y px"
    return marks[columns.split()]


def add_glyphs(rows: pd.DataFrame, theme: str, scale: float) -> pd.DataFrame:
    """With the Vega symbol of each row's status: shape, area, fill, stroke, width of the line.

    Parameters
    ----------
    rows : DataFrame
        With status and px (pixels).
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
    return rows.assign(
        shape=rows["status"].map(STATUS_PATHS),
        area=(rows["px"] ** 2).round(1),
        fill=status_colour.where(~is_hollow, paper),
        stroke=status_colour.where(is_hollow, paper),
        line=(rows["px"] * 0.13).where(is_hollow, 0.0).round(2),
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
