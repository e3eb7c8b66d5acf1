"""Commands of the tables alone: they run without pandas and the model, whose imports take most of a
second.
"""

from __future__ import annotations

import argparse

from ramp155.cli.parser import ExitCode
from ramp155.record.check import check
from ramp155.record.dictionary import write_dictionary


def print_check(options: argparse.Namespace) -> ExitCode:
    """Print OK and counts, or every fault of the tables in a folder."""
    counts, faults = check(options.directory)
    for fault in faults:
        print(fault)
    if faults:
        return ExitCode.FAULTS
    print("OK " + ", ".join(f"{count} {table_name}" for table_name, count in counts.items()))
    return ExitCode.DONE


def print_dictionary(options: argparse.Namespace) -> ExitCode:
    """Write the tables' dictionary into data/README.md and say so."""
    print(write_dictionary())
    return ExitCode.DONE
