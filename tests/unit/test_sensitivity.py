from __future__ import annotations

import numpy as np
import pytest

from ramp155.answers.sensitivity.attribution import attribute_change
from ramp155.answers.sensitivity.tornado import compute_tornado
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.runs import run_scenario
from ramp155.record.records import Records
from ramp155.text.numbers import say_percent, say_rounds
from ramp155.text.output.sensitivity import write_tornado, write_tornado_title

DRAWS = 400
AT = MONTHS.index("2027-12")


def test_the_tornado_compares_the_draws_of_the_lowest_and_highest_fifth(records: Records) -> None:
    model = Model(records, draws=DRAWS)
    scenario = Scenario(nitrocellulose=0.8)
    table = compute_tornado(model, scenario, "2027-12").set_index("name")
    assert table["swing"].is_monotonic_decreasing
    rounds = run_scenario(model, scenario)[0][AT] * 12
    params = draw_coefficients(model).params
    for name in ("nitrocellulose_fraction", "utilisation", "ratio_fuze"):
        low, high = np.quantile(params[name], [0.2, 0.8])
        for end, is_part in (("low", params[name] < low), ("high", params[name] > high)):
            assert table.loc[name, f"rounds_at_{end}"] == pytest.approx(
                np.median(rounds[is_part]), rel=0.01
            )


def test_the_tornado_finds_what_output_hangs_on(records: Records) -> None:
    table = compute_tornado(Model(records, draws=DRAWS), Scenario(), "2027-12").set_index("name")
    assert table["share"].between(0, 1).all()
    assert table["share"].sum() < 1.3
    totals = {"total_nitrocellulose", "total_propellant", "total_explosive"}
    assert totals <= set(table.index[:6])
    # More of what limits output helps, more of it in a tonne of powder does not.
    assert (
        table.loc["total_nitrocellulose", "rounds_at_low"]
        < table.loc["total_nitrocellulose", "rounds_at_high"]
    )
    fraction = table.loc["nitrocellulose_fraction"]
    assert fraction["rounds_at_low"] > fraction["rounds_at_high"]
    assert table.loc["expansion_base", "share"] < 0.05


def test_nothing_is_said_of_single_lines_nor_of_what_one_has_set(records: Records) -> None:
    model = Model(records, draws=DRAWS)
    edited = Scenario(assume=(("nitrocellulose_fraction", 0.6),))
    names = set(compute_tornado(model, edited, "2027-12")["name"])
    assert not any("/" in name for name in names)
    assert "nitrocellulose_fraction" not in names
    assert "slip_months" in names


def test_without_a_coefficient_that_acts_nothing_is_explained(records: Records) -> None:
    table = compute_tornado(Model(records, draws=DRAWS), Scenario(nitrocellulose=0.0), "2028-12")
    assert (table["share"] == 0).all() or table["swing"].max() < 1_000


def test_the_tornado_is_read_out_with_its_numbers(records: Records) -> None:
    table = compute_tornado(Model(records, draws=DRAWS), Scenario(), "2027-12")
    first = table.iloc[0]
    for said in (write_tornado(table, "2027-12"), write_tornado_title(table, "2027-12")):
        assert first["label"] in said
        assert say_rounds(first["rounds_at_low"]) in said
        assert say_rounds(first["rounds_at_high"]) in said
    assert say_percent(first["share"]) in write_tornado(table, "2027-12")


def test_causes_add_up_to_the_change(records: Records) -> None:
    model = Model(records, draws=100)
    edits = (("nitrocellulose_fraction", 0.7),)
    for what in (
        Scenario(nitrocellulose=0.7),
        Scenario(assume=edits),
        Scenario(nitrocellulose=0.7, explosive=0.6, assume=edits),
    ):
        origins = attribute_change(model, what, "2027-12", before=1_100_000.0)
        parts = origins.record + origins.assumptions + origins.levers
        assert origins.after - origins.before == pytest.approx(parts)
        output, _ = run_scenario(model, what)
        assert origins.after == pytest.approx(np.median(output[AT]) * 12)
    alone = attribute_change(model, Scenario(nitrocellulose=0.7), "2027-12")
    assert alone.record == 0
    assert alone.assumptions == 0
    assert alone.levers < 0
    same = attribute_change(model, Scenario(), "2027-12")
    assert (same.levers, same.assumptions, same.record) == (0, 0, 0)
