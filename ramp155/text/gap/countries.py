"""The United States, Russia and Ukraine in words: plans that moved, estimates, needs."""

from __future__ import annotations

from ramp155.answers.gap.estimates import list_estimates
from ramp155.record.records import Records
from ramp155.text.numbers import say_month, say_rounds, say_rounds_range, say_short_month


def write_us_title(records: Records) -> str:
    """The American goal and how it slipped, as a heading."""
    return (
        write_us_plans(records)
        .split(" Charges lag")[0]
        .replace("**United States.** ", "The US: ")
        .rstrip(".")
    )


def write_us_plans(records: Records) -> str:
    """How often the American goal moved, and what was last reported."""
    claims = [
        claim
        for claim in map(records.claim, records.claims["claim_id"])
        if claim.subject == "US" and claim.low is not None
    ]
    monthly = [claim for claim in claims if claim.unit == "rounds/month"]
    due_months = sorted(
        {
            claim.period
            for claim in monthly
            if (claim.quantity, claim.status, claim.low) == ("round_capacity", "target", 100_000)
            and len(claim.period) == 7
        }
    )
    outputs = [claim for claim in monthly if claim.quantity == "round_output"]
    last_output = max(
        (claim for claim in outputs if claim.status == "reported"),
        key=lambda claim: claim.reported_on,
    )
    charges = [claim for claim in claims if claim.quantity == "charge_output"][-1]
    shells = [claim for claim in outputs if claim.period == charges.period][-1]
    earlier_dates = ", ".join(say_short_month(month) for month in due_months[:-1])
    return (
        f"**United States.** 100,000 a month was promised for {earlier_dates} and {say_short_month(due_months[-1])}; the last "
        f"report gives {last_output.low:,.0f} ({say_month(last_output.reported_on[:7])}). Charges lag shells: {charges.low:,.0f} against "
        f"{shells.low:,.0f} in {say_month(charges.period)}."
    )


def write_russian_estimates(records: Records, estimate_id: str) -> str:
    """How many bodies name a Russian figure, and what the chosen one counts."""
    labels = list_estimates(records, "RU")
    last = [figure for figure in records.list_estimates() if figure.estimate_id == estimate_id][-1]
    return (
        f"**Russia.** {len(labels)} named estimates, each counting something else. Chosen: **{labels[estimate_id]}**, "
        f"{say_rounds(last.mode)} a year for {last.month[:4]}. {last.reasoning}"
    )


def write_ukrainian_need(records: Records) -> str:
    """What Ukraine says it needs, and what of its own output is known."""
    needs = records.claims[
        (records.claims["subject"] == "UA")
        & (records.claims["quantity"] == "need")
        & (records.claims["unit"] == "rounds/month")
    ].sort_values("reported_on")
    ukrainian_output = next(
        figure for figure in records.list_estimates() if figure.estimate_id == "ua-all"
    )
    return (
        f"**Ukraine.** Last named a need of {needs['high'].iloc[-1]:,.0f} a month. What it makes of 155 mm is "
        f"withheld; with mortar bombs perhaps {say_rounds_range(ukrainian_output.low, ukrainian_output.high)} a year (our product), counted only "
        "where a statement adds Ukraine."
    )
