"""Ramp-up in process: the board's rows, its choices in the link, the table under it, the way to a plant."""

from __future__ import annotations

import json
from typing import Any

import pytest
import streamlit
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.testing.v1 import AppTest

from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.pictures.board.rows import list_board_rows
from ramp155.pictures.view import View
from ramp155.record.records import Records
from ramp155.text.board import write_reference_class
from tests.app.clicks import find_component, release_month, send
from tests.app.test_pages import link, open_page, texts


def find_board(app: AppTest) -> Any:  # noqa: ANN401
    return next(
        node.proto
        for node in app.get("bidi_component")
        if node.proto.component_name.endswith("ramp155_board")
    )


def read_board(app: AppTest) -> dict[str, Any]:
    return json.loads(find_board(app).bytes)


def open_table(app: AppTest) -> AppTest:
    app.session_state["line_table"] = True
    return app.run()


def test_the_board_holds_every_line_of_all_products(records: Records) -> None:
    board = read_board(open_page("ramp_up"))
    assert {row["id"] for row in board["rows"]} == set(records.lines["line_id"])
    assert board["group"] == "product"
    assert board["sort"] == "late"
    assert board["groups"][0] == "Nitrocellulose"
    assert board["subject"] == "all products"


def test_grouping_and_sorting_stand_in_the_link() -> None:
    app = open_page("ramp_up", board_group="country", board_sort="size")
    board = read_board(app)
    assert "Germany" in board["groups"]
    assert (board["group"], board["sort"]) == ("country", "size")
    assert link(app) == {"board_group": "country", "board_sort": "size"}
    app.segmented_control(key="board_group").set_value("maker").run()
    app.segmented_control(key="board_sort").set_value("late").run()
    assert link(app) == {"board_group": "maker"}
    assert "Eurenco" in read_board(app)["groups"]
    wrong = open_page("ramp_up", board_group="loss")
    assert any("board_group=loss" in warning.value for warning in wrong.warning)
    assert read_board(wrong)["group"] == "product"


def test_a_month_let_go_sends_the_board_nothing_new(records: Records) -> None:
    app = open_page("ramp_up")
    before = find_board(app).bytes
    for day, hindsight in (("2024-06-30", False), ("2023-01-31", True)):
        release_month(app, day, hindsight)
        assert find_board(app).bytes == before
        assert link(app)["as_of"] == day


def test_which_plants_in_germany_are_late_takes_two_steps(records: Records) -> None:
    app = open_page("ramp_up")
    app.multiselect(key="country").set_value(["DE"]).run()
    app.toggle(key="late").set_value(True).run()
    board, statuses = read_board(app), list_statuses(records)
    assert board["lateOnly"]
    assert board["subject"] == "in Germany"
    german = set(records.full_lines.index[records.full_lines["country"] == "DE"])
    assert {row["id"] for row in board["rows"]} == german
    late = set(statuses.loc[statuses["late"] == "late", "line_id"]) & german
    table = open_table(app).dataframe[0].value
    assert late
    assert len(table) == len(late)
    assert link(app) == {"country": "DE", "late": "1"}


def test_the_table_has_the_rows_of_the_board(records: Records) -> None:
    app = open_page("ramp_up", made="charge")
    assert not app.dataframe  # made for who opens it
    table = open_table(app).dataframe[0].value
    assert (
        len(table) == (records.lines["product"] == "charge").sum() == len(read_board(app)["rows"])
    )
    assert {"status", "rule_words", "late_words", "progress", "source", "page"} <= set(table)
    rows = list_board_rows(Model(records), View(products=("charge",)))
    assert sorted(table["late_words"]) == sorted(rows["late_words"])
    assert "promised for" in texts(app)  # both sources of every slip
    assert set(table["page"]) == {f"plant?site={site_id}" for site_id in rows["site_id"]}


def test_lines_are_searched_and_near_spellings_offered() -> None:
    app = open_page("ramp_up", find="Rheinmetall")
    assert 1 < len(read_board(app)["rows"]) < 60
    assert link(app) == {"find": "Rheinmetall"}
    app.text_input(key="line_find").set_value("Bergerak").run()
    assert "Near in spelling: Bergerac" in app.info[0].value
    assert read_board(app)["rows"] == []


def test_what_to_expect_of_a_date_leads_to_the_targets(records: Records) -> None:
    said = texts(open_page("ramp_up"))
    assert write_reference_class(records) in said
    assert "evidence?evidence_view=targets" in said


@pytest.mark.parametrize(
    ("sent", "opened"),
    [("unterluess-rheinmetall", ["../pages/plant.py"]), ("no such plant", []), (5, []), (None, [])],
)
def test_a_name_that_is_clicked_opens_its_plant(
    sent: object, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page("ramp_up")
    pages: list[tuple[str, object]] = []
    monkeypatch.setattr(
        streamlit, "switch_page", lambda page, query_params: pages.append((page, query_params))
    )
    states = app._tree.get_widget_states()
    click = states.widgets.add()
    click.id = _make_trigger_id(find_board(app).id, "events")
    click.json_trigger_value = json.dumps([{"event": "opened", "value": sent}])
    app._run(states)
    assert not app.exception
    assert [page for page, _ in pages] == opened
    assert all(query_params == {"site": sent} for _, query_params in pages)


def test_late_lines_of_a_country_are_one_press_away(records: Records) -> None:
    app = open_page("ramp_up")
    send(app, "ramp155_board", "late", "PL")
    assert link(app) == {"country": "PL", "late": "1"}
    body = json.loads(bytes(find_component(app, "ramp155_board").bytes))
    assert {row["country"] for row in body["rows"]} == {"PL"}
    assert (body["lateOnly"], body["chosen"]) == (True, ["PL"])
    send(app, "ramp155_board", "late", "PL")
    assert link(app) == {}
    for sent in ("XX", 3, None, ["PL"]):
        send(app, "ramp155_board", "late", sent)
        assert not app.exception
        assert link(app) == {}
