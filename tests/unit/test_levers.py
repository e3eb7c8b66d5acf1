"""Levers are rows: what a row says is what the lever is, and a row that cannot be is told with its
place.
"""

from __future__ import annotations

import copy
import csv
import dataclasses
import pickle
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ramp155.model.model import Model
from ramp155.model.scenario import scenario as scenario_module
from ramp155.model.scenario.codec import read_scenario_query, read_scenario_settings
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.levers import ALL_LEVERS, LEVERS, STAGE_LEVERS, Lever, read_levers
from ramp155.model.scenario.presets import build_preset
from ramp155.model.scenario.scenario import NO_LIMIT, Scenario
from ramp155.model.simulation.levers import (
    find_acting_months,
    list_stage_levers,
    prepare_scenario,
)
from ramp155.model.simulation.plans import find_chain
from ramp155.model.simulation.runs import run_scenario, trace_scenario
from ramp155.record.faults import RecordsError
from ramp155.record.read import DATA
from ramp155.record.records import Records, load
from ramp155.record.schema import TABLES
from ramp155.text.scenario import list_lever_warnings
from tests import shared
from ui.link.fields import list_link_fields


def change_cells(folder: Path, row_key: str, changes: dict[str, str]) -> None:
    path = folder / "levers.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["lever"] == row_key:
            row.update(changes)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize(
    ("lever", "changes", "message"),
    [
        ("fuzes", {"low": "x"}, "levers.csv:13:low: 'x' not a finite number"),
        ("fuzes", {"low": "1.5"}, "levers.csv:13:base: 1 is not from 1.5 to 2"),
        ("fuzes", {"step": "0"}, "levers.csv:13:step: 0 is not above 0"),
        ("fuzes", {"link": "nc"}, "levers.csv:13:link: 'nc' stands twice"),
        ("fuzes", {"link": "also"}, "levers.csv:13:link: 'also' is taken"),
        ("fuzes", {"lever": "Fuzes!"}, "levers.csv:13:lever:"),
        ("fuzes", {"multiplies": ""}, "either multiplies stages or has a role"),
        ("fuzes", {"role": "aid"}, "either multiplies stages or has a role"),
        ("fuzes", {"group": "demand"}, "stands in one of supply, plants, round"),
        ("fuzes", {"unit": "months"}, "has the unit % and the baseline 1"),
        ("fuzes", {"label": ""}, "levers.csv:13:label: must not be blank"),
        ("fuzes", {"timed": "maybe"}, "levers.csv:13:timed: 'maybe' not one of yes, no"),
        ("months", {"step": "0.5"}, "levers.csv:3:step: 0.5 is not a whole number"),
        ("months", {"helps": "high"}, "goal seek moves levers of a scenario in percent only"),
        ("linters", {"role": "supply"}, "'supply' stands twice"),
        ("reserve", {"lever": "spare"}, "the row 'reserve' is missing"),
    ],
)
def test_a_row_that_cannot_be_is_told(
    tmp_path: Path, lever: str, changes: dict[str, str], message: str
) -> None:
    shutil.copy(DATA / "levers.csv", tmp_path)
    change_cells(tmp_path, lever, changes)
    with pytest.raises(RecordsError) as error:
        read_levers(tmp_path)
    assert message in str(error.value)


def test_a_table_without_a_column_is_told(tmp_path: Path) -> None:
    (tmp_path / "levers.csv").write_text("lever,link\nfuzes,fuzes\n")
    with pytest.raises(RecordsError, match="column is missing"):
        read_levers(tmp_path)


