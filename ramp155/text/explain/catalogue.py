"""Every explanation by name: a figure on a page and its panel ask here. Those of charts bear the name of the chart.

A new one is a function in a module beside this and a line here.
"""

from __future__ import annotations

from collections.abc import Callable

from ramp155.model.model import Model
from ramp155.text.explain import demand, evidence, gap, limits, lines, output, plants, supply
from ramp155.text.explain.grammar.explanation import Asked, Explanation

# Charts first, in the order of the pictures' catalogue, then figures.
EXPLAINED: dict[str, Callable[[Model, Asked], Explanation]] = {
    "output": output.explain_path,
    "response": supply.explain_response,
    "locks": limits.explain_locks,
    "limits": limits.explain_limits,
    "flow": limits.explain_flow,
    "goal_odds": limits.explain_goal_odds,
    "stages": limits.explain_stages,
    "tornado": limits.explain_tornado,
    "pinned": limits.explain_pinned,
    "ratio": gap.explain_ratio,
    "rates": gap.explain_rates,
    "parity": gap.explain_parity,
    "named": gap.explain_named,
    "makers": gap.explain_makers,
    "us": gap.explain_us,
    "tracks": demand.explain_tracks,
    "preference": demand.explain_preference,
    "purchase": demand.explain_purchase,
    "starts": plants.explain_starts,
    "sites": plants.explain_sites,
    "board": lines.explain_board,
    "ramp": plants.explain_ramp,
    "track": evidence.explain_track,
    "slips": plants.explain_slips,
    "targets": evidence.explain_targets,
    "topic": evidence.explain_topic,
    "silence": plants.explain_silence,
    "lateness": lines.explain_lateness,
    "promised": lines.explain_promised,
    "share": lines.explain_share,
    "unsaid": lines.explain_unsaid,
    # Pictures that one page alone draws.
    "causes": limits.explain_causes,
    "balance": gap.explain_balance,
    "asap": demand.explain_grants,
    "prices": demand.explain_prices,
    # Figures.
    "headline": output.explain_headline,
    "rate": output.explain_rate,
    "range": output.explain_range,
    "change": output.explain_change,
    "nameplate": output.explain_nameplate,
    "limit": output.explain_limit,
    "odds": output.explain_odds,
    "tonnes": supply.explain_tonnes,
    "tonne_gain": supply.explain_tonne_gain,
    "loss": supply.explain_loss,
    "goal": limits.explain_goal,
    "openings": plants.explain_openings,
    "capacity_2025": evidence.explain_capacity_2025,
    "output_2025": evidence.explain_output_2025,
    "ratio_tile": gap.explain_ratio_tile,
    "gap_title": gap.explain_gap_title,
    "cost": demand.explain_cost,
    "known_capacity": plants.explain_known_capacity,
    "late": lines.explain_late,
    "without_rate": plants.explain_without_rate,
    "misses": evidence.explain_misses,
    "assumed": evidence.explain_assumed,
    "weak_events": evidence.explain_weak_events,
    "statements": evidence.explain_statements,
}


def explain(name: str, model: Model, view: Asked) -> Explanation:
    """A figure or chart by name, as it stands in a view. Raises KeyError for one that is not known."""
    return EXPLAINED[name](model, view)
