from __future__ import annotations

import pytest

import ramp155


@pytest.fixture(scope="session")
def records() -> ramp155.Records:
    return ramp155.load()
