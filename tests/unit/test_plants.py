"""A plant's page in numbers and words: promises, our reading, what it adds, where reports disagree, what nobody says."""

from __future__ import annotations

import dataclasses
import datetime as dt

import numpy as np
import pandas as pd
import pytest

from ramp155.answers.plants.addition import compute_additions, trace_additions
from ramp155.answers.plants.contradictions import list_contradictions
from ramp155.answers.plants.neighbours import list_neighbours, list_plants_by_country
from ramp155.answers.plants.promised_rates import (
    find_standing_promises,
    list_statements,
)
from ramp155.answers.plants.reading import find_ramp, find_reading, read_line
from ramp155.answers.ramp_ups import list_ramp_ups
from ramp155.history.as_known import rewind_records
from ramp155.history.milestones import list_line_milestones
from ramp155.history.status import list_statuses
from ramp155.model.capacity.delays import name_delay
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.plans import build_plan_capacity
from ramp155.pictures.board.rows import find_place, list_board_rows
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.ramp.labels import name_reading
from ramp155.pictures.ramp.rows import list_rows as list_ramp_parts
from ramp155.pictures.view import View
from ramp155.record.records import Records
from ramp155.text.plant.additions import say_addition, say_no_addition
from ramp155.text.plant.contradictions import say_contradiction, say_side
from ramp155.text.plant.promises import list_rate_sentences, list_step_sentences
from ramp155.text.plant.standing import say_products, write_summary
from ramp155.text.plant.unknowns import list_line_unknowns, list_site_unknowns
from tests.wording import find_style_faults
from ui.widgets.lookups import list_rows

UNTERLUESS = "unterluess-rheinmetall"
WORKS = f"{UNTERLUESS}--round"


@pytest.fixture(scope="module")
def model(records: Records) -> Model:
    return Model(records)


def list_status_rows(records: Records, site_id: str) -> list[dict]:
    statuses = list_statuses(records)
    return list_rows(statuses[statuses["site_id"] == site_id])


def test_what_unterluess_promised_and_did_is_said(records: Records) -> None:
    """Each sentence against the events it comes from."""
    steps, rates = list_step_sentences(records, WORKS), list_rate_sentences(records, WORKS)
    milestones = {
        m.milestone: m for m in list_line_milestones(WORKS, records.events_of[WORKS], records.end)
    }
    opened = milestones["opened"]
    assert (opened.delivered[:7], opened.first_promise) == ("2025-08", "2025-02")
    assert records.event(opened.first_event).precision == "computed"
    assert (
        steps[0] == "Opened August 2025, promised for February 2025 (our sum): 5 to 7 months late."
    )
    assert f"at least {milestones['first_output'].least_late:.0f} months late" in steps[1]
    assert rates[0] == "No rate is reported as reached."
    assert rates[1] == "25,000 / 140,000 / 350,000 rounds a year promised for 2025 / 2026 / 2027."
    last_said = max(e.reported_on for e in records.events_of[WORKS])
    assert last_said[:7] == "2025-09"
    months = (records.end.year - 2025) * 12 + records.end.month - 9
    assert rates[2] == f"Last heard of September 2025, {months} months ago."


def test_the_latest_word_for_each_year_stands(records: Records) -> None:
    statements = list_statements(records, WORKS)
    said = [statement.said_on for statement in statements]
    assert said == sorted(said, key=lambda text: (text + "-01-01")[:10])
    rates_of_2026 = {e.rate for s in statements for e in s.promises if e.date == "2026"}
    assert rates_of_2026 == {100_000, 140_000, 200_000}
    assert {e.date: e.rate for e in find_standing_promises(records, WORKS)} == {
        "2025": 25_000,
        "2026": 140_000,
        "2027": 350_000,
    }
    moved = find_standing_promises(records, "bergerac-eurenco--charge")
    assert "2025" not in {event.date for event in moved}  # as much was put off to 2026 later


def test_a_summary_says_what_each_line_does(records: Records) -> None:
    rows = list_status_rows(records, UNTERLUESS)
    summary = write_summary(records, rows)
    assert "open since August 2025, no output is reported as made" in summary
    assert "promised, no work on the site is reported" in summary
    assert summary.startswith("Delivers; a new line is open since August 2025. ")
    assert summary.count(".") == 2
    line_ids = [row["line_id"] for row in rows]
    assert say_products(records, line_ids) == "For 155 mm: explosives and filling and assembly."


