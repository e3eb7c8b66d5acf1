"""All that the moving machine needs to draw by itself: its stages, its words, and the flow over slider
positions and months as packed integers.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ramp155.answers.output.surface import SUPPLY_GRID
from ramp155.answers.stages.flow import LOOK_AHEAD, SAFETY_STOCK, MachineFlow, compute_flow
from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS, find_forecast_month
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.plans import find_chain
from ramp155.pictures.machine.layout import place_stages
from ramp155.pictures.palette import BASELINE, STAGE_COLOURS
from ramp155.pictures.theme import apply_theme
from ramp155.text.output.machine import list_flow_sentences, name_machine_stage, name_store

FULL_STORE = 4  # months of output that fill a tank as drawn
_FULL_SUPPLY = int(np.flatnonzero(SUPPLY_GRID == 1.0)[0])
_UNLIMITED = 65535  # thousand rounds a year


def find_flow_top(flow: MachineFlow) -> float:
    """What the full width of a pipe stands for, rounds a year: well above what is made at any position.

    Parameters
    ----------
    flow : MachineFlow
        The flow over positions and months.

    Returns
    -------
    float
        Rounds a year, in steps of 250,000.
    """
    return max(math.ceil(float(flow.makes[:, -1].max()) * 1.5 / 250_000), 4) * 250_000.0


def build_machine_body(model: Model, scenario: Scenario, theme: str = "light") -> bytes:
    """All that the moving machine needs but its own month, as JSON text; the slider's own position plays no part.

    Parameters
    ----------
    model : Model
        Whose flow is shown.
    scenario : Scenario
        All levers but the supply of nitrocellulose.
    theme : str
        `light` or `dark`.
    """
    return _build_body(model, dataclasses.replace(scenario, nitrocellulose=1.0), theme)


@remember
def _build_body(model: Model, scenario: Scenario, theme: str) -> bytes:
    packed = apply_theme(pack_machine(model, scenario), theme)
    return json.dumps(packed, ensure_ascii=False, separators=(",", ":")).encode()


def pack_machine(model: Model, scenario: Scenario) -> dict[str, Any]:
    """The machine as JSON values. Packed as base64 of little-endian integers: months before `moves`, which no
    position of the slider changes, once, then all others position by position.

    `makes` has a row for every distinct flow, thousand rounds a year; `could0` and `could1` are capacity without
    nitrocellulose and at 100 %, (stages, months): in between and beyond it goes by straight lines. `levels`
    are hundredths of a month, `limits` percent of runs of the stages named in `limiting`, `said` the
    places of sentences.
    """
    flow = compute_flow(model, scenario)
    moves = max(MONTHS.index(scenario.start) - LOOK_AHEAD, 0)
    sentences, said = list_flow_sentences(model, scenario)
    limiting = [k for k in range(len(flow.stages)) if flow.limits[:, k].max() >= 0.005]
    rows, row_of_stage = _find_distinct_rows(flow)
    unlimited_from = _UNLIMITED * 1000.0
    could = np.minimum(flow.could[[0, _FULL_SUPPLY]], unlimited_from) / 1000
    return {
        "months": MONTHS,
        "forecast": MONTHS.index(find_forecast_month(model.record)),
        "moves": moves,
        "top": find_flow_top(flow) / 1000,
        "full": FULL_STORE,
        "stages": _list_stages(model, flow, row_of_stage),
        "stores": [
            {
                "after": "nitrocellulose" if store == SAFETY_STOCK else store,
                "safety": store == SAFETY_STOCK,
                "name": name_store(model.record, store),
            }
            for store in flow.stores
        ],
        "limiting": limiting,
        "rows": len(rows),
        "makes": _pack_moving(flow.makes[:, rows] / 1000, moves, "<u2"),
        "could0": _pack(could[0], "<u2"),
        "could1": _pack(could[1], "<u2"),
        "levels": _pack_moving(np.minimum(flow.levels, 600) * 100, moves, "<u2"),
        # A half is rounded up, as in sentences.
        "limits": _pack_moving(
            np.floor(np.round(flow.limits[:, limiting] * 100, 6) + 0.5), moves, "u1"
        ),
        "said": _pack_moving(said[:, None, :], moves, "<u2"),
        "sentences": sentences,
    }


def _list_stages(
    model: Model, flow: MachineFlow, row_of_stage: dict[str, int]
) -> list[dict[str, Any]]:
    chain = find_chain(model.record)
    places = place_stages(chain, flow.stages)
    stages = []
    for stage in flow.stages:
        plain_name, term = name_machine_stage(model.record, stage)
        inputs = [name for name in chain.list_inputs(stage) if name in flow.stages]
        stages.append(
            {
                "stage": stage,
                "into": chain.feeds[stage],
                "name": plain_name,
                "term": term,
                "colour": STAGE_COLOURS.get(stage, BASELINE),
                "column": places[stage].column,
                "lane": places[stage].lane,
                "spans": places[stage].spans,
                "inputs": len(inputs),
                "row": row_of_stage[stage],
            }
        )
    return stages


def _find_distinct_rows(flow: MachineFlow) -> tuple[list[int], dict[str, int]]:
    """Stages that make just what another makes share its row: places of the distinct ones, and stage -> row."""
    rows: list[int] = []
    row_of_stage = {}
    for place, stage in enumerate(flow.stages):
        same = [
            k
            for k, row in enumerate(rows)
            if np.array_equal(flow.makes[:, row], flow.makes[:, place])
        ]
        row_of_stage[stage] = same[0] if same else len(rows)
        if not same:
            rows.append(place)
    return rows, row_of_stage


def _pack_moving(grid: NDArray[Any], moves: int, integer_type: str) -> str:
    """A grid (positions, rows, months): the months before `moves` of one position, then all others of every one."""
    past, ahead = grid[_FULL_SUPPLY, :, :moves], grid[:, :, moves:]
    return _pack(np.concatenate([past.ravel(), ahead.ravel()]), integer_type)


def _pack(numbers: NDArray[Any], integer_type: str) -> str:
    integers = np.rint(np.nan_to_num(numbers)).astype(integer_type)
    return base64.b64encode(np.ascontiguousarray(integers).tobytes()).decode()
