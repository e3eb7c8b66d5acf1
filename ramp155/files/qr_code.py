"""A QR code of an address as a drawing, which says so under it where the address opens on one machine only."""

from __future__ import annotations

import re

import segno

from ramp155.text.citations import is_local_address

_BORDER = 2  # modules of white around the code
_LETTERS = 10  # letters of the words under a code are so much smaller than the code is wide
CODE_WORDS = "this machine only"


def draw_qr_svg(address: str) -> str:
    """Draw a QR code as SVG markup, black on white whatever the theme, for cameras."""
    code = segno.make(address, error="m", micro=False)
    markup: str = code.svg_inline(border=_BORDER, dark="black", light="white", omitsize=True)
    if not is_local_address(address):
        return markup
    width, _ = code.symbol_size(border=_BORDER)
    size = width / _LETTERS
    height = width + 1.4 * size
    words = (
        f'<text x="{width / 2}" y="{width + 0.85 * size:.2f}" text-anchor="middle" '
        f'style="font: {size:.2f}px Inter, sans-serif; fill: black">{CODE_WORDS}</text>'
    )
    # No drawing within a drawing: what sets the size of one would set that of both.
    drawn = re.sub(r"^<svg[^>]*>|</svg>$", "", markup.strip())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.2f}">'
        f'<rect width="{width}" height="{height:.2f}" fill="white"/>{drawn}{words}</svg>'
    )
