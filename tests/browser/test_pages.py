"""Every page and view: it renders in both themes, calls nobody, can be read and reached by all, and
fits a phone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from bench.server import ROOT
from tests.browser import access
from ui.link.fields import EVIDENCE_VIEWS, GAP_VIEWS

if TYPE_CHECKING:
    from tests.browser.conftest import Watched

# The address and the views of each page in pages/: one that is added is opened too.
VIEWS = {"gap": ("show", GAP_VIEWS), "evidence": ("look", EVIDENCE_VIEWS)}
FIRST = tuple(
    f"{name}?{VIEWS[name][0]}={VIEWS[name][1][0]}"
    if name in VIEWS
    else name.replace("overview", "")
    for name in sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
)
OTHERS = tuple(f"{name}?{key}={view}" for name, (key, views) in VIEWS.items() for view in views[1:])
PICTURES = (
    "[data-testid=stVegaLiteChart], [data-testid=stDeckGlJsonChart], [data-testid=stGraphVizChart]"
)

# Each page is opened in every run, in one theme; at night in the other too, and every view in both.
_ONE = {address: ("light", "dark")[place % 2] for place, address in enumerate(FIRST)}
CASES = [
    pytest.param(address, theme, marks=() if _ONE.get(address) == theme else pytest.mark.nightly)
    for address in (*FIRST, *OTHERS)
    for theme in ("light", "dark")
]
SIZES = [(1366, 768), (1920, 1080)]
# Charts of each view of the gap page.
GAP_CHARTS = {"gap": 3, "who": 5, "tracks": 2, "money": 4, "policy": 2}
GROUND = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
GROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(15, 22, 32)"}

# What sticks out of the window sideways, but for what stands in a box that scrolls or cuts by itself.
WIDE = """() => {
  const main = document.querySelector("[data-testid=stMain]")
  const boxed = e => {
    for (let box = e.parentElement; box && box !== main; box = box.parentElement)
      if (getComputedStyle(box).overflowX !== "visible" && box.getBoundingClientRect().right <= innerWidth + 1) return true
    return false
  }
  const out = [...main.querySelectorAll("*")].filter(e => {
    const { left, right, width } = e.getBoundingClientRect()
    return width && e.checkVisibility() && (right > innerWidth + 1 || left < -1) && !boxed(e)
  })
  return {
    page: document.documentElement.scrollWidth - innerWidth,
    main: main.scrollWidth - main.clientWidth,
    out: out.slice(0, 5).map(e => e.outerHTML.slice(0, 120)),
  }
}"""


@pytest.mark.parametrize(("address", "theme"), CASES)
def test_a_page_renders_is_accessible_and_calls_nobody(
    visit: Callable[..., Watched], address: str, theme: str
) -> None:
    """In either theme, to which the browser changes an open page as a reader's may."""
    watch = visit(address, 1366, 768, "light" if theme == "dark" else "dark")
    page = watch.page
    assert page.locator("[data-testid=stException], [data-testid=stAlertContentError]").count() == 0
    told = [p.get_attribute("aria-label") for p in page.locator(PICTURES).all()]
    assert all(told), told
    assert len(set(told)) == len(told)
    for popover in page.locator("[data-testid=stPopover] button:visible").all():
        popover.click()
        expect(popover).to_have_attribute("aria-expanded", "true")
        watch.settle()  # what a panel says may come from the server
        page.keyboard.press("Escape")
        expect(popover).to_have_attribute("aria-expanded", "false")
    page.emulate_media(color_scheme=theme)
    page.wait_for_function(f"() => {GROUND} === '{GROUNDS[theme]}'", timeout=30_000)
    watch.settle()
    faults, stale = access.check(page, address, theme)
    assert not faults, "\n".join(faults)
    assert not stale, f"allowed, but found no more: {stale}"
    view = address.removeprefix("gap?show=")
    if view in GAP_CHARTS:
        # Opening what stands further down has scrolled the page.
        page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
        pictures_are_drawn_and_in_sight(watch, GAP_CHARTS[view])
    fits_a_phone_and_a_tablet(watch)
    assert watch.errors == []
    assert watch.outside == []


