from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ramp155.history.milestones import list_milestones
from ramp155.history.status import STATUS_FLAGS, STATUSES, list_statuses
from ramp155.record.records import Records
from tests import shared


def status_of(records: Records, line: str, day: str) -> str:
    return list_statuses(records, day).set_index("line_id").loc[line, "status"]


def test_unterluess_is_built_then_opened(records: Records) -> None:
    line = "unterluess-rheinmetall--round"
    assert status_of(records, line, "2024-01-31") == "not yet reported"
    assert status_of(records, line, "2024-03-01") == "construction"
    assert status_of(records, line, "2025-05-01") == "construction"
    # One weak report of output, while others said that it was to start: no proof.
    assert status_of(records, line, "2026-03-01") == "commissioning"


def test_bergerac_powder_is_promised_built_then_ramps(records: Records) -> None:
    line = "bergerac-eurenco--propellant"
    assert status_of(records, line, "2024-03-01") == "announced"
    assert status_of(records, line, "2024-06-01") == "construction"
    assert status_of(records, line, "2026-03-01") == "ramping"


def test_an_accident_suspends_and_a_restart_lifts_it(records: Records) -> None:
    assert status_of(records, "murcia-rheinmetall-expal--propellant", "2026-01-01") == "suspended"
    assert status_of(records, "tarbes-europlasma--shell_body", "2026-01-01") == "ramping"


def test_a_plan_given_up_is_cancelled(records: Records) -> None:
    line = "grossenhain-rheinmetall--propellant"
    assert status_of(records, line, "2023-07-01") == "announced"
    assert status_of(records, line, "2023-09-01") == "cancelled"


def test_every_status_names_an_event_known_by_then(records: Records) -> None:
    known_on = records.events.set_index("event_id")["known_on"]
    for day in ("2023-01-01", "2024-06-30", "2026-06-15"):
        table = list_statuses(records, day)
        reported = table[table["status"] != "not yet reported"]
        assert reported["evidence"].notna().all()
        assert all(known_on[e] <= dt.date.fromisoformat(day) for e in reported["evidence"])
        assert set(table["status"]) <= set(STATUSES)
        assert {f for flags in table["flags"] for f in flags} <= set(STATUS_FLAGS)


def test_a_planned_event_is_never_shown_as_done(records: Records) -> None:
    planned = set(records.events.loc[records.events["status"] == "planned", "event_id"])
    done_only = ["construction", "commissioning", "ramping", "full rate", "suspended", "cancelled"]
    table = list_statuses(records)
    proofs = table.loc[table["status"].isin(done_only), "evidence"]
    assert len(proofs) > 50
    assert not planned & set(proofs)
    milestones = list_milestones(records)
    assert not planned & set(milestones["delivered_event"])


@settings(max_examples=40, deadline=None)
@given(day=st.dates(dt.date(2021, 1, 1), dt.date(2026, 6, 15)))
def test_nothing_is_known_before_it_is_reported(day: dt.date) -> None:
    records = shared.record()
    later = set(records.events.loc[records.events["known_on"] > day, "event_id"])
    assert not later & set(list_statuses(records, day)["evidence"].dropna())
    milestones = list_milestones(records, day)
    for column in ("first_event", "latest_event", "delivered_event"):
        assert not later & set(milestones[column])


def test_promises_and_slips_are_kept(records: Records) -> None:
    milestones = list_milestones(records).set_index(["line_id", "milestone"])
    iecava = milestones.loc[("bauska-vak--charge", "opened")]
    assert (iecava["first_promise"], iecava["latest_promise"]) == ("2024-12", "2026-10")
    # "By autumn 2026" is a season: October to December.
    assert (iecava["slip_low"], iecava["slip_high"], iecava["state"]) == (22, 24, "moved")
    assert iecava["delivered"] == ""


def test_a_missed_date_is_flagged_unconfirmed(records: Records) -> None:
    table = list_statuses(records).set_index("line_id")
    assert "unconfirmed" in table.loc["tarbes-europlasma--shell_body", "flags"]
    assert "no recent news" in table.loc["balatonfuzfo-milexim--propellant", "flags"]


def test_progress_is_last_rate_over_target(records: Records) -> None:
    row = list_statuses(records).set_index("line_id").loc["tarbes-europlasma--shell_body"]
    assert row["progress"] == pytest.approx(104_000 / 180_000)


def test_a_bad_date_is_refused(records: Records) -> None:
    with pytest.raises(ValueError, match="not a date"):
        list_statuses(records, "yesterday")
