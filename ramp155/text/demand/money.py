"""Money in words: why capacity and not money limits output, what a share of the programme buys, the spread
of prices, the bill.
"""

from __future__ import annotations

import pandas as pd

from ramp155.answers.money import Purchase
from ramp155.answers.procurement.flows import Flows
from ramp155.record.records import Records
from ramp155.text.numbers import join_words, say_percent, say_rounds, say_rounds_range, say_times


def write_bill(records: Records, flows: Flows) -> str:
    """What the purchases cost at published prices, by where they are bought (mean over draws)."""
    phrases, low, high = [], 0.0, 0.0
    for source, price, place in (
        ("europe", "price_europe", "in Europe"),
        ("us", "price_us", "from the US"),
        ("other", "price_other", "elsewhere"),
    ):
        rounds = float(flows.sum_flow(source).mean())
        costs = [
            rounds * price_per_round / 1e9 for price_per_round in records.assumption(price).span
        ]
        low, high = low + costs[0], high + costs[2]
        phrases.append(f"{costs[1]:.1f} bn euro {place}")
    return (
        f"**Money, 2026 to 2030, at middle prices:** {join_words(phrases[:2])}. Another {phrases[2]}. At the ends of the "
        f"assumed price ranges it is {low:.0f} to {high:.0f} bn euro in all."
    )


def write_money_title(bought: Purchase) -> str:
    """Why capacity and not money limits output."""
    return (
        f"Every 155 mm round Europe is likely to make until 2031 costs about {bought.cost / 1e9:.0f} bn euro, "
        f"{bought.share * 100:.1f} % of Readiness 2030: by our assumptions capacity limits output, not money"
    )


def write_purchase(bought: Purchase, share: float) -> str:
    """What a share of the programme buys against what can be made.

    Parameters
    ----------
    bought : Purchase
        What it buys.
    share : float
        Of the programme, 0 to 1.
    """
    dear, middle, cheap = bought.rounds
    ratio = middle / bought.made[1]
    start = (
        f"**{share * 100:g} % of Readiness 2030 is {bought.euros / 1e9:.1f} bn euro**: {say_rounds_range(dear, cheap)} "
        "rounds, by the price. The middle is"
    )
    of_europe = say_times(ratio) if ratio > 1.05 else f"{say_percent(ratio)} of"
    return f"{start} {say_rounds(middle)}: {of_europe} what Europe is likely to make by then."


def write_prices(price_table: pd.DataFrame) -> str:
    """The spread of published prices."""
    western_prices, russian_prices = (
        price_table[~price_table["russia"] & ~price_table["state"]],
        price_table[price_table["russia"]],
    )
    return (
        f"**{len(western_prices)} published prices of a 155 mm round run from {western_prices['low'].min():,.0f} to "
        f"{western_prices['high'].max():,.0f} euro**; a Russian 152 mm shell is put at {russian_prices['low'].min():,.0f} to "
        f"{russian_prices['high'].max():,.0f}. Some are for all large calibres, without charge and fuze, or old."
    )