def test_what_contradicts_the_stages_or_does_nothing_is_a_fault_of_the_record(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    change_cells(folder, "fuzes", {"multiplies": "nitrocellulose gloves"})
    with pytest.raises(RecordsError) as error:
        load(folder)
    assert "levers.csv:13:multiplies: 'gloves' is not in stages" in str(error.value)
    assert "nitrocellulose is moved by the lever of its role, and by no other" in str(error.value)
    assert "is not the lever in use" in str(error.value)


def test_the_same_number_written_otherwise_is_the_same_lever(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    change_cells(folder, "fuzes", {"high": "2.0"})
    assert load(folder).version


def test_a_role_stands_at_one_stage(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    path = folder / "stages.csv"
    path.write_text(path.read_text().replace(",filling,yes,", ",body,yes,"))
    with pytest.raises(RecordsError) as error:
        load(folder)
    assert "exactly one stage has the role 'filling'" in str(error.value)
    assert "exactly one stage has the role 'body'" in str(error.value)


def test_what_is_declared_is_no_part_of_the_version_but_of_the_content(records: Records) -> None:
    assert not TABLES["levers"].reported
    assert "colour" not in TABLES["stages"].reported
    recoloured = dataclasses.replace(records, stages=records.stages.assign(colour="#000000"))
    assert recoloured != records


def test_the_library_finds_each_lever_that_it_asks_for_by_name() -> None:
    named = {lever.name for lever in ALL_LEVERS if lever.role}
    assert named == set(TABLES["levers"].named)
    fields = {field.name for field in dataclasses.fields(Scenario)}
    assert {lever.name for lever in LEVERS if lever.role} <= fields


def test_no_two_things_share_a_name_in_links(records: Records) -> None:
    lever_keys = {lever.key for lever in LEVERS}
    assert not lever_keys & set(list_link_fields(Model(records)))


def test_levers_of_stages_are_given_and_read_like_all_others() -> None:
    scenario = Scenario(fuzes=0.5, explosive=1.0, nitrocellulose=0.7)
    assert (scenario.fuzes, scenario.explosive, scenario.shell_bodies) == (0.5, 1.0, 1.0)
    assert scenario.factors == (("fuzes", 0.5),)
    assert scenario == Scenario(0.7, fuzes=0.5)
    assert hash(scenario) == hash(Scenario(0.7, fuzes=0.5))
    assert dataclasses.replace(scenario, fuzes=1.0) == Scenario(0.7)
    assert dataclasses.replace(scenario, shell_bodies=0.9).factors == (
        ("shell_bodies", 0.9),
        ("fuzes", 0.5),
    )
    assert scenario.levers == scenario
    assert scenario.plans == Scenario()
    assert [lever.name for lever in scenario.moved] == ["nitrocellulose", "fuzes"]
    for copied in (copy.deepcopy(scenario), pickle.loads(pickle.dumps(scenario))):
        assert copied == scenario
    with pytest.raises(AttributeError, match="gravity"):
        _ = scenario.gravity
    with pytest.raises(TypeError, match="gravity"):
        Scenario(gravity=2.0)
    with pytest.raises(ValueError, match="fuzes"):
        Scenario(fuzes=2.5)


def test_the_json_shape_holds_every_lever_and_its_old_names() -> None:
    shape = Scenario(fuzes=0.5, also=("TR",), assume=(("utilisation", 0.9),)).as_dict()
    assert set(shape) == {lever.name for lever in LEVERS} | {"start", "also", "assume"}
    assert list(shape)[:3] == ["nitrocellulose", "start", "months"]
    assert list(shape)[-2:] == ["also", "assume"]
    assert (shape["fuzes"], shape["explosive"]) == (0.5, 1.0)
    assert (shape["also"], shape["assume"]) == (["TR"], {"utilisation": 0.9})


def test_stages_are_multiplied_by_their_own_lever_and_by_hours(records: Records) -> None:
    levers_of_stage = list_stage_levers(records)
    assert levers_of_stage["shell_body"] == ("shell_bodies", "shifts")
    assert levers_of_stage["projectile"] == ("filling", "shifts")
    assert levers_of_stage["propellant"] == ("powder_plants", "shifts")
    assert levers_of_stage["charge"] == ("charges", "shifts")
    assert levers_of_stage["orders"] == ()
    assert levers_of_stage["nitrocellulose"] == ()
    assert {"explosive", "shell_bodies", "fuzes"} <= set(STAGE_LEVERS)
    for name in ("powder_plants", "charges", "filling"):
        lever = STAGE_LEVERS[name]
        assert (lever.low, lever.base, lever.high) == (0.0, 1.0, 2.0)
        assert lever.is_timed
        assert lever.helps == "high"


@pytest.mark.parametrize(
    ("name", "stage"),
    [("powder_plants", "propellant"), ("charges", "charge"), ("filling", "projectile")],
)
def test_a_stage_at_a_part_of_its_capacity_limits_output(
    records: Records, name: str, stage: str
) -> None:
    model, month = Model(records, draws=50), MONTHS.index("2028-12")
    order = find_chain(records).order
    usual, _ = run_scenario(model, Scenario())
    output, binds = run_scenario(model, Scenario(**{name: 0.1}))
    assert {order[place] for place in binds[month]} == {stage}
    assert (output[month] < usual[month]).all()
    half, _ = run_scenario(model, Scenario(**{name: 0.05}))
    np.testing.assert_allclose(half[month], output[month] / 2)
    stopped, _ = run_scenario(model, Scenario(**{name: 0.0}))
    assert (stopped[month] == 0).all()


@settings(max_examples=30, deadline=None)
@given(
    st.integers(0, 2_999_999),
    st.sampled_from(MONTHS[MONTHS.index("2026-01") :]),
    st.integers(0, 60),
    st.floats(0, 2),
)
def test_no_more_is_made_than_is_ordered(
    orders: int, start: str, months: int, nitrocellulose: float
) -> None:
    """In every month and draw; where orders limit output they are named, and nothing is lost."""
    model = Model(shared.record(), draws=20)
    order = find_chain(model.record).order
    free = Scenario(nitrocellulose, start=start, months=months)
    scenario = dataclasses.replace(free, orders=orders)
    flow = trace_scenario(model, scenario)
    output, binds = run_scenario(model, scenario)
    np.testing.assert_array_equal(flow.output, output)
    acts = find_acting_months(scenario)
    assert (output[acts] <= orders / 12).all()
    is_ordered = binds == order.index("orders")
    assert (output[is_ordered] == orders / 12).all()
    assert not is_ordered[~acts].any()
    # Less ordered is never more made in all, and what is not ordered is kept, not lost.
    without, _ = run_scenario(model, free)
    assert (np.cumsum(output - without, axis=0) <= 1e-6 * without.sum(axis=0)).all()
    for stage in find_chain(model.record).held:
        came = flow.opening[stage] + flow.made[stage].sum(axis=0)
        if stage == "nitrocellulose":
            came = came + flow.released.sum(axis=0)
        went = flow.used[stage].sum(axis=0) + flow.stock[stage][-1]
        assert (np.abs(came - went) <= 1e-9 * np.maximum(came, 1.0)).all()


def test_orders_limit_nothing_unless_told(records: Records) -> None:
    model = Model(records, draws=50)
    assert Scenario().orders == NO_LIMIT
    order = find_chain(records).order
    for scenario in (Scenario(), Scenario(nitrocellulose=2.0, shifts=1.5)):
        _, binds = run_scenario(model, scenario)
        assert order.index("orders") not in binds
        assert "orders" not in prepare_scenario(model, scenario)[0].stages
    assert read_scenario_query([("orders", "500")]) == (Scenario(orders=500_000), [])
    assert read_scenario_settings({"orders": "500000"}) == Scenario(orders=500_000)
    assert read_scenario_query([("orders", "3000")]) == (Scenario(), [])


def test_the_preset_of_too_few_orders_cites_the_record(records: Records) -> None:
    row = records.presets.set_index("preset_id").loc["orders-short"]
    cited = set(row["claim_ids"].split())
    assert "rhm-2023-utilisation" in cited
    assert cited <= set(records.claims["claim_id"])
    assert build_preset(records, "orders-short").orders < NO_LIMIT


HELPFUL = [lever for lever in LEVERS if lever.helps]


@pytest.mark.parametrize("lever", HELPFUL, ids=lambda lever: lever.name)
@pytest.mark.parametrize(
    "around",
    [Scenario(), Scenario(nitrocellulose=0.7), Scenario(explosive=0.6), Scenario(months=18)],
    ids=["baseline", "little nitrocellulose", "little explosive", "for a time"],
)
def test_output_never_falls_as_a_helpful_lever_rises(
    records: Records, lever: Lever, around: Scenario
) -> None:
    """Draw by draw, what has been made by any month: only when it is made may move.

    A later month by itself may fall, where more of a stage uses up the stores before it sooner; the
    lever of working hours says so. Where nitrocellulose is short, larger powder plants also fill their
    store from the safety stock, which is then missing later: in few draws that costs up to half a percent.
    """
    is_short = around.nitrocellulose < 1
    model = Model(records, draws=40)
    made_before = np.zeros(())
    ends = (lever.low, lever.high) if lever.helps == "high" else (lever.high, lever.low)
    for position in np.linspace(*ends, 15):
        scenario = dataclasses.replace(around, **{lever.name: float(position)})
        made = np.cumsum(run_scenario(model, scenario)[0], axis=0)
        loss = np.max((made_before - made) / made[-1], axis=0)
        assert (loss <= (1e-2 if is_short else 1e-9)).all(), position
        assert (loss > 1e-3).mean() <= 0.05, position
        made_before = made


def test_more_hours_than_usual_lower_no_month_of_the_median(records: Records) -> None:
    """Against the baseline, in any month; and the year's sum never falls from one position to the next."""
    model = Model(records, draws=500)
    usual = np.median(run_scenario(model, Scenario())[0], axis=1)
    years_before = np.zeros(())
    for hours in np.linspace(1.0, 1.5, 11):
        output, _ = run_scenario(model, Scenario(shifts=float(hours)))
        assert (np.median(output, axis=1) >= usual * (1 - 1e-9)).all()
        years = np.median(output.reshape(-1, 12, model.draws).sum(axis=1), axis=1)
        assert (years - years_before >= -0.005 * years).all(), hours
        years_before = years


def test_a_duration_without_a_timed_lever_is_warned_of(records: Records) -> None:
    model = Model(records, draws=20)
    for lever in LEVERS:
        if lever.name in ("months", "nitrocellulose"):
            continue
        value = lever.low if lever.low != lever.base else lever.high
        warnings = list_lever_warnings(model, Scenario(months=12, **{lever.name: value}))
        assert any("duration has no effect" in w for w in warnings) != lever.is_timed, lever.name


def test_the_module_takes_its_baseline_from_the_table() -> None:
    assert all(scenario_module._BASE[lever.name] == lever.base for lever in LEVERS)
    assert all(getattr(Scenario(), lever.name) == lever.base for lever in LEVERS)
