"""Run every benchmark, print a table and write bench/results.json."""

from __future__ import annotations

import json
import sys

from bench import cold_start, load, memory, model, repaint
from bench.server import ROOT

ALL = {
    "model": model.run,
    "repaint": repaint.run,
    "cold_start": cold_start.run,
    "load": load.run,
    "memory": memory.run,
}


def main(names: list[str]) -> int:
    """Run the named benchmarks (none: all of them)."""
    unknown = set(names) - set(ALL)
    if unknown:
        print(f"bench: no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(ALL)}")
        return 2
    results_file = ROOT / "bench" / "results.json"
    results = json.loads(results_file.read_text()) if results_file.exists() else {}
    for name in names or ALL:
        results[name] = ALL[name]()
        print(name)
        for key, value in results[name].items():
            print(f"  {key:36s} {value:10.2f}")
    results_file.write_text(json.dumps(results, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
