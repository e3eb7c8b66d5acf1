"""Slider to repaint, in a real Chromium: What-if beside the bare app, same settings, same run.

The clock is the page's own. It starts at the key press (seen before Streamlit sees it) and stops when
the chart's picture differs from the one before and the frame that shows it has been handed over.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

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


MONTH_SLIDER = "input[aria-label='As known on']"
# Where a lever's charts follow it, it says their title as well once it has been sent their rows.
FOLLOWED = "input[type=range][aria-label='Nitrocellulose supply'][aria-valuetext*='. ']"


def measure(browser: Browser, url: str, presses: int, replay: bool = False) -> list[float]:
    """Milliseconds from each of so many arrow keys to the chart's next picture.

    `replay`: the keys step the month on Map or Ramp-up instead of moving nitrocellulose.
    """
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.add_init_script(WATCH)
    page.goto(url)
    page.locator(
        ".live svg path, .plants .map.ready, .board, [data-testid=stVegaLiteChart] svg.marks"
    ).first.wait_for(timeout=60_000, state="attached")
    _wait_until_followed(page)
    page.wait_for_timeout(3000)
    # The live slider where there is one, else Streamlit's (the other levers are sliders too).
    live = page.locator("input[type=range][aria-label='Nitrocellulose supply']")
    plain = page.locator("[data-testid=stSlider]", has_text="Nitrocellulose supply")
    usual = live if page.locator(".live").count() else plain.locator("[role=slider], input")
    (page.locator(MONTH_SLIDER) if replay else usual).first.focus()
    times = []
    for press in range(presses + 3):
        page.evaluate("__repaint.arm()")
        page.keyboard.press("ArrowLeft")
        page.wait_for_function("() => __repaint.painted > 0", timeout=15_000, polling=20)
        if press >= 3:  # the first ones warm caches up
            times.append(page.evaluate("__repaint.painted - __repaint.pressed"))
        page.wait_for_timeout(250)
    page.close()
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
    """A page with the clocks in it, warmed up."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.add_init_script(WATCH + POINTER)
    page.goto(url)
    page.locator(
        ".live svg path, .plants .map.ready, .board, [data-testid=stVegaLiteChart] svg.marks"
    ).first.wait_for(timeout=60_000, state="attached")
    _wait_until_followed(page)
    page.wait_for_timeout(3000)
    return page


def _wait_until_followed(page: Page) -> None:
    """Where charts follow a lever by rows that come after them: until these have come."""
    if "/gap" in page.url:
        page.locator(FOLLOWED).first.wait_for(timeout=60_000, state="attached")


def _slider(page: Page) -> dict[str, float]:
    """Where the slider is: the month's or the live one where there is one, else Streamlit's."""
    months = page.locator(MONTH_SLIDER)
    if months.count():
        month_box = months.first.bounding_box()
        if month_box is None:
            raise AssertionError("the month slider is not on screen")
        return {name: month_box[name] for name in ("x", "y", "width", "height")}
    live = page.locator("input[type=range][aria-label='Nitrocellulose supply']")
    plain = page.locator("[data-testid=stSlider]", has_text="Nitrocellulose supply")
    if page.locator(".live").count():
        live_box = live.first.bounding_box()
        if live_box is None:
            raise AssertionError("the live slider is not on screen")
        return {
            "x": live_box["x"],
            "y": live_box["y"],
            "width": live_box["width"],
            "height": live_box["height"],
        }
    thumb_box: dict[str, float] = plain.locator(
        "[data-testid=stSliderThumbValue], [role=slider], input"
    ).first.evaluate(
        "e => { const r = e.closest('[data-testid=stSlider]').getBoundingClientRect();"
        " const t = e.getBoundingClientRect();"
        " return {x: r.x, y: t.y, width: r.width, height: t.height} }"
    )
    return thumb_box


def _lever(page: Page, key: str) -> dict[str, float]:
    """Where the slider of another lever of What-if is, once its group is unfolded and the engine has come."""
    page.wait_for_function("() => window.ramp155Engine", timeout=60_000)
    slider = page.locator(f"input[id=lever-{key}]")
    for folded in ("stages", "more"):
        page.locator(f".st-key-{folded} summary").click()
        page.wait_for_timeout(500)
    slider.scroll_into_view_if_needed()
    box: dict[str, float] = slider.evaluate(
        "e => { const r = e.getBoundingClientRect();"
        " const part = (e.value - e.min) / (e.max - e.min);"
        " return {x: r.x, y: r.y, width: r.width, height: r.height, hold: r.x + 11 + (r.width - 22) * part,"
        " steps: (e.max - e.min) / e.step} }"
    )
    return box


