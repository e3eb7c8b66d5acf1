"""A picture set as a 16:9 poster of 1920 x 1080 pixels: finding, chart, source, as-of date.

One layout serves the shared screen, the files people take away and the slides: what was shown is
what is sent.
"""

from __future__ import annotations

import dataclasses
import re
from html import escape

from ramp155.base.memory import remember
from ramp155.files.poster.chart import complete_spec, draw_chart_svg, load_renderer
from ramp155.files.poster.fonts import FONT_STACK, REGULAR, SEMIBOLD, embed_fonts
from ramp155.files.poster.lines import LINE_PITCH, draw_lines, fit_title, wrap_lines
from ramp155.model.model import Model
from ramp155.pictures.grammar.spec import Spec
from ramp155.pictures.palette import THEMES
from ramp155.pictures.picture import MapRoom, Picture, strip_markup

POSTER_WIDTH, POSTER_HEIGHT = 1920, 1080
POSTER_MARGIN = 64
PREVIEW_SIZE = (1200, 630)  # pixels: what others show of a link to a page
# A chart is drawn small and enlarged, so that its smallest words (12 px) are 28 px high on a wide screen.
CHART_ENLARGED = 2.34
BODY_SIZE = 28  # px: the smallest type of a poster
MOST_LOOK_LINES = 3
MAP_WORDS_WIDTH, MAP_KEY_GAP = 720, 20  # px: words beside a map, and from them to its key
ASIDE_WIDTH, ASIDE_GAP = 600, 48  # px: what stands beside a chart, and the space before it
NARROW_WIDTH, NARROW_HEIGHT = 350, 380  # px: a chart on a phone
# px: one whose words need more room beside each other, which is scrolled sideways
LEAST_NARROW = {"board": 640, "flow": 640}


