"""The command line: `python -m ramp155 COMMAND`; `--help` lists the commands."""

from __future__ import annotations

import argparse
import pkgutil
import sys
from collections.abc import Callable

from ramp155.cli.parser import ExitCode, build_parser
from ramp155.record.faults import RecordsError


def run_command_line(arguments: list[str] | None = None) -> ExitCode:
    """Run one command and return its exit code. Ends the program for `--help` or a wrong option."""
    words = sys.argv[1:] if arguments is None else arguments
    options = build_parser(__doc__, first_word=words[0] if words else "").parse_args(words)
    # Named, not imported: what a command needs (pandas, the model) is imported when it is called.
    command: Callable[[argparse.Namespace], ExitCode] = pkgutil.resolve_name(options.command)
    try:
        return command(options)
    except RecordsError as error:
        print(error, file=sys.stderr)
        return ExitCode.FAULTS
    except (ValueError, OSError) as error:
        print(f"ramp155: {error}", file=sys.stderr)
        return ExitCode.BAD_CALL
