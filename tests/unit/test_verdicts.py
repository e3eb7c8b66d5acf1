"""Verdicts follow from data: each test alters the figures underneath and sees the verdict turn."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable
from itertools import chain

import pandas as pd
import pytest

from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.output.medians import compute_nameplates, compute_year_rounds
from ramp155.answers.procurement.terms import Terms
from ramp155.answers.verdicts.case import Case
from ramp155.answers.verdicts.judge import judge_statement
from ramp155.answers.verdicts.verdict import (
    CIRCULAR,
    VERDICT_GROUPS,
    Verdict,
    name_verdict,
    search_verdicts,
    weaken_verdict,
)
from ramp155.cli.commands import run_command_line
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.read import DATA
from ramp155.record.records import Records
from ramp155.text.statements.labels import write_verdict_label
from ramp155.text.statements.verdicts import judge_statements

DRAWS = 100


def altered(records: Records, **tables: pd.DataFrame) -> Records:
    """The record with tables exchanged."""
    return dataclasses.replace(records, **tables)


def word(records: Records, statement: str, **how: object) -> Verdict:
    verdicts = judge_statements(Model(records, draws=DRAWS), **how)
    return next(v for v in verdicts if v.statement_id == statement)


def scaled(estimate: str, factor: float) -> Callable[[Records], Records]:
    """An estimate, or all that begin with its id, times a factor."""

    def change(records: Records) -> Records:
        table = records.estimates.copy()
        is_scaled = table["estimate_id"].str.startswith(estimate)
        table.loc[is_scaled, ["low", "mode", "high"]] *= factor
        return altered(records, estimates=table)

    return change


def growing_russia(records: Records) -> Records:
    """The chosen estimate with a figure for 2025 twice that of 2024."""
    table = records.estimates
    last = table[table["estimate_id"] == "ru-hur"].iloc[[-1]].copy()
    last["month"] = "2025"
    last[["low", "mode", "high"]] *= 2
    return altered(records, estimates=pd.concat([table, last], ignore_index=True))


def with_claim(claim: str, **cells: object) -> Callable[[Records], Records]:
    def change(records: Records) -> Records:
        table = records.claims.copy()
        for column, value in cells.items():
            table.loc[table["claim_id"] == claim, column] = value
        return altered(records, claims=table)

    return change


def without_openings(records: Records) -> Records:
    events = records.events
    gone = events["event"].isin(["opened", "first_output", "trial", "groundbreaking"])
    gone |= events["event"].isin(["construction", "rate", "full_rate"])
    return altered(records, events=events[~gone].reset_index(drop=True))


def many_lines(records: Records) -> Records:
    """Six copies of every line with its events."""
    lines, events = [records.lines], [records.events]
    for copy in range(6):
        lines.append(records.lines.assign(line_id=records.lines["line_id"] + f"-{copy}"))
        again = records.events.assign(line_id=records.events["line_id"] + f"-{copy}")
        events.append(again.assign(event_id=again["event_id"] + f"-{copy}"))
    both = {"lines": pd.concat(lines, ignore_index=True)}
    return altered(records, **both, events=pd.concat(events, ignore_index=True))


def with_assumption(name: str, low: float, mode: float, high: float) -> Callable:
    def change(records: Records) -> Records:
        table = records.assumptions.copy()
        table.loc[table["assumption_id"] == name, ["low", "mode", "high"]] = [low, mode, high]
        return altered(records, assumptions=table)

    return change


@pytest.mark.parametrize(
    ("statement", "before", "change", "after"),
    [
        ("four-times", "contradicted", scaled("ru-hur", 1.95), "undecided"),
        ("twelve-times", "contradicted", scaled("ru-hur", 5.8), "undecided"),
        ("tide-parity", "contradicted", scaled("ru-", 0.2), "supported"),
        ("tide-closing", CIRCULAR, growing_russia, "contradicted"),
        ("ua-eu-2026", "contradicted", scaled("ua-all", 5.0), "supported"),
        ("russia-38", "undecided", scaled("ru-", 3.0), "contradicted"),
        ("us-60k", "contradicted", scaled("us-likely", 2.0), "supported"),
        ("us-100k", "contradicted", scaled("us-likely", 2.6), "supported"),
        ("west-2m", CIRCULAR, scaled("us-likely", 1.5), CIRCULAR),
        ("bain-13", CIRCULAR, scaled("us-likely", 1.7), CIRCULAR),
        ("dozen-plants", CIRCULAR, without_openings, "contradicted"),
        ("dozens-lines", "supported", without_openings, "contradicted"),
        ("hundreds-lines", "contradicted", many_lines, "supported"),
        (
            "million-march",
            "contradicted",
            with_claim("eu-delivered-to-ukraine-2024-03-03", low=2e6, high=2e6),
            "supported",
        ),
        (
            "six-times",
            CIRCULAR,
            with_claim("eu-round-capacity-2023-09-01", low=1e6, high=1e6),
            CIRCULAR,
        ),
        (
            "demand-2026",
            CIRCULAR,
            with_assumption("other_imports", 5e6, 5e6, 5e6),
            CIRCULAR,
        ),
    ],
)
def test_a_verdict_turns_with_the_figures_under_it(
    records: Records,
    statement: str,
    before: str,
    change: Callable[[Records], Records],
    after: str | None,
) -> None:
    first = word(records, statement)
    assert first.verdict == before
    second = word(change(records), statement)
    assert second.odds != first.odds
    assert second.reason != first.reason
    if after:
        assert second.verdict == after


def test_powder_leads_unless_there_is_plenty(records: Records) -> None:
    usual = word(records, "powder-binds")
    assert usual.odds > 0.8
    edits = (("propellant_per_module", 0.00025),)
    assert word(records, "powder-binds", scenario=Scenario(assume=edits)).odds < 0.8


def test_european_levels_are_shares_of_draws(records: Records) -> None:
    model = Model(records, draws=DRAWS)
    at = MONTHS.index("2025-12")
    nameplates = compute_nameplates(model, Scenario())[at] * 12
    assert word(records, "eu-2000").odds == pytest.approx((nameplates >= 1_900_000).mean())
    made = compute_year_rounds(model, Scenario(), 2024)
    inside = (made >= 400_000) & (made <= 700_000)
    assert word(records, "eu-third").odds == pytest.approx(inside.mean())


def test_whose_figure_moves_what_depends_on_it_and_nothing_else(records: Records) -> None:
    usual = {v.statement_id: v for v in judge_statements(Model(records, draws=DRAWS))}
    other = {
        v.statement_id: v
        for v in judge_statements(
            Model(records, draws=DRAWS), comparison=Comparison(russia="ru-zelensky")
        )
    }
    moved = {name for name in usual if usual[name].odds != other[name].odds}
    assert "four-times" in moved
    assert not {"us-100k", "million-march", "dozen-plants", "eu-1400"} & moved


def test_what_the_chosen_estimate_does_not_name_stays_undecided(records: Records) -> None:
    verdict = word(records, "tide-closing", comparison=Comparison(russia="ru-west-2m"))
    assert verdict.odds is None
    assert verdict.verdict == "undecided"
    assert "names no figure" in verdict.reason


def test_demand_moves_only_what_speaks_of_demand(records: Records) -> None:
    little = Terms(aid=0, training=0, stock_target=0)
    assert word(records, "demand-2026", terms=little).odds < 0.2


def test_judging_gives_facts_without_a_sentence(records: Records) -> None:
    """The words are written from the facts; odds and every figure in them come from there."""
    case = Case(Model(records, draws=DRAWS), Scenario(), Comparison(), Terms())
    verdicts = judge_statements(case.model)
    for statement, verdict in zip(records.list_statements(), verdicts, strict=True):
        facts = judge_statement(case, statement)
        assert facts.odds == pytest.approx(verdict.odds)
        assert not [
            part
            for part in dataclasses.astuple(facts)
            if " " in str(part) and isinstance(part, str)
        ]


def test_the_thresholds() -> None:
    assert name_verdict(0.8) == "supported"
    assert name_verdict(0.79) == name_verdict(0.21) == name_verdict(float("nan")) == "undecided"
    assert name_verdict(0.2) == "contradicted"


@pytest.mark.parametrize(
    ("verdict", "agreeing", "weaker"),
    [
        ("contradicted", 0, "contradicted"),
        ("contradicted", 2, "mostly contradicted"),
        ("contradicted", 5, "undecided"),
        ("supported", 9, "supported"),
        ("supported", 7, "mostly supported"),
        ("supported", 4, "undecided"),
        ("undecided", 0, "undecided"),
    ],
)
def test_named_estimates_weaken_a_verdict(verdict: str, agreeing: int, weaker: str) -> None:
    assert weaken_verdict(verdict, agreeing, 9) == weaker


def test_what_the_fit_was_given_is_not_called_a_test(records: Records) -> None:
    """Without the fit's range for the year, the same statement is judged."""
    assert word(records, "eu-third").verdict == CIRCULAR
    calibration = records.calibration
    rest = calibration[calibration["target_id"] != "output-2024"].reset_index(drop=True)
    untold = word(altered(records, calibration=rest), "eu-third")
    assert not untold.circular
    assert untold.because == ""


