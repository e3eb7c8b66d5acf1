"""The ready-made scenarios of `presets.csv`."""

from __future__ import annotations

from ramp155.model.scenario.codec import read_scenario_settings
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records


def find_preset_settings(records: Records, preset_id: str) -> dict[str, str]:
    """The settings of a row of `presets.csv`. Raises ValueError for an unknown one."""
    settings = records.presets.loc[records.presets["preset_id"] == preset_id, "settings"]
    if settings.empty:
        preset_ids = ", ".join(records.presets["preset_id"])
        raise ValueError(f"preset {preset_id!r} is not one of {preset_ids}")
    return dict(assignment.split("=", 1) for assignment in settings.iloc[0].split(";"))


def build_preset(records: Records, preset_id: str) -> Scenario:
    """The scenario of a row of `presets.csv`. Raises ValueError for an unknown one."""
    return read_scenario_settings(find_preset_settings(records, preset_id))
