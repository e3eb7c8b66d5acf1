"""Map and list of plants in a real Chromium: statuses read off the picture, the month dragged, both lighting each other."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Page

from ramp155.history.standing.sites import SITE_MARKS, list_site_statuses
from ramp155.history.status import list_statuses
from ramp155.record.records import Records
from ramp155.text.signs import STATUS_WORDS
from tests.browser.conftest import Watched
from tests.marks import open_picture, tell_status

# Plants of every status, near each other and alone, late, silent and neither.
NAMED_PLANTS = (
    "nora-swebal",
    "vitez-vitezit",
    "caudan-europlasma",
    "sopot-rheinmetall-vmz",
    "frederikshavn-nammo",
    "gorazde-ginex",
    "valjevo-krusik",
    "pardubice-synthesia",
    "aschau-nitrochemie",
    "bergerac-eurenco",
    "clermont-eurenco",
    "krasnik-mesko",
    "baisogala-rheinmetall",
    "sorgues-eurenco",
    "laukaa-nammo-vihtavuori",
    "bydgoszcz-nitrochem",
    "burgos-rheinmetall-expal",
    "glascoed-bae",
    "zabkowice-polska-amunicja",
    "pontdebuis-nobelsport",
)
ALIKE = ({"ramping", "full rate"}, {"suspended", "cancelled"})  # one step of the key

# Marks as they stand on the screen: middle and width in pixels.
_MARKS = """() => {
  const overlay = [...document.querySelectorAll("*")].map(e => e.shadowRoot).find(r => r?.querySelector(".map")).querySelector(".overlay")
  const box = overlay.getBoundingClientRect()
  return Object.fromEntries([...overlay.querySelectorAll(".mark")].filter(m => m.getAttribute("display") !== "none").map(m => {
    const [x, y, half] = m.getAttribute("transform").match(/-?[0-9.]+/g).map(Number)
    return [m.dataset.site, [box.x + x, box.y + y, 2 * half]]
  }))
}"""
# When the overlay was drawn anew: each time it says something else than before.
_WATCH_PICTURES = """() => {
  const overlay = [...document.querySelectorAll("*")].map(e => e.shadowRoot).find(r => r?.querySelector(".map")).querySelector(".overlay")
  const seen = window.__pictures = []
  let last = overlay.innerHTML
  const look = () => {
    const drawn = overlay.innerHTML
    if (drawn !== last) seen.push(performance.now())
    last = drawn
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}"""
_DRAG = """() => new Promise(done => {
  const slider = [...document.querySelectorAll("*")].map(e => e.shadowRoot).map(r => r?.querySelector("input[type=range]")).find(Boolean)
  let step = 0
  const timer = setInterval(() => {
    step += 1
    slider.value = Math.abs(53 - (step % 106))
    slider.dispatchEvent(new Event("input", { bubbles: true }))
    if (step >= 120) { clearInterval(timer); done() }
  }, 1000 / 60)
})"""
_MOST_IN_A_SECOND = "() => Math.max(0, ...__pictures.map((start, k) => __pictures.slice(k).filter(t => t - start < 1000).length))"
LEAST_PICTURES = 30  # in a second


def open_map(mapped: Watched, query: str = "") -> Page:
    """The Map page once its marks are drawn and stand still."""
    page = mapped.open(f"map{query}")
    page.locator(".map.ready").wait_for(timeout=30_000)
    before: object = None
    for _ in range(40):
        page.wait_for_timeout(250)
        marks = page.evaluate(_MARKS)
        if marks and marks == before:
            return page
        before = marks
    pytest.fail("the marks do not come to rest")


def wait_for_marks(
    page: Page, is_there: Callable[[dict[str, list[float]]], bool]
) -> dict[str, list[float]]:
    """The marks once they are as they should be; software may take its time to draw a map."""
    marks: dict[str, list[float]] = {}
    for _ in range(60):
        marks = page.evaluate(_MARKS)
        if marks and is_there(marks):
            return marks
        page.wait_for_timeout(150)
    pytest.fail("the map does not come to where it should be")
    return marks


def measure_scale(marks: dict[str, list[float]], home: dict[str, list[float]]) -> float:
    """How many times larger a map is than at home, by two plants far from each other."""
    ends = ("burgos-rheinmetall-expal", "laukaa-nammo-vihtavuori")
    now, before = (np.subtract(*(table[end][:2] for end in ends)) for table in (marks, home))
    return float(np.hypot(*now) / np.hypot(*before))


def test_the_status_of_twenty_plants_is_read_off_the_map(mapped: Watched, records: Records) -> None:
    page = open_map(mapped)
    sites = list_site_statuses(list_statuses(records)).set_index("site_id")
    page.mouse.move(5, 5)
    picture = np.asarray(open_picture(page.screenshot()), dtype=float)
    marks = page.evaluate(_MARKS)
    assert len(marks) == records.sites["lat"].notna().sum()
    read, known = {}, {}
    for site_id in NAMED_PLANTS:
        x, y, width = marks[site_id]
        is_silent = SITE_MARKS["no recent news"] in sites.loc[site_id, "marks"]
        read[site_id] = tell_status(picture, np.array([x, y]), width, "light", is_silent)
        known[site_id] = sites.loc[site_id, "status"]
        page.mouse.move(x - 1, y)
        page.mouse.move(x, y)
        page.locator(".tip .name", has_text=records.site(site_id).name).wait_for(timeout=5_000)
        said = page.locator(".tip .status").inner_text()
        assert said.startswith(STATUS_WORDS[known[site_id]]), site_id
        assert ("late" in sites.loc[site_id, "marks"]) == bool(page.locator(".tip .late").count())
    wrong = {
        site_id: (read[site_id], known[site_id])
        for site_id in NAMED_PLANTS
        if read[site_id] != known[site_id]
        and not any({read[site_id], known[site_id]} <= group for group in ALIKE)
    }
    assert wrong == {}
    assert mapped.errors == []
    assert mapped.outside == []


def test_the_map_follows_a_dragged_month_without_the_server(mapped: Watched) -> None:
    page = open_map(mapped)
    slider = page.get_by_label("As known on")
    box = slider.bounding_box()
    assert box is not None
    middle, left, width = box["y"] + box["height"] / 2, box["x"] + 10, box["width"] - 20
    page.mouse.move(left + width, middle)
    page.mouse.down()
    page.evaluate(_WATCH_PICTURES)
    heading = page.locator(".list .heading")
    page.evaluate(
        "() => { window.__sent = 0; const send = WebSocket.prototype.send;"
        " WebSocket.prototype.send = function (...given) { window.__sent += 1; return send.apply(this, given) } }"
    )
    # A pointer that moves sixty times a second, to and fro, until one second has shown enough.
    fastest = 0
    for _ in range(6):
        page.evaluate(_DRAG)
        fastest = max(fastest, page.evaluate(_MOST_IN_A_SECOND))
        if fastest >= LEAST_PICTURES:
            break
    assert fastest >= LEAST_PICTURES
    page.mouse.move(left + width * 0.5, middle, steps=20)
    assert page.evaluate("__sent") == 0
    assert "as_of" not in page.url
    moved = heading.inner_text()
    assert "as known then" in moved
    page.mouse.up()
    mapped.settle()
    assert page.evaluate("__sent") > 0
    assert "as_of=2024" in page.url
    assert heading.inner_text() == moved
    assert mapped.errors == []


def test_list_and_map_light_each_other(mapped: Watched) -> None:
    page = open_map(mapped)
    row = page.locator("tr.plant[data-site=nora-swebal]")
    row.scroll_into_view_if_needed()
    row.hover()
    ring = page.locator(".rings .lit")
    marks = page.evaluate(_MARKS)
    box = page.locator(".overlay").bounding_box()
    assert box is not None
    x, y, _ = marks["nora-swebal"]
    assert float(ring.get_attribute("cx") or 0) + box["x"] == pytest.approx(x, abs=0.2)
    assert float(ring.get_attribute("cy") or 0) + box["y"] == pytest.approx(y, abs=0.2)
    x, y, _ = marks["bergerac-eurenco"]
    page.mouse.move(x - 1, y)
    page.mouse.move(x, y)
    page.locator("tr.plant.lit[data-site=bergerac-eurenco]").wait_for(
        state="attached", timeout=5_000
    )
    page.mouse.down()
    page.mouse.up()
    mapped.settle()
    assert "site=bergerac-eurenco" in page.url
    opened = page.locator("tr.opened")
    assert opened.is_visible()  # scrolled in sight
    assert opened.locator("p").count() >= 3
    assert opened.locator("a").get_attribute("href") == "plant?site=bergerac-eurenco"
    scroller = page.locator(".rows").bounding_box()
    shown = page.locator("tr.plant[data-site=bergerac-eurenco]").bounding_box()
    assert scroller is not None
    assert shown is not None
    assert scroller["y"] <= shown["y"] + 1
    assert shown["y"] + shown["height"] <= scroller["y"] + scroller["height"] + 1
    assert mapped.errors == []


def test_the_list_is_sorted_and_walked_by_keys(mapped: Watched) -> None:
    page = open_map(mapped)
    names = page.locator("tr.plant:not([hidden]) td.name b")
    late = page.locator("tr.plant:not([hidden]) td.late")
    months = [int(text.split()[0]) for text in late.all_inner_texts() if re.match(r"\d", text)]
    assert months == sorted(months, reverse=True)
    assert page.locator("th[aria-sort]").get_attribute("data-column") == "late"
    page.locator("th[data-column=name] button").press("Enter")
    first = names.all_inner_texts()
    assert first == page.evaluate("names => [...names].sort((a, b) => a.localeCompare(b))", first)
    page.locator("th[data-column=name] button").press("Enter")
    assert page.locator("th[data-column=name]").get_attribute("aria-sort") == "descending"
    assert names.all_inner_texts() == first[::-1]
    page.locator("tr.plant[tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    mapped.settle()
    chosen = page.locator("tr.plant:not([hidden])").nth(1).get_attribute("data-site")
    assert f"site={chosen}" in page.url
    assert mapped.errors == []


def test_the_map_zooms_by_wheel_keys_and_buttons_and_comes_back(mapped: Watched) -> None:
    page = open_map(mapped)
    home = page.evaluate(_MARKS)
    box = page.locator(".overlay").bounding_box()
    assert box is not None

    def wait_for_scale(scale: float) -> None:
        wait_for_marks(page, lambda marks: abs(measure_scale(marks, home) / scale - 1) < 0.05)

    page.locator(".map .focus").focus()
    page.keyboard.press("+")
    wait_for_scale(2**0.5)
    page.keyboard.press("-")
    wait_for_scale(1)
    page.keyboard.press("ArrowRight")
    wait_for_marks(
        page, lambda marks: abs(marks["glascoed-bae"][0] - home["glascoed-bae"][0] + 60) < 2
    )
    page.keyboard.press("0")
    wait_for_marks(page, lambda marks: marks == home)
    page.get_by_role("button", name="Zoom in", exact=True).press("Enter")
    wait_for_scale(2)
    page.get_by_role("button", name="Reset the view", exact=True).press("Enter")
    wait_for_marks(page, lambda marks: marks == home)
    x, y = box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.5
    page.mouse.move(x, y)
    page.mouse.wheel(0, -240)
    wait_for_marks(page, lambda marks: measure_scale(marks, home) > 1.2)
    page.mouse.down()
    page.mouse.move(x - box["width"] * 0.1, y, steps=5)
    page.mouse.up()
    page.wait_for_timeout(300)
    page.locator(".map .focus").press("0")
    wait_for_marks(page, lambda marks: marks == home)
    assert "country" not in page.url  # a drag is no click
    assert mapped.errors == []
    assert mapped.outside == []


def test_a_click_on_a_country_filters_map_and_list(mapped: Watched) -> None:
    page = open_map(mapped)
    name = page.locator(".names text", has_text="Norway")
    box = name.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mapped.settle()
    assert "country=NO" in page.url
    rows = page.locator("tr.plant:not([hidden])")
    page.wait_for_function(
        "() => { const roots = [...document.querySelectorAll('*')].map(e => e.shadowRoot).filter(Boolean);"
        " const rows = roots.flatMap(r => [...r.querySelectorAll('tr.plant:not([hidden])')]); return rows.length && rows.length < 8 }"
    )
    assert rows.count() == len(page.evaluate(_MARKS))
    assert mapped.errors == []


def test_a_mark_of_the_overviews_map_opens_the_plants_page(mapped: Watched) -> None:
    page = mapped.open("")
    page.locator(".map.ready").wait_for(timeout=30_000)
    marks = wait_for_marks(page, lambda places: "unterluess-rheinmetall" in places)
    page.wait_for_timeout(1_000)
    marks = page.evaluate(_MARKS)
    x, y, _ = marks["unterluess-rheinmetall"]
    page.mouse.move(x - 1, y)
    page.mouse.click(x, y)
    page.wait_for_url("**/plant?site=unterluess-rheinmetall", timeout=30_000)
    page.get_by_role("heading", name="Rheinmetall Unterlüß").first.wait_for(timeout=30_000)
    assert mapped.errors == []


def test_late_plants_of_germany_are_two_steps_from_the_overviews_map(mapped: Watched) -> None:
    page = mapped.open("")
    page.locator(".map.ready").wait_for(timeout=30_000)
    page.wait_for_timeout(1_000)
    box = page.locator(".names text", has_text="Germany").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/map?country=DE", timeout=30_000)
    mapped.settle()
    page.get_by_role("button", name=re.compile(r"^\d+ plants? (is|are) late$")).click()
    mapped.settle()
    assert {"country=DE", "late=1"} <= set(page.url.split("?")[1].split("&"))
    names = page.locator("tr.plant:not([hidden]) td.name b").all_inner_texts()
    assert names == ["Rheinmetall Unterlüß (Werk Niedersachsen)"]
    assert mapped.errors == []


def test_marks_hold_where_deck_gl_is_not_found(mapped: Watched) -> None:
    """Another Streamlit may keep its deck elsewhere: the view that the server knows holds, and nothing moves under the marks."""
    mapped.page.add_init_script(
        "const keys = Object.keys; Object.keys = given => keys(given).filter(key => !key.startsWith('__reactFiber'))"
    )
    page = open_map(mapped)
    home = page.evaluate(_MARKS)
    assert len(home) > 90
    x, y, _ = home["bydgoszcz-nitrochem"]
    page.mouse.move(x - 1, y)
    page.mouse.move(x, y)
    page.locator(".tip .name", has_text="Nitro-Chem").wait_for(timeout=5_000)
    page.mouse.wheel(0, -240)  # the ground stays where it is
    page.wait_for_timeout(500)
    assert page.evaluate(_MARKS) == home
    page.get_by_role("button", name="Zoom in", exact=True).press("Enter")
    mapped.settle()
    wait_for_marks(page, lambda marks: abs(measure_scale(marks, home) - 2) < 0.1)
    assert mapped.errors == []
