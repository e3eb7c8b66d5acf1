"""Marks of the map read off a picture, as an eye does: whose shape is it most like?"""

from __future__ import annotations

import io

import numpy as np
import vl_convert
from PIL import Image

from ramp155.pictures.map.colours import BADGE_COLOURS
from ramp155.pictures.map.symbols import (
    OPEN_STATUSES,
    OUTLINE_WIDTH,
    STATUS_COLOURS,
    STATUS_PATHS,
    blend_silent,
)

_FINER = 8  # a mark is drawn so many times larger before it is made small


def open_picture(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def tell_status(
    picture: np.ndarray, centre: np.ndarray, width: float, theme: str, is_silent: bool = False
) -> str:
    """The status whose mark, drawn anew at a place, differs least from a picture there; its upper right is left out, where
    the dot of a late plant may be."""
    reach = int(np.ceil(width / 2))
    left, top = (np.round(centre) - reach).astype(int)
    seen = picture[top : top + 2 * reach + 1, left : left + 2 * reach + 1]
    down, right = np.mgrid[0 : seen.shape[0], 0 : seen.shape[1]] + 0.5
    away = np.stack([right - (centre[0] - left), down - (centre[1] - top)])
    is_inside = (np.hypot(*away) < width / 2 * 0.85) & ~(
        (away[0] > 0.1 * width) & (away[1] < -0.1 * width)
    )
    differences = {}
    for status, path in STATUS_PATHS.items():
        colour, paper = STATUS_COLOURS[theme][status], BADGE_COLOURS[theme]["paper"]
        colour = blend_silent(colour, paper) if is_silent else colour
        line = f'fill="none" stroke="{colour}" stroke-width="{OUTLINE_WIDTH}"'
        drawn = line if status in OPEN_STATUSES else f'fill="{colour}"'
        place = f"translate({centre[0] - left} {centre[1] - top}) scale({width / 2})"
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{seen.shape[1] * _FINER}" height="{seen.shape[0] * _FINER}" '
            f'viewBox="0 0 {seen.shape[1]} {seen.shape[0]}"><rect width="99" height="99" fill="{paper}"/>'
            f'<g transform="{place}"><path d="{path}" {drawn}/></g></svg>'
        )
        large = open_picture(vl_convert.svg_to_png(svg))
        small = large.resize((seen.shape[1], seen.shape[0]), Image.Resampling.LANCZOS)
        differences[status] = np.abs(np.asarray(small, dtype=float) - seen)[is_inside].mean()
    return min(differences, key=differences.__getitem__)
