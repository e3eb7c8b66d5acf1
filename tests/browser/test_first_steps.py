"""The steps of a first visit: seen once, put away by key or click, and never seen again in that browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from bench.server import Server


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_steps_are_put_away_for_good(
    browser: Browser, server: Server, width: int, height: int, theme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
    page = context.new_page()
    page.goto(server.url)
    steps = page.get_by_role("region", name="First steps")
    expect(steps.get_by_role("listitem")).to_have_count(3, timeout=60_000)
    # What comes after the chart has its place, and the page is at rest.
    page.locator(".live .chart svg").first.wait_for(timeout=60_000)
    page.wait_for_timeout(2_000)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=60_000)
    box = steps.evaluate("steps => steps.getBoundingClientRect().toJSON()", timeout=60_000)
    assert box["left"] >= 0
    assert box["right"] <= width
    assert box["bottom"] <= height
    # It stands among the page and covers nothing of it.
    heading = page.get_by_role("heading", level=2).first
    heading_top = heading.evaluate("heading => heading.getBoundingClientRect().top", timeout=60_000)
    assert heading_top >= box["bottom"]
    button = steps.get_by_role("button", name="Got it")
    button.focus()
    button.press("Enter")
    expect(steps).to_be_hidden()
    page.reload()
    page.get_by_role("heading", level=2).first.wait_for(timeout=60_000)
    page.wait_for_timeout(1_000)
    expect(steps).to_be_hidden()
    context.close()
