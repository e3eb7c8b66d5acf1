"""Data of one's own: what is valid goes on the record and is marked, what is not is told row by
row.
"""

from __future__ import annotations

import contextlib
import io
import zipfile
import zlib

import pandas as pd
import pytest

from ramp155.answers.trial import try_model
from ramp155.files.package.archive import build_package
from ramp155.files.package.table_files import select_table, write_table_csv, write_workbook
from ramp155.history.status import list_statuses
from ramp155.model.capacity.ramps import list_ramps
from ramp155.model.model import Model
from ramp155.record import rules
from ramp155.record.faults import Fault, RecordsError
from ramp155.record.read import TextTable
from ramp155.record.records import Records
from ramp155.record.schema import SCHEMAS
from ramp155.record.upload.merge import merge_upload, read_upload
from ramp155.record.upload.own_rows import OWN_SOURCE_ID, count_own_rows

EVENTS = "event_id,line_id,reported_on,event,date,status,rate,unit,rate_status,basis\n"
LINE = "unterluess-rheinmetall--round"
GOOD = EVENTS + f"my-1,{LINE},2026-05-01,rate,2026-04,done,250000,rounds/yr,done,Seen by me\n"


def zipped(**files: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name.replace("__", "/"), body)
    return out.getvalue()


def bomb() -> bytes:
    return zipped(**{"events.csv": b"a" * 60_000_000})


def with_cell(**cells: str) -> str:
    row = {
        "event_id": "my-1",
        "line_id": LINE,
        "reported_on": "2026-05-01",
        "event": "rate",
        "date": "2026-04",
        "status": "done",
        "rate": "250000",
        "unit": "rounds/yr",
        "rate_status": "done",
        "basis": "Seen",
    } | cells
    return EVENTS + ",".join(f'"{row[c]}"' for c in EVENTS.strip().split(",")) + "\n"


