"""Where numba keeps what it has compiled, also where neither the checkout nor a home can be written."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

VARIABLE = "NUMBA_CACHE_DIR"


def find_place() -> None:
    """Give numba a temporary folder where it would find none, for then it refuses to start.

    A folder that was asked for stays. The temporary one goes when the process ends, so the next start
    compiles again: set the variable to keep it.
    """
    if os.environ.get(VARIABLE) or any(map(_writable, _usual_places())):
        return
    folder = tempfile.mkdtemp(prefix="ramp155-numba-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ[VARIABLE] = folder
    if "numba" in sys.modules:  # it has read the environment already
        sys.modules["numba"].config.CACHE_DIR = folder


def _usual_places() -> list[Path]:
    """The folders numba tries: beside the code, then the user's own for caches."""
    home = Path(os.path.expanduser("~"))
    if sys.platform == "win32":
        user = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        user = home / "Library" / "Caches"
    else:
        user = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return [Path(__file__).parent / "__pycache__", user / "numba"]


def _writable(folder: Path) -> bool:
    """Whether a file can be written there; asking for permissions would not tell of a read-only disk."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
