"""Commands of the tables alone: they start without pandas and the model, whose imports take most of a second."""

from __future__ import annotations

import argparse

from ramp155.record.check import check
from ramp155.record.dictionary import write_dictionary

TABLE_COMMANDS = ("check", "dictionary")


def print_check(options: argparse.Namespace) -> int:
    """Print OK and counts, or every fault of the tables in a folder."""
    counts, faults = check(options.directory)
    for fault in faults:
        print(fault)
    if faults:
        return 1
    print("OK " + ", ".join(f"{count} {name}" for name, count in counts.items()))
    return 0


def print_dictionary(options: argparse.Namespace) -> int:
    """Write the tables' dictionary into data/README.md and say so."""
    print(write_dictionary())
    return 0
