from __future__ import annotations

import pytest

import ramp155
from ramp155 import Scenario, gap, money


def test_prices_are_in_euro_and_none_is_lost(records: ramp155.Records) -> None:
    table = money.prices(records)
    claims = records.claims[records.claims["quantity"] == "unit_price"]
    assert len(table) == len(claims[claims["period"] != ""])
    assert table["russia"].sum() == 2
    danish = table.set_index("claim_id").loc["dk-unit-price-2024-01-01", "middle"]
    assert danish == pytest.approx(60_000 / 7.46)
    assert money.in_euro(records, 3400, "EUR/round") == 3400
    with pytest.raises(ValueError, match="no rate of SEK"):
        money.in_euro(records, 1.0, "SEK m")


def test_the_grants_add_up(records: ramp155.Records) -> None:
    table = money.asap(records)
    total = records.claims.set_index("claim_id").loc["eu-policy-money-asap-2025-01", "low"]
    assert table["eur_m"].sum() == pytest.approx(total)
    assert (table["eur_m"] > 0).all()


def test_twice_the_share_buys_twice_as_much_and_makes_no_more(records: ramp155.Records) -> None:
    one, two = (money.purchase(records, Scenario(), share, 100) for share in (0.01, 0.02))
    assert two.rounds == pytest.approx([2 * r for r in one.rounds])
    assert two.made == one.made
    assert one.rounds == tuple(sorted(one.rounds))
    assert one.cost == pytest.approx(one.made[1] * 4000)
    less = money.purchase(records, Scenario(nitrocellulose=0.5), 0.01, 100)
    assert less.made[1] < one.made[1]
    with pytest.raises(ValueError, match="share"):
        money.purchase(records, Scenario(), 2.0, 10)


def test_the_balance_is_of_wholes(records: ramp155.Records) -> None:
    found = gap.compare(records, Scenario(), gap.Comparison(), 100)
    table = money.balance(records, found, "2025-06").set_index("what")
    assert (table["nato"] + table["russia"]).tolist() == pytest.approx([1.0] * 3)
    assert table.loc["Economies", "nato"] == pytest.approx(25 / 26)
    ratio = found.at("2025-06")["p50"]
    assert table.loc["Ammunition, counted here", "nato"] == pytest.approx(1 / (1 + ratio))
