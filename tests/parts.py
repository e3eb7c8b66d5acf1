"""Parts of a bench to try its runner with: quickly loaded, for each runs in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path


def give_figures(seconds: float) -> dict[str, float]:
    return {"seconds": seconds}


def raise_error() -> dict[str, float]:
    raise AssertionError("nothing followed")


def work_on(note: str) -> dict[str, float]:
    """A part that starts something of its own and comes to no end."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    Path(note).write_text(str(child.pid))
    time.sleep(60)
    return {}
