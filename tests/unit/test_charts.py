from __future__ import annotations

import itertools
import json

import pytest

import ramp155
from ramp155 import Scenario, charts, outlook, words


@pytest.fixture(scope="module")
def answer(records: ramp155.Records) -> ramp155.Outlook:
    return ramp155.run(records, Scenario(nitrocellulose=0.6), draws=50)


def test_the_path_carries_what_its_spec_reads(
    records: ramp155.Records, answer: ramp155.Outlook
) -> None:
    data = charts.path_data(answer, words.labels(records))
    spec = charts.path_spec(records, 300)
    fields = {part["field"] for part in _walk(spec) if isinstance(part, dict) and "field" in part}
    own = set(data.columns) | {"low", "high", "middle", "y"}
    own |= {part["as"] for part in _walk(spec) if isinstance(part, dict) and "calculate" in part}
    assert fields <= own | set(charts.reports(records).columns)
    assert len(data) == 108


def test_the_reports_of_the_fit_are_drawn_with_their_ranges(records: ramp155.Records) -> None:
    drawn = charts.reports(records)
    wanted = {c for cell in records.calibration["claim_ids"] for c in cell.split()}
    assert set(drawn["claim_id"]) == wanted
    assert (drawn["low"] <= drawn["high"]).all()
    assert drawn["high"].max() < charts.TOP
    assert (drawn["low"] < drawn["high"]).any()
    text = json.dumps(charts.path_spec(records, 300))
    assert "Rheinmetall figures seen by reporters" in text


def test_state_controlled_reports_are_marked(records: ramp155.Records) -> None:
    drawn = charts.reports(records).set_index("claim_id")
    claims = records.claims.set_index("claim_id")
    for claim_id, row in drawn.iterrows():
        source = records.source_of[claims.loc[claim_id, "source_id"]]
        assert bool(source["state_controlled"]) == row["who"].endswith(" state")


def test_labels_at_the_end_never_overlap(records: ramp155.Records) -> None:
    for supply in (0.0, 0.5, 0.95, 0.99, 1.0, 1.5):
        result = ramp155.run(records, Scenario(nitrocellulose=supply))
        last = charts.path_data(result, words.labels(records)).iloc[-1]
        heights = sorted(last[f"{n}_label"] for n in ("nameplate", "baseline", "scenario"))
        assert min(b - a for a, b in itertools.pairwise(heights)) >= 129_000


def test_the_strip_covers_every_month_once(
    records: ramp155.Records, answer: ramp155.Outlook
) -> None:
    data = charts.path_data(answer, words.labels(records))
    starts = data[data["strip_end"].notna()]
    assert starts["date"].iloc[0] == data["date"].iloc[0]
    ends = list(starts["strip_end"])
    assert list(starts["date"])[1:] == ends[:-1]
    assert set(data["bottleneck"]) <= set(charts.STAGES)


def test_a_shock_that_passes_is_named_beside_the_baseline(records: ramp155.Records) -> None:
    shock = ramp155.Scenario(nitrocellulose=0.6, start="2027-01", months=12)
    data = charts.path_data(outlook.run(records, shock, draws=50), words.labels(records))
    assert set(data["scenario_text"]) == {"Scenario"}
    assert set(data["baseline_text"]) == {"Baseline"}
    assert "nitro." in set(
        data["strip_text"]
    )  # the stretch that matters is short, and named all the same
    usual = charts.path_data(outlook.run(records, draws=50), words.labels(records))
    assert set(usual["scenario_text"]) == {"Baseline"}


def test_the_bend_lies_on_the_curve(records: ramp155.Records) -> None:
    base = outlook.run(records, draws=50)
    turns = outlook.turns(records, base.scenario, base.month)
    data = charts.response_data(records, base, words.labels(records), turns)
    bend = data[data["kink"] != ""].iloc[-1]
    assert bend["percent"] == round(turns["nitrocellulose"].iloc[-1] * 100)
    assert bend["rounds_per_year"] == pytest.approx(turns["rounds_per_year"].iloc[-1], rel=1e-6)


def test_kinks_are_named(records: ramp155.Records, answer: ramp155.Outlook) -> None:
    data = charts.response_data(
        records,
        answer,
        words.labels(records),
        outlook.turns(records, answer.scenario, answer.month),
    )
    assert any("takes over at" in k for k in data["kink"])
    assert (data["here"] == 60).all()


def test_every_stage_has_one_colour_of_its_own(records: ramp155.Records) -> None:
    assert set(records.stages["stage"]) == set(charts.STAGES)
    assert len(set(charts.STAGES.values())) == len(charts.STAGES)


@pytest.mark.parametrize(
    ("rounds", "said"),
    [(1_312_345, "1.31 million"), (2_000_000, "2 million"), (641_200, "640,000"), (4_300, "4,000")],
)
def test_rates_in_words(rounds: float, said: str) -> None:
    assert charts.millions(rounds) == said


def test_tooltips_say_rounds_as_the_page_does(records: ramp155.Records) -> None:
    text = json.dumps(charts.path_spec(records, 300))
    assert charts._AS_ROUNDS not in {
        part.get("format")
        for part in _walk(charts.path_spec(records, 300))
        if isinstance(part, dict)
    }
    assert "rounds_per_year_said" in text
    assert ",.0f" not in text


def _walk(part: object):  # noqa: ANN202
    yield part
    children = part.values() if isinstance(part, dict) else part if isinstance(part, list) else []
    for child in children:
        yield from _walk(child)
