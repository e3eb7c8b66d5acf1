"""A picture set as a 16:9 poster of 1920 x 1080 pixels: finding, chart, source, as-of date.

One layout serves the shared screen, the files people take away and the slides: what was shown is
what is sent.
"""

from __future__ import annotations

import re
from html import escape

from ramp155.base.memory import remember
from ramp155.files.poster.chart import complete_spec, draw_chart_svg, load_renderer
from ramp155.files.poster.fonts import FONT_STACK, REGULAR, SEMIBOLD, embed_fonts
from ramp155.files.poster.lines import draw_lines, fit_title, wrap_lines
from ramp155.model.model import Model
from ramp155.pictures.palette import THEMES
from ramp155.pictures.picture import Picture, strip_markup

POSTER_WIDTH, POSTER_HEIGHT = 1920, 1080
POSTER_MARGIN = 64
PREVIEW_SIZE = (1200, 630)  # pixels: what others show of a link to a page
# A chart is drawn small and enlarged, so that its smallest words (12 px) are 28 px high on a wide screen.
CHART_ENLARGED = 2.34
BODY_SIZE = 28  # px: the smallest type of a poster


@remember
def recall_poster_svg(
    model: Model,
    picture: Picture,
    theme: str = "light",
    kicker: str = "",
    lever: int = 0,
    corner: int = 0,
    embedded: bool = False,
) -> str:
    """Draw a poster as `draw_poster_svg` does, and keep it as long as the model whose picture it shows.

    Parameters
    ----------
    model : Model
        In whose memory it is kept: a picture may carry a visitor's own words.
    picture : Picture
        Finding, chart and source.
    theme : str
        `light` or `dark`.
    kicker : str
        Words over the finding.
    lever : int
        Height left free under the chart, pixels.
    corner : int
        Width left free at the lower right, pixels; 0 where the poster is not presented.
    embedded : bool
        Whether the fonts are put into the file.

    Returns
    -------
    str
        The poster as SVG text.
    """
    return draw_poster_svg(picture, theme, kicker, lever, corner, embedded)


def draw_poster_svg(
    picture: Picture,
    theme: str = "light",
    kicker: str = "",
    lever: int = 0,
    corner: int = 0,
    embedded: bool = False,
    height: int = POSTER_HEIGHT,
) -> str:
    """Draw a poster of 1920 x 1080 pixels as SVG.

    Parameters
    ----------
    picture : Picture
        Finding, chart and source.
    theme : str
        `light` or `dark`.
    kicker : str
        Words over the finding.
    lever : int
        Height left free under the chart, pixels.
    corner : int
        Width left free at the lower right, pixels; 0 where the poster is not presented.
    embedded : bool
        Whether the fonts are put into the file.
    height : int
        Of another than the usual height, pixels.

    Returns
    -------
    str
        The poster as SVG text.
    """
    colours = THEMES[theme]
    room_width = POSTER_WIDTH - 2 * POSTER_MARGIN
    elements = [f'<rect width="{POSTER_WIDTH}" height="{height}" fill="{colours["paper"]}"/>']
    # Where it is presented, buttons stand in the upper corner, a row of dots and keys below.
    title_top = 84.0 if corner and not kicker else 52.0
    bottom = height - (84 if corner else 40)
    if kicker:
        title_top += BODY_SIZE
        elements.append(
            draw_lines(POSTER_MARGIN, title_top, [kicker], BODY_SIZE + 2, colours["quiet"], REGULAR)
        )
        title_top += 14
    title_size, title_lines = fit_title(strip_markup(picture.finding), room_width)
    title_baseline = title_top + title_size * 0.85
    elements.append(
        draw_lines(POSTER_MARGIN, title_baseline, title_lines, title_size, colours["ink"], SEMIBOLD)
    )
    most_lines = 3
    source_lines = wrap_lines(
        picture.credit, BODY_SIZE, REGULAR, room_width - corner, most=most_lines
    )
    source_top = bottom - (most_lines if lever else len(source_lines)) * BODY_SIZE * 1.25
    elements.append(
        draw_lines(
            POSTER_MARGIN,
            source_top + BODY_SIZE,
            source_lines,
            BODY_SIZE,
            colours["quiet"],
            REGULAR,
        )
    )
    chart_top = title_top + len(title_lines) * title_size * 1.14 + 20
    elements.append(place_chart(picture, theme, chart_top, source_top - 26 - lever))
    style = embed_fonts() if embedded else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {POSTER_WIDTH} {height}" width="{POSTER_WIDTH}" '
        f'height="{height}" font-family="{FONT_STACK}" role="img" '
        f'aria-label="{escape(picture.told)}">{style}{"".join(elements)}</svg>'
    )