def truncated() -> bytes:
    whole = zipped(**{"events.csv": GOOD * 50})
    return whole[: len(whole) // 2]


def broken_member() -> bytes:
    archive_bytes = bytearray(zipped(**{"events.csv": GOOD}))
    archive_bytes[60] ^= 0xFF
    return bytes(archive_bytes)


BROKEN = {
    "wrong encoding": (
        "events.csv",
        GOOD.replace("Seen", "Gesehen für").encode("latin-1"),
        "UTF-8",
    ),
    "UTF-16": ("events.csv", GOOD.encode("utf-16"), "UTF-16"),
    "200 MB": ("events.csv", b"x" * 200_000_000, "200.0 MB large"),
    "workbook named csv": (
        "events.csv",
        write_workbook({"events": pd.DataFrame({"a": [1]})}),
        "XLSX",
    ),
    "formula cell": ("events.csv", with_cell(basis="=1+1"), "spreadsheet formula"),
    "command cell": ("events.csv", with_cell(basis="@SUM(A1)"), "spreadsheet formula"),
    "duplicate keys": ("events.csv", GOOD + GOOD.splitlines()[1] + "\n", "stands twice"),
    "reported in 2099": (
        "events.csv",
        with_cell(reported_on="2099-01-01"),
        "after the record's end",
    ),
    "promised for 2099": (
        "events.csv",
        with_cell(date="2099", status="planned", rate_status="planned"),
        "after 2060",
    ),
    "not a number": ("events.csv", with_cell(rate="NaN"), "not a finite number"),
    "infinite": ("events.csv", with_cell(rate="inf"), "not a finite number"),
    "overflows": ("events.csv", with_cell(rate="1e999"), "not a finite number"),
    "negative rate": ("events.csv", with_cell(rate="-5"), "cannot be negative"),
    "missing column": (
        "events.csv",
        GOOD.replace("status,rate,", "stand,rate,"),
        "column is missing",
    ),
    "unknown column": ("events.csv", GOOD.replace("basis", "remark"), "not known"),
    "ragged row": ("events.csv", GOOD + "a,b\n", "has 2 cells"),
    "unknown line": ("events.csv", with_cell(line_id="nowhere--round"), "is not in lines"),
    "wrong word": ("events.csv", with_cell(event="exploded"), "not one of"),
    "wrong unit": ("events.csv", with_cell(unit="t/yr"), "does not fit"),
    "no date": ("events.csv", with_cell(date="31.12.2025"), "not a date"),
    "done before it was": ("events.csv", with_cell(date="2026-12"), "after it was reported"),
    "semicolons": ("events.csv", GOOD.replace(",", ";"), "semicolons"),
    "header twice": ("events.csv", GOOD.replace("basis", "date"), "names a column twice"),
    "no table of ours": ("data.csv", "name,age\nA,1\n", "fit no table"),
    "empty": ("events.csv", "", "is empty"),
    "header alone": ("events.csv", EVENTS, "no rows"),
    "null characters": ("events.csv", GOOD.replace("Seen", "Se\x00en"), "null characters"),
    "sign of control": ("events.csv", GOOD.replace("Seen", "Se\x01en"), "sign of control"),
    "endless cell": ("events.csv", with_cell(basis="a" * 5000), "characters long"),
    "too many rows": (
        "events.csv",
        GOOD + "a,b,c,d,e,f,g,h,i,j\n" * 6000,
        "more rows than the 5,000",
    ),
    "open quote": ("events.csv", GOOD + '"never closed', "readable CSV"),
    "zip bomb": ("package.zip", bomb(), "unpacks to more than"),
    "path traversal": ("package.zip", zipped(**{"..__..__events.csv": GOOD}), "climbs out"),
    "absolute path": ("package.zip", zipped(**{"__etc__events.csv": GOOD}), "climbs out"),
    "foreign zip": ("package.zip", zipped(**{"notes.txt": "hello"}), "none of the record's tables"),
    "too many files": ("package.zip", zipped(**{f"f{i}.csv": "a" for i in range(60)}), "60 files"),
    "table twice": (
        "package.zip",
        zipped(**{"a__events.csv": GOOD, "b__events.csv": GOOD}),
        "twice",
    ),
    "truncated zip": ("package.zip", truncated(), "zip"),
    "damaged zip": ("package.zip", broken_member(), "damaged zip archive"),
    "picture": ("map.png", b"\x89PNG\r\n\x1a\n" + zlib.compress(b"x"), "a picture"),
    "page": ("events.csv", "<html></html>", "HTML"),
    "town too exact": (
        "sites.csv",
        "site_id,name,operator,country,town,lat,lon\nmine,Mine,Me,DE,Celle,52.62345,10.08\n",
        "finer than two decimals",
    ),
    "swapped place": (
        "sites.csv",
        "site_id,name,operator,country,town,lat,lon\nmine,Mine,Me,DE,Celle,10.08,52.62\n",
        "look swapped",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_upload_gives_a_clear_message(case: str, records: Records) -> None:
    name, content, said = BROKEN[case]
    before = records.version
    body = content if isinstance(content, bytes) else content.encode()
    with pytest.raises(RecordsError) as caught:
        read_upload(records, [(name, body)], probe=try_model)
    message = str(caught.value)
    assert said in message
    assert "Traceback" not in message
    assert len(message) < 3000
    assert records.version == before


def test_no_upload_at_all_is_told(records: Records) -> None:
    with pytest.raises(RecordsError, match="no file was sent"):
        read_upload(records, [], probe=try_model)


def test_a_fault_names_the_line_of_the_upload(records: Records) -> None:
    body = GOOD + GOOD.splitlines()[1].replace("my-1", "my-2").replace("250000", "many") + "\n"
    with pytest.raises(RecordsError) as caught:
        read_upload(records, [("mine.csv", body.encode())], probe=try_model)
    fault = caught.value.faults[0]
    assert (fault.file, fault.row, fault.column) == ("mine.csv", 3, "rate")


def test_an_event_of_ones_own_moves_map_and_model(records: Records) -> None:
    own_records = read_upload(records, [("whatever.csv", GOOD.encode())], probe=try_model)
    assert own_records.own == {"my-1"}
    assert own_records.end == records.end
    assert own_records.version.startswith("own-")
    assert own_records.events.set_index("event_id").loc["my-1", "basis"] == "Your data: Seen by me"
    row = list_statuses(own_records).set_index("line_id").loc[LINE]
    assert row["last_rate"] == 250_000
    before = {r.line_id: r for r in list_ramps(records)}[LINE]
    after = {r.line_id: r for r in list_ramps(own_records)}[LINE]
    assert before.done != after.done
    assert count_own_rows(own_records, records) == {"events": (1, 0)}


def test_a_row_of_the_record_may_be_changed_in_place(records: Records) -> None:
    event = next(e for e in records.events_of[LINE] if e.rate is not None)
    row = {c: getattr(event, c) for c in records.events.columns if hasattr(event, c)}
    text = {c: "" if row[c] is None else str(row[c]) for c in SCHEMAS["events"]}
    text["rate"] = "12345"
    frame = pd.DataFrame([text], index=[2])
    own_records = merge_upload(records, {"events": frame}, probe=try_model)
    assert list(own_records.events["event_id"]) == list(records.events["event_id"])
    changed = own_records.events.set_index("event_id").loc[event.event_id]
    assert changed["rate"] == 12345
    assert changed["basis"].startswith("Your data: ")
    assert own_records.own == {event.event_id}


def test_the_package_comes_back_as_it_left(records: Records) -> None:
    own_records = read_upload(
        records, [("ramp155.zip", build_package(Model(records)))], probe=try_model
    )
    assert own_records.own == frozenset()
    for name in SCHEMAS:
        ours, theirs = select_table(records, name), select_table(own_records, name)
        if name == "sources":
            theirs = theirs[theirs["source_id"] != OWN_SOURCE_ID]
        pd.testing.assert_frame_equal(ours, theirs, check_dtype=False)


def test_uploads_stand_together(records: Records) -> None:
    files = {
        "s.csv": "site_id,name,operator,country,town,lat,lon\nmine,Mine,Me,DE,Celle,52.62,10.08\n",
        "l.csv": "line_id,site_id,product,origin,title,for_155\nmine--round,mine,round,new,A plant,yes\n",
        "e.csv": GOOD.replace(LINE, "mine--round"),
    }
    own_records = read_upload(
        records, [(name, body.encode()) for name, body in files.items()], probe=try_model
    )
    assert own_records.own == {"mine", "mine--round", "my-1"}
    assert own_records.full_lines.loc["mine--round", "title"] == "Your data: A plant"
    assert "mine" in set(own_records.sites["site_id"])


# --- what a second reader found --------------------------------------------------------------------


def test_what_was_brought_first_stays_marked(records: Records) -> None:
    first = read_upload(records, [("a.csv", GOOD.encode())], probe=try_model)
    second = GOOD.replace("my-1", "my-2").replace("2026-04", "2026-03")
    both = read_upload(records, [("b.csv", second.encode())], onto=first, probe=try_model)
    assert both.own == {"my-1", "my-2"}
    basis = both.events.set_index("event_id")["basis"]
    assert basis["my-1"] == basis["my-2"] == "Your data: Seen by me"
    assert count_own_rows(both, records) == {"events": (2, 0)}


def test_a_row_put_back_is_ones_own_no_more(records: Records) -> None:
    columns = list(SCHEMAS["events"])
    row = pd.DataFrame([[str(v) for v in [""] * len(columns)]], columns=columns, index=[2])
    event = records.events_of[LINE][0]
    for column in columns:
        value = getattr(event, column)
        number = isinstance(value, float)
        row[column] = "" if value is None else f"{value:.15g}" if number else str(value)
    changed = row.assign(date="2029")
    own_records = merge_upload(records, {"events": changed}, probe=try_model)
    assert own_records.own == {event.event_id}
    assert (
        merge_upload(records, {"events": row}, onto=own_records, probe=try_model).own == frozenset()
    )


def test_a_changed_source_is_marked(records: Records) -> None:
    name = records.events["source_id"].iloc[0]
    body = f"source_id,publisher,title,url,class\n{name},Me,Mine,https://example.org/x,official\n"
    own_records = read_upload(records, [("sources.csv", body.encode())], probe=try_model)
    assert own_records.source_of[name]["publisher"] == "Your data: Me"
    assert own_records.own == {name}


@pytest.mark.parametrize(
    ("table", "find", "put", "said"),
    [
        ("assumptions", "utilisation,model,", "utilization,model,", "asks for it by name"),
        ("calibration", ",2024,", ",2099,", "not a year of the model"),
        ("calibration", ",2024,", ",2024-07,", "not a year of the model"),
        (
            "assumptions",
            ",3,4,8,degrees,",
            ",1e-9,2e-9,3e-9,degrees,",
            "does not run on it",
        ),
        ("stages", ",knots,", ",nuts,", "not one of knots"),
        ("sources", ",press,", ",rumour,", "not one of official"),
    ],
)
def test_a_package_the_model_cannot_run_on_is_told(
    records: Records, table: str, find: str, put: str, said: str
) -> None:
    text = write_table_csv(select_table(records, table)).decode()
    assert find in text
    package = zipped(**{f"{table}.csv": text.replace(find, put, 1)})
    with pytest.raises(RecordsError, match=said):
        read_upload(records, [("package.zip", package)], probe=try_model)


def test_changed_assumptions_are_counted_and_marked(records: Records) -> None:
    text = write_table_csv(select_table(records, "assumptions")).decode()
    row = next(line for line in text.splitlines() if line.startswith("utilisation,"))
    changed = text.replace(row, row.replace("0.92", "0.9"))
    assert changed != text
    own_records = read_upload(
        records, [("p.zip", zipped(**{"assumptions.csv": changed}))], probe=try_model
    )
    assert count_own_rows(own_records, records) == {"assumptions": (1, 0)}
    label = own_records.assumptions.set_index("assumption_id").loc["utilisation", "label"]
    assert label.startswith("Your data: ")


def test_a_table_without_rows_is_told(records: Records) -> None:
    header = ",".join(SCHEMAS["events"]) + "\n"
    with pytest.raises(RecordsError, match="has no rows"):
        read_upload(records, [("p.zip", zipped(**{"events.csv": header}))], probe=try_model)


@pytest.mark.parametrize("rate", ["２５００００", "1e300", "250000\n", " 250000"])
def test_a_number_is_a_plain_one(records: Records, rate: str) -> None:
    with pytest.raises(RecordsError):
        read_upload(records, [("e.csv", with_cell(rate=rate).encode())], probe=try_model)


def test_a_small_archive_of_many_rows_is_refused_quickly(records: Records) -> None:
    body = EVENTS.encode() + b"a\n" * 9_000_000
    with pytest.raises(RecordsError, match="more rows than"):
        read_upload(records, [("p.zip", zipped(**{"events.csv": body}))], probe=try_model)


def test_mangled_archives_never_raise_anything_else(records: Records) -> None:
    """A hundred and fifty archives with bytes turned over: each is told or taken, none crashes."""
    import random

    dice = random.Random(155)
    whole = zipped(**{"events.csv": GOOD, "a__lines.csv": "line_id\nx\n"})
    for _ in range(150):
        bad = bytearray(whole)
        for _ in range(dice.randint(1, 6)):
            bad[dice.randrange(len(bad))] = dice.randrange(256)
        with contextlib.suppress(RecordsError):
            read_upload(records, [("p.zip", bytes(bad))], probe=try_model)


def test_two_files_of_one_name_are_told(records: Records) -> None:
    with pytest.raises(RecordsError, match="a second table of events"):
        read_upload(records, [("e.csv", GOOD.encode()), ("e.csv", GOOD.encode())], probe=try_model)


def test_a_large_upload_is_checked_once(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = []

    def find_faults(tables: dict[str, TextTable]) -> list[Fault]:
        checked.append(len(tables["events"]))
        return rules.find_faults(tables)

    monkeypatch.setattr("ramp155.record.upload.merge.find_faults", find_faults)
    rows = [with_cell(event_id=f"my-{n}").splitlines()[1] for n in range(4_999)]
    body = EVENTS + "\n".join([*rows, with_cell(event_id="last", rate="many").splitlines()[1]])
    with pytest.raises(RecordsError, match=r"e\.csv:5001:rate: 'many' not a finite number"):
        read_upload(records, [("e.csv", body.encode())], probe=try_model)
    assert checked == [len(records.events) + 5_000]
