"""Cold start: from starting a fresh server to the first chart on screen, for its first and its second visitor, beside the
bare app, and a link to a plant's page beside the Overview; what the server's processor did, and what was sent before the map.

The apps take turns, so that a load of the machine hits all.
"""

from __future__ import annotations

import contextlib
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.server import FLAGS, ROOT, Server, read_cpu

FIRST_PICTURE = ".live svg path.scenario, [data-testid=stVegaLiteChart] svg.marks"
# Of the plant on whose lines most is reported.
PLANT_ADDRESS = "plant?site=bergerac-eurenco"
# Of these the map is made: what comes with them is sent after the first chart.
MAP_PARTS = ("DeckGlJsonChart", "land.geojson", "webgl-device")


def run(times: int = 5, with_plant: bool = True) -> dict[str, float]:
    """Medians of all (`with_plant`: a plant's page too) and their ratios: seconds of wall and of the server's processor, megabytes."""
    measured: dict[str, dict[str, list[float]]] = {"bare": {}, "overview": {}, "plant": {}}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder)
        shutil.copytree(ROOT / ".streamlit", place / ".streamlit")
        shutil.copy(ROOT / "bench" / "bare.py", place / "bare.py")
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"), args=FLAGS
        )
        for turn in range(times):
            apps = [
                ("bare", "bare.py", place, ""),
                ("overview", "app.py", ROOT, ""),
                *([("plant", "app.py", ROOT, PLANT_ADDRESS)] if with_plant else []),
            ]
            for name, script, cwd, address in apps if turn % 2 else apps[::-1]:
                for what, figure in _measure(browser, script, cwd, address).items():
                    measured[name].setdefault(what, []).append(figure)
            print(f"  cold start {turn + 1} of {times}", flush=True)
        browser.close()
    medians = {
        (name, what): statistics.median(figures)
        for name, by_what in measured.items()
        for what, figures in by_what.items()
    }
    result = {f"{name}_{what}": median for (name, what), median in medians.items()}
    for what in measured["bare"]:
        result[f"{what}_ratio"] = medians["overview", what] / medians["bare", what]
        if with_plant:
            result[f"{what}_plant_over_overview"] = (
                medians["plant", what] / medians["overview", what]
            )
    return result


def _measure(browser: Browser, script: str, cwd: Path, address: str) -> dict[str, float]:
    """One fresh server and its first two visitors."""
    start = time.perf_counter()
    with Server(script, cwd) as server:
        healthy = time.perf_counter() - start
        with _visit(browser, f"{server.url}/{address}") as (page, sent):
            first = time.perf_counter() - start
            first_bytes = sum(sent)
            first_cpu = read_cpu(server)
            _wait_until_idle(server, page)  # the rest of the page, and of the start
        before, begin = read_cpu(server), time.perf_counter()
        with _visit(browser, f"{server.url}/{address}") as (page, _):
            second = time.perf_counter() - begin
            page.wait_for_timeout(1000)
            second_cpu = read_cpu(server) - before
    return {
        "health_s": healthy,
        "first_s": first,
        "first_cpu_s": first_cpu,
        "first_mb": first_bytes / 1e6,
        "second_s": second,
        "second_cpu_s": second_cpu,
    }


def _wait_until_idle(server: Server, page: Page) -> None:
    """Until a server works at nothing any more, or for a quarter of a minute."""
    for _ in range(15):
        before = read_cpu(server)
        page.wait_for_timeout(1000)
        if read_cpu(server) - before < 0.05:
            return


@contextlib.contextmanager
def _visit(browser: Browser, url: str) -> Iterator[tuple[Page, list[int]]]:
    """A new visitor with the first chart on screen; and the bytes of each answer until then, the map's left out."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    sent: list[int] = []
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    map_requests: set[str] = set()
    session.on(
        "Network.responseReceived",
        lambda told: (
            map_requests.add(told["requestId"])
            if any(part in told["response"]["url"] for part in MAP_PARTS)
            else None
        ),
    )
    session.on(
        "Network.loadingFinished",
        lambda told: (
            None
            if told["requestId"] in map_requests
            else sent.append(int(told["encodedDataLength"]))
        ),
    )
    session.on(
        "Network.webSocketFrameReceived",
        lambda told: sent.append(len(told["response"]["payloadData"]) * 3 // 4),  # base64
    )
    page.goto(url)
    page.locator(FIRST_PICTURE).first.wait_for(timeout=60_000, state="attached")
    yield page, sent
    context.close()