@remember
def recall_poster_svg(
    model: Model,
    picture: Picture,
    theme: str = "light",
    kicker: str = "",
    lever: int = 0,
    corner: int = 0,
    embedded: bool = False,
    look: str = "",
    aside: tuple[str, ...] = (),
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
    look : str
        The one thing to look at, under the chart.
    aside : tuple of str
        What stands beside the chart: a heading, then lines.

    Returns
    -------
    str
        The poster as SVG text.
    """
    return draw_poster_svg(picture, theme, kicker, lever, corner, embedded, look, aside)


def draw_poster_svg(
    picture: Picture,
    theme: str = "light",
    kicker: str = "",
    lever: int = 0,
    corner: int = 0,
    embedded: bool = False,
    look: str = "",
    aside: tuple[str, ...] = (),
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
    look : str
        The one thing to look at, under the chart.
    aside : tuple of str
        What stands beside the chart: a heading, then lines.
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
    kicker_top = title_top + BODY_SIZE
    if kicker:
        title_top = kicker_top + 14
    is_beside = picture.beside is not None and not aside
    words_width = MAP_WORDS_WIDTH if is_beside else room_width
    title_size, title_lines = fit_title(
        strip_markup(picture.finding), words_width, 6 if is_beside else 4
    )
    title_baseline = title_top + title_size * 0.85
    title = draw_lines(
        POSTER_MARGIN, title_baseline, title_lines, title_size, colours["ink"], SEMIBOLD
    )
    most_lines = 3
    source_lines = wrap_lines(
        picture.credit, BODY_SIZE, REGULAR, room_width - corner, most=most_lines
    )
    source_top = bottom - (most_lines if lever else len(source_lines)) * BODY_SIZE * 1.25
    source = draw_lines(
        POSTER_MARGIN, source_top + BODY_SIZE, source_lines, BODY_SIZE, colours["quiet"], REGULAR
    )
    chart_top = title_top + len(title_lines) * title_size * 1.14 + 20
    chart_bottom = source_top - 26 - lever
    look_lines = wrap_lines(look, BODY_SIZE, SEMIBOLD, words_width, MOST_LOOK_LINES)
    look_height = len(look_lines) * BODY_SIZE * LINE_PITCH if look else 0.0
    if look and not is_beside:
        chart_bottom -= look_height + BODY_SIZE * 0.14
    look_top = (chart_top if is_beside else chart_bottom + BODY_SIZE * 0.15) + BODY_SIZE
    if aside:
        room_width -= ASIDE_WIDTH
        elements += draw_aside(aside, POSTER_MARGIN + room_width + ASIDE_GAP, chart_top, theme)
    if picture.beside and is_beside:
        # The map has the height of its words too: they stand at its left, its key under them.
        map_top = float(POSTER_MARGIN + 24 if corner else 40)
        words_height = (
            chart_top + (look_height + BODY_SIZE if look else 0.0) - map_top + MAP_KEY_GAP
        )
        room = MapRoom(room_width, chart_bottom - map_top, words_width + ASIDE_GAP, words_height)
        elements.append(draw_map(picture.beside(theme, room), theme, map_top, room))
    else:
        elements.append(place_chart(picture, theme, chart_top, chart_bottom, room_width))
    elements += [title, source]
    if look:
        elements.append(
            draw_lines(POSTER_MARGIN, look_top, look_lines, BODY_SIZE, colours["ink"], SEMIBOLD)
        )
    if kicker:
        elements.append(
            draw_lines(
                POSTER_MARGIN, kicker_top, [kicker], BODY_SIZE + 2, colours["quiet"], REGULAR
            )
        )
    style = embed_fonts() if embedded else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {POSTER_WIDTH} {height}" width="{POSTER_WIDTH}" '
        f'height="{height}" font-family="{FONT_STACK}" role="img" '
        f'aria-label="{escape(picture.told)}">{style}{"".join(elements)}</svg>'
    )


def draw_aside(aside: tuple[str, ...], left: float, top: float, theme: str) -> list[str]:
    """Write a heading and lines below one another, beside a chart.

    Parameters
    ----------
    aside : tuple of str
        The heading, then the lines.
    left, top : float
        Upper left corner, pixels.
    theme : str
        `light` or `dark`.

    Returns
    -------
    list of str
        SVG text elements.
    """
    colours, width = THEMES[theme], ASIDE_WIDTH - ASIDE_GAP
    elements, below = [], top + BODY_SIZE * 1.6
    for place, text in enumerate(aside):
        weight = REGULAR if place else SEMIBOLD
        lines = wrap_lines(text, BODY_SIZE + 4, weight, width)
        colour = colours["ink"]
        elements.append(draw_lines(left, below, lines, BODY_SIZE + 4, colour, weight))
        below += len(lines) * (BODY_SIZE + 4) * LINE_PITCH + BODY_SIZE * 0.7
    return elements


def draw_map(spec: Spec, theme: str, top: float, room: MapRoom) -> str:
    """Draw a map, with its key, in the size it was made for.

    Parameters
    ----------
    spec : Spec
        Of a picture's `beside`.
    theme : str
        `light` or `dark`.
    top : float
        Upper edge, pixels from the poster's top.
    room : MapRoom
        What it was made for, pixels.

    Returns
    -------
    str
        An SVG element in its place on the poster.
    """
    chart_svg, width, height = draw_chart_svg(spec, theme, room.width, room.height)
    inner = re.sub(r"<svg [^>]*>", "", chart_svg, count=1).rsplit("</svg>", 1)[0]
    return (
        f'<svg x="{POSTER_MARGIN}" y="{top:.0f}" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}">{inner}</svg>'
    )


def place_chart(
    picture: Picture,
    theme: str,
    top: float,
    bottom: float,
    room_width: float = POSTER_WIDTH - 2 * POSTER_MARGIN,
) -> str:
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
    room_width : float
        Width it may take, pixels.

    Returns
    -------
    str
        An SVG element in its place on the poster.
    """
    room_height = bottom - top
    if picture.wide:
        picture = dataclasses.replace(picture, spec=picture.wide())
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


@remember
def recall_narrow_svg(model: Model, picture: Picture, theme: str) -> tuple[str, float]:
    """Draw the chart of a picture for a phone, where its words stand around it, and keep it with the model.

    Parameters
    ----------
    model : Model
        In whose memory it is kept.
    picture : Picture
        Whose chart is drawn.
    theme : str
        `light` or `dark`.

    Returns
    -------
    svg : str
        The drawing as SVG text.
    width : float
        The least width at which its words can be read, pixels; 0 where any will do.
    """
    spec = picture.narrow(theme) if picture.narrow else complete_spec(picture, theme)
    least = LEAST_NARROW.get(picture.name, 0)
    chart_svg, own_width, _ = draw_chart_svg(spec, theme, least or NARROW_WIDTH, NARROW_HEIGHT)
    return chart_svg, min(own_width, float(least))


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
