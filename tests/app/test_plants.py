"""The page of every plant in process, the list of all, and the header's search."""

from __future__ import annotations

import dataclasses
import re

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from ramp155.files.story.story import Story
from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.ramp.picture import list_pictured_lines
from ramp155.pictures.view import View
from ramp155.record.records import Records
from tests.app.clicks import list_map_sentences, read_plant_search, search_plants, send
from tests.app.test_pages import link, open_page, texts
from tests.shared import open_entry
from ui.briefing import course
from ui.markup import escape_markdown

UNTERLUESS = "unterluess-rheinmetall"


def list_plant_links(app: AppTest) -> list[str]:
    return [link.proto.label for link in app.get("page_link") if "site=" in link.proto.query_string]


def list_headings(app: AppTest, marks: str) -> list[str]:
    return [m.value for m in app.markdown if m.value.startswith(f"{marks} ")]


def test_every_plant_has_a_page_that_opens_by_its_link(records: Records) -> None:
    """One session that goes from link to link: name, every line with its rule, every report."""
    app = open_page("plant")
    statuses = list_statuses(records)
    for site_id in records.sites["site_id"]:
        app.query_params["site"] = site_id
        app.run()
        assert not app.exception, site_id
        assert list_headings(app, "##") == [f"## {escape_markdown(records.site(site_id).name)}"]
        said = texts(app)
        site_lines = statuses[statuses["site_id"] == site_id]
        assert len([m for m in app.get("markdown") if m.value.startswith("**Rule “")]) == len(
            site_lines
        )
        reports = sum(len(records.events_of[line_id]) for line_id in site_lines["line_id"])
        assert said.count("confidence ") >= reports
        assert any(h.startswith(f"#### {reports} report") for h in list_headings(app, "####"))
        assert "nan" not in said.casefold().split()
        assert "None" not in said
        assert link(app) == {"site": site_id}


def test_the_first_screen_says_what_unterluess_promised_and_did() -> None:
    said = texts(open_page("plant", site=UNTERLUESS))
    assert "Opened August 2025, promised for February 2025 (our sum): 5 to 7 months late." in said
    assert "25,000 / 140,000 / 350,000 rounds a year promised for 2025 / 2026 / 2027." in said
    assert "Last heard of September 2025, 9 months ago." in said
    assert "Rule “opened”" in said
    assert "**One report** says more, and is not believed alone" in said
    assert "Promised without a date: 350,000 rounds a year" in said
    assert "Our reading, with delays as on record" in said


def test_a_moved_promise_is_struck_through_with_its_slip() -> None:
    said = texts(open_page("plant", site="bauska-vak"))
    assert "~~Opening promised" in said
    assert "22 to 24 months late" in said
    assert "Rule “building”" in said


def test_without_a_plant_the_page_lists_all(records: Records) -> None:
    app = open_page("plant")
    assert len(list_plant_links(app)) == len(records.sites)
    app.text_input(key="line_find").set_value("Unterluess").run()
    assert list_plant_links(app) == ["⬤ Rheinmetall Unterlüß (Werk Niedersachsen)"]
    assert link(app) == {"find": "Unterluess"}
    app.text_input(key="line_find").set_value("Bergerak").run()
    assert "Near in spelling: Bergerac" in app.info[0].value


def test_an_unknown_plant_is_told_and_the_list_shown() -> None:
    app = open_page("plant", site="area-51")
    assert any("site=area-51: no such site" in w.value for w in app.warning)
    assert len(list_plant_links(app)) > 100
    assert link(app) == {}


def test_an_earlier_day_holds_on_the_page_and_can_be_left() -> None:
    app = open_page("plant", site=UNTERLUESS, as_of="2024-12-31")
    said = texts(app)
    assert "As known then of 31 December 2024." in said
    assert "350,000 rounds a year" not in said
    assert "municipality" not in said  # notes tell what came later
    assert "Our reading" not in said
    assert link(app) == {"site": UNTERLUESS, "as_of": "2024-12-31"}
    app.button(key="plant_today").click().run()
    assert "350,000 rounds a year" in texts(app)
    assert link(app) == {"site": UNTERLUESS}


@pytest.mark.parametrize("query", ["Unterluess", "Unterlüß", "unterl", "Werk Niedersachsen"])
@pytest.mark.parametrize("page", ["overview", "gap"])
def test_the_search_answers_for_the_one_plant_it_finds_and_opens_it(page: str, query: str) -> None:
    app = open_page(page)
    listed = search_plants(app, query)
    assert [row["site"] for row in listed["rows"]] == [UNTERLUESS]
    (row,) = listed["rows"]
    assert row["late"] == "late by 6 months"
    assert any("Opened August 2025, promised for February 2025" in said for said in row["says"])
    assert any("140,000 / 350,000 rounds a year promised" in said for said in row["says"])
    send(app, "ramp155_plant_search", "opened", UNTERLUESS)
    assert not app.exception
    assert link(app)["site"] == UNTERLUESS
    assert list_headings(app, "##")[0].startswith("## Rheinmetall Unterlüß")
    assert read_plant_search(app)["query"] == ""


