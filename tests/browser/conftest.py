"""A real Chromium against a real server.

Set RAMP155_BROWSER=required to fail instead of skipping.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.server import FLAGS, FLAT_FLAGS, Server

# Longer than anything here waits before it tells the server: sliders 200 ms, keys on the live one 250 ms.
QUIET = 350
# When a message last went or came or an element changed, and whether an answer is awaited.
_HEARD = "__ramp155_heard"
_LISTEN = """(() => {
  const heard = window.NAME = { last: performance.now(), asked: false }
  const Plain = window.WebSocket
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given)
      this.addEventListener("message", () => { heard.last = performance.now(); heard.asked = false })
    }
    send(what) {
      heard.last = performance.now()
      heard.asked = true
      super.send(what)
    }
  }
  new MutationObserver(() => { heard.last = performance.now() })
    .observe(document, { childList: true, characterData: true, subtree: true })
})()""".replace("NAME", _HEARD)
# The steps of a first visit lie over the page: whoever comes here has put them away.
_STEPS_PUT_AWAY = """(() => {
  try { localStorage.setItem("ramp155.first_steps", "1") } catch {}
})()"""
_SETTLED = """quiet => {
  const all = what => [...document.querySelectorAll(`[data-testid=${what}]`)]
  const [app] = all("stApp")
  return app?.dataset.testScriptState === "notRunning"
    && !all("stStatusWidget").length && !all("stSkeleton").length
    && all("stVegaLiteChart").every(chart => chart.querySelector("svg.marks"))
    && !window.NAME.asked && performance.now() - window.NAME.last > quiet
}""".replace("NAME", _HEARD)

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
REQUIRED = os.environ.get("RAMP155_BROWSER") == "required"


# Addresses with a map on them.
MAPS = ("", "map")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        where = item.callspec.params.get("address") if hasattr(item, "callspec") else None
        if "mapped" in item.fixturenames or ("visit" in item.fixturenames and where in MAPS):
            # A map drawn in software takes a core: one worker draws them all, the other does the rest.
            item.add_marker(pytest.mark.xdist_group("maps"))
    if CHROMIUM or REQUIRED:
        return
    for item in items:
        if "browser" in item.nodeid:
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with Server("app.py") as running:
        yield running


@pytest.fixture(scope="session")
def browsers() -> Iterator[Callable[[bool], Browser]]:
    """A browser that can draw maps, and one that draws all else in a fraction of the time."""
    with sync_playwright() as playwright:
        opened: dict[bool, Browser] = {}

        def of(maps: bool) -> Browser:
            if maps not in opened:
                flags = FLAGS if maps else FLAT_FLAGS
                opened[maps] = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
            return opened[maps]

        yield of
        for browser in opened.values():
            browser.close()


@pytest.fixture(scope="session")
def browser(browsers: Callable[[bool], Browser]) -> Browser:
    """The one for pages without a map."""
    return browsers(False)


class Watched:
    """A page that writes down what goes wrong and who is called."""

    # Opened at a page's own address, Streamlit first looks for its server under that address.
    PROBES = ("/_stcore/health", "/_stcore/host-config")

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        page.add_init_script(_LISTEN)
        page.add_init_script(_STEPS_PUT_AWAY)
        self.errors: list[str] = []
        self.outside: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._request)
        page.on("websocket", lambda ws: self._called(ws.url.replace("ws", "http", 1)))

    def _console(self, message: object) -> None:
        where = message.location.get("url", "")
        if message.type == "error" and not where.endswith(self.PROBES):
            self.errors.append(f"{message.text} {where}")

    def _request(self, request: object) -> None:
        self._called(request.url)

    def _called(self, url: str) -> None:
        if not url.startswith((self.base, "data:", "blob:", "about:")):
            self.outside.append(url)

    def open(self, path: str = "") -> Page:
        self.page.goto(f"{self.base}/{path}")
        self.page.locator("[data-testid=stMain] h2, [data-testid=stMain] h4").first.wait_for(
            timeout=60_000
        )
        self.settle()
        return self.page

    def settle(self) -> None:
        """Until everything asked of the server is answered, the script has stopped, charts are drawn,
        and for a while nothing has been said or changed."""
        self.page.evaluate(f"window.{_HEARD}.last = performance.now()")
        self.page.wait_for_function(_SETTLED, arg=QUIET, timeout=60_000)


@pytest.fixture(scope="session")
def contexts(browsers: Callable[[bool], Browser]) -> Iterator[Callable[..., BrowserContext]]:
    """One context for each size and colour scheme: what it has fetched once it keeps."""
    context_of: dict[tuple[int, int, str, bool], BrowserContext] = {}

    def of(width: int, height: int, theme: str, maps: bool) -> BrowserContext:
        key = (width, height, theme, maps)
        if key not in context_of:
            size = {"width": width, "height": height}
            context_of[key] = browsers(maps).new_context(viewport=size, color_scheme=theme)
        return context_of[key]

    yield of
    for context in context_of.values():
        context.close()


@pytest.fixture
def watched(contexts: Callable[..., BrowserContext], server: Server) -> Iterator[Watched]:
    """A page for what has no map. A page is a session of its own; what it fetched stays in the browser."""
    page = contexts(1366, 768, "light", False).new_page()
    yield Watched(page, server.url)
    page.close()


@pytest.fixture
def mapped(contexts: Callable[..., BrowserContext], server: Server) -> Iterator[Watched]:
    """A page that comes by maps."""
    page = contexts(1366, 768, "light", True).new_page()
    yield Watched(page, server.url)
    page.close()


@pytest.fixture
def visit(
    contexts: Callable[..., BrowserContext], server: Server
) -> Iterator[Callable[..., Watched]]:
    """Open an address in a page of its own, in a context that is shared: for what only looks."""
    opened: list[Page] = []

    def at(address: str, width: int, height: int, theme: str = "light") -> Watched:
        opened.append(contexts(width, height, theme, address in MAPS).new_page())
        watch = Watched(opened[-1], server.url)
        watch.open(address)
        return watch

    yield at
    for page in opened:
        page.close()
