"""Measure everything, or the parts named, beside a floor or peer of the same run: `python -m bench [--long] [part ...]`.

Writes bench/results.json, and the table of goals in bench/README.md: this run beside the last. `--long` measures
more of each. A part has a process of its own: one that fails, or takes longer than its limit, is stopped, and the others go on.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time

from bench import cold_start, load, memory, model, repaint, table, visits
from bench.runner import Part, measure
from bench.server import ROOT
from ramp155.base.shelf import open_shelf

RESULTS_FILE = ROOT / "bench" / "results.json"
LONG = "--long"


PARTS = {
    "cold_start": Part(cold_start.run, {"times": 3, "with_plant": False}, 120, 300),
    "visits": Part(visits.run, {"visits": 5}, 60, 120),
    "repaint": Part(
        repaint.run, {"presses": 8, "releases": 6, "seconds": 0.8, "with_plain": False}, 180, 600
    ),
    "load": Part(load.run, {"users": 20, "releases": 4, "pace": 1.0}, 60, 400),
    "model": Part(model.run, {"with_peer": False}, 40, 200),
    "memory": Part(memory.run, {"quick": True}, 60, 900),
}


def main(arguments: list[str]) -> int:
    """Run the parts named (none: all of them)."""
    names, is_long = [one for one in arguments if one != LONG], LONG in arguments
    unknown = set(names) - set(PARTS)
    if unknown:
        print(f"bench: no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
        return 2
    prepare()
    start, results = time.perf_counter(), table.read_results(RESULTS_FILE)
    failed = []
    for name in names or PARTS:
        figures = measure(name, PARTS[name], is_long)
        table.put_beside(results, f"{name} long" if is_long else name, figures)
        RESULTS_FILE.write_text(json.dumps(results, indent=1) + "\n")
        table.write_table(results)
        failed += [] if figures else [name]
    taken = time.perf_counter() - start
    if not names:
        table.put_beside(results, "bench long" if is_long else "bench", {"seconds": taken})
        RESULTS_FILE.write_text(json.dumps(results, indent=1) + "\n")
        table.write_table(results)
    print(f"\n{table.draw_table(results)}\n\ntook {taken:.0f} s", flush=True)
    if failed:
        print(f"failed: {', '.join(failed)}")
    return bool(failed)


def prepare() -> None:
    """Keep the pages' answers on disk where they are not: else a server would work them out while it is measured."""
    if open_shelf().is_empty:
        print("pages' answers are kept first, as at set-up: python -m ui.prepare", flush=True)
        subprocess.run([sys.executable, "-m", "ui.prepare"], cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
