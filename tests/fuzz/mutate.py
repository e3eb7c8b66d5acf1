"""Files mutated by atheris: `python -m tests.fuzz.mutate story 300` for so many seconds (`pip install -r requirements-fuzz.txt`).

What is raised and should not be ends the run, and the file that did it is written to `crash-...`.
"""

from __future__ import annotations

import logging
import sys
import tempfile
from pathlib import Path

import atheris  # type: ignore[import-not-found, unused-ignore]

# The model is compiled from its bytecode and must stay as it is.
READERS = [
    "ramp155.record",
    "ramp155.files.story",
    "ramp155.files.lesson",
    "ramp155.model.scenario",
]
LIMITS = ["-rss_limit_mb=4000", "-timeout=120", "-max_len=20000"]


def run() -> None:
    """Feed one kind of file for so many seconds."""
    what, seconds = sys.argv[1:3]
    logging.disable(logging.WARNING)
    with atheris.instrument_imports(include=READERS):
        from tests.fuzz.files import find_target, list_seeds
    with tempfile.TemporaryDirectory(prefix="ramp155-fuzz-") as folder:
        for number, seed in enumerate(list_seeds(what)):
            (Path(folder) / f"seed{number}").write_bytes(seed)
        atheris.Setup(
            [sys.argv[0], f"-max_total_time={seconds}", *LIMITS, folder], find_target(what)
        )
        atheris.Fuzz()


if __name__ == "__main__":
    run()
