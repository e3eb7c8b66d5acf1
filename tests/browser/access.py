"""axe-core over a page: what is found against what is known to come from Streamlit itself.

axe-core comes with axe-playwright-python (PyPI, pinned): 4.12.1. npm has newer ones, which nothing here needs so far.
"""

from __future__ import annotations

from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = ("serious", "critical")
UNREPORTED = "not reported upstream as far as we know"


@dataclass(frozen=True)
class Allowed:
    """A finding in markup that Streamlit makes; docs/accessibility.md has the same table in words."""

    rule: str
    inside: str  # a CSS selector of Streamlit's: the element found is one, or stands in one
    issue: str  # its address, or that there is none
    seen: tuple[str, ...]  # addresses where it must still be found, else the entry is stale


ALLOWED = (
    # An empty layer of a chart is a graphics-symbol without a name (Vega); the chart itself has one.
    Allowed(
        "svg-img-alt", "[data-testid=stVegaLiteChart][aria-label]", UNREPORTED,
        ("gap?show=who",),
    ),
)  # fmt: skip

# The elements of a finding: a path through shadow roots, one selector for each.
_INSIDE = """([path, inside]) => {
  let root = document, found = null
  for (const selector of path) { found = root.querySelector(selector); root = found?.shadowRoot }
  return path.length === 1 && !!found?.closest(inside)
}"""


def check(page: Page, address: str, theme: str) -> tuple[list[str], list[str]]:
    """Serious and critical findings that are not allowed, and allowed ones that are gone."""
    faults, met = [], set()
    for rule in Axe().run(page).response["violations"]:
        for node in rule["nodes"]:
            if node["impact"] not in GRAVE:
                continue
            path = [node["target"][0]] if isinstance(node["target"][0], str) else node["target"][0]
            allowed = [
                a
                for a in ALLOWED
                if a.rule == rule["id"] and page.evaluate(_INSIDE, [path, a.inside])
            ]
            met.update(allowed)
            if not allowed:
                summary = " ".join(node["failureSummary"].split())
                faults.append(f"{rule['id']} ({theme}): {path} {node['html'][:300]} {summary}")
    stale = [f"{a.rule} in {a.inside}" for a in ALLOWED if address in a.seen and a not in met]
    return faults, stale
