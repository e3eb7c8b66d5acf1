from __future__ import annotations

import pytest

import ramp155
from tests import shared


@pytest.fixture(scope="session")
def records() -> ramp155.Records:
    return shared.record()


@pytest.fixture
def one_record(records: ramp155.Records, monkeypatch: pytest.MonkeyPatch) -> ramp155.Records:
    """Commands answer from the record read once: reading it is not what is asked of them."""
    monkeypatch.setattr(ramp155.records, "load", lambda: records)
    return records
