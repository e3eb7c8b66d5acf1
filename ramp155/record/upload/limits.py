"""How much is read of an upload (bytes, files, rows, characters), what a spreadsheet would run, how
late a report may come, and the faults that say so.

Nothing uploaded is trusted: sizes are bounded before anything is read.
"""

from __future__ import annotations

from ramp155.record.faults import Fault, RecordsError

MOST_BYTES = 5_000_000  # of an upload
MOST_UNPACKED = 20_000_000  # of everything in an archive
MOST_FILES = 40
MOST_ROWS = 5_000  # of a table
MOST_CHARACTERS = 2_000  # of a cell
LATE_MONTHS = 12  # a report may come so long after the record's end
LAST_DATED_YEAR = 2060
# What a spreadsheet runs, and the sign against it.
RISKY_PREFIXES = ("=", "+", "-", "@", "\t", "\r", "\n", "'")


def find_size_fault(file_name: str, content: bytes) -> Fault | None:
    """What is wrong with an upload before it is read: too large or empty; None where nothing is."""
    if len(content) > MOST_BYTES:
        size = f"{len(content) / 1e6:,.1f} MB"
        message = f"is {size} large; at most {MOST_BYTES / 1e6:.0f} MB are read"
        return Fault(file_name, 0, "-", message)
    return Fault(file_name, 0, "-", "is empty") if not content.strip() else None


def build_upload_error(file_name: str, message: str) -> RecordsError:
    """The error that refuses a whole file."""
    return RecordsError([Fault(file_name, 0, "-", message)])
