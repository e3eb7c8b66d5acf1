"""Embeds in a page of another origin: what is asked of whom, the lever by keys, small screens, both grounds."""

from __future__ import annotations

import socket
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, Request
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from ramp155.files.embed.drawing import NodeTable, draw_nodes, write_svg
from ramp155.files.embed.frame import write_frame_line
from ramp155.files.site.build import build_site, write_site
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.picture import strip_markup
from ramp155.pictures.view import View
from tests import shared
from tests.browser.access import check
from ui.serve.elsewhere.drawer import Drawer
from ui.serve.elsewhere.embeds import Embeds

BUDGET = 400_000  # bytes on the way, with the lever live
# One that the live slider draws, one of drawings made at the server.
NAMES = ("output", "purchase")
# Sizes of words as they are seen, pixels: inside a drawing with the scale it is shown at.
_SIZES = """() => [...document.querySelectorAll("body *")].filter((node) =>
  node.checkVisibility() && [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim())
  && !["SCRIPT", "STYLE"].includes(node.tagName) && !node.closest(".unseen")
).map((node) => parseFloat(getComputedStyle(node).fontSize) *
  (node.ownerSVGElement ? Math.abs(node.getScreenCTM().a) || Math.abs(node.getScreenCTM().b) : 1))"""


@contextmanager
def serve(app: ASGIApp) -> Iterator[str]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}/"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def embeds() -> Iterator[str]:
    app = Embeds(shared.record, lambda: "", lambda: (), Drawer()).build_app()
    with serve(Starlette(routes=[Mount("/embed", app)])) as address:
        for name in NAMES:  # drawn before a page waits for them
            urllib.request.urlopen(f"{address}embed/{name}/", timeout=120).read()
        yield address


@pytest.fixture
def host(embeds: str) -> Iterator[str]:
    """Somebody's page, at another origin, with a line of ours for each picture."""

    async def show(request: object) -> HTMLResponse:
        lines = [write_frame_line(embeds, f"embed/{name}/", name) for name in NAMES]
        title = "<!doctype html><html lang=en><link rel=icon href='data:,'><title>News</title><h1>News</h1>"
        return HTMLResponse(title + "".join(lines).replace(' loading="lazy"', ""))

    with serve(Starlette(routes=[Route("/", show)])) as address:
        yield address


@pytest.fixture
def page(browsers: Callable[[bool], Browser]) -> Iterator[Page]:
    context = browsers(False).new_context(viewport={"width": 800, "height": 1400})
    yield context.new_page()
    context.close()


def wait_for_lever(frame: Page) -> None:
    # No expression is polled: the page's policy lets nothing of the kind run.
    ready = ".move[aria-busy=false], .at-work, main:not(:has(input))"
    frame.wait_for_selector(ready, state="attached", timeout=60_000)
    frame.wait_for_selector("svg path", state="attached")


def test_embeds_live_on_a_page_of_another_origin(page: Page, host: str, embeds: str) -> None:
    asked: list[Request] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.goto(host)
    for name in NAMES:
        frame = page.frame(url=lambda url, name=name: f"/embed/{name}/" in url)
        assert frame
        wait_for_lever(frame)  # type: ignore[arg-type]
        lever = frame.locator("input[type=range]")
        before = frame.locator("h1").inner_text(), frame.locator(".back a").get_attribute("href")
        drawn = frame.locator("svg").first.inner_html()
        lever.focus()
        for _ in range(4):
            page.keyboard.press("ArrowRight")
        page.wait_for_timeout(700)
        after = frame.locator("h1").inner_text(), frame.locator(".back a").get_attribute("href")
        assert (before[0] != after[0], before[1] != after[1]) == (True, True), name
        assert frame.locator("svg").first.inner_html() != drawn
        assert lever.get_attribute("aria-valuetext")
        said = frame.locator("[role=status]").first
        assert said.inner_text().split(" ")[0]
    origins = {request.url.split("/")[2] for request in asked}
    assert origins == {host.split("/")[2], embeds.split("/")[2]}
    sent = {name: 0 for name in NAMES}
    for request in asked:
        for name in NAMES:
            if request.frame.url.endswith(f"/{name}/"):
                sent[name] += request.sizes()["responseBodySize"]
    assert all(0 < size < BUDGET for size in sent.values()), sent
    assert sum(sent.values()) > 100_000  # fonts and positions are counted, though not twice
    assert faults == []


def test_a_frame_is_as_high_as_what_is_in_it(page: Page, host: str) -> None:
    """On a phone and on a wide page nothing of an embed is scrolled within its frame, and none is left empty."""
    for width in (340, 1000):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(host)
        for name in NAMES:
            frame = page.frame(url=lambda url, name=name: f"/embed/{name}/" in url)
            assert frame
            wait_for_lever(frame)  # type: ignore[arg-type]
            for _ in range(40):  # fonts, and the page around it, answer when they do
                page.wait_for_timeout(250)
                free = frame.evaluate("innerHeight - document.body.getBoundingClientRect().height")
                if -1 <= free <= 2:
                    break
            assert -1 <= free <= 2, (name, width)
            assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("name", "theme"),
    [
        ("output", "light"),
        ("purchase", "dark"),
        ("flow", "dark"),
        ("sites", "light"),
        ("ramp", "dark"),
    ],
)
def test_an_embed_can_be_read_on_the_smallest_screen(
    page: Page, embeds: str, name: str, theme: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{embeds}embed/{name}/?theme={theme}")
    wait_for_lever(page)
    page.locator("summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    sizes = page.evaluate(_SIZES)
    assert len(sizes) > 20
    assert min(sizes) >= 11.9
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(255, 255, 255)") == (theme == "light")
    faults, _ = check(page, f"embed/{name}", theme)
    assert faults == []


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The static site from a plain file server."""
    folder = tmp_path_factory.mktemp("made") / "site"
    model = Model(shared.record())
    write_site(folder, build_site(model, "", "", ("purchase",), ("unterluess-rheinmetall",)))
    with serve(StaticFiles(directory=folder, html=True)) as address:
        yield address


def test_the_site_needs_nothing_but_its_files(page: Page, site: str) -> None:
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    for path in (
        "",
        "plant/unterluess-rheinmetall/",
        "statements/",
        "glossary/",
        "embed/purchase/",
    ):
        page.set_viewport_size({"width": 320, "height": 900})
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert min(page.evaluate(_SIZES)) >= 11.9, path
        found, _ = check(page, path, "light")
        assert found == [], path
    # Marks of the picture as its spec has them, at another position of the lever too.
    wait_for_lever(page)
    picture = build_picture(Model(shared.record()), "purchase", View(spend=10.0))
    page.locator("#lever").press("End")
    page.wait_for_timeout(700)
    assert page.locator("h1").inner_text() == strip_markup(picture.finding)
    table = NodeTable()
    drawn = write_svg(table, draw_nodes(picture, "narrow", table), "")
    for mark in ("path", "text", "line"):
        assert page.locator(f".drawing.narrow svg {mark}").count() == drawn.count(f"<{mark} ")
    assert all(one.startswith((site, "data:")) for one in asked)
    assert faults == []
