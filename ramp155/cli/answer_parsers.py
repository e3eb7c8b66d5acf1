"""The commands that need the record or the model, with their options."""

from __future__ import annotations

from pathlib import Path

from ramp155.answers.gap.comparison import CALIBRES, CONDITIONS, COUNTS
from ramp155.cli.command import Commands, add_command
from ramp155.cli.file_commands import export_geojson, export_package
from ramp155.cli.model_commands import (
    print_gap,
    print_goal,
    print_response,
    print_run,
    print_verdicts,
)
from ramp155.cli.options import (
    add_draws_option,
    add_estimate_options,
    add_format_option,
    add_scenario_options,
)
from ramp155.cli.record_commands import (
    print_audit,
    print_fit,
    print_hindcasts,
    print_slips,
    print_statuses,
)
from ramp155.model.scenario.horizon import DEFAULT_MONTH


def add_answer_commands(commands: Commands) -> None:
    """Add every command beside those of the tables alone."""
    command_parser = add_command(
        commands, "run", print_run, "Simulate a scenario against the baseline."
    )
    add_scenario_options(command_parser)
    add_draws_option(command_parser, 0, "accepted draws behind p10, p50 and p90; default: none")
    add_format_option(command_parser)
    command_parser = add_command(
        commands,
        "goal",
        print_goal,
        "The nitrocellulose supply that reaches a yearly output by a month.",
    )
    add_scenario_options(command_parser)
    command_parser.add_argument(
        "--target", type=float, required=True, help="complete rounds a year"
    )
    command_parser.add_argument("--by", default=DEFAULT_MONTH, help="YYYY-MM")
    add_draws_option(command_parser, 1000, "accepted draws behind the odds")
    command_parser.add_argument("--format", choices=["json", "table"], default="table")
    command_parser = add_command(
        commands,
        "response",
        print_response,
        "Output at one month against nitrocellulose supply, 0 to 2.",
    )
    add_scenario_options(command_parser)
    command_parser.add_argument("--month", default=DEFAULT_MONTH)
    add_format_option(command_parser)
    command_parser = add_command(
        commands,
        "gap",
        print_gap,
        "Russia's rounds over NATO's and Europe's, and the odds of parity.",
    )
    add_scenario_options(command_parser)
    add_estimate_options(command_parser)
    command_parser.add_argument("--calibres", choices=list(CALIBRES), default="155")
    command_parser.add_argument("--made", choices=list(CONDITIONS), default="refurbished")
    command_parser.add_argument("--counts", choices=list(COUNTS), default="output")
    add_draws_option(command_parser, 1000, "accepted draws behind the band and the odds")
    add_format_option(command_parser)
    command_parser = add_command(
        commands, "verdicts", print_verdicts, "Public statements held against record and model."
    )
    add_scenario_options(command_parser)
    add_estimate_options(command_parser)
    add_draws_option(command_parser, 1000, "accepted draws behind the odds")
    add_format_option(command_parser)
    command_parser = add_command(
        commands, "status", print_statuses, "Where every line stood on a date, one object a line."
    )
    command_parser.add_argument(
        "--as-of", default="", help="YYYY-MM-DD; default: the record's last report"
    )
    add_format_option(command_parser)
    command_parser = add_command(
        commands,
        "fit",
        print_fit,
        "Reported totals against the central run and the accepted draws.",
    )
    add_format_option(command_parser)
    command_parser = add_command(
        commands, "slips", print_slips, "Every milestone with two dates, with both sources."
    )
    command_parser.add_argument(
        "--as-of", default="", help="YYYY-MM-DD; default: the record's last report"
    )
    add_format_option(command_parser)
    command_parser = add_command(
        commands,
        "hindcast",
        print_hindcasts,
        "Later reports against the model run with what was known before.",
    )
    add_format_option(command_parser)
    command_parser = add_command(
        commands,
        "audit",
        print_audit,
        "Check what the record says; exit code 1 where a fault stands.",
    )
    command_parser.add_argument(
        "--release", action="store_true", help="write today's headlines to data/released.csv"
    )
    add_format_option(command_parser)
    command_parser = add_command(
        commands, "export", export_package, "The record as a data package, CSV, XLSX and GeoJSON."
    )
    command_parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    command_parser = add_command(
        commands, "geojson", export_geojson, "Sites with a published town, as GeoJSON."
    )
    command_parser.add_argument("--out", type=Path, help="file to write; default: standard output")
