"""What a visit costs the server's processor: a session's first run, and a link with a scenario nobody asked for before, beside the
bare app's first run. Over Streamlit's own websocket, as in `bench.load`: no browser takes part.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from bench.load import Session
from bench.server import ROOT, Server, read_cpu

SETTLING = 90  # seconds that a server may take until it is warm


def run(visits: int = 10) -> dict[str, float]:
    """Seconds of the server's processor a visit, the median of so many, each in a session of its own."""
    result = {}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        shutil.copytree(ROOT / ".streamlit", place / ".streamlit")
        shutil.copy(ROOT / "bench" / "bare.py", place / "bare.py")
        with Server("bare.py", place) as bare, Server("app.py") as app:
            _wait_until_ready(app)
            links: dict[str, tuple[Server, str, Callable[[int], str]]] = {
                "bare_first_run": (bare, "", lambda visit: ""),
                "overview_first_run": (app, "", lambda visit: ""),
                "what_if_first_run": (app, "what_if", lambda visit: ""),
                "new_supply_link": (app, "what_if", lambda visit: f"nc={60 + visit}"),
                "new_scenario_link": (app, "what_if", lambda visit: f"nc=80&filling={120 + visit}"),
                "new_scenario_on_overview": (app, "", lambda visit: f"nc=80&fuzes={120 + visit}"),
            }
            for name, (server, page, write_query) in links.items():
                taken = [
                    asyncio.run(_visit(server, page, write_query(visit)))
                    for visit in range(visits + 1)
                ]
                result[f"{name}_cpu_s"] = statistics.median(taken[1:])  # the first warms up
                print(f"  {name}", flush=True)
    return result


async def _visit(server: Server, page: str, query: str) -> float:
    """Seconds of processor for a new session's first run, without what waits for the browser's first picture."""
    async with contextlib.AsyncExitStack() as stack:
        session = Session(server.url, page)
        session.query = query
        before = read_cpu(server)
        await session.open(stack)
        taken = read_cpu(server) - before
        if session.exceptions:
            raise AssertionError(f"{page}?{query} raised")
        return taken


def _wait_until_ready(server: Server) -> None:
    """Until a server is warm, and works at nothing any more."""
    end = time.monotonic() + SETTLING
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{server.url}/ready", timeout=1).read()
            before = read_cpu(server)
            time.sleep(1)
            if read_cpu(server) - before < 0.05:
                return
        time.sleep(0.1)
    raise TimeoutError(f"not ready within {SETTLING} s")
