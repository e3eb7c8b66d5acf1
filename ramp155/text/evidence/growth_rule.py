"""How good the growth rule is, in words: figures inside its bands, and its score beside simpler rules."""

from __future__ import annotations

import math

import pandas as pd

from ramp155.model.forecast.growth import Growth
from ramp155.model.forecast.panel import KINDS
from ramp155.model.forecast.track import Share, score_rules
from ramp155.text.numbers import join_words, say_percent

RULE_NAMES = {
    "growth_rule": "The growth rule",
    "promises": "Every promise is kept in full",
    "persistence": "Nothing changes",
    "line": "A straight line through what was known",
}


def write_track_title(forecasts: pd.DataFrame) -> str:
    """How many later figures the growth rule's band held, in a sentence for a heading."""
    of_rule = forecasts[forecasts["rule"] == "growth_rule"]
    return (
        f"Tested on {of_rule['series'].nunique()} series: {of_rule['hit80'].sum()} of {len(of_rule)} later figures "
        "fell inside the 80 % band"
    )


def write_share(share: Share) -> str:
    """A share of figures, with the range that chance alone leaves open."""
    return f"{say_percent(share.share)} ({share.low * 100:.0f} to {share.high * 100:.0f})"


def write_growth_rule(growth: Growth) -> str:
    """What the growth rule does, and what it has learned by a day."""
    pace, drift = growth.coefficients
    return (
        "The growth rule forecasts the rates that firms, nations and officials report. Every half-year from the end of 2022 it "
        "uses only what was said by then. A rate grows by a part of what is promised, and a little without any promise. "
        "The rule learns how much from its own earlier forecasts, and from their misses how wide its band must be. "
        f"By now it counts on {say_percent(pace)} of the promised growth by its date. "
        f"On top comes growth of {say_percent(math.expm1(drift))} a year at first, and less later."
    )


def write_scores(forecasts: pd.DataFrame) -> str:
    """For which kinds of series the growth rule misses least, and for which a simpler rule does."""
    best_rules = {}
    for kind, forecasts_of_kind in forecasts.groupby("kind"):
        scores = score_rules(forecasts_of_kind)
        best_rules[kind] = min(scores, key=lambda rule: scores[rule].crps)
    winning = [KINDS[kind] for kind in KINDS if best_rules.get(kind) == "growth_rule"]
    sentences = [f"The growth rule misses least for {join_words(winning)}."] if winning else []
    sentences += [
        f"For {KINDS[kind]} a simpler rule misses less: {RULE_NAMES[best_rules[kind]].lower()}."
        for kind in KINDS
        if best_rules.get(kind, "growth_rule") != "growth_rule"
    ]
    return " ".join(sentences)
