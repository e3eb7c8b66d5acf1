"""Answers as text and back: numbers, words, dates, arrays, frames and the library's own dataclasses, never a pickle.

Reading makes nothing but these: a class is looked up by name among the library's own and has to be a dataclass or
a named tuple, and no code of what is read is run. What has another kind of value in it is refused (`TypeError`).
"""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import json
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import numpy as np
import pandas as pd

_PACKAGE = __name__.partition(".")[0]
_PLAIN = (str, int, float, bool, type(None))
_KIND = "_"  # the entry that says what a JSON object stands for


def write_answer(answer: object) -> str:
    """An answer as JSON. Raises TypeError for what is not to be kept."""
    return json.dumps(_pack(answer), ensure_ascii=False, separators=(",", ":"))


def read_answer(text: str) -> Any:  # noqa: ANN401
    """The answer that `write_answer` wrote.

    Raises ValueError, TypeError, KeyError, AttributeError or ImportError where the text is none of it.
    """
    return _unpack(json.loads(text))


def _pack(answer: Any) -> Any:  # noqa: ANN401
    if type(answer) in _PLAIN:
        return answer
    for kind, pack in _PACKERS.items():
        if isinstance(answer, kind):
            return pack(answer)
    if dataclasses.is_dataclass(answer) and not isinstance(answer, type):
        if hasattr(answer, "memory"):
            raise TypeError("a record or model is no answer")
        members = [_pack(getattr(answer, field.name)) for field in dataclasses.fields(answer)]
        return {_KIND: "class", "name": _name_class(type(answer)), "of": members}
    raise TypeError(f"{type(answer).__name__} is not kept")


def _name_class(kind: type) -> str:
    if kind.__module__.partition(".")[0] != _PACKAGE:
        raise TypeError(f"{kind.__name__} is not the library's")
    return f"{kind.__module__}:{kind.__qualname__}"


def _pack_list(answer: list[Any]) -> Any:  # noqa: ANN401
    return [*map(_pack, answer)]


def _pack_tuple(answer: tuple[Any, ...]) -> dict[str, Any]:
    packed: dict[str, Any] = {_KIND: "tuple", "of": [*map(_pack, answer)]}
    if type(answer) is not tuple:
        packed |= {_KIND: "named", "name": _name_class(type(answer))}
    return packed


def _pack_dict(answer: Mapping[Any, Any]) -> dict[str, Any]:
    if all(type(key) is str for key in answer) and _KIND not in answer:
        return {key: _pack(member) for key, member in answer.items()}
    return {_KIND: "dict", "of": [[_pack(key), _pack(member)] for key, member in answer.items()]}


def _pack_set(answer: frozenset[Any]) -> dict[str, Any]:
    members = sorted((_pack(member) for member in answer), key=json.dumps)
    return {_KIND: type(answer).__name__, "of": members}


def _pack_array(answer: np.ndarray) -> dict[str, Any]:
    if answer.dtype.hasobject:
        return {_KIND: "objects", "shape": answer.shape, "of": [*map(_pack, answer.ravel())]}
    content = base64.b64encode(np.ascontiguousarray(answer).tobytes()).decode()
    return {_KIND: "array", "type": answer.dtype.str, "shape": answer.shape, "of": content}


def _pack_column(answer: pd.Series | pd.Index) -> dict[str, Any]:
    """A column or index; the values of text columns as they are, others as arrays of their type."""
    if isinstance(answer, pd.RangeIndex):
        packed: dict[str, Any] = {"range": [answer.start, answer.stop, answer.step]}
    elif isinstance(answer, pd.MultiIndex) or isinstance(answer.dtype, pd.CategoricalDtype):
        raise TypeError("an index of several levels or categories is not kept")
    elif isinstance(answer.dtype, np.dtype):
        packed = {"array": _pack(answer.to_numpy())}
    else:
        packed = {"type": str(answer.dtype), "cells": [*map(_pack, answer.astype(object))]}
    return packed | {"name": _pack(answer.name)}


def _pack_series(answer: pd.Series) -> dict[str, Any]:
    return {_KIND: "series", "column": _pack_column(answer), "index": _pack_column(answer.index)}


def _pack_frame(answer: pd.DataFrame) -> dict[str, Any]:
    columns = [_pack_column(answer.iloc[:, place]) for place in range(answer.shape[1])]
    index, names = _pack_column(answer.index), _pack_column(answer.columns)
    return {_KIND: "frame", "of": columns, "index": index, "names": names}


def _refuse_time(answer: dt.datetime) -> dict[str, Any]:
    raise TypeError("a time of day is not kept: the record knows days")


