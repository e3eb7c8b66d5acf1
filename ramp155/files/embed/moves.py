"""A picture at every position of its lever, for a browser that draws it while the lever moves, without a server.

Each position is drawn and worded as the page itself is; what stays from one to another is sent once.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ramp155.base.memory import remember
from ramp155.base.shelf import keep_arrays
from ramp155.files.embed.drawing import WIDTHS, NodeTable, draw_nodes
from ramp155.files.story.dial import build_dial, find_lever_position, set_lever
from ramp155.model.model import Model
from ramp155.pictures.catalogue import CATALOGUE, build_picture
from ramp155.pictures.fields import list_view_fields
from ramp155.pictures.picture import Picture, strip_markup
from ramp155.pictures.view import View

_STEPS = 40  # between the ends of a lever
_FEW_STEPS = 20  # of a view that is drawn on demand
# Pictures whose marks all change at every position: at more of them they would be over an embed's budget.
_HEAVY = ("limits",)
_LEVERS = ("nitrocellulose", "preference", "spend")
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
    if entry.lever not in _LEVERS or entry.live:
        return None
    dial = build_dial(model.record, entry.lever)
    is_short = name in _HEAVY or not _is_usual(model, name, view)
    step = max((dial.high - dial.low) // (_FEW_STEPS if is_short else _STEPS), dial.step)
    position = find_lever_position(model.record, view, entry.lever)
    positions = sorted({*range(dial.low, dial.high + 1, step), dial.high, position})
    return EmbedLever(
        list_view_fields(model.record)[entry.lever].key,
        dial.label,
        tuple(positions),
        tuple(f"{lever} {dial.unit}".strip() for lever in positions),
        positions.index(position),
    )


def _is_usual(model: Model, name: str, view: View) -> bool:
    """Whether a view is the usual one but for the lever of a picture."""
    usual = View()
    lever_name = CATALOGUE[name].lever
    position = find_lever_position(model.record, usual, lever_name)
    return set_lever(model.record, view, lever_name, position) == usual


@remember
def build_moves(model: Model, name: str, view: View, width_name: str) -> bytes:
    """Build what an embed's picture is at every position of its lever, as JSON text in UTF-8.

    `nodes` is the table of all drawings, `roots` and `titles` say which of them and which finding stands at each
    position. Where only the lever itself is moved it is kept on disk. Raises KeyError for a picture without a lever.
    """
    lever, usual = find_lever(model, name, view), View()
    if lever is None:
        raise KeyError(name)
    if model.record.uploaded or not _is_usual(model, name, view):
        return _draw_moves(model, name, view, lever.positions, (width_name,))[width_name]
    usual_lever = find_lever(model, name, usual) or lever

    def draw_usual() -> dict[str, NDArray[np.uint8]]:
        drawn = _draw_moves(model, name, usual, usual_lever.positions, tuple(WIDTHS))
        return {width: np.frombuffer(content, np.uint8) for width, content in drawn.items()}

    content = keep_arrays(f"embed {name} {model.identity}", draw_usual)[width_name].tobytes()
    if lever.positions == usual_lever.positions:
        return content
    return _put_in(model, name, view, width_name, content, lever.here)


def _draw_moves(
    model: Model, name: str, view: View, positions: Sequence[int], width_names: Sequence[str]
) -> dict[str, bytes]:
    """The drawings of each width at every position."""
    passing_model = model.with_passing_memory(_PASSING_BYTES)
    opening = build_picture(model, name, view)
    sets = {width: _DrawnSet(NodeTable(), _find_inner(opening, width)) for width in width_names}
    for position in positions:
        moved_view = set_lever(model.record, view, CATALOGUE[name].lever, position)
        picture = build_picture(passing_model, name, moved_view)
        for width, drawn in sets.items():
            drawn.put(picture, width, len(drawn.roots))
    return {width: drawn.write() for width, drawn in sets.items()}


def _put_in(
    model: Model, name: str, view: View, width_name: str, content: bytes, place: int
) -> bytes:
    """The drawings of the usual view with that of a position between two of them."""
    body = json.loads(content)
    inner = _find_inner(build_picture(model, name, View()), width_name)
    drawn = _DrawnSet(NodeTable(), inner, body["roots"], body["titles"])
    for tag, attributes, inside in body["nodes"]:
        children = inside if isinstance(inside, str) else tuple(inside)
        drawn.table.add((tag, tuple(attributes.items()), children))
    drawn.put(build_picture(model, name, view), width_name, place)
    return drawn.write()


def _find_inner(picture: Picture, width_name: str) -> float:
    """The width that a chart itself is drawn at, pixels: at every position of a lever the same."""
    return draw_nodes(picture, width_name, NodeTable()).inner


@dataclass
class _DrawnSet:
    """Drawings of one width, the finding of each, and the width that the chart itself has, pixels."""

    table: NodeTable
    inner: float
    roots: list[int] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)

    def put(self, picture: Picture, width_name: str, place: int) -> None:
        """Draw a picture and put it at a place."""
        self.roots.insert(place, draw_nodes(picture, width_name, self.table, self.inner).root)
        self.titles.insert(place, strip_markup(picture.finding))

    def write(self) -> bytes:
        """JSON text in UTF-8."""
        nodes = self.table.list_for_json()
        body = {"nodes": nodes, "roots": self.roots, "titles": self.titles}
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
