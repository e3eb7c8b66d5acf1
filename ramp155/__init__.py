"""Ramp 155: how fast Europe ramps up 155 mm ammunition, and what holds it back.

In a notebook:

    import ramp155
    records = ramp155.load()
    outlook = ramp155.run(records, ramp155.Scenario(nitrocellulose=0.7))
    outlook.path, outlook.response
    ramp155.status(records, as_of="2025-06-30")
    ramp155.draw(records, "output")

What stands behind these names:

- `ramp155.model.scenario.levers`: what a `Scenario` moves, how far and in which unit.
- `ramp155.history.status` and `ramp155.history.milestones`: statuses, and promises with what came of them.
- `ramp155.record.rows`: the rows that `Records` looks up by id.
- `ramp155.pictures.catalogue`: every chart by name; `ramp155.pictures.view` is what it is asked of, and
  `ramp155.pictures.picture` what it holds.
- `ramp155.text.explain.catalogue`: every explained figure by name; `ramp155.text.explain.grammar.explanation` is
  what an explanation holds.
- `ramp155.answers.goal.goal`, `ramp155.answers.stages.utilisation`, `ramp155.answers.track.forecasts` and
  `ramp155.answers.track.score`: what goal seek, use of capacity and past forecasts answer with.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from ramp155.base.compiled import prepare_cache_folder

if TYPE_CHECKING:
    from ramp155.answers.face import goal, run, utilisation
    from ramp155.answers.output.outlook import Outlook
    from ramp155.answers.track.forecasts import list_track as hindcast
    from ramp155.answers.track.score import score_forecasts as score
    from ramp155.files.face import Drawing, draw, explain, export
    from ramp155.history.milestones import list_milestones as milestones
    from ramp155.history.status import list_statuses as status
    from ramp155.model.scenario.scenario import Scenario
    from ramp155.record.check import check
    from ramp155.record.faults import Fault, RecordsError
    from ramp155.record.records import Records, load

prepare_cache_folder()  # before anything is compiled

__version__ = "0.1.0"

__all__ = [
    "Drawing",
    "Fault",
    "Outlook",
    "Records",
    "RecordsError",
    "Scenario",
    "__version__",
    "check",
    "draw",
    "explain",
    "export",
    "goal",
    "hindcast",
    "load",
    "milestones",
    "run",
    "score",
    "status",
    "utilisation",
]
# Loaded when first asked for: reading tables needs no model.
_HOMES = {
    "Drawing": ("ramp155.files.face", "Drawing"),
    "Fault": ("ramp155.record.faults", "Fault"),
    "Outlook": ("ramp155.answers.output.outlook", "Outlook"),
    "Records": ("ramp155.record.records", "Records"),
    "RecordsError": ("ramp155.record.faults", "RecordsError"),
    "Scenario": ("ramp155.model.scenario.scenario", "Scenario"),
    "check": ("ramp155.record.check", "check"),
    "draw": ("ramp155.files.face", "draw"),
    "explain": ("ramp155.files.face", "explain"),
    "export": ("ramp155.files.face", "export"),
    "goal": ("ramp155.answers.face", "goal"),
    "hindcast": ("ramp155.answers.track.forecasts", "list_track"),
    "load": ("ramp155.record.records", "load"),
    "milestones": ("ramp155.history.milestones", "list_milestones"),
    "run": ("ramp155.answers.face", "run"),
    "score": ("ramp155.answers.track.score", "score_forecasts"),
    "status": ("ramp155.history.status", "list_statuses"),
    "utilisation": ("ramp155.answers.face", "utilisation"),
}


def __getattr__(name: str) -> object:
    """What `__all__` names, from its home."""
    if name not in _HOMES:
        raise AttributeError(f"module 'ramp155' has no attribute '{name}'")
    module, attribute = _HOMES[name]
    exported: object = getattr(import_module(module), attribute)
    globals()[name] = exported
    return exported
