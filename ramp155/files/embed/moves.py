"""A picture at every position of its lever, for a browser that draws it while the lever moves, without a server.

Each position is drawn and worded as the page itself is; what stays from one to another is sent once.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np

from ramp155.base.memory import remember
from ramp155.base.shelf import keep_arrays
from ramp155.files.embed.drawing import WIDTHS, NodeTable, draw_nodes
from ramp155.files.story.dial import build_dial, find_lever_position, set_lever
from ramp155.model.model import Model
from ramp155.pictures.catalogue import CATALOGUE, build_picture
from ramp155.pictures.fields import list_view_fields
from ramp155.pictures.picture import strip_markup
from ramp155.pictures.view import View

_STEPS, _QUICK_STEPS = 40, 20  # between the ends of a lever; of a view that is drawn on demand
_LEVERS = ("nitrocellulose", "preference", "spend")
_STILL = (
    "limits",
    "tornado",
)  # to draw one at every position takes minutes: their lever is on the page
_PASSING_BYTES = 24 * 1024**2


@dataclass(frozen=True)
class EmbedLever:
    """The lever of an embed: its name in a link, its label, and its positions with their words; where it stands."""

    key: str
    label: str
    positions: tuple[int, ...]
    words: tuple[str, ...]
    here: int


def find_lever(model: Model, name: str, view: View) -> EmbedLever | None:
    """The lever that a picture moves with in an embed; None where it has none there, or draws itself."""
    entry = CATALOGUE[name]
    if entry.lever not in _LEVERS or entry.live or name in _STILL:
        return None
    dial = build_dial(model.record, entry.lever)
    steps = _STEPS if view == View() else _QUICK_STEPS
    step = max((dial.high - dial.low) // steps, dial.step)
    position = find_lever_position(model.record, view, entry.lever)
    positions = sorted({*range(dial.low, dial.high + 1, step), dial.high, position})
    return EmbedLever(
        list_view_fields(model.record)[entry.lever].key,
        dial.label,
        tuple(positions),
        tuple(f"{lever} {dial.unit}".strip() for lever in positions),
        positions.index(position),
    )


@remember
def build_moves(model: Model, name: str, view: View, width_name: str) -> bytes:
    """Build what an embed's picture is at every position of its lever, as JSON text in UTF-8.

    `nodes` is the table of all drawings, `roots` and `titles` say which of them and which finding stands at each
    position. Of the usual view it is kept on disk. Raises KeyError for a picture without a lever.
    """
    if model.record.uploaded or view != View():
        return _build_moves(model, name, view, width_name)
    question = f"embed {name} {model.identity}"
    lasting = keep_arrays(
        question,
        lambda: {
            width: np.frombuffer(_build_moves(model, name, view, width), np.uint8)
            for width in WIDTHS
        },
    )
    return lasting[width_name].tobytes()


def _build_moves(model: Model, name: str, view: View, width_name: str) -> bytes:
    lever = find_lever(model, name, view)
    if lever is None:
        raise KeyError(name)
    passing_model = model.with_passing_memory(_PASSING_BYTES)
    table = NodeTable()
    inner = draw_nodes(build_picture(model, name, view), width_name, NodeTable()).inner
    roots, titles = [], []
    for position in lever.positions:
        moved_view = set_lever(model.record, view, CATALOGUE[name].lever, position)
        picture = build_picture(passing_model, name, moved_view)
        roots.append(draw_nodes(picture, width_name, table, inner).root)
        titles.append(strip_markup(picture.finding))
    body = {"nodes": table.list_for_json(), "roots": roots, "titles": titles}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
