"""The rooms: docs/architecture.md says what is there, and an import that goes upwards is found."""

from __future__ import annotations

import ast
import configparser
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from statistics import median

import pytest

from bench import architecture
from bench.architecture import PAGE, ROOT, STOREYS, fill_page
from bench.style.caches import list_caches
from bench.style.measure import list_files

FILES = list_files()
LINTER = Path(sys.executable).parent / "lint-imports"


def list_imports(path: Path) -> set[str]:
    """Every module that a file names in an import, wherever in the file."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


# The page


def test_the_page_names_every_folder_and_every_arrow() -> None:
    """Numbers may lag behind by a few, so that not every import asks for a new page."""
    page = PAGE.read_text(encoding="utf-8")
    drawn = fill_page(page)
    advice = "write it anew: python -m bench.architecture"
    assert re.sub(r"\d+", "", page) == re.sub(r"\d+", "", drawn), advice
    for written, counted in zip(re.findall(r"\d+", page), re.findall(r"\d+", drawn), strict=True):
        assert abs(int(written) - int(counted)) <= max(5, int(counted) / 3), advice


def test_a_new_folder_makes_the_page_stale(tmp_path: Path) -> None:
    for package in ("ramp155", "ui", "pages"):
        shutil.copytree(ROOT / package, tmp_path / package)
    (tmp_path / "ramp155" / "attic").mkdir()
    (tmp_path / "ramp155" / "attic" / "__init__.py").write_text('"""What is left."""\n')
    assert "- `attic/` What is left." in architecture.draw_tree(tmp_path)
    assert "attic" not in PAGE.read_text(encoding="utf-8")


def test_storeys_are_those_of_the_linter() -> None:
    linter = configparser.ConfigParser()
    linter.read(ROOT / ".importlinter")
    storeys = [
        tuple(f"{container}.{name}" for name in re.findall(r"\w+", layer))
        for contract in ("app", "rooms")
        for container in linter[f"importlinter:contract:{contract}"]["containers"].split()
        for layer in linter[f"importlinter:contract:{contract}"]["layers"].strip().splitlines()
    ]
    assert [set(storey) for storey in storeys] == [set(storey) for storey in STOREYS[1:]]


MARKDOWN = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


@pytest.mark.parametrize("page", MARKDOWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_that_a_page_names_are_there(page: Path) -> None:
    """Links between pages, and paths in backticks but for the change log's, which tells of what was."""
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text)
    named = re.findall(r"`((?:ramp155|ui|pages|tests|bench|data|docs)/[\w/.-]+)`", text)
    paths = {(page.parent / link).resolve() for link in links}
    if page.name != "CHANGELOG.md":
        paths |= {ROOT / name for name in named if "NAME" not in name}
    missing = {path for path in paths if not path.exists()}
    assert missing == set()


@pytest.mark.parametrize("page", ["README.md", "docs/commands.md"])
def test_the_notebook_of_a_page_runs(page: str) -> None:
    """What a page promises works as it is written there."""
    blocks = re.findall(
        r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL
    )
    assert blocks
    for block in blocks:
        names: dict[str, object] = {}
        exec(block.replace("draws=1000", "draws=50"), names)
        assert len(names["outlook"].path) == 108  # type: ignore[attr-defined]  # months


# Which way imports go


def run_linter(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [LINTER, "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copied_rooms(tmp_path: Path) -> Path:
    for package in ("ramp155", "ui", "pages"):
        code_only = shutil.ignore_patterns("assets", "__pycache__", "*.css")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=code_only)
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


PLANTED = {
    "upward import": ("ramp155/base/places.py", "import ramp155.record.dates\n"),
    "upward import inside a function": (
        "ramp155/history/events.py",
        "def look_up():\n    from ramp155.answers.goal.goal import seek_goal\n    return seek_goal\n",
    ),
    "folder in no storey": ("ramp155/attic/__init__.py", '"""What is left."""\n'),
    "folder in no storey of the app": ("ui/attic/__init__.py", '"""What is left."""\n'),
    "page folder that knows another": ("ui/map/selection.py", "import ui.gap.money\n"),
    "library that knows Streamlit": ("ramp155/text/numbers.py", "import streamlit\n"),
}


def test_the_linter_passes_a_copy(copied_rooms: Path) -> None:
    report = run_linter(copied_rooms)
    assert report.returncode == 0, report.stdout


@pytest.mark.parametrize("name", PLANTED)
def test_the_linter_finds_what_is_planted(name: str, copied_rooms: Path) -> None:
    file, code = PLANTED[name]
    path = copied_rooms / file
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as planted:
        planted.write(code)
    assert run_linter(copied_rooms).returncode == 1


def test_the_library_knows_no_streamlit() -> None:
    for path in (ROOT / "ramp155").rglob("*.py"):
        assert not {name for name in list_imports(path) if name.split(".")[0] == "streamlit"}, path


# Size


def test_files_are_short_and_folders_small() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {path: length for path, length in lengths.items() if length > 400} == {}
    assert median(lengths.values()) <= 150
    sizes = Counter(path.parent for path in FILES if path.name != "__init__.py")
    assert {folder: size for folder, size in sizes.items() if size > 10} == {}


# Memory


def test_answers_are_kept_in_one_place() -> None:
    """`functools.cached_property` keeps with its object and goes with it; the others outlive a session."""
    for path in FILES:
        names = list_imports(path)
        assert not names & {"functools.lru_cache", "functools.cache"}, path
        assert not re.search(r"functools\.(lru_)?cache\b", path.read_text(encoding="utf-8")), path
        if path != ROOT / "ramp155" / "base" / "memory.py":
            assert "cachetools" not in {name.split(".")[0] for name in names}, path


def test_two_things_live_as_long_as_the_process() -> None:
    """Drawings and fonts in a memory with a bound, and Streamlit's one copy of the published record."""
    caches = {str(path.relative_to(ROOT)): list_caches(path.read_text("utf-8")) for path in FILES}
    assert {path: len(names) for path, names in caches.items() if names} == {
        "ramp155/base/memory.py": 1,
        "ui/link/session.py": 1,
    }
