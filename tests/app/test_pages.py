"""Every page in process: it renders, its numbers are the library's, links are read and bad ones
told.
"""

from __future__ import annotations

import dataclasses
import json
import math
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from ramp155.answers.goal.goal import seek_goal
from ramp155.answers.output.outlook import run_outlook
from ramp155.answers.output.reading import read_outlook
from ramp155.answers.stages.utilisation import compute_utilisation
from ramp155.history.openings import find_counted_openings
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.levers import LEVER_BY_NAME
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.runs import run_scenario
from ramp155.record.read import DATA
from ramp155.record.records import Records
from ramp155.text.glossary.terms import find_term
from ramp155.text.numbers import say_rounds, say_signed_rounds
from ramp155.text.output.capacity import write_utilisation
from ramp155.text.output.unknowns import write_half_more
from tests.app.clicks import list_map_sentences
from tests.shared import open_entry
from ui.link.fields import WHAT_IF_PANELS
from ui.link.session import load_shared_records, open_shared_record

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))


def open_page(name: str, **query: str | list[str]) -> AppTest:
    app = open_entry()
    for key, value in query.items():
        app.query_params[key] = value
    if name != "overview":
        app.switch_page(f"../pages/{name}.py")
    app.run()
    assert not app.exception, app.exception
    return app


def link(app: AppTest) -> dict[str, str]:
    return {k: v if isinstance(v, str) else v[-1] for k, v in dict(app.query_params).items()}


def texts(app: AppTest) -> str:
    said = [str(m.value) for kind in ("markdown", "caption", "info") for m in app.get(kind)]
    return "\n".join([*said, *list_map_sentences(app)]).replace("\u00a0", " ")


@pytest.mark.parametrize("name", ["overview", "what_if"])
def test_a_page_with_the_slider_answers_what_a_newcomer_asks(name: str) -> None:
    """What nitrocellulose is, what 100 % means, why half as much again helps little, what the shaded band is."""
    said = texts(open_page(name))
    assert find_term("nitrocellulose").sentence in said
    assert re.search(r"\*\*100 %\*\* is the nitrocellulose we expect: about [\d,]+ t", said)
    assert write_half_more(Model(load_shared_records())) in said
    assert "Shaded: the likely range, in which 8 of 10 runs lie" in said


@pytest.mark.parametrize("name", PAGES)
def test_a_page_renders_without_fault_or_warning(name: str) -> None:
    app = open_page(name)
    assert not app.error
    assert not app.warning
    assert texts(app)


def test_overview_states_the_finding(records: Records) -> None:
    app = open_page("overview")
    at = read_outlook(Model(records), Scenario(), "2027-12")
    said = texts(app)
    assert f"will most likely complete {say_rounds(at.year_rounds)} rounds" in said
    assert say_rounds(at.nameplate) in said
    labels = [metric.label for metric in app.metric]
    assert len(labels) == 5
    openings = find_counted_openings(records)
    for_155 = int((openings["for_155"] == "yes").sum())
    assert app.metric[0].value == f"{len(openings)} ({for_155} for 155 mm)"


def press(app: AppTest, label: str) -> None:
    """Click the first button of that name."""
    next(b for b in app.button if b.label == label).click().run()


@pytest.mark.parametrize("name", ["overview", "what_if"])
def test_the_slider_changes_the_finding_and_the_link(name: str, records: Records) -> None:
    app = open_page(name, plain="1")
    app.slider(key="nc").set_value(60).run()
    at = read_outlook(Model(records), Scenario(nitrocellulose=0.6), "2027-12")
    finding = f"At 60 % nitrocellulose, Europe most likely completes {say_rounds(at.year_rounds)} rounds in 2027"
    assert finding in texts(app)
    assert {"nc": "60", "plain": "1"}.items() <= link(app).items()
    assert not app.exception


