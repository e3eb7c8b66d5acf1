"""The record, read and validated once in each process of tests."""

from __future__ import annotations

from functools import lru_cache

import ramp155


@lru_cache(maxsize=1)
def record() -> ramp155.Records:
    """The published record."""
    return ramp155.load()