def test_our_reading_is_the_ramp_with_the_delays_of_the_draws(model: Model) -> None:
    """Recomputed draw by draw."""
    reading, ramp = read_line(model, WORKS), find_ramp(model, WORKS)
    assert reading is not None
    assert ramp is not None
    delays = draw_coefficients(model).params[name_delay(WORKS)]
    rates = np.array([ramp.trace_rate(round(delay)) for delay in delays])
    assert reading.middle == pytest.approx(np.median(rates, axis=0))
    low, middle, high = find_reading(reading, "2027-12")
    assert low < middle <= high <= 350_000
    assert reading.happening == 1
    assert (reading.low <= reading.middle).all()
    assert (reading.middle <= reading.high).all()


def test_of_what_is_not_begun_a_part_is_counted(model: Model) -> None:
    not_begun = [
        line_id
        for line_id in model.record.lines["line_id"]
        if (reading := read_line(model, line_id)) and reading.happening < 1
    ]
    assert not_begun
    for line_id in not_begun:
        reading, ramp = read_line(model, line_id), find_ramp(model, line_id)
        assert reading is not None
        assert ramp is not None
        promised = max(rate for _, rate in ramp.planned)
        assert reading.middle[-1] < promised
    assert read_line(model, f"{UNTERLUESS}--explosive") is None  # no date: no ramp


def test_additions_are_the_growth_that_the_model_adds_by_stage(model: Model) -> None:
    """All plants together add what the model's capacity has of named lines, draw by draw."""
    lines = build_plan_capacity(model, Scenario()).lines
    totals = {stage: np.zeros_like(growth) for stage, growth in lines.items()}
    for site_id in model.record.sites["site_id"]:
        for stage, added in trace_additions(model, site_id).items():
            totals[stage] = totals[stage] + added
    for stage, growth in lines.items():
        assert totals[stage] == pytest.approx(np.broadcast_to(growth, totals[stage].shape))
    assert any(growth.any() for growth in lines.values())


def test_an_addition_is_said_by_stage_beside_all_of_europe(model: Model) -> None:
    (addition,) = compute_additions(model, UNTERLUESS)
    place = MONTHS.index(addition.month)
    europe = build_plan_capacity(model, Scenario()).stages[addition.stage][place] * 12
    assert addition.europe[1] == pytest.approx(np.median(europe))
    sentence = say_addition(model.record, addition)
    assert sentence.startswith("**Filling and assembly**, by the end of 2027: enough for about ")
    assert "rounds a year more than in June 2026. Likely: " in sentence
    assert find_style_faults(sentence) == []
    assert "%" not in sentence
    counted = model.record.countries
    outside = set(counted.loc[counted["counted"] != "yes", "country"])
    for site_id in model.record.sites["site_id"]:
        if model.record.site(site_id).country in outside:
            assert compute_additions(model, site_id) == ()
            assert "on request only" in say_no_addition(model.record, site_id)


def test_a_slip_is_drawn_as_long_as_the_line_is_late(model: Model) -> None:
    """On a plant's page and on the board alike: from the end of the first promise, the least it can be."""
    rows = list_ramp_parts(model, WORKS, is_read=False)
    ramp_up = list_ramp_ups(model.record)[WORKS]
    late = rows.slips[rows.slips["late_left"] == ramp_up.late_since.isoformat()]
    (right,) = pd.to_datetime(late["late_right"])
    months = (right.year - ramp_up.late_since.year) * 12 + right.month - ramp_up.late_since.month
    assert months == ramp_up.lateness_months == 6
    kept = rows.slips[rows.slips["tone"] == "kept"]
    assert kept["late_left"].isna().all()


def test_reports_that_disagree_stand_side_by_side(records: Records) -> None:
    """Cases of the record: two rates for one year, two months for one opening, and done against still to come."""
    said = {
        (say_contradiction(c), tuple(say_side(c.kind, side[0]) for side in c.sides))
        for c in list_contradictions(records, WORKS)
    }
    assert said == {
        ("The rate promised for 2025", ("50,000 rounds a year", "200,000 rounds a year")),
        ("The rate promised for 2026", ("100,000 rounds a year", "200,000 rounds a year")),
        ("When: first output", ("August 2025, done", "promised for September 2025")),
    }
    (opening,) = list_contradictions(records, "bauska-vak--charge")
    assert [[e.date for e in side] for side in opening.sides] == [["2026-07"], ["2026-10"]]
    reached = [
        c for c in list_contradictions(records, "lachapelle-knds--round") if c.kind == "rate"
    ]
    assert {c.about: [side[0].rate for side in c.sides] for c in reached} == {
        "2022": [30_000, 40_000],
        "2024": [36_000, 45_000],
    }


