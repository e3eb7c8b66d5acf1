"""The record, read and validated once in each process of tests."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from ramp155.record.records import Records, load
from ui.widgets.after_paint import PAINTED

# Each run of a test looks through every installed package for components of its own, a tenth of a second. There are none.
manifest_scanner.scan_component_manifests = list

# The script that Streamlit runs for a visitor, with pages relative to it: "../pages/map.py".
ENTRY = Path(__file__).parents[1] / "ui" / "entry.py"


def open_entry(timeout: float = 60) -> AppTest:
    """The app as a visitor has it before its first run; what waits for the browser's first picture does not wait here."""
    app = AppTest.from_file(str(ENTRY), default_timeout=timeout)
    app.session_state[PAINTED] = True
    return app


@lru_cache(maxsize=1)
def record() -> Records:
    """The published record."""
    return load()
