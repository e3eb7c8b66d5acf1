"""Cold start to first page: from starting the server to the first chart on screen, beside the bare
app; and a link to a plant's page opened the same way, beside the Overview.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.server import FLAGS, ROOT, Server

FIRST_PICTURE = ".live svg path.scenario, [data-testid=stVegaLiteChart] svg.marks"
# Of the plant on whose lines most is reported.
PLANT_ADDRESS = "plant?site=bergerac-eurenco"


def run(times: int = 3) -> dict[str, float]:
    """Median seconds of the bare app, the Overview and a plant's page, each from a server of its own, and their ratios."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder)
        shutil.copytree(ROOT / ".streamlit", place / ".streamlit")
        shutil.copy(ROOT / "bench" / "bare.py", place / "bare.py")
        starts = {
            "bare": ("bare.py", place, ""),
            "overview": ("app.py", ROOT, ""),
            "plant": ("app.py", ROOT, PLANT_ADDRESS),
        }
        taken: dict[str, list[float]] = {name: [] for name in starts}
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for _ in range(times):
            for name, (script, cwd, address) in starts.items():
                taken[name].append(_time_first_picture(browser, script, cwd, address))
        browser.close()
    result = {f"{name}_s": statistics.median(seconds) for name, seconds in taken.items()}
    result["ratio"] = result["overview_s"] / result["bare_s"]
    result["plant_over_overview"] = result["plant_s"] / result["overview_s"]
    return result


def _time_first_picture(browser: Browser, script: str, cwd: Path, address: str) -> float:
    """Seconds from starting a server to the first chart of an address on screen."""
    start = time.perf_counter()
    with Server(script, cwd) as server:
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(f"{server.url}/{address}")
        page.locator(FIRST_PICTURE).first.wait_for(timeout=180_000, state="attached")
        seconds = time.perf_counter() - start
        page.close()
    return seconds
