"""Print the table: `python -m bench.style`; `--json` prints the figures alone, `--root` measures
another checkout.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import NamedTuple

from bench.style.docstrings import list_gaps
from bench.style.measure import ROOT, list_chain, measure


class Beside(NamedTuple):
    """What a figure stands beside: a reader's count, this script's on the same checkout, and the goal."""

    review: float
    then: float
    goal: str


# `review` was counted at c140dc3 in November 2026 by a reader with a script of their own; `then` by this one:
# `git worktree add ../then c140dc3`, then `python -m bench.style --root ../then --json`.
BESIDE = {
    "modules in one folder": Beside(38, 37, "<= 10"),
    "files over 400 lines": Beside(15, 15, "0"),
    "median file, lines": Beside(156, 156, "<= 150"),
    "longest chain of imports, modules": Beside(18, 18, ""),
    "longest chain of imports, rooms": Beside(18, 18, "<= 10"),
    "process-wide caches": Beside(
        93, 94, "<= 1"
    ),  # today: drawings and fonts; the published record
    "functions that begin with a verb, %": Beside(12, 14.2, ">= 50"),
    "functions of one word, %": Beside(70, 70.7, "<= 20"),
    "local names that say nothing, %": Beside(26, 24.9, "<= 4"),
    "numeric docstrings naming a unit, %": Beside(45, 54, ">= 90"),
    "numeric docstrings with all sections, %": Beside(0, 2.9, "100"),
    "mypy --strict, errors": Beside(335, 453, "0"),
}


def main() -> None:
    """Print the table, or the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT, help="another checkout to measure")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--no-mypy", action="store_true")
    parser.add_argument("--gaps", action="store_true", help="list what docstrings leave unsaid")
    options = parser.parse_args()
    if options.gaps:
        for name, gap in list_gaps(options.root / "ramp155").items():
            print(f"{name}: {gap}")
        return
    figures = measure(options.root, not options.no_mypy)
    if options.json:
        print(json.dumps(figures, indent=1))
        return
    print(f"{'':42}{'review':>8}{'script':>8}{'today':>8}{'goal':>8}")
    print(f"{'':42}{'at c140dc3':>16}")
    for name, figure in figures.items():
        review, then, goal = BESIDE[name]
        print(f"{name:42}{review:>8g}{then:>8g}{figure:>8g}{goal:>8}")
    print("\nThe longest chain over rooms: " + " > ".join(list_chain(options.root, by_room=True)))


if __name__ == "__main__":
    main()
