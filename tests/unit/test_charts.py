from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import pytest

from ramp155.answers.output.medians import find_year_median
from ramp155.answers.output.outlook import Outlook, run_outlook
from ramp155.answers.output.surface import compute_surface
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import LAST_PLANNED_MONTH, MONTHS, find_forecast_month
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.grammar.rounds import ROUNDS_FORMAT
from ramp155.pictures.levers.response import draw_response, list_response_rows
from ramp155.pictures.output.axes import OUTPUT_TOP, find_output_top
from ramp155.pictures.output.path import draw_path, list_path_rows
from ramp155.pictures.output.reports import list_european_reports
from ramp155.pictures.output.strip import END_NAMES, STRIP_SPAN, find_limiting_shares
from ramp155.pictures.palette import STAGE_COLOURS
from ramp155.pictures.theme import CHART_CONFIG
from ramp155.pictures.view import View
from ramp155.record.dates import month_number, month_text
from ramp155.record.records import Records
from ramp155.text.numbers import say_rounds
from ramp155.text.stages import name_stages


@pytest.fixture(scope="module")
def answer(records: Records) -> Outlook:
    return run_outlook(Model(records, draws=50), Scenario(nitrocellulose=0.6))


def test_the_path_carries_what_its_spec_reads(records: Records, answer: Outlook) -> None:
    data = list_path_rows(Model(records, draws=50), answer)
    spec = draw_path(Model(records), 300)
    fields = {part["field"] for part in _walk(spec) if isinstance(part, dict) and "field" in part}
    columns = set(data.columns) | {"low", "high", "middle", "top", "strip_middle"}
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
        model = Model(records, draws=50)
        result = run_outlook(model, Scenario(nitrocellulose=supply))
        last = list_path_rows(model, result).iloc[-1]
        assert abs(last["baseline_label"] - last["scenario_label"]) >= 129_000
        heights = sorted(last[f"end_height_{k}"] for k in range(END_NAMES) if last[f"end_text_{k}"])
        assert all(b - a >= 129_000 for a, b in itertools.pairwise(heights))
        assert all(STRIP_SPAN[0] < height < STRIP_SPAN[1] for height in heights)


def test_the_strip_is_filled_by_shares_of_runs_in_every_month(
    records: Records, answer: Outlook
) -> None:
    model = Model(records, draws=50)
    data = list_path_rows(model, answer)
    shares = find_limiting_shares(model, answer.scenario)
    bottom, top = STRIP_SPAN
    for stage in shares:
        heights = (data[f"{stage}_high"] - data[f"{stage}_low"]) / (top - bottom)
        assert heights.to_numpy() == pytest.approx(shares[stage].to_numpy(), abs=1e-9)
    assert data[f"{shares.columns[0]}_high"].to_numpy() == pytest.approx(top)
    assert data[f"{shares.columns[-1]}_low"].to_numpy() == pytest.approx(bottom)
    leading = shares.iloc[-1].idxmax()
    assert name_stages(records)[leading] in data["limits"].iloc[-1]
    assert set(shares) <= set(STAGE_COLOURS)


def test_the_end_of_the_strip_is_dated_and_its_title_says_assumed(records: Records) -> None:
    model = Model(records, draws=50)
    last = list_path_rows(model, run_outlook(model)).iloc[-1]
    assert last["end_month_height"] > max(
        last[f"end_height_{k}"] for k in range(END_NAMES) if last[f"end_text_{k}"]
    )
    text = json.dumps(draw_path(Model(records), 300))
    assert f"end of {MONTHS[-1][:4]}:" in text
    assert "(assumed)" in text


def test_the_axis_holds_the_whole_band_of_much_output(records: Records) -> None:
    model = Model(records, draws=50)
    much = Scenario(nitrocellulose=2.0, explosive=1.95, shifts=1.5, propellant_per_round=0.7)
    top = find_output_top(model, much)
    rows = list_path_rows(model, run_outlook(model, much), top)
    assert find_output_top(model, Scenario()) == OUTPUT_TOP
    assert top > OUTPUT_TOP
    assert rows["figure_p90"].max() <= top
    usual = list_path_rows(model, run_outlook(model, much))
    assert rows["strip_middle"].iloc[0] == pytest.approx(
        usual["strip_middle"].iloc[0] * top / OUTPUT_TOP
    )


def test_the_forecast_starts_where_the_record_ends(records: Records) -> None:
    after = month_text(month_number(records.end.isoformat()[:7]) + 1)
    assert find_forecast_month(records) == after
    for spec in (
        draw_path(Model(records), 300),
        build_picture(Model(records), "ratio", View()).spec,
    ):
        assert f'"date": "{after}-01", "top"' in json.dumps(spec, default=str)


def test_a_shock_that_passes_is_named_beside_the_baseline(records: Records) -> None:
    model = Model(records, draws=50)
    shock = Scenario(nitrocellulose=0.4, start="2027-01", months=12)
    data = list_path_rows(model, run_outlook(model, shock))
    assert set(data["scenario_text"]) == {"Scenario"}
    assert set(data["baseline_text"]) == {"Baseline"}
    usual = list_path_rows(model, run_outlook(model))
    assert set(usual["scenario_text"]) == {"Baseline"}


def test_capacity_is_drawn_as_far_as_plans_on_record_reach(
    records: Records, answer: Outlook
) -> None:
    data = list_path_rows(Model(records, draws=50), answer)
    assert data.loc[data["capacity"].notna(), "month"].iloc[-1] == LAST_PLANNED_MONTH
    assert "officials count it" in json.dumps(draw_path(Model(records), 300))


def test_the_lighter_band_lies_outside_the_likely_range(records: Records, answer: Outlook) -> None:
    data = list_path_rows(Model(records, draws=50), answer)
    assert (data["figure_p10"] <= data["p10"]).all()
    assert (data["figure_p90"] >= data["p90"]).all()
    assert data["rounds_per_year"].between(data["p10"], data["p90"]).all()
    bands = [
        part["mark"]["opacity"]
        for part in _walk(draw_path(Model(records), 300))
        if isinstance(part, dict) and part.get("mark", {}) and isinstance(part["mark"], dict)
        if part["mark"].get("type") == "area" and "opacity" in part["mark"]
    ]
    assert bands[0] <= bands[1] / 2  # clearly lighter


def test_the_response_is_the_rounds_of_the_year_and_has_no_corner(records: Records) -> None:
    model = Model(records, draws=200)
    rows = list_response_rows(model, Scenario(nitrocellulose=0.6), 2027)
    assert (rows["here"] == 60).all()
    assert rows["rounds"].iloc[100] == pytest.approx(
        find_year_median(model, Scenario(), 2027), rel=1e-9
    )
    assert rows["rounds"].iloc[60] == pytest.approx(
        compute_surface(model, Scenario()).years[2, 12, 5], rel=1e-9
    )
    steps = rows["rounds"].diff().iloc[1:]
    assert (steps >= -1e-6).all()
    assert steps.max() <= 0.03 * rows["rounds"].iloc[100]
    assert (rows["p10"] <= rows["rounds"]).all()
    assert (rows["p90"] >= rows["rounds"]).all()
    assert "takes over" not in json.dumps(draw_response(2027, 190))


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
