"""Every figure of the table, for a checkout: the library, the app and its pages, never tests."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import TypeVar

from bench.style.caches import list_caches
from bench.style.docstrings import Function, find_gap, is_numeric, list_functions
from bench.style.import_chains import find_longest_chain, merge_rooms, name_module, read_imports
from bench.style.words import CATCH_ALL, UNITS, VERBS, VERBS_WITH_OBJECT

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("ramp155", "ui", "pages")
_T = TypeVar("_T")


def list_files(root: Path = ROOT) -> list[Path]:
    """Every Python file of the library, the app and its pages."""
    files = [path for name in PACKAGES for path in (root / name).rglob("*.py")]
    return sorted([*files, root / "app.py"])


def begins_with_verb(name: str) -> bool:
    """Whether a function's name begins with a verb; `bench.style.words` says what counts as one."""
    first, _, onward = name.partition("_")
    return first in VERBS or (first in VERBS_WITH_OBJECT and bool(onward))


def list_locals(function: Function) -> Iterator[str]:
    """Names assigned in a function, each once, without parameters and names of inner functions."""
    arguments = function.args
    parameters = {a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    names = set()
    nodes: list[ast.AST] = list(function.body)
    while nodes:
        node = nodes.pop()
        if isinstance(node, Function):
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        nodes.extend(ast.iter_child_nodes(node))
    yield from sorted(names - parameters - {"_"})


def list_chain(root: Path = ROOT, by_room: bool = False) -> list[str]:
    """The longest chain of imports, over modules or over rooms."""
    sources = {name_module(path, root): _read(path) for path in list_files(root)}
    imports = read_imports(sources)
    return find_longest_chain(merge_rooms(imports) if by_room else imports)


def count_mypy_errors(root: Path = ROOT) -> int:
    """Errors of `mypy --strict` over library, app and pages."""
    command = [sys.executable, "-m", "mypy", "--strict", "--explicit-package-bases"]
    command += ["--no-error-summary", *PACKAGES, "app.py"]
    output = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False).stdout
    return sum(": error:" in line for line in output.splitlines())


def measure(root: Path = ROOT, with_mypy: bool = True) -> dict[str, float]:
    """Every figure by the name it has in the table."""
    figures = {
        **measure_files(root),
        **measure_names(root),
        **measure_docstrings(root),
    }
    if with_mypy:
        figures["mypy --strict, errors"] = count_mypy_errors(root)
    return figures


def measure_files(root: Path = ROOT) -> dict[str, float]:
    """Length of files, size of folders, chains of imports, caches."""
    files = list_files(root)
    lengths = [_read(path).count("\n") for path in files]
    folders = Counter(path.parent for path in files if path.name != "__init__.py")
    return {
        "modules in one folder": max(folders.values()),
        "files over 400 lines": sum(length > 400 for length in lengths),
        "median file, lines": median(lengths),
        "longest chain of imports, modules": len(list_chain(root)),
        "longest chain of imports, rooms": len(list_chain(root, by_room=True)),
        "process-wide caches": sum(len(list_caches(_read(path))) for path in files),
    }


def measure_names(root: Path = ROOT) -> dict[str, float]:
    """How functions and local names are called, in percent of all of them."""
    functions = [named.node for path in list_files(root) for named in list_functions(_parse(path))]
    names = [f.name.strip("_") for f in functions if not f.name.startswith("__")]
    locals_ = [name for function in functions for name in list_locals(function)]
    return {
        "functions that begin with a verb, %": _percent(names, begins_with_verb),
        "functions of one word, %": _percent(names, lambda name: "_" not in name),
        "local names that say nothing, %": _percent(locals_, CATCH_ALL.__contains__),
    }


def measure_docstrings(root: Path = ROOT) -> dict[str, float]:
    """What docstrings of the library's public numeric functions say, in percent of all of them."""
    numeric = [
        named.node
        for path in list_files(root)
        if path.is_relative_to(root / "ramp155")
        for named in list_functions(_parse(path))
        if named.is_public and is_numeric(named.node)
    ]
    return {
        "numeric docstrings naming a unit, %": _percent(
            numeric, lambda f: bool(UNITS.search(ast.get_docstring(f) or ""))
        ),
        "numeric docstrings with all sections, %": _percent(numeric, lambda f: not find_gap(f)),
    }


def _percent(members: Sequence[_T], holds: Callable[[_T], bool]) -> float:
    """The share of members for which something holds, in percent with one decimal."""
    return round(100 * sum(map(holds, members)) / max(len(members), 1), 1)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _parse(path: Path) -> ast.Module:
    return ast.parse(_read(path))
