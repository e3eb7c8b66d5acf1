"""The commands that ask the record or the model, with their options.

Nothing here imports pandas: `--help` and a wrong option answer at once.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from ramp155.answers.gap.comparison import CALIBRES, CONDITIONS, COUNTS
from ramp155.cli.parser import AddCommand
from ramp155.model.scenario.fields import EDIT_PREFIX, START_MONTHS
from ramp155.model.scenario.levers import LEVERS, Lever
from ramp155.model.scenario.scenario import COUNTRIES_ON_REQUEST

FORMATS = ("json", "csv", "table")
DEFAULT_MONTH_HELP = "YYYY-MM; default: the month that the pages open with"


def add_answer_commands(add: AddCommand) -> None:
    """Add every command beside those of the tables alone."""
    add_model_commands(add)
    add_record_commands(add)
    add_file_commands(add)


def add_model_commands(add: AddCommand) -> None:
    """Add what asks the model."""
    run = add(
        "run",
        "model_commands:print_run",
        "Simulate a scenario against the baseline.",
        "--set nitrocellulose=0.7 --set extra_delay=6 --format json",
        "--draws 1000 --preset linters-stop",
        "--set assume.utilisation=0.9 --format csv",
    )
    add_scenario_options(run)
    add_draws_option(run, 1000, "runs behind the median and the bands")
    add_format_option(run)

    goal = add(
        "goal",
        "model_commands:print_goal",
        "The nitrocellulose supply that reaches a yearly output by a month.",
        "--target 2000000 --by 2027-12 --format json",
    )
    add_scenario_options(goal)
    goal.add_argument("--target", type=float, required=True, help="complete rounds a year")
    goal.add_argument("--by", help=DEFAULT_MONTH_HELP)
    add_draws_option(goal, 1000, "runs behind the odds")
    add_format_option(goal, ("json", "table"))

    response = add(
        "response",
        "model_commands:print_response",
        "Output at one month against nitrocellulose supply, 0 to 2.",
        "--month 2026-12 --format json",
    )
    add_scenario_options(response)
    response.add_argument("--month", help=DEFAULT_MONTH_HELP)
    add_format_option(response)

    locks = add(
        "locks",
        "model_commands:print_locks",
        "What each stage allows in a month, and what raising it, or two, would add.",
        "--month 2027-12 --format json",
    )
    add_scenario_options(locks)
    locks.add_argument("--month", help=DEFAULT_MONTH_HELP)
    add_draws_option(locks, 1000, "runs behind medians and shares")
    add_format_option(locks, ("json", "table"))

    gap = add(
        "gap",
        "model_commands:print_gap",
        "Russia's rounds over NATO's and Europe's, and the odds of parity.",
        "--russia ru-efis --calibres all --format csv",
    )
    add_scenario_options(gap)
    add_estimate_options(gap)
    add_counting_options(gap)
    add_draws_option(gap, 1000, "runs behind the band and the odds")
    add_format_option(gap)

    verdicts = add(
        "verdicts",
        "model_commands:print_verdicts",
        "Public statements held against record and model.",
        "--format json",
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
        "--as-of 2025-06-30 --format json",
    )
    add_date_option(status)
    add_format_option(status)

    opened = add(
        "opened",
        "record_commands:print_openings",
        "New or expanded lines by the day they opened, one object a line.",
        "--since 2023-11 --format json",
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
        "--as-of 2025-06-30 --format csv",
    )
    add_date_option(slips)
    add_format_option(slips)

    targets = add(
        "targets",
        "record_commands:print_targets",
        "Public targets: what was promised, when it was due, what came, and what became of them.",
        "--format json",
    )
    add_format_option(targets)

    hindcast = add(
        "hindcast",
        "record_commands:print_hindcast",
        "Later figures against what was forecast with what was known before, and the score.",
        "--format json",
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
        "--out DIR",
    )
    export.add_argument("--out", type=Path, required=True, help="folder to write to")
    geojson = add(
        "geojson",
        "file_commands:export_geojson",
        "Sites with a published town, as GeoJSON.",
        "--out sites.geojson",
    )
    geojson.add_argument("--out", type=Path, help="file to write; default: standard output")
    add(
        "prepare",
        "file_commands:prepare_start",
        "Work out what is kept on disk between starts, so that the first page comes at once.",
    )
    site_map = add(
        "map",
        "file_commands:draw_map",
        "The map of plants by status, as a PNG picture.",
        "--png map.png --as-of 2025-06-30",
    )
    site_map.add_argument(
        "--png", type=Path, required=True, help="file to write, 1920 x 1080 pixels"
    )
    add_date_option(site_map)
    site_map.add_argument(
        "--theme", choices=["light", "dark"], default="light", help="its ground; default: light"
    )


def add_scenario_options(parser: argparse.ArgumentParser) -> None:
    """Add the levers of a scenario and the presets to start from."""
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="LEVER=VALUE",
        help="a lever to move, as often as you like; levers are listed below",
    )
    parser.add_argument("--preset", help="start from a row of data/presets.csv; --set comes on top")
    parser.epilog = f"{write_levers()}\n\n{parser.epilog}"


def write_levers() -> str:
    """Write what `--set` takes as a table: name, range with its unit, baseline, and what is moved."""
    start, countries = f"{START_MONTHS[0]} to {START_MONTHS[-1]}", " ".join(COUNTRIES_ON_REQUEST)
    rows = [
        ("LEVER", "VALUE", "baseline", "what it moves"),
        *(_describe_lever(lever) for lever in LEVERS),
        ("start", start, START_MONTHS[0], "Month from which levers act"),
        ("also", countries, "none", "Countries to count as well, with commas between"),
        (
            f"{EDIT_PREFIX}ID",
            "in its own unit",
            "",
            "A coefficient: its id in data/assumptions.csv",
        ),
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(3)]
    lines = [
        "  ".join([*map(str.ljust, row, widths), row[3]])  # what it moves stands last, unfilled
        for row in rows
    ]
    return "\n  ".join(["--set takes", *lines])


def _describe_lever(lever: Lever) -> tuple[str, str, str, str]:
    """A lever's name, from where to where it goes in the unit that `--set` takes, its baseline, its label."""
    label, _, counted = lever.label.partition(", thousand ")
    unit = "(1 = 100 %)" if lever.unit == "%" else counted or lever.unit
    if lever.role == "duration":
        label += "; 0 = to the end"
    return lever.name, f"{lever.low:.10g} to {lever.high:.10g} {unit}", f"{lever.base:.10g}", label


