from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from ramp155.answers.output.outlook import run_outlook
from ramp155.history.as_known import rewind_records
from ramp155.model.model import Model
from ramp155.record.check import check
from ramp155.record.faults import RecordsError
from ramp155.record.read import DATA, read_table
from ramp155.record.records import Records, load
from ramp155.record.schema import TABLES


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
        ("stages", "propellant", "total", "nuts", "not one of knots"),
        ("stages", "propellant", "lead_months", "25", "25 is not 0 to 24"),
        ("stages", "propellant", "share", "nothing", "'nothing' is not in assumptions"),
        ("assumptions", "utilisation", "source_ids", "nobody", "nor the word assumption"),
        ("assumptions", "utilisation", "low", "", "needs low, mode and high"),
        ("assumptions", "forecast_pace", "high", "0", "the forecast needs a range"),
        ("assumptions", "forecast_start_noise", "low", "0", "must be above 0 in the forecast"),
        ("calibration", "nameplate-2024", "year", "2031", "is not a year of the model"),
        ("claims", "eu-round-capacity-2024-12-02", "unit", "", "a figure needs its unit"),
        ("claims", "eu-round-capacity-2024-12-02", "same_as", "nobody", "is not in claims"),
        ("claims", "eu-round-capacity-2024-12-02", "basis", "at 49.123, 8.456", "than its town"),
        ("events", "bauska-vak--charge-05", "rate", "", "a unit without a rate"),
        ("events", "bauska-vak--charge-05", "rate", "1e11", "beyond any rate there is"),
        ("events", "bauska-vak--charge-05", "rate_status", "", "a rate is done or planned"),
        ("sources", "babel-2024-04-linters", "url", "ftp://x", "not a web address"),
        ("sources", "babel-2024-04-linters", "state_controlled", "RU", "go together"),
        ("estimates", "ru-hur", "label", "Another", "in the estimate's first row"),
        ("policies", "strand-demand", "policy_id", "strand", "asks for it by name"),
        ("sites", "tarbes-europlasma", "lon", "", "latitude and longitude go together"),
        ("sites", "tarbes-europlasma", "town", "", "needs its town"),
    ],
)
def test_a_planted_fault_is_found_where_it_stands(
    copy: Path, table: str, key: str, column: str, value: str, words: str
) -> None:
    line = spoil(copy, table, key, column, value)
    _, faults = check(copy)
    planted = [f for f in faults if f.file == f"{table}.csv" and words in f.message]
    assert planted, [str(f) for f in faults]
    if "by name" not in words and "first row" not in words:
        assert line in {f.row for f in planted}


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


