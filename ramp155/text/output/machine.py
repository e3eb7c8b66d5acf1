"""The machine in words: what its stages and stores are called, what limits it now and what happens next."""

from __future__ import annotations

import numpy as np

from ramp155.answers.output.surface import SUPPLY_GRID
from ramp155.answers.stages.flow import (
    LOOK_AHEAD,
    NOTHING,
    SAFETY_STOCK,
    FlowMonth,
    FlowState,
    compute_flow,
    judge_flow,
)
from ramp155.base.memory import remember
from ramp155.model.arrays import Places
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records
from ramp155.text.numbers import join_words, say_month, say_percent
from ramp155.text.stages import name_stages

# The plain word for a stage, and its term where that is another; a stage of an upload has its label alone.
_PLAIN_NAMES = {
    "cellulose": ("cotton, wood fibre", ""),
    "nitrocellulose": ("treated cotton", "nitrocellulose"),
    "propellant": ("powder", ""),
    "charge": ("powder charges", ""),
    "shell_body": ("shell bodies", ""),
    "explosive": ("explosive", ""),
    "projectile": ("filling", ""),
    "fuze": ("fuzes", ""),
    "primer": ("primers", ""),
    "orders": ("orders", ""),
    "round": ("complete rounds", ""),
}
# As they stand in a sentence, where that is another word.
_SAID_NAMES = {
    "nitrocellulose": "nitrocellulose",
    "orders": "what buyers order",
    "charge": "charges",
}


def name_machine_stage(records: Records, stage: str) -> tuple[str, str]:
    """A stage as the machine names it: the plain word, and its term ("" where there is no other)."""
    return _PLAIN_NAMES.get(stage) or (name_stages(records)[stage], "")


def name_store(records: Records, store: str) -> str:
    """What a store is called in a sentence."""
    if store == SAFETY_STOCK:
        return "the safety stock"
    return f"the store of {_say_stage(records, store)}"


def _say_stage(records: Records, stage: str) -> str:
    return _SAID_NAMES.get(stage) or name_machine_stage(records, stage)[0]


def say_level(level: float) -> str:
    """What is in a store: 1.6 months, or that it is empty.

    Parameters
    ----------
    level : float
        Months of output.
    """
    return f"{level:.1f} months" if level >= NOTHING else "empty"


def write_flow_state(records: Records, state: FlowState) -> str:
    """What limits output now, and what happens next to the stores.

    Parameters
    ----------
    records : Records
        Where the stages' names are.
    state : FlowState
        The narrow place, and the stores that fill or empty.
    """
    stage = _say_stage(records, state.narrow)
    if state.is_most:
        limit = f"By our assumptions {stage} is the narrow place in most runs."
    else:
        limit = f"By our assumptions no stage is narrow in most runs; most often it is {stage}."
    return f"{limit} {_say_next(records, state)}"


def _say_next(records: Records, state: FlowState) -> str:
    if not state.ahead:
        return "Here the forecast ends."
    if state.is_bare:
        return "The stores are empty, so what falls short is felt at once."
    moves = []
    if state.fills:
        moves.append(_say_stores(records, state.fills, "fills", "fill"))
    if state.empties:
        verbs = ("runs dry", "run dry") if state.are_gone else ("goes down", "go down")
        moves.append(_say_stores(records, state.empties, *verbs))
    if not moves:
        return "The stores hold steady."
    when = (
        "In the next half-year" if state.ahead == LOOK_AHEAD else f"By the end of {MONTHS[-1][:4]}"
    )
    return f"{when} {', and '.join(moves)}."


def _say_stores(records: Records, stores: tuple[str, ...], does: str, do: str) -> str:
    """Several stores and what they do: the stores of powder and charges fill."""
    stages = [_say_stage(records, store) for store in stores if store != SAFETY_STOCK]
    named = (
        [f"the {'stores' if len(stages) > 1 else 'store'} of {join_words(stages)}"]
        if stages
        else []
    )
    if SAFETY_STOCK in stores:
        named.append(name_store(records, SAFETY_STOCK))
    return f"{join_words(named)} {do if len(stores) > 1 else does}"


def write_flow(records: Records, flow_month: FlowMonth) -> str:
    """The finding of one month: the narrow place, in how many runs, and what happens next.

    Parameters
    ----------
    records : Records
        Where the stages' names are.
    flow_month : FlowMonth
        The share of runs, 0 to 1, that each stage limits, and what becomes of the stores.
    """
    state = flow_month.state
    share = float(flow_month.stages.set_index("stage")["limits"][state.narrow])
    return (
        f"By our assumptions {_say_stage(records, state.narrow)} is the narrow place in "
        f"{say_month(flow_month.month)}, in {say_percent(share)} of runs. {_say_next(records, state)}"
    )


@remember
def list_flow_sentences(model: Model, scenario: Scenario) -> tuple[tuple[str, ...], Places]:
    """The sentence of `write_flow_state` over slider positions and months; the scenario's own position plays no part.

    Returns
    -------
    sentences : tuple of str
        Each once.
    places : Places, (positions, months)
        Which of them holds.
    """
    flow = compute_flow(model, scenario)
    place_of_sentence: dict[str, int] = {}
    places = np.empty((len(SUPPLY_GRID), len(MONTHS)), dtype=np.int64)
    for position in range(len(SUPPLY_GRID)):
        for month in range(len(MONTHS)):
            state = judge_flow(flow, position, month)
            sentence = write_flow_state(model.record, state)
            places[position, month] = place_of_sentence.setdefault(sentence, len(place_of_sentence))
    return tuple(place_of_sentence), places
