"""What a term of the glossary comes to today: a sentence with figures of record and model as they stand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ramp155.answers.counts import count_lines
from ramp155.answers.output.nitrocellulose import estimate_baseline_tonnes
from ramp155.answers.output.odds import compute_target_odds
from ramp155.answers.output.reading import Reading, read_outlook
from ramp155.answers.track.forecasts import list_track
from ramp155.answers.track.score import score_forecasts
from ramp155.base.memory import remember
from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import DEFAULT_MONTH
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.schema.vocabulary import PRODUCTS
from ramp155.text.numbers import (
    count_words,
    say_chance,
    say_count,
    say_month,
    say_percent,
    say_rounds,
    say_rounds_range,
)
from ramp155.text.stages import name_stages

_MONTH = say_month(DEFAULT_MONTH)
# Terms that are statuses of lines: the status, and what one and several lines do.
_STATUS_WORDS = {
    "announced": ("announced", "is announced", "are announced"),
    "construction": ("construction", "is being built", "are being built"),
    "commissioning": ("commissioning", "is in commissioning", "are in commissioning"),
    "ramping": ("ramping", "is ramping up", "are ramping up"),
    "full-rate": ("full rate", "is at full rate", "are at full rate"),
    "operating": ("operating", "runs as before", "run as before"),
    "suspended": ("suspended", "is suspended", "are suspended"),
    "cancelled": ("cancelled", "is cancelled", "are cancelled"),
    "unknown": ("unknown", "is unknown", "are unknown"),
}
_PRODUCTS = {
    "shell": "shell_body",
    "explosive": "explosive",
    "charge": "charge",
    "powder": "propellant",
    "fuze": "fuze",
}


@remember
def write_term_fact(model: Model, key: str) -> str:
    """What a term comes to today, in a sentence; "" where no figure belongs to it."""
    return _FACTS[key](model) if key in _FACTS else ""


def _read_baseline(model: Model) -> Reading:
    return read_outlook(model, Scenario(), DEFAULT_MONTH)


def _count_product(model: Model, key: str) -> str:
    lines = list_statuses(model.record)
    count = count_lines(model.record, lines=lines[lines["product"] == _PRODUCTS[key]])
    product = PRODUCTS[_PRODUCTS[key]].lower()
    return f"{say_count(count)} on record {_say_verb(count.number, 'makes', 'make')} {product}."


def _count_status(model: Model, key: str) -> str:
    status, one, several = _STATUS_WORDS[key]
    count = count_lines(model.record, statuses=[status])
    if not count.number:
        return f"Today no line on record {one}."
    return f"Today {say_count(count)} on record {_say_verb(count.number, one, several)}."


def _say_verb(number: int, one: str, several: str) -> str:
    return one if number == 1 else several


def _say_output(model: Model) -> str:
    reading = _read_baseline(model)
    return f"Most likely pace in {_MONTH}: {say_rounds(reading.rounds)} rounds a year."


def _say_capacity(model: Model) -> str:
    reading = _read_baseline(model)
    return (
        f"In {_MONTH} it is most likely {say_rounds(reading.nameplate)} rounds a year; "
        f"the pace of output is {say_rounds(reading.rounds)}."
    )


def _say_bottleneck(model: Model) -> str:
    reading = _read_baseline(model)
    share = reading.shares[reading.bottleneck]
    return (
        f"In {_MONTH} it is most often {name_stages(model.record)[reading.bottleneck]}, by our assumptions: "
        f"in {say_percent(share)} of runs."
    )


def _say_baseline(model: Model) -> str:
    tonnes = round(estimate_baseline_tonnes(model, DEFAULT_MONTH)[1], -2)
    return f"100 % = the nitrocellulose now expected for 155 mm: {tonnes:,.0f} t in {DEFAULT_MONTH[:4]}."


def _say_supply(model: Model) -> str:
    tonnes = round(estimate_baseline_tonnes(model, DEFAULT_MONTH)[1], -2)
    return f"We expect about {tonnes:,.0f} t of it for 155 mm in {DEFAULT_MONTH[:4]}."


def _say_fibre_share(model: Model) -> str:
    share = _read_baseline(model).shares.get("cellulose", 0.0)
    return f"In {_MONTH} it limits output in {say_chance(share)} of runs, by our assumptions."


def _say_median(model: Model) -> str:
    return f"In {_MONTH} half of our runs have a pace above {say_rounds(_read_baseline(model).rounds)} rounds a year."


def _say_range(model: Model) -> str:
    reading = _read_baseline(model)
    return f"In {_MONTH}: {say_rounds_range(reading.p10, reading.p90)} rounds a year."


def _say_figure_range(model: Model) -> str:
    reading = _read_baseline(model)
    return f"In {_MONTH}: {say_rounds_range(reading.figure_p10, reading.figure_p90)} rounds a year."


def _say_odds(model: Model) -> str:
    targets = compute_target_odds(model, Scenario(), DEFAULT_MONTH)
    for target_id, odds in zip(targets["target_id"], targets["odds"], strict=True):
        if target_id == "million":
            return f"A million rounds a year in {_MONTH}: {say_chance(odds)}."
    return ""


def _count_estimates(model: Model) -> str:
    estimates = model.record.estimates
    made = estimates[estimates["actor"] == "RU"].groupby("estimate_id")["made"].first()
    with_old = int((made == "refurbished").sum())
    return f"Of {count_words(len(made), 'estimate')} of Russia on record, {with_old} {_say_verb(with_old, 'counts', 'count')} them in."


def _count_calibres(model: Model) -> str:
    estimates = model.record.estimates
    calibres = estimates[estimates["actor"] == "RU"].groupby("estimate_id")["calibres"].first()
    alone = int((calibres == "155").sum())
    return (
        f"Of {count_words(len(calibres), 'estimate')} of Russia on record, "
        f"{alone} {_say_verb(alone, 'counts', 'count')} its 152 mm alone."
    )


def _count_plants(model: Model) -> str:
    lines, sites = count_lines(model.record), count_lines(model.record, "sites")
    plants = count_words(sites.number, "plant")
    return f"The record has {say_count(lines)} at {plants}."


def _count_late(model: Model) -> str:
    count = count_lines(model.record, flag="late")
    return f"Today {say_count(count)} on record {_say_verb(count.number, 'is', 'are')} late."


def _count_inferred(model: Model) -> str:
    lines = list_statuses(model.record)
    inferred = int((lines["inferred"] & (lines["status"] != "not yet reported")).sum())
    return f"Today the status of {count_words(inferred, 'line')} is inferred."


def _count_assumptions(model: Model) -> str:
    kinds = model.record.assumptions["kind"]
    return f"The model rests on {count_words(int((kinds == 'model').sum()), 'assumption')}."


def _count_runs(model: Model) -> str:
    return f"Every band on these pages stands on {count_words(model.draws, 'run')}."


def _count_confidence(model: Model) -> str:
    grades = [*model.record.events["confidence"], *model.record.claims["confidence"]]
    firm = count_words(grades.count("A"), "report")
    return f"{firm} on record are A, and {grades.count('C'):,} are C."


def _count_track(model: Model) -> str:
    inside = score_forecasts(list_track(model.record)).inside80
    if not inside.number:
        return ""
    return f"{inside.hits} of {count_words(inside.number, 'later figure')} fell inside."


_FACTS: dict[str, Callable[[Model], str]] = {
    "round": _say_output,
    **{key: partial(_count_product, key=key) for key in _PRODUCTS},
    "nitrocellulose": _say_supply,
    "fibre": _say_fibre_share,
    "calibre": _count_calibres,
    "output": _say_output,
    "capacity": _say_capacity,
    "bottleneck": _say_bottleneck,
    "baseline": _say_baseline,
    "refurbished": _count_estimates,
    "plant": _count_plants,
    **{key: partial(_count_status, key=key) for key in _STATUS_WORDS},
    "late": _count_late,
    "assumption": _count_assumptions,
    "run": _count_runs,
    "median": _say_median,
    "likely-range": _say_range,
    "published-figure": _say_figure_range,
    "odds": _say_odds,
    "confidence": _count_confidence,
    "inferred": _count_inferred,
    "track-record": _count_track,
}
