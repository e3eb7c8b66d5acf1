"""Makers' own totals: no figure rests on a machine, none is counted twice in a sum, all have a source and a date."""

from __future__ import annotations

import json
import re

import pytest

from ramp155.answers.maker_totals import PART_OF, list_maker_claims, sum_counted
from ramp155.answers.output.year_range import find_year_range
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.plants.makers import (
    EUROPE_YEAR,
    build_makers_picture,
    list_europe_ranges,
    list_maker_figures,
)
from ramp155.pictures.view import View
from ramp155.record.grades import find_best_witness
from ramp155.record.records import Records, build_records
from ramp155.record.schema import SCHEMAS
from ramp155.record.upload.own_rows import write_as_text
from ramp155.text.gap.makers import list_reasons, say_counted, write_label
from ramp155.text.numbers import say_rounds
from ramp155.text.output.unknowns import write_unknowns


@pytest.fixture(scope="module")
def model(records: Records) -> Model:
    return Model(records, 100)


def test_no_figure_of_the_picture_rests_on_a_machine_or_a_states_outlet(model: Model) -> None:
    figures = list_maker_figures(model)
    assert len(figures)
    for claim_id in figures["claim_id"]:
        source = model.record.source_of[find_best_witness(model.record, claim_id)]
        assert source["class"] not in ("machine-written", "state-controlled")
    every = list_maker_claims(model.record)
    assert not every["named"].all(), "the table keeps them, and says what kind of source it is"
    assert (every["same_as"] == "").all()


def test_each_maker_has_its_last_word_once(model: Model) -> None:
    figures = list_maker_figures(model)
    assert not figures.duplicated(["maker", "is_promise"]).any()
    every = list_maker_claims(model.record)
    promise = figures[(figures["maker"] == "Rheinmetall") & figures["is_promise"]].iloc[0]
    told = every[(every["maker"] == "Rheinmetall") & every["named"] & (every["status"] == "target")]
    assert promise["reported_on"] == told["reported_on"].max()
    report = figures[(figures["maker"] == "Rheinmetall") & ~figures["is_promise"]].iloc[0]
    assert report["middle"] > 300_000, "not what was made before the war, though it was said last"


def test_the_sum_leaves_out_what_another_maker_counts_as_well(model: Model) -> None:
    figures = list_maker_figures(model)
    promises = figures[figures["is_promise"]]
    parts = promises[promises["maker"].isin(list(PART_OF))]["middle"].sum()
    assert parts > 0
    assert sum_counted(figures) == pytest.approx(promises["middle"].sum() - parts)
    assert say_rounds(sum_counted(figures)) in build_makers_picture(model, View()).finding


def test_a_reader_can_redo_the_sum_from_the_labels(model: Model) -> None:
    """The labels of the chart that are not marked as left out add up to what the title says."""
    figures = list_maker_figures(model)
    picture = build_makers_picture(model, View())
    labelled = figures[figures["is_labelled"]]
    assert labelled["maker"].is_unique
    assert set(labelled["maker"]) == set(figures["maker"])
    total, counted = 0.0, 0
    for figure in labelled.to_dict("records"):
        label = write_label(figure)
        assert f'"{label}"' in json.dumps(picture.spec)
        if "not counted" in label:
            continue
        counted += 1
        assert figure["kind"] == "promise"
        number, million = re.match(r"(?:at \w+ )?([\d.,]+)( million)?, ", label).groups()
        total += float(number.replace(",", "")) * (1e6 if million else 1)
    assert f"about {say_rounds(total)} rounds a year" in picture.finding
    assert f"({counted} labels counted, {len(labelled) - counted} not)" in picture.finding
    said = dict(zip(labelled["maker"], map(say_counted, labelled.to_dict("records")), strict=True))
    assert said["STV"] == "not counted: a report"
    assert said["ZVS"] == "not counted: in CSG"


def test_reasons_count_the_labels_and_tell_what_is_not_drawn(model: Model) -> None:
    figures = list_maker_figures(model)
    reasons = list_reasons(figures, list_maker_claims(model.record))
    number = int(figures["is_labelled"].sum())
    assert f"of {number} labels are promises" in reasons[0]
    assert f"of {number} labels count" in reasons[1]
    assert "Rheinmetall's 1.1 million (2026)" in reasons[-1]


def test_a_record_without_makers_says_so(records: Records) -> None:
    tables = {name: write_as_text(records, name) for name in SCHEMAS}
    tables["claims"].cells["operator"] = [""] * len(records.claims)
    picture = build_makers_picture(Model(build_records(tables, records.end), 20), View())
    assert picture.finding == "No maker's own total is on record"


def test_europes_ranges_are_those_of_the_runs(model: Model) -> None:
    ranges = list_europe_ranges(model)
    completes = ranges.iloc[1]
    assert (completes["low"], completes["high"]) == find_year_range(model, Scenario(), EUROPE_YEAR)
    assert ranges["low"].iloc[0] > completes["high"]
    with pytest.raises(ValueError, match="1999"):
        find_year_range(model, Scenario(), 1999)


def test_the_sentence_of_what_is_not_known_is_computed(model: Model) -> None:
    text = write_unknowns(model, Scenario())
    for rounds in find_year_range(model, Scenario(), 2027):
        assert say_rounds(rounds).removesuffix(" million") in text
    assert "no public source tells" in text
    assert "assumption" in text
    assert not re.search(r"middle case|binds|central|for want of", text)
