"""Rules that no tool holds: light imports, thin pages, no clock, one palette, no motion."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIBRARY = sorted((ROOT / "ramp155").rglob("*.py"))
PAGES = sorted((ROOT / "pages").glob("*.py"))
UI = sorted((ROOT / "ui").rglob("*.py"))
# The palette itself, and the map, whose layers are drawn by deck.gl in colours of their own.
OWN_COLOURS = {"palette.py"}


def test_importing_the_library_is_light() -> None:
    """Streamlit is for pages, and scipy.stats would double a cold start."""
    code = (
        "import sys, ramp155, ramp155.files.brief, ramp155.files.slides.pptx_deck\n"
        "import ramp155.text.statements.verdicts\n"
        "ramp155.load()\n"
        "print(*{'streamlit', 'scipy.stats'} & set(sys.modules))"
    )
    heavy = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True)
    assert heavy.split() == []


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_pages_are_thin(path: Path) -> None:
    """A page says what stands where; how it is drawn stands in its folder under ui/."""
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60
    assert not [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]


def test_nothing_reads_the_clock() -> None:
    for path in LIBRARY:
        text = path.read_text(encoding="utf-8")
        assert ".today(" not in text, path
        assert ".now(" not in text, path


def test_colours_come_from_the_palette() -> None:
    for path in [*LIBRARY, *UI, *PAGES, ROOT / "app.py"]:
        if path.name in OWN_COLOURS:
            continue
        colours = re.findall(r"#[0-9A-Fa-f]{6}\b", path.read_text(encoding="utf-8"))
        assert colours == [], path


def test_every_direct_dependency_is_pinned_exactly() -> None:
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert len(pins) >= 5
    assert all("==" in line for line in pins)


@pytest.mark.parametrize(
    "setting", ["gatherUsageStats = false", 'address = "127.0.0.1"', "enableStaticServing = false"]
)
def test_the_settings_that_keep_the_app_offline_stand(setting: str) -> None:
    assert setting in (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")


def test_tests_alone_draw_less() -> None:
    """Who runs the app gets a thousand draws unless the environment says otherwise."""
    code = "from ramp155.model.model import DRAWS; print(DRAWS)"
    plain = {name: value for name, value in os.environ.items() if name != "RAMP155_DRAWS"}
    draws = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, env=plain)
    assert int(draws) == 1000


@pytest.mark.parametrize(
    "sheet",
    [
        "ui/app.css",
        "ramp155/assets/live.css",
        "ramp155/assets/present.css",
        "ramp155/assets/guess.css",
    ],
)
def test_nothing_of_ours_moves_by_itself(sheet: str) -> None:
    """So there is no motion that someone who asked for less of it would have to be spared."""
    style = (ROOT / sheet).read_text(encoding="utf-8")
    assert not re.search(r"transition|animation|@keyframes|(?<!over)scroll-behavior", style)
