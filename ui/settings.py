"""What whoever runs the app may set, in `settings.toml` beside app.py or in the file that RAMP155_SETTINGS names."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ramp155.base.foreign_text import is_address
from ramp155.base.memory import remember_asset

_ADDRESS_VARIABLE = "RAMP155_PUBLIC_ADDRESS"
_POINTS_A_MINUTE = 200
_FRAMER = re.compile(r"self|https?://(\*\.)?[\w-]+(\.[\w-]+)*(:\d{1,5})?")
_NAMED = os.environ.get("RAMP155_SETTINGS", "")
_PATH = re.compile(r"(/[\w.-]+)*")
_SETTINGS_FILE = Path(_NAMED or Path(__file__).resolve().parent.parent / "settings.toml").resolve()


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


def read_base_path() -> str:
    """The path under which the app stands behind a proxy; blank: what Streamlit's `server.baseUrlPath` says."""
    path = _read_settings().get("base_path", "")
    if not isinstance(path, str) or not _PATH.fullmatch(path):
        raise ValueError(f"settings: base_path is a path such as /tools/ramp, not {path!r}")
    return path


def read_framers() -> list[str]:
    """Who may show the app's pages in a frame, as sources of a content security policy; none: nobody."""
    framers = _read_settings().get("frame_ancestors", ["self"])
    if not isinstance(framers, list):
        raise ValueError("settings: frame_ancestors is to be a list")
    for framer in framers:
        if not isinstance(framer, str) or not _FRAMER.fullmatch(framer):
            raise ValueError(f"settings: frame_ancestors: {framer!r} is neither self nor an origin")
    return ["'self'" if framer == "self" else framer for framer in framers]


def is_log_json() -> bool:
    """Whether the log is written as JSON lines, with one for each request."""
    form = _read_settings().get("log", "text")
    if form not in ("text", "json"):
        raise ValueError(f"settings: log is text or json, not {form!r}")
    return bool(form == "json")


def is_metrics_on() -> bool:
    """Whether `/metrics` tells how the server does."""
    return _read_settings().get("metrics") is True


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
    read_base_path()
    read_framers()
    is_log_json()


@remember_asset
def _read_settings() -> dict[str, Any]:
    try:
        return tomllib.loads(_SETTINGS_FILE.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        if _NAMED:  # who names a file means it
            raise
        return {}
