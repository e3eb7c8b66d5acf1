from __future__ import annotations

import pytest

from ramp155.record.records import Records
from tests import shared


@pytest.fixture(scope="session")
def records() -> Records:
    return shared.record()


@pytest.fixture
def one_record(records: Records, monkeypatch: pytest.MonkeyPatch) -> Records:
    """Commands answer from the record read once: reading it is not what is asked of them."""
    monkeypatch.setattr("ramp155.cli.options.load", lambda: records)
    return records
