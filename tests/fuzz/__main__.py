"""`python -m tests.fuzz codec 1000000`, `opening 10000`, `pages 10000 --progress FILE`: made-up links, how long they take, what falls.

With a file of progress a run that was ended goes on where it stood: the same links, whoever opens them.
"""

from __future__ import annotations

import argparse
import gc
import json
import logging
import sys
import time
from collections import Counter
from pathlib import Path

from ramp155.model.model import Model
from tests.fuzz.links import PAGES, fuzz_codec
from tests.fuzz.pages import fuzz_pages
from tests.shared import record

MOST_SHOWN = 20
_STEP = 100  # links between two lines of progress
_SLOWEST = 5


class Progress:
    """How far a run is, kept in a file: a line for so many links, and one for each that fell.

    Parameters
    ----------
    path : Path or None
        The file, which a later run goes on with; None keeps nothing.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        lines = path.read_text("utf-8").splitlines() if path and path.exists() else []
        entries = [json.loads(line) for line in lines]
        steps = [entry for entry in entries if "done" in entry]
        self.done = steps[-1]["done"] if steps else 0
        self.seconds = sum(step["seconds"] for step in steps)
        self.processor = sum(step["processor"] for step in steps)
        self.pages: Counter[str] = Counter()
        for step in steps:
            self.pages.update(step["pages"])
        self.fallen = [entry for entry in entries if "fault" in entry]
        self.slowest = [slow for step in steps for slow in step["slowest"]]

    def write(self, entry: dict[str, object]) -> None:
        """Add a line."""
        if self._path:
            with self._path.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(entry) + "\n")


def run_codec(model: Model, count: int, seed: int) -> int:
    """Read and write so many links; how many fell."""
    fallen = 0
    for page, query, error in fuzz_codec(model, count, seed):
        fallen += 1
        if fallen <= MOST_SHOWN:
            shown = [(key[:60], text[:200]) for key, text in query]
            print(page, shown, repr(error)[:300], flush=True)
    return fallen


def run_pages(model: Model, count: int, seed: int, is_whole: bool, progress: Progress) -> int:
    """Open so many links, from where the progress stands; how many fell."""
    started, used = time.monotonic(), time.process_time()
    opened_links = []
    for opened in fuzz_pages(model, count - progress.done, seed, is_whole, progress.done):
        number = progress.done + len(opened_links)
        opened_links.append(opened)
        if opened.fault:
            query = [(key, repr(text)[:300]) for key, text in opened.query]
            entry = {"number": number, "page": opened.page, "query": query, "fault": opened.fault}
            progress.fallen.append(entry)
            progress.write(entry)
            print(json.dumps(entry, ensure_ascii=False)[:2000], flush=True)
        if len(opened_links) == _STEP or number + 1 == count:
            by_time = sorted(opened_links, key=lambda one: -one.seconds)[:_SLOWEST]
            step = {
                "done": number + 1,
                "seconds": round(time.monotonic() - started, 2),
                "processor": round(time.process_time() - used, 2),
                "pages": Counter(one.page for one in opened_links),
                "slowest": [[round(one.seconds, 2), one.page] for one in by_time],
                "texts": sum(one.texts for one in opened_links),
            }
            progress.write(step)
            progress.done, opened_links = number + 1, []
            progress.seconds += step["seconds"]
            progress.processor += step["processor"]
            progress.pages.update(step["pages"])
            progress.slowest += step["slowest"]
            started, used = time.monotonic(), time.process_time()
    print(dict(progress.pages), "slowest:", sorted(progress.slowest, reverse=True)[:_SLOWEST])
    return len(progress.fallen)


def run() -> int:
    """Run what the command line asks for; 1 where anything fell."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("through", choices=["codec", "opening", "pages"])
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--progress", type=Path)
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    model = Model(record())
    started, used = time.monotonic(), time.process_time()
    progress = Progress(options.progress)
    gc.freeze()  # what stays is not looked through again for every page
    gc.set_threshold(100_000, 20, 100)
    if options.through == "codec":
        fallen = run_codec(model, options.count, options.seed)
        seconds, processor = time.monotonic() - started, time.process_time() - used
    else:
        assert options.count % len(PAGES) == 0, "pages take turns"
        fallen = run_pages(model, options.count, options.seed, options.through == "pages", progress)
        seconds, processor = progress.seconds, progress.processor
    print(
        f"{options.count:,} links through the {options.through} (seed {options.seed}): "
        f"{fallen} fell; {seconds:.0f} s, {processor:.0f} CPU-s"
    )
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(run())
