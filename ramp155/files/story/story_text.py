"""A story written as the text of a TOML file, without what is as usual; reading it gives the same
story back.
"""

from __future__ import annotations

from typing import Any

from ramp155.files.story.screen_entries import list_setting_fields
from ramp155.files.story.story import Screen, Story
from ramp155.model.scenario.codec import write_entries, write_scenario_entries
from ramp155.pictures.fields import list_view_values
from ramp155.pictures.view import View
from ramp155.record.records import Records


def write_story(records: Records, story: Story) -> str:
    """A story as the text of a TOML file; `read_story` gives the same story back."""
    import tomli_w

    return tomli_w.dumps(
        {
            "title": story.title,
            "about": story.about,
            "screens": [list_screen_entries(records, screen) for screen in story.screens],
        },
        multiline_strings=True,
    )


def list_screen_entries(records: Records, screen: Screen) -> dict[str, Any]:
    """A screen as TOML values; what is as usual is left out."""
    view, usual = screen.view, View()
    entries: dict[str, Any] = {
        "title": screen.title,
        "picture": screen.picture,
        "page": screen.page,
    }
    texts = ("answer", "headline", "look", "lever", "note")
    entries |= {name: getattr(screen, name) for name in texts if getattr(screen, name)}
    if screen.unknown:
        entries["unknown"] = list(screen.unknown)
    if screen.claims:
        entries["claims"] = list(screen.claims)
    if view.as_of:
        entries["as_of"] = view.as_of.isoformat()
    if view.month != usual.month:
        entries["month"] = view.month
    scenario_entries = write_scenario_entries(view.scenario)
    if scenario_entries:
        entries["scenario"] = scenario_entries
    table = list_setting_fields(records)
    settings = write_entries(table, list_view_values(view, table))
    if settings:
        entries["settings"] = settings
    return entries