def test_the_search_lists_several_by_owner_maker_and_town() -> None:
    app = open_page("evidence")
    assert search_plants(app, "PGZ")["title"].startswith("6 plants for “PGZ”")
    send(app, "ramp155_plant_search", "opened", "krasnik-mesko")
    assert link(app) == {"site": "krasnik-mesko"}
    app = open_page("evidence")
    rows = search_plants(app, "Rheinmetall")["rows"]
    assert len(rows) > 9
    assert not any("says" in row for row in rows)
    send(app, "ramp155_plant_search", "opened", "no-such-plant")
    assert link(app) == {}
    assert [row["name"] for row in search_plants(app, "Bergerac")["rows"]] == ["Eurenco Bergerac"]


@pytest.mark.parametrize("page", ["overview", "map", "ramp_up", "plant"])
def test_late_plants_of_a_country_are_two_steps_from_any_page(page: str, records: Records) -> None:
    app = open_page(page)
    countries = {row["find"]: row["late"] for row in read_plant_search(app)["rows"]}
    assert len(countries) == records.sites["country"].nunique()
    listed = search_plants(app, "Poland")
    late_rows = [row for row in listed["rows"] if row["late"]]
    lines = list_statuses(records)
    sites = records.sites.set_index("site_id")["country"]
    late_sites = {
        site for site in lines.loc[lines["late"] == "late", "site_id"] if sites[site] == "PL"
    }
    assert {row["site"] for row in late_rows} == late_sites
    assert listed["rows"][: len(late_rows)] == late_rows
    assert countries["Poland"].endswith(f"{len(late_sites)} are late")
    send(app, "ramp155_plant_search", "late", "PL")
    assert not app.exception
    assert link(app) == {"country": "PL", "late": "1"}
    assert list_map_sentences(app)[0].endswith(f"at {len(late_sites)} plants")


@pytest.mark.parametrize("query", ["zzqx", "<b>x</b>", "[x](http://x)", "**x**", ":red[x]", "$x$"])
def test_what_is_searched_and_not_found_is_said_as_it_is(query: str) -> None:
    app = open_page("gap")
    listed = search_plants(app, query)
    assert listed["title"].startswith(f"No plant, maker or town is called “{query}”.")
    assert listed["rows"] == []
    assert "site" not in link(app)


@pytest.mark.parametrize("sent", [None, 3, ["x"], {"site": UNTERLUESS}, "<img>"])
@pytest.mark.parametrize("event", ["query", "opened", "late"])
def test_what_a_browser_sends_to_the_search_is_not_trusted(event: str, sent: object) -> None:
    app = open_page("gap")
    send(app, "ramp155_plant_search", event, sent)
    assert not app.exception
    assert link(app) == {}


def test_near_names_are_offered() -> None:
    assert "Near in spelling: Bergerac" in search_plants(open_page("gap"), "Bergerak")["title"]


def test_a_plant_is_presented_a_ramp_a_screen(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = View(site=UNTERLUESS)
    monkeypatch.setattr(course, "find_linked_view", lambda: view)
    story: Story = course.build_page_story(Model(records), "plant")
    lines = [screen.view.line for screen in story.screens]
    assert lines == list(list_pictured_lines(Model(records), view))
    assert len(lines) == 2  # the explosive line has no date
    assert {screen.picture for screen in story.screens} == {"ramp"}
    findings = [build_picture(Model(records), s.picture, s.view).finding for s in story.screens]
    assert findings[0] != findings[1]
    monkeypatch.setattr(course, "find_linked_view", View)
    assert [s.picture for s in course.build_page_story(Model(records), "plant").screens] == [
        "sites"
    ]


def test_a_plants_page_can_be_presented_and_left() -> None:
    app = open_page("plant", site=UNTERLUESS, present="1")
    assert not app.exception
    assert link(app)["site"] == UNTERLUESS
    app.session_state["leaving"] = True
    app.run()
    assert not app.exception
    assert list_headings(app, "##")[0].startswith("## Rheinmetall Unterlüß")
    assert link(app) == {"site": UNTERLUESS}


HOSTILE = "![p](//evil.example/p.png) [in](https://evil.example) <img src=x> :red[x] | a"


def test_what_a_record_says_never_becomes_markup(records: Records) -> None:
    """A visitor's own rows: names, notes and reports with links, pictures, HTML and bars of tables."""

    def soil(table: str, *columns: str) -> pd.DataFrame:
        return getattr(records, table).assign(**dict.fromkeys(columns, HOSTILE))

    own = dataclasses.replace(
        records,
        sites=soil("sites", "name", "operator", "parent", "town", "note"),
        lines=soil("lines", "title", "note"),
        events=soil("events", "basis"),
        sources=soil("sources", "publisher"),
    )
    app = open_entry()
    app.session_state["own"] = own
    app.query_params["site"] = UNTERLUESS
    app.switch_page("../pages/plant.py")
    app.run()
    assert not app.exception
    said = texts(app)
    assert "evil" in said
    assert not re.search(r"(?<!\\)\]\((https:)?//evil|(?<!\\)<img|:red\[x", said)
    neighbours = "".join(x.proto.body for x in app.get("html") if "site=" in x.proto.body)
    assert "&lt;img src=x&gt;" in neighbours
    assert "<img" not in neighbours
    rows = [m.value for m in app.get("markdown") if m.value.startswith("| Said |")]
    assert rows
    for line in "\n".join(rows).splitlines():
        assert len(re.findall(r"(?<!\\)\|", line)) == 5  # four cells each