def drag(browser: Browser, url: str, seconds: float = 3.0, lever: str = "") -> dict[str, float]:
    """One long drag over the live slider, or another lever by its key: distinct pictures a second, pointer to picture,
    messages sent.
    """
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    sent: list[int] = []
    page.on("websocket", lambda ws: ws.on("framesent", lambda _: sent.append(1)))
    page.add_init_script(WATCH + POINTER)
    page.goto(url)
    page.locator(
        ".live svg path.scenario, .plants .map.ready, .board, .lever input"
    ).first.wait_for(timeout=60_000, state="attached")
    _wait_until_followed(page)
    page.wait_for_timeout(4000)
    box = _lever(page, lever) if lever else _slider(page)
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box.get("hold", box["x"] + box["width"] / 2), middle)
    page.mouse.down()
    page.wait_for_timeout(300)
    page.evaluate("__pointer.start()")
    # Of some there are few positions: no more moves than there are pictures.
    steps = 80 if page.locator(".live svg").count() else 44
    steps = min(steps, round(0.84 * box.get("steps", 100)))
    before, start, way = len(sent), time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        way += 1
        page.mouse.move(box["x"] + box["width"] * (0.08 if way % 2 else 0.92), middle, steps=steps)
    taken = time.perf_counter() - start
    page.wait_for_timeout(200)
    message_count = len(sent) - before
    moves, frames = page.evaluate("[__pointer.moves, __pointer.frames]")
    page.mouse.up()
    page.close()
    # Each picture answers the latest move before it; moves between two pictures are drawn as one.
    waits = [min(f - m for m in moves if m <= f) for f in frames if moves and moves[0] <= f]
    return {
        "drag_moves_a_second": len(moves) / taken,
        "drag_repaints_a_second": len(frames) / taken,
        "drag_pointer_to_repaint_median_ms": statistics.median(waits),
        "drag_pointer_to_repaint_p95_ms": statistics.quantiles(waits, n=20)[-1],
        "drag_messages_to_the_server": message_count,
    }


def release(page: Page, share: float) -> float:
    """Milliseconds from letting the slider go at a place to the last change that follows."""
    box = _slider(page)
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * share, middle)
    page.mouse.down()
    page.wait_for_timeout(150)
    page.evaluate("__pointer.start()")
    page.mouse.up()
    page.wait_for_timeout(1200)
    released, changed, address = page.evaluate(
        "[__pointer.released, __pointer.changed, __pointer.address]"
    )
    if not released or not max(changed, address):
        raise AssertionError("a release was followed by nothing")
    return float(max(changed, address) - released)


def run(presses: int = 40) -> dict[str, float]:
    """Medians and 95th percentiles of both, and their ratio. Halves run in mirrored order against drift.

    What-if answers live; `plain` is the same page with Streamlit's own slider, which the gap page has too; `replay` is
    a step of the month. `release` is from letting the slider go to the last thing that changes.
    """
    names = (
        "bare",
        "what_if",
        "what_if_plain",
        "gap",
        "gap_tracks",
        "replay_ramp_up",
        "replay_map",
    )
    times: dict[str, list[float]] = {name: [] for name in names}
    released: dict[str, list[float]] = {
        "bare": [],
        "what_if": [],
        "gap": [],
        "gap_tracks": [],
        "replay_map": [],
        "replay_ramp_up": [],
    }
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder)
        shutil.copytree(ROOT / ".streamlit", place / ".streamlit")
        shutil.copy(ROOT / "bench" / "bare.py", place / "bare.py")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAT_FLAGS)
        with Server("bare.py", place) as bare, Server("app.py") as app:
            urls = {
                "bare": bare.url,
                "what_if": f"{app.url}/what_if",
                "what_if_plain": f"{app.url}/what_if?plain=1",
                "gap": f"{app.url}/gap",
                "gap_tracks": f"{app.url}/gap?show=tracks",
                "replay_ramp_up": f"{app.url}/ramp_up",
                "replay_map": f"{app.url}/map",
            }
            for name in (*names, *reversed(names)):
                step = name.startswith("replay")
                times[name] += measure(browser, urls[name], presses // 2, step)
                print(f"  keys on {name}", flush=True)
            for name in (*released, *reversed(released)):
                page = _open(browser, urls[name])
                places = [0.2 + 0.6 * (k * 7 % 20) / 20 for k in range(presses // 2 + 2)]
                released[name] += [release(page, share) for share in places][2:]
                page.close()
            result = drag(browser, urls["what_if"])
            for lever in LEVERS:
                if lever.name in ("nitrocellulose", "months"):
                    continue  # the live slider itself, and a number that is typed
                dragged = drag(browser, urls["what_if"], lever=lever.key)
                for figure in ("drag_repaints_a_second", "drag_messages_to_the_server"):
                    result[f"what_if_{lever.name}_{figure}"] = dragged[figure]
            for name in ("gap", "gap_tracks", "replay_map", "replay_ramp_up"):
                dragged = drag(browser, urls[name])
                result |= {f"{name}_{figure}": value for figure, value in dragged.items()}
        browser.close()
    for name, values in {**times, **{f"{k}_release": v for k, v in released.items()}}.items():
        result[f"{name}_median_ms"] = statistics.median(values)
        result[f"{name}_p95_ms"] = statistics.quantiles(values, n=20)[-1]
    for name in names[1:]:
        result[f"{name}_ratio_median"] = result[f"{name}_median_ms"] / result["bare_median_ms"]
        result[f"{name}_ratio_p95"] = result[f"{name}_p95_ms"] / result["bare_p95_ms"]
    floor = result["bare_release_median_ms"]
    result["release_ratio_median"] = result["what_if_release_median_ms"] / floor
    for name in ("gap", "gap_tracks", "replay_map", "replay_ramp_up"):
        result[f"{name}_release_ratio_median"] = result[f"{name}_release_median_ms"] / floor
        result[f"{name}_release_ratio_p95"] = (
            result[f"{name}_release_p95_ms"] / result["bare_release_p95_ms"]
        )
    return result