def test_a_promise_that_moved_is_no_contradiction(records: Records) -> None:
    """140,000 for 2026 was said more than a year after 100,000; nor do two reports of one rate disagree."""
    disputed = {
        event.event_id
        for c in list_contradictions(records, WORKS)
        for side in c.sides
        for event in side
    }
    assert f"{WORKS}-16" not in disputed
    assert f"{WORKS}-09" not in disputed
    only_one = dataclasses.replace(
        records, events=records.events[records.events["event_id"] != f"{WORKS}-c01"]
    )
    assert "2026" not in {c.about for c in list_contradictions(only_one, WORKS)}


def test_what_nobody_says_is_said(records: Records) -> None:
    explosive = next(
        r for r in list_status_rows(records, UNTERLUESS) if "explosive" in r["line_id"]
    )
    assert "No report says when it opens or opened." in list_line_unknowns(records, explosive)
    assert list_site_unknowns(records, UNTERLUESS) == []
    (no_town, *_) = list_site_unknowns(records, "bulgaria-155-us-contract")
    assert no_town == "No town is published, so it is not on the map."
    for row in list_rows(list_statuses(records)):
        sentences = " ".join(list_line_unknowns(records, row))
        assert ("No report gives a rate" in sentences) == (
            "capacity not reported" in row["flags"]
        ) or (
            any(e.rate is not None and e.scope != "site" for e in records.events_of[row["line_id"]])
        )


def test_neighbours_make_the_same_and_stand_by_country(records: Records) -> None:
    neighbours = list_neighbours(records, UNTERLUESS)
    assert set(neighbours) == {"round", "explosive"}
    names = dict(zip(records.countries["country"], records.countries["name"], strict=True))
    for product, sites in neighbours.items():
        makers = set(records.lines.loc[records.lines["product"] == product, "site_id"])
        assert {site.site_id for site in sites} == makers - {UNTERLUESS}
        order = [(names[site.country], site.name) for site in sites]
        assert order == sorted(order)
    listed = [site.site_id for sites in list_plants_by_country(records).values() for site in sites]
    assert sorted(listed) == sorted(records.sites["site_id"])


def test_an_earlier_day_knows_only_what_was_said_by_then(records: Records) -> None:
    past = rewind_records(records, dt.date(2024, 12, 31))
    steps, rates = list_step_sentences(past, WORKS), list_rate_sentences(past, WORKS)
    assert steps[0] == "Opening promised for February 2025 (our sum)."
    assert "350,000" not in " ".join(rates)


def test_what_is_late_begins_and_ends_alike_on_the_board_and_on_the_plants_page(
    model: Model,
) -> None:
    """A date given as a year is over at its end, on either."""
    board = list_board_rows(model, View()).set_index("line_id")
    late_lines = board.index[board["slip_first"].notna()]
    assert len(late_lines) > 30
    for line_id in late_lines:
        slips = list_ramp_parts(model, line_id, is_read=False).slips.dropna(subset="late_left")
        spans = {
            tuple(
                find_place(dt.date.fromisoformat(day))
                for day in (slip["late_left"], slip["late_right"])
            )
            for slip in slips.to_dict("records")
        }
        first, last = board.loc[line_id, ["slip_first", "slip_last"]]
        assert any(
            begin == pytest.approx(first, abs=0.05) and end == pytest.approx(last, abs=0.12)
            for begin, end in spans
        ), (line_id, spans, first, last)


def test_our_reading_is_not_taken_for_a_report(model: Model, records: Records) -> None:
    for line_id in records.lines["line_id"]:
        rows = list_ramp_parts(model, line_id, is_read=True)
        if rows.reading.empty:
            continue
        is_reported = (rows.rates["kind"] == "report").any()
        assert name_reading(rows) == (
            "our reading" if is_reported else "our reading, nothing reported"
        )
        picture = build_picture(model, "ramp", View(line=line_id))
        assert "dotted line and band: our reading, no report" in picture.key
