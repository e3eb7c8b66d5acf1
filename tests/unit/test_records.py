from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from ramp155 import RecordsError, check, load
from ramp155.records import DATA


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def spoil(folder: Path, table: str, key: str, column: str, value: str) -> int:
    """Put a value into one cell of a copy; returns the line it stands on, as an editor counts."""
    path = folder / f"{table}.csv"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    row = frame.index[frame.iloc[:, 0] == key][0]
    frame.loc[row, column] = value
    frame.to_csv(path, index=False, lineterminator="\n")
    return int(row) + 2


def test_the_record_is_sound_and_complete() -> None:
    counts, faults = check()
    assert faults == []
    least = {"sites": 100, "lines": 140, "events": 740, "sources": 880, "claims": 620}
    assert all(counts[name] >= number for name, number in least.items())


@pytest.mark.parametrize(
    ("table", "key", "column", "value", "words"),
    [
        ("lines", "bauska-vak--charge", "product", "bazooka", "'bazooka' not one of"),
        ("events", "bauska-vak--charge-01", "source_id", "", "must not be blank"),
        ("events", "bauska-vak--charge-01", "source_id", "nobody", "'nobody' is not in sources"),
        ("events", "bauska-vak--charge-01", "date", "2025-13", "not a date"),
        ("events", "bauska-vak--charge-01", "date", "2999", "not a date"),
        ("events", "bauska-vak--charge-05", "unit", "", "a rate needs its unit"),
        ("events", "bauska-vak--charge-05", "unit", "t/yr", "does not fit a charge line"),
        ("events", "bauska-vak--charge-05", "rate", "inf", "not a finite number"),
        ("events", "bauska-vak--charge-05", "rate", "-4", "cannot be negative"),
        ("events", "bauska-vak--charge-05", "basis", "=1+1", "spreadsheet formula"),
        ("sites", "tarbes-europlasma", "lat", "4.61", "lies outside Europe"),
        ("sites", "tarbes-europlasma", "lon", "7.08", "lies in"),
        ("sites", "tarbes-europlasma", "lat", "43.2312", "finer than two decimals"),
        ("sites", "tarbes-europlasma", "country", "XX", "'XX' is not in countries"),
        ("claims", "eu-round-capacity-2024-12-02", "low", "9000000", "low <= high does not hold"),
        ("assumptions", "utilisation", "mode", "3", "low <= mode <= high does not hold"),
        ("stages", "propellant", "feeds", "nitrocellulose", "run in a circle"),
        ("stages", "propellant", "quantity", "lots", "neither a number nor in assumptions"),
    ],
)
def test_a_planted_fault_is_found_where_it_stands(
    copy: Path, table: str, key: str, column: str, value: str, words: str
) -> None:
    line = spoil(copy, table, key, column, value)
    _, faults = check(copy)
    found = [f for f in faults if f.file == f"{table}.csv" and words in f.message]
    assert found, [str(f) for f in faults]
    assert line in {f.row for f in found}


def test_swapped_coordinates_are_called_swapped(copy: Path) -> None:
    spoil(copy, "sites", "snina-zvs", "lat", "22.15")
    line = spoil(copy, "sites", "snina-zvs", "lon", "48.99")
    _, faults = check(copy)
    text = [str(f) for f in faults if f.row == line and f.file == "sites.csv"]
    assert len(text) == 1
    assert text[0].startswith(f"sites.csv:{line}:lat: ")
    assert "look swapped" in text[0]


def test_a_duplicate_key_is_found_once(copy: Path) -> None:
    path = copy / "claims.csv"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([*lines, lines[1]]))
    _, faults = check(copy)
    assert len(faults) == 1
    assert "stands twice" in faults[0].message
    assert faults[0].row == len(lines) + 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "file is missing"),
        (b"\xff\xfe\x00bad", "cannot be read as UTF-8"),
        (b"stage,label\nx,y\n", "column is missing"),
        (b"", "column is missing"),
    ],
)
def test_a_broken_file_is_named(copy: Path, content: bytes | None, words: str) -> None:
    path = copy / "stages.csv"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    _, faults = check(copy)
    assert any(f.file == "stages.csv" and words in f.message for f in faults)


def test_a_row_of_the_wrong_length_is_named(copy: Path) -> None:
    with (copy / "countries.csv").open("a") as file:
        file.write("ZZ,Nowhere\n")
    _, faults = check(copy)
    assert any("has 2 cells" in f.message for f in faults)


def test_load_refuses_a_broken_record(copy: Path) -> None:
    spoil(copy, "lines", "bauska-vak--charge", "product", "bazooka")
    with pytest.raises(RecordsError, match=r"lines\.csv:\d+:product"):
        load(copy)


def test_the_version_changes_with_the_content(copy: Path) -> None:
    before = load(copy)
    spoil(copy, "assumptions", "utilisation", "mode", "0.9")
    after = load(copy)
    assert after.version != before.version
    assert after != before


def test_undated_reports_are_known_only_at_the_end(records) -> None:  # noqa: ANN001
    undated = records.events[records.events["reported_on"] == ""]
    assert len(undated)
    assert set(undated["known_on"]) == {records.end}
