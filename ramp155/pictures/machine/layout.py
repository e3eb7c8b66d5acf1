"""Where each stage of the chain stands in the machine: inputs to the left of what they go into, a lane for
each branch.
"""

from __future__ import annotations

from dataclasses import dataclass

from ramp155.model.chain.tree import Chain


@dataclass(frozen=True)
class Place:
    """Where a stage stands: `column` is the steps from it to the finished product, `lane` counts from the top.

    A stage of several inputs stands between their lanes; `spans` are the first and the last of these lanes.
    """

    column: int
    lane: float
    spans: tuple[float, float]


def place_stages(chain: Chain, stages: tuple[str, ...]) -> dict[str, Place]:
    """Where each of some stages of a chain stands.

    Parameters
    ----------
    chain : Chain
        The bill of materials.
    stages : tuple of str
        The stages that are drawn, the finished product among them.
    """
    places: dict[str, Place] = {}
    lane_count = 0

    def place_branch(stage: str) -> None:
        nonlocal lane_count
        inputs = [name for name in chain.list_inputs(stage) if name in stages]
        for name in inputs:
            place_branch(name)
        if inputs:
            lanes = [places[name].lane for name in inputs]
            spans = (min(lanes), max(lanes))
        else:
            spans = (float(lane_count), float(lane_count))
            lane_count += 1
        column = len(chain.list_path(stage)) - 1
        places[stage] = Place(column, sum(spans) / 2, spans)

    place_branch(chain.root)
    return places
