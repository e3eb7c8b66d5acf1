"""The record at an address that stays: what a version holds, what changed since the one before, and how it is served."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
from pathlib import Path

import pandas as pd
import pytest
from starlette.testclient import TestClient

from ramp155.answers.audit.changes import find_changes
from ramp155.cli.commands import run_command_line
from ramp155.files.package.archive import build_package
from ramp155.files.package.results import RESULTS
from ramp155.files.package.table_files import select_table
from ramp155.files.versions.reading import load_any, load_package
from ramp155.files.versions.shelf import list_versions, publish_version, read_version_file
from ramp155.files.versions.version_files import build_version_files, write_parquet
from ramp155.model.model import Model
from ramp155.record.faults import RecordsError
from ramp155.record.records import Records
from ramp155.record.schema import NUMBERS, SCHEMAS
from ramp155.text.evidence.changes import write_changes
from tests import shared
from ui.serve.data import DataFiles

DRAWS = 50
DROPPED = "policka-stv--round"


def drop_line(records: Records) -> Records:
    """An earlier record: a line with its events had not been reported, and one report read otherwise."""
    events = records.events[records.events["line_id"] != DROPPED].copy()
    events.loc[events["event_id"] == "unterluess-rheinmetall--explosive-01", "rate"] = 1800.0
    lines = records.lines[records.lines["line_id"] != DROPPED]
    earlier = dataclasses.replace(records, lines=lines, events=events)
    return earlier.with_version("2026-05-01-00000000")


@pytest.fixture(scope="module")
def earlier() -> Records:
    return drop_line(shared.record())


@pytest.fixture(scope="module")
def versions(earlier: Records, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two versions, the second that of today."""
    folder = tmp_path_factory.mktemp("versions")
    assert publish_version(Model(earlier, DRAWS), folder)
    assert publish_version(Model(shared.record(), DRAWS), folder)
    return folder


# What a version holds


def test_a_package_read_again_is_the_record(records: Records) -> None:
    again = load_package("package.zip", build_package(Model(records, DRAWS)))
    for name in SCHEMAS:
        table = select_table(again, name)
        pd.testing.assert_frame_equal(table, select_table(records, name), check_dtype=False)
    assert not find_changes(Model(again, DRAWS), Model(records, DRAWS)).tables
    assert again.version == records.version


def test_parquet_holds_what_the_table_does(records: Records) -> None:
    for name in SCHEMAS:
        table = select_table(records, name)
        read = pd.read_parquet(io.BytesIO(write_parquet(table)))
        assert list(read.columns) == list(SCHEMAS[name])
        assert len(read) == len(table)
        for column in NUMBERS[name]:
            pd.testing.assert_series_equal(read[column], table[column], check_dtype=False)


