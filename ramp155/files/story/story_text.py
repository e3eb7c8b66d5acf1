"""A story written as the text of a TOML file, without what is as usual; reading it gives the same
story back.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from ramp155.files.story.screen_entries import COMPARED_SETTINGS
from ramp155.files.story.story import Screen, Story
from ramp155.model.scenario.horizon import FORECAST_START
from ramp155.model.scenario.levers import LEVER_BY_NAME, LEVERS
from ramp155.pictures.view import View


def write_story(story: Story) -> str:
    """A story as the text of a TOML file; `read` gives the same story back."""
    import tomli_w

    return tomli_w.dumps(
        {
            "title": story.title,
            "about": story.about,
            "screens": [list_screen_entries(screen) for screen in story.screens],
        },
        multiline_strings=True,
    )


def list_screen_entries(screen: Screen) -> dict[str, Any]:
    """A screen as TOML values; what is as usual is left out."""
    view, usual = screen.view, View()
    entries: dict[str, Any] = {
        "title": screen.title,
        "picture": screen.picture,
        "page": screen.page,
    }
    entries |= {
        name: value for name, value in (("lever", screen.lever), ("note", screen.note)) if value
    }
    if screen.claims:
        entries["claims"] = list(screen.claims)
    if view.as_of:
        entries["as_of"] = view.as_of.isoformat()
    if view.month != usual.month:
        entries["month"] = view.month
    levers = {lever.name: getattr(view.scenario, lever.name) for lever in LEVERS}
    moved = {name: value for name, value in levers.items() if value != LEVER_BY_NAME[name].default}
    if view.scenario.start != FORECAST_START:
        moved["start"] = view.scenario.start
    if view.scenario.also:
        moved["also"] = list(view.scenario.also)
    moved |= {f"assume.{name}": value for name, value in view.scenario.assume}
    if moved:
        entries["scenario"] = moved
    settings = {
        name: value
        for name, value in list_differences(view.comparison, usual.comparison).items()
        if name in COMPARED_SETTINGS
    }
    settings |= list_differences(view.terms, usual.terms)
    settings |= {"products": list(view.products)} if view.products else {}
    for name in ("hindsight", "topic", "spend"):
        if getattr(view, name) != getattr(usual, name):
            settings[name] = getattr(view, name)
    if settings:
        entries["settings"] = settings
    return entries


def list_differences(changed: Any, usual: Any) -> dict[str, Any]:  # noqa: ANN401
    """The fields of a dataclass that are not as another's."""
    fields = (attribute.name for attribute in dataclasses.fields(changed))
    return {
        name: getattr(changed, name)
        for name in fields
        if getattr(changed, name) != getattr(usual, name)
    }
