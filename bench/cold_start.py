"""Cold start to first page: from starting the server to the first chart on screen, beside the bare
app.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.server import FLAGS, ROOT, Server

FIRST_PICTURE = ".live svg path.scenario, [data-testid=stVegaLiteChart] svg.marks"


def run(times: int = 3) -> dict[str, float]:
    """Median seconds of both, and their ratio."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    taken: dict[str, list[float]] = {"bare": [], "overview": []}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder)
        shutil.copytree(ROOT / ".streamlit", place / ".streamlit")
        shutil.copy(ROOT / "bench" / "bare.py", place / "bare.py")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for _ in range(times):
            for name, script, cwd in (("bare", "bare.py", place), ("overview", "app.py", ROOT)):
                start = time.perf_counter()
                with Server(script, cwd) as server:
                    page = browser.new_page(viewport={"width": 1366, "height": 768})
                    page.goto(server.url)
                    chart = page.locator(FIRST_PICTURE).first
                    chart.wait_for(timeout=60_000, state="attached")
                    taken[name].append(time.perf_counter() - start)
                    page.close()
        browser.close()
    result = {f"{name}_s": statistics.median(values) for name, values in taken.items()}
    result["ratio"] = result["overview_s"] / result["bare_s"]
    return result
