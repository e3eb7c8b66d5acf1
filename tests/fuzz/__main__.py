"""`python -m tests.fuzz codec 1000000`, `opening 10000`, `pages 500`: how many made-up links, from which seed, how long, what fell."""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections import Counter

from ramp155.model.model import Model
from tests.fuzz.links import fuzz_codec
from tests.fuzz.pages import fuzz_pages
from tests.shared import record

MOST_SHOWN = 20


def run() -> int:
    """Run what the command line asks for; 1 where anything fell."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("through", choices=["codec", "opening", "pages"])
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    model = Model(record())
    started, used = time.monotonic(), time.process_time()
    if options.through == "codec":
        fallen = fuzz_codec(model, options.count, options.seed)
    else:
        fallen = fuzz_pages(model, options.count, options.seed, options.through == "pages")
    kinds: Counter[str] = Counter()
    for page, query, error in fallen:
        kinds[str(error)[:80]] += 1
        if sum(kinds.values()) <= MOST_SHOWN:
            print(
                page, [(key[:60], text[:200]) for key, text in query], repr(error)[:300], flush=True
            )
    print(
        f"{options.count:,} links through the {options.through} (seed {options.seed}): "
        f"{sum(kinds.values())} fell; {time.monotonic() - started:.0f} s, {time.process_time() - used:.0f} CPU-s"
    )
    return 1 if kinds else 0


if __name__ == "__main__":
    sys.exit(run())
