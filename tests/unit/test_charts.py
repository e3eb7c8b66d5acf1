from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import pytest

from ramp155.answers.output.outlook import Outlook, run_outlook
from ramp155.answers.output.response import find_turns
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.grammar.rounds import ROUNDS_FORMAT
from ramp155.pictures.levers.response import list_response_rows
from ramp155.pictures.output.axes import OUTPUT_TOP
from ramp155.pictures.output.path import draw_path, list_path_rows
from ramp155.pictures.output.reports import list_european_reports
from ramp155.pictures.palette import STAGE_COLOURS
from ramp155.pictures.theme import CHART_CONFIG
from ramp155.record.records import Records
from ramp155.text.numbers import say_rounds
from ramp155.text.stages import name_stages


@pytest.fixture(scope="module")
def answer(records: Records) -> Outlook:
    return run_outlook(Model(records, draws=50), Scenario(nitrocellulose=0.6))


def test_the_path_carries_what_its_spec_reads(records: Records, answer: Outlook) -> None:
    data = list_path_rows(answer, name_stages(records))
    spec = draw_path(Model(records), 300)
    fields = {part["field"] for part in _walk(spec) if isinstance(part, dict) and "field" in part}
    columns = set(data.columns) | {"low", "high", "middle", "top"}
    columns |= {
        part["as"] for part in _walk(spec) if isinstance(part, dict) and "calculate" in part
    }
    assert fields <= columns | set(list_european_reports(Model(records)).columns)
    assert len(data) == 108


def test_the_reports_of_the_fit_are_drawn_with_their_ranges(records: Records) -> None:
    drawn = list_european_reports(Model(records))
    wanted = {c for cell in records.calibration["claim_ids"] for c in cell.split()}
    assert set(drawn["claim_id"]) == wanted
    assert (drawn["low"] <= drawn["high"]).all()
    assert drawn["high"].max() < OUTPUT_TOP
    assert (drawn["low"] < drawn["high"]).any()
    text = json.dumps(draw_path(Model(records), 300))
    assert "Rheinmetall figures seen by reporters" in text


def test_state_controlled_reports_are_marked(records: Records) -> None:
    drawn = list_european_reports(Model(records)).set_index("claim_id")
    claims = records.claims.set_index("claim_id")
    for claim_id, row in drawn.iterrows():
        source = records.source_of[claims.loc[claim_id, "source_id"]]
        assert bool(source["state_controlled"]) == row["who"].endswith(" state outlet]")


def test_labels_at_the_end_never_overlap(records: Records) -> None:
    for supply in (0.0, 0.5, 0.95, 0.99, 1.0, 1.5):
        result = run_outlook(Model(records, draws=0), Scenario(nitrocellulose=supply))
        last = list_path_rows(result, name_stages(records)).iloc[-1]
        heights = sorted(last[f"{n}_label"] for n in ("nameplate", "baseline", "scenario"))
        assert min(b - a for a, b in itertools.pairwise(heights)) >= 129_000


def test_the_strip_covers_every_month_once(records: Records, answer: Outlook) -> None:
    data = list_path_rows(answer, name_stages(records))
    starts = data[data["strip_end"].notna()]
    assert starts["date"].iloc[0] == data["date"].iloc[0]
    ends = list(starts["strip_end"])
    assert list(starts["date"])[1:] == ends[:-1]
    assert set(data["bottleneck"]) <= set(STAGE_COLOURS)


def test_a_shock_that_passes_is_named_beside_the_baseline(records: Records) -> None:
    shock = Scenario(nitrocellulose=0.6, start="2027-01", months=12)
    data = list_path_rows(run_outlook(Model(records, draws=50), shock), name_stages(records))
    assert set(data["scenario_text"]) == {"Scenario"}
    assert set(data["baseline_text"]) == {"Baseline"}
    assert "nitro." in set(
        data["strip_text"]
    )  # the stretch that matters is short, and named all the same
    usual = list_path_rows(run_outlook(Model(records, draws=50)), name_stages(records))
    assert set(usual["scenario_text"]) == {"Baseline"}


def test_the_bend_lies_on_the_curve(records: Records) -> None:
    base = run_outlook(Model(records, draws=50))
    turns = find_turns(Model(records), base.scenario, base.month)
    data = list_response_rows(Model(records), base, name_stages(records), turns)
    bend = data[data["kink"] != ""].iloc[-1]
    assert bend["percent"] == round(turns["nitrocellulose"].iloc[-1] * 100)
    assert bend["rounds_per_year"] == pytest.approx(turns["rounds_per_year"].iloc[-1], rel=1e-6)


def test_kinks_are_named(records: Records, answer: Outlook) -> None:
    data = list_response_rows(
        Model(records),
        answer,
        name_stages(records),
        find_turns(Model(records), answer.scenario, answer.month),
    )
    assert any("takes over at" in k for k in data["kink"])
    assert (data["here"] == 60).all()


def test_every_stage_has_one_colour_of_its_own(records: Records) -> None:
    assert set(records.stages["stage"]) == set(STAGE_COLOURS)
    assert len(set(STAGE_COLOURS.values())) == len(STAGE_COLOURS)


@pytest.mark.parametrize(
    ("rounds", "said"),
    [(1_312_345, "1.31 million"), (2_000_000, "2 million"), (641_200, "640,000"), (4_300, "4,000")],
)
def test_rates_in_words(rounds: float, said: str) -> None:
    assert say_rounds(rounds) == said


def test_tooltips_say_rounds_as_the_page_does(records: Records) -> None:
    text = json.dumps(draw_path(Model(records), 300))
    assert ROUNDS_FORMAT not in {
        part.get("format")
        for part in _walk(draw_path(Model(records), 300))
        if isinstance(part, dict)
    }
    assert "rounds_per_year_said" in text
    assert ",.0f" not in text


def _walk(part: object):  # noqa: ANN202
    yield part
    children = part.values() if isinstance(part, dict) else part if isinstance(part, list) else []
    for child in children:
        yield from _walk(child)


def test_every_named_style_is_one_of_the_configurations() -> None:
    files = (Path(__file__).parents[2] / "ramp155" / "pictures").rglob("*.py")
    named = {
        name for file in files for name in re.findall(r'style="(\w+)"', file.read_text("utf-8"))
    }
    assert named == set(CHART_CONFIG["style"])
