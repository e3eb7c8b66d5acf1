"""The files a browser runs or shows (scripts, styles, markup), read from ramp155/assets."""

from __future__ import annotations

from pathlib import Path

ASSET_FOLDER = Path(__file__).parents[1] / "assets"


def read_asset(name: str) -> str:
    """The text of a file that a browser runs or shows."""
    return (ASSET_FOLDER / name).read_text(encoding="utf-8")
