"""The record, read and validated once in each process of tests."""

from __future__ import annotations

from functools import lru_cache

from ramp155.record.records import Records, load


@lru_cache(maxsize=1)
def record() -> Records:
    """The published record."""
    return load()
