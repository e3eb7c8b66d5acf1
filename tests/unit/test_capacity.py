from __future__ import annotations

import dataclasses

import numpy as np
import pytest

import ramp155
from ramp155 import Scenario, capacity, ensemble
from ramp155.scenario import MONTHS


def ramp(records: ramp155.Records, line: str) -> capacity.Ramp:
    return next(r for r in capacity.ramps(records) if r.line_id == line)


def at(month: str) -> int:
    return MONTHS.index(month)


def test_a_new_line_makes_nothing_before_it_starts(records: ramp155.Records) -> None:
    level = ramp(records, "unterluess-rheinmetall--round").level(0)
    assert (level[: at("2025-08")] == 0).all()
    assert level[at("2026-07")] == pytest.approx(140_000)
    assert level[-1] == pytest.approx(350_000)


def test_delay_moves_promises_and_not_reports(records: ramp155.Records) -> None:
    line = ramp(records, "dubnica-nad-vahom-zvs--round")
    on_time, late = line.level(0), line.level(12)
    assert late[at("2024-07")] == on_time[at("2024-07")] == 50_000
    assert late[at("2026-12")] < on_time[at("2026-12")]
    assert late[-1] == on_time[-1]


def test_a_first_report_is_never_read_backwards(records: ramp155.Records) -> None:
    reported = ramp(records, "burgos-rheinmetall-expal--round-network").reported()
    assert reported[at("2022-12")] == 0
    assert reported[at("2025-12")] == 450_000


def test_what_must_not_be_added_up_is_left_out(records: ramp155.Records) -> None:
    counted = {r.line_id for r in capacity.ramps(records)}
    lines = records.lines.set_index("line_id")
    assert not counted & set(lines.index[lines["for_155"] != "yes"])
    assert not counted & set(lines.index[lines["product"] == "other"])
    assert "nowa-deba-dezamet--round" not in counted  # only group figures stand there


def test_capacity_never_falls_as_promises_come_true(records: ramp155.Records) -> None:
    built = capacity.build(records, ensemble.central(records), Scenario())
    for stage, array in built.stages.items():
        assert (np.diff(array[capacity.fit_end(records) :, 0]) >= -1e-9).all(), stage


def test_delays_and_dropped_projects_only_take_away(records: ramp155.Records) -> None:
    params = ensemble.central(records)
    base = capacity.build(records, params, Scenario())
    for change in ({"extra_delay": 18}, {"realised": 0.0}):
        less = capacity.build(records, params, dataclasses.replace(Scenario(), **change))
        for stage, array in base.stages.items():
            assert (less.stages[stage] <= array + 1e-9).all(), stage
            past = slice(0, capacity.fit_end(records) + 1)
            np.testing.assert_allclose(less.stages[stage][past], array[past])
        assert less.nameplate[-24, 0] < base.nameplate[-24, 0]


def test_countries_on_request_add_to_the_totals(records: ramp155.Records) -> None:
    params = ensemble.central(records)
    base = capacity.build(records, params, Scenario())
    more = capacity.build(records, params, Scenario(also=("UA",)))
    month = at("2027-12")
    assert more.stages["projectile"][month, 0] > base.stages["projectile"][month, 0] + 100_000 / 12
    assert more.stages["explosive"][month, 0] == base.stages["explosive"][month, 0]


def test_named_lines_never_exceed_the_total(records: ramp155.Records) -> None:
    built = capacity.build(records, ensemble.central(records), Scenario())
    named = capacity.attributed(records, ensemble.central(records), Scenario())
    for stage, array in built.stages.items():
        assert (named[stage] <= array + 1e-9).all()
    pinned = named["projectile"][:, 0] * 12
    # The first sum by hand: about 90,000 in 2022, 320,000 in 2024, below 0.9 million in 2025.
    assert 50_000 < pinned[at("2022-12")] < 260_000
    assert 250_000 < pinned[at("2024-12")] < 400_000
    assert 600_000 < pinned[at("2025-12")] < 950_000


def test_needs_follow_the_bill_of_materials(records: ramp155.Records) -> None:
    params = ensemble.central(records)
    need = capacity.needs(records, params)
    powder = params["modules_per_round"] * params["propellant_per_module"]
    assert need["propellant"] == pytest.approx(powder)
    assert 0.0087 <= powder[0] <= 0.0126  # the reports: 8.7 to 12.6 kg
    assert need["nitrocellulose"] == pytest.approx(powder * params["nitrocellulose_fraction"])
