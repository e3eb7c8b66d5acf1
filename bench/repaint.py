"""Slider to repaint, in a real Chromium: What-if beside the bare app, same settings, same run.

The clock is the page's own. It starts at the key press (seen before Streamlit sees it) and stops when
the chart's picture differs from the one before and the frame that shows it has been handed over.
"""

from __future__ import annotations

import math
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from bench.server import FLAT_FLAGS, ROOT, Server
from ramp155.model.scenario.levers import LEVERS

WATCH = r"""
(() => {
  const seen = window.__repaint = {pressed: 0, painted: 0, picture: '', armed: false};
  const roots = () => [document, ...[...document.querySelectorAll('*')].map(e => e.shadowRoot).filter(Boolean)];
  const find = css => { for (const r of roots()) { const e = r.querySelector(css); if (e) return e; } };
  // The line of the month stands for the board: it moves with each picture, and all of the board takes long to read.
  const picture = () => (find('.live svg') || find('.plants') || find('.board .under') || find('[data-testid=stVegaLiteChart] svg.marks') || {}).outerHTML || '';
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


PATHS = {
    "what_if": "what_if",
    "what_if_plain": "what_if?plain=1",
    "gap": "gap",
    "gap_tracks": "gap?show=tracks",
    "replay_ramp_up": "ramp_up",
    "replay_map": "map",
}
# Levers beside a view, which have the server draw it: the page, and their key.
OTHER_LEVERS = {"gap_rate": ("gap", "rate"), "gap_preference": ("gap_tracks", "pref")}
COUNT_SENT = """
window.__sent = 0
const send = WebSocket.prototype.send
WebSocket.prototype.send = function (...message) { window.__sent++; return send.apply(this, message) }
"""
MONTH_SLIDER = "input[aria-label='As known on']"
# Where a lever's charts follow it, it says their title as well once it has been sent their rows.
SUPPLY = "input[type=range][aria-label='Nitrocellulose supply']"
FOLLOWED = "input[type=range][aria-label='Nitrocellulose supply'][aria-valuetext*='. ']"


def measure(page: Page, presses: int, slider: str = "") -> list[float]:
    """Milliseconds from each of so many arrow keys to the chart's next picture.

    `slider` is another one than nitrocellulose, as a selector.
    """
    # The live slider where there is one, else Streamlit's (the other levers are sliders too).
    live = page.locator(SUPPLY)
    plain = page.locator("[data-testid=stSlider]", has_text="Nitrocellulose supply")
    usual = live if live.count() else plain.locator("[role=slider], input")
    (page.locator(slider) if slider else usual).first.focus()
    times = []
    for press in range(presses + 2):
        page.evaluate("__repaint.arm()")
        page.keyboard.press("ArrowLeft")
        page.wait_for_function("() => __repaint.painted > 0", timeout=15_000, polling=20)
        if press >= 2:  # the first ones warm caches up
            times.append(page.evaluate("__repaint.painted - __repaint.pressed"))
        page.wait_for_timeout(250)
    return times


# The pointer's way: when it moved, when the frame with a new picture was handed over, and what came after
# the release: the last change of anything in the page's main part, and of the address.
POINTER = r"""
(() => {
  const p = window.__pointer = {moves: [], frames: [], released: 0, changed: 0, address: 0, on: false};
  const seen = window.__repaint;
  const find = css => { for (const r of [document, ...[...document.querySelectorAll('*')].map(e => e.shadowRoot).filter(Boolean)]) {
    const e = r.querySelector(css); if (e) return e; } };
  window.addEventListener('pointermove', e => { if (p.on) p.moves.push(e.timeStamp); }, true);
  window.addEventListener('pointerup', () => { if (p.on) p.released = performance.now(); }, true);
  for (const name of ['pushState', 'replaceState']) {
    const plain = history[name].bind(history);
    history[name] = (...args) => { if (p.on) p.address = performance.now(); return plain(...args); };
  }
  const channel = new MessageChannel();
  let waiting = false, picture = '';
  channel.port1.onmessage = () => {
    waiting = false;
    const now = performance.now();
    p.changed = now;
    const svg = find('.live .chart svg') || find('.plants .overlay') || find('.board .under') || find('[data-testid=stVegaLiteChart] svg.marks');
    const now_drawn = svg && svg.outerHTML;
    if (now_drawn && now_drawn !== picture) { picture = now_drawn; p.frames.push(now); }
  };
  // Streamlit marks elements of a run as stale and fresh again; nothing of that is drawn.
  const drawn = m => !(m.attributeName === 'data-stale' ||
    (m.attributeName === 'class' && m.target.dataset?.testid === 'stElementContainer'));
  const frame = (ms) => { if (!p.on || waiting || !ms.some(drawn)) return; waiting = true;
    requestAnimationFrame(() => channel.port2.postMessage(0)); };
  const watched = new WeakSet();
  p.start = () => {
    Object.assign(p, {moves: [], frames: [], released: 0, changed: 0, address: 0, on: true});
    const main = document.querySelector('[data-testid=stMain]');
    const roots = [main, ...[...main.querySelectorAll('*')].map(e => e.shadowRoot).filter(Boolean)];
    for (const root of roots) if (!watched.has(root)) {
      watched.add(root);
      new MutationObserver(frame).observe(root,
        {subtree: true, childList: true, attributes: true, characterData: true});
    }
  };
})();
"""


def _open(browser: Browser, url: str) -> Page:
    """A page with the clocks in it, warmed up, that counts what it tells the server."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.add_init_script(WATCH + POINTER)
    page.add_init_script(COUNT_SENT)
    page.goto(url)
    page.locator(
        ".live svg path, .plants .map.ready, .board, [data-testid=stVegaLiteChart] svg.marks"
    ).first.wait_for(timeout=60_000, state="attached")
    if "/gap" in url:  # charts follow by rows that come after them
        page.locator(FOLLOWED).first.wait_for(timeout=90_000, state="attached")
    page.wait_for_timeout(2500)
    return page


