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

import pytest

from ramp155.model.model import Model
from ramp155.model.scenario import scenario as scenario_module
from ramp155.model.scenario.levers import ALL_LEVERS, LEVERS, STAGE_LEVERS, read_levers
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.levers import list_stage_levers
from ramp155.record.faults import RecordsError
from ramp155.record.read import DATA
from ramp155.record.records import Records, load
from ramp155.record.schema import TABLES
from ramp155.text.scenario import list_lever_warnings
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
        ("fuzes", {"low": "x"}, "levers.csv:10:low: 'x' not a finite number"),
        ("fuzes", {"low": "1.5"}, "levers.csv:10:base: 1 is not from 1.5 to 2"),
        ("fuzes", {"step": "0"}, "levers.csv:10:step: 0 is not above 0"),
        ("fuzes", {"link": "nc"}, "levers.csv:10:link: 'nc' stands twice"),
        ("fuzes", {"link": "also"}, "levers.csv:10:link: 'also' is taken"),
        ("fuzes", {"lever": "Fuzes!"}, "levers.csv:10:lever:"),
        ("fuzes", {"multiplies": ""}, "either multiplies stages or has a role"),
        ("fuzes", {"role": "aid"}, "either multiplies stages or has a role"),
        ("fuzes", {"group": "demand"}, "stands in one of supply, plants, round"),
        ("fuzes", {"unit": "months"}, "has the unit % and the baseline 1"),
        ("fuzes", {"label": ""}, "levers.csv:10:label: must not be blank"),
        ("fuzes", {"timed": "maybe"}, "levers.csv:10:timed: 'maybe' not one of yes, no"),
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
    assert "levers.csv:10:multiplies: 'gloves' is not in stages" in str(error.value)
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
    assert levers_of_stage["projectile"] == ("shifts",)
    assert levers_of_stage["nitrocellulose"] == ()
    assert {"explosive", "shell_bodies", "fuzes"} <= set(STAGE_LEVERS)


def test_a_duration_without_a_timed_lever_is_warned_of(records: Records) -> None:
    model = Model(records, draws=0)
    for lever in LEVERS:
        if lever.name in ("months", "nitrocellulose"):
            continue
        value = lever.low if lever.low != lever.base else lever.high
        warnings = list_lever_warnings(model, Scenario(months=12, **{lever.name: value}))
        assert any("duration has no effect" in w for w in warnings) != lever.is_timed, lever.name


def test_the_module_takes_its_baseline_from_the_table() -> None:
    assert all(scenario_module._BASE[lever.name] == lever.base for lever in LEVERS)
    assert all(getattr(Scenario(), lever.name) == lever.base for lever in LEVERS)
