"""How good the forecasts were, in words: figures inside their ranges, misses beside simpler rules, and the jump that was missed."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from ramp155.answers.track.archive import Release
from ramp155.answers.track.forecasts import list_series_track, read_released_track
from ramp155.answers.track.groups import (
    GROUPS,
    SPOKEN_GROUPS,
    name_groups,
    select_jump,
)
from ramp155.answers.track.score import Score, Share, score_forecasts
from ramp155.base.memory import remember, remember_asset
from ramp155.model.forecast.growth import Growth
from ramp155.record.records import Records
from ramp155.text.numbers import count_words, join_words, say_percent

RIVAL_NAMES = {
    "persistence": "Nothing changes",
    "line": "A straight line through what was known",
    "promises": "Every promise is kept in full",
}
MEANT = 0.8  # share of figures that the likely range is meant to hold


def write_track_title(forecasts: pd.DataFrame) -> str:
    """How many later figures the likely range held: the finding."""
    inside = score_forecasts(forecasts).inside80
    if not inside.number:
        return "No forecast of the past can be checked yet"
    return f"Of {count_words(inside.number, 'later figure')} {inside.hits} fell inside the range meant to hold 8 of 10"


def write_track_reading(forecasts: pd.DataFrame) -> str:
    """How the test is made, and where it failed."""
    cutoffs = forecasts["cutoff"]
    if cutoffs.empty:
        return "No figure was reported after a day on which it could have been forecast."
    is_forecast_whole = (forecasts["kind"] == "europe").any()
    sentences = [
        f"Every half-year from {cutoffs.min()[:4]} to {cutoffs.max()[:4]} we forecast again, with only what had been said by then.",
        "Europe is forecast as today, other series by the rule of growth."
        if is_forecast_whole
        else "",
        write_jump(forecasts),
    ]
    return " ".join(filter(None, sentences))


def write_jump(forecasts: pd.DataFrame) -> str:
    """The miss that most misses of Europe's capacity come from; blank where nothing of it is on record."""
    is_jump = select_jump(forecasts)
    jump = score_forecasts(forecasts[is_jump]).inside80
    if not jump.number:
        return ""
    is_capacity = name_groups(forecasts) == "europe_nameplate"
    others = score_forecasts(forecasts[is_capacity & ~is_jump]).inside80
    rest = f" All other capacity figures: {_say_hits(others)} inside." if others.number else ""
    missed = jump.hits < jump.number * MEANT
    return (
        "The forecasts missed the jump of January 2024, when officials named three times as much capacity for Europe as before. "
        if missed
        else ""
    ) + f"Of later capacity figures forecast before it, {_say_hits(jump)} lay inside.{rest}"


def write_misses(forecasts: pd.DataFrame) -> str:
    """For whose figures the forecast misses less than each simpler rule does on average, and for whose it does not."""
    groups = name_groups(forecasts)
    won_groups: list[str] = []
    lost: list[str] = []
    for group in GROUPS:
        score = score_forecasts(forecasts[groups == group])
        run = {rule: miss for rule, miss in score.rivals.items() if not math.isnan(miss)}
        if not run or math.isnan(score.crps):
            continue
        better = [rule for rule, miss in run.items() if miss < score.crps]
        if better:
            best = min(better, key=lambda rule: run[rule])
            lost.append(
                f"For {SPOKEN_GROUPS[group]} a simpler rule misses less: {_lower(RIVAL_NAMES[best])}."
            )
        else:
            won_groups.append(SPOKEN_GROUPS[group])
    won = (
        f"Our forecast misses less than every simpler rule for {join_words(won_groups)}."
        if won_groups
        else ""
    )
    return " ".join(filter(None, [won, *lost]))


def write_share(share: Share) -> str:
    """A share of figures inside, with the range that chance alone leaves open; a dash where there is none."""
    if not share.number:
        return "-"
    return f"{share.hits} of {share.number}: {say_percent(share.share)} ({share.low * 100:.0f} to {share.high * 100:.0f})"