def add_estimate_options(parser: argparse.ArgumentParser) -> None:
    """Add whose figures stand for Russia and the US."""
    parser.add_argument("--russia", help="whose figure for Russia: an estimate_id of estimates.csv")
    parser.add_argument("--us", help="whose path for the US: an estimate_id of estimates.csv")


def add_counting_options(parser: argparse.ArgumentParser) -> None:
    """Add which rounds a comparison counts."""
    parser.add_argument(
        "--calibres",
        choices=list(CALIBRES),
        default="155",
        help="155 (with 152 mm), all of them, or each as quoted; default: 155",
    )
    parser.add_argument(
        "--made",
        choices=list(CONDITIONS),
        default="refurbished",
        help="whether Russia's refurbished rounds count; default: refurbished, which counts them",
    )
    parser.add_argument(
        "--counts",
        choices=list(COUNTS),
        default="output",
        help="what is made, or what could be; default: output",
    )


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
    parser.add_argument(
        "--draws", type=int, default=default, help=f"{help_text}; default: {default}"
    )


def add_format_option(parser: argparse.ArgumentParser, formats: tuple[str, ...] = FORMATS) -> None:
    """Add how the answer is printed."""
    parser.add_argument(
        "--format", choices=formats, default="table", help="how it is printed; default: table"
    )
