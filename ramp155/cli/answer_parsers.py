"""The commands that ask the record or the model, with their options.

Nothing here imports pandas: `--help` and a wrong option answer at once.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from ramp155.answers.gap.comparison import CALIBRES, CONDITIONS, COUNTS
from ramp155.cli.parser import AddCommand
from ramp155.model.scenario.levers import LEVER_BY_NAME

FORMATS = ("json", "csv", "table")
LEVER_NAMES = ", ".join([*LEVER_BY_NAME, "start", "also", "assume.ID"])
DEFAULT_MONTH_HELP = "YYYY-MM; default: the month that the pages open with"


def add_answer_commands(add: AddCommand) -> None:
    """Add every command beside those of the tables alone."""
    add_model_commands(add)
    add_record_commands(add)
    add_file_commands(add)


def add_model_commands(add: AddCommand) -> None:
    """Add what asks the model."""
    run = add("run", "model_commands:print_run", "Simulate a scenario against the baseline.")
    add_scenario_options(run)
    add_draws_option(run, 1000, "runs behind the median and the bands")
    add_format_option(run)

    goal = add(
        "goal",
        "model_commands:print_goal",
        "The nitrocellulose supply that reaches a yearly output by a month.",
    )
    add_scenario_options(goal)
    goal.add_argument("--target", type=float, required=True, help="complete rounds a year")
    goal.add_argument("--by", help=DEFAULT_MONTH_HELP)
    add_draws_option(goal, 1000, "runs behind the odds")
    goal.add_argument("--format", choices=["json", "table"], default="table")

    response = add(
        "response",
        "model_commands:print_response",
        "Output at one month against nitrocellulose supply, 0 to 2.",
    )
    add_scenario_options(response)
    response.add_argument("--month", help=DEFAULT_MONTH_HELP)
    add_format_option(response)

    locks = add(
        "locks",
        "model_commands:print_locks",
        "What each stage allows in a month, and what raising it, or two, would add.",
    )
    add_scenario_options(locks)
    locks.add_argument("--month", help=DEFAULT_MONTH_HELP)
    add_draws_option(locks, 1000, "runs behind medians and shares")
    locks.add_argument("--format", choices=["json", "table"], default="table")

    gap = add(
        "gap",
        "model_commands:print_gap",
        "Russia's rounds over NATO's and Europe's, and the odds of parity.",
    )
    add_scenario_options(gap)
    add_estimate_options(gap)
    gap.add_argument("--calibres", choices=list(CALIBRES), default="155")
    gap.add_argument("--made", choices=list(CONDITIONS), default="refurbished")
    gap.add_argument("--counts", choices=list(COUNTS), default="output")
    add_draws_option(gap, 1000, "runs behind the band and the odds")
    add_format_option(gap)

    verdicts = add(
        "verdicts",
        "model_commands:print_verdicts",
        "Public statements held against record and model.",
    )
    add_scenario_options(verdicts)
    add_estimate_options(verdicts)
    add_draws_option(verdicts, 1000, "runs behind the odds")
    add_format_option(verdicts)


def add_record_commands(add: AddCommand) -> None:
    """Add what asks the record, and the model about the record."""
    status = add(
        "status",
        "record_commands:print_statuses",
        "Where every line stood on a date, one object a line.",
    )
    add_date_option(status)
    add_format_option(status)

    opened = add(
        "opened",
        "record_commands:print_openings",
        "New or expanded lines by the day they opened, one object a line.",
    )
    opened.add_argument("--since", help="first day, YYYY, YYYY-MM or YYYY-MM-DD; default: 2023-11")
    add_date_option(opened)
    add_format_option(opened)

    fit = add(
        "fit",
        "record_commands:print_fit",
        "Published ranges of a year beside P10, P50 and P90 of the runs.",
    )
    add_format_option(fit)

    slips = add(
        "slips",
        "record_commands:print_slips",
        "Every milestone with two dates, both sources and both readings of the slips.",
    )
    add_date_option(slips)
    add_format_option(slips)

    targets = add(
        "targets",
        "record_commands:print_targets",
        "Public targets: what was promised, when it was due, what came, and what became of them.",
    )
    add_format_option(targets)

    hindcast = add(
        "hindcast",
        "record_commands:print_hindcast",
        "Later figures against what was forecast with what was known before, and the score.",
    )
    add_format_option(hindcast)

    score = add(
        "score",
        "record_commands:print_score",
        "Forecasts of earlier releases against what was reported after them.",
    )
    add_format_option(score)

    audit = add(
        "audit",
        "record_commands:print_audit",
        "Check what the record says; exit code 1 where a fault stands.",
    )
    audit.add_argument(
        "--release",
        action="store_true",
        help="write today's headlines to data/released.csv and the forecast to data/forecasts",
    )
    add_format_option(audit)


def add_file_commands(add: AddCommand) -> None:
    """Add what writes files."""
    export = add(
        "export",
        "file_commands:export_package",
        "The record as a data package, CSV, XLSX and GeoJSON.",
    )
    export.add_argument("--out", type=Path, required=True, help="folder to write to")
    geojson = add(
        "geojson",
        "file_commands:export_geojson",
        "Sites with a published town, as GeoJSON.",
    )
    geojson.add_argument("--out", type=Path, help="file to write; default: standard output")
    add(
        "prepare",
        "file_commands:prepare_start",
        "Work out what is kept on disk between starts, so that the first page comes at once.",
    )
    site_map = add(
        "map", "file_commands:draw_map", "The map of plants by status, as a PNG picture."
    )
    site_map.add_argument(
        "--png", type=Path, required=True, help="file to write, 1920 x 1080 pixels"
    )
    add_date_option(site_map)
    site_map.add_argument("--theme", choices=["light", "dark"], default="light")


def add_scenario_options(parser: argparse.ArgumentParser) -> None:
    """Add the levers of a scenario and the presets to start from."""
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="LEVER=VALUE",
        help=f"a lever to move; levers: {LEVER_NAMES}",
    )
    parser.add_argument("--preset", help="start from a row of presets.csv; --set comes on top")


def add_estimate_options(parser: argparse.ArgumentParser) -> None:
    """Add whose figures stand for Russia and the US."""
    parser.add_argument("--russia", help="whose figure for Russia: an estimate_id of estimates.csv")
    parser.add_argument("--us", help="whose path for the US: an estimate_id of estimates.csv")


def add_date_option(parser: argparse.ArgumentParser) -> None:
    """Add the day as of which the record is read."""
    parser.add_argument("--as-of", default="", help="YYYY-MM-DD; default: the record's last report")


def add_draws_option(parser: argparse.ArgumentParser, default: int, help_text: str) -> None:
    """Add how many draws stand behind a band.

    Parameters
    ----------
    parser : argparse.ArgumentParser
        The command's own parser.
    default : int
        Number of draws where the option is not given.
    help_text : str
        What the draws are for.
    """
    parser.add_argument("--draws", type=int, default=default, help=help_text)


def add_format_option(parser: argparse.ArgumentParser) -> None:
    """Add how the answer is printed."""
    parser.add_argument("--format", choices=FORMATS, default="table")
