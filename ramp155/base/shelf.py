"""What takes seconds to work out from the published record, kept on disk for the next start.

A file is named for what it was made of, the record's content and the program's own code included, so an old one is never read
for a changed question; the oldest go first. Nothing of a user's own record is ever written.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import platform
import threading
from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ramp155.base.codec import read_answer, write_answer
from ramp155.base.memory import remember_asset
from ramp155.base.places import find_folder as find_shipped_folder
from ramp155.base.whole_file import write_whole_file

MOST_FILES = 96  # what pages and embeds need twice over: for the code and record before too
MOST_ANSWER_FILES = 3
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
        _drop_oldest(path.parent, "*.npz", MOST_FILES)


def _drop_oldest(folder: Path, pattern: str, most: int) -> None:
    by_age = sorted(folder.glob(pattern), key=lambda file: file.stat().st_mtime)
    for old_file in by_age[:-most]:
        old_file.unlink(missing_ok=True)


class AnswerShelf:
    """What pages were answered, kept in one file for the next start and read from it one by one as they are asked.

    The file is named for the content of code, record and libraries, and begins with the hash of what follows: an old
    or a damaged one is not read. `is_recording` shelves write down what they are asked; the others only read.

    Parameters
    ----------
    path : Path or None
        The file; None where nothing is kept.
    is_recording : bool
        Whether answers are collected for `write`.
    """

    def __init__(self, path: Path | None, is_recording: bool = False) -> None:
        self._path = path
        self._texts = {} if is_recording else _read_texts(path)
        self._is_recording = is_recording
        self._answers: dict[str, Any] = {}
        self._parts: dict[str, list[str]] = {"": []}  # question -> the questions its answer asked
        self._open = threading.local()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read: no file, or not the whole of one."""
        return not self._texts

    def recall(self, question: Hashable, work_out: Callable[[], Any]) -> Any:  # noqa: ANN401
        """The kept answer to a question, else the one worked out now."""
        if not self._is_recording and not self._texts:
            return work_out()
        name = _name_question(question)
        if not name:
            return work_out()
        if not self._is_recording:
            with contextlib.suppress(*_BROKEN):
                return read_answer(self._texts[name].decode())
            return work_out()
        self.note(question)
        asking = self._list_asking()
        self._parts.setdefault(name, [])
        asking.append(name)
        try:
            self._answers[name] = answer = work_out()
        finally:
            asking.pop()
        return answer

    def note(self, question: Hashable) -> None:
        """Write down that a question was asked, and by which other."""
        if self._is_recording:
            name, asking = _name_question(question), self._list_asking()
            if name:
                self._parts[asking[-1] if asking else ""].append(name)

    def write(self) -> int:
        """Write what pages asked, and of what cannot be kept what it was made of; how many answers that is.

        Returns
        -------
        int
            Count of answers.
        """
        texts: dict[str, bytes] = {}
        names, seen = [*self._parts[""]], set[str]()
        while names:
            name = names.pop()
            if name in seen:
                continue
            seen.add(name)
            text = _write_text(self._answers.get(name))
            if text is None:
                names += self._parts.get(name, [])
            else:
                texts[name] = text
        if self._path is not None:
            lines = [f"{name} ".encode() + text for name, text in sorted(texts.items())]
            content = b"\n".join(lines)
            with contextlib.suppress(OSError):
                self._path.parent.mkdir(parents=True, exist_ok=True)
                write_whole_file(self._path, _hash(content).encode() + b"\n" + content)
                _drop_oldest(self._path.parent, "*.answers", MOST_ANSWER_FILES)
        return len(texts)

    def _list_asking(self) -> list[str]:
        """The questions that this thread is working out, the innermost last."""
        asking: list[str] = self._open.__dict__.setdefault("asking", [])
        return asking


def open_shelf(is_recording: bool = False) -> AnswerShelf:
    """The shelf of this code, record and libraries; hung into a memory, that looks there for what it does not hold."""
    folder = find_folder()
    return AnswerShelf(folder / f"{hash_content()}.answers" if folder else None, is_recording)


def hash_content() -> str:
    """A hash of all that answers come from beside what is asked: code, record, drawings and libraries."""
    content = hashlib.blake2b(hash_code().encode(), digest_size=16)
    content.update(f"{pd.__version__} {platform.python_version()}".encode())
    for folder in (find_shipped_folder("data"), find_shipped_folder("static"), _PACKAGE / "assets"):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            content.update(path.name.encode() + path.read_bytes())
    return content.hexdigest()


# What reading a text that is not there, or that an older version wrote, may raise.
_BROKEN = (KeyError, ValueError, TypeError, AttributeError, ImportError)


def _name_question(question: Any) -> str:  # noqa: ANN401
    """A question as a hash: function, whose answer it is, and arguments; blank for one that is not kept.

    What the app words for a page is not kept: it may depend on how the app is set up.
    """
    function, *given = question
    if not function.__module__.startswith("ramp155."):
        return ""
    try:
        return _hash(
            f"{function.__module__}.{function.__qualname__} {write_answer(given)}".encode()
        )
    except (TypeError, ValueError):
        return ""


def _write_text(answer: object) -> bytes | None:
    """An answer as the text that gives it again; None for one that cannot be kept."""
    if answer is None:
        return None
    try:
        text = write_answer(answer)
        return text.encode() if write_answer(read_answer(text)) == text else None
    except _BROKEN:
        return None


def _read_texts(path: Path | None) -> dict[str, bytes]:
    """Question -> answer, as written; none where there is no file or not the whole of it."""
    if path is None:
        return {}
    try:
        told, _, content = path.read_bytes().partition(b"\n")
    except OSError:
        return {}
    if told.decode(errors="replace") != _hash(content):
        return {}
    parts = (line.partition(b" ") for line in content.split(b"\n"))
    return {name.decode(): text for name, _, text in parts}


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