@pytest.mark.parametrize("month", ["2025-11", "2028-11"])
def test_which_stage_limits_output_is_never_supported(records: Records, month: str) -> None:
    """Whatever the runs say and whenever: no public figure tells the stages apart."""
    statements = records.statements.copy()
    is_powder = statements["statement_id"] == "powder-binds"
    for stages in ("propellant nitrocellulose charge cellulose", "fuze"):
        statements.loc[is_powder, ["month", "subject"]] = month, stages
        verdict = word(altered(records, statements=statements), "powder-binds")
        assert verdict.verdict == CIRCULAR
        assert "assumptions" in verdict.because


def test_a_statements_own_reports_are_told_from_others(records: Records) -> None:
    because = word(records, "eu-2000-made").because
    assert "1 of the 4 reports for 2025 is the statement's own" in because
    assert "None of the 3 other reports leaves room for it" in because
    assert "All 3 reports for 2025 are the statement's own" in word(records, "eu-2000").because


def test_a_count_that_reaches_by_assumption_alone_is_not_supported(records: Records) -> None:
    verdict = word(records, "dozen-plants")
    assert verdict.verdict != "supported"
    assert verdict.circular
    assert re.search(r"\d+ new or expanded lines at \d+ plants", verdict.reason)
    assert re.search(r"\d+ of the lines are for 155 mm", verdict.reason)
    sure = with_assumption("record_completeness", 1, 1, 1)(records)
    assert word(sure, "dozen-plants").verdict == "contradicted"


