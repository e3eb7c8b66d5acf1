"""The board of lines: its rows say what statuses, milestones and counts say, on every month."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ramp155.answers.counts import count_lines
from ramp155.answers.ramp_ups import (
    count_group,
    list_ramp_ups,
    tally_promised_dates,
    trace_ramp_ups,
)
from ramp155.answers.targets import list_western_targets, tally_targets
from ramp155.files.board_body import build_board_body
from ramp155.files.poster.picture_table import build_picture_table
from ramp155.history.as_known import rewind_records
from ramp155.history.milestones import list_milestones
from ramp155.history.replay_days import FIRST_REPLAY_DAY, list_month_ends
from ramp155.history.standing.months import LATE_CODES, MARK_BITS, STATUS_CODES, tabulate_months
from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.pictures.board.months import encode_runs
from ramp155.pictures.board.picture import READABLE_LINES
from ramp155.pictures.board.rows import (
    BOARD_GROUPS,
    BOARD_SORTS,
    FIRST_YEAR,
    GROUP_COLUMNS,
    find_date_place,
    find_place,
    list_board_rows,
    order_groups,
    sort_board_rows,
    trace_status,
)
from ramp155.pictures.catalogue import CATALOGUE, OLD_NAMES, build_picture
from ramp155.pictures.view import View
from ramp155.record.records import Records
from ramp155.text.board import (
    BOARD_PATTERNS,
    MET_AND_SLIPPED,
    say_lateness,
    write_board_title,
    write_reference_class,
)
from tests.oracles import write_group

SOME_DAYS = [
    dt.date(2022, 1, 31),
    dt.date(2023, 5, 31),
    dt.date(2024, 6, 30),
    dt.date(2025, 12, 31),
]
Body = dict[str, Any]


@pytest.fixture(scope="module")
def model(records: Records) -> Model:
    return Model(records)


def read_body(model: Model, **view: object) -> Body:
    return json.loads(build_board_body(model, View(**view), "product", "late"))


def unroll(runs: list[list[int]], months: int) -> list[int]:
    """Runs as the browser reads them: a value for every month."""
    values = []
    for place in range(months):
        start, value, *step = next(run for run in reversed(runs) if run[0] <= place)
        values.append(value + (step[0] if step else 0) * (place - start))
    return values


@pytest.mark.parametrize("hindsight", [False, True])
def test_the_browser_reads_every_month_as_the_record_knew_it(model: Model, hindsight: bool) -> None:
    body, table = read_body(model), tabulate_months(model.record, hindsight)
    assert body["days"] == [day.isoformat() for day in table.days]
    assert {row["id"] for row in body["rows"]} == set(table.line_ids)
    for row in body["rows"]:
        column = table.line_ids.index(row["id"])
        months = row["today" if hindsight else "then"]
        codes = np.array(unroll(months["codes"], len(table.days)))
        np.testing.assert_array_equal(codes & 15, table.status[:, column])
        np.testing.assert_array_equal((codes >> 4) & 3, table.late[:, column])
        np.testing.assert_array_equal(codes >> 6, table.marks[:, column])
        lateness = unroll(months["lateness"], len(table.days))
        np.testing.assert_array_equal(lateness, table.lateness[:, column])


def test_codes_have_room_for_what_they_hold() -> None:
    assert max(STATUS_CODES.values()) < 16
    assert max(LATE_CODES.values()) < 4
    assert sum(MARK_BITS.values()) << 6 < 2**16


@pytest.mark.parametrize("hindsight", [False, True])
def test_what_is_known_of_dates_is_that_of_the_record_rewound(
    records: Records, hindsight: bool
) -> None:
    days = list_month_ends(FIRST_REPLAY_DAY, records.end)
    traces = trace_ramp_ups(records, hindsight)
    for day in [*SOME_DAYS, records.end]:
        known = list_ramp_ups(rewind_records(records, day, hindsight))
        for line_id, trace in traces.items():
            traced = [ramp_up for place, ramp_up in trace if days[place] <= day][-1]
            assert traced._replace(lateness_months=0.0) == known[line_id]._replace(
                lateness_months=0.0
            )


@pytest.mark.parametrize("day", [*SOME_DAYS, None])
def test_the_red_part_is_as_long_as_the_line_is_late(model: Model, day: dt.date | None) -> None:
    rows = list_board_rows(model, View(as_of=day))
    lengths = (rows["slip_last"] - rows["slip_first"]).fillna(0.0)
    np.testing.assert_array_equal(lengths, rows["lateness_months"])
    if day is None:
        assert lengths.max() == rows["lateness_months"].max() > 40
        red_ends = rows.loc[rows["late"] == "late", "slip_last"]
        month = find_place(model.record.end) // 1 + 1
        assert (red_ends >= month).all()  # of what is not delivered it reaches today, or a promise


def test_the_red_part_begins_where_the_first_promise_ends(model: Model) -> None:
    rows = list_board_rows(model, View()).set_index("line_id")
    milestones = list_milestones(model.record)
    late = milestones[milestones["state"].isin(["moved", "overdue"])]
    for line_id, months in late.groupby("line_id")["least_late"].max().items():
        worst = late[(late["line_id"] == line_id) & (late["least_late"] == months)].iloc[0]
        promised_for = model.record.event(worst["first_event"]).last_day
        assert promised_for is not None
        place = (promised_for.year - FIRST_YEAR) * 12 + promised_for.month
        assert rows.loc[line_id, "slip_first"] == place
        assert rows.loc[line_id, "slip_last"] == place + months


@pytest.mark.parametrize("group", BOARD_GROUPS)
@pytest.mark.parametrize("view", [View(), View(as_of=SOME_DAYS[2]), View(countries=("DE", "FR"))])
def test_groups_add_up_to_what_is_counted_everywhere(model: Model, group: str, view: View) -> None:
    rows = list_board_rows(model, view)
    column = GROUP_COLUMNS[group]
    assert set(order_groups(rows, group)) == set(rows[column])
    counts = [
        count_group(model.record, rows[rows[column] == name]) for name in order_groups(rows, group)
    ]
    assert sum(c.lines for c in counts) == count_lines(model.record, lines=rows).number == len(rows)
    assert sum(c.late for c in counts) == count_lines(model.record, lines=rows, flag="late").number
    running = count_lines(model.record, lines=rows, statuses=("ramping", "full rate", "operating"))
    assert sum(c.deliver for c in counts) == running.number


def test_rows_are_those_of_the_status(model: Model) -> None:
    rows = list_board_rows(model, View(as_of=SOME_DAYS[2]))
    statuses = list_statuses(rewind_records(model.record, SOME_DAYS[2]))
    reported = statuses[statuses["status"] != "not yet reported"].set_index("line_id")
    assert list(rows["line_id"]) == list(reported.index)
    for column in ("status", "late", "lateness_months"):
        assert list(rows[column]) == list(reported[column])
    assert rows["label"].str.len().min() > 3
    assert not rows.duplicated(["label", "product"]).any()
    assert not rows["label"].str.contains("…").any()


def test_rows_stand_by_lateness_or_by_size(model: Model) -> None:
    rows = list_board_rows(model, View())
    late = sort_board_rows(rows, "late")
    assert late.iloc[0]["lateness_months"] == rows["lateness_months"].max()
    ranks = late["late"].map({"late": 0, "came late": 1, "": 2})
    assert ranks.is_monotonic_increasing
    assert late.loc[late["late"] == "late", "lateness_months"].is_monotonic_decreasing
    sizes = sort_board_rows(rows, "size")["rounds"]
    assert sizes.fillna(-1).is_monotonic_decreasing
    assert set(BOARD_SORTS) == {"late", "size"}


def test_a_bar_goes_through_the_statuses_that_were_known(model: Model) -> None:
    table = tabulate_months(model.record)
    for column, line_id in enumerate(table.line_ids):
        runs = trace_status(table, line_id, len(table.days) - 1)
        words = list(STATUS_CODES)
        for (start, status), end in zip(
            runs, [*(s for s, _ in runs[1:]), len(table.days)], strict=True
        ):
            held = table.status[start:end, column]
            assert {words[code] for code in held if code} <= {status}


def test_runs_of_months_come_out_as_they_went_in() -> None:
    for values in ([0, 0, 0], [0, 1, 2, 3, 3, 0, 9, 10, 11], [5], [3, 4, 4, 5, 6]):
        assert unroll(encode_runs(np.array(values)), len(values)) == values


def test_dates_stand_in_the_middle_of_what_they_name() -> None:
    assert find_date_place("2022-01-31") == pytest.approx(1.0)
    assert find_date_place("2023") == pytest.approx(18.0, abs=0.1)
    assert find_date_place("2022-03") == pytest.approx(2.5, abs=0.1)
    assert find_place(dt.date(2021, 12, 31)) == 0.0


def test_every_date_says_who_when_and_how_sure(model: Model) -> None:
    body = read_body(model)
    said = [
        body["words"][mark[2]]
        for row in body["rows"]
        for state in row["then"]["states"]
        for mark in state[1]
    ]
    assert len(said) > 200
    for words in said:
        assert "confidence" in words
        assert "said " in words or "undated" in words
    proofs = {body["words"][state[8]] for row in body["rows"] for state in row["then"]["states"]}
    assert sum("confidence" in proof for proof in proofs) > 100
    assert len(set(body["words"])) == len(body["words"])


def test_filters_leave_the_same_lines_on_the_board_and_in_the_picture(model: Model) -> None:
    for view in ({"countries": ("DE",)}, {"makers": ("Eurenco",)}, {"find": "Unterluss"}):
        rows = list_board_rows(model, View(**view))
        assert {row["id"] for row in read_body(model, **view)["rows"]} == set(rows["line_id"])
        picture = build_picture(model, "board", View(**view))
        shown = rows["lateness_months"].nlargest(READABLE_LINES)
        assert len(picture.spec["datasets"]["words"]) == len(shown)
        assert write_board_title(count_group(model.record, rows)) in picture.finding


def test_the_picture_shows_the_lines_that_are_late_most(model: Model) -> None:
    picture = build_picture(model, "board", View())
    slips = picture.spec["datasets"]["slips"]
    rows = list_board_rows(model, View())
    assert (
        list(pd.DataFrame(slips).drop_duplicates("label")["months"])
        == sorted(rows["lateness_months"], reverse=True)[:READABLE_LINES]
    )
    table = build_picture_table(picture)
    assert "Known to be" in table.columns
    assert OLD_NAMES["milestones"] in CATALOGUE


def test_a_picture_of_nothing_says_so(model: Model) -> None:
    picture = build_picture(model, "board", View(find="nothing is called so"))
    assert "No line was reported" in json.dumps(picture.spec)


def test_words_have_a_form_for_none_one_and_several(model: Model) -> None:
    rows = list_board_rows(model, View())
    said = {
        late: write_group(count_group(model.record, rows[rows["line_id"].isin(ids)]))
        for late, ids in {
            "none": rows.loc[rows["late"] == "", "line_id"].head(1),
            "one": rows.loc[rows["lateness_months"] == 55, "line_id"],
            "several": rows.loc[rows["lateness_months"] > 41, "line_id"],
        }.items()
    }
    assert said["none"].startswith("1 line, ")
    assert said["none"].endswith("none late")
    assert said["one"].endswith("1 late by 55 months")
    assert said["several"].startswith("5 lines, ")
    assert said["several"].endswith("5 late, half by 45 months or more")
    assert say_lateness("late", 1) == "late by 1 month"
    assert say_lateness("came late", 5) == "came 5 months late"
    assert say_lateness("late", 0) == "late by under a month"
    assert say_lateness("", 0) == ""
    assert all(len(forms) == 2 for forms in BOARD_PATTERNS.values())


def test_the_reference_class_counts_what_its_views_count(records: Records) -> None:
    targets, dates = tally_targets(list_western_targets(records)), tally_promised_dates(records)
    said = write_reference_class(records)
    assert f"{targets.known} public targets" in said
    assert f" {targets.met} were met on time" in said
    states = list_milestones(records)["state"]
    kept = states.isin(["came early", "came on time"]).sum()
    missed = states.isin(["came late", "moved", "overdue"]).sum()
    assert (dates.known, dates.met) == (kept + missed, kept)
    assert f"{dates.known} promised dates" in said
    assert f" {dates.met} were. Met means" in said
    assert said.endswith(MET_AND_SLIPPED)
