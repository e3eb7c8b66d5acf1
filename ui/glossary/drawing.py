"""A term's picture on the page: SVG set inline by a component, so that it has the page's letters and nothing is fetched."""

from __future__ import annotations

import json
import re

import streamlit as st

from ramp155.model.model import Model
from ramp155.pictures.glossary.drawings import build_term_drawing
from ramp155.pictures.palette import adapt_colour

_COLOUR = re.compile("#[0-9A-Fa-f]{6}")
_drawing_component = st.components.v2.component(
    "ramp155_term_drawing",
    html='<div class="drawing"></div>',
    css="""
.drawing { aspect-ratio: 320 / 168; }
.drawing svg { display: block; width: 100%; font-family: var(--st-font); }
""",
    js="""
export default function ({ parentElement, data }) {
  const box = parentElement.querySelector(".drawing")
  const { svg, turn } = JSON.parse(data)
  const drawing = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement
  box.replaceChildren(document.importNode(drawing, true))
  // Opened from a card further down: the page goes up to it. What a link opens is there already.
  if (turn && box.dataset.turn !== String(turn)) box.scrollIntoView({ block: "center" })
  box.dataset.turn = turn
}
""",
)


def show_drawing(model: Model, term_key: str, place: str, turn: int = 0) -> None:
    """A term's picture, which takes its colours from the ground the browser shows; `place` tells two of one term apart.

    A new `turn` other than 0 brings it into sight.
    """
    drawing = build_term_drawing(model, term_key, "light")
    svg = _COLOUR.sub(_name_both_colours, drawing.svg)
    _drawing_component(
        data=json.dumps({"svg": svg, "turn": turn}), key=f"drawing_{place}_{term_key}"
    )


def _name_both_colours(colour: re.Match[str]) -> str:
    """A colour of the light ground as CSS that has the dark one's too: an open page may change its theme."""
    return f"light-dark({colour[0]}, {adapt_colour('dark', colour[0])})"