def test_a_link_sets_every_lever() -> None:
    query = {
        "nc": "70",
        "linters": "95",
        "delay": "6",
        "start": "2027-01",
        "for": "12",
        "also": "UA",
        "plain": "1",
    }
    app = open_page("what_if", **query)
    assert not app.warning
    assert app.slider(key="nc").value == 70
    assert app.slider(key="linters").value == 95
    assert app.slider(key="delay").value == 6
    assert app.selectbox(key="start").value == "2027-01"
    assert app.multiselect(key="also").value == ["UA"]
    made = link(app).pop("made_with")
    assert link(app) == {**query, "made_with": made}


def test_levers_stay_from_page_to_page() -> None:
    app = open_page("what_if", plain="1")
    app.slider(key="nc").set_value(45).run()
    app.slider(key="explosive").set_value(80).run()
    app.switch_page("../pages/map.py").run()
    assert link(app) == {"nc": "45", "explosive": "80"}
    app.switch_page("../pages/overview.py").run()
    assert app.slider(key="nc").value == 45
    assert "At 45 % nitrocellulose and one other lever moved" in texts(app)
    app.switch_page("../pages/what_if.py").run()
    assert app.slider(key="explosive").value == 80
    next(b for b in app.button if b.label == "Back to the baseline").click().run()
    assert app.slider(key="explosive").value == 100
    assert link(app) == {"plain": "1"}


@pytest.mark.parametrize(
    ("name", "query", "said"),
    [
        ("overview", {"nc": "999"}, "nc=999: a number from 0 to 200"),
        ("what_if", {"nc": "lots"}, "nc=lots: a number from 0 to 200"),
        ("what_if", {"month": "2026-03"}, "month=2026-03: no such month"),
        ("map", {"country": "Atlantis"}, "country=Atlantis: no such country"),
        ("map", {"as_of": "2031-01-01"}, "as_of=2031-01-01: the record runs from"),
        ("map", {"as_of": "soon"}, "as_of=soon: a date like"),
        ("map", {"site": "area-51"}, "site=area-51: no such site"),
        ("ramp_up", {"product": "tanks"}, "product=tanks: no such product"),
        ("overview", {"utm_source": "x"}, "utm_source: this is not known here"),
    ],
)
def test_a_mangled_link_is_told_in_a_line(name: str, query: dict[str, str], said: str) -> None:
    app = open_page(name, **query)
    assert len(app.warning) == 1
    assert said in app.warning[0].value
    app.button(key="link_notes_seen").click().run()
    assert not app.warning


@pytest.mark.parametrize("made", ["fuze", "primer", "nitrocellulose", "other"])
def test_ramp_up_says_what_it_has_not(made: str) -> None:
    app = open_page("ramp_up", product=made, as_of="2022-02-28")
    assert not app.error


def test_every_figure_leads_to_a_source_or_an_assumption(records: Records) -> None:
    said = texts(open_page("what_if"))
    for row in records.calibration.itertuples():
        assert row.target_id.replace("-", " ") in said
    model = records.assumptions[records.assumptions["kind"] == "model"]
    for label in model["label"]:
        assert label in said.replace("\\", "")
    assert said.count("](http") > 30


def test_a_broken_record_gives_a_page_that_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = Path(shutil.copytree(DATA, tmp_path / "data"))
    text = (copy / "lines.csv").read_text()
    (copy / "lines.csv").write_text(text.replace(",expansion,", ",expanse,", 1))
    monkeypatch.setattr("ramp155.record.read.DATA", copy)
    open_shared_record.clear()
    try:
        app = open_entry().run()
        assert not app.exception
        assert "breaks its own rules" in app.error[0].value
        assert "lines.csv:" in app.code[0].value
        assert ":origin: 'expanse'" in app.code[0].value
    finally:
        open_shared_record.clear()


