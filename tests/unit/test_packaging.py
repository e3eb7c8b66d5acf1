"""What is installed: pins agree with the lock, the wheel carries the record, folders are found."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import ramp155
from ramp155.base.places import find_folder
from ramp155.record.records import Records
from ramp155.record.schema import SCHEMAS

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pins(name: str) -> dict[str, str]:
    """The exact pins of a file of requirements, by the package's normal name."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pairs = [
        line.partition(" ")[0].split("==")
        for line in lines
        if line and line[0] not in ("#", "-", " ")
    ]
    return {canonicalize_name(package): version for package, version in pairs}


def list_locked(name: str) -> dict[str, str]:
    """Each package of a lock with all that is said of it: version, marker, hashes."""
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.findall(r"^(\w[\w.-]*)(==.*(?:\n    .*)*)", text, re.MULTILINE)
    return {canonicalize_name(package): said for package, said in entries}


LOCKS = {"requirements.txt": "requirements.lock", "requirements-dev.txt": "requirements-dev.lock"}


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_holds_every_direct_pin(name: str) -> None:
    locked = pins(LOCKS[name])
    wrong = {
        package: version
        for package, version in pins(name).items()
        if locked.get(package) != version
    }
    assert not wrong, "run: make lock"


@pytest.mark.parametrize("lock", LOCKS.values())
def test_what_is_locked_is_exact_and_has_its_hashes(lock: str) -> None:
    entries = list_locked(lock)
    assert len(entries) >= len(pins(lock)) > 40
    for package, said in entries.items():
        head, *hashes = said.split(" \\\n    ")
        assert re.fullmatch(r"==[\w.+!-]+( ; .+)?", head), (package, head)
        assert hashes, package
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", one) for one in hashes), package


def test_what_runs_is_what_is_tested() -> None:
    tested = list_locked("requirements-dev.lock")
    for package, said in list_locked("requirements.lock").items():
        version, hashes = said.split()[0], set(re.findall(r"sha256:\w+", said))
        assert tested[package].split()[0] == version
        assert set(re.findall(r"sha256:\w+", tested[package])) == hashes


@pytest.mark.parametrize("lock", LOCKS.values())
def test_the_lock_holds_all_that_its_packages_ask_for(lock: str) -> None:
    """As far as these are installed here, by what each says of itself."""
    locked = pins(lock)
    missing = []
    for package in locked:
        try:
            asked = metadata.requires(package) or []
        except metadata.PackageNotFoundError:
            continue  # of another system
        for requirement in map(Requirement, asked):
            if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
                continue
            version = locked.get(canonicalize_name(requirement.name))
            if version is None or not requirement.specifier.contains(version, prereleases=True):
                missing.append(f"{package} asks for {requirement}")
    assert not missing, "run: make lock"


def test_the_build_uses_the_pins_of_development() -> None:
    development = pins("requirements-dev.txt")
    for requirement in PROJECT["build-system"]["requires"]:
        package, version = requirement.split("==")
        assert development[package] == version


def test_pins_stand_in_requirements_alone() -> None:
    assert "dependencies" in PROJECT["project"]["dynamic"]
    hook = PROJECT["tool"]["hatch"]["metadata"]["hooks"]["requirements_txt"]
    assert hook["files"] == ["requirements.txt"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built with what is installed: nothing is downloaded."""
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_holds_every_module_table_and_asset_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    in_checkout = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "ramp155").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    record_files = {
        f"ramp155/_data/{path.relative_to(ROOT / 'data').as_posix()}"
        for path in (ROOT / "data").rglob("*")
        if path.is_file()
    }
    assert packed == in_checkout | record_files | {"ramp155/_static/land.geojson"}
    assert {f"ramp155/_data/{name}.csv" for name in SCHEMAS} <= packed


def test_the_wheel_installs_the_pins_and_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        info = {
            Path(name).name: archive.read(name).decode()
            for name in archive.namelist()
            if ".dist-info/" in name
        }
    required = re.findall(r"^Requires-Dist: (\S+?)==(\S+)$", info["METADATA"], re.MULTILINE)
    assert {canonicalize_name(name): version for name, version in required} == pins(
        "requirements.txt"
    )
    assert "ramp155 = ramp155.cli.commands:run_command_line" in info["entry_points.txt"]
    assert f"\nVersion: {ramp155.__version__}\n" in info["METADATA"]


def list_notebook_examples() -> list[str]:
    """The code of the package's own docstring and of docs/commands.md."""
    docstring = re.findall(r"^    (\S.*)$", ramp155.__doc__ or "", re.MULTILINE)
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    return ["\n".join(docstring), *re.findall(r"```python\n(.*?)```", page, re.DOTALL)]


@pytest.mark.parametrize("example", list_notebook_examples())
def test_the_examples_for_a_notebook_run(
    example: str, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ramp155, "load", lambda: records, raising=False)
    names: dict[str, object] = {}
    exec(example.replace("draws=1000", "draws=50"), names)
    assert len(names["outlook"].path) == 108


@pytest.mark.nightly
def test_an_installed_wheel_works_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    """In an environment of its own, which borrows the dependencies of this one and nothing else."""
    folder = tmp_path / "venv"
    venv.create(folder, with_pip=False)
    (packages,) = folder.glob("lib/python*/site-packages")
    borrowed = [path for path in sys.path if path.endswith("site-packages")]
    (packages / "borrowed.pth").write_text("\n".join(borrowed))
    program, python = folder / "bin" / "ramp155", folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python)]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", str(wheel)], check=True)
    bare = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}

    def call(*command: str | Path) -> str:
        ended = subprocess.run(
            command,
            cwd=tmp_path,
            env=bare,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    assert str(folder) in call(python, "-c", "import ramp155; print(ramp155.__file__)")
    assert call(program, "check").startswith("OK ")
    assert len(json.loads(call(program, "run", "--format", "json"))["path"]) == 108
    written = call(program, "export", "--out", "out").splitlines()
    assert all((tmp_path / name).stat().st_size for name in written)
    assert {Path(name).suffix for name in written} == {".zip", ".csv", ".xlsx", ".geojson"}
    call(python, "-c", list_notebook_examples()[0])


def test_the_citation_names_the_packaged_version() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f'\nversion: "{ramp155.__version__}"\n' in citation


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 120


def test_a_checkout_has_its_folders_beside_the_package() -> None:
    assert find_folder("data") == ROOT / "data"
    assert (find_folder("static") / "land.geojson").is_file()


def test_an_installed_copy_reads_its_own_and_no_stray_folder(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "ramp155"
    (package / "_data").mkdir(parents=True)
    (package.parent / "data").mkdir()  # of some other package
    assert find_folder("data", package) == package / "_data"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="static"):
        find_folder("static", tmp_path / "ramp155")


def test_every_target_says_what_it_does_and_hooks_call_targets() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony
    described = set(re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE))
    assert described == set(phony[1].split())
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert (
        set(re.findall(r"entry: make (\S+)", hooks))
        == {"check", "lint", "types", "imports"}
        <= described
    )
