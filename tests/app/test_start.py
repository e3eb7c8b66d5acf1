"""What a fresh process needs before its first page: of a prepared machine nothing that takes long to load."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.shared import ENTRY
from ui.widgets.after_paint import PAINTED

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


def test_what_is_not_wanted_first_comes_once_the_first_chart_is_drawn() -> None:
    """And on a page that waits for nothing it is there at once."""
    app = AppTest.from_file(str(ENTRY), default_timeout=60).run()
    assert "share_it" not in {button.key for button in app.button}
    app.session_state[PAINTED] = True
    app.run()
    assert {"share_it", "present_it"} <= {button.key for button in app.button}
    elsewhere = AppTest.from_file(str(ENTRY), default_timeout=60)
    elsewhere.switch_page("../pages/glossary.py").run()
    assert {"share_it", "present_it"} <= {button.key for button in elsewhere.button}
