"""The command line: `python -m ramp155 COMMAND`; `--help` lists the commands."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ramp155.cli.command import add_command
from ramp155.cli.table_commands import TABLE_COMMANDS, print_check, print_dictionary
from ramp155.record.faults import RecordsError
from ramp155.record.read import DATA


def run_command_line(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0, 1 for a broken record, 2 for a broken call."""
    words = sys.argv[1:] if arguments is None else arguments
    options = _build_parser(
        tables_only=words[:1] in [[name] for name in TABLE_COMMANDS]
    ).parse_args(words)
    try:
        return options.command(options)
    except RecordsError as error:
        print(error, file=sys.stderr)
        return 1
    except (ValueError, OSError) as error:
        print(f"ramp155: {error}", file=sys.stderr)
        return 2


def _build_parser(tables_only: bool) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ramp155", description=__doc__)
    commands = parser.add_subparsers(required=True)

    check_parser = add_command(
        commands, "check", print_check, "Validate the tables; print OK and counts, or every fault."
    )
    check_parser.add_argument("directory", nargs="?", default=DATA, type=Path)
    add_command(
        commands,
        "dictionary",
        print_dictionary,
        "Write the tables' dictionary into data/README.md.",
    )
    if not tables_only:
        from ramp155.cli.answer_parsers import add_answer_commands  # imports the model

        add_answer_commands(commands)
    return parser
