"""The gap page in process: its views, its levers, its links, and the ten questions it helps answer."""

from __future__ import annotations

import dataclasses
import re

import pandas as pd
import pytest
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest

from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.gap.ratios import compute_gap
from ramp155.answers.procurement.rule import compute_preference_cost
from ramp155.answers.procurement.terms import DEMAND_LEVERS, Terms
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records
from ramp155.text.demand.preference import write_rule_cost, write_rule_gain
from ramp155.text.gap.countries import write_us_plans
from ramp155.text.gap.ratio import write_gap_title, write_lever_effect
from ramp155.text.statements.labels import write_verdict_label
from ramp155.text.statements.verdicts import judge_statements
from tests.app.test_pages import link, open_page, press, texts
from ui.link.fields import GAP_VIEWS

VIEWS = list(GAP_VIEWS)


def title(app: AppTest) -> str:
    heading = next(m.value for m in app.markdown if m.value.startswith("## "))
    return heading.replace("\u00a0", " ")


def rows(app: AppTest, name: str) -> pd.DataFrame:
    """The rows a chart was given under a name."""
    for chart in app.get("vega_lite_chart"):
        for dataset in chart.proto.datasets:
            if dataset.name == name:
                return convert_arrow_bytes_to_pandas_df(dataset.data.data)
    raise AssertionError(f"no chart has rows called {name}")


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_renders_states_a_finding_and_says_who(view: str) -> None:
    app = open_page("gap", show=view)
    assert not app.error
    assert not app.warning
    assert re.search(r"\d", title(app))
    assert len(app.get("popover")) + len(app.expander) >= 2
    assert texts(app).count("](http") >= 5
    assert link(app).get("gap_view", "gap") == view


def test_the_title_is_the_librarys(records: Records) -> None:
    app = open_page("gap", nc="70")
    scenario = Scenario(nitrocellulose=0.7)
    gap = compute_gap(Model(records), scenario, Comparison())
    assert title(app) == f"## {write_gap_title(records, scenario, gap, '2027-12')}"
    base = compute_gap(Model(records), Scenario(), Comparison())
    assert write_lever_effect(gap, base, "2027-12") in texts(app)


def test_whose_figure_moves_the_odds_on_screen_and_stays_in_the_link() -> None:
    app = open_page("gap")
    seen = {}
    for russia in ("ru-rusi-152", "ru-zelensky"):
        app.selectbox(key="russia").set_value(russia).run()
        assert not app.exception
        assert link(app)["russia"] == russia
        seen[russia] = title(app)
    assert seen["ru-rusi-152"] != seen["ru-zelensky"]
    again = open_page("gap", russia="ru-zelensky")
    assert title(again) == seen["ru-zelensky"]


def test_ways_of_counting_are_toggles_and_stand_in_the_link() -> None:
    app = open_page("gap")
    before = title(app)
    app.toggle(key="plate").set_value(True).run()
    assert "NATO could make of" in title(app)
    app.toggle(key="fresh").set_value(True).run()
    app.segmented_control(key="calibres").set_value("all").run()
    assert {"counts": "nameplate", "new_only": "1", "calibres": "all"}.items() <= link(app).items()
    after = title(app)
    assert after != before
    assert title(open_page("gap", counts="nameplate", new_only="1", calibres="all")) == after
    press(app, "Back to the start")
    assert title(app) == before
    assert link(app) == {}


def test_every_lever_of_what_if_acts_here() -> None:
    before = title(open_page("gap"))
    for query in ({"nc": "50"}, {"explosive": "30"}, {"shifts": "70"}, {"building": "0"}):
        assert title(open_page("gap", **query)) != before


def test_two_tracks_answer_their_levers(records: Records) -> None:
    app = open_page("gap", show="tracks", plain="1")
    free = title(app)
    app.slider(key="pref").set_value(100).run()
    rule = compute_preference_cost(Model(records), Scenario(), Terms(preference=1.0), "us-likely")
    assert write_rule_cost(rule) in texts(app)
    assert write_rule_gain(rule) in texts(app)
    assert "Under a 100 % European preference" in title(app)
    assert link(app)["pref"] == "100"
    app.slider(key="aid").set_value(0).run()
    assert title(app) != free
    assert title(open_page("gap", show="tracks", pref="100", aid="0")) == title(app)


def test_money_answers_its_share() -> None:
    app = open_page("gap", show="money")
    assert "1 % of Readiness 2030 is 8.0 bn" in texts(app)
    app.slider(key="spend").set_value(5.0).run()
    assert "5 % of Readiness 2030 is 40.0 bn" in texts(app)
    assert link(app)["spend"] == "5.0"


def test_every_statement_is_listed_with_its_reason(records: Records) -> None:
    app = open_page("gap", show="statements")
    labels = [e.label for e in app.expander]
    for verdict in judge_statements(Model(records)):
        assert write_verdict_label(verdict) in labels
        assert verdict.reason in texts(app)


def test_statements_are_searched_and_shown_by_speaker_and_the_link_keeps_both() -> None:
    app = open_page("gap", gap_view="statements", speaker="Mark Rutte, NATO", find="tide")
    labels = [e.label for e in app.expander if "Rutte" in e.label]
    assert len(labels) == 2
    assert "by Mark Rutte, NATO that fit the search" in title(app)
    assert {"speaker": "Mark Rutte, NATO", "find": "tide"}.items() <= link(app).items()
    app.text_input(key="statement_find").set_value("xyzzy **bold**").run()
    assert "Nothing here fits" in app.info[0].value
    assert "**bold" not in app.info[0].value
    app.text_input(key="statement_find").set_value("").run()
    app.selectbox(key="speaker").set_value(None).run()
    assert link(app) == {"gap_view": "statements"}
    assert "no such speaker" in open_page("gap", speaker="Nobody").warning[0].value


