"""The command line: `python -m ramp155 --help`."""

import sys

from ramp155.cli.commands import run_command_line

if __name__ == "__main__":
    sys.exit(run_command_line())
