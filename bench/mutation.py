"""Whether tests notice when the chain or the derivation of status is wrong: `python -m bench.mutation`.

A mutant is one module with one thing changed (a comparison, plus for minus, and for or, a constant by
one, a `not` taken away), put into a copy of the project, where the tests that fit the module run. What
they let pass is told with its line. A sample is drawn by a seed, and a time limit ends the run.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.server import ROOT

CHAIN_TESTS = ("test_chain", "test_simulation")
HISTORY_TESTS = ("test_status_rules", "test_timeline", "test_promises")
# Module -> the tests that fit it. The kernel runs uncompiled: else each mutant would take a compilation.
TESTS = {
    "ramp155/history/status.py": HISTORY_TESTS,
    "ramp155/history/milestones.py": HISTORY_TESTS,
    "ramp155/model/chain/tree.py": CHAIN_TESTS[:1],
    "ramp155/model/chain/runs.py": CHAIN_TESTS,
    "ramp155/model/chain/kernel.py": CHAIN_TESTS[:1],
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}
PATIENCE = 40  # seconds: a mutant that takes longer never ends, which somebody would notice


@dataclass(frozen=True)
class Mutant:
    """One module with one thing changed."""

    file: str
    line: int
    before: str
    after: str
    source: str


def list_mutants(file: str, source: str) -> list[Mutant]:
    """Every mutant of a module."""
    tree = ast.parse(source)
    places = [place for place, node in enumerate(ast.walk(tree)) if isinstance(node, ast.expr)]
    mutants = []
    for place in places:
        node = list(ast.walk(tree))[place]
        for changed in list_changes(node):
            mutated = copy.deepcopy(tree)
            target = list(ast.walk(mutated))[place]
            replaced = _Replace(target, changed).visit(mutated)
            mutants.append(
                Mutant(
                    file,
                    getattr(node, "lineno", 0),
                    ast.unparse(node),
                    ast.unparse(changed),
                    ast.unparse(ast.fix_missing_locations(replaced)),
                )
            )
    return mutants


def list_changes(node: ast.AST) -> Iterator[ast.expr]:
    """What may stand instead of an expression; nothing for most."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for other in COMPARISONS[type(node.ops[0])]:
            yield ast.Compare(node.left, [other()], node.comparators)
    elif isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
        yield ast.BinOp(node.left, ARITHMETIC[type(node.op)](), node.right)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        steps = () if isinstance(node.value, bool) else (1, -1)
        for step in steps:
            yield ast.Constant(node.value + step)


class _Replace(ast.NodeTransformer):
    """Put one node in place of another."""

    def __init__(self, target: ast.AST, changed: ast.AST) -> None:
        self.target, self.changed = target, changed

    def visit(self, node: ast.AST) -> ast.AST:
        """The node itself, or what stands for it."""
        if node is self.target:
            return self.changed
        return self.generic_visit(node)


def is_noticed(folder: Path, mutant: Mutant) -> bool:
    """Whether a test fails, or never ends, with the mutant in place of its module."""
    path = folder / mutant.file
    original = path.read_bytes()
    path.write_text(mutant.source, encoding="utf-8")
    try:
        return not pass_tests(folder, mutant.file)
    finally:
        path.write_bytes(original)


def pass_tests(folder: Path, file: str) -> bool:
    """Whether all tests that fit a module pass in a copy of the project."""
    tests = [folder / "tests" / "unit" / f"{name}.py" for name in TESTS[file]]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
    command += ["-m", "not nightly", *(str(test) for test in tests if test.exists())]
    plain = {"NUMBA_DISABLE_JIT": "1"} if file.endswith("kernel.py") else {}
    environment = {
        **os.environ,
        "PYTHONDONTWRITEBYTECODE": "1",
        "HYPOTHESIS_PROFILE": "few",
    } | plain
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def run(seed: int, limit: float, files: list[str]) -> dict[str, Counter[str]]:
    """Draw mutants and try them until the time is up; tells those that pass as it goes.

    Parameters
    ----------
    seed : int
        Of the sample.
    limit : float
        Seconds in all.
    files : list of str
        Modules of `TESTS`.

    Returns
    -------
    dict of str to Counter
        Module -> count of mutants noticed, passed and left untried.
    """
    until = time.monotonic() + limit
    luck = random.Random(seed)
    queues = {}
    for file in files:
        mutants = list_mutants(file, (ROOT / file).read_text(encoding="utf-8"))
        queues[file] = luck.sample(mutants, len(mutants))
    tally: dict[str, Counter[str]] = {file: Counter() for file in files}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "copy"
        unwanted = shutil.ignore_patterns(".git", ".venv", ".*_cache", "results.json")
        shutil.copytree(ROOT, folder, ignore=unwanted)
        for file in files:
            if not pass_tests(folder, file):
                raise AssertionError(f"the tests of {file} fail, or take too long, as it stands")
        while any(queues.values()) and time.monotonic() < until:
            for file, queue in queues.items():  # in turn, so that no module is left out
                if queue and time.monotonic() < until:
                    mutant = queue.pop()
                    noticed = is_noticed(folder, mutant)
                    tally[file]["noticed" if noticed else "passed"] += 1
                    if not noticed:
                        place = f"{mutant.file}:{mutant.line}"
                        print(f"{place}: {mutant.before}  ->  {mutant.after}", flush=True)
    for file, queue in queues.items():
        tally[file]["untried"] = len(queue)
    return tally


def main() -> int:
    """Read the options, run, and print the tally."""
    parser = argparse.ArgumentParser(prog="python -m bench.mutation", description=__doc__)
    parser.add_argument("files", nargs="*", default=list(TESTS))
    parser.add_argument("--seed", type=int, default=155)
    parser.add_argument("--minutes", type=float, default=12.0)
    options = parser.parse_args()
    for file, counts in run(options.seed, options.minutes * 60, options.files).items():
        summary = ", ".join(f"{count} {word}" for word, count in sorted(counts.items()))
        print(f"{file:32s} {summary}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
