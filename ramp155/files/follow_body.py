"""All that a page's pictures and sentences need to follow the nitrocellulose slider in the browser, as JSON: their rows
at the positions of the supply grid, and their words at each whole percent.

Worked out with the functions that the page itself asks, in a memory of its own: 41 positions would drive out of the
record's what is asked every day.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Sequence

import numpy as np

from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.gap.ratios import compute_gap
from ramp155.answers.output.surface import SUPPLY_GRID
from ramp155.answers.procurement.flows import compute_flows
from ramp155.answers.procurement.rule import compute_preference_curve
from ramp155.base.memory import remember
from ramp155.base.shelf import keep_arrays
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.gap.parity import tabulate_parity
from ramp155.pictures.gap.rates import tabulate_rates
from ramp155.pictures.gap.ratio import tabulate_ratio
from ramp155.pictures.grammar.moving import Tables, pack_moving_tables
from ramp155.pictures.procurement.preference import tabulate_preference
from ramp155.pictures.procurement.tracks import tabulate_tracks
from ramp155.pictures.view import View
from ramp155.text.demand.reading import list_tracks_reading
from ramp155.text.gap.slider import list_gap_sentences

_PASSING_BYTES = 24 * 1024**2
# Of each picture its rows, and of each text what it says at each whole percent or at each position of the grid.
Followed = tuple[list[dict[str, Tables]], dict[str, list[str]]]


@remember
def build_follow_body(model: Model, view: View, name: str) -> bytes:
    """Build what the pictures and sentences of a view of Gap need to follow the slider, as JSON text in UTF-8.

    Parameters
    ----------
    model : Model
        Whose answers are shown.
    view : View
        The other levers and ways of counting; the view's own supply of nitrocellulose plays no part.
    name : str
        `gap` or `tracks`.
    """
    follow = FOLLOWED[name]
    if model.record.uploaded or view != View():
        return _build_body(model, view, follow)
    question = f"follow {name} {model.identity}"
    body = keep_arrays(
        question, lambda: {"body": np.frombuffer(_build_body(model, view, follow), np.uint8)}
    )
    return body["body"].tobytes()


def narrow_view(view: View, name: str) -> View:
    """Of a view what `gap` or `tracks` is asked of; its supply of nitrocellulose plays no part."""
    scenario = dataclasses.replace(view.scenario, nitrocellulose=1.0)
    if name == "tracks":
        return View(scenario, terms=view.terms, comparison=Comparison(us=view.comparison.us))
    return View(scenario, month=view.month, comparison=view.comparison)


def _build_body(model: Model, view: View, follow: Callable[[Model, list[View]], Followed]) -> bytes:
    passing_model = model.with_passing_memory(_PASSING_BYTES)
    tables, words = follow(passing_model, list_positions(view))
    pictures = {
        picture: pack_moving_tables([at_position[picture] for at_position in tables])
        for picture in tables[0]
    }
    return json.dumps(
        {"pictures": pictures, "words": {key: _index_texts(texts) for key, texts in words.items()}},
        ensure_ascii=False,
    ).encode()


def list_positions(view: View) -> list[View]:
    """A view at every position of the supply grid."""
    return [
        dataclasses.replace(
            view, scenario=dataclasses.replace(view.scenario, nitrocellulose=float(supply))
        )
        for supply in SUPPLY_GRID
    ]


def _index_texts(texts: Sequence[str]) -> dict[str, list[str] | list[int]]:
    """Each text once, and which of them stands at each position."""
    once = list(dict.fromkeys(texts))
    places = {text: place for place, text in enumerate(once)}
    return {"texts": once, "at": [places[text] for text in texts]}


def _follow_gap(model: Model, views: list[View]) -> Followed:
    gaps = [compute_gap(model, view.scenario, view.comparison) for view in views]
    tables = [
        {"ratio": tabulate_ratio(gap), "rates": tabulate_rates(gap), "parity": tabulate_parity(gap)}
        for gap in gaps
    ]
    first = views[0]
    usual_comparison = dataclasses.replace(first.comparison, russia_rate=1.0)
    baseline_gap = compute_gap(model, Scenario(), usual_comparison)
    words = list_gap_sentences(model.record, first.scenario, gaps, baseline_gap, first.month)
    return tables, words


def _follow_tracks(model: Model, views: list[View]) -> Followed:
    tables: list[dict[str, Tables]] = []
    words: dict[str, list[str]] = {}
    for view in views:
        flows = compute_flows(model, view.scenario, view.terms, view.comparison.us)
        open_terms = dataclasses.replace(view.terms, preference=0.0)
        curve = compute_preference_curve(model, view.scenario, open_terms, view.comparison.us)
        tables.append(
            {
                "tracks": tabulate_tracks(flows),
                "preference": tabulate_preference(curve, view.terms.preference),
            }
        )
        reading = list_tracks_reading(model, view.scenario, view.terms, view.comparison.us)
        for key, paragraphs in reading.items():
            words.setdefault(key, []).append("\n\n".join(paragraphs))
    return tables, words


FOLLOWED = {"gap": _follow_gap, "tracks": _follow_tracks}
