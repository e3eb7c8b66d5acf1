"""Slider to repaint, in a real Chromium: What-if beside the bare app, same settings, same run.

The clock is the page's own. It starts at the key press (seen before Streamlit sees it) and stops when
the chart's picture differs from the one before and the frame that shows it has been handed over.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.server import FLAGS, ROOT, Server

WATCH = r"""
(() => {
  const seen = window.__repaint = {pressed: 0, painted: 0, picture: '', armed: false};
  const roots = () => [document, ...[...document.querySelectorAll('*')].map(e => e.shadowRoot).filter(Boolean)];
  const find = css => { for (const r of roots()) { const e = r.querySelector(css); if (e) return e; } };
  const chart = () => find('.live svg') || find('[data-testid=stVegaLiteChart] svg.marks');
  const picture = () => { const svg = chart(); return svg ? svg.outerHTML : ''; };
  window.addEventListener('keydown', () => { if (seen.armed) seen.pressed = performance.now(); }, true);
  const channel = new MessageChannel();
  let waiting = false;
  channel.port1.onmessage = () => {
    waiting = false;
    const now = performance.now(), drawn = picture();
    if (seen.armed && seen.pressed && drawn && drawn !== seen.picture) {
      seen.painted = now; seen.picture = drawn; seen.armed = false;
    }
  };
  const frame = () => { if (waiting) return; waiting = true;
    requestAnimationFrame(() => channel.port2.postMessage(0)); };
  const watched = new WeakSet();
  seen.arm = () => {
    for (const root of roots()) if (!watched.has(root)) {
      watched.add(root);
      new MutationObserver(frame).observe(root,
        {subtree: true, childList: true, attributes: true, characterData: true});
    }
    seen.picture = picture(); seen.pressed = seen.painted = 0; seen.armed = true;
  };
})();
"""


def measure(browser: Browser, url: str, presses: int) -> list[float]:
    """Milliseconds from each of so many arrow keys to the chart's next picture."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.add_init_script(WATCH)
    page.goto(url)
    page.locator(".live svg path, [data-testid=stVegaLiteChart] svg.marks").first.wait_for(
        timeout=60_000, state="attached"
    )
    page.wait_for_timeout(3000)
    # The live slider where there is one, else Streamlit's (the other levers are sliders too).
    live = page.locator("input[type=range][aria-label='Nitrocellulose supply']")
    plain = page.locator("[data-testid=stSlider]", has_text="Nitrocellulose supply").locator(
        "input"
    )
    (live if page.locator(".live").count() else plain).first.focus()
    times = []
    for press in range(presses + 3):
        page.evaluate("__repaint.arm()")
        page.keyboard.press("ArrowLeft")
        page.wait_for_function("__repaint.painted > 0", timeout=15_000, polling=20)
        if press >= 3:  # the first ones warm caches up
            times.append(page.evaluate("__repaint.painted - __repaint.pressed"))
        page.wait_for_timeout(500)
    page.close()
    return times


def run(presses: int = 40) -> dict[str, float]:
    """Medians and 95th percentiles of both, and their ratio. Halves run in mirrored order against drift.

    What-if answers live; `plain` is the same page with Streamlit's own slider."""
    times: dict[str, list[float]] = {"bare": [], "what_if": [], "what_if_plain": []}
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder)
        shutil.copytree(ROOT / ".streamlit", place / ".streamlit")
        shutil.copy(ROOT / "bench" / "bare.py", place / "bare.py")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with Server("bare.py", place) as bare, Server("app.py") as app:
            urls = {
                "bare": bare.url,
                "what_if": f"{app.url}/what_if",
                "what_if_plain": f"{app.url}/what_if?plain=1",
            }
            for name in ("bare", "what_if", "what_if_plain", "what_if_plain", "what_if", "bare"):
                times[name] += measure(browser, urls[name], presses // 2)
        browser.close()
    result = {}
    for name, values in times.items():
        result[f"{name}_median_ms"] = statistics.median(values)
        result[f"{name}_p95_ms"] = statistics.quantiles(values, n=20)[-1]
    for name in ("what_if", "what_if_plain"):
        result[f"{name}_ratio_median"] = result[f"{name}_median_ms"] / result["bare_median_ms"]
        result[f"{name}_ratio_p95"] = result[f"{name}_p95_ms"] / result["bare_p95_ms"]
    return result
