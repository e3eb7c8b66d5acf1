"""What is shown is what the snapshots hold.

Meant to be other: `python -m tests.snapshots`, and read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.snapshots import content

FILES = {str(file.relative_to(content.FOLDER)): file for file in content.files()}


@pytest.mark.parametrize("name", FILES)
def test_what_is_shown_is_as_written_down(name: str) -> None:
    file = FILES[name]
    assert content.text_of(file).splitlines() == file.read_text(encoding="utf-8").splitlines()


def test_every_snapshot_is_of_something() -> None:
    there: set[Path] = {*content.FOLDER.glob("pictures/*"), *content.FOLDER.glob("pages/*")}
    assert there <= set(FILES.values())


def test_forty_scenarios_are_told() -> None:
    assert len(content.scenarios()) >= 40
