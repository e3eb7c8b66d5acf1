"""What a fresh process needs before its first page: of a prepared machine nothing that takes long to load."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = ("numba", "llvmlite", "scipy", "pandera", "geopandas", "shapely")
FIRST_PAGE = f"""
import json, logging, sys
import streamlit
logging.disable(logging.WARNING)
from streamlit.testing.v1 import AppTest
from ui.widgets.after_paint import PAINTED
app = AppTest.from_file("{ROOT}/ui/entry.py", default_timeout=300)
app.session_state[PAINTED] = True
app.run()
assert not app.exception, app.exception
assert app.get("deck_gl_json_chart") and len(app.metric) == 5
print(json.dumps([name for name in {HEAVY} if name in sys.modules]))
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a machine on which set-up was run."""
    folder = tmp_path_factory.mktemp("kept")
    environment = {**os.environ, "RAMP155_CACHE": str(folder), "RAMP155_DRAWS": "20"}
    run([sys.executable, "-m", "ui.prepare"], environment)
    assert len([*folder.glob("*.answers")]) == 1
    return environment


def run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_first_page_loads_nothing_heavy(prepared: dict[str, str]) -> None:
    loaded = run([sys.executable, "-c", FIRST_PAGE], prepared)
    assert json.loads(loaded.splitlines()[-1]) == []


def test_a_machine_that_was_not_prepared_works_all_out(
    prepared: dict[str, str], tmp_path: Path
) -> None:
    """So that the test above tells something: without what is kept the model is needed."""
    loaded = run([sys.executable, "-c", FIRST_PAGE], {**prepared, "RAMP155_CACHE": str(tmp_path)})
    assert {"numba", "scipy"} <= set(json.loads(loaded.splitlines()[-1]))
