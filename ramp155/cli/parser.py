"""The parser of the command line, its exit codes, and the commands of the tables alone."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from enum import IntEnum
from functools import partial
from pathlib import Path

from ramp155.record.read import DATA

TABLE_COMMANDS = ("check", "dictionary")
PROGRAM = "python -m ramp155"
AddCommand = Callable[..., argparse.ArgumentParser]  # add_command, but for its first argument


class ExitCode(IntEnum):
    """Exit codes of every command; a wrong option ends with BAD_CALL too (argparse's own code)."""

    DONE = 0
    FAULTS = 1  # the record is broken, or an audit finds a fault
    BAD_CALL = 2  # the call is wrong, or a file cannot be read or written


def build_parser(description: str | None = None, first_word: str = "") -> argparse.ArgumentParser:
    """Build the parser of the command line; `options.command` names the function of a command.

    Where the first word is a command of the tables alone, it knows no others: `check` is called often.
    """
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description=description,
        epilog=write_examples("check", "run --help"),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add: AddCommand = partial(add_command, parser.add_subparsers(required=True))
    add_table_commands(add)
    if first_word not in TABLE_COMMANDS:
        from ramp155.cli.answer_parsers import add_answer_commands

        add_answer_commands(add)
    return parser


def add_command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    function: str,
    help_text: str,
    *options: str,
) -> argparse.ArgumentParser:
    """Add a command and return its parser, for its own options.

    `function` is `module:name` in ramp155.cli, imported when the command is called. Each of `options` makes an
    example at the end of its help; none: the bare command is one. A test runs them all.
    """
    command_parser = commands.add_parser(
        name,
        help=help_text,
        description=help_text,
        epilog=write_examples(*(f"{name} {option}".strip() for option in options or [""])),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command_parser.set_defaults(command=f"ramp155.cli.{function}")
    return command_parser


def write_examples(*calls: str) -> str:
    """Write calls as they are typed, a line each, under a heading."""
    heading = "examples:" if len(calls) > 1 else "example:"
    return "\n".join([heading, *(f"  {PROGRAM} {call}" for call in calls)])


def add_table_commands(add: AddCommand) -> None:
    """Add what asks the tables alone, as they stand in their files."""
    check = add(
        "check",
        "table_commands:print_check",
        "Validate the tables; print OK and counts, or every fault.",
    )
    check.add_argument(
        "directory",
        nargs="?",
        default=DATA,
        type=Path,
        help="folder of tables; default: the record's",
    )
    add(
        "dictionary",
        "table_commands:print_dictionary",
        "Write the tables' dictionary into data/README.md.",
    )
