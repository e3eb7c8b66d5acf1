"""Lines a well-informed reader knows, with the status they should have and the report it rests on.

Each rule of status turned off changes at least one of them.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ramp155.base.memory import Memory
from ramp155.history.standing import rules as status_rules
from ramp155.history.standing.sites import list_site_statuses
from ramp155.history.status import list_statuses
from ramp155.record.records import Records

NAMED_LINES = list(
    csv.DictReader((Path(__file__).parent / "named_lines.csv").open(encoding="utf-8"))
)
WORKING_SITES = (
    "bydgoszcz-nitrochem",
    "wimmis-nitrochemie",
    "granada-fmg",
    "navalmoral-rheinmetall-expal",
    "nowa-deba-dezamet",
)
TABLES = ("EVIDENCE_RULES", "STATUS_RULES")
RULES = [(table, rule.rule_id) for table in TABLES for rule in getattr(status_rules, table)]


def list_wrong_lines(records: Records) -> list[str]:
    """Named lines whose status or deciding report is not the one expected."""
    tables = {
        day: list_statuses(records, day or None).set_index("line_id")
        for day in {named["day"] for named in NAMED_LINES}
    }
    wrong = []
    for named in NAMED_LINES:
        row = tables[named["day"]].loc[named["line_id"]]
        is_right = row["status"] == named["status"]
        is_right &= named["report"] in ("", row["evidence"])
        if not is_right:
            wrong.append(f"{named['line_id']} {named['day']}: {row['status']} by {row['evidence']}")
    return wrong


def test_named_lines_stand_where_a_well_informed_reader_puts_them(records: Records) -> None:
    assert len({named["line_id"] for named in NAMED_LINES}) >= 40
    assert list_wrong_lines(records) == []


@pytest.mark.parametrize(("table", "rule_id"), RULES)
def test_a_named_line_tells_that_a_rule_is_off(
    records: Records, monkeypatch: pytest.MonkeyPatch, table: str, rule_id: str
) -> None:
    rules = getattr(status_rules, table)
    monkeypatch.setattr(status_rules, table, tuple(r for r in rules if r.rule_id != rule_id))
    try:
        wrong = list_wrong_lines(
            records.with_memory(Memory())
        )  # what was asked before obeyed all rules
    except LookupError:  # no rule is left for some line: noticed too
        return
    assert wrong, f"no named line needs the rule “{rule_id}”"


@pytest.mark.parametrize("site_id", WORKING_SITES)
def test_a_working_plant_with_an_extension_stands_as_working(
    records: Records, site_id: str
) -> None:
    sites = list_site_statuses(list_statuses(records)).set_index("site_id")
    assert sites.loc[site_id, "status"] in ("operating", "ramping")
    assert sites.loc[site_id, "ahead"] == "extension promised"


def test_the_rules_stand_in_the_readme_one_row_a_rule() -> None:
    readme = (Path(__file__).parents[2] / "data" / "README.md").read_text(encoding="utf-8")
    for rule in (*status_rules.EVIDENCE_RULES, *status_rules.STATUS_RULES):
        assert f"| {rule.rule_id} |" in readme
        assert rule.words in readme


def test_a_plant_that_ran_before_and_tries_a_new_line_no_longer_stands_as_before(
    records: Records,
) -> None:
    lines = list_statuses(records)
    sites = list_site_statuses(lines).set_index("site_id")
    statuses_of = lines.groupby("site_id")["status"].agg(set)
    tried = [
        site_id
        for site_id, statuses in statuses_of.items()
        if {"operating", "commissioning"} <= statuses
    ]
    assert "unterluess-rheinmetall" in tried
    for site_id in tried:
        assert sites.loc[site_id, "status"] in ("ramping", "full rate")
        assert sites.loc[site_id, "ahead"] == "new line in trial"