_PACKERS: dict[type, Any] = {
    pd.DataFrame: _pack_frame,
    pd.Series: _pack_series,
    pd.Index: lambda answer: {_KIND: "index", "column": _pack_column(answer)},
    np.ndarray: _pack_array,
    np.generic: lambda answer: {_KIND: "number", "of": _pack_array(np.asarray(answer))},
    dt.datetime: _refuse_time,
    dt.date: lambda answer: {_KIND: "date", "of": answer.isoformat()},
    bytes: lambda answer: {_KIND: "bytes", "of": base64.b64encode(answer).decode()},
    tuple: _pack_tuple,
    list: _pack_list,
    dict: _pack_dict,
    set: _pack_set,
    frozenset: _pack_set,
}


def _unpack(packed: Any) -> Any:  # noqa: ANN401
    if isinstance(packed, list):
        return [*map(_unpack, packed)]
    if not isinstance(packed, dict):
        return packed
    if _KIND not in packed:
        return {key: _unpack(member) for key, member in packed.items()}
    return _UNPACKERS[packed[_KIND]](packed)


def _unpack_array(packed: dict[str, Any]) -> np.ndarray:
    content = base64.b64decode(packed["of"], validate=True)
    array = np.frombuffer(content, dtype=np.dtype(packed["type"])).reshape(packed["shape"])
    return array.copy()


def _unpack_objects(packed: dict[str, Any]) -> np.ndarray:
    array = np.empty(len(packed["of"]), dtype=object)
    array[:] = [*map(_unpack, packed["of"])]
    return array.reshape(packed["shape"])


def _unpack_column(packed: dict[str, Any], index: Any = None) -> Any:  # noqa: ANN401
    name = _unpack(packed["name"])
    if "array" in packed:
        array = _unpack(packed["array"])
        return pd.Series(array, name=name, index=index, dtype=array.dtype)
    return pd.Series([*map(_unpack, packed["cells"])], name=name, index=index, dtype=packed["type"])


def _unpack_index(packed: dict[str, Any]) -> Any:  # noqa: ANN401
    name = _unpack(packed["name"])
    if "range" in packed:
        start, stop, step = packed["range"]
        return pd.RangeIndex(start, stop, step, name=name)
    column = _unpack_column(packed)
    return pd.Index(column.array, name=name, dtype=column.dtype)


def _unpack_frame(packed: dict[str, Any]) -> pd.DataFrame:
    index, names = _unpack_index(packed["index"]), _unpack_index(packed["names"])
    columns = {place: _unpack_column(column, index) for place, column in enumerate(packed["of"])}
    frame = pd.DataFrame(columns, index=index)
    frame.columns = names
    return frame


def _find_class(name: str) -> type:
    """A dataclass or named tuple of the library by name."""
    module, _, path = name.partition(":")
    if module.partition(".")[0] != _PACKAGE:
        raise ValueError("a class that is not the library's")
    kind: Any = import_module(module)
    for part in path.split("."):
        kind = getattr(kind, part)
    is_answer = isinstance(kind, type) and (
        dataclasses.is_dataclass(kind) or (issubclass(kind, tuple) and hasattr(kind, "_make"))
    )
    if not is_answer:
        raise ValueError("a class that is no answer")
    return kind  # type: ignore[no-any-return]


def _unpack_class(packed: dict[str, Any]) -> object:
    kind = _find_class(packed["name"])
    answer: object = object.__new__(kind)
    for field, member in zip(dataclasses.fields(kind), packed["of"], strict=True):
        object.__setattr__(answer, field.name, _unpack(member))
    return answer


def _unpack_named(packed: dict[str, Any]) -> object:
    kind: Any = _find_class(packed["name"])
    return kind._make(map(_unpack, packed["of"]))


_UNPACKERS: dict[str, Any] = {
    "tuple": lambda packed: tuple(map(_unpack, packed["of"])),
    "named": _unpack_named,
    "dict": lambda packed: {_unpack(key): _unpack(member) for key, member in packed["of"]},
    "set": lambda packed: set(map(_unpack, packed["of"])),
    "frozenset": lambda packed: frozenset(map(_unpack, packed["of"])),
    "array": _unpack_array,
    "objects": _unpack_objects,
    "number": lambda packed: _unpack_array(packed["of"])[()],
    "date": lambda packed: dt.date.fromisoformat(packed["of"]),
    "bytes": lambda packed: base64.b64decode(packed["of"], validate=True),
    "series": lambda packed: _unpack_column(packed["column"], _unpack_index(packed["index"])),
    "index": lambda packed: _unpack_index(packed["column"]),
    "frame": _unpack_frame,
    "class": _unpack_class,
}
