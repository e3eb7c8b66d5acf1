"""The key of the map as a file: glyph, word and count of each status, and of what is said of a mark beside it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ramp155.answers.counts import count_groups
from ramp155.history.standing.sites import STATUS_GROUPS
from ramp155.pictures.map.poster.frame import MAP_HEIGHT, MapFrame
from ramp155.pictures.map.poster.marks import add_glyphs
from ramp155.pictures.map.sites import find_marked
from ramp155.text.signs import LATE_WORDS, SILENT_WORDS

KEY_WIDTH, KEY_LINE, KEY_MARGIN = 300.0, 34.0, 24.0  # pixels at scale 1; the margin at any


def build_map_key(
    sites: pd.DataFrame, theme: str, frame: MapFrame, scale: float
) -> tuple[pd.DataFrame, list[float]]:
    """Glyph, word and count of each group of statuses, of late sites and of those without news, and their box in pixels, at the left.

    Parameters
    ----------
    sites : DataFrame
        Rows of `build_site_table`, also those without a place: what is counted is on the page's key too.
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
    counts = count_groups(sites)
    statuses = [STATUS_GROUPS[group][0] for group in counts]
    words = [f"{group} {number}" for group, number in counts.items()]
    # What is said of a mark beside its status, on the mark of a promise.
    for mark, said in (("late", LATE_WORDS), ("no recent news", SILENT_WORDS)):
        words.append(f"{said} {find_marked(sites['marks'], mark).sum()}")
    line_height = KEY_LINE * scale
    height = line_height * len(words) + 16 * scale
    top = (MAP_HEIGHT - height) / 2
    box = [KEY_MARGIN, top, KEY_MARGIN + KEY_WIDTH * scale, top + height]
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
