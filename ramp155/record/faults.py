"""What is wrong with a table, said so that it can be mended: file, line, column and message."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_VALUE = 80  # characters of a cell that a message repeats
MOST_TOLD = 20  # faults that an error's own text lists


@dataclass(frozen=True, order=True)
class Fault:
    """One broken rule: the file, the line in it as an editor counts, the column and what is wrong.

    `row` is 0 where the whole file is meant, `column` "-" where no single column is.
    """

    file: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.row}:{self.column}: {self.message}"


class RecordsError(ValueError):
    """The tables break a rule; `faults` lists every one, the text the first 20."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        untold_count = len(faults) - MOST_TOLD
        ending = f"\n... and {untold_count} more" if untold_count > 0 else ""
        super().__init__("\n".join(map(str, faults[:MOST_TOLD])) + ending)


def shorten(value: str) -> str:
    """A cell as a message repeats it: at most `LONGEST_VALUE` characters, then dots."""
    return value if len(value) <= LONGEST_VALUE else f"{value[: LONGEST_VALUE - 3]}..."
