"""Map and list of plants in process: filters, months, clicks and what they say."""

from __future__ import annotations

import datetime as dt

import pytest
from streamlit.testing.v1 import AppTest

from ramp155.answers.counts import count_lines, count_openings
from ramp155.history.as_known import rewind_records
from ramp155.history.replay_days import FIRST_REPLAY_DAY, list_month_ends
from ramp155.history.standing.sites import STATUS_GROUPS
from ramp155.history.status import list_statuses
from ramp155.record.records import Records
from tests.app.clicks import click, read_plants, release_month
from tests.app.test_pages import link, open_page, texts


def read_heading(app: AppTest, day: int = -1, hindsight: int = 0) -> str:
    """What stands over the list on a day."""
    return read_plants(app)[1]["known"][hindsight]["heading"][day]


def list_shown(app: AppTest) -> list[str]:
    """The plants that are sent."""
    return [site["id"] for site in read_plants(app)[1]["sites"]]


def test_the_map_filters_by_every_means(records: Records) -> None:
    app = open_page("map", country=["FR", "DE"], product="propellant")
    assert app.multiselect(key="country").value == ["FR", "DE"]
    lines = records.full_lines
    meant = lines[lines["country"].isin(["FR", "DE"]) & (lines["product"] == "propellant")]
    assert read_heading(app).startswith(
        f"{len(meant)} lines at {meant['site_id'].nunique()} plants"
    )
    assert set(list_shown(app)) == set(meant["site_id"])
    app.multiselect(key="operator").set_value(["Nammo Raufoss AS"]).run()
    assert "Nothing here fits these filters" in texts(app)
    names = [node.proto.component_name for node in app.get("bidi_component")]
    assert not any(name.endswith("ramp155_plants") for name in names)


def test_every_month_says_what_was_known(records: Records) -> None:
    app = open_page("map", as_of="2023-01-31")
    days = list_month_ends(FIRST_REPLAY_DAY, records.end)
    place = days.index(dt.date(2023, 1, 31))
    head, body = read_plants(app)
    assert (head["day"], head["index"], head["hindsight"]) == ("2023-01-31", place, False)
    for hindsight in (0, 1):
        known = rewind_records(records, days[place], bool(hindsight))
        words = body["known"][hindsight]
        lines, sites = count_lines(known).number, count_lines(known, "sites").number
        knowledge = "today" if hindsight else "then"
        assert words["heading"][place] == (
            f"{lines} lines at {sites} plants, January 2023 as known {knowledge}"
        )
        late = list_statuses(known).query("late == 'late'")["site_id"].nunique()
        assert words["late"][place].split()[0] == str(late)
        opened = count_openings(known).number
        assert opened == 0  # and nothing is said of none
        assert words["opened"][place] == ""
        assert words["opened"][-1].startswith("12 new or expanded lines opened")


@pytest.mark.parametrize(
    ("pick", "query"),
    [("opened", {"pick": "opened"}), ("late", {"late": "1"}), ("soon", {"pick": "soon"})],
)
def test_a_sentence_shows_what_it_counts(pick: str, query: dict[str, str]) -> None:
    statuses = ["ramping", "full rate", "commissioning"]
    app = open_page("map", status=statuses)
    number = int(
        "".join(
            c
            for c in read_plants(app)[1]["known"][0][pick][-1].split(" line")[0].split(" plant")[0]
            if c.isdigit()
        )
    )
    click(app, "pick", {"pick": pick})
    assert number > 0
    assert link(app) == query | {"status": statuses[-1]}
    assert app.session_state["status"] == statuses
    assert read_plants(app)[0]["pick"] == pick
    counted = read_heading(app).split(" at " if pick == "late" else " line")[
        1 if pick == "late" else 0
    ]
    assert counted.split()[0] == str(number)
    click(app, "pick", {"pick": ""})
    assert link(app) == {"status": statuses[-1]}
    click(app, "pick", {"pick": "everything"})
    assert link(app) == {"status": statuses[-1]}
    assert not app.exception


def test_the_key_shows_only_some_statuses(records: Records) -> None:
    app = open_page("map")
    groups = list(STATUS_GROUPS)
    click(app, "group", {"group": "delivering"})
    assert set(app.session_state["status"]) == {"ramping", "full rate"}
    assert read_plants(app)[0]["groups"] == ["delivering"]
    click(app, "group", {"group": "being built"})
    assert read_plants(app)[0]["groups"] == [
        g for g in groups if g in ("delivering", "being built")
    ]
    click(app, "group", {"group": "delivering"})
    assert link(app) == {"status": "construction"}
    click(app, "group", {"group": "<b>"})
    assert link(app) == {"status": "construction"}


