"""Stages of the chain as they are called on screen, and the tightest ones in words that admit
doubt.
"""

from __future__ import annotations

from ramp155.base.memory import remember
from ramp155.record.records import Records
from ramp155.text.numbers import join_words


@remember
def name_stages(records: Records) -> dict[str, str]:
    """stage -> what it is called on screen."""
    return dict(zip(records.stages["stage"], records.stages["label"], strict=True))


def say_tightest_stages(records: Records, shares: dict[str, float]) -> str:
    """What binds, in words that admit doubt: every stage needed to cover seven draws in ten.

    Parameters
    ----------
    records : Records
        Where the stages' names are.
    shares : dict of str to float
        stage -> share of draws in which it binds, 0 to 1, most frequent first.
    """
    stage_names, covered = [], 0.0
    for stage, share in shares.items():
        stage_names.append(name_stages(records)[stage])
        covered += share
        if covered >= 0.7:
            break
    return join_words(stage_names, "or")
