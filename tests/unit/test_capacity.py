from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from ramp155.answers.stages.on_record import find_named_capacity
from ramp155.model.capacity.needs import compute_needs
from ramp155.model.capacity.ramp import Ramp
from ramp155.model.capacity.ramps import list_ramps
from ramp155.model.capacity.stages import build_capacity
from ramp155.model.coefficients.draws import draw_accepted
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS, find_record_month
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records


def draw(records: Records) -> dict[str, np.ndarray]:
    return draw_accepted(Model(records, draws=60))


def ramp(records: Records, line: str) -> Ramp:
    return next(r for r in list_ramps(records) if r.line_id == line)


def at(month: str) -> int:
    return MONTHS.index(month)


def test_a_new_line_makes_nothing_before_it_starts(records: Records) -> None:
    level = ramp(records, "unterluess-rheinmetall--round").trace_rate(0)
    assert (level[: at("2025-08")] == 0).all()
    assert level[at("2026-07")] == pytest.approx(140_000)
    assert level[-1] == pytest.approx(350_000)


def test_delay_moves_promises_and_not_reports(records: Records) -> None:
    line = ramp(records, "dubnica-nad-vahom-zvs--round")
    on_time, late = line.trace_rate(0), line.trace_rate(12)
    assert late[at("2024-07")] == on_time[at("2024-07")] == 50_000
    assert late[at("2026-12")] < on_time[at("2026-12")]
    assert late[-1] == on_time[-1]


def test_a_first_report_is_never_read_backwards(records: Records) -> None:
    reported = ramp(records, "unterluess-rheinmetall--round-old").trace_reported_rate()
    assert reported[at("2022-12")] == 0
    assert reported[at("2025-12")] == 40_000


def test_what_must_not_be_added_up_is_left_out(records: Records) -> None:
    counted = {r.line_id for r in list_ramps(records)}
    lines = records.lines.set_index("line_id")
    assert not counted & set(lines.index[lines["for_155"] != "yes"])
    assert not counted & set(lines.index[lines["product"] == "other"])
    assert "nowa-deba-dezamet--round" not in counted  # only group figures stand there


def test_named_lines_never_fall_as_promises_come_true(records: Records) -> None:
    """What other makers add may fall, for growth has noise; what named lines promise only comes late."""
    built = build_capacity(records, draw(records), Scenario())
    for stage, array in built.lines.items():
        assert (np.diff(array[find_record_month(records) :], axis=0) >= -1e-9).all(), stage


def test_delays_and_dropped_projects_only_take_away(records: Records) -> None:
    params = draw(records)
    base = build_capacity(records, params, Scenario())
    for change in ({"extra_delay": 18}, {"realised": 0.0}):
        less = build_capacity(records, params, dataclasses.replace(Scenario(), **change))
        for stage, array in base.stages.items():
            assert (less.stages[stage] <= array + 1e-9).all(), stage
            past = slice(0, find_record_month(records) + 1)
            np.testing.assert_allclose(less.stages[stage][past], array[past])
        assert np.median(less.nameplate[-24]) < np.median(base.nameplate[-24])


def test_countries_on_request_add_to_the_totals(records: Records) -> None:
    params = draw(records)
    base = build_capacity(records, params, Scenario())
    more = build_capacity(records, params, Scenario(also=("UA",)))
    month = at("2027-12")
    added = more.stages["projectile"][month] - base.stages["projectile"][month]
    assert np.median(added) > 100_000 / 12
    np.testing.assert_array_equal(more.stages["explosive"], base.stages["explosive"])


def test_named_lines_never_exceed_the_total(records: Records) -> None:
    params = draw(records)
    built = build_capacity(records, params, Scenario())
    named = find_named_capacity(records, params, Scenario())
    for stage, array in built.stages.items():
        assert (named[stage] <= array + 1e-9).all()
    pinned = np.median(named["projectile"], axis=1) * 12
    # A sum by hand: about 90,000 in 2022, 320,000 in 2024. Burgos's 450,000 is an aim, not a report.
    assert 50_000 < pinned[at("2022-12")] < 260_000
    assert 250_000 < pinned[at("2024-12")] < 400_000
    assert 300_000 < pinned[at("2025-12")] < 450_000


def test_needs_follow_the_bill_of_materials(records: Records) -> None:
    params = draw(records)
    need = compute_needs(records, params)
    powder = params["modules_per_round"] * params["propellant_per_module"]
    assert need["propellant"] == pytest.approx(powder)
    assert ((powder >= 0.0086) & (powder <= 0.013)).all()  # the reports: 8.7 to 12.6 kg
    assert need["nitrocellulose"] == pytest.approx(powder * params["nitrocellulose_fraction"])