def test_a_click_on_a_country_filters_both_and_the_next_takes_it_away() -> None:
    app = open_page("map")
    click(app, "place", {"lon": 10.0, "lat": 51.0})
    assert link(app) == {"country": "DE"}
    assert app.multiselect(key="country").value == ["DE"]
    assert all(site["country"] == "Germany" for site in read_plants(app)[1]["sites"])
    west, south, east, north = read_plants(app)[0]["bounds"]
    assert 5 < west < east < 16  # the map looks at Germany
    assert 47 < south < north < 55
    click(app, "place", {"lon": 2.4, "lat": 47.0})
    assert app.multiselect(key="country").value == ["DE", "FR"]
    click(app, "place", {"lon": 10.0, "lat": 51.0})
    assert link(app) == {"country": "FR"}
    for elsewhere in (
        {"lon": 3.0, "lat": 56.5},
        {"lon": 38.0, "lat": 56.0},
        {"lon": "x"},
        "x",
        None,
    ):
        click(app, "place", elsewhere)  # the sea, a country without plants, and nonsense
        assert link(app) == {"country": "FR"}
    assert not app.exception


def test_a_click_on_a_plant_chooses_it_and_says_its_lines() -> None:
    app = open_page("map")
    click(app, "chosen", {"site": "tarbes-europlasma"})
    assert link(app) == {"site": "tarbes-europlasma"}
    head, _ = read_plants(app)
    assert head["site"] == head["open"]["site"] == "tarbes-europlasma"
    said = [head["open"]["sentences"][place] for place in head["open"]["by_day"][0][-1]]
    assert said
    assert all(": " in sentence and sentence.endswith(".") for sentence in said)
    click(app, "chosen", {"site": "area-51"})
    assert link(app) == {}
    assert read_plants(app)[0]["open"] is None


def test_the_search_finds_by_owner_and_in_either_spelling() -> None:
    app = open_page("map", find="PGZ")
    assert len(list_shown(app)) == 6
    for query in ("Unterlüß", "Unterluess", "Unterluss", "unterluess"):
        app = open_page("map", find=query)
        assert list_shown(app) == ["unterluess-rheinmetall"]
    app.text_input(key="line_find").set_value("Bergerak").run()
    assert "Near in spelling: Bergerac" in app.info[0].value
    app.text_input(key="line_find").set_value("").run()
    assert link(app) == {}


def test_every_plant_is_in_the_list_also_without_a_town(records: Records) -> None:
    app = open_page("map")
    head, body = read_plants(app)
    assert {site["id"] for site in body["sites"]} == set(records.lines["site_id"])
    unplaced = set(records.sites.loc[records.sites["lat"].isna(), "site_id"])
    assert unplaced
    assert not unplaced & set(body["ladder"]["sites"])
    assert head["list"]


def test_a_month_let_go_asks_for_the_address_alone(records: Records) -> None:
    app = open_page("map")
    before = bytes(app.get("bidi_component")[1].proto.bytes)
    release_month(app, "2024-06-30")
    assert link(app)["as_of"] == "2024-06-30"
    assert bytes(app.get("bidi_component")[1].proto.bytes) == before  # the picture has followed it
    app.session_state["map_table"] = True
    app.run()
    assert "June 2024 as known then" in texts(app)
    known = list_statuses(records, dt.date(2024, 6, 30))
    reported = known.loc[known["status"] != "not yet reported", "site_id"]
    table = next(frame.value for frame in app.dataframe if "stands" in frame.value)
    assert len(table) == reported.nunique()
    release_month(app, "2024-07-31", True)
    assert "July 2024 as known today" in texts(app)


def test_the_overview_shows_the_same_map_without_list_or_month() -> None:
    app = open_page("overview")
    head, body = read_plants(app)
    assert (head["list"], head["follows"]) == (False, False)
    assert len(body["days"]) == 1


@pytest.mark.parametrize(
    ("event", "clicked", "page", "query"),
    [
        (
            "chosen",
            {"site": "tarbes-europlasma"},
            "## Les Forges de Tarbes",
            {"site": "tarbes-europlasma"},
        ),
        ("place", {"lon": 10.0, "lat": 51.0}, "", {"country": "DE"}),
        ("place", {"lon": 3.0, "lat": 56.5}, "", {}),
        ("chosen", {"site": "<b>"}, "", {}),
    ],
)
def test_a_click_on_the_overviews_map_leads_to_the_plant_or_its_country(
    event: str, clicked: dict[str, object], page: str, query: dict[str, str]
) -> None:
    app = open_page("overview")
    click(app, event, clicked)
    assert not app.exception
    assert link(app) == query
    assert page in texts(app)
