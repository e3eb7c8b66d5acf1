"""Rules of sources: the class and the country of a state-controlled outlet go together."""

from __future__ import annotations

from ramp155.record.faults import Fault
from ramp155.record.read import Tables


def find_unmarked_outlets(tables: Tables) -> list[Fault]:
    """Outlets whose class says that a state controls them and that name none, or the other way round."""
    sources = tables["sources"]
    message = "the class and the country of a state-controlled outlet go together"
    return [
        Fault("sources.csv", line, "class", message)
        for line, kind, state in zip(
            sources.lines, sources["class"], sources["state_controlled"], strict=True
        )
        if (kind == "state-controlled") != (state != "")
    ]
