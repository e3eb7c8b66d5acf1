"""What can be moved, how far, and under which short name it stands in a link: data/levers.csv, read
once.

Shares are fractions here and percent in links and on screen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from ramp155.base.places import find_folder
from ramp155.record.faults import Fault, RecordsError
from ramp155.record.read import TextTable, read_table
from ramp155.record.rules.columns import find_cell_faults
from ramp155.record.rules.stages import LEVERS_FILE, find_lever_row_faults
from ramp155.record.schema import SCHEMAS, TABLES
from ramp155.record.schema.vocabulary import LEVER_GROUPS, SCENARIO_GROUPS

End = Literal["high", "low", ""]


@dataclass(frozen=True)
class Lever:
    """One number that can be moved: a row of data/levers.csv.

    `key` is its name in a link, `base` the baseline's value, as stored. `stages` are those whose capacity
    it multiplies; without any it acts through code, on what its `role` says. `is_timed` says whether a
    scenario's start and duration limit it, `helps` towards which end goal seek may move it.
    """

    name: str
    key: str
    label: str
    low: float
    high: float
    step: float
    unit: str
    explains: str
    short: str
    base: float = 1.0
    group: str = ""
    stages: tuple[str, ...] = ()
    role: str = ""
    is_timed: bool = False
    helps: End = ""

    @property
    def default(self) -> float:
        """The baseline's value.

        Returns
        -------
        float
            As stored: a fraction, or an int of rounds, months or years.
        """
        return self.base

    @property
    def scale(self) -> float:
        """What turns the stored value into the shown one.

        Returns
        -------
        float
            100 for percent, a thousandth for thousands, else 1.
        """
        if self.unit.startswith("thousand"):
            return 1e-3
        return 100.0 if self.unit == "%" else 1.0

    def check(self, value: object) -> None:
        """Raise ValueError unless the value is a number within the lever's range."""
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        number = float(value) if isinstance(value, int | float) else math.nan
        if not is_number or not self.low <= number <= self.high:  # NaN fails the comparison too
            allowed_range = f"{self.low:g} to {self.high:g}"
            hint = " (1 = 100 %)" if self.unit == "%" else ""
            raise ValueError(f"{self.name}: {value!r} is not a number from {allowed_range}{hint}")


def read_levers(folder: Path | None = None) -> tuple[Lever, ...]:
    """Every lever of `levers.csv` in a folder (none given: `data`), in its order.

    Raises RecordsError listing every fault as file, row, column and message.
    """
    try:
        text = ((folder or find_folder("data")) / LEVERS_FILE).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordsError([Fault(LEVERS_FILE, 0, "-", f"cannot be read: {error}")]) from error
    table, faults = read_table(LEVERS_FILE, text, list(SCHEMAS["levers"]), whole=True)
    if table is not None and not faults:
        faults = find_cell_faults({"levers": table}) or find_lever_row_faults(table)
        faults += [
            Fault(
                LEVERS_FILE,
                1,
                "lever",
                f"the row '{name}' is missing, and the library asks for it by name",
            )
            for name in TABLES["levers"].named
            if name not in table["lever"]
        ]
    if table is None or faults:
        raise RecordsError(sorted(faults))
    return tuple(_build_lever(table, place) for place in range(len(table)))


def _build_lever(table: TextTable, place: int) -> Lever:
    cells = {column: table[column][place] for column in SCHEMAS["levers"]}
    low, high, step, base = (
        float(cells[column]) if cells["unit"] == "%" else int(float(cells[column]))
        for column in ("low", "high", "step", "base")
    )
    return Lever(
        cells["lever"],
        cells["link"],
        cells["label"],
        low,
        high,
        step,
        cells["unit"],
        cells["explains"],
        cells["short"],
        base=base,
        group=cells["group"],
        stages=tuple(cells["multiplies"].split()),
        role=cells["role"],
        is_timed=cells["timed"] == "yes",
        helps=cast(End, cells["helps"]),
    )


ALL_LEVERS = read_levers()
LEVERS = tuple(lever for lever in ALL_LEVERS if lever.group in SCENARIO_GROUPS)
LEVER_BY_NAME = {lever.name: lever for lever in LEVERS}
# Levers that only multiply capacities: a scenario keeps them by name.
STAGE_LEVERS = {lever.name: lever for lever in LEVERS if lever.stages}


def list_group(*groups: str) -> tuple[Lever, ...]:
    """The levers of some groups in the table's order. Raises KeyError for an unknown group."""
    for group in groups:
        LEVER_GROUPS[group]
    return tuple(lever for lever in ALL_LEVERS if lever.group in groups)


def list_code_first(levers: tuple[Lever, ...]) -> tuple[Lever, ...]:
    """Levers with a role first, then those that multiply stages; else in their order."""
    return tuple(sorted(levers, key=lambda lever: bool(lever.stages)))
