"""The locks in words: whether one stage, two or more hold output back, and what raising them adds.

Which stage limits output follows from assumptions, so every sentence here says so.
"""

from __future__ import annotations

from collections.abc import Hashable

import pandas as pd

from ramp155.answers.stages.locks import Locks, find_worthy_gain, rank_limits
from ramp155.answers.stages.said import list_bottleneck_claims
from ramp155.record.records import Records
from ramp155.text.numbers import join_words, say_date, say_month, say_percent, say_rounds
from ramp155.text.speakers import find_speaker
from ramp155.text.stages import name_stages

NO_GAIN = "nothing"


def write_locks(records: Records, locks: Locks) -> str:
    """What raising one stage or two adds, with what it rests on.

    Parameters
    ----------
    records : Records
        Where the stages' names are.
    locks : Locks
        Rounds a year by stage and by pair.
    """
    stage_names = name_stages(records)
    least, best = find_worthy_gain(locks.output), locks.best
    pair = locks.pairs.iloc[0]
    first, second = (stage_names[pair[side]] for side in ("first", "second"))
    if best["alone_adds_p50"] >= least:
        opening = (
            f"By our assumptions the limit is {stage_names[best['stage']]} in "
            f"{say_percent(best['binds_share'])} of runs: raising that alone adds about "
            f"{say_rounds(best['alone_adds_p50'])} rounds a year"
        )
        if pair["adds_p50"] < best["alone_adds_p50"] + least:
            return f"{opening}, and no second stage adds to that."
        return (
            f"{opening}. Raising {first} and {second} together adds about "
            f"{say_rounds(pair['adds_p50'])}."
        )
    if pair["adds_p50"] >= least:
        gains_share = dict(
            zip(locks.stages["stage"], locks.stages["alone_gains_share"], strict=True)
        )
        return (
            f"By our assumptions more than one stage holds output back. Raising {first} alone adds rounds in "
            f"{say_percent(gains_share[pair['first']])} of runs, {second} alone in "
            f"{say_percent(gains_share[pair['second']])}; in the others it adds nothing, for another stage is the limit. "
            f"Raising both adds rounds in {say_percent(pair['gains_share'])} of runs, about "
            f"{say_rounds(pair['adds_p50'])} a year by the median."
        )
    if locks.month < locks.from_month:
        return (
            f"By our assumptions no stage can be raised in time for {say_month(locks.month)}: what is raised when levers "
            f"begin to act is in finished rounds by {say_month(locks.from_month)}."
        )
    most_often = locks.stages.sort_values("binds_share", ascending=False, kind="stable").head(3)
    named = [stage_names[stage] for stage in most_often["stage"]]
    return (
        "By our assumptions no stage and no pair holds output back: in most runs raising any one or two of them adds "
        f"nothing, for {join_words(named)} would all have to grow."
    )


def write_limits(records: Records, shares: pd.DataFrame, month: str) -> str:
    """Which stages limit output in a month, as shares of runs.

    Parameters
    ----------
    records : Records
        Where the stages' names are.
    shares : DataFrame
        Rows of `share_limits`: month, stage, share (0 to 1).
    month : str
        YYYY-MM.
    """
    of_month = rank_limits(shares, month)
    stage_names = name_stages(records)
    first = of_month.iloc[0]
    opening = (
        f"By our assumptions the limit on output is {stage_names[first['stage']]} in "
        f"{say_percent(first['share'])} of runs in {say_month(month)}"
    )
    if len(of_month) < 2 or of_month["share"].iloc[1] < 0.005:
        return opening
    second = of_month.iloc[1]
    return f"{opening}, {stage_names[second['stage']]} in {say_percent(second['share'])}"


def list_named_claims(records: Records) -> pd.DataFrame:
    """The claims on the bottleneck whose speaker is known by name, not by an office alone.

    Columns of `list_bottleneck_claims`, and speaker and is_one_of (it names several bottlenecks).
    """
    claims = list_bottleneck_claims(records)
    speakers = claims["basis"].map(find_speaker)
    is_name = speakers.map(
        lambda speaker: bool(speaker) and all(word[0].isupper() for word in speaker.split())
    ).astype(bool)
    is_one_of = claims["quantity"] == "asap_named_bottlenecks"
    return claims.assign(speaker=speakers, is_one_of=is_one_of)[is_name]


def write_speakers(records: Records) -> str:
    """Who calls powder or nitrocellulose the bottleneck, as their words; blank where nobody is on record."""
    claims = list_named_claims(records)
    whole, part = (
        join_words(
            _say_speaker(speaker, rows)
            for speaker, rows in claims[claims["is_one_of"] == is_one_of].groupby(
                "speaker", sort=False
            )
        )
        for is_one_of in (False, True)
    )
    called = [
        f"the bottleneck or the greatest challenge by {whole}" if whole else "",
        f"one of several bottlenecks by {part}" if part else "",
    ]
    if not any(called):
        return ""
    return (
        f"**Who says so.** Powder or nitrocellulose is called {'; '.join(filter(None, called))}. These are their words; "
        "our runs do not test them."
    )


def _say_speaker(speaker: Hashable, claims: pd.DataFrame) -> str:
    """Papperger of Rheinmetall (January 2023 and November 2025)."""
    firms = [firm for firm in dict.fromkeys(claims["operator"]) if firm and firm != speaker]
    of_firm = f" of {firms[0]}" if firms else ""
    article = "the " if speaker == "Commission" else ""
    dates = join_words(say_date(day[:7]) for day in dict.fromkeys(claims["reported_on"]))
    return f"{article}{speaker}{of_firm} ({dates})"


def say_gain(rounds: float, output: float) -> str:
    """What a lift adds, in a cell of a table: nothing, or about 240,000.

    Parameters
    ----------
    rounds : float
        What is added, rounds a year.
    output : float
        Output without it, rounds a year.
    """
    return "nothing" if rounds < find_worthy_gain(output) else f"about {say_rounds(rounds)}"
