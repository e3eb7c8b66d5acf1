"""What only tests ask for: sentences that the browser makes by itself, and texts that the product only reads."""

from __future__ import annotations

from ramp155.answers.ramp_ups import GroupCount
from ramp155.model.scenario.codec import format_entry, write_scenario_entries
from ramp155.model.scenario.scenario import Scenario
from ramp155.text.board import fill_pattern


def write_group(count: GroupCount) -> str:
    """What a group of lines comes to: "14 lines, 5 deliver, 6 late, half by 9 months or more"."""
    months = fill_pattern("months", count.middle_months)
    return ", ".join(
        (
            fill_pattern("lines", count.lines),
            fill_pattern("deliver", count.deliver),
            fill_pattern("late", count.late, months=months),
        )
    )


def write_scenario_settings(scenario: Scenario) -> dict[str, str]:
    """A scenario as names and texts, as after `--set` and in presets; baseline values are left out."""
    return {
        name: ",".join(entry) if isinstance(entry, list) else format_entry(entry)
        for name, entry in write_scenario_entries(scenario).items()
    }
