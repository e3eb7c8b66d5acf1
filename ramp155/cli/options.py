"""The record that commands answer from."""

from __future__ import annotations

from ramp155.record.records import Records, load


def load_record() -> Records:
    """Load the published record. Raises RecordsError where it breaks its rules."""
    return load()
