"""What whoever runs the app may set, in `settings.toml` beside app.py."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from ramp155.base.memory import remember_asset

_POINTS_A_MINUTE = 200
_ADDRESS = re.compile(r"https?://[\w-]+(\.[\w-]+)*(:\d{1,5})?(/[\w.~-]+)*/?")
_SETTINGS_FILE = Path(__file__).resolve().parent.parent / "settings.toml"


def read_report_address() -> str:
    """The address that reports of errors go to; blank where none is set or the file cannot be read."""
    address = _read_settings().get("report_errors_to", "")
    return address if isinstance(address, str) else ""


def read_points_a_minute() -> int:
    """How many points of questions one caller may ask in a minute; 0: nobody may ask.

    Returns
    -------
    int
        Points a minute; the default where none is set or what is set is no number.
    """
    points = _read_settings().get("api_points_a_minute", _POINTS_A_MINUTE)
    return points if type(points) is int and points >= 0 else _POINTS_A_MINUTE


def read_public_address() -> str:
    """The address under which others reach the app, with a slash at its end; blank where none is set.

    Raises ValueError for one that is no address.
    """
    address = _read_settings().get("public_address", "")
    if not address:
        return ""
    if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
        raise ValueError(
            f"settings: public_address is to be like https://host/path, not {address!r}"
        )
    return f"{address.rstrip('/')}/"


def read_versions_folder() -> Path | None:
    """The folder in which earlier versions of the record are kept; None where none is set."""
    folder = _read_settings().get("versions_folder", "")
    return _SETTINGS_FILE.parent / folder if folder and isinstance(folder, str) else None


@remember_asset
def _read_settings() -> dict[str, Any]:
    try:
        return tomllib.loads(_SETTINGS_FILE.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}
