"""Ramp 155: how fast Europe ramps up 155 mm ammunition, and what holds it back.

In a notebook::

    import ramp155
    records = ramp155.load()
    outlook = ramp155.run(records, ramp155.Scenario(nitrocellulose=0.7))
    outlook.path, outlook.response
    ramp155.status(records, as_of="2025-06-30")
"""

from ramp155 import compiled

compiled.find_place()  # before anything is compiled

from ramp155 import goal  # noqa: E402
from ramp155.outlook import Outlook, run  # noqa: E402
from ramp155.records import Fault, Records, RecordsError, check, load  # noqa: E402
from ramp155.scenario import Scenario  # noqa: E402
from ramp155.timeline import milestones, status  # noqa: E402

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
