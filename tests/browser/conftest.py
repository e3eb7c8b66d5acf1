"""A real Chromium against a real server. Set RAMP155_BROWSER=required to fail instead of skipping."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from bench.server import FLAGS, Server

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
REQUIRED = os.environ.get("RAMP155_BROWSER") == "required"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
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
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


class Watched:
    """A page that writes down what goes wrong and who is called."""

    # Opened at a page's own address, Streamlit first looks for its server under that address.
    PROBES = ("/_stcore/health", "/_stcore/host-config")

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.errors: list[str] = []
        self.outside: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._request)
        page.on("websocket", lambda ws: self._called(ws.url.replace("ws://", "http://")))

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
        """Until the script has stopped running and charts have had time to draw."""
        self.page.wait_for_timeout(500)
        self.page.wait_for_function(
            "!document.querySelector('[data-testid=stStatusWidget]')"
            " && document.querySelector('[data-testid=stApp]')"
            "?.dataset.testScriptState === 'notRunning'",
            timeout=60_000,
        )
        self.page.wait_for_timeout(900)


@pytest.fixture
def watched(browser: Browser, server: Server) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    yield Watched(context.new_page(), server.url)
    context.close()