def test_every_lever_at_its_ends_comes_back_from_its_link() -> None:
    """A zero is a value: the case of full preference and no US must be one to pass on."""
    usual = {lever.key: str(round(lever.default * lever.scale)) for lever in DEMAND_LEVERS}
    for end in ("low", "high"):
        query = {
            lever.key: str(round(getattr(lever, end) * lever.scale)) for lever in DEMAND_LEVERS
        }
        app = open_page("gap", show="tracks", **query)
        wanted = {key: text for key, text in query.items() if text != usual[key]}
        assert {"gap_view": "tracks", **wanted} == link(app)
        assert not app.warning


def test_statements_keep_what_their_verdicts_hang_on() -> None:
    app = open_page("gap", show="tracks", aid="0", stock="0")
    app.segmented_control(key="show").set_value("statements").run()
    assert link(app) == {"aid": "0", "stock": "0", "gap_view": "statements"}
    assert "Set under Two tracks: Aid to Ukraine 0" in texts(app)


def test_buttons_turn_to_other_views() -> None:
    app = open_page("gap")
    press(app, "Every figure")
    assert link(app) == {"gap_view": "who"}
    assert "named estimates" in title(app)


def test_what_a_link_says_wrongly_is_told() -> None:
    wrong = {
        "show": "nothing",
        "russia": "nobody",
        "calibres": "some",
        "pref": "140",
        "aid": "lots",
        "years": "2.5",
        "spend": "nan",
        "plate": "yes",
    }
    names = list(wrong)
    for part in (names[:4], names[4:]):  # five notes are shown at most
        app = open_page("gap", **{key: wrong[key] for key in part})
        warnings = " ".join(w.value for w in app.warning)
        for key in part:
            assert f"The link says {key}={wrong[key]}:" in warnings
        assert link(app) == {}


def test_the_choice_survives_a_visit_elsewhere() -> None:
    app = open_page("gap", russia="ru-nato", show="tracks", pref="65")
    before = title(app)
    app.switch_page("../pages/map.py").run()
    app.switch_page("../pages/gap.py").run()
    assert title(app) == before
    assert link(app) == {"gap_view": "tracks", "pref": "65"}


# --- the ten questions -----------------------------------------------------------------------------
# What the source articles ask to see: the page and the words or element that answer, and a change that
# must move the answer, so that it is known to be computed.

QUESTIONS = {
    "new plants on a map": ("map", {}, r"\d+ lines? at \d+ plants?", {"as_of": "2024-01-31"}),
    "each plant's ramp-up and slips": (
        "plant",
        {"site": "unterluess-rheinmetall"},
        r"promised for February 2025 \(our sum\): \d+ to \d+ months late",
        {"as_of": "2025-01-31"},
    ),
    "nitrocellulose to 155 mm output": (
        "what_if",
        {"plain": "1"},
        r"rounds a year, the median of our runs",
        {"nc": "60"},
    ),
    "the other inputs": (
        "what_if",
        {"plain": "1"},
        r"By our assumptions the limit in [A-Za-z0-9 ]+ is (?:most often )?\*\*[a-z ]+\*\*",
        {"explosive": "20"},
    ),
    "the gap with Russia": (
        "gap",
        {},
        r"Russia made \d\.\d times what NATO made of 155/152 mm rounds in mid-2025; odds of",
        {"russia": "ru-efis"},
    ),
    "the American plan": ("gap", {"show": "who"}, r"100,000 a month was promised for", {}),
    "demand": (
        "gap",
        {"show": "tracks"},
        r"rounds asked for by 2031, .* are missing",
        {"aid": "200"},
    ),
    "two tracks": (
        "gap",
        {"show": "tracks", "pref": "90"},
        r"90 % rule costs .* rounds on average",
        {"avail": "50"},
    ),
    "policy": (
        "gap",
        {"show": "policy"},
        r"Rounds a year in December 2027: most likely .* Likely range ",
        {"month": "2030-12"},
    ),
    "a claims ledger": (
        "gap",
        {"show": "statements"},
        r"Of \d+ public statements \d+ are contradicted and \d+ (is|are) supported",
        {"russia": "ru-zelensky"},
    ),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_of_the_ten_questions_is_answered_and_computed(question: str) -> None:
    page, query, words, change = QUESTIONS[question]
    app = open_page(page, **query)
    said = texts(app)
    assert re.search(words, said), said[:600]
    if change:
        assert texts(open_page(page, **query, **change)) != said


def test_the_american_answer_follows_the_claims(records: Records) -> None:
    """No lever moves what was promised: the record does."""
    claims = records.claims[records.claims["period"] != "2026-04"]
    fewer = dataclasses.replace(records, claims=claims)
    assert write_us_plans(fewer) != write_us_plans(records)
    assert "Apr 2026" in write_us_plans(records)
    assert "Apr 2026" not in write_us_plans(fewer)


def test_economies_against_ammunition_in_one_picture() -> None:
    app = open_page("gap", show="money")
    assert re.search(r"economy is 25 times Russia's; it makes 0\.\d rounds", texts(app))
    parts = rows(app, "parts").set_index(["what", "who"])
    economy = parts.loc[("Economies", "nato")]
    assert economy["high"] - economy["low"] == pytest.approx(25 / 26)
    russian_part = parts.loc[("Ammunition, as NATO put it in June 2025", "russia")]
    assert russian_part["high"] - russian_part["low"] == pytest.approx(4 / 5)


def test_the_picture_of_two_tracks_adds_up_to_demand() -> None:
    app = open_page("gap", show="tracks", pref="80")
    met, demand = rows(app, "met"), rows(app, "demand")
    assert met.groupby("date")["rate"].sum().to_numpy() == pytest.approx(demand["demand"])
