"""What whoever runs the app may set, in `settings.toml` beside app.py."""

from __future__ import annotations

import tomllib
from pathlib import Path

from ramp155.base.memory import remember_asset

_SETTINGS_FILE = Path(__file__).resolve().parent.parent / "settings.toml"


@remember_asset
def read_report_address() -> str:
    """The address that reports of errors go to; blank where none is set or the file cannot be read."""
    try:
        address = tomllib.loads(_SETTINGS_FILE.read_text(encoding="utf-8")).get(
            "report_errors_to", ""
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return ""
    return address if isinstance(address, str) else ""
