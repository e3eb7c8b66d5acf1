"""Check a folder of tables without loading pandas: `python -m ramp155 check`."""

from __future__ import annotations

from pathlib import Path

from ramp155.record.borders import find_towns_abroad
from ramp155.record.faults import Fault
from ramp155.record.read import DATA, read_folder
from ramp155.record.rules import find_faults
from ramp155.record.schema import TABLES


def check(directory: str | Path | None = None) -> tuple[dict[str, int], list[Fault]]:
    """Row counts of each table, and every fault, including towns that lie outside their country.

    Raises nothing for what the tables hold.

    Parameters
    ----------
    directory : str or Path, optional
        The folder of tables; the project's own if left out.

    Returns
    -------
    row_counts : dict of int
        Table -> count of rows.
    faults : list of Fault
        In order of file, line and column.
    """
    folder = Path(directory or DATA)
    tables, faults = read_folder(folder)
    # A table that could not be read would make every reference to it look broken: report it alone.
    if set(tables) == set(TABLES):
        faults += find_faults(tables)
        misplaced = {fault.row for fault in faults if fault.file == "sites.csv"}
        abroad = find_towns_abroad(tables["sites"], folder)
        faults += [fault for fault in abroad if fault.row not in misplaced]
    return {name: len(table) for name, table in tables.items()}, sorted(set(faults))
