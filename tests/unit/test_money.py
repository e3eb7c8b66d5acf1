from __future__ import annotations

import pytest

from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.gap.ratios import compute_gap
from ramp155.answers.money import (
    compare_economies,
    compute_purchase,
    convert_to_euro,
    list_asap_grants,
    list_prices,
)
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records
from ramp155.text.demand.money import write_money_title


def test_prices_are_in_euro_and_none_is_lost(records: Records) -> None:
    table = list_prices(Model(records))
    claims = records.claims[records.claims["quantity"] == "unit_price"]
    assert len(table) == len(claims[claims["period"] != ""])
    assert table["russia"].sum() == 2
    danish = table.set_index("claim_id").loc["dk-unit-price-2024-01-01", "middle"]
    assert danish == pytest.approx(60_000 / 7.46)
    assert convert_to_euro(Model(records), 3400, "EUR/round") == 3400
    with pytest.raises(ValueError, match="no rate of SEK"):
        convert_to_euro(Model(records), 1.0, "SEK m")


def test_the_grants_add_up(records: Records) -> None:
    table = list_asap_grants(records)
    total = records.claims.set_index("claim_id").loc["eu-policy-money-asap-2025-01", "low"]
    assert table["eur_m"].sum() == pytest.approx(total)
    assert (table["eur_m"] > 0).all()


def test_twice_the_share_buys_twice_as_much_and_makes_no_more(records: Records) -> None:
    one, two = (
        compute_purchase(Model(records, draws=100), Scenario(), share) for share in (0.01, 0.02)
    )
    assert two.rounds == pytest.approx([2 * r for r in one.rounds])
    assert two.made == one.made
    assert one.rounds == tuple(sorted(one.rounds))
    assert one.cost == pytest.approx(one.made[1] * 4000)
    less = compute_purchase(Model(records, draws=100), Scenario(nitrocellulose=0.5), 0.01)
    assert less.made[1] < one.made[1]
    with pytest.raises(ValueError, match="share"):
        compute_purchase(Model(records, draws=10), Scenario(), 2.0)


def test_the_balance_is_of_wholes(records: Records) -> None:
    gap = compute_gap(Model(records, draws=100), Scenario(), Comparison())
    table = compare_economies(records, gap, "2025-06").set_index("what")
    assert (table["nato"] + table["russia"]).tolist() == pytest.approx([1.0] * 3)
    assert table.loc["Economies", "nato"] == pytest.approx(25 / 26)
    ratio = gap.at("2025-06")["p50"]
    assert table.loc["Ammunition, counted here", "nato"] == pytest.approx(1 / (1 + ratio))


def test_that_capacity_and_not_money_limits_output_is_said_to_be_assumed(records: Records) -> None:
    title = write_money_title(compute_purchase(Model(records, draws=50), Scenario(), 0.1))
    assert "by our assumptions capacity limits output" in title
