"""Checks of what the record says: the record passes, and each check finds what it is for."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from ramp155.answers.audit import headlines
from ramp155.answers.audit.checks import run_audit
from ramp155.cli.commands import run_command_line
from ramp155.model.model import Model
from ramp155.record.records import Records


def faults(records: Records) -> set[str]:
    return {f.rule for f in run_audit(Model(records)) if f.severity == "fault"}


@pytest.mark.usefixtures("one_record")
def test_the_record_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["audit", "--format", "csv"]) == 0
    assert "severity,rule,id,message" in capsys.readouterr().out


def changed(records: Records, **tables: pd.DataFrame) -> Records:
    return dataclasses.replace(records, **tables)


def test_time_running_backwards_is_found(records: Records) -> None:
    events = records.events.copy()
    row = events["event_id"] == "unterluess-rheinmetall--round-04"  # ground broken
    events.loc[row, ["first_day", "last_day"]] = pd.Timestamp("2026-05-01").date()
    assert "time order" in faults(changed(records, events=events))


def test_a_rate_on_two_lines_is_found(records: Records) -> None:
    events = records.events
    rated_events = events[
        (events["rate_status"] == "done")
        & (events["scope"] == "site")
        & (events["unit"] == "rounds/yr")
    ]
    row = rated_events.iloc[[0]].copy()
    other = records.lines[
        (records.lines["product"] == "round") & (records.lines["line_id"] != row["line_id"].iloc[0])
    ]
    row["line_id"], row["event_id"] = other["line_id"].iloc[0], "twice-01"
    twice = pd.concat([events, row], ignore_index=True)
    assert "double counting" in faults(changed(records, events=twice))


def test_named_lines_above_the_fitted_total_are_found(records: Records) -> None:
    events = records.events.copy()
    row = (events["rate_status"] == "done") & (events["unit"] == "rounds/yr")
    events.loc[row, "rate"] *= 6
    assert "sums" in faults(changed(records, events=events))


def test_a_moved_headline_is_found_and_can_be_acknowledged(records: Records) -> None:
    released = records.released.copy()
    released.loc[released["metric"] == "output-2027", "value"] *= 1.5
    moved = changed(records, released=released)
    assert "magnitude" in faults(moved)
    waiver = pd.DataFrame([{"rule": "magnitude", "id": "output-2027", "reason": "A new fit."}])
    waived = pd.concat([records.waivers, waiver], ignore_index=True)
    assert "magnitude" not in faults(changed(moved, waivers=waived))


def test_a_waiver_that_waives_nothing_is_found(records: Records) -> None:
    waiver = pd.DataFrame([{"rule": "sums", "id": "round", "reason": "None."}])
    waived = pd.concat([records.waivers, waiver], ignore_index=True)
    assert "waivers" in faults(changed(records, waivers=waived))


def test_a_tag_without_its_explanation_is_found(records: Records) -> None:
    other_topics = records.contradictions[records.contradictions["topic"] != "eu-2024-end"]
    assert "contradictions" in faults(changed(records, contradictions=other_topics))


def test_a_weak_status_and_an_orphan_source_are_warnings(records: Records) -> None:
    extra = records.sources.iloc[[0]].assign(source_id="nobody-cites-me")
    findings = run_audit(Model(changed(records, sources=pd.concat([records.sources, extra]))))
    warnings = {(f.severity, f.rule, f.id) for f in findings}
    assert ("warning", "orphans", "nobody-cites-me") in warnings
    assert any(severity == "warning" and rule == "evidence" for severity, rule, _ in warnings)


def test_rough_draws_are_a_warning(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    model = Model(records, draws=100)
    assert list(headlines.check_draws(model)) == []
    monkeypatch.setattr(headlines, "measure_effective_share", lambda _: 0.01)
    (finding,) = headlines.check_draws(model)
    assert (finding.severity, finding.rule) == ("warning", "draws")
    assert "1.0%" in finding.message
