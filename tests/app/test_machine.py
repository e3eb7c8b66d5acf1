"""The panel of the machine: its month in the link, its files, and what it is sent."""

from __future__ import annotations

import json

import pytest

from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.machine.live import build_machine_body
from ramp155.pictures.picture import Picture
from ramp155.record.records import Records
from tests.app.test_pages import link, open_page, texts


def read_machine(app: object) -> tuple[dict[str, object], bytes]:
    """What the component is sent: its own line, and the body."""
    [component] = [e for e in app.get("bidi_component") if "machine" in e.proto.component_name]
    head, _, body = component.proto.bytes.partition(b"\n")
    return json.loads(head), body


@pytest.mark.parametrize(
    ("address", "month"), [({}, "2027-12"), ({"flow_month": "2025-03"}, "2025-03")]
)
def test_the_machine_opens_in_its_own_month_else_the_pages(
    records: Records, address: dict[str, str], month: str
) -> None:
    app = open_page("what_if", plain="1", panel="flow", nc="70", **address)
    assert not app.exception
    assert not app.warning
    assert "From cotton to round" in texts(app)
    assert link(app).get("flow_month") == address.get("flow_month")
    head, body = read_machine(app)
    assert head["month"] == month
    assert head["percent"] == 70  # no live slider says it
    assert body == build_machine_body(Model(records), Scenario())


def test_a_live_slider_says_itself_where_it_stands() -> None:
    head, _ = read_machine(open_page("what_if", panel="flow", nc="70"))
    assert head["percent"] is None


def test_the_machine_follows_the_pages_month_until_it_has_its_own() -> None:
    app = open_page("what_if", plain="1", panel="flow", month="2028-06")
    assert read_machine(app)[0]["month"] == "2028-06"
    app.selectbox(key="month").set_value("2029-12").run()
    assert read_machine(app)[0]["month"] == "2029-12"


def test_a_month_that_is_none_is_told() -> None:
    app = open_page("what_if", panel="flow", flow_month="2041-01")
    assert "flow_month" in app.warning[0].value
    assert read_machine(app)[0]["month"] == "2027-12"


def test_the_machine_is_taken_away_as_it_stands(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[Picture] = []
    monkeypatch.setattr(
        "ui.widgets.picture._show_picture_files", lambda _, picture: taken.append(picture)
    )
    app = open_page("what_if", plain="1", panel="flow", flow_month="2026-08")
    # Which may start the script over.
    monkeypatch.setattr("ui.link.session.open_model", lambda: Model(records))
    app.button(key="save_flow").click().run()
    assert not app.exception
    assert ["August 2026" in picture.finding for picture in taken] == [True]
