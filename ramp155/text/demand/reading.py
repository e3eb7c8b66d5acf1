"""What is read off the two tracks, in paragraphs: demand and what a rule costs, stocks and money."""

from __future__ import annotations

import dataclasses

from ramp155.answers.procurement.flows import compute_flows
from ramp155.answers.procurement.rule import compute_preference_cost
from ramp155.answers.procurement.terms import Terms
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.text.demand.money import write_bill
from ramp155.text.demand.preference import write_absent_rule, write_rule_cost, write_rule_gain
from ramp155.text.demand.tracks import write_demand, write_rebuilding, write_tracks_title

_EXAMPLE_PREFERENCES = (0.65, 1.0)


def list_tracks_reading(
    model: Model, scenario: Scenario, terms: Terms, us: str
) -> dict[str, list[str]]:
    """The title, and the paragraphs on demand and on stocks, under `title`, `demand` and `stocks`."""
    supply_flows = compute_flows(model, scenario, terms, us)
    rule_effect = compute_preference_cost(model, scenario, terms, us)
    if terms.preference:
        rule_paragraphs = [write_rule_cost(rule_effect), write_rule_gain(rule_effect)]
    else:
        other_terms = [
            dataclasses.replace(terms, preference=preference) for preference in _EXAMPLE_PREFERENCES
        ]
        other_effects = [
            compute_preference_cost(model, scenario, example_terms, us)
            for example_terms in other_terms
        ]
        rule_paragraphs = [write_absent_rule(other_effects)]
    return {
        "title": [write_tracks_title(supply_flows, rule_effect)],
        "demand": [write_demand(model.record, terms, supply_flows), *rule_paragraphs],
        "stocks": [write_rebuilding(rule_effect), write_bill(model.record, supply_flows)],
    }
