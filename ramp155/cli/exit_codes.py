"""What the command line tells the shell when it ends."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of every command; a wrong option ends with BAD_CALL too (argparse's own code)."""

    DONE = 0
    FAULTS = 1  # the record is broken, or an audit finds a fault
    BAD_CALL = 2  # the call is wrong, or a file cannot be read or written
