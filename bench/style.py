"""The shape of the code in figures, beside what it was in November 2026: `python -m bench.style`.

Counts the library, the app and its pages, never tests. `--json` prints the figures alone.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("ramp155", "ui", "pages")
VERBS = set(
    [
        "accept",
        "add",
        "adjust",
        "admit",
        "annotate",
        "answer",
        "append",
        "apply",
        "are",
        "as",
        "ask",
        "assert",
        "attribute",
        "await",
        "balance",
        "begin",
        "bound",
        "break",
        "bring",
        "build",
        "call",
        "can",
        "carry",
        "change",
        "check",
        "choose",
        "clean",
        "clear",
        "clip",
        "close",
        "collect",
        "colour",
        "combine",
        "compare",
        "compile",
        "complete",
        "compose",
        "compute",
        "connect",
        "convert",
        "copy",
        "count",
        "cover",
        "cut",
        "date",
        "decide",
        "decode",
        "define",
        "delete",
        "deliver",
        "derive",
        "describe",
        "dilute",
        "do",
        "draw",
        "drop",
        "edit",
        "embed",
        "encode",
        "end",
        "enter",
        "escape",
        "estimate",
        "evaluate",
        "exclude",
        "expand",
        "explain",
        "export",
        "extend",
        "extract",
        "fill",
        "filter",
        "find",
        "finish",
        "fit",
        "fold",
        "follow",
        "forget",
        "format",
        "freeze",
        "gather",
        "generate",
        "get",
        "give",
        "go",
        "grade",
        "group",
        "grow",
        "guess",
        "halve",
        "handle",
        "has",
        "have",
        "head",
        "hide",
        "hold",
        "include",
        "index",
        "indent",
        "infer",
        "insert",
        "interpolate",
        "is",
        "issue",
        "join",
        "judge",
        "keep",
        "know",
        "label",
        "land",
        "lay",
        "leave",
        "let",
        "lift",
        "limit",
        "line",
        "link",
        "list",
        "load",
        "lock",
        "look",
        "lower",
        "make",
        "map",
        "mark",
        "mask",
        "match",
        "measure",
        "mend",
        "merge",
        "miss",
        "mount",
        "move",
        "must",
        "name",
        "narrow",
        "needs",
        "normalise",
        "note",
        "number",
        "offer",
        "open",
        "order",
        "pack",
        "pair",
        "parse",
        "pass",
        "pay",
        "phrase",
        "pick",
        "pin",
        "place",
        "plan",
        "play",
        "plot",
        "post",
        "prepare",
        "present",
        "print",
        "process",
        "project",
        "promise",
        "protect",
        "prove",
        "publish",
        "pull",
        "push",
        "put",
        "quote",
        "raise",
        "rank",
        "rate",
        "reach",
        "read",
        "rebuild",
        "recall",
        "reduce",
        "refer",
        "refuse",
        "register",
        "release",
        "remember",
        "remove",
        "rename",
        "render",
        "repair",
        "repeat",
        "replace",
        "report",
        "require",
        "reset",
        "resolve",
        "restore",
        "return",
        "reveal",
        "review",
        "rewrite",
        "round",
        "run",
        "save",
        "say",
        "scale",
        "score",
        "search",
        "seek",
        "select",
        "send",
        "serve",
        "set",
        "settle",
        "shape",
        "share",
        "shift",
        "should",
        "show",
        "shrink",
        "sign",
        "simulate",
        "skip",
        "slice",
        "solve",
        "sort",
        "speak",
        "split",
        "stack",
        "start",
        "state",
        "step",
        "stop",
        "store",
        "strip",
        "submit",
        "sum",
        "supply",
        "swap",
        "switch",
        "take",
        "tell",
        "test",
        "thin",
        "tidy",
        "time",
        "trace",
        "translate",
        "trim",
        "try",
        "turn",
        "type",
        "unpack",
        "unpin",
        "update",
        "upload",
        "use",
        "validate",
        "verify",
        "wait",
        "walk",
        "want",
        "warm",
        "warn",
        "was",
        "weigh",
        "widen",
        "will",
        "wrap",
        "write",
    ]
)
# Names that say nothing of what they hold.
CATCH_ALL = set(
    [
        "found",
        "told",
        "own",
        "made",
        "kept",
        "rows",
        "row",
        "here",
        "at",
        "data",
        "result",
        "results",
        "res",
        "tmp",
        "temp",
        "value",
        "values",
        "val",
        "x",
        "y",
        "item",
        "items",
        "thing",
        "things",
        "stuff",
        "got",
        "obj",
        "out",
        "ret",
        "info",
        "text",
    ]
)
UNITS = re.compile(
    r"rounds|months?\b|years?\b|tonnes?|\bkg\b|%|percent|share|fraction|euros?|EUR|million|pixels?|degrees|"
    r"days?\b|seconds?|bytes|index|quantile|count|number of|ratio|factor|zoom|position|probabilit|draws|places?\b|"
    r"km\b|kilomet|radius|size|odds|characters|lines?\b|columns?\b",
    re.I,
)
NUMERIC = re.compile(r"\b(float|int|Array|ndarray|NDArray|Series)\b")
FORMER = {
    "modules in one folder": "38",
    "files over 400 lines": "15",
    "median file, lines": "156",
    "longest chain of imports": "18",
    "process-wide caches": "93",
    "functions that begin with a verb, %": "12",
    "functions of one word, %": "70",
    "local names that say nothing, %": "26",
    "numeric docstrings naming a unit, %": "45",
    "public numeric functions with Parameters/Returns, %": "0",
    "mypy --strict, errors": "335",
}
GOALS = {
    "modules in one folder": "10",
    "files over 400 lines": "0",
    "median file, lines": "<= 150",
    "longest chain of imports": "<= 10",
    "process-wide caches": "1",
    "functions that begin with a verb, %": "50",
    "functions of one word, %": "20",
    "local names that say nothing, %": "4",
    "numeric docstrings naming a unit, %": "90",
    "public numeric functions with Parameters/Returns, %": "100",
    "mypy --strict, errors": "0",
}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def list_files(root: Path) -> list[Path]:
    """Every Python file of the library, the app and its pages."""
    files = [path for name in PACKAGES for path in (root / name).rglob("*.py")]
    return sorted([*files, root / "app.py"])


def list_functions(tree: ast.AST) -> Iterator[tuple[Function, bool]]:
    """Every function with whether it is public: no underscore, not nested in another function."""

    def walk(node: ast.AST, nested: bool) -> Iterator[tuple[Function, bool]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, Function):
                yield child, not nested and not child.name.startswith("_")
                yield from walk(child, True)
            else:
                yield from walk(child, nested)

    yield from walk(tree, False)


def list_locals(function: Function) -> Iterator[str]:
    """Names bound in a function: parameters and assigned names, those of inner functions left out."""
    arguments = function.args
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        yield argument.arg
    names = set()
    stack: list[ast.AST] = list(function.body)
    while stack:
        node = stack.pop()
        if isinstance(node, Function):
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        stack.extend(ast.iter_child_nodes(node))
    yield from sorted(names)


def find_longest_chain(files: list[Path], root: Path) -> list[str]:
    """The longest chain of modules each importing the next; pages count as modules."""
    names = {}
    for path in files:
        parts = path.relative_to(root).with_suffix("").parts
        names[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    imports: dict[str, set[str]] = {}
    for name, path in names.items():
        wanted = set()
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Import):
                wanted |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                whole = {f"{node.module}.{alias.name}" for alias in node.names}
                modules = whole & set(names)
                wanted |= modules or {node.module}
                if modules != whole:
                    wanted.add(node.module)
        imports[name] = {other for other in wanted if other in names and other != name}

    @cache
    def follow(name: str) -> tuple[str, ...]:
        return (name, *max((follow(other) for other in sorted(imports[name])), key=len, default=()))

    return list(max(map(follow, sorted(imports)), key=len))


def count_mypy_errors(root: Path) -> int:
    """Errors of `mypy --strict` over library, app and pages, as configured in pyproject.toml."""
    command = [sys.executable, "-m", "mypy", "--no-error-summary"]
    output = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False).stdout
    return sum(": error:" in line for line in output.splitlines())


def measure(root: Path, with_mypy: bool = True) -> dict[str, float]:
    """Every figure of the table for a checkout."""
    files = list_files(root)
    sources = {path: path.read_text(encoding="utf-8") for path in files}
    lines = [source.count("\n") for source in sources.values()]
    folders = Counter(path.parent for path in files if path.name != "__init__.py")
    functions = [item for source in sources.values() for item in list_functions(ast.parse(source))]
    names = [f.name.strip("_") for f, _ in functions if not f.name.startswith("__")]
    local_names = [name for f, _ in functions for name in list_locals(f)]
    local_names = [n for n in local_names if n not in ("self", "cls", "_")]
    numeric = [f for f, public in functions if public and _is_numeric(f) and ast.get_docstring(f)]
    library = {p for p in files if "ramp155" in p.parts}
    in_library = [
        f
        for path in library
        for f, public in list_functions(ast.parse(sources[path]))
        if public and _is_numeric(f) and len(f.args.args) > 0
    ]
    figures: dict[str, float] = {
        "modules in one folder": max(folders.values()),
        "files over 400 lines": sum(n > 400 for n in lines),
        "median file, lines": median(lines),
        "longest chain of imports": len(find_longest_chain(files, root)),
        "process-wide caches": sum(
            len(
                re.findall(
                    r"\blru_cache\(|@cache\b|LRUCache\[|cache_resource\b(?!\()|@st\.cache_", s
                )
            )
            for s in sources.values()
        ),
        "functions that begin with a verb, %": _percent(names, lambda n: n.split("_")[0] in VERBS),
        "functions of one word, %": _percent(names, lambda n: "_" not in n),
        "local names that say nothing, %": _percent(local_names, CATCH_ALL.__contains__),
        "numeric docstrings naming a unit, %": _percent(
            numeric, lambda f: bool(UNITS.search(ast.get_docstring(f) or ""))
        ),
        "public numeric functions with Parameters/Returns, %": _percent(
            in_library,
            lambda f: bool(re.search(r"Returns\n\s*-{3,}", ast.get_docstring(f) or "")),
        ),
    }
    if with_mypy:
        figures["mypy --strict, errors"] = count_mypy_errors(root)
    return figures


def _is_numeric(function: Function) -> bool:
    """Whether a function takes or returns a number or an array of numbers."""
    notes = [a.annotation for a in function.args.args if a.annotation]
    notes += [function.returns] if function.returns else []
    return any(NUMERIC.search(ast.unparse(note)) for note in notes)


def _percent(members: list, holds) -> float:  # noqa: ANN001
    return round(100 * sum(map(holds, members)) / max(len(members), 1), 1)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT, help="another checkout to measure")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--no-mypy", action="store_true")
    options = parser.parse_args()
    figures = measure(options.root, not options.no_mypy)
    if options.json:
        print(json.dumps(figures, indent=1))
        return
    print(f"{'':54}{'was':>8}{'is':>8}{'goal':>8}")
    for name, figure in figures.items():
        print(f"{name:54}{FORMER[name]:>8}{figure:>8g}{GOALS[name]:>8}")
    print(
        "\nThe longest chain: "
        + " > ".join(find_longest_chain(list_files(options.root), options.root))
    )


if __name__ == "__main__":
    main()
