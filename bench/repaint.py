"""Levers to pictures, in a real Chromium: from a key, from letting go and while dragged, beside the bare app, same settings, same run.

The clock is the page's own (`bench/clocks.js`). It starts at the key press (seen before Streamlit sees it) or the release, and stops
when the picture differs from the one before and the frame that shows it has been handed over.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Error, Locator, Page, sync_playwright

from bench.server import FLAT_FLAGS, ROOT, Server
from ramp155.model.scenario.levers import LEVERS

CLOCKS = (ROOT / "bench" / "clocks.js").read_text(encoding="utf-8")
PATHS = {
    "what_if": "what_if",
    "what_if_plain": "what_if?plain=1",
    "gap": "gap",
    "gap_tracks": "gap?show=tracks",
    "replay_ramp_up": "ramp_up",
    "replay_map": "map",
}
SUPPLY = "input[type=range][aria-label='Nitrocellulose supply']"
PLAIN_SUPPLY = "[data-testid=stSlider]:has-text('Nitrocellulose supply') input[type=range]"
MONTH = "input[aria-label='As known on']"
# Where a lever's charts follow it, it says their title as well once it has been sent their rows.
FOLLOWED = f"{SUPPLY}[aria-valuetext*='. ']"


class Slider(NamedTuple):
    """A slider that is measured: the page it is on, how it is found there, and which of the page's charts is sure to move with it."""

    page: str
    selector: str
    chart: int = 0
    is_live: bool = True  # False where it is measured by keys alone

    def find(self, pages: dict[str, Page]) -> tuple[Page, Locator]:
        """The page, whose clocks then look at that chart, and the slider on it."""
        page = pages[self.page]
        page.evaluate("chart => { __clock.chart = chart }", self.chart)
        return page, page.locator(self.selector).first


SLIDERS = {
    "bare": Slider("bare", PLAIN_SUPPLY),
    "what_if": Slider("what_if", SUPPLY),
    "what_if_plain": Slider("what_if_plain", PLAIN_SUPPLY, is_live=False),
    "gap": Slider("gap", SUPPLY),
    "gap_rate": Slider("gap", "#lever-rate"),
    "gap_tracks": Slider("gap_tracks", SUPPLY),
    "gap_preference": Slider("gap_tracks", "#lever-pref", chart=1),
    "replay_ramp_up": Slider("replay_ramp_up", MONTH),
    "replay_map": Slider("replay_map", MONTH),
}
PATIENCE = 15_000  # milliseconds for an answer
# Milliseconds without a change or a message: longer than a lever waits for another key, and than a server is silent in a run.
QUIET, ANSWERED = 350, 250
# Of a slider's way, where it is let go in turn: no two after each other are one step, however coarse it is.
PLACES = (0.3, 0.7, 0.4, 0.8, 0.35, 0.65, 0.25, 0.75)


class Measured:
    """What was measured of each slider, and what could not be."""

    def __init__(self) -> None:
        self.keyed: dict[str, list[float]] = {}
        self.released: dict[str, list[float]] = {}
        self.figures: dict[str, float] = {}
        self.failed: set[str] = set()

    @contextmanager
    def attempt(self, what: str) -> Iterator[None]:
        """Measure something of one slider: where that fails it is told, and the others go on."""
        try:
            yield
            print(f"  {what}", flush=True)
        except (Error, AssertionError) as error:
            self.failed.add(what)
            print(f"  {what}: FAILED, {str(error).splitlines()[0]}", flush=True)


def press_keys(page: Page, slider: Locator, presses: int) -> list[float]:
    """Milliseconds from each of so many arrow keys to the chart's next picture."""
    slider.focus()
    times: list[float] = []
    # Downwards where there is room for all of them: at its end a slider does not move.
    room = slider.evaluate("e => (e.value - e.min) / (e.step || 1)")
    key = "ArrowLeft" if room > presses + 1 else "ArrowRight"
    for press in range(presses + 1):
        page.evaluate("__clock.arm()")
        page.keyboard.press(key)
        page.wait_for_function("() => __clock.painted > 0", timeout=PATIENCE, polling=20)
        if press:  # the first one warms caches up
            times.append(page.evaluate("__clock.painted - __clock.pressed"))
        page.wait_for_timeout(250)
    rest(page)
    return times


