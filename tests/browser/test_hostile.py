"""What a stranger's link or a server that was away may not do to a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from bench.server import Server
from tests.browser.test_browser import slider

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

PICTURE = "![p](//evil.example/p.png)"
MORE = (
    f"{PICTURE} [Sign in](https://evil.example/in) $x^2$ :red[now] :material/home: www.evil.example "
    "a@evil.example https://evil.example/bare"
)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (f"evidence?look=sources&month={quote(MORE)}", "month="),
        (f"gap?{quote(MORE)}=1", "not known here"),
        (f"what_if?nc=50&made_with={quote(PICTURE)}:2026-12:5", "made_with="),
        ("what_if?nc=50&made_with=www.evil.example:2026-12:5", "made with record www"),
        (f"briefing?story=own&pin={quote(PICTURE)}|nc=70", "Note for A"),
        (f"what_if?panel=compare&pin={quote(PICTURE)}|nc=70", "A: !"),
        (f"map?country={quote(MORE)}", "country="),
        (f"ramp_up?as_of={quote(MORE)}", "as_of="),
        (f"plant?site={quote(MORE)}", "site="),
    ],
    ids=["value", "name", "version", "address", "note", "pin", "filter", "date", "plant"],
)
def test_a_hostile_link_fetches_nothing_and_links_nowhere(
    watched: Watched, path: str, told: str
) -> None:
    page = watched.open(path)
    page.get_by_text(told).first.wait_for()
    assert watched.outside == []
    assert page.locator("[href*=evil], [src*=evil]").count() == 0
    alerts = page.locator("[data-testid=stAlert]")
    assert (
        alerts.locator(".katex, [data-testid=stIconMaterial], span[style*=color], a").count() == 0
    )


@pytest.mark.parametrize("query", ["<img src=//evil.example/p.png>", MORE[:80]])
def test_a_hostile_search_says_only_itself(watched: Watched, query: str) -> None:
    page = watched.open("gap")
    page.get_by_label("Find a plant, a maker or a town").fill(query)
    page.keyboard.press("Enter")
    page.get_by_text("No plant, maker or town is called").wait_for()
    watched.settle()
    assert watched.outside == []
    answers = page.locator(".st-key-plant_search .answers")
    assert answers.locator("a, img, .katex, [data-testid=stIconMaterial]").count() == 0


def test_a_hostile_pin_says_only_itself_where_its_picture_is_taken_away(watched: Watched) -> None:
    page = watched.open("what_if?panel=compare&pin=https://evil.example|nc=70")
    page.locator(".st-key-save_compare_A").get_by_role("button").first.click()
    page.get_by_text("In words.").wait_for()
    watched.settle()
    assert watched.outside == []
    assert page.locator("[href*=evil], [src*=evil]").count() == 0


def test_what_was_set_while_the_server_was_away_stands_in_the_address(browser: Browser) -> None:
    with Server("app.py") as first:
        page = browser.new_page()
        page.goto(f"{first.url}/what_if?nc=75")
        slider(page).wait_for(timeout=60_000)
        page.get_by_role("heading", name=re.compile("At 75 %")).wait_for(timeout=60_000)
        first.process.kill()
        first.process.wait()
        slider(page).fill("80")
        with Server("app.py", port=first.port):
            page.wait_for_url(re.compile(r"nc=80"), timeout=60_000)
            assert slider(page).input_value() == "80"
        page.close()


INJECTED = """() => new Promise(tell => {
  const blocked = []
  document.addEventListener("securitypolicyviolation", event => {
    blocked.push(event.effectiveDirective)
  })
  setTimeout(() => tell({ blocked: [...new Set(blocked)].sort(), ran: window.injected ?? "no" }), 1000)
  const script = document.createElement("script")
  script.textContent = "window.injected = 'inline'"
  const foreign = document.createElement("script")
  foreign.src = "https://evil.example/x.js"
  const picture = document.createElement("img")
  picture.src = "https://evil.example/x.png"
  const frame = document.createElement("iframe")
  frame.src = "https://evil.example/"
  document.body.append(script, foreign, picture, frame)
  fetch("https://evil.example/").catch(() => {})
  setTimeout("window.injected = 'text'")
})"""


def test_what_gets_into_a_page_all_the_same_neither_runs_nor_calls_out(watched: Watched) -> None:
    """The second wall, behind the escaping: the content security policy."""
    page = watched.open("what_if")
    result = page.evaluate(INJECTED)
    assert result == {
        "blocked": ["connect-src", "frame-src", "img-src", "script-src", "script-src-elem"],
        "ran": "no",
    }


def test_nobody_else_may_frame_a_page(watched: Watched) -> None:
    page = watched.page
    with page.expect_console_message(lambda said: "frame-ancestors" in said.text, timeout=30_000):
        page.set_content(f"<iframe src='{watched.base}/what_if'></iframe>")
    assert page.frames[1].url.startswith("chrome-error:")
