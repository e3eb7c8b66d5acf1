"""Options that several commands share, and what they ask for."""

from __future__ import annotations

import argparse

from ramp155.answers.gap.comparison import Comparison
from ramp155.model.scenario.codec import read_scenario_settings
from ramp155.model.scenario.levers import LEVER_BY_NAME
from ramp155.model.scenario.presets import find_preset_settings
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records, load


def add_scenario_options(parser: argparse.ArgumentParser) -> None:
    """The levers of a scenario and the presets to start from."""
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="LEVER=VALUE",
        help="a lever to move; levers: "
        + ", ".join([*LEVER_BY_NAME, "start", "also", "assume.ID"]),
    )
    parser.add_argument("--preset", help="start from a row of presets.csv; --set comes on top")


def add_estimate_options(parser: argparse.ArgumentParser) -> None:
    """Whose figures stand for Russia and the US."""
    parser.add_argument("--russia", help="whose figure for Russia: an estimate_id of estimates.csv")
    parser.add_argument("--us", help="whose path for the US: an estimate_id of estimates.csv")


def read_comparison(options: argparse.Namespace, *field_names: str) -> Comparison:
    """The comparison that was asked for; what was not stays at its default."""

    given_values = {name: getattr(options, name) for name in ("russia", "us", *field_names)}
    return Comparison(**{name: value for name, value in given_values.items() if value})


def add_draws_option(parser: argparse.ArgumentParser, default: int, help_text: str) -> None:
    """How many draws stand behind a band."""
    parser.add_argument("--draws", type=int, default=default, help=help_text)


def add_format_option(parser: argparse.ArgumentParser) -> None:
    """How the answer is printed."""
    parser.add_argument("--format", choices=["json", "csv", "table"], default="table")


def read_scenario(options: argparse.Namespace, record: Records) -> Scenario:
    """The scenario that was asked for. Raises ValueError for a lever or value that is none."""
    settings = {}
    if options.preset:
        settings = find_preset_settings(record, options.preset)
    for setting in options.set:
        name, equals, value = setting.partition("=")
        if not equals:
            raise ValueError(f"--set {setting}: expected LEVER=VALUE")
        settings[name.strip()] = value.strip()
    return read_scenario_settings(settings)


def load_record() -> Records:
    """The published record. Raises RecordsError where it breaks its rules."""
    return load()
