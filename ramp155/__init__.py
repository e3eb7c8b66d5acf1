"""Ramp 155: how fast Europe ramps up 155 mm ammunition, and what holds it back.

In a notebook::

    import ramp155
    records = ramp155.load()
    outlook = ramp155.run(records, ramp155.Scenario(nitrocellulose=0.7))
    outlook.path, outlook.response
    ramp155.status(records, as_of="2025-06-30")
"""

from types import ModuleType
from typing import TYPE_CHECKING

from ramp155 import compiled

if TYPE_CHECKING:
    from ramp155 import goal
    from ramp155.outlook import Outlook, run
    from ramp155.record.check import check
    from ramp155.record.faults import Fault, RecordsError
    from ramp155.record.records import Records, load
    from ramp155.scenario import Scenario
    from ramp155.timeline import milestones, status

compiled.find_place()  # before anything is compiled

__all__ = [
    "Fault",
    "Outlook",
    "Records",
    "RecordsError",
    "Scenario",
    "check",
    "goal",
    "load",
    "milestones",
    "run",
    "status",
]


def __getattr__(name: str) -> object:
    """What `__all__` names, loaded when it is first asked for: reading tables needs no model."""
    if name not in __all__:
        raise AttributeError(f"module 'ramp155' has no attribute '{name}'")
    home: ModuleType
    if name in ("Fault", "RecordsError"):
        from ramp155.record import faults

        home = faults
    elif name == "check":
        from ramp155.record import check

        home = check
    elif name in ("Records", "load"):
        from ramp155.record import records

        home = records
    elif name in ("Outlook", "run"):
        from ramp155 import outlook

        home = outlook
    elif name == "Scenario":
        from ramp155 import scenario

        home = scenario
    elif name == "goal":
        import ramp155.goal as goal_module

        return goal_module
    else:
        from ramp155 import timeline

        home = timeline
    value: object = getattr(home, name)
    globals()[name] = value
    return value
