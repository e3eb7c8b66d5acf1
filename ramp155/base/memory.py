"""What has been worked out, kept once and bounded in bytes.

A `Memory` belongs to a record and everything derived from it; an upload brings its own and takes it along
when its session ends. An answer is kept under the function that gave it, the *content* of what it was asked
of (`identity`) and the other arguments, so a changed table can never be answered with an old figure. What
is handed out cannot be changed by a caller: frames are copies that share their data until written to
(pandas 3), arrays are read-only, dicts and lists are frozen.
"""

from __future__ import annotations

import copy
import dataclasses
import sys
import threading
from collections.abc import Callable, Hashable, Mapping
from functools import wraps
from typing import Any, NoReturn, ParamSpec, Protocol, TypeVar, cast

import numpy as np
import pandas as pd
from cachetools import LRUCache

P = ParamSpec("P")
R = TypeVar("R")
SHARED_BYTES = 192 * 1024**2  # for the published record and all that is asked of it
UPLOAD_BYTES = 48 * 1024**2  # for a record with a user's own rows
_OVERHEAD = 200  # bytes of an entry beside its value


class Owner(Protocol):
    """A record or a model: what answers are asked of, and where they are kept."""

    @property
    def memory(self) -> Memory:
        """Where answers are kept."""

    @property
    def identity(self) -> Hashable:
        """What makes the owner the one it is: its content."""


class Shelf(Protocol):
    """Answers of an earlier process, by question (`ramp155.base.shelf`)."""

    def recall(self, question: Hashable, work_out: Callable[[], Any]) -> Any:  # noqa: ANN401
        """The kept answer to a question, else the one worked out now."""

    def note(self, question: Hashable) -> None:
        """Hear that a question was asked whose answer is in memory."""

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing."""


class Memory:
    """Answers by question, least recently used first to go; safe to share between threads.

    Parameters
    ----------
    max_bytes : int
        Bytes that the answers may take together, as estimated by `estimate_bytes`.
    behind : Memory, optional
        Another memory that is looked into first and left as it is: for much that is asked once, and would drive out
        of it what is asked again.

    Attributes
    ----------
    shelf : Shelf or None
        Where an answer that is not in memory is looked for before it is worked out.
    """

    shelf: Shelf | None = None

    def __init__(self, max_bytes: int = SHARED_BYTES, behind: Memory | None = None) -> None:
        self._lock = threading.RLock()
        self._behind = behind
        self._answers: LRUCache[Hashable, tuple[Any, bool, int]] = LRUCache(
            max_bytes, getsizeof=lambda entry: entry[2]
        )

    @property
    def bytes(self) -> int:
        """Bytes in use.

        Returns
        -------
        int
            Bytes, as estimated by `estimate_bytes`.
        """
        return int(self._answers.currsize)

    def __len__(self) -> int:
        return len(self._answers)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._answers.clear()

    def recall(self, question: Hashable, work_out: Callable[[], R]) -> R:
        """The kept answer to a question, else the one worked out now.

        An answer larger than the whole memory is handed out without being kept.
        """
        entry, shelf = self._find(question), self.shelf
        if entry is None:
            answer = freeze(shelf.recall(question, work_out) if shelf else work_out())
            entry = (answer, _has_frames(answer), estimate_bytes(answer) + _OVERHEAD)
            with self._lock:
                if entry[2] <= self._answers.maxsize:
                    self._answers[question] = entry
        elif shelf:
            shelf.note(question)
        answer, has_frames, _ = entry
        return cast(R, _share(answer) if has_frames else answer)

    def _find(self, question: Hashable) -> tuple[Any, bool, int] | None:
        with self._lock:
            entry = self._answers.get(question)
        if entry is None and self._behind is not None:
            entry = self._behind._find(question)
        return entry


ASSETS = Memory(64 * 1024**2)  # drawings and fonts that depend on no record


def remember(function: Callable[P, R]) -> Callable[P, R]:
    """Keep what a function returns in the memory of its first argument, a record or a model."""

    @wraps(function)
    def recall(*args: P.args, **kwargs: P.kwargs) -> R:
        owner = cast(Owner, args[0])
        question = (function, owner.identity, args[1:], tuple(sorted(kwargs.items())))
        return owner.memory.recall(question, lambda: function(*args, **kwargs))

    return recall


def remember_asset(function: Callable[P, R]) -> Callable[P, R]:
    """Keep what a function returns that depends on its arguments alone, and on no record."""

    @wraps(function)
    def recall(*args: P.args, **kwargs: P.kwargs) -> R:
        question = (function, args, tuple(sorted(kwargs.items())))
        return ASSETS.recall(question, lambda: function(*args, **kwargs))

    return recall


def _refuse(self: object, *args: object, **kwargs: object) -> NoReturn:
    raise TypeError("this answer is shared: copy it before changing it")


class FrozenDict(dict[Any, Any]):
    """A dict that cannot be changed; `{**frozen}` and `copy.deepcopy` give one that can."""

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[Any, Any]:
        return {key: copy.deepcopy(member, memo) for key, member in self.items()}

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)


class FrozenList(list[Any]):
    """A list that cannot be changed; `[*frozen]` and `copy.deepcopy` give one that can."""

    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse
    append = extend = insert = pop = remove = clear = sort = reverse = _refuse

    def __deepcopy__(self, memo: dict[int, Any]) -> list[Any]:
        return [copy.deepcopy(member, memo) for member in self]

    def __reduce__(self) -> tuple[Any, ...]:
        return list, (list(self),)


def freeze(answer: Any) -> Any:  # noqa: ANN401
    """An answer nobody can change: arrays read-only, dicts and lists frozen, all the way down.

    Of frames, which `recall` hands out as copies, only lists and dicts in cells are frozen. What carries
    its own memory stays as it is.
    """
    if isinstance(answer, pd.DataFrame):
        return _freeze_cells(answer)
    if isinstance(answer, np.ndarray):
        if answer.flags.writeable:
            answer = answer.view()
            answer.flags.writeable = False
        return answer
    if type(answer) is dict:
        return FrozenDict((key, freeze(member)) for key, member in answer.items())
    if type(answer) is list:
        return FrozenList(map(freeze, answer))
    if type(answer) is tuple:
        return tuple(map(freeze, answer))
    if _is_plain_dataclass(answer):
        for field in dataclasses.fields(answer):
            object.__setattr__(answer, field.name, freeze(getattr(answer, field.name)))
    return answer


def estimate_bytes(answer: Any) -> int:  # noqa: ANN401
    """About how many bytes an answer takes. Views count as what they show.

    Returns
    -------
    int
        Bytes.
    """
    if isinstance(answer, np.ndarray):
        return int(answer.nbytes)
    if isinstance(answer, pd.DataFrame):
        return int(answer.memory_usage(index=True).sum()) + 60 * answer.size
    if isinstance(answer, pd.Series | pd.Index):
        return int(answer.memory_usage()) + 60 * answer.size
    if isinstance(answer, Mapping):
        size = sys.getsizeof(answer)
        return size + sum(map(estimate_bytes, answer)) + sum(map(estimate_bytes, answer.values()))
    if isinstance(answer, tuple | list | set | frozenset):
        return sys.getsizeof(answer) + sum(map(estimate_bytes, answer))
    if dataclasses.is_dataclass(answer) and not isinstance(answer, type):
        field_values = (getattr(answer, field.name) for field in dataclasses.fields(answer))
        return 64 + sum(
            estimate_bytes(field_value)
            for field_value in field_values
            if not isinstance(field_value, Memory)
        )
    return sys.getsizeof(answer)


def _freeze_cells(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame whose lists and dicts in cells nobody can change."""
    frozen = frame
    for name, column in frame.items():
        if column.dtype == object and any(isinstance(cell, list | dict) for cell in column):
            frozen = frozen.copy(deep=False)
            frozen[name] = pd.Series(map(freeze, column), index=frame.index, dtype=object)
    return frozen