def test_a_preset_sets_the_levers_and_says_why(records: Records) -> None:
    app = open_page("what_if", plain="1")
    app.selectbox(key="preset").set_value("explosives-crunch").run()
    assert app.slider(key="explosive").value == 60
    assert app.selectbox(key="start").value == "2027-01"
    assert "TNT" in texts(app)
    app.slider(key="nc").set_value(80).run()
    assert app.selectbox(key="preset").value == "explosives-crunch"  # still that, with less supply
    app.slider(key="explosive").set_value(90).run()
    assert app.selectbox(key="preset").value is None
    app.selectbox(key="preset").set_value("on-time").run()
    assert app.slider(key="explosive").value == 100
    assert "With your own value for one assumption" in texts(app)
    assert not app.exception


def test_pins_stand_in_the_link_and_can_be_used_renamed_and_dropped() -> None:
    app = open_page("what_if", plain="1", nc="50", panel="compare")
    assert "Nothing is pinned yet" in app.info[0].value
    press(app, "Pin for comparison")
    assert link(app)["pin"] == "nitrocellulose 50 %|nc=50"
    app.slider(key="nc").set_value(120).run()
    press(app, "Pin for comparison")
    assert len(app.query_params["pin"]) == 2
    table = app.dataframe[0].value
    assert list(table["scenario"])[:2] == ["A: nitrocellulose 50 %", "B: nitrocellulose 120 %"]
    assert table["rounds a year"].iloc[0] < table["rounds a year"].iloc[1]
    pin_name = next(box for box in app.text_input if (box.key or "").startswith("pin_name_0"))
    pin_name.set_value("Half|way").run()
    assert app.query_params["pin"][0] == "Half/way|nc=50"
    press(app, "Use")
    assert app.slider(key="nc").value == 50
    press(app, "Remove")
    assert isinstance(app.query_params["pin"], str)
    for percent in (10, 20, 30):
        app.slider(key="nc").set_value(percent).run()
        press(app, "Pin for comparison")
    assert len(app.query_params["pin"]) == 4
    assert app.button(key="pin_this").disabled
    assert not app.exception


def test_a_link_with_pins_and_assumptions_restores_them() -> None:
    query = {
        "plain": "1",
        "assume": ["utilisation:0.85", "slip_months:0"],
        "pin": ["Half|nc=50", "Late|delay=12&assume=slip_months%3A0"],
        "panel": "compare",
    }
    app = open_page("what_if", **query)
    assert not app.warning
    assert sorted(app.query_params["assume"]) == sorted(query["assume"])
    assert app.query_params["pin"] == query["pin"]
    assert list(app.dataframe[0].value["scenario"])[:2] == ["A: Half", "B: Late"]
    assert "With your own values for two assumptions" in texts(app)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"pin": "nonsense"}, r"pin=nonsense: NAME\|levers was expected"),
        ({"pin": "Bad|nc=900"}, "nc=900"),
        ({"pin": "Bad|assume=magic:1"}, "magic"),
        ({"assume": "magic:1"}, "'magic' is not a coefficient"),
        ({"assume": "utilisation:9"}, "outside"),
        ({"assume": "utilisation:nan"}, "assume=utilisation:\u2060nan"),
        ({"assume": "utilisation"}, "assume=utilisation: a coefficient's id"),
        ({"panel": "secret"}, "panel=secret: no such panel"),
        ({"made_with": "x"}, "made_with=x"),
    ],
)
def test_mangled_pins_and_assumptions_are_told(query: dict[str, str], said: str) -> None:
    app = open_page("what_if", plain="1", **query)
    assert len(app.warning) == 1
    assert said in app.warning[0].value
    assert not app.exception


@pytest.mark.parametrize("panel", WHAT_IF_PANELS)
def test_every_panel_opens(panel: str) -> None:
    app = open_page("what_if", plain="1", panel=panel, nc="70", assume="utilisation:0.85")
    assert not app.exception
    assert not app.warning
    assert ("panel" in link(app)) == (panel != WHAT_IF_PANELS[0])


