"""What whoever runs the app may set, in `settings.toml` beside app.py."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

_SETTINGS_FILE = Path(__file__).resolve().parent.parent / "settings.toml"


@lru_cache(maxsize=1)
def read_report_address() -> str:
    """The address that reports of errors go to; blank where none is set or the file cannot be read."""
    try:
        address = tomllib.loads(_SETTINGS_FILE.read_text(encoding="utf-8")).get(
            "report_errors_to", ""
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return ""
    return address if isinstance(address, str) else ""
