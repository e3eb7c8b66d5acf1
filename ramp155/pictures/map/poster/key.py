"""The key of the map as a file: glyph, word and count of each status, and of what is said of a mark beside it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ramp155.answers.counts import count_groups
from ramp155.history.standing.sites import STATUS_GROUPS
from ramp155.pictures.map.poster.frame import MapFrame
from ramp155.pictures.map.poster.marks import add_glyphs
from ramp155.pictures.map.sites import find_marked
from ramp155.text.signs import LATE_WORDS, SILENT_SHORT

KEY_WIDTH, KEY_LINE, KEY_MARGIN = 300.0, 40.0, 24.0  # pixels at scale 1; the margin at any
KEY_COLUMNS = 2  # of a key at the foot of a map


def build_map_key(
    sites: pd.DataFrame, theme: str, frame: MapFrame, scale: float
) -> tuple[pd.DataFrame, list[float]]:
    """Glyph, word and count of each group of statuses, of late sites and of those without news, and their box in pixels, beside the map.

    At the left in one column, under what stands over it, or, where the frame keeps room at its foot, there in two.

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
    for mark, said in (("late", LATE_WORDS), ("no recent news", SILENT_SHORT)):
        words.append(f"{said} {find_marked(sites['marks'], mark).sum()}")
    columns = KEY_COLUMNS if frame.key_height else 1
    line_count = -(-len(words) // columns)
    if frame.key_height:
        box = [0.0, frame.map_bottom, float(frame.width), float(frame.height)]
        column_width = (frame.width - 2 * KEY_MARGIN) / columns
        left = KEY_MARGIN / 2  # the longest words stand at the right
    else:
        box = [0.0, 0.0, frame.key_width, float(frame.height)]
        column_width, left = frame.key_width, 0.0 if frame.key_top else KEY_MARGIN
    first = box[1] + frame.key_top
    line_height = min(KEY_LINE * scale, (box[3] - first - 8) / line_count)
    top = first if frame.key_top else first + (box[3] - first - line_height * line_count) / 2
    centres = np.array(
        [
            [
                left + 18 * scale + column_width * (index // line_count),
                top + line_height * (index % line_count + 0.5),
            ]
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
