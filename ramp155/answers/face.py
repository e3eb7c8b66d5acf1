"""The public face of a notebook: the questions asked most, of a record, as thin functions over the model."""

from __future__ import annotations

from types import SimpleNamespace

from ramp155.answers.goal.goal import seek_goal
from ramp155.answers.output.outlook import run_outlook as run

goal = SimpleNamespace(seek=seek_goal)
__all__ = ["goal", "run"]
