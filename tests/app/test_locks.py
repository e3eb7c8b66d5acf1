"""The panel of what holds output back: one click from the Overview, its switches in the link, its words computed."""

from __future__ import annotations

from ramp155.answers.stages.locks import find_locks
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records
from ramp155.text.output.locks import write_locks, write_speakers
from ramp155.text.output.unknowns import write_unknowns
from tests.app.test_pages import link, open_page, texts


def test_the_overview_says_what_is_not_known_and_leads_to_the_panel(records: Records) -> None:
    app = open_page("overview", plain="1")
    assert write_unknowns(Model(records), Scenario()) in texts(app)
    assert "What holds it back?" in {element.proto.label for element in app.get("page_link")}


def test_a_switch_sets_a_coefficient_keeps_it_in_the_link_and_goes_back(records: Records) -> None:
    app = open_page("what_if", plain="1", panel="locks")
    assert write_locks(records, find_locks(Model(records), Scenario(), "2027-12")) in texts(app)
    assert write_speakers(records) in texts(app)
    switch = app.button_group(key="decide_nitrocellulose_fraction")
    assert switch.value == "assumed"
    switch.set_value("low").run()
    low = records.assumption("nitrocellulose_fraction").span[0]
    assert link(app)["assume"] == f"nitrocellulose_fraction:{low:g}"
    scenario = Scenario(assume=(("nitrocellulose_fraction", low),))
    assert write_locks(records, find_locks(Model(records), scenario, "2027-12")) in texts(app)
    app.button_group(key="decide_nitrocellulose_fraction").set_value("assumed").run()
    assert "assume" not in link(app)
    assert not app.exception


def test_a_link_with_the_date_of_the_eu_projects_shows_its_switch_set() -> None:
    app = open_page("what_if", plain="1", panel="locks", assume="forecast_asap_due:57")
    assert app.button_group(key="decide_forecast_asap_due").value == "high"
    assert not app.warning
    app = open_page("what_if", plain="1", panel="assumptions", assume="nitrocellulose_fraction:0.5")
    assert app.button_group(key="decide_nitrocellulose_fraction").value is None


def test_makers_totals_stand_under_who_makes_what() -> None:
    said = texts(open_page("gap", gap_view="who"))
    assert "Makers promise about" in said
    assert "Why they do not add up" in said