def test_the_goal_panel_answers_and_sets_the_slider(records: Records) -> None:
    app = open_page("what_if", plain="1", panel="goal")
    found = seek_goal(Model(records), Scenario(), 600_000.0, "2027-12")
    assert found.nitrocellulose is not None
    app.selectbox(key="goal_target").set_value("own").run()
    app.number_input(key="goal_rounds").set_value(600_000).run()
    assert f"{math.ceil(found.nitrocellulose * 100)} % nitrocellulose" in texts(app)
    button = next(b for b in app.button if b.label.startswith("Set the slider"))
    button.click().run()
    assert app.slider(key="nc").value == math.ceil(found.nitrocellulose * 100)
    app.number_input(key="goal_rounds").set_value(9_000_000).run()
    assert "No supply of nitrocellulose alone reaches 9 million" in texts(app)


def test_text_title_table_and_button_of_the_goal_say_one_number(records: Records) -> None:
    """Where nitrocellulose is the one lever that is left to move, at a position between whole percents."""
    moved = {"powder": "70", "explosive": "195", "shifts": "150"}
    scenario = Scenario(propellant_per_round=0.7, explosive=1.95, shifts=1.5)
    model = Model(records)
    most = dataclasses.replace(scenario, nitrocellulose=1.93)
    target = round(float(np.median(run_scenario(model, most)[0][MONTHS.index("2027-12")])) * 12)
    target -= 5_000
    app = open_page("what_if", plain="1", panel="goal", **moved)
    app.selectbox(key="goal_target").set_value("own").run()
    app.number_input(key="goal_rounds").set_value(target).run()
    found = seek_goal(model, scenario, float(target), "2027-12")
    percent = math.ceil(found.nitrocellulose * 100)
    said = texts(app)
    assert f"take {percent} % nitrocellulose** with your other levers as they stand" in said
    assert "if no other lever moves" not in said
    assert "other levers as they stand and 100 % nitrocellulose, one lever reaches it" in said
    title = next(text for text in said.split("**") if text.startswith("Half of our runs make"))
    assert f"from {percent} % nitrocellulose on" in title
    assert f"| nitrocellulose | {percent} |" in said
    assert app.button(key="goal_set").label == f"Set the slider to {percent} %"
    app.button(key="goal_levers").click().run()
    assert {**moved, "nc": str(percent)}.items() <= link(app).items()


def test_two_million_a_year_is_answered_and_its_levers_are_set(records: Records) -> None:
    """What it takes stands in words and in a table, and a button puts the levers there."""
    app = open_page("what_if", plain="1", panel="goal")
    app.selectbox(key="goal_target").set_value("eu-2m").run()
    assert not app.exception
    goal = seek_goal(Model(records), Scenario(), 2_000_000.0, "2027-12")
    found = goal.solutions[0] if goal.solutions else goal.beyond.example
    said = texts(app)
    assert "reaches 2 million rounds a year in December 2027" in said
    assert " together" in said
    assert "levers moved" in said
    app.button(key="goal_levers").click().run()
    assert not app.exception
    for name, position in found.levers.items():
        lever = LEVER_BY_NAME[name]
        way = math.ceil if lever.helps == "high" else math.floor
        assert app.slider(key=lever.key).value == way(round(position * 100, 4))
    moved = Scenario(
        **{
            name: app.slider(key=LEVER_BY_NAME[name].key).value / 100
            for name in ("nitrocellulose", *found.levers)
        }
    )
    output, _ = run_scenario(Model(records), moved)
    assert np.median(output[MONTHS.index("2027-12")]) * 12 >= 2_000_000
    levers_set = link(app)
    for panel in ("locks", "compare"):
        app.button_group(key="panel").set_value(panel).run()
        assert link(app) == levers_set | {"panel": panel}
    app.button_group(key="panel").set_value("goal").run()
    assert app.selectbox(key="goal_target").value == "eu-2m"  # what was asked is asked still
    app.selectbox(key="month").set_value("2028-12").run()
    assert app.selectbox(key="goal_month").value == "2028-12"
    assert not app.exception
    assert all("Session State" not in warning.value for warning in app.warning)


