"""What whoever runs the app may set, in `settings.toml` beside app.py."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).resolve().parent.parent / "settings.toml"


@lru_cache(maxsize=1)
def report_errors_to() -> str:
    """The address that reports of errors go to; blank where none is set or the file cannot be read."""
    try:
        found = tomllib.loads(_FILE.read_text(encoding="utf-8")).get("report_errors_to", "")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return ""
    return found if isinstance(found, str) else ""
