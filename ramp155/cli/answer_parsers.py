"""The commands that ask record and model, with their options: every question of the one table, the audit, and files.

Nothing here imports pandas: `--help` and a wrong option answer at once.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from ramp155.cli.parser import AddCommand
from ramp155.model.scenario.fields import EDIT_PREFIX, START_MONTHS
from ramp155.model.scenario.levers import LEVER_BY_NAME
from ramp155.model.scenario.scenario import COUNTRIES_ON_REQUEST
from ramp155.questions.catalogue import QUESTIONS
from ramp155.questions.parameters import AS_OF, name_lever, name_unit
from ramp155.questions.question import Example, Parameter, Question

FORMATS = ("json", "csv", "table")
_TYPES = {"number": float, "whole": int}


def add_answer_commands(add: AddCommand) -> None:
    """Add every command beside those of the tables alone."""
    for question in QUESTIONS.values():
        add_question(add, question)
    audit = add(
        "audit",
        "audit_commands:print_audit",
        "Check what the record says; exit code 1 where a fault stands.",
    )
    audit.add_argument(
        "--release",
        action="store_true",
        help="write today's headlines to data/released.csv and the forecast to data/forecasts",
    )
    add_format_option(audit)
    add(
        "mcp",
        "mcp_command:serve_tools",
        "Offer every question to an assistant as a tool (Model Context Protocol), over standard input and output.",
    )
    add_file_commands(add)
    add_version_commands(add)


def add_question(add: AddCommand, question: Question) -> None:
    """Add a question of the table as a command."""
    parser = add(
        question.name,
        "question_commands:print_reply",
        question.about,
        *(write_options(question, example) for example in question.examples),
    )
    parser.set_defaults(question=question.name)
    if question.takes_scenario:
        add_levers(parser)
    for parameter in question.parameters:
        add_parameter(parser, parameter)
    add_format_option(parser, question.formats)


def add_parameter(parser: argparse.ArgumentParser, parameter: Parameter) -> None:
    """Add a parameter of a question; its range is checked with the record, when the question is read."""
    if parameter.is_subject:
        parser.add_argument(parameter.name, help=parameter.about)
        return
    parser.add_argument(
        parameter.option,
        required=parameter.is_required,
        type=_TYPES.get(parameter.kind, str),
        choices=parameter.choices if parameter.kind == "choice" else None,
        help=parameter.about,
    )


def write_options(question: Question, example: Example) -> str:
    """An example as it is typed behind the command's name."""
    names = {parameter.name: parameter for parameter in question.parameters}
    words = []
    for name, text in example.given.items():
        if name not in names:
            words.append(f"--set {name}={text}")
        elif names[name].is_subject:
            words.append(text)
        else:
            words.append(f"{names[name].option} {text}")
    return " ".join(words + ([f"--format {example.format}"] if example.format else []))


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
    add_parameter(site_map, AS_OF)
    site_map.add_argument(
        "--theme", choices=["light", "dark"], default="light", help="its ground; default: light"
    )


def add_version_commands(add: AddCommand) -> None:
    """Add what compares versions of the record, and what keeps them."""
    diff = add(
        "diff",
        "version_commands:print_changes",
        "What changed from one record to another, and what it did to the headlines.",
        "OLD now --format json",
    )
    either = "now, a folder of tables, or a data package (zip)"
    diff.add_argument("before", help=f"the record before: {either}")
    diff.add_argument("after", help=f"the record after: {either}")
    add_format_option(diff, ("json", "table"))
    publish = add(
        "publish",
        "version_commands:publish_record",
        "Keep this version of the record in a folder: package, CSV, Parquet, sites, checksums, changes.",
        "--out VERSIONS",
    )
    publish.add_argument("--out", type=Path, required=True, help="folder that keeps the versions")
    site = add(
        "site",
        "file_commands:write_static_site",
        "The product as static files for any file server: pictures, plants, statements, glossary, data.",
        "--out SITE --picture purchase --plant unterluess-rheinmetall",
    )
    site.add_argument(
        "--out", type=Path, required=True, help="folder: new, empty, or with an earlier site in it"
    )
    site.add_argument(
        "--address",
        default="",
        help="where it will stand: then links have previews, and robots a map",
    )
    site.add_argument("--app", default="", help="address of the live app, to which pictures lead")
    site.add_argument(
        "--picture",
        action="append",
        default=[],
        help="a picture, as often as you like; default: all",
    )
    site.add_argument(
        "--plant", action="append", default=[], help="a plant, as often as you like; default: all"
    )


def add_levers(parser: argparse.ArgumentParser) -> None:
    """Add the levers of a scenario."""
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="LEVER=VALUE",
        help="a lever to move, as often as you like; levers are listed below",
    )
    parser.epilog = f"{write_levers()}\n\n{parser.epilog}"


def write_levers() -> str:
    """Write what `--set` takes as a table: name, range with its unit, baseline, and what is moved."""
    start, countries = f"{START_MONTHS[0]} to {START_MONTHS[-1]}", " ".join(COUNTRIES_ON_REQUEST)
    rows = [
        ("LEVER", "VALUE", "baseline", "what it moves"),
        *(_describe_lever(name) for name in LEVER_BY_NAME),
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


def _describe_lever(name: str) -> tuple[str, str, str, str]:
    """A lever's name, from where to where it goes in the unit that `--set` takes, its baseline, its label."""
    lever = LEVER_BY_NAME[name]
    extent = f"{lever.low:.10g} to {lever.high:.10g} {name_unit(lever)}"
    return name, extent, f"{lever.base:.10g}", name_lever(lever)


def add_format_option(parser: argparse.ArgumentParser, formats: tuple[str, ...] = FORMATS) -> None:
    """Add how the answer is printed."""
    parser.add_argument(
        "--format", choices=formats, default="table", help="how it is printed; default: table"
    )
