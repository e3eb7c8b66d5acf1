"""Measure everything, or the parts named, beside a floor or peer of the same run: `python -m bench [--long] [part ...]`.

Writes bench/results.json, and the table of goals in bench/README.md: this run beside the last. `--long` measures
more of each. A part that takes longer than its limit is stopped, and the others go on.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from bench import cold_start, load, memory, model, repaint, table, visits
from bench.server import ROOT

RESULTS_FILE = ROOT / "bench" / "results.json"


class Part(NamedTuple):
    """A benchmark, what it is given for a quick run, and after how many seconds it is stopped."""

    run: Callable[..., dict[str, float]]
    quick: dict[str, Any]
    limit: int


PARTS = {
    "cold_start": Part(cold_start.run, {"times": 3, "with_plant": False}, 90),
    "visits": Part(visits.run, {"visits": 5}, 50),
    "repaint": Part(repaint.run, {"presses": 8, "releases": 6, "seconds": 1.2}, 150),
    "load": Part(load.run, {"users": 20, "releases": 4, "pace": 1.0}, 50),
    "model": Part(model.run, {"with_peer": False}, 30),
    "memory": Part(memory.run, {"quick": True}, 50),
}
LONGER = 10  # times the limit, for a long run


def main(arguments: list[str]) -> int:
    """Run the parts named (none: all of them)."""
    names = [argument for argument in arguments if argument != "--long"]
    unknown = set(names) - set(PARTS)
    if unknown:
        print(f"bench: no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
        return 2
    results = json.loads(RESULTS_FILE.read_text()) if RESULTS_FILE.exists() else {}
    failed = [name for name in names or PARTS if not _measure(name, "--long" in arguments, results)]
    RESULTS_FILE.write_text(json.dumps(results, indent=1))
    table.write_table(results)
    print(f"\n{table.draw_table(results)}")
    return bool(failed)


def _measure(name: str, is_long: bool, results: dict[str, Any]) -> bool:
    """Run one part within its time, and put its figures beside the last; whether it came to an end."""
    part, start = PARTS[name], time.perf_counter()
    limit = part.limit * (LONGER if is_long else 1)
    print(f"{name} (at most {limit} s)", flush=True)

    def stop(*_: object) -> None:
        raise TimeoutError(f"stopped after {limit} s")

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(limit)
    try:
        figures = part.run(**({} if is_long else part.quick))
    except TimeoutError as error:
        print(f"  {error}", flush=True)
        return False
    finally:
        signal.alarm(0)
    for key, figure in figures.items():
        print(f"  {key:44s} {figure:10.3f}")
    print(f"  took {time.perf_counter() - start:.0f} s", flush=True)
    results[name] = {"this": figures, "last": results.get(name, {}).get("this", {})}
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
