"""The rows of docs/adding.md, put on a copy of the program: a stage and a lever need no code."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^ *```csv (\S+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
WHAT_IF = """
from streamlit.testing.v1 import AppTest

app = AppTest.from_file("app.py", default_timeout=120)
app.query_params["rings"] = "20"
app.query_params["plain"] = "1"
app.switch_page("pages/what_if.py")
app.run()
assert not app.exception, app.exception
slider = app.slider(key="rings")
assert slider.value == 20, slider.value
assert slider.label == "Driving band capacity"
slider.set_value(40).run()
assert not app.exception, app.exception
assert dict(app.query_params)["rings"] in ("40", ["40"])
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with the rows of docs/adding.md."""
    folder = tmp_path_factory.mktemp("program")
    unwanted = shutil.ignore_patterns("__pycache__")
    for name in ("ramp155", "data", "static", "ui", "pages", ".streamlit"):
        shutil.copytree(ROOT / name, folder / name, ignore=unwanted)
    for name in ("app.py", "settings.toml"):
        shutil.copy(ROOT / name, folder)
    blocks = BLOCK.findall((ROOT / "docs" / "adding.md").read_text(encoding="utf-8"))
    assert len(blocks) == 4
    for file, rows in blocks:
        with (folder / file).open("a", encoding="utf-8") as table:
            table.write("".join(f"{row.strip()}\n" for row in rows.splitlines()))
    return folder


def run_python(program: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=program, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_the_record_is_valid_with_them(program: Path) -> None:
    told = run_python(program, "-m", "ramp155", "check")
    for table in ("stages", "levers"):
        shipped = (ROOT / "data" / f"{table}.csv").read_text(encoding="utf-8")
        rows_before = sum(1 for _ in csv.reader(io.StringIO(shipped))) - 1
        assert f" {rows_before + 1} {table}" in told


@pytest.mark.nightly  # the copy compiles the model anew
def test_the_stage_limits_output_once_its_lever_takes_it_away(program: Path) -> None:
    asked = ["-m", "ramp155", "run", "--format", "json"]
    usual = json.loads(run_python(program, *asked))
    moved = ["--set", "driving_bands=0.2", "--set", "start=2027-01"]
    short = json.loads(run_python(program, *asked, *moved))
    assert usual["scenario"]["driving_bands"] == 1.0
    assert short["scenario"]["driving_bands"] == 0.2
    here = json.loads(run_python_here("run", "--format", "json"))
    assert [m["rounds_per_year"] for m in usual["path"]] == pytest.approx(
        [m["rounds_per_year"] for m in here["path"]]
    )
    assert short["path"][-1]["bottleneck"] == "driving_band"
    assert short["path"][-1]["rounds_per_year"] < usual["path"][-1]["rounds_per_year"]
    goal = run_python(program, "-m", "ramp155", "goal", "--target", "1000000", "--by", "2027-12")
    assert goal


def run_python_here(*arguments: str) -> str:
    return run_python(ROOT, "-m", "ramp155", *arguments)


@pytest.mark.nightly
def test_its_slider_stands_on_the_page_and_in_links(program: Path) -> None:
    run_python(program, "-c", WHAT_IF)
