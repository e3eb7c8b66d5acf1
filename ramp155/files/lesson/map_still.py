"""A map of a lesson as an image: the map of the picture alone, with its letters in the file."""

from __future__ import annotations

from ramp155.base.memory import remember
from ramp155.files.poster.chart import complete_spec, draw_chart_svg
from ramp155.files.poster.fonts import embed_fonts
from ramp155.model.model import Model
from ramp155.pictures.map.poster.frame import MAP_HEIGHT, MAP_WIDTH
from ramp155.pictures.picture import Picture


@remember
def draw_map_still(model: Model, picture: Picture, theme: str) -> str:
    """The map of a picture as SVG text, kept as long as the model whose picture it is."""
    svg, _, _ = draw_chart_svg(complete_spec(picture, theme), theme, MAP_WIDTH, MAP_HEIGHT)
    opening, _, rest = svg.partition(">")
    return f"{opening}>{embed_fonts()}{rest}"