def let_go(page: Page, slider: Locator, places: tuple[float, ...]) -> list[float]:
    """Milliseconds from letting a slider go, at each of some places on its way, to the last change that follows."""
    times: list[float] = []
    for place in places:
        box = find_box(slider)
        middle, before = box["y"] + box["height"] / 2, slider.input_value()
        page.mouse.move(box["hold"], middle)
        page.mouse.down()
        page.mouse.move(box["start"] + box["way"] * place, middle, steps=3)
        page.wait_for_timeout(100)
        page.evaluate("__clock.start(false)")
        page.mouse.up()
        after = slider.input_value()
        if after == before:
            if not times:
                continue  # it stood there already: the first is not counted
            raise AssertionError(f"dragged to {place:.0%} of its way, it stayed at {before}")
        try:
            page.wait_for_function("q => __clock.isAnswered(q)", arg=ANSWERED, timeout=PATIENCE)
        except Error:
            raise AssertionError(f"let go at {after}, nothing followed") from None
        times.append(page.evaluate("Math.max(__clock.changed, __clock.address) - __clock.released"))
    return times


def drag(page: Page, slider: Locator, seconds: float) -> dict[str, float]:
    """One long drag of a slider to and fro: distinct pictures a second, pointer to picture, messages sent."""
    box = find_box(slider)
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["hold"], middle)
    page.mouse.down()
    page.wait_for_timeout(200)
    page.evaluate("__clock.start(true)")
    # Of some there are few positions: no more moves than there are pictures.
    steps = min(80 if page.locator(".live svg").count() else 44, round(0.84 * box["steps"]))
    before, start, way = page.evaluate("__clock.sent"), time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        way += 1
        page.mouse.move(box["x"] + box["width"] * (0.08 if way % 2 else 0.92), middle, steps=steps)
    taken = time.perf_counter() - start
    page.wait_for_timeout(100)
    moves, frames, sent = page.evaluate("[__clock.moves, __clock.frames, __clock.sent]")
    page.mouse.up()
    rest(page)
    # Each picture answers the latest move before it; moves between two pictures are drawn as one.
    waits = [min(f - m for m in moves if m <= f) for f in frames if moves and moves[0] <= f]
    pointer = {}
    if len(waits) > 1:
        pointer = {
            "drag_pointer_to_repaint_median_ms": statistics.median(waits),
            "drag_pointer_to_repaint_p95_ms": find_p95(waits),
        }
    return {
        "drag_moves_a_second": len(moves) / taken,
        "drag_repaints_a_second": len(frames) / taken,
        "drag_messages": sent - before,
        **pointer,
    }


def rest(page: Page) -> None:
    """Until the server is done and nothing changes any more, or for a few seconds."""
    try:
        page.wait_for_function("q => __clock.isAtRest(q)", arg=QUIET, timeout=5_000, polling=50)
    except Error:
        print("  a page comes to no rest", flush=True)


def find_box(slider: Locator) -> dict[str, float]:
    """Where a slider is once it stands still, where its thumb is held, the thumb's way, and how many steps it has."""
    before: dict[str, float] = {}
    box = _read_box(slider)
    while box != before:  # what is unfolded takes a moment to come to rest
        slider.page.wait_for_timeout(50)
        box, before = _read_box(slider), box
    return box


def _read_box(slider: Locator) -> dict[str, float]:
    slider.scroll_into_view_if_needed()
    box: dict[str, float] = slider.evaluate(
        "e => { const r = (e.closest('[style*=translate]') ?? e).getBoundingClientRect();"
        " const whole = (e.closest('[data-testid=stSlider]') ?? e).getBoundingClientRect();"
        " const part = (e.value - e.min) / (e.max - e.min), start = whole.x + 11, way = whole.width - 22;"
        " return {x: whole.x, y: r.y, width: whole.width, height: r.height, start, way,"
        " hold: start + way * part, steps: (e.max - e.min) / (e.step || 1)} }"
    )
    return box


