"""Explanations of demand and money: what is missing, what a preference costs, what a sum buys, grants and prices."""

from __future__ import annotations

import dataclasses

from ramp155.answers.money import (
    ASAP_TOTAL_CLAIM,
    READINESS_CLAIM,
    compute_purchase,
    list_asap_grants,
    list_prices,
    read_claim_amount,
)
from ramp155.answers.procurement.flows import HORIZON, compute_flows
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.text.explain.grammar.arithmetic import Amount, Line, work_out
from ramp155.text.explain.grammar.explanation import Asked, Explanation, Sources, build_explanation
from ramp155.text.explain.grammar.words import find_assumptions, find_claims
from ramp155.text.numbers import say_rounds
from ramp155.text.stages import name_stages

_MISSING_NOT_SAID = (
    "Demand is a setting, not a finding: nobody publishes what all of Europe asks for."
)
_ON_AVERAGE = "It is the mean of our runs: all of them added up, over their number."


def explain_tracks(model: Model, view: Asked) -> Explanation:
    """What is missing by the end of 2030."""
    flows = compute_flows(model, view.scenario, view.terms, view.comparison.us)
    missing = flows.tally_fates().missing
    end = HORIZON.index(MONTHS[-1])
    fired = float(flows.fired[: end + 1].sum(axis=0).mean())
    figure = Amount(missing, "", "rounds missing by the end of 2030", say=say_rounds)
    operands = (
        Amount(fired, "rounds", "for aid and training that are never given"),
        Amount(missing - fired, "rounds", "that stocks lack against their plan"),
    )
    return build_explanation(
        "tracks",
        "Rounds asked for that neither Europe, stocks, the US nor others meet by the end of 2030.",
        say_rounds(figure.number),
        work_out(Line(figure, "{0} + {1}", operands)),
        _ON_AVERAGE,
        Sources(find_assumptions(model, "us_own_need", "other_imports", "stock_now")),
        _MISSING_NOT_SAID,
        "output",
    )


def explain_preference(model: Model, view: Asked) -> Explanation:
    """What buying only European leaves missing, beside no rule."""
    missing = {}
    for preference in (1.0, 0.0):
        terms = dataclasses.replace(view.terms, preference=preference)
        flows = compute_flows(model, view.scenario, terms, view.comparison.us)
        missing[preference] = flows.count_missing()
    lines = []
    for preference, words in (
        (1.0, "missing if all is bought in Europe"),
        (0.0, "missing with no rule"),
    ):
        figure = Amount(float(missing[preference].mean()), "", words, say=say_rounds)
        operands = (
            Amount(float(missing[preference].sum()), "rounds", f"{words}, all runs added up"),
            Amount(len(missing[preference]), "runs", "all runs", exact=True),
        )
        lines.append(Line(figure, "{0} / {1}", operands))
    return build_explanation(
        "preference",
        "How many rounds are missing by the end of 2030 for each share of demand that is kept for European makers.",
        say_rounds(float(missing[1.0].mean())),
        work_out(*lines),
        _ON_AVERAGE,
        Sources(find_assumptions(model, "us_own_need", "other_imports", "stock_now")),
        "It does not count what orders at home build for later: that stands in the text beside it.",
        "output",
    )


def explain_purchase(model: Model, view: Asked) -> Explanation:
    """What a share of Readiness 2030 buys."""
    bought = compute_purchase(model, view.scenario, view.spend / 100)
    programme = read_claim_amount(model.record, READINESS_CLAIM) * 1e6
    middle_price = model.record.assumption("price_europe").span[1]
    figure = Amount(
        bought.rounds[1], "", "rounds that the sum buys at the middle price", say=say_rounds
    )
    euros = Amount(bought.euros / 1e9, "bn euro", "the sum")
    price = Amount(middle_price, "euro", "a round at the middle European price", exact=True)
    total = Amount(programme / 1e9, "bn euro", "Readiness 2030, for all of defence", exact=True)
    share = Amount(view.spend, "%", "the part that you spend on rounds", exact=True)
    lines = [Line(figure, "{0} / {1}", (euros, price)), Line(euros, "{0} × {1}", (total, share))]
    return build_explanation(
        "purchase",
        "The rounds that a part of the EU's programme would buy, beside those that Europe is likely to make.",
        say_rounds(bought.rounds[1]),
        work_out(*lines),
        "At one price for all: no discount, no rise. The bar goes from the dearest price to the cheapest.",
        Sources(find_assumptions(model, "price_europe"), find_claims(model, [READINESS_CLAIM])),
        "It does not say that rounds can be had for money: makers must make them first.",
        "round",
    )