def _find_slider(page: Page, key: str = "") -> dict[str, float]:
    """Where the slider is, its thumb and how many steps it has: the month's or the live one where there is one, else
    Streamlit's; or another lever's, by its key.
    """
    selector = f"input[id=lever-{key}]" if key else f"{MONTH_SLIDER}, {SUPPLY}"
    if not page.locator(selector).count():
        selector = "[data-testid=stSlider] input[type=range]"
    slider = page.locator(selector).first
    before: dict[str, float] = {}
    box = _read_box(slider)
    while box != before:  # what is unfolded takes a moment to come to rest
        page.wait_for_timeout(80)
        box, before = _read_box(slider), box
    return box


def _read_box(slider: Locator) -> dict[str, float]:
    slider.scroll_into_view_if_needed()
    box: dict[str, float] = slider.evaluate(
        "e => { const r = (e.closest('[style*=translate]') ?? e).getBoundingClientRect();"
        " const whole = (e.closest('[data-testid=stSlider]') ?? e).getBoundingClientRect();"
        " const part = (e.value - e.min) / (e.max - e.min);"
        " return {x: whole.x, y: r.y, width: whole.width, height: r.height,"
        " hold: whole.x + 11 + (whole.width - 22) * part, steps: (e.max - e.min) / (e.step || 1)} }"
    )
    return box


def drag(page: Page, seconds: float, key: str = "") -> dict[str, float]:
    """One long drag over the live slider, or another lever by its key: distinct pictures a second, pointer to picture,
    messages sent.
    """
    box = _find_slider(page, key)
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["hold"], middle)
    page.mouse.down()
    page.wait_for_timeout(300)
    page.evaluate("__pointer.start()")
    # Of some there are few positions: no more moves than there are pictures.
    steps = min(80 if page.locator(".live svg").count() else 44, round(0.84 * box["steps"]))
    before, start, way = page.evaluate("__sent"), time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        way += 1
        page.mouse.move(box["x"] + box["width"] * (0.08 if way % 2 else 0.92), middle, steps=steps)
    taken = time.perf_counter() - start
    page.wait_for_timeout(200)
    moves, frames, sent = page.evaluate("[__pointer.moves, __pointer.frames, __sent]")
    page.mouse.up()
    page.wait_for_timeout(400)
    # Each picture answers the latest move before it; moves between two pictures are drawn as one.
    waits = [min(f - m for m in moves if m <= f) for f in frames if moves and moves[0] <= f]
    waits = waits if len(waits) > 1 else [math.nan] * 2  # nothing was drawn, which is told
    return {
        "drag_moves_a_second": len(moves) / taken,
        "drag_repaints_a_second": len(frames) / taken,
        "drag_pointer_to_repaint_median_ms": statistics.median(waits),
        "drag_pointer_to_repaint_p95_ms": statistics.quantiles(waits, n=20)[-1],
        "drag_messages_to_the_server": sent - before,
    }


