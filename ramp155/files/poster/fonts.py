"""The product's own fonts (Source Sans 3 by Adobe, cut down to Latin and shapes, OFL): where they lie, what they are called, and how a file carries them."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

from ramp155.base.memory import remember_asset

FONT_FOLDER = Path(__file__).parents[2] / "assets" / "fonts"
FONT_FAMILY = (
    "Ramp Sans"  # Source Sans 3 by Adobe, cut down to Latin and shapes (OFL: assets/fonts)
)
FONT_STACK = f"{FONT_FAMILY}, 'Source Sans', sans-serif"


@remember_asset
def embed_fonts() -> str:
    """The product's fonts as a style element that carries them."""
    faces = "".join(
        f"@font-face{{font-family:'{FONT_FAMILY}';font-weight:{weight};"
        f"src:url(data:font/ttf;base64,{base64.b64encode((FONT_FOLDER / file_name).read_bytes()).decode()})}}"
        for weight, file_name in (
            (400, "RampSans-Regular.ttf"),
            (600, "RampSans-Semibold.ttf"),
        )
    )
    return f"<style>{faces}</style>"


@remember_asset
def load_font(size: int, weight: int) -> Any:  # noqa: ANN401
    from PIL import ImageFont

    file_name = "RampSans-Semibold.ttf" if weight >= 600 else "RampSans-Regular.ttf"
    return ImageFont.truetype(io.BytesIO((FONT_FOLDER / file_name).read_bytes()), size)