def find_p95(values: list[float]) -> float:
    """The 95th percentile, within what was measured."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def _open_all(browser: Browser, urls: dict[str, str]) -> dict[str, Page]:
    """Every page once, with the clocks in it, drawn and at rest."""
    pages = {}
    for name, url in urls.items():
        page = pages[name] = browser.new_page(viewport={"width": 1366, "height": 768})
        page.add_init_script(CLOCKS)
        page.goto(url, wait_until="commit")
    for name, page in pages.items():
        page.locator(
            ".live svg path, .plants .map.ready, .board, [data-testid=stVegaLiteChart] svg.marks"
        ).first.wait_for(timeout=60_000, state="attached")
        if name.startswith("gap"):  # charts follow by rows that come after them
            page.locator(FOLLOWED).first.wait_for(timeout=90_000, state="attached")
        if name == "what_if":
            page.wait_for_function("() => window.ramp155Engine", timeout=60_000)
        rest(page)
        print(f"  {name} is open", flush=True)
    return pages


def _measure_all(pages: dict[str, Page], presses: int, releases: int) -> Measured:
    """Keys and releases on every slider, in turns in mirrored order against drift."""
    measured = Measured()

    def measure(
        figures: dict[str, list[float]], name: str, take: Callable[[Page, Locator], list[float]]
    ) -> None:
        figures.setdefault(name, []).extend(take(*SLIDERS[name].find(pages)))

    sliders = {name: slider for name, slider in SLIDERS.items() if slider.page in pages}
    live = [name for name, slider in sliders.items() if slider.is_live]
    share = [(presses + 1) // 2, releases // 2]
    for name in (*sliders, *reversed(sliders)):
        with measured.attempt(f"keys on {name}"):
            measure(measured.keyed, name, lambda page, slider: press_keys(page, slider, share[0]))
    places = tuple(PLACES[k % len(PLACES)] for k in range(share[1] + 1))
    for name in (*live, *reversed(live)):
        with measured.attempt(f"let go on {name}"):
            measure(measured.released, name, lambda page, slider: let_go(page, slider, places)[1:])
    return measured


def _drag_all(pages: dict[str, Page], seconds: float, measured: Measured) -> None:
    """Drags of every slider that draws while it moves, each of What-if's levers among them."""
    figures, what_if = measured.figures, pages["what_if"]
    for name, slider in SLIDERS.items():
        if not slider.is_live or name == "bare":
            continue
        with measured.attempt(f"drag of {name}"):
            dragged = drag(*slider.find(pages), 1.5 * seconds)
            figures |= {f"{name}_{figure}": value for figure, value in dragged.items()}
    for folded in ("stages", "more"):
        what_if.locator(f".st-key-{folded} summary").click()
        what_if.wait_for_timeout(400)
    levers = [lever for lever in LEVERS if lever.name not in ("nitrocellulose", "months")]
    pictures, messages = [], []
    for lever in levers:  # beside the live slider itself, and a number that is typed
        with measured.attempt(f"drag of {lever.name} on what_if"):
            dragged = drag(what_if, what_if.locator(f"#lever-{lever.key}").first, seconds)
            figures[f"what_if_{lever.name}_drag_repaints_a_second"] = dragged[
                "drag_repaints_a_second"
            ]
            pictures.append(dragged["drag_repaints_a_second"])
            messages.append(dragged["drag_messages"])
    if len(pictures) == len(levers):
        figures["slowest_lever_repaints_a_second"] = min(pictures)
        figures["what_if_levers_drag_messages"] = sum(messages)


def run(
    presses: int = 40, releases: int = 20, seconds: float = 3.0, with_plain: bool = True
) -> dict[str, float]:
    """Medians and 95th percentiles of keys and releases, their ratios to the bare app's, and pictures a second while dragged.

    `plain` is What-if with Streamlit's own slider (`with_plain`), `replay` a step of the month. A slider that could not be measured is left out.
    """
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder)
        shutil.copytree(ROOT / ".streamlit", place / ".streamlit")
        shutil.copy(ROOT / "bench" / "bare.py", place / "bare.py")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAT_FLAGS)
        with Server("bare.py", place) as bare, Server("app.py") as app:
            urls = {"bare": bare.url, **{name: f"{app.url}/{path}" for name, path in PATHS.items()}}
            if not with_plain:
                del urls["what_if_plain"]
            pages = _open_all(browser, urls)
            measured = _measure_all(pages, presses, releases)
            _drag_all(pages, seconds, measured)
        browser.close()
    figures = measured.figures
    for times, suffix, what in (
        (measured.keyed, "", "keys on"),
        (measured.released, "_release", "let go on"),
    ):
        for name, values in times.items():
            if f"{what} {name}" in measured.failed:
                continue
            for figure, milliseconds in (
                ("median", statistics.median(values)),
                ("p95", find_p95(values)),
            ):
                figures[f"{name}{suffix}_{figure}_ms"] = milliseconds
                if name != "bare" and f"bare{suffix}_{figure}_ms" in figures:
                    ratio = milliseconds / figures[f"bare{suffix}_{figure}_ms"]
                    figures[f"{name}{suffix}_ratio_{figure}"] = ratio
    return figures
