"""What sources are good for: best first wherever they are named, marked where a state controls them, and
said to be weak where nothing better stands under a figure.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pandas as pd
import pytest

from ramp155.answers.audit.checks import run_audit
from ramp155.files.brief import NO_ADDRESS, list_brief_sources
from ramp155.files.live_page import list_published_reports
from ramp155.files.slides.sources import MOST_SOURCES, list_slide_sources
from ramp155.files.story.screen_sources import find_picture_sources
from ramp155.files.story.story import build_story_from_page
from ramp155.files.story.story_file import read_story
from ramp155.model.model import Model
from ramp155.pictures.catalogue import CATALOGUE, build_picture
from ramp155.pictures.evidence.slips import list_slip_rows
from ramp155.pictures.source import name_publishers, write_source_line
from ramp155.pictures.view import View
from ramp155.record.grades import (
    STANDING_CLASSES,
    count_coefficients,
    find_best_witness,
    list_coefficient_sources,
    list_witnesses,
    name_source,
    pick_best_sources,
    rank_claims,
    rank_sources,
    say_weak_support,
    stands_alone,
)
from ramp155.record.records import Records
from ramp155.record.schema.vocabulary import CLASSES
from ramp155.text.citations import write_coefficients_title, write_sources_title
from ui.widgets.citations.lists import cite_assumption, cite_claims, cite_event
from ui.widgets.citations.sources import link_sources

PLACES = {name: place for place, name in enumerate(CLASSES)}
STORIES = sorted((Path(__file__).parents[2] / "data" / "stories").glob("*.toml"))


@pytest.fixture(scope="module")
def model(records: Records) -> Model:
    return Model(records, draws=200)


def one_of_each_class(records: Records) -> list[str]:
    """A source of each class, the worst first."""
    sources = records.sources.drop_duplicates("class").set_index("class")["source_id"]
    return [sources[name] for name in reversed(CLASSES)]


def places_of(records: Records, source_ids: list[str]) -> list[int]:
    return [PLACES[records.source_of[source_id]["class"]] for source_id in source_ids]


def test_the_best_class_comes_first(records: Records) -> None:
    worst_first = one_of_each_class(records)
    assert rank_sources(records, worst_first) == worst_first[::-1]
    assert pick_best_sources(records, worst_first, 2) == worst_first[:-3:-1]
    assert rank_sources(records, ["", *worst_first, *worst_first]) == worst_first[::-1]
    standing = [stands_alone(records, source_id) for source_id in worst_first]
    assert standing == [False] * 4 + [True] * 4
    assert set(list(CLASSES)[:4]) == STANDING_CLASSES


def test_within_a_class_confidence_goes_before_the_date(records: Records) -> None:
    press = records.sources[
        (records.sources["class"] == "press") & (records.sources["published"] != "")
    ]
    older, newer = press.sort_values("published")["source_id"].iloc[[0, -1]]
    row = records.claims.iloc[[0]]
    claims = pd.concat(
        [
            row.assign(claim_id="sure", source_id=older, confidence="A", same_as=""),
            row.assign(claim_id="unsure", source_id=newer, confidence="C", same_as=""),
        ],
        ignore_index=True,
    )
    two_claims = dataclasses.replace(records, claims=claims, events=records.events.iloc[:0])
    assert rank_sources(two_claims, [newer, older]) == [older, newer]
    assert rank_claims(two_claims, ["unsure", "sure", "unsure"]) == ["sure", "unsure"]
    silent = dataclasses.replace(two_claims, claims=claims.iloc[:0])
    assert rank_sources(silent, [older, newer]) == [newer, older]
    assert rank_sources(silent, [older, newer, older]) == [older, newer]


def test_a_claim_told_twice_is_shown_by_its_better_source(records: Records) -> None:
    copies = records.claims[records.claims["same_as"] != ""]
    assert len(copies)
    for claim_id, copied in zip(copies["claim_id"], copies["same_as"], strict=True):
        best = places_of(records, [find_best_witness(records, claim_id)])
        assert best == places_of(records, [find_best_witness(records, copied)])
        tellings = [records.claim(name).source_id for name in (claim_id, copied)]
        assert best[0] <= min(places_of(records, tellings))


def test_state_outlets_are_marked_and_weak_support_is_said(model: Model) -> None:
    records = model.record
    state, machine, forum, copy, *standing = one_of_each_class(records)
    outlet = records.source_of[state]
    mark = f"[{outlet['state_controlled']} state outlet]"
    assert name_source(records, state) == f"{outlet['publisher']} {mark}"
    assert f"{mark} (at best a state outlet)." in write_source_line(model, "Counted.", [state])
    line = write_source_line(model, "Counted.", [state, copy, forum])
    assert line.endswith(f"{mark} (at best a copy of a report).")
    assert say_weak_support(records, [machine, forum]) == "at best a forum or an unsigned page"
    assert say_weak_support(records, [machine]) == "at best a text written by a machine"
    assert say_weak_support(records, [state, standing[0]]) == ""
    assert say_weak_support(records, []) == ""
    assert "at best" not in write_source_line(model, "Counted.", [state, standing[0]])
    best_first = name_publishers(model, [state, standing[0]])
    assert best_first == f"{name_source(records, standing[0])}, {name_source(records, state)}"


def names_in_line(records: Records, line: str) -> list[str]:
    """The publishers that a source line names, in its order, as they are named there."""
    _, _, named = line.partition(" Sources: ")
    names = {name_source(records, source_id) for source_id in records.source_of}
    longest_at: dict[int, str] = {}
    for name in sorted(names, key=len):  # "La Tribune" is not named by "La Tribune, copied by ..."
        place = f", {named}".find(f", {name}")
        if place >= 0 and named[place + len(name) :].startswith((",", ".", " and ", " (at best")):
            longest_at[place] = name
    return [longest_at[place] for place in sorted(longest_at)]


@pytest.mark.parametrize("name", CATALOGUE)
def test_source_lines_name_the_best_first_and_mark_state_outlets(model: Model, name: str) -> None:
    records = model.record
    places: dict[str, set[int]] = {}
    outlets = set()
    for source_id, source in records.source_of.items():
        places.setdefault(name_source(records, source_id), set()).add(PLACES[source["class"]])
        if source["state_controlled"]:
            outlets.add(source["publisher"])
    topics = records.contradictions["topic"] if name == "topic" else [View().topic]
    lines = [build_picture(model, name, View(topic=topic)).source for topic in topics]
    assert name != "topic" or any("state outlet]" in line for line in lines)
    for line in lines:
        lowest = 0
        for publisher in names_in_line(records, line):
            later = [place for place in places[publisher] if place >= lowest]
            assert later, f"{publisher} stands too late in {line}"
            lowest = min(later)
        for outlet in outlets:
            assert f", {outlet}," not in line
            assert f": {outlet}," not in line
            assert f"{outlet}." not in line


def test_charts_of_a_topic_mark_state_outlets(model: Model) -> None:
    """On slides too, where publishers are the names of bars."""
    marked_count = 0
    outlets = set(
        model.record.sources.loc[model.record.sources["state_controlled"] != "", "publisher"]
    )
    for topic in model.record.contradictions["topic"]:
        native = build_picture(model, "topic", View(topic=topic)).native
        for category in native.categories if native else ():
            marked_count += "state outlet]" in category
            assert category.rpartition(",")[0] not in outlets
    assert marked_count


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_slides_and_brief_name_the_best_first(model: Model, path: Path) -> None:
    records = model.record
    story = read_story(records, path.read_text("utf-8"), path.stem)
    for screen in story.screens:
        slide_sources = list_slide_sources(model, screen)
        witnesses = list_witnesses(records, rank_claims(records, screen.claims))
        assert places_of(records, witnesses) == sorted(places_of(records, witnesses))
        for source_id, note in zip(dict.fromkeys(witnesses), slide_sources, strict=False):
            assert note.startswith(f"{name_source(records, source_id)}, ")
        is_weak = bool(say_weak_support(records, witnesses))
        if witnesses:
            assert len(slide_sources) == min(len(set(witnesses)), MOST_SOURCES) + is_weak
    references, remarks = list_brief_sources(model, story)
    note_claims = [claim_id for screen in story.screens for claim_id in screen.claims]
    weak_note = say_weak_support(records, list_witnesses(records, note_claims))
    assert (f"stands {weak_note}." in remarks) == bool(weak_note)
    for claim_id in rank_claims(records, note_claims)[:1]:
        best = find_best_witness(records, claim_id)
        assert references[0][0].startswith(name_source(records, best))


@pytest.mark.parametrize("late_only", [False, True])
@pytest.mark.parametrize("countries", [("DE", "PL"), ("SE",)])
def test_who_says_so_of_some_lines_spoke_of_these_lines(
    model: Model, countries: tuple[str, ...], late_only: bool
) -> None:
    """Brief and slides of a filtered page name nobody who spoke of other plants alone."""
    records = model.record
    view = View(countries=countries, late_only=late_only)
    lines = records.full_lines
    of_them = set(lines.index[lines["country"].isin(countries)])
    events = records.events
    spoke = set(events.loc[events["line_id"].isin(of_them), "source_id"])
    urls = {records.source(source_id).url for source_id in spoke}
    for page in ("ramp_up", "map"):
        story = build_story_from_page(page, view)
        references, _ = list_brief_sources(model, story)
        assert references
        assert {url for _, url in references} <= urls | {NO_ADDRESS}
        for screen in story.screens:
            assert set(find_picture_sources(model, screen)[1]) <= spoke, screen.picture
    rows = list_slip_rows(model, view)
    assert set(rows["line_id"]) <= of_them
    assert len(rows) == len(list_slip_rows(model, dataclasses.replace(view, late_only=False)))


def test_the_reports_of_the_live_page_are_best_first(records: Records) -> None:
    outlets = set(records.sources.loc[records.sources["state_controlled"] != "", "publisher"])
    reports = list_published_reports(records)
    assert not outlets & {report.publisher for report in reports}
    assert any("state outlet]" in report.publisher for report in reports)
    totals = records.calibration
    for observable, year, claim_ids in zip(
        totals["observable"], totals["year"], totals["claim_ids"], strict=True
    ):
        best = find_best_witness(records, rank_claims(records, claim_ids.split())[0])
        first = next(r for r in reports if (r.observable, r.year) == (observable, year))
        assert first.publisher == name_source(records, best)


def test_lists_on_a_page_begin_with_the_best_and_say_what_is_weak(model: Model) -> None:
    records = model.record
    for cell in records.calibration["claim_ids"]:
        claim_ids = cell.split()
        lines = cite_claims(model, claim_ids).split("\n")
        weak_note = say_weak_support(records, list_witnesses(records, claim_ids))
        assert lines[0].startswith("- *Weak support: at best") == bool(weak_note)
        best = find_best_witness(records, rank_claims(records, claim_ids)[0])
        assert records.source_of[best]["url"][:30] in lines[1 if weak_note else 0]
    state, *_ = one_of_each_class(records)
    assert link_sources(model, [state]).endswith("state outlet]** (at best a state outlet)")
    copied = next(
        e
        for e in records.events["event_id"]
        if "a copy of a report)" in cite_event(model, records.event(e))
    )
    assert not stands_alone(records, records.event(copied).source_id)
    assert "at best" not in cite_assumption(model, "propellant_per_module")
    assert "Source: an assumption." in cite_assumption(model, "nitrocellulose_fraction")


def test_coefficients_are_counted_by_what_the_model_uses(records: Records) -> None:
    assumptions = records.assumptions
    used = assumptions[assumptions["kind"] == "model"]
    counts = count_coefficients(records)
    assert counts.used == len(used) == len(records.list_coefficients())
    assert counts.assumed == (used["source_ids"] == "assumption").sum()
    assert counts.beside == (assumptions["kind"] == "reported").sum()
    title = write_coefficients_title(records)
    assert title.startswith(f"Of {counts.used} coefficients the model uses, {counts.assumed} are")
    assert f"{counts.beside} published" in title
    weak_count = (~records.sources["class"].isin(STANDING_CLASSES)).sum()
    assert f"{weak_count} of them never stand alone" in write_sources_title(records)


def list_grade_findings(records: Records) -> dict[str, str]:
    """Row -> severity of every finding about what a figure rests on."""
    findings = run_audit(Model(records, draws=100))
    return {finding.id: finding.severity for finding in findings if finding.rule == "grades"}


def test_a_coefficient_that_cites_weak_sources_alone_is_a_fault(records: Records) -> None:
    assert "fault" not in list_grade_findings(records).values()
    forum = one_of_each_class(records)[2]
    assumptions = records.assumptions.copy()
    row = assumptions["assumption_id"].isin(["explosive_per_round", "price_other"])
    assumptions.loc[row, ["source_ids", "claim_ids"]] = [forum, ""]
    findings = list_grade_findings(dataclasses.replace(records, assumptions=assumptions))
    assert findings["explosive_per_round"] == "fault"
    assert findings["price_other"] == "warning"


@pytest.mark.parametrize("table", ["calibration", "targets", "statements", "estimates"])
def test_a_headline_or_verdict_on_weak_sources_alone_is_a_warning(
    records: Records, table: str
) -> None:
    copies = records.claims["same_as"]
    weak_claim = next(
        claim_id
        for claim_id in records.claims["claim_id"]
        if say_weak_support(records, list_witnesses(records, [claim_id]))
        and claim_id not in set(copies)
    )
    rows = getattr(records, table).copy()
    key = rows.columns[0]
    row_id = rows[key].iloc[0]
    rows.loc[rows[key] == row_id, "claim_ids"] = weak_claim
    findings = list_grade_findings(dataclasses.replace(records, **{table: rows}))
    assert findings[row_id] == "warning"


def test_every_coefficient_in_use_that_cites_sources_has_one_that_stands(records: Records) -> None:
    for coefficient in records.list_coefficients():
        if coefficient.source_ids != "assumption":
            source_ids = list_coefficient_sources(records, coefficient.assumption_id)
            assert any(stands_alone(records, source_id) for source_id in source_ids)