def pictures_are_drawn_and_in_sight(watch: Watched, count: int) -> None:
    """The gap's charts are drawn whole; title and first chart need no scrolling."""
    page = watch.page
    charts = page.locator("[data-testid=stVegaLiteChart] svg.marks")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        watch.settle()
        page.wait_for_function(
            "count => [...document.querySelectorAll('[data-testid=stVegaLiteChart] svg.marks')]"
            ".filter(svg => svg.querySelectorAll('.mark-line path, .mark-rect path, .mark-symbol path,"
            " .mark-area path').length).length === count",
            arg=count,
            timeout=30_000,
        )
        for part in (page.locator("h2").first, charts.first):
            box = part.bounding_box()
            assert box["y"] >= 0
            assert box["y"] + box["height"] <= height
        for chart in charts.all():  # nothing sticks out sideways
            box = chart.bounding_box()
            assert box["x"] + box["width"] <= width


def fits_a_phone_and_a_tablet(watch: Watched) -> None:
    """No page scrolls sideways, and nothing sticks out of the window."""
    for width, height in ((390, 844), (820, 1180)):
        watch.page.set_viewport_size({"width": width, "height": height})
        watch.settle()
        found = watch.page.evaluate(WIDE)
        assert found["page"] <= 0, width
        assert found["main"] <= 0, (width, found["out"])
        assert found["out"] == [], width


# The name of what has the focus, as it is called aloud or else by what it is.
NAME = """e => e.ariaLabel || e.labels?.[0]?.innerText || e.innerText || e.getAttribute("title")
  || document.getElementById(e.getAttribute("aria-labelledby"))?.innerText || e.tagName"""
FOCUSED = f"""() => {{
  let e = document.activeElement
  while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement
  return e && e !== document.body ? ({NAME})(e).trim() : null
}}"""
# Every control in sight that is meant to be stepped to.
CONTROLS = f"""() => {{
  const found = []
  const look = root => {{
    for (const e of root.querySelectorAll("*")) {{
      if (e.shadowRoot) look(e.shadowRoot)
      if (!e.matches("button, input, select, textarea, a[href], [role=slider], [role=combobox]")) continue
      if (e.tabIndex < 0 || e.disabled || e.closest("[inert], [aria-hidden=true]")) continue
      // Of a choice of one the arrows go from one to the next.
      if ((e.type === "radio" || e.role === "radio") && !(e.checked || e.ariaChecked === "true")) continue
      if (e.checkVisibility({{ visibilityProperty: true }})) found.push(({NAME})(e).trim())
    }}
  }}
  look(document)
  return found
}}"""


def reached(page: Page) -> list[str]:
    """What the Tab key comes by, from the top of the page to its end."""
    page.evaluate("document.activeElement?.blur()")
    names: list[str] = []
    for _ in range(150):
        page.keyboard.press("Tab")
        name = page.evaluate(FOCUSED)
        if name is None or (len(names) > 10 and names[:3] == [*names[-2:], name]):
            break
        names.append(name)
    return names


def test_the_keyboard_reaches_every_control_of_what_if(visit: Callable[..., Watched]) -> None:
    page = visit("what_if", 1366, 768).page
    names = reached(page)
    assert [n for n in page.evaluate(CONTROLS) if n not in names] == []
    # Typed value and slider, in the order in which they stand; the response curve is the same lever once
    # more, says so, and does not ask for another stop.
    typed = names.index("Nitrocellulose supply, typed")
    assert names[typed + 1] == "Nitrocellulose supply"
    drag = page.locator(".live .curve svg")
    assert "same lever as the slider" in drag.get_attribute("aria-label")
    assert drag.evaluate("e => e.tabIndex") < 0
    thumb = page.get_by_role("slider", name="Nitrocellulose supply")
    thumb.focus()
    page.keyboard.press("ArrowLeft")  # from the keyboard, so that the focus is drawn
    drawn = thumb.evaluate(
        "e => getComputedStyle(e).outlineStyle + getComputedStyle(e).outlineWidth"
    )
    assert drawn == "solid3px"


def test_the_way_to_what_holds_output_back_leads_to_the_answer(
    visit: Callable[..., Watched],
) -> None:
    page = visit("", 1366, 768).page
    page.get_by_role("link", name="What holds it back?").click()
    page.wait_for_url("**/what_if?**panel=locks**")
    panels = page.get_by_role("radio", name="What holds it back?").first
    panels.wait_for(timeout=60_000)
    expect(panels).to_be_in_viewport()
    page.wait_for_function(
        "() => document.querySelector('.st-key-panel')?.getBoundingClientRect().top < innerHeight / 2"
    )