def place_chart(picture: Picture, theme: str, top: float, bottom: float) -> str:
    """Draw the chart between two heights of a poster, enlarged as far as it fits.

    Parameters
    ----------
    picture : Picture
        Whose chart is drawn.
    theme : str
        `light` or `dark`.
    top : float
        Upper edge, pixels from the poster's top.
    bottom : float
        Lower edge, pixels from the poster's top.

    Returns
    -------
    str
        An SVG element in its place on the poster.
    """
    room_width, room_height = POSTER_WIDTH - 2 * POSTER_MARGIN, bottom - top
    spec = complete_spec(picture, theme)
    chart_svg, width, height = draw_chart_svg(
        spec, theme, room_width / CHART_ENLARGED, room_height / CHART_ENLARGED
    )
    scale = min(room_width / width, room_height / height)
    if scale < CHART_ENLARGED * 0.9:
        # Rows of a fixed height need more room than there is: draw it wider, then shrink it.
        chart_svg, width, height = draw_chart_svg(
            spec, theme, room_width / (room_height / height), room_height
        )
        scale = min(room_width / width, room_height / height)
    inner = re.sub(r"<svg [^>]*>", "", chart_svg, count=1).rsplit("</svg>", 1)[0]
    left = POSTER_MARGIN + (room_width - width * scale) / 2
    return (
        f'<svg x="{left:.0f}" y="{top:.0f}" width="{width * scale:.0f}" height="{height * scale:.0f}" '
        f'viewBox="0 0 {width:g} {height:g}" overflow="visible">{inner}</svg>'
    )


def write_poster_png(
    picture: Picture, theme: str = "light", scale: int = 1, kicker: str = ""
) -> bytes:
    """Write a poster as PNG.

    Parameters
    ----------
    picture : Picture
        Finding, chart and source.
    theme : str
        `light` or `dark`.
    scale : int
        How many times 1920 x 1080 pixels.
    kicker : str
        Words over the finding.

    Returns
    -------
    bytes
        A PNG file.
    """
    poster_svg = draw_poster_svg(picture, theme, kicker)
    png: bytes = load_renderer().svg_to_png(poster_svg, scale=scale, ppi=72)
    return png


@remember
def write_preview_png(model: Model, picture: Picture) -> bytes:
    """Write a picture as others preview a link to it: a PNG of 1200 x 630 pixels, on the light ground.

    Parameters
    ----------
    model : Model
        In whose memory it is kept.
    picture : Picture
        Finding, chart and source.

    Returns
    -------
    bytes
        A PNG file.
    """
    width, height = PREVIEW_SIZE
    poster_height = round(POSTER_WIDTH * height / width)
    poster_svg = draw_poster_svg(picture, height=poster_height)
    png: bytes = load_renderer().svg_to_png(poster_svg, scale=width / POSTER_WIDTH, ppi=72)
    return png


def write_chart_png(picture: Picture, wide: float, high: float) -> bytes:
    """Write the chart or map without title and source as PNG (light ground).

    Parameters
    ----------
    picture : Picture
        Whose chart is drawn.
    wide : float
        Width of the space it is for, inches.
    high : float
        Height of the space it is for, inches.

    Returns
    -------
    bytes
        A PNG file 1,900 pixels wide.
    """
    chart_svg, width, _ = draw_chart_svg(complete_spec(picture), "light", wide * 72, high * 72)
    png: bytes = load_renderer().svg_to_png(chart_svg, scale=1900 / width)
    return png


def write_poster_svg(picture: Picture, theme: str = "light", kicker: str = "") -> bytes:
    """Write a poster as an SVG file that carries its fonts."""
    return draw_poster_svg(picture, theme, kicker, embedded=True).encode()