def test_a_version_holds_every_table_with_checksums(versions: Path, records: Records) -> None:
    place = versions / records.version
    index = json.loads((place / "index.json").read_text())
    names = {entry["name"] for entry in index["files"]}
    for table in (*SCHEMAS, *RESULTS):
        assert {f"csv/{table}.csv", f"parquet/{table}.parquet"} <= names
    assert {"sites.geojson", "LICENCE.txt", "dictionary.md", "changes.json", "changes.txt"} < names
    sums = dict(line.split("  ")[::-1] for line in (place / "SHA256SUMS").read_text().splitlines())
    assert set(sums) == names
    for entry in index["files"]:
        content = (place / entry["name"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"] == sums[entry["name"]]
        assert len(content) == entry["bytes"]
    assert "CC BY 4.0" in (place / "LICENCE.txt").read_text()
    page = (place / "index.html").read_text()
    assert all(f'href="{name}"' in page for name in names)
    assert "http" not in page.replace("https://creativecommons", "")


def test_the_same_record_gives_the_same_bytes(records: Records) -> None:
    model = Model(records, DRAWS)
    once = dict(build_version_files(model))
    records.memory.clear()
    assert build_version_files(model) == once


# What changed


def test_changes_are_rows_cells_and_headlines(earlier: Records, records: Records) -> None:
    changes = find_changes(Model(earlier, DRAWS), Model(records, DRAWS))
    tables = {table.table: table for table in changes.tables}
    assert set(tables) == {"lines", "events"}
    assert tables["lines"].added == (DROPPED,)
    line_events = records.events.loc[records.events["line_id"] == DROPPED, "event_id"]
    assert tables["events"].added == tuple(line_events)
    (cell,) = tables["events"].cells
    assert vars(cell) == {
        "row": "unterluess-rheinmetall--explosive-01",
        "column": "rate",
        "before": "1800",
        "after": "1900",
    }
    moves = {move.metric: move for move in changes.headlines}
    assert moves["lines"].after - moves["lines"].before == 1
    assert moves["output-2027"].before > 0
    back = find_changes(Model(records, DRAWS), Model(earlier, DRAWS))
    assert back.tables[0].removed == (DROPPED,)


def test_changes_in_words(earlier: Records, records: Records) -> None:
    lines = write_changes(find_changes(Model(earlier, DRAWS), Model(records, DRAWS)))
    text = "\n".join(lines)
    count = len(records.lines)
    assert f"Lines on record: {count - 1} before, {count} now, lines; up 1 (" in text
    assert "lines: 1 row added" in text
    assert f"  + {DROPPED}" in text
    assert "unterluess-rheinmetall--explosive-01, rate: 1800 -> 1900" in text
    same = write_changes(find_changes(Model(records, DRAWS), Model(records, DRAWS)))
    assert same == [f"Records {records.version} and {records.version} say the same."]


def test_the_commands_publish_and_compare(
    versions: Path, records: Records, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    old = str(versions / "2026-05-01-00000000")
    assert run_command_line(["diff", old, "now", "--format", "json"]) == 0
    changes = json.loads(capsys.readouterr().out)
    assert changes["before"] == "2026-05-01-00000000"
    assert {table["table"] for table in changes["tables"]} == {"lines", "events"}
    lines = next(move for move in changes["headlines"] if move["metric"] == "lines")
    assert lines["change"] == 1
    (package,) = Path(old).glob("*.zip")
    assert run_command_line(["diff", str(package), old]) == 0
    assert "say the same" in capsys.readouterr().out
    for wrong in (str(tmp_path / "nowhere"), str(Path(old) / "index.json")):
        assert run_command_line(["diff", wrong, "now"]) != 0
        printed = capsys.readouterr()
        assert not printed.out
        assert "Traceback" not in printed.err
    assert load_any(old).version == "2026-05-01-00000000"


# The folder that keeps them


def test_what_is_published_stays(versions: Path, records: Records) -> None:
    assert list_versions(versions) == ["2026-05-01-00000000", records.version]
    before = {path: path.stat().st_mtime_ns for path in versions.rglob("*")}
    assert publish_version(Model(records, DRAWS + 1), versions) == []
    assert {path: path.stat().st_mtime_ns for path in versions.rglob("*")} == before
    changes = json.loads((versions / records.version / "changes.json").read_text())
    assert (changes["before"], changes["after"]) == ("2026-05-01-00000000", records.version)
    assert json.loads((versions / "2026-05-01-00000000" / "changes.json").read_text()) is None


def test_a_version_with_other_tables_is_told_not_compared(
    versions: Path, records: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "versions.json").write_text('["2020-01-01-00000000"]')
    (tmp_path / "2020-01-01-00000000").mkdir()
    package = versions / "2026-05-01-00000000" / "ramp155-2026-05-01-00000000.zip"
    old = tmp_path / "2020-01-01-00000000" / "ramp155-2020-01-01-00000000.zip"
    old.write_bytes(package.read_bytes())

    def refuse(*_: object) -> Records:
        raise RecordsError([])

    monkeypatch.setattr("ramp155.files.versions.shelf.load_package", refuse)
    publish_version(Model(records, DRAWS), tmp_path)
    told = (tmp_path / records.version / "changes.txt").read_text()
    assert told.startswith("Record 2020-01-01-00000000 has other tables")


@pytest.mark.parametrize("content", ["{", '{"a": 1}', '["../secret"]', "[7]"])
def test_a_list_that_is_none_is_told(content: str, tmp_path: Path) -> None:
    (tmp_path / "versions.json").write_text(content)
    with pytest.raises(ValueError, match=r"versions\.json"):
        list_versions(tmp_path)


# Over the web


def build_client(folder: Path | None, records: Records) -> TestClient:
    return TestClient(DataFiles(lambda: records, folder).build_app())


def test_latest_and_every_version_are_served(versions: Path, records: Records) -> None:
    client = build_client(versions, records)
    listed = client.get("/").json()
    assert listed == {
        "latest": records.version,
        "versions": ["2026-05-01-00000000", records.version],
    }
    for version in ("latest", *listed["versions"]):
        index = client.get(f"/{version}/index.json").json()
        assert index["version"] == (records.version if version == "latest" else version)
        for entry in index["files"][:: len(index["files"]) // 4]:
            answer = client.get(f"/{version}/{entry['name']}")
            assert hashlib.sha256(answer.content).hexdigest() == entry["sha256"]
            assert answer.headers["access-control-allow-origin"] == "*"
            assert ("immutable" in answer.headers["cache-control"]) == (version != "latest")
        page = client.get(f"/{version}/")
        assert page.headers["content-type"].startswith("text/html")
        assert (
            client.get(f"/{version}", follow_redirects=False)
            .headers["location"]
            .endswith(f"/{version}/")
        )


def test_without_a_folder_today_is_served(records: Records) -> None:
    client = build_client(None, records)
    first = client.get("/latest/csv/lines.csv")
    assert first.headers["content-type"] == "text/csv; charset=utf-8"
    assert len(first.text.splitlines()) > len(records.lines)
    assert client.get(f"/{records.version}/csv/lines.csv").content == first.content
    known = {"If-None-Match": first.headers["etag"]}
    assert client.get("/latest/csv/lines.csv", headers=known).status_code == 304
    assert client.get("/").json()["versions"] == [records.version]
    read = pd.read_parquet(io.BytesIO(client.get("/latest/parquet/lines.parquet").content))
    assert len(read) == len(records.lines)


@pytest.mark.parametrize(
    "address",
    [
        "/latest/nothing.csv",
        "/latest/csv/../../versions.json",
        "/latest/..%2f..%2fversions.json",
        "/latest/%2e%2e/versions.json",
        "/..%2f..%2fetc/passwd",
        "/2026-05-01-00000000/..%2fversions.json",
        "/2026-05-01-00000000//etc/passwd",
        "/2020-01-01-ffffffff/index.json",
        "/versions.json/",
    ],
)
def test_nothing_beside_the_files_is_served(address: str, versions: Path, records: Records) -> None:
    answer = build_client(versions, records).get(address)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_damaged_folder_is_no_failure(versions: Path, records: Records, tmp_path: Path) -> None:
    (tmp_path / "versions.json").write_text("{")
    answer = build_client(tmp_path, records).get("/latest/index.json")
    assert answer.status_code == 503
    (tmp_path / "versions.json").write_text('["2026-05-01-00000000"]')
    answer = build_client(tmp_path, records).get("/2026-05-01-00000000/index.json")
    assert answer.status_code == 503
    assert read_version_file(versions, records.version, "../versions.json") is None
