"""The key of the map as a file: glyph, word and count of each status, placed where it hides the
fewest marks.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ramp155.answers.counts import count_statuses
from ramp155.history.standing.sites import LEADING_STATUSES
from ramp155.pictures.map.poster.frame import MAP_HEIGHT, MAP_WIDTH, MapFrame
from ramp155.pictures.map.poster.marks import add_glyphs
from ramp155.pictures.map.sites import find_marked
from ramp155.text.signs import LATE_WORDS, SILENT_WORDS


def build_map_key(
    placed: pd.DataFrame, marks: pd.DataFrame, theme: str, frame: MapFrame, scale: float
) -> tuple[pd.DataFrame, list[float]]:
    """Glyph, word and count of each status, and their box in pixels, where it hides the fewest marks.

    Parameters
    ----------
    placed : DataFrame
        Rows of `build_site_table` that have a place.
    marks : DataFrame
        Rows of `list_map_marks`.
    theme : str
        "light" or "dark".
    frame : MapFrame
        The map in pixels.
    scale : float
        What writing and marks are multiplied by.

    Returns
    -------
    tuple of DataFrame and list of float, (4,)
        Rows of the key, and its left, top, right and bottom in pixels.
    """
    counts = count_statuses(placed)
    statuses = [status for status in LEADING_STATUSES if status in counts]
    words = [f"{status} {counts[status]}" for status in statuses]
    # What is said of a mark beside its status, on the mark of a promise.
    for mark, said in (("late", LATE_WORDS), ("no recent news", SILENT_WORDS)):
        words.append(f"{said} {find_marked(placed['marks'], mark).sum()}")
    line_height, width = 34.0 * scale, 330.0 * scale
    height = line_height * len(words) + 16 * scale
    margin = 36.0
    fewest_hidden, box = None, [0.0] * 4
    for top in ((MAP_HEIGHT - height) / 2, MAP_HEIGHT - margin - height, margin):
        for left in (margin, MAP_WIDTH - margin - width):
            is_hidden = marks["x"].between(left - 20, left + width + 20)
            is_hidden &= marks["y"].between(top - 20, top + height + 20)
            if fewest_hidden is None or is_hidden.sum() < fewest_hidden:
                fewest_hidden, box = is_hidden.sum(), [left, top, left + width, top + height]
    centres = np.array(
        [
            [box[0] + 30 * scale, box[1] + 8 * scale + line_height * (index + 0.5)]
            for index in range(len(words))
        ]
    )
    degrees = frame.degrees(centres)
    key_rows = pd.DataFrame(
        {
            "status": [*statuses, "announced", "announced"],
            "name": words,
            "is_late": [False] * len(statuses) + [True, False],
            "is_silent": [False] * len(statuses) + [False, True],
            "x": centres[:, 0],
            "y": centres[:, 1],
            "lon": degrees[:, 0],
            "lat": degrees[:, 1],
            "px": 22.0 * scale,
        }
    )
    return add_glyphs(key_rows, theme, scale), box
