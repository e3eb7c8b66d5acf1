"""Files that were read once, and whether they still say what they said."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

# What tells a file that was not touched: size, time of change in nanoseconds, place on disk. None: it cannot be read.
_Mark = tuple[int, int, int] | None


class WatchedFiles:
    """Files of a folder as they are when this is made. Looking again costs a question to the disk a file.

    Parameters
    ----------
    folder : Path
        Where they lie.
    names : sequence of str
        Their names; one that is missing is watched too.
    """

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        self._folder = folder
        self._marks = {name: self._mark(name) for name in names}
        self._digests = {name: self._hash(name) for name in names}
        self._changed: dict[
            str, tuple[_Mark, bool]
        ] = {}  # name -> a mark seen later, whether it says something else

    def list_changed(self) -> list[str]:
        """The names of those that say something else now, or cannot be read any more, in the order given."""
        return [name for name in self._marks if self._is_changed(name)]

    def _is_changed(self, name: str) -> bool:
        mark = self._mark(name)
        if mark == self._marks[name]:
            return False
        seen_mark, is_changed = self._changed.get(name, (self._marks[name], False))
        if mark != seen_mark:  # read again only when it was touched again
            is_changed = self._hash(name) != self._digests[name]
            self._changed[name] = mark, is_changed
        return is_changed

    def _mark(self, name: str) -> _Mark:
        try:
            status = (self._folder / name).stat()
        except OSError:
            return None
        return status.st_size, status.st_mtime_ns, status.st_ino

    def _hash(self, name: str) -> str:
        """A hash of what a file holds; blank for one that cannot be read."""
        try:
            return hashlib.blake2b((self._folder / name).read_bytes(), digest_size=16).hexdigest()
        except OSError:
            return ""
