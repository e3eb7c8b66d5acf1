"""The record, read and validated once in each process of tests."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from ramp155.record.records import Records, load

# The script that Streamlit runs for a visitor, with pages relative to it: "../pages/map.py".
ENTRY = Path(__file__).parents[1] / "ui" / "entry.py"


@lru_cache(maxsize=1)
def record() -> Records:
    """The published record."""
    return load()
