"""Files are written whole or not at all, and the library starts where nothing can be written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import ramp155
from ramp155.base.compiled import CACHE_VARIABLE, prepare_cache_folder
from ramp155.base.whole_file import write_whole_file
from ramp155.cli.commands import run_command_line
from ramp155.record.records import Records

PACKAGE = Path(ramp155.__file__).parent


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full once something was written."""

    def fails(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    for content in (b"first", b"second"):
        write_whole_file(path, content)
        assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.touch()
    link.symlink_to(real)
    write_whole_file(link, b"content")
    assert link.is_symlink()
    assert real.read_bytes() == b"content"


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_leaves_what_was_there_and_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"before")
    with pytest.raises(OSError, match=r"No space left on device: '.*a\.zip'"):
        write_whole_file(path, b"x" * 100_000)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.usefixtures("full_disk")
def test_an_export_to_a_full_disk_leaves_no_cut_package(
    records: Records,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ramp155.files.package.archive.build_package", lambda _: b"x" * 100_000)
    monkeypatch.setattr("ramp155.files.package.archive.write_workbook", lambda _: b"")
    assert run_command_line(["export", "--out", str(tmp_path)]) == 2
    assert f"ramp155-{records.version}.zip" in capsys.readouterr().err
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert run_command_line(["geojson", "--out", str(tmp_path / "sites.geojson")]) == 2
    assert "sites.geojson" in capsys.readouterr().err
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


# --- where numba keeps what it compiles -----------------------------------------------------------


def test_a_place_is_found_only_where_there_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wall = tmp_path / "wall"
    wall.touch()  # below a file there is no folder, not even for root
    monkeypatch.delenv(CACHE_VARIABLE, raising=False)
    monkeypatch.setattr(
        "ramp155.base.compiled._list_usual_folders", lambda: [wall / "a", tmp_path / "b"]
    )
    prepare_cache_folder()
    assert CACHE_VARIABLE not in os.environ
    monkeypatch.setattr(
        "ramp155.base.compiled._list_usual_folders", lambda: [wall / "a", wall / "b"]
    )
    monkeypatch.setenv(CACHE_VARIABLE, "asked for")
    prepare_cache_folder()
    assert os.environ[CACHE_VARIABLE] == "asked for"
    monkeypatch.setattr("numba.config.CACHE_DIR", "")
    monkeypatch.delenv(CACHE_VARIABLE)
    prepare_cache_folder()
    given = os.environ[CACHE_VARIABLE]
    assert Path(given).is_dir()
    assert given == sys.modules["numba"].config.CACHE_DIR


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the library with nothing compiled in it."""
    copy = tmp_path / "copy"
    ignored = shutil.ignore_patterns("__pycache__", "fonts")
    shutil.copytree(PACKAGE, copy / "ramp155", ignore=ignored)
    return copy


_IMPORT = "import os, ramp155.model.chain.kernel; print(os.environ['NUMBA_CACHE_DIR'])"


def _started(checkout: Path, command: list[str]) -> None:
    """Run a command that imports the library and prints the folder it was given, with no home to write to."""
    given = {k: v for k, v in os.environ.items() if k not in (CACHE_VARIABLE, "XDG_CACHE_HOME")}
    done = subprocess.run(
        command,
        cwd=checkout,
        env={**given, "HOME": os.devnull},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "ramp155-numba-" in done.stdout
    assert not Path(done.stdout.strip()).exists()  # it is cleared away


def test_it_starts_where_nothing_can_be_compiled_into(checkout: Path) -> None:
    (
        checkout / "ramp155" / "model" / "chain" / "__pycache__"
    ).touch()  # a file where numba wants a folder
    _started(checkout, [sys.executable, "-c", _IMPORT])


def _can_mount() -> bool:
    probe = ["unshare", "--mount", "true"]
    return (
        bool(shutil.which("unshare"))
        and not subprocess.run(probe, capture_output=True, check=False).returncode
    )


@pytest.mark.skipif(not _can_mount(), reason="mounts of one's own are not permitted here")
def test_it_starts_from_a_read_only_checkout_without_a_home(checkout: Path) -> None:
    script = (
        'mount --bind . . && mount -o remount,bind,ro . && cd "$PWD" && '
        '! touch ramp155/x 2>/dev/null && exec "$0" -c "$1"'
    )
    _started(checkout, ["unshare", "--mount", "sh", "-c", script, sys.executable, _IMPORT])
