"""Which public functions of the library take or give numbers, and what their docstrings leave unsaid.

A function is numeric where an annotation of its parameters or its return names a float, an int, an array
or a series. Its docstring then has numpydoc sections, with an entry for each numeric parameter and for what is
returned, each of which names a unit or what is counted.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.style.words import MEANINGS, NUMERIC

Function = ast.FunctionDef | ast.AsyncFunctionDef
_SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}[ ]*$", re.MULTILINE)
_ENTRY = re.compile(r"^(\S.*)$", re.MULTILINE)


class Named(NamedTuple):
    """A function with its dotted name inside its module, and whether a caller elsewhere may use it."""

    name: str
    node: Function
    is_public: bool


def list_functions(tree: ast.AST) -> Iterator[Named]:
    """Every function and method; public ones have no underscore anywhere and are not nested."""

    def walk(node: ast.AST, prefix: str, is_public: bool) -> Iterator[Named]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, Function):
                name = prefix + child.name
                yield Named(name, child, is_public and not child.name.startswith("_"))
                yield from walk(child, f"{name}.", False)
            elif isinstance(child, ast.ClassDef):
                is_open = is_public and not child.name.startswith("_")
                yield from walk(child, f"{prefix}{child.name}.", is_open)
            else:
                yield from walk(child, prefix, is_public)

    yield from walk(tree, "", True)


def is_property(function: Function) -> bool:
    """Whether a method reads like an attribute: one sentence with its unit is enough there."""
    names = {ast.unparse(decorator) for decorator in function.decorator_list}
    return any("property" in name.split(".")[-1] for name in names)


def list_numeric_parameters(function: Function) -> list[str]:
    """Names of parameters whose annotation names a number or an array of them."""
    arguments = function.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    every += [argument for argument in (arguments.vararg, arguments.kwarg) if argument]
    return [a.arg for a in every if a.annotation and NUMERIC.search(ast.unparse(a.annotation))]


def returns_number(function: Function) -> bool:
    """Whether the annotated return is a number, an array or something that holds them."""
    return function.returns is not None and bool(NUMERIC.search(ast.unparse(function.returns)))


def is_numeric(function: Function) -> bool:
    """Whether a function takes or returns numbers."""
    return bool(list_numeric_parameters(function)) or returns_number(function)


def read_sections(docstring: str) -> dict[str, str]:
    """The numpydoc sections of a docstring by title."""
    return {head.group(1): body for head, body in _cut(_SECTION, docstring)}


def read_entries(section: str) -> dict[str, str]:
    """What a section says of each name: type and description. Names that share an entry are taken apart."""
    entries = {}
    for head, body in _cut(_ENTRY, section):
        names, _, kind = head.group(1).partition(" : ")
        for name in names.split(","):
            entries[name.strip().lstrip("*")] = kind + body
    return entries


def _cut(pattern: re.Pattern[str], text: str) -> list[tuple[re.Match[str], str]]:
    """Each match of a pattern with the text that follows it, up to the next match."""
    heads = list(pattern.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    return [(head, text[head.end() : ends[place]]) for place, head in enumerate(heads)]


def find_gap(function: Function) -> str:
    """What the docstring of a numeric function leaves unsaid, "" where it says all."""
    docstring = ast.get_docstring(function) or ""
    if is_property(function):
        return "" if MEANINGS.search(docstring) else "no unit"
    sections = read_sections(docstring)
    parameters = list_numeric_parameters(function)
    entries = read_entries(sections.get("Parameters", ""))
    for name in parameters:
        if name not in entries:
            return f"no entry for {name}"
        if not MEANINGS.search(entries[name]):
            return f"no unit for {name}"
    if returns_number(function):
        title = "Yields" if "Yields" in sections else "Returns"
        if title not in sections:
            return "no section Returns"
        if not MEANINGS.search(sections[title]):
            return "no unit for what is returned"
    return ""


def list_gaps(folder: Path) -> dict[str, str]:
    """Public numeric functions below a folder whose docstrings leave something unsaid.

    Keys are like `ramp155/model/quantiles.py:compute_bands`.
    """
    gaps = {}
    for path in sorted(folder.rglob("*.py")):
        for name, node, is_public in list_functions(ast.parse(path.read_text(encoding="utf-8"))):
            gap = find_gap(node) if is_public and is_numeric(node) else ""
            if gap:
                gaps[f"{path.relative_to(folder.parent)}:{name}"] = gap
    return gaps