def test_orders_stand_among_the_levers_and_limit_output() -> None:
    app = open_page("what_if", plain="1", orders="400")
    assert app.slider(key="orders").value == 400
    assert "what buyers order" in texts(app)
    app.slider(key="orders").set_value(3000).run()
    assert "orders" not in link(app)


def test_an_assumption_is_edited_marked_and_put_back() -> None:
    app = open_page("what_if", plain="1", panel="assumptions")
    app.selectbox(key="edit_which").set_value("utilisation").run()
    app.number_input(key="edit_utilisation").set_value(0.85).run()
    assert link(app)["assume"] == "utilisation:0.85"
    said = texts(app)
    assert "With your own value for one assumption" in said
    assert "Set by you to 0.85" in said
    assert "% as likely as without them" in said
    assert app.dataframe[0].value["yours"].iloc[0] == "0.85"
    app.selectbox(key="edit_which").set_value("nitrocellulose_fraction").run()
    app.number_input(key="edit_nitrocellulose_fraction").set_value(0.7).run()
    assert "With your own values for two assumptions" in texts(app)
    press(app, "Reset this one")
    assert link(app)["assume"] == "utilisation:0.85"
    press(app, "Reset all")
    assert "assume" not in link(app)
    app.selectbox(key="edit_which").set_value("modules_per_round").run()
    app.number_input(key="edit_modules_per_round").set_value(30.0).run()
    assert "contradict the reports" in texts(app)
    assert not app.exception


def test_a_link_of_an_older_record_says_what_changed(records: Records) -> None:
    app = open_page(
        "what_if", plain="1", nc="70", panel="causes", made_with="2025-01-01-abc-m1:2027-12:1000000"
    )
    base = run_outlook(Model(records)).path.set_index("month").loc["2027-12", "rounds_per_year"]
    assert f"A newer record or model: {say_signed_rounds(base - 1e6)}" in texts(app)
    assert link(app)["made_with"].startswith("2025-01-01")
    app.selectbox(key="month").set_value("2028-12").run()
    assert "made with another record" in texts(app)
    press(app, "Back to the baseline")
    assert "made_with" not in link(app)


def test_what_matters_compares_runs_low_with_runs_high() -> None:
    app = open_page("what_if", plain="1", panel="sensitivity")
    said = texts(app)
    assert "matters most" in said
    assert "lowest fifth" in said
    assert not [button for button in app.button if "Sobol" in button.label]


def test_impossible_mixes_are_warned_of() -> None:
    app = open_page("what_if", plain="1", nc="150", linters="20")
    said = [w.value for w in app.warning]
    assert any("cannot be made" in text for text in said)
    assert any("thought experiment" in text for text in said)


def test_the_map_shows_utilisation_of_stages_and_countries(records: Records) -> None:
    app = open_page("map", use="1", nc="60")
    found = compute_utilisation(Model(records), Scenario(nitrocellulose=0.6), "2027-12")
    title = write_utilisation(records, Scenario(nitrocellulose=0.6), found, "2027-12")[0]
    assert title.replace("**", "") in texts(app).replace("**", "")
    spec = json.loads(app.get("deck_gl_json_chart")[0].proto.json)
    land = next(layer for layer in spec["layers"] if layer["id"] == "land")
    assert "properties.iso_a2 == 'FR'" in land["getFillColor"]
    app.toggle(key="use").set_value(False).run()
    spec = json.loads(app.get("deck_gl_json_chart")[0].proto.json)
    land = next(layer for layer in spec["layers"] if layer["id"] == "land")
    assert isinstance(land["getFillColor"], list)