def test_russia_held_level_is_said_where_odds_rest_on_it(records: Records) -> None:
    for statement in ("four-times", "tide-closing", "ua-eu-2026"):
        assert "held level after 2024" in word(records, statement).reason
    grown = word(growing_russia(records), "tide-closing")
    assert "held level" not in grown.reason
    assert not grown.circular


def test_statements_are_found_by_speaker_and_words(records: Records) -> None:
    verdicts = judge_statements(Model(records, draws=DRAWS))
    rutte = search_verdicts(verdicts, speaker="Mark Rutte, NATO")
    assert {verdict.who for verdict in rutte} == {"Mark Rutte, NATO"}
    assert [v.statement_id for v in search_verdicts(rutte, "TIDE turned")] == ["tide-parity"]
    assert search_verdicts(verdicts, "no such words") == ()
    for verdict in verdicts:
        assert verdict.who in write_verdict_label(verdict)


def test_no_verdict_is_typed_in() -> None:
    text = (DATA / "statements.csv").read_text(encoding="utf-8")
    assert not re.search(r"supported|contradicted|undecided|odds|verdict", text)


def test_the_command_keeps_its_shape(one_record: Records, capsys: pytest.CaptureFixture) -> None:
    assert run_command_line(["verdicts", "--format", "json", "--draws", "50"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert len(answer) == len(one_record.statements)
    known = set(one_record.claims["claim_id"])
    for row in answer:
        assert {"statement", "verdict", "odds", "reason", "claims"} <= set(row)
        assert row["verdict"] in chain.from_iterable(VERDICT_GROUPS.values())
        assert row["circular"] == bool(row["because"])
        assert row["circular"] or row["verdict"] != CIRCULAR
        assert row["odds"] is None or 0 <= row["odds"] <= 1
        assert row["claims"]
        assert set(row["claims"]) <= known
        assert re.search(r"\d", row["reason"])
    assert run_command_line(["verdicts", "--russia", "nobody"]) == 2
    assert run_command_line(["verdicts", "--draws", "0"]) == 2
    assert "draws must be at least 1" in capsys.readouterr().err
    assert run_command_line(["verdicts", "--draws", "20", "--format", "csv"]) == 0
    assert capsys.readouterr().out.startswith("statement_id,statement,who,said_on,verdict,odds")
