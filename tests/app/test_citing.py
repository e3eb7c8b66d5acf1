"""A citation's address opens what was cited; links are short; the public address is in all of them."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from ramp155.files.story.story import Story
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.record.records import Records
from tests.app.test_choices_travel import open_place
from ui.link import keys
from ui.widgets.share.screen_link import write_address

PUBLIC = "https://ramp155.example"


@pytest.fixture(autouse=True)
def public(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAMP155_PUBLIC_ADDRESS", PUBLIC)


def find_cited(app: AppTest) -> str:
    """The address in the first citation on the page."""
    (cited,) = {
        match
        for code in app.code
        if "The Ramp 155 authors," in code.value
        for match in re.findall(r"https?://\S+(?=\.$)", code.value)
    }
    return str(cited)


def open_address(address: str, **more: str) -> AppTest:
    parts = urlsplit(address)
    query: dict[str, Any] = {**parse_qs(parts.query), **more}
    return open_place(parts.path.strip("/") or "overview", query)


@pytest.mark.parametrize(
    ("name", "query", "picture"),
    [
        (
            "what_if",
            {
                "nc": "60",
                "start": "2027-01",
                "for": "12",
                "target": "own",
                "target_rounds": "700000",
            },
            "goal_odds",
        ),
        ("map", {"country": ["DE", "PL"], "late": "1", "use": "1"}, "sites"),
    ],
)
def test_what_is_cited_opens_the_same_picture(
    records: Records,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    query: dict[str, Any],
    picture: str,
) -> None:
    stories: list[Story] = []
    monkeypatch.setattr(
        "ui.briefing.stage._show_stage",
        lambda *arguments: stories.append(next(a for a in arguments if isinstance(a, Story))),
    )
    app = open_place(name, query)
    app.button(key="share_it").click().run()
    assert not app.exception
    address = find_cited(app)
    assert address.startswith(f"{PUBLIC}/{name}?")
    open_place(name, {**query, "present": "1"})
    open_address(address, present="1")
    first, second = (
        next(screen.view for screen in story.screens if screen.picture == picture)
        for story in stories
    )
    model = Model(records)
    assert build_picture(model, picture, first).spec == build_picture(model, picture, second).spec
    assert first.scenario_note == second.scenario_note


def test_a_plant_and_a_claim_are_cited(records: Records) -> None:
    site_id = records.sites["site_id"].iloc[0]
    address = find_cited(open_place("plant", {"site": site_id}))
    assert open_address(address).session_state[keys.SITE] == site_id
    claim_id = records.claims["claim_id"].iloc[0]
    app = open_place("evidence", {"evidence_view": "claims", "find": claim_id})
    assert not app.exception
    address = find_cited(app)
    assert open_address(address).session_state[keys.FIND] == claim_id
    assert any(claim_id in code.value for code in app.code)


def test_a_report_of_an_error_opens_ready_to_be_copied(records: Records) -> None:
    app = open_place("evidence", {"evidence_view": "take", "report": "some-row-01"})
    (report,) = (code.value for code in app.code if "Row: some-row-01" in code.value)
    assert records.version in report
    app.button(key="report_closed").click().run()
    assert "report" not in app.query_params


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("overview", {"nc": "60"}),
        ("map", {"country": ["DE", "PL"], "late": "1"}),
        ("map", {"as_of": "2025-06-30"}),
        ("ramp_up", {"product": "nitrocellulose", "country": "DE"}),
        ("plant", {"site": "unterluess-rheinmetall"}),
        ("what_if", {"nc": "60", "start": "2027-01", "for": "12"}),
        ("what_if", {"target": "eu-2m"}),
        ("gap", {"gap_view": "tracks", "pref": "65"}),
        ("evidence", {"evidence_view": "claims", "quantity": "need"}),
    ],
)
def test_usual_links_are_short(
    monkeypatch: pytest.MonkeyPatch, name: str, query: dict[str, Any]
) -> None:
    """A link holds only what differs from the usual, so that no second, shorter form is needed."""
    addresses: list[str] = []
    monkeypatch.setattr(
        "ui.header.show_share_dialog", lambda model, _: addresses.append(write_address(model))
    )
    app = open_place(name, query)
    app.button(key="share_it").click().run()
    assert not app.exception
    (address,) = addresses
    assert query.keys() <= parse_qs(urlsplit(address).query).keys()
    assert len(address) <= 120


def test_a_local_link_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAMP155_PUBLIC_ADDRESS")
    app = open_place("glossary", {})
    app.button(key="share_it").click().run()
    assert not app.exception
    assert "opens on this machine only" in app.warning[0].value
