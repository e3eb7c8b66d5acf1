"""The way to the server is cut in mid-drag, or the server itself: the lever goes on, and what is let go arrives."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from bench.server import Server
from tests.browser.test_browser import slider

PATIENCE = 60_000


class Relay:
    """Passes connections on to a port, until they are cut; new ones are passed on again."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> int:
        """Cut every connection that is open; how many that were."""
        ends, self._open = self._open, []
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        return len(ends)

    def close(self) -> None:
        """Take no more."""
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._port))
                self._open += [near, far]
                for source, target in ((near, far), (far, near)):
                    threading.Thread(target=self._pass, args=(source, target), daemon=True).start()

    @staticmethod
    def _pass(source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while sent := source.recv(65_536):
                target.sendall(sent)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
                end.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    opened.add_init_script("localStorage.setItem('ramp155.first_steps', '1')")
    yield opened
    opened.close()


def take_hold(page: Page, url: str) -> tuple[float, float, float]:
    """Open What-if at 90 % and press on its slider; its left edge, its width and its height on the page."""
    page.goto(f"{url}/what_if?nc=90")
    page.get_by_role("heading", name=re.compile("At 90 %")).wait_for(timeout=PATIENCE)
    box = slider(page).bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.45, box["y"] + box["height"] / 2)
    page.mouse.down()
    return box["x"], box["width"], box["y"] + box["height"] / 2


def drag_and_let_go(page: Page, held: tuple[float, float, float]) -> str:
    """Drag to about 60 %, with the picture following, and let go; where the slider stands then."""
    left, width, height = held
    for step in range(10):
        page.mouse.move(left + width * (0.45 - 0.015 * step), height)
    position = slider(page).input_value()
    assert 55 < int(position) < 70
    page.get_by_role("heading", name=re.compile(f"At {position} %")).wait_for()
    page.mouse.up()
    return position


def test_a_connection_cut_in_mid_drag_loses_nothing(page: Page, server: Server) -> None:
    relay = Relay(server.port)
    held = take_hold(page, relay.url)
    assert relay.cut() > 1
    position = drag_and_let_go(page, held)
    page.wait_for_url(re.compile(rf"nc={position}\b"), timeout=PATIENCE)
    page.get_by_role("heading", name=re.compile(f"At {position} %")).wait_for(timeout=PATIENCE)
    assert slider(page).input_value() == position
    relay.close()


@pytest.mark.nightly
def test_a_server_killed_in_mid_drag_comes_back_with_the_lever(page: Page) -> None:
    with Server("app.py") as first:
        held = take_hold(page, first.url)
        first.process.kill()
        first.process.wait()
        position = drag_and_let_go(page, held)
        with Server("app.py", port=first.port):
            page.wait_for_url(re.compile(rf"nc={position}\b"), timeout=2 * PATIENCE)
            heading = page.get_by_role("heading", name=re.compile(f"At {position} %"))
            heading.wait_for(timeout=PATIENCE)
            assert slider(page).input_value() == position
