"""The board of lines as the browser reads it: for every line all months at once, so that it steps through time by itself."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ramp155.answers.ramp_ups import DateMark, RampUp, trace_ramp_ups
from ramp155.base.memory import remember
from ramp155.base.shelf import keep_arrays
from ramp155.history.standing.months import tabulate_months
from ramp155.model.model import Model
from ramp155.pictures.board.rows import find_date_place, find_slip_span
from ramp155.pictures.grammar.events import describe_event
from ramp155.pictures.map.sites import compute_rounds_per_unit
from ramp155.text.board import (
    say_awaited,
    say_date_mark,
    say_done,
    say_first_promise,
    say_proof,
    say_rate,
)

_SAID = ("who", "said_on", "confidence")


def encode_runs(values: NDArray[Any]) -> list[list[int]]:
    """A line's values month by month as runs that stay the same or grow by one a month.

    Parameters
    ----------
    values : Array, (months,)
        Whole numbers.

    Returns
    -------
    list of [int, int, int]
        Place of the first month, its value, and 1 where it grows a month, else 0.
    """
    runs: list[list[int]] = []
    for place, value in enumerate(values.tolist()):
        if runs:
            start, first_value, step = runs[-1]
            if value == first_value + step * (place - start):
                continue
            if place == start + 1 and value == first_value + 1:
                runs[-1][2] = 1
                continue
        runs.append([place, value, 0])
    return runs


@remember
def pack_lines(model: Model, hindsight: bool) -> dict[str, dict[str, Any]]:
    """All months of every line as the browser reads them, by line_id.

    Keys: `codes` (runs of status + 16 x late + 64 x marks), `lateness` (runs of months) and `states`: what is
    known of its dates, each from the month in which that changed: the month, marks as [kind, place, words],
    the place from which it is late, what is awaited, first awaited, done, its rate in words, the rounds
    a year it is enough for, and what proves its status.
    """

    def pack() -> dict[str, NDArray[np.uint8]]:
        text = json.dumps(_pack_months(model, hindsight), ensure_ascii=False)
        return {"json": np.frombuffer(text.encode(), dtype=np.uint8)}

    if model.record.uploaded:
        return _pack_months(model, hindsight)
    text = keep_arrays(f"board {model.record.digest} {hindsight}", pack)["json"].tobytes()
    packed: dict[str, dict[str, Any]] = json.loads(text)
    return packed


def _pack_months(model: Model, hindsight: bool) -> dict[str, dict[str, Any]]:
    """As `pack_lines`, worked out now."""
    records = model.record
    table = tabulate_months(records, hindsight)
    codes = table.status.astype(int) + 16 * table.late.astype(int) + 64 * table.marks.astype(int)
    traces = trace_ramp_ups(records, hindsight)
    product_of_line = records.full_lines["product"]
    rounds_per_unit = compute_rounds_per_unit(model)
    packed = {}
    for column, line_id in enumerate(table.line_ids):
        unit_rounds = rounds_per_unit.get(product_of_line[line_id], float("nan"))
        packed[line_id] = {
            "codes": encode_steps(codes[:, column]),
            "lateness": encode_runs(table.lateness[:, column]),
            "states": [
                [place, *_pack_ramp_up(model, ramp_up, unit_rounds)]
                for place, ramp_up in traces[line_id]
            ],
        }
    return packed


def encode_steps(values: NDArray[Any]) -> list[list[int]]:
    """A line's values month by month, where they change.

    Parameters
    ----------
    values : Array, (months,)
        Whole numbers.

    Returns
    -------
    list of [int, int]
        Place of the month, and the value from there.
    """
    places = [0, *(np.flatnonzero(np.diff(values)) + 1).tolist()]
    return [[place, int(values[place])] for place in places]


def _pack_ramp_up(model: Model, ramp_up: RampUp, unit_rounds: float) -> list[Any]:
    late_place = find_slip_span(ramp_up.late_since, 0)[0] if ramp_up.late_since else None
    proof = model.record.event(ramp_up.evidence) if ramp_up.evidence else None
    said = describe_event(model, proof) if proof else dict.fromkeys(_SAID, "")
    rounds = (ramp_up.rate or float("nan")) * unit_rounds
    return [
        [_pack_date_mark(model, mark) for mark in ramp_up.date_marks],
        late_place,
        say_awaited(ramp_up),
        say_first_promise(ramp_up),
        say_done(ramp_up),
        say_rate(ramp_up),
        None if np.isnan(rounds) else round(rounds),
        say_proof(ramp_up.rule, *(said[field] for field in _SAID)),
    ]


def _pack_date_mark(model: Model, mark: DateMark) -> list[Any]:
    said = describe_event(model, model.record.event(mark.event_id))
    words = say_date_mark(mark, *(said[field] for field in _SAID))
    return [mark.kind, find_date_place(mark.date), words]
