"""The record changes on disk while it is served: that is noticed and said, and nobody loses a view."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from ramp155.base.watched_files import WatchedFiles
from ramp155.record.faults import RecordsError
from ramp155.record.read import DATA
from ramp155.record.schema import SCHEMAS
from tests.app.test_pages import open_page, texts
from ui.link.session import load_shared_records, open_shared_record
from ui.serve.changed import CHANGED_HEADER
from ui.start import Start

TELLS = "files have changed since this server read them: "
DAMAGES = {
    "missing": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:-40]),
    "with a NUL": lambda path: path.write_bytes(path.read_bytes() + b"\0\n"),
    "in another encoding": lambda path: path.write_bytes(path.read_text("utf-8").encode("utf-16")),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a record that is served from a copy."""
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    monkeypatch.setattr("ramp155.record.read.DATA", folder)
    open_shared_record.clear()
    yield folder
    open_shared_record.clear()


def break_lines(folder: Path) -> None:
    path = folder / "lines.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",expansion,", ",expanse,", 1), encoding="utf-8")


def mend_lines(folder: Path) -> None:
    shutil.copy(DATA / "lines.csv", folder / "lines.csv")


def test_a_changed_table_is_told_in_a_line_and_the_view_stays(served: Path) -> None:
    app = open_page("evidence", evidence_view="sources", find="nitro")
    before = texts(app)
    assert TELLS not in before
    DAMAGES["truncated"](served / "claims.csv")
    break_lines(served)
    app.run()
    assert not app.exception
    version = load_shared_records().version
    assert f"{TELLS}lines.csv and claims.csv" in app.info[0].value
    assert f"still record {version}" in app.info[0].value
    assert dict(app.query_params)["find"] == "nitro"
    app.button(key="change_told").click().run()
    assert TELLS not in texts(app)
    assert texts(app) == before
    (served / "sites.csv").unlink()  # more has changed: told anew
    app.run()
    assert "sites.csv" in app.info[0].value


@pytest.mark.nightly
def test_an_audience_is_not_told(served: Path) -> None:
    app = open_page("learn", present="1")
    break_lines(served)
    app.run()
    assert not app.exception
    assert TELLS not in texts(app)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_every_table_is_watched(tmp_path: Path, damage: object) -> None:
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    names = [f"{name}.csv" for name in SCHEMAS]
    files = WatchedFiles(folder, names)
    for place, name in enumerate(names):
        assert files.list_changed() == names[:place]
        damage(folder / name)  # type: ignore[operator]
    assert files.list_changed() == names


def test_a_file_that_was_only_touched_or_put_back_has_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a\n")
    files = WatchedFiles(tmp_path, ["a.csv", "b.csv"])
    os.utime(path, (1, 1))
    assert files.list_changed() == []
    path.write_text("b\n")
    assert files.list_changed() == ["a.csv"]
    assert files.list_changed() == ["a.csv"]
    path.write_text("a\n")
    (tmp_path / "b.csv").write_text("there\n")
    assert files.list_changed() == ["b.csv"]


def test_programs_are_told_too(served: Path) -> None:
    client = TestClient(Starlette(routes=Start().list_routes()))
    for address in ("/api/v1/targets", "/data/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert CHANGED_HEADER not in answer.headers
    before = client.get("/api/v1/targets")
    break_lines(served)
    for address in ("/api/v1/targets", "/data/", "/api/v1/nothing"):
        assert client.get(address).headers[CHANGED_HEADER] == "lines.csv"
    after = client.get("/api/v1/targets")
    assert (after.content, after.headers["etag"]) == (before.content, before.headers["etag"])
    assert CHANGED_HEADER in after.headers["access-control-expose-headers"]


def test_a_broken_record_is_read_again_only_when_it_has_changed(
    served: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_lines(served)
    with pytest.raises(RecordsError, match=r"lines\.csv"):
        load_shared_records()
    with monkeypatch.context() as patch:
        patch.setattr("ui.link.session.load", lambda _: pytest.fail("it was read again"))
        with pytest.raises(RecordsError, match=r"lines\.csv"):
            load_shared_records()
    mend_lines(served)
    assert load_shared_records().version


def test_readiness_follows_a_record_that_was_broken_and_mended(served: Path) -> None:
    break_lines(served)
    start = Start()
    with TestClient(Starlette(routes=start.list_routes(), lifespan=start.warm_up_beside)) as client:
        wait_for(client, "the record breaks its own rules")
        mend_lines(served)
        assert client.get("/ready").status_code == 503
        wait_for(client, "ready")
        break_lines(served)
        answer = client.get("/ready")
        assert (answer.status_code, answer.text) == (200, "ready, but changed on disk: lines.csv")


def wait_for(client: TestClient, words: str) -> None:
    for _ in range(600):
        if client.get("/ready").text == words:
            return
        time.sleep(0.05)
    raise AssertionError(client.get("/ready").text)
