"""What whoever runs the app may set, in `settings.toml` beside app.py."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ramp155.base.memory import remember_asset
from ramp155.base.web_address import is_address

_ADDRESS_VARIABLE = "RAMP155_PUBLIC_ADDRESS"
_POINTS_A_MINUTE = 200
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


def read_versions_folder() -> Path | None:
    """The folder in which earlier versions of the record are kept; None where none is set."""
    folder = _read_settings().get("versions_folder", "")
    return _SETTINGS_FILE.parent / folder if folder and isinstance(folder, str) else None


def read_public_address() -> str:
    """The address under which others reach the app, without a slash at its end; "" where none is set.

    `RAMP155_PUBLIC_ADDRESS` counts over `settings.toml`. Raises ValueError for what is no such address.
    """
    address = os.environ.get(_ADDRESS_VARIABLE) or _read_settings().get("public_address", "")
    if not address:
        return ""
    expected = (
        f"public_address (settings.toml, or {_ADDRESS_VARIABLE}): an address that begins with http:// or https:// "
        f"and has nothing behind its path was expected, as https://ramp155.example, not {address!r}"
    )
    if not isinstance(address, str) or not is_address(address):
        raise ValueError(expected)
    parts = urlsplit(address)
    if "?" in address or "#" in address or parts.username is not None:
        raise ValueError(expected)
    return address.rstrip("/")


def check_settings() -> None:
    """Check at start what could only be wrong later. Raises ValueError saying what was expected."""
    read_public_address()


@remember_asset
def _read_settings() -> dict[str, Any]:
    try:
        return tomllib.loads(_SETTINGS_FILE.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}
