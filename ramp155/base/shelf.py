"""What takes seconds to work out from the published record, kept on disk for the next start.

A file is named for what it was made of, the record's content and the program's own code included, so an old one is never read
for a changed question; the oldest go first. Nothing of a user's own record is ever written.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ramp155.base.memory import remember_asset
from ramp155.base.whole_file import write_whole_file

MOST_FILES = 32
_FOLDER = "RAMP155_CACHE"  # names another folder; blank: nothing is kept
_PACKAGE = Path(__file__).parents[1]
Number = TypeVar("Number", np.float64, np.uint8)


def keep_arrays(
    question: str, work_out: Callable[[], Mapping[str, NDArray[Number]]]
) -> Mapping[str, NDArray[Number]]:
    """The kept arrays that answer a question, else those worked out now.

    Parameters
    ----------
    question : str
        All that the answer depends on but the code.
    work_out : callable
        Gives named arrays, each in the unit of its own question (a share, a month, a code).

    Returns
    -------
    mapping of Array
        The arrays, as they were worked out, in the same units (a share, a month, a code); a folder that cannot be written keeps none.
    """
    folder = find_folder()
    if folder is None:
        return work_out()
    digest = hashlib.blake2b(f"{hash_code()}\0{question}".encode(), digest_size=16).hexdigest()
    path = folder / f"{digest}.npz"
    try:
        with np.load(path) as kept:
            return {name: kept[name] for name in kept.files}
    except (OSError, ValueError, EOFError, KeyError):
        pass  # not there, or not whole
    arrays = work_out()
    _write(path, arrays)
    return arrays


def find_folder() -> Path | None:
    """Where files are kept: RAMP155_CACHE, else the user's cache folder; None where that is set to nothing."""
    named = os.environ.get(_FOLDER)
    if named is not None:
        return Path(named) if named else None
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "ramp155"


@remember_asset
def hash_code() -> str:
    """A hash of the library's code and of numpy's version: other code may answer otherwise."""
    content = hashlib.blake2b(np.__version__.encode(), digest_size=16)
    for path in sorted(_PACKAGE.rglob("*.py")):
        content.update(path.read_bytes())
    return content.hexdigest()


def _write(path: Path, arrays: Mapping[str, NDArray[Number]]) -> None:
    """Write a file whole or not at all, and drop the oldest beyond `MOST_FILES`."""
    content = io.BytesIO()
    np.savez(content, allow_pickle=False, **arrays)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole_file(path, content.getvalue())
        by_age = sorted(path.parent.glob("*.npz"), key=lambda file: file.stat().st_mtime)
        for old_file in by_age[:-MOST_FILES]:
            old_file.unlink(missing_ok=True)