def _is_plain_dataclass(answer: object) -> bool:
    """Whether something is a dataclass that holds answers, not an owner of a memory."""
    is_instance = dataclasses.is_dataclass(answer) and not isinstance(answer, type)
    return is_instance and not hasattr(answer, "memory")


def _has_frames(answer: Any) -> bool:  # noqa: ANN401
    if isinstance(answer, pd.DataFrame | pd.Series):
        return True
    if isinstance(answer, tuple | list):
        return any(map(_has_frames, answer))
    if isinstance(answer, dict):
        return any(map(_has_frames, answer.values()))
    if _is_plain_dataclass(answer):
        return any(_has_frames(getattr(answer, f.name)) for f in dataclasses.fields(answer))
    return False


def _share(answer: Any) -> Any:  # noqa: ANN401
    """A kept answer as it may be handed out: its frames as copies that share data until written to."""
    if isinstance(answer, pd.DataFrame | pd.Series):
        return answer.copy(deep=False)
    if type(answer) is tuple:
        return tuple(map(_share, answer))
    if type(answer) is FrozenList:
        return FrozenList(map(_share, answer))
    if type(answer) is FrozenDict:
        return FrozenDict((key, _share(member)) for key, member in answer.items())
    if _is_plain_dataclass(answer) and _has_frames(answer):
        shared = copy.copy(answer)
        for field in dataclasses.fields(answer):
            object.__setattr__(shared, field.name, _share(getattr(answer, field.name)))
        return shared
    return answer