def explain_cost(model: Model, view: Asked) -> Explanation:
    """What all rounds cost that Europe is likely to make."""
    bought = compute_purchase(model, view.scenario, view.spend / 100)
    programme = read_claim_amount(model.record, READINESS_CLAIM) * 1e6
    middle_price = model.record.assumption("price_europe").span[1]
    cost = Amount(
        bought.cost / 1e9,
        "bn euro",
        "what they cost at the middle price",
        say=lambda bn: f"{bn:.0f}",
    )
    european_rounds = Amount(
        bought.made[1], "rounds", "that Europe is likely to make from 2026 to 2030"
    )
    price = Amount(middle_price, "euro", "a round at the middle European price", exact=True)
    share = Amount(
        bought.share, "", "part of Readiness 2030", say=lambda part: f"{part * 100:.1f} %"
    )
    exact_cost = Amount(bought.cost / 1e9, "bn euro", "the same, with more digits")
    total = Amount(programme / 1e9, "bn euro", "Readiness 2030, for all of defence", exact=True)
    lines = [
        Line(cost, "{0} × {1}", (european_rounds, price)),
        Line(share, "{0} / {1}", (exact_cost, total)),
    ]
    return build_explanation(
        "cost",
        "What every 155 mm round costs that Europe is likely to make until 2031.",
        f"{bought.cost / 1e9:.0f} bn euro",
        work_out(*lines),
        "Rounds are the median of our runs, the price is the middle of the published ones.",
        Sources(find_assumptions(model, "price_europe"), find_claims(model, [READINESS_CLAIM])),
        "It leaves out guns, transport and stores, and what new plants cost.",
        "round",
    )


def explain_grants(model: Model, view: Asked) -> Explanation:
    """The EU's grants by stage."""
    grants, names = list_asap_grants(model.record), name_stages(model.record)
    total = float(grants["eur_m"].sum())
    figure = Amount(total, "", "million euro in all", say=lambda amount: f"{amount:,.0f}")
    operands = tuple(
        Amount(float(amount), "", f"million euro for {names.get(stage, 'missiles and testing')}")
        for stage, amount in zip(grants["stage"], grants["eur_m"], strict=True)
    )
    right = " + ".join(f"{{{place}}}" for place in range(len(operands)))
    return build_explanation(
        "asap",
        "Money that the EU gave makers to build capacity for ammunition, by what it was for.",
        f"{total:,.0f} m euro",
        work_out(Line(figure, right, operands)),
        "The last part is the published total less what is told of stages.",
        Sources(claims=find_claims(model, [*grants["claim_id"], ASAP_TOTAL_CLAIM])),
        "A grant pays a part of a project. It does not say what the project makes, or when.",
        "capacity",
    )


def explain_prices(model: Model, view: Asked) -> Explanation:
    """The spread of published prices."""
    prices = list_prices(model)
    western = prices[~prices["russia"] & ~prices["state"]]
    lowest, highest = float(western["low"].min()), float(western["high"].max())
    figure = Amount(
        highest / lowest, "", "the dearest over the cheapest", say=lambda ratio: f"{ratio:.1f}"
    )
    ends = (
        Amount(highest, "euro", "the dearest published price of a round"),
        Amount(lowest, "euro", "the cheapest"),
    )
    return build_explanation(
        "prices",
        "Each mark is a price of a round as somebody published it, in euro at a middle rate.",
        f"{highest / lowest:.1f}",
        work_out(Line(figure, "{0} / {1}", ends)),
        f"{len(western)} prices are counted: those of Russian shells and of state outlets are drawn, not counted.",
        Sources(claims=find_claims(model, western["claim_id"])),
        "Prices count different things: with or without charge and fuze, old or new.",
        "round",
    )