def write_bounds(bounds: Share) -> str:
    """How many reports only say at most or at least, and how many of them agree; blank where there is none."""
    if not bounds.number:
        return ""
    if bounds.number == 1:
        agrees = "agrees" if bounds.hits else "does not agree"
        return f"Not drawn: 1 report that only says 'at most' or 'at least'; it {agrees} with the forecast, which is easily done."
    return (
        f"Not drawn: {bounds.number} reports that only say 'at most' or 'at least'. With {bounds.hits} of them the forecast "
        "agrees, which is easily done."
    )


def write_growth_rule(growth: Growth) -> str:
    """What the growth rule does, and what it has learned by a day."""
    pace, drift = growth.coefficients
    return (
        f"We count on {say_percent(pace)} of promised growth by its date, and on {say_percent(math.expm1(drift))} a year on top, "
        "less later. Both, and the width of the range, are learned from our earlier forecasts."
    )


@remember
def write_track_line(records: Records) -> str:
    """One line for under a forecast: how such forecasts did. It asks for nothing that takes long.

    Europe's part is that of the last release; where none is kept, other series are counted.
    """
    europe = read_released_track()
    groups = name_groups(europe)
    output = score_forecasts(europe[groups == "europe_output"]).inside80
    capacity = score_forecasts(europe[groups == "europe_nameplate"]).inside80
    sentences = []
    if output.number:
        sentences.append(f"the range held {_say_hits(output)} later figures of Europe's output.")
    if capacity.number:
        jump = score_forecasts(europe[select_jump(europe)]).inside80
        missed = jump.number and jump.hits < jump.number * MEANT
        why = ": it missed the jump of January 2024" if missed else ""
        sentences.append(f"Of its capacity {_say_hits(capacity)}{why}.")
    if not sentences:
        others = score_forecasts(list_series_track(records)).inside80
        if not others.number:
            return ""
        sentences.append(
            f"the range held {_say_hits(others)} later figures of series other than Europe's."
        )
    return "Tested on the past: " + " ".join(sentences)


@remember_asset
def write_short_track() -> str:
    """How forecasts of Europe's output did, in few words, for the source line of a picture of it; blank where none was checked."""
    europe = read_released_track()
    inside = score_forecasts(europe[name_groups(europe) == "europe_output"]).inside80
    if not inside.number:
        return ""
    return f"Such ranges held {_say_hits(inside)} past figures of Europe's output."


def write_dates(dates: pd.DataFrame) -> str:
    """How many promised dates came within the range of delays known then."""
    checked = dates["hit"].dropna()
    if checked.empty:
        return "No date promised by then has come or passed its range."
    silent = int((dates["state"] == "long overdue, no report").sum())
    return (
        f"Of {count_words(len(checked), 'date')} promised by the end of 2022, 2023 or 2024, {int(checked.sum())} came within "
        f"the delays known then; that range is meant to hold 8 of 10. {count_words(silent, 'more date')} passed it without a word."
    )


def say_cutoff(cutoff: str) -> str:
    """2023-12-31 -> end of 2023, 2023-06-30 -> mid-2023."""
    ends = {"12-31": "end of {}", "06-30": "mid-{}"}
    return ends.get(cutoff[5:], "{}").format(cutoff[:4] if cutoff[5:] in ends else cutoff)


def write_releases(judged: pd.DataFrame, releases: Sequence[Release]) -> str:
    """How the forecasts of earlier releases did, or why nothing can be said yet."""
    if not releases:
        return "No release has archived a forecast yet, so there is none to judge."
    archived = f"{count_words(len(releases), 'release')} archived a forecast, the first made on {releases[0].made_on}."
    score = score_forecasts(judged)
    if not score.inside80.number:
        return f"{archived} No figure of theirs was reported since: nothing to judge yet."
    return (
        f"{archived} Of {count_words(score.inside80.number, 'figure')} reported since, {score.inside80.hits} "
        f"fell inside the range meant to hold 8 of 10. {_say_rivals(score)}"
    )


def _say_rivals(score: Score) -> str:
    """The average miss beside the best simpler rule's."""
    run = {rule: miss for rule, miss in score.rivals.items() if not math.isnan(miss)}
    if not run:
        return ""
    rule = min(run, key=lambda name: run[name])
    return f"Average miss: {score.crps:.2f}, against {score.rivals[rule]:.2f} for '{_lower(RIVAL_NAMES[rule])}'."


def _say_hits(share: Share) -> str:
    return f"{share.hits} of {share.number}"


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]