CUT = (DATA / "contradictions.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.6, 0.9, 0.999])
def test_a_table_cut_short_is_refused(copy: Path, share: float) -> None:
    text = CUT[: int(len(CUT) * share)]
    (copy / "contradictions.csv").write_text(text, encoding="utf-8")
    with pytest.raises(RecordsError, match=r"contradictions\.csv:\d+:-: .*may be cut"):
        load(copy)


def test_no_place_to_cut_inside_a_row_goes_unseen() -> None:
    header = CUT.splitlines()[0].split(",")
    for length in range(len(CUT) - 1500, len(CUT)):
        if CUT[:length].endswith("\n") and CUT[:length].count('"') % 2 == 0:
            continue  # whole rows: nothing in the file says that others stood below
        _, faults = read_table("t.csv", CUT[:length], header, whole=True)
        assert faults, length


def test_a_row_that_ends_without_a_line_break_is_read_from_an_upload() -> None:
    table, faults = read_table("t.csv", "rule,id,reason\na,b,c", ["rule", "id", "reason"])
    assert not faults
    assert table is not None
    assert table["reason"] == ["c"]


def test_a_null_character_is_refused_where_it_stands(copy: Path) -> None:
    line = spoil(copy, "contradictions", "au-rate", "title", "Output\x00of")
    with pytest.raises(RecordsError, match=f"contradictions.csv:{line}:title: holds a null"):
        load(copy)


def test_a_column_that_stands_twice_is_told() -> None:
    _, faults = read_table("t.csv", "rule,id,reason,id\n", ["rule", "id", "reason"])
    assert [str(fault) for fault in faults] == ["t.csv:1:id: column stands twice"]


def test_a_number_without_end_is_cut_in_the_message(copy: Path) -> None:
    spoil(copy, "events", "bauska-vak--charge-05", "rate", "9" * 400)
    _, faults = check(copy)
    assert faults
    assert all(len(fault.message) < 200 for fault in faults)


def test_a_check_needs_no_pandas() -> None:
    code = (
        "import sys; from ramp155.cli.commands import run_command_line; code = run_command_line(['check']); "
        "heavy = {'pandas', 'numba', 'scipy', 'geopandas'} & set(sys.modules); "
        "sys.exit(str(heavy) if heavy else code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=DATA.parent, check=False, capture_output=True
    )
    assert done.returncode == 0, done.stderr


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


# --- identity -------------------------------------------------------------------------------------


def test_the_same_content_is_the_same_record(records: Records) -> None:
    again = load()
    assert again is not records
    assert again == records
    assert hash(again) == hash(records)
    assert again.version == records.version


def test_a_changed_table_is_another_record_with_another_answer(records: Records) -> None:
    """Nobody has to remember to rename it."""
    assumptions = records.assumptions
    is_prewar = assumptions["assumption_id"].str.startswith("forecast_start_")
    is_prewar |= assumptions["assumption_id"] == "forecast_prewar_output"
    assumptions.loc[is_prewar, ["low", "mode", "high"]] /= 2
    claims = records.claims
    claims[["low", "high"]] /= 2
    derived = records.derived
    derived[["low", "high"]] /= 2
    halved = dataclasses.replace(records, assumptions=assumptions, claims=claims, derived=derived)
    assert halved.digest != records.digest
    assert halved != records
    assert halved.version != records.version
    before, after = run_outlook(Model(records, draws=100)), run_outlook(Model(halved, draws=100))
    assert after.path["rounds_per_year"].iloc[-1] < 0.9 * before.path["rounds_per_year"].iloc[-1]


@pytest.mark.parametrize(
    "change",
    [
        {"end": dt.date(2026, 6, 14)},
        {"own": frozenset({"x"})},
        {"uploaded": True},
    ],
)
def test_everything_a_record_says_is_part_of_what_it_is(
    records: Records, change: dict[str, object]
) -> None:
    assert dataclasses.replace(records, **change) != records


def test_a_cell_cannot_move_into_the_next_one(records: Records) -> None:
    """The digest parts its cells: "ab", "c" is not "a", "bc"."""
    waivers = records.waivers
    moved = waivers.assign(rule=waivers["rule"] + waivers["id"].str[:1], id=waivers["id"].str[1:])
    assert dataclasses.replace(records, waivers=moved) != records


def test_the_version_of_the_published_record_is_a_hash_of_its_text(
    records: Records,
) -> None:
    """As it was for every record before: old links and exports name it."""
    content = hashlib.sha256()
    for name, table in TABLES.items():
        if table.reported:  # what the program declares is no part of it
            frame = pd.read_csv(DATA / f"{name}.csv", dtype=str, keep_default_na=False)
            content.update(frame[list(table.reported)].to_csv(index=False).encode())
    assert records.version == f"{records.end}-{content.hexdigest()[:8]}"


# --- nobody changes it ----------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # it is there, so it may be used
@pytest.mark.parametrize("name", ["claims", "full_lines", "events"])
def test_a_caller_may_change_what_it_was_handed(records: Records, name: str) -> None:
    digest, before = records.digest, getattr(records, name).copy(deep=True)
    table = getattr(records, name)
    del table[table.columns[1]]
    table.drop(index=table.index[:5], inplace=True)
    table.iloc[0, 0] = "changed"
    table["more"] = 1
    table.index.name = "named"
    table.attrs["note"] = "mine"
    pd.testing.assert_frame_equal(getattr(records, name), before)
    assert not getattr(records, name).attrs
    del records.__dict__["digest"]
    assert records.digest == digest


def test_what_a_record_is_made_of_may_be_changed_afterwards(records: Records) -> None:
    claims = records.claims.copy(deep=True)
    again = dataclasses.replace(records, claims=claims)
    claims.loc[:, "low"] = 0.0
    del claims["basis"]
    assert again == records


def test_neither_table_nor_row_can_be_put_in_its_place(records: Records) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        records.claims = records.claims.head(0)
    with pytest.raises(TypeError):
        records.events_of["bauska-vak--charge"] = ()


# --- typed rows -----------------------------------------------------------------------------------


def test_rows_are_found_by_their_id(records: Records) -> None:
    event = records.event("bauska-vak--charge-05")
    assert records.line(event.line_id).site_id == "bauska-vak"
    assert records.site("bauska-vak").country == "LV"
    assert records.source(event.source_id).source_id == event.source_id
    assert records.claim("eu-round-capacity-2024-12-02").subject == "EU"
    with pytest.raises(KeyError, match="nobody"):
        records.claim("nobody")


def test_what_is_not_reported_is_none_in_a_row(records: Records) -> None:
    events = records.events
    blank = events.loc[events["rate"].isna(), "event_id"].iloc[0]
    rated = events.loc[events["rate"].notna(), "event_id"].iloc[0]
    assert records.event(blank).rate is None
    assert isinstance(records.event(rated).rate, float)
    undated = events.loc[events["date"] == "", "event_id"].iloc[0]
    assert records.event(undated).first_day is None
    assert records.event(undated).known_on <= records.end


def test_events_of_a_line_stand_in_the_order_in_which_they_became_known(
    records: Records,
) -> None:
    for line, events in records.events_of.items():
        assert all(event.line_id == line for event in events)
        assert [e.known_on for e in events] == sorted(e.known_on for e in events)
    assert sum(map(len, records.events_of.values())) == len(records.events)


def test_the_record_of_an_earlier_day_is_the_same_however_it_was_made(
    records: Records,
) -> None:
    day = dt.date(2025, 1, 1)
    then = rewind_records(records, day)
    assert then == rewind_records(load(), "2025-01-01")
    assert then != records
    assert then.version == f"{records.version}@2025-01-01"


def test_a_name_goes_with_the_content_it_was_given_to(records: Records) -> None:
    named = records.with_version("mine")
    assert named == records
    assert named.version == "mine"
    assert dataclasses.replace(named, end=named.end).version == "mine"
    other = dataclasses.replace(named, waivers=named.waivers.head(1))
    assert other.version == f"{other.end}-{other.digest[:8]}"
