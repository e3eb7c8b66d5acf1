"""All that a page's pictures and sentences need to follow the nitrocellulose slider in the browser, as JSON: their rows
at the positions of the supply grid, and their words at each whole percent (of the usual view as the page says them).

Worked out with the functions that the page itself asks, in a memory of its own: 41 positions would drive out of the
record's what is asked every day.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ramp155.answers.gap.coefficients import compute_gap_positions
from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.gap.estimates import outline_estimate
from ramp155.answers.gap.rates import (
    CANADA_ESTIMATE,
    compute_russian_factor,
    draw_gap_coefficients,
    find_grown_from,
)
from ramp155.answers.gap.ratios import compute_baseline_gap, compute_gap
from ramp155.answers.output.surface import SUPPLY_GRID
from ramp155.answers.procurement.flows import compute_flows
from ramp155.answers.procurement.rule import compute_preference_curve
from ramp155.base.memory import remember
from ramp155.base.shelf import keep_arrays
from ramp155.model.arrays import Array
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import FORECAST_START, MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.gap.parity import tabulate_parity
from ramp155.pictures.gap.rates import tabulate_rates
from ramp155.pictures.gap.ratio import tabulate_ratio
from ramp155.pictures.grammar.moving import Tables, pack_moving_tables
from ramp155.pictures.procurement.preference import tabulate_preference
from ramp155.pictures.procurement.tracks import tabulate_tracks
from ramp155.pictures.view import View
from ramp155.text.demand.reading import list_tracks_reading
from ramp155.text.gap.ratio import write_tide_form, write_title_form
from ramp155.text.gap.slider import list_gap_sentences, write_gap_sentences

GRID_STEP = 5  # percent between two positions of the supply grid
_RATIOS = ("p10", "p50", "p90", "place")
_PASSING_BYTES = 24 * 1024**2
_LET_GO_BYTES = 64 * 1024**2  # flows with and without a preference


class _Follow(NamedTuple):
    """What follows the slider on a page: of each picture its rows, and its texts by name, at a view.

    `list_words` gives the texts for each whole percent; without it they are those of the nearest position of the grid.
    """

    tabulate: Callable[[Model, View], dict[str, Tables]]
    write_words: Callable[[Model, View], dict[str, str]]
    list_words: Callable[[Model, list[View]], list[dict[str, str]]] | None = None


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
    if not has_all_words(model, view):
        return _build_body(model, view, follow)

    def build_usual() -> dict[str, NDArray[np.uint8]]:
        all_views = [_move_supply(view, percent / 100) for percent in range(201)]
        words = list(map(partial(follow.write_words, _open_passing(model)), all_views))
        return {"body": np.frombuffer(_build_body(model, view, follow, words), np.uint8)}

    return keep_arrays(f"follow {name} {model.identity}", build_usual)["body"].tobytes()


def has_all_words(model: Model, view: View) -> bool:
    """Whether the body of a view has the words of every whole percent to the digit: of the usual view, which is kept on disk."""
    return not model.record.uploaded and view == View()


def build_follow_words(model: Model, view: View, name: str) -> bytes:
    """Build the words at a view's own position of the slider, to the digit, as JSON text in UTF-8.

    Its pictures need nothing: what lies on a line between two positions is within some pixels of theirs.
    """
    percent = round(view.scenario.nitrocellulose * 100)
    words = FOLLOWED[name].write_words(_open_passing(model), view)
    return json.dumps({"percent": percent, "words": words}, ensure_ascii=False).encode()


def narrow_view(view: View, name: str) -> View:
    """Of a view what `gap` or `tracks` is asked of; its supply of nitrocellulose plays no part."""
    scenario = dataclasses.replace(view.scenario, nitrocellulose=1.0)
    if name == "tracks":
        return View(scenario, terms=view.terms, comparison=Comparison(us=view.comparison.us))
    return View(scenario, month=view.month, comparison=view.comparison)


def _open_passing(model: Model) -> Model:
    """A model whose memory is dropped with it: what is let go once would drive out what is asked every day."""
    return model.with_passing_memory(_LET_GO_BYTES)


def _build_body(
    model: Model, view: View, follow: _Follow, words: list[dict[str, str]] | None = None
) -> bytes:
    """The body, with the words of each whole percent where they are given."""
    passing_model = model.with_passing_memory(_PASSING_BYTES)
    views = list_positions(view)
    tables, words_on_grid = [], []
    for view_at in views:
        tables.append(follow.tabulate(passing_model, view_at))
        if not (words or follow.list_words):
            words_on_grid.append(follow.write_words(passing_model, view_at))
    if words is None:
        words = follow.list_words(passing_model, views) if follow.list_words else words_on_grid
    body = {
        "pictures": {
            picture: pack_moving_tables(
                [at_position[picture] for at_position in tables],
                _RATIOS if picture == "ratio" else (),
            )
            for picture in tables[0]
        },
        "words": {key: _index_texts([texts[key] for texts in words]) for key in words[0]},
    }
    return json.dumps(body, ensure_ascii=False).encode()


def list_positions(view: View) -> list[View]:
    """A view at every position of the supply grid."""
    return [_move_supply(view, float(supply)) for supply in SUPPLY_GRID]


def _move_supply(view: View, supply: float) -> View:
    """A view at another supply of nitrocellulose, as a share of the baseline's."""
    return dataclasses.replace(
        view, scenario=dataclasses.replace(view.scenario, nitrocellulose=supply)
    )


