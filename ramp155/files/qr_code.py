"""A QR code of an address as a drawing, which says so under it where the address opens on one machine only."""

from __future__ import annotations

import segno

from ramp155.text.citations import LOCAL_WORDS, is_local_address

_BORDER = 2  # modules of white around the code
_LINE = 3.4  # modules a line of words takes


def draw_qr_svg(address: str) -> str:
    """Draw a QR code as SVG markup, black on white whatever the theme, for cameras."""
    code = segno.make(address, error="m", micro=False)
    markup: str = code.svg_inline(border=_BORDER, dark="black", light="white", omitsize=True)
    if not is_local_address(address):
        return markup
    width, _ = code.symbol_size(border=_BORDER)
    lines = "".join(
        f'<text x="{width / 2}" y="{width + place * _LINE + 1.6}" text-anchor="middle" font-size="{width / 13:.2f}" '
        f'font-family="Inter, sans-serif" fill="black">{words}</text>'
        for place, words in enumerate(LOCAL_WORDS)
    )
    height = width + len(LOCAL_WORDS) * _LINE
    inner = markup.replace("<svg ", f'<svg width="{width}" height="{width}" ', 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.1f}">'
        f'<rect width="100%" height="100%" fill="white"/>{inner}{lines}</svg>'
    )
