"""What docs/adding.md says, done to a copy of the program: a stage and a lever are rows, a chart and a
page a few lines.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^ *```(csv|python|diff) (\S+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
WHAT_IF = """
from streamlit.testing.v1 import AppTest

app = AppTest.from_file("ui/entry.py", default_timeout=120)
app.query_params["rings"] = "20"
app.query_params["plain"] = "1"
app.switch_page("../pages/what_if.py")
app.run()
assert not app.exception, app.exception
slider = app.slider(key="rings")
assert slider.value == 20, slider.value
assert slider.label == "Driving band capacity"
slider.set_value(40).run()
assert not app.exception, app.exception
assert dict(app.query_params)["rings"] in ("40", ["40"])
"""
COUNTRIES = """
from streamlit.testing.v1 import AppTest

app = AppTest.from_file("ui/entry.py", default_timeout=120)
app.query_params["country"] = "DE"
app.switch_page("../pages/countries.py")
app.run()
assert not app.exception, app.exception
assert not app.warning, app.warning
assert "sites stand in one country" in app.markdown[0].value, app.markdown
assert app.selectbox(key="home_country").value == "DE"
app.selectbox(key="home_country").set_value("FR").run()
assert not app.exception, app.exception
assert dict(app.query_params)["country"] in ("FR", ["FR"])
"""
# Tests that must hold on the copy too, whatever is added.
HOUSE_TESTS = ("house", "architecture", "catalogue", "palette", "charts", "schema")


def follow_page(folder: Path) -> None:
    """Do all that docs/adding.md says: rows at the end of tables, new files, lines in files."""
    page = (ROOT / "docs" / "adding.md").read_text(encoding="utf-8")
    for kind, file, block in BLOCK.findall(page):
        path, lines = folder / file, textwrap.dedent(block).splitlines(keepends=True)
        if kind == "csv":
            with path.open("a", encoding="utf-8") as table:
                table.writelines(lines)
        elif kind == "python":
            assert not path.exists(), file
            path.parent.mkdir(exist_ok=True)
            path.write_text("".join(lines), encoding="utf-8")
        else:
            text = path.read_text(encoding="utf-8")
            before = "".join(line[1:] for line in lines if line[0] != "+")
            assert text.count(before) == 1, f"{file} has no such line, or more than one: {before}"
            after = "".join(line[1:] for line in lines if line[0] != "-")
            path.write_text(text.replace(before, after), encoding="utf-8")


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with what docs/adding.md adds."""
    folder = tmp_path_factory.mktemp("program")
    unwanted = shutil.ignore_patterns("__pycache__", ".pytest_cache")
    folders = ("ramp155", "data", "static", "ui", "pages", ".streamlit", "bench", "tests", "docs")
    for name in folders:
        shutil.copytree(ROOT / name, folder / name, ignore=unwanted)
    for file in [*ROOT.glob("*.*"), ROOT / ".importlinter", ROOT / "LICENSE", ROOT / "Makefile"]:
        if file.is_file():
            shutil.copy(file, folder)
    follow_page(folder)
    return folder


def run_python(program: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=program, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-1000:] + done.stderr[-2000:]
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
    moved = ["--set", "driving_bands=0.1", "--set", "start=2027-01"]
    short = json.loads(run_python(program, *asked, *moved))
    assert usual["scenario"]["driving_bands"] == 1.0
    assert short["scenario"]["driving_bands"] == 0.1
    here = json.loads(run_python_here("run", "--format", "json"))
    # Bands made before filling grew limit a few of the runs: the others are as they were.
    assert [m["rounds_per_year"] for m in usual["path"]] == pytest.approx(
        [m["rounds_per_year"] for m in here["path"]], rel=0.02
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


def test_the_chart_and_the_page_are_formatted_and_where_they_belong(program: Path) -> None:
    tools = Path(sys.executable).parent
    for command in (
        ["lint-imports", "--no-cache"],
        ["ruff", "check"],
        ["ruff", "format", "--check"],
    ):
        done = subprocess.run(
            [tools / command[0], *command[1:]],
            cwd=program,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


def test_the_page_shows_the_chart_and_its_field_goes_by_link(program: Path) -> None:
    run_python(program, "-c", COUNTRIES)


@pytest.mark.nightly
def test_the_copy_keeps_to_the_rules_of_the_house(program: Path) -> None:
    run_python(program, "-m", "ramp155", "dictionary")
    run_python(program, "-m", "bench.architecture")
    files = [f"tests/unit/test_{name}.py" for name in HOUSE_TESTS]
    run_python(program, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *files)