def _index_texts(texts: Sequence[str]) -> dict[str, list[str] | list[int]]:
    """Each text once, and which of them stands at each position."""
    once = list(dict.fromkeys(texts))
    places = {text: place for place, text in enumerate(once)}
    return {"texts": once, "at": [places[text] for text in texts]}


def _tabulate_gap(model: Model, view: View) -> dict[str, Tables]:
    gap = compute_gap(model, view.scenario, view.comparison)
    return {
        "ratio": tabulate_ratio(gap),
        "rates": tabulate_rates(gap),
        "parity": tabulate_parity(gap),
    }


def _write_gap_words(model: Model, view: View) -> dict[str, str]:
    gap = compute_gap(model, view.scenario, view.comparison)
    baseline_gap = compute_baseline_gap(model, view.comparison)
    return write_gap_sentences(model.record, view.scenario, gap, baseline_gap, view.month)


def _list_gap_words(model: Model, views: list[View]) -> list[dict[str, str]]:
    first = views[0]
    gaps = [compute_gap(model, view.scenario, view.comparison) for view in views]
    baseline_gap = compute_baseline_gap(model, first.comparison)
    return list_gap_sentences(model.record, first.scenario, gaps, baseline_gap, first.month)


def _tabulate_tracks(model: Model, view: View) -> dict[str, Tables]:
    flows = compute_flows(model, view.scenario, view.terms, view.comparison.us)
    curve = compute_preference_curve(
        model,
        view.scenario,
        dataclasses.replace(view.terms, preference=0.0),
        view.comparison.us,
    )
    return {
        "tracks": tabulate_tracks(flows),
        "preference": tabulate_preference(curve, view.terms.preference),
    }


def _write_tracks_words(model: Model, view: View) -> dict[str, str]:
    reading = list_tracks_reading(model, view.scenario, view.terms, view.comparison.us)
    return {name: "\n\n".join(paragraphs) for name, paragraphs in reading.items()}


def name_gap_sides(model: Model, view: View) -> str:
    """A short name of what `build_gap_sides` gives, by what it is made of."""
    scenario = view.scenario
    at_rest = dataclasses.replace(view.comparison, russia_rate=1.0)
    made_of = (model.identity, scenario.assume, scenario.also, at_rest, view.month)
    return hashlib.blake2b(repr(made_of).encode(), digest_size=8).hexdigest()


def build_gap_sides(model: Model, view: View) -> bytes:
    """Build all that no lever moves about the gap, with which the browser's own chain counts it, as JSON text in UTF-8.

    Estimates travel as their figures, and each draw's position among them; what they are multiplied by, draw by draw.

    Parameters
    ----------
    model : Model
        Record and draws.
    view : View
        Its way of counting, month, countries on request and own coefficients; its levers play no part.
    """
    records, comparison, assume = model.record, view.comparison, view.scenario.assume
    still = Scenario(assume=assume, also=view.scenario.also)
    at_rest = dataclasses.replace(comparison, russia_rate=1.0)
    compared = compute_gap(model, still, at_rest)
    coefficient_values = draw_gap_coefficients(model, assume)
    growth = coefficient_values["russia_growth"]
    calibre = coefficient_values["all_calibres"] if comparison.calibres == "all" else 1 + 0 * growth
    paths: dict[str, dict[str, Any]] = {}
    arrays = {
        "factor": compute_russian_factor(model, assume, comparison),
        "growth": growth,
        "calibre": calibre,
    }
    kept = draw_coefficients(model, assume).kept
    estimates = {"russia": comparison.russia, "us": comparison.us, "canada": CANADA_ESTIMATE}
    for side, estimate in estimates.items():
        outline = outline_estimate(records, estimate, comparison.counts)
        arrays[f"positions_{side}"] = compute_gap_positions(model)[outline.actor][kept]
        paths[side] = {
            "places": outline.places,
            "figures": outline.figures,
            "from": outline.first,
        }
    sides = {
        "key": name_gap_sides(model, view),
        "counts": comparison.counts,
        "first": MONTHS.index(FORECAST_START),
        "grownFrom": find_grown_from(records, comparison),
        "month": MONTHS.index(view.month),
        "last": MONTHS.index(records.end.strftime("%Y-%m")),
        "before": float(compute_baseline_gap(model, comparison).at(view.month)["odds"]),
        "title": write_title_form(records, compared, view.month),
        "tide": write_tide_form(records, compared),
        "paths": paths,
        "arrays": {name: _pack_doubles(array) for name, array in arrays.items()},
    }
    return json.dumps(sides, ensure_ascii=False, allow_nan=False).encode()


def _pack_doubles(numbers: Array) -> str:
    return base64.b64encode(np.ascontiguousarray(numbers, "<f8").tobytes()).decode()


FOLLOWED = {
    "gap": _Follow(_tabulate_gap, _write_gap_words, _list_gap_words),
    "tracks": _Follow(_tabulate_tracks, _write_tracks_words),
}
