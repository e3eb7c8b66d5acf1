"""Published prices of a round in euro, what a share of Readiness 2030 buys, who invests.

Currencies are put in euro at the middle rates of `assumptions.csv`. Single prices are contracts and
estimates of different things and years: their spread is the finding.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ramp155.answers.gap.ratios import Gap
from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.model.quantiles import QUANTILE_LEVELS
from ramp155.model.scenario.horizon import FORECAST_START, MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.runs import run_scenario
from ramp155.record.dates import month_number, month_text
from ramp155.record.grades import name_source
from ramp155.record.records import Records

# Claims behind the grants of the EU's ammunition act by stage; the rest went to missiles and testing.
ASAP_CLAIMS = {
    "propellant": "eu-policy-money-asap-powder-2025-01",
    "explosive": "eu-policy-money-asap-explosives-2025-01",
    "shell_body": "eu-policy-money-asap-shells-2025-01",
}
ASAP_TOTAL_CLAIM = "eu-policy-money-asap-2025-01"
READINESS_CLAIM = "seed-eu-readiness-2030"


@dataclass(frozen=True)
class Purchase:
    """What a share of Readiness 2030 buys: `euros`, rounds at the dearest, middle and cheapest price, the
    rounds Europe makes from 2026 to 2030 (P10, P50, P90 over draws), what they all cost at the middle
    price, and that as a share of the whole programme."""

    euros: float
    rounds: tuple[float, float, float]
    made: tuple[float, float, float]
    cost: float
    share: float


def read_claim_amount(records: Records, claim_id: str) -> float:
    """A claim's figure.

    Returns
    -------
    float
        In the claim's own unit (million EUR, a ratio ...); the middle of a range, NaN where it has no bounds.
    """
    claim = records.claim(claim_id)
    bounds = [bound for bound in (claim.low, claim.high) if bound is not None]
    return sum(bounds) / len(bounds) if bounds else float("nan")


def convert_to_euro(model: Model, value: float, unit: str) -> float:
    """An amount named in a currency in euro at the middle rate.

    Parameters
    ----------
    model : Model
        Whose rates are taken.
    value : float
        The amount, in `unit`.
    unit : str
        A currency and what it is of, as `USD/round` or `PLN m`.

    Returns
    -------
    float
        Euro for the same (a round, millions).

    Raises
    ------
    ValueError
        For a currency without a rate in `assumptions.csv`.
    """
    currency = unit[:3]
    if currency == "EUR":
        return value
    try:
        rate = model.record.assumption(f"{currency.lower()}_per_eur")
    except KeyError:
        raise ValueError(f"no rate of {currency} to the euro is in assumptions.csv") from None
    return value / rate.span[1]


@remember
def list_prices(model: Model) -> pd.DataFrame:
    """Every published price of a 155 mm round, euro: claim_id, who, date, low, high, middle, basis, russia, state.

    `russia` marks prices of Russian 152 mm shells, `state` those a state-controlled outlet names; they are
    in the table for the picture, and left out of sums in words.
    """
    price_rows = []
    for claim in map(model.record.claim, model.record.claims["claim_id"]):
        amounts = [bound for bound in (claim.low, claim.high) if bound is not None]
        if claim.quantity != "unit_price" or not amounts or not claim.period:
            continue
        low = convert_to_euro(model, min(amounts), claim.unit)
        high = convert_to_euro(model, max(amounts), claim.unit)
        month = month_text(month_number(claim.period))
        state = model.record.source(claim.source_id).state_controlled
        said_by = name_source(model.record, claim.source_id)
        columns = (claim.claim_id, said_by, f"{month}-15", low, high, (low + high) / 2)
        price_rows.append((*columns, claim.basis, claim.subject == "RU", bool(state)))
    column_names = ["claim_id", "who", "date", "low", "high", "middle", "basis", "russia", "state"]
    return pd.DataFrame(price_rows, columns=column_names).sort_values("date", ignore_index=True)


def list_asap_grants(records: Records) -> pd.DataFrame:
    """The EU's ammunition grants by stage: stage, million euro, claim_id; "" for what no stage here got."""
    stage_grants = [
        (stage, read_claim_amount(records, claim), claim) for stage, claim in ASAP_CLAIMS.items()
    ]
    other_grants = read_claim_amount(records, ASAP_TOTAL_CLAIM) - sum(
        grant[1] for grant in stage_grants
    )
    return pd.DataFrame(
        [*stage_grants, ("", other_grants, ASAP_TOTAL_CLAIM)],
        columns=["stage", "eur_m", "claim_id"],
    )


def compute_purchase(model: Model, scenario: Scenario, share: float) -> Purchase:
    """What a share of Readiness 2030 buys at European prices against what can be made by 2030.

    Parameters
    ----------
    model : Model
        Its draws give the rounds that can be made.
    scenario : Scenario
        Levers.
    share : float
        Of the programme, 0 to 1.

    Raises
    ------
    ValueError
        For a share that is not from 0 to 1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"share: {share!r} is not a number from 0 to 1")
    low, mode, high = model.record.assumption("price_europe").span
    programme_euros = read_claim_amount(model.record, READINESS_CLAIM) * 1e6
    output = run_scenario(model, scenario)[0][MONTHS.index(FORECAST_START) :]
    total_rounds = output.sum(axis=0)
    fewest_rounds, median_rounds, most_rounds = map(
        float, np.quantile(total_rounds, QUANTILE_LEVELS)
    )
    euros, cost = programme_euros * share, median_rounds * mode
    return Purchase(
        euros=euros,
        rounds=(euros / high, euros / mode, euros / low),
        made=(fewest_rounds, median_rounds, most_rounds),
        cost=cost,
        share=cost / programme_euros,
    )


def list_investments(model: Model) -> pd.DataFrame:
    """Public money for ammunition, by `policies.csv`: policy_id, date, label, actor, eur_m, claim_ids."""
    funded_policies = model.record.policies[model.record.policies["money_m"].notna()]
    money_table = funded_policies[["policy_id", "date", "label", "actor", "claim_ids"]].reset_index(
        drop=True
    )
    sums = zip(funded_policies["money_m"], funded_policies["currency"], strict=True)
    return money_table.assign(
        eur_m=[convert_to_euro(model, amount, currency) for amount, currency in sums]
    )


def compare_economies(records: Records, compared: Gap, month: str) -> pd.DataFrame:
    """NATO's part of two wholes, NATO and Russia together: what, nato, russia (fractions).

    The economies (25 to 1) and ammunition as NATO's chief put it (1 to 4), and ammunition as compared
    here in a month.
    """
    economy_ratio = read_claim_amount(records, "seed-economy-ratio-2025")
    ammunition_ratio = read_claim_amount(records, "seed-ru-nato-ratio-2025-06")
    ratio_pairs = [
        ("Economies", economy_ratio, 1.0),
        ("Ammunition, as NATO put it in June 2025", 1.0, ammunition_ratio),
        ("Ammunition, counted here", 1.0, float(compared.at(month)["p50"])),
    ]
    return pd.DataFrame(
        [
            (label, ours / (ours + theirs), theirs / (ours + theirs))
            for label, ours, theirs in ratio_pairs
        ],
        columns=["what", "nato", "russia"],
    )
