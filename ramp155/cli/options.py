"""What the options of a call ask for: the record, a scenario, a comparison, a month."""

from __future__ import annotations

import argparse

from ramp155.answers.gap.comparison import Comparison
from ramp155.model.scenario.codec import read_scenario_settings
from ramp155.model.scenario.horizon import DEFAULT_MONTH
from ramp155.model.scenario.presets import find_preset_settings
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records, load


def load_record() -> Records:
    """Load the published record. Raises RecordsError where it breaks its rules."""
    return load()


def read_scenario(options: argparse.Namespace, record: Records) -> Scenario:
    """Read the scenario that was asked for. Raises ValueError for a lever or value that is none."""
    settings = {}
    if options.preset:
        settings = find_preset_settings(record, options.preset)
    for setting in options.set:
        lever_name, equals_sign, setting_text = setting.partition("=")
        if not equals_sign:
            raise ValueError(f"--set {setting}: expected LEVER=VALUE")
        settings[lever_name.strip()] = setting_text.strip()
    return read_scenario_settings(settings)


def read_comparison(options: argparse.Namespace, *field_names: str) -> Comparison:
    """Read the comparison that was asked for; what was not stays at its default."""
    given_choices = {name: getattr(options, name) for name in ("russia", "us", *field_names)}
    return Comparison(**{name: choice for name, choice in given_choices.items() if choice})


def read_month(month: str | None) -> str:
    """Read the month that was asked for, or take the one that the pages open with."""
    return DEFAULT_MONTH if month is None else month
