"""Where numba keeps what it has compiled, also where neither the checkout nor a home can be
written.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

CACHE_VARIABLE = "NUMBA_CACHE_DIR"


def prepare_cache_folder() -> None:
    """Give numba a temporary folder where it would find none, for then it refuses to start.

    A folder that was asked for stays. The temporary one goes when the process ends, so the next start
    compiles again: set the variable to keep it.
    """
    if os.environ.get(CACHE_VARIABLE) or any(map(_is_writable, _list_usual_folders())):
        return
    folder = tempfile.mkdtemp(prefix="ramp155-numba-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ[CACHE_VARIABLE] = folder
    if "numba" in sys.modules:  # it has read the environment already
        sys.modules["numba"].config.CACHE_DIR = folder


def _list_usual_folders() -> list[Path]:
    """The folders numba tries: beside the code, then the user's own for caches."""
    home = Path(os.path.expanduser("~"))
    if sys.platform == "win32":
        user = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        user = home / "Library" / "Caches"
    else:
        user = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return [Path(__file__).parents[1] / "model" / "chain" / "__pycache__", user / "numba"]


def _is_writable(folder: Path) -> bool:
    """Whether a file can be written there; asking for permissions would not tell of a read-only disk."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
