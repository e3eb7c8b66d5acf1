"""What is installed: pins agree with the lock, the wheel carries the record, folders are found."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from ramp155.base.places import find_folder

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pins(name: str) -> dict[str, str]:
    """The exact pins of a file of requirements, by the package's normal name."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith(("#", "-"))]
    return {re.sub(r"[-_.]+", "-", package).lower(): version for package, version in pairs}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_the_lock_holds_every_direct_pin(name: str) -> None:
    locked = pins("requirements.lock")
    wrong = {
        package: version
        for package, version in pins(name).items()
        if locked.get(package) != version
    }
    assert not wrong, "run: make lock"


def test_the_build_uses_the_pins_of_development() -> None:
    development = pins("requirements-dev.txt")
    for requirement in PROJECT["build-system"]["requires"]:
        package, version = requirement.split("==")
        assert development[package] == version


def test_pins_stand_in_requirements_alone() -> None:
    assert "dependencies" in PROJECT["project"]["dynamic"]
    hook = PROJECT["tool"]["hatch"]["metadata"]["hooks"]["requirements_txt"]
    assert hook["files"] == ["requirements.txt"]


def test_the_wheel_carries_the_record_and_the_borders() -> None:
    carried = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert carried["data"] == "ramp155/_data"
    assert all((ROOT / source).exists() for source in carried)


def test_the_citation_names_the_packaged_version() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f'\nversion: "{PROJECT["project"]["version"]}"\n' in citation


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