def release(page: Page, share: float, key: str = "") -> float:
    """Milliseconds from letting the slider go at a place to the last change that follows."""
    box = _find_slider(page, key)
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * share, middle)
    page.mouse.down()
    page.wait_for_timeout(150)
    page.evaluate("__pointer.start()")
    page.mouse.up()
    page.wait_for_timeout(700)
    released, changed, address = page.evaluate(
        "[__pointer.released, __pointer.changed, __pointer.address]"
    )
    if not released or not max(changed, address):
        raise AssertionError("a release was followed by nothing")
    return float(max(changed, address) - released)


def _measure_all(
    pages: dict[str, Page], presses: int, releases: int
) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Keys and releases on every page, in turns in mirrored order against drift."""
    keyed: dict[str, list[float]] = {name: [] for name in pages}
    released: dict[str, list[float]] = {
        **{name: [] for name in pages if name != "what_if_plain"},
        **{name: [] for name in OTHER_LEVERS},
    }
    for name in (*pages, *reversed(pages)):
        keyed[name] += measure(
            pages[name], presses // 2, MONTH_SLIDER if name.startswith("replay") else ""
        )
        print(f"  keys on {name}", flush=True)
    for name in (*released, *reversed(released)):
        page_name, key = OTHER_LEVERS.get(name, (name, ""))
        places = [0.2 + 0.6 * (k * 7 % 20) / 20 for k in range(releases // 2 + 1)]
        released[name] += [release(pages[page_name], share, key) for share in places][1:]
        print(f"  releases on {name}", flush=True)
    return keyed, released


def _drag_all(pages: dict[str, Page], seconds: float) -> dict[str, float]:
    """Drags of every slider that draws while it moves."""
    what_if = pages["what_if"]
    result = drag(what_if, 2 * seconds)
    what_if.wait_for_function("() => window.ramp155Engine", timeout=60_000)
    for folded in ("stages", "more"):
        what_if.locator(f".st-key-{folded} summary").click()
        what_if.wait_for_timeout(400)
    for lever in LEVERS:
        if lever.name in ("nitrocellulose", "months"):
            continue  # the live slider itself, and a number that is typed
        dragged = drag(what_if, seconds, lever.key)
        for figure in ("drag_repaints_a_second", "drag_messages_to_the_server"):
            result[f"what_if_{lever.name}_{figure}"] = dragged[figure]
        print(f"  drag of {lever.name}", flush=True)
    slowest = [v for k, v in result.items() if k.startswith("what_if_") and "repaints" in k]
    sent = [v for k, v in result.items() if "messages" in k]
    for name in ("gap", "gap_tracks", "replay_map", "replay_ramp_up"):
        dragged = drag(pages[name], 2 * seconds)
        result |= {f"{name}_{figure}": value for figure, value in dragged.items()}
        print(f"  drag on {name}", flush=True)
    return {**result, "slowest_lever_repaints_a_second": min(slowest), "levers_messages": sum(sent)}


def run(presses: int = 40, releases: int = 20, seconds: float = 3.0) -> dict[str, float]:
    """Medians and 95th percentiles of both, and their ratio.

    What-if answers live; `plain` is the same page with Streamlit's own slider; `replay` is a step of the month. `release`
    is from letting the slider go to the last thing that changes. Each page is opened once.
    """
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder)
        shutil.copytree(ROOT / ".streamlit", place / ".streamlit")
        shutil.copy(ROOT / "bench" / "bare.py", place / "bare.py")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAT_FLAGS)
        with Server("bare.py", place) as bare, Server("app.py") as app:
            urls = {"bare": bare.url, **{name: f"{app.url}/{path}" for name, path in PATHS.items()}}
            pages = {name: _open(browser, url) for name, url in urls.items()}
            print("  all pages are open", flush=True)
            keyed, released = _measure_all(pages, presses, releases)
            result = _drag_all(pages, seconds)
        browser.close()
    for name, values in {**keyed, **{f"{k}_release": v for k, v in released.items()}}.items():
        result[f"{name}_median_ms"] = statistics.median(values)
        result[f"{name}_p95_ms"] = statistics.quantiles(values, n=20)[-1]
    for name in PATHS:
        result[f"{name}_ratio_median"] = result[f"{name}_median_ms"] / result["bare_median_ms"]
        result[f"{name}_ratio_p95"] = result[f"{name}_p95_ms"] / result["bare_p95_ms"]
    for name in released:
        for figure in ("median", "p95"):
            result[f"{name}_release_ratio_{figure}"] = (
                result[f"{name}_release_{figure}_ms"] / result[f"bare_release_{figure}_ms"]
            )
    return result
