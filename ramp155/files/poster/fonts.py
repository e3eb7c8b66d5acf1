"""The product's own fonts (Source Sans 3 by Adobe, cut down to Latin and shapes, OFL): where they
lie, what they are called, and how a file carries them.
"""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

from ramp155.base.memory import remember_asset
from ramp155.files.assets import ASSET_FOLDER

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FONT_FOLDER = ASSET_FOLDER / "fonts"
FONT_FAMILY = "Ramp Sans"
FONT_STACK = f"{FONT_FAMILY}, 'Source Sans', sans-serif"
REGULAR, SEMIBOLD = 400, 600
FONT_FILES = {REGULAR: "RampSans-Regular.ttf", SEMIBOLD: "RampSans-Semibold.ttf"}


@remember_asset
def embed_fonts() -> str:
    """Write the product's fonts as a style element that carries them."""
    faces = "".join(
        f"@font-face{{font-family:'{FONT_FAMILY}';font-weight:{weight};"
        f"src:url(data:font/ttf;base64,{base64.b64encode((FONT_FOLDER / file_name).read_bytes()).decode()})}}"
        for weight, file_name in FONT_FILES.items()
    )
    return f"<style>{faces}</style>"


@remember_asset
def load_font(size: int, weight: int) -> FreeTypeFont:
    """Load a font to measure words with.

    Parameters
    ----------
    size : int
        Height of the type, pixels.
    weight : int
        Weight of the type, 400 (regular) or 600 (semibold).

    Returns
    -------
    FreeTypeFont
        `getlength` gives the width of words in pixels.
    """
    from PIL import ImageFont

    file_name = FONT_FILES[SEMIBOLD if weight >= SEMIBOLD else REGULAR]
    return ImageFont.truetype(io.BytesIO((FONT_FOLDER / file_name).read_bytes()), size)
