"""What became of public targets: how many were met on time, how much of what was promised came, and
how late.

Only a target whose outcome is known counts as met or not. Due and silent, disputed and not yet due
stand apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ramp155.base.memory import remember
from ramp155.record.dates import first_day, last_day
from ramp155.record.records import Records

KNOWN_OUTCOMES = ("met", "met late", "not met", "moved before due")
# Whose own making was promised: not what was bought abroad, nor what the EU pledged for all.
MAKING_KINDS = ("maker", "government", "us")
_KIND_OF_SUBJECT = {"EU": "eu", "US": "us", "RU": "russia"}
_CONFIDENCE_LEVEL = 0.9


@dataclass(frozen=True)
class Tally:
    """What became of some targets.

    `known` counts those whose outcome is known, `met` those of them met on time; `share` is met of known
    with its 90 % interval from `low` to `high` (Wilson 1927; from 0 to 1, NaN where none is known). `late`,
    `not_met` and `moved` are the others of known; `silent`, `pending` and `disputed` stand beside them.
    `measured` counts those of known with numbers on both sides, `median_ratio` is the median of what came
    over what was promised (1 = all of it, NaN where nothing was measured).
    """

    known: int
    met: int
    share: float
    low: float
    high: float
    late: int
    not_met: int
    moved: int
    silent: int
    pending: int
    disputed: int
    measured: int
    median_ratio: float


@remember
def list_targets(records: Records) -> pd.DataFrame:
    """Every target with what became of it, in the table's order.

    Columns of `targets_outcomes`, and: is_known; ratio (what came over what was promised, 1 = all of it,
    NaN unless the outcome is known and both sides have numbers); months_late (whole months from the due
    date to the day it came or the last word that it had not, at least; NaN where it was met or no later
    word is on record).
    """
    targets = records.targets_outcomes
    is_known = targets["outcome"].isin(KNOWN_OUTCOMES)
    ratios = (targets["came"] / targets["target"]).where(is_known)
    months_late = [
        _count_months_late(due, came_on) if outcome in ("met late", "not met") else float("nan")
        for due, came_on, outcome in zip(
            targets["due"], targets["came_on"], targets["outcome"], strict=True
        )
    ]
    return targets.assign(is_known=is_known, ratio=ratios, months_late=months_late)


def list_western_targets(records: Records) -> pd.DataFrame:
    """The targets of `list_targets` that count as western: all but Russia's."""
    targets = list_targets(records)
    return targets[targets["western"] == "yes"].reset_index(drop=True)


def _count_months_late(due: str, came_on: str) -> float:
    """Whole months that a day lies after a due date, at least; NaN where it does not or is blank."""
    if not came_on:
        return float("nan")
    due_day, came_day = last_day(due), first_day(came_on)
    months = (came_day.year - due_day.year) * 12 + came_day.month - due_day.month
    return float(months) if months > 0 else float("nan")


def tally_targets(targets: pd.DataFrame) -> Tally:
    """Count what became of targets.

    Parameters
    ----------
    targets : DataFrame
        Rows of `list_targets`.

    Returns
    -------
    Tally
        Counts of targets, and shares from 0 to 1.
    """
    counts = targets["outcome"].value_counts()
    known = sum(int(counts.get(outcome, 0)) for outcome in KNOWN_OUTCOMES)
    met = int(counts.get("met", 0))
    low, high = _find_wilson_interval(met, known)
    ratios = targets["ratio"].dropna()
    return Tally(
        known=known,
        met=met,
        share=met / known if known else float("nan"),
        low=low,
        high=high,
        late=int(counts.get("met late", 0)),
        not_met=int(counts.get("not met", 0)),
        moved=int(counts.get("moved before due", 0)),
        silent=int(counts.get("no report", 0)),
        pending=int(counts.get("pending", 0)),
        disputed=int(counts.get("disputed", 0)),
        measured=len(ratios),
        median_ratio=float(ratios.median()) if len(ratios) else float("nan"),
    )


def _find_wilson_interval(met: int, known: int) -> tuple[float, float]:
    if not known:
        return float("nan"), float("nan")
    from scipy import stats  # here only: it costs most of a second

    interval = stats.binomtest(met, known).proportion_ci(_CONFIDENCE_LEVEL, method="wilson")
    return float(interval.low), float(interval.high)


def drop_restated_targets(targets: pd.DataFrame) -> pd.DataFrame:
    """Targets of known outcome with each that was said anew counted once, by the last time it was said.

    Rows that share a `programme` restate one target; a blank one shares it with none.

    Parameters
    ----------
    targets : DataFrame
        Rows of `list_targets`.

    Returns
    -------
    DataFrame
        The rows that are left, in their order.
    """
    known = targets[targets["is_known"]]
    in_order = known.sort_values("said_on", kind="stable")
    is_restated = (in_order["programme"] != "") & in_order.duplicated("programme", keep="last")
    return known[~is_restated.reindex(known.index)]


@remember
def group_targets(records: Records) -> pd.DataFrame:
    """What became of the targets of each kind of speaker, most known outcomes first.

    Columns: speaker_kind, and those of `Tally`.
    """
    group_rows = [
        {"speaker_kind": kind, **vars(tally_targets(targets))}
        for kind, targets in list_targets(records).groupby("speaker_kind")
    ]
    groups = pd.DataFrame(group_rows, columns=["speaker_kind", *Tally.__dataclass_fields__])
    by_size = groups.sort_values(["known", "speaker_kind"], ascending=[False, True])
    return by_size.reset_index(drop=True)


def find_target_kind(records: Records, claim_ids: str) -> str:
    """The kind of speaker that a standing target of `targets` is of, by its first claim; blank for no kind."""
    first_claim = claim_ids.split()[0]
    return _KIND_OF_SUBJECT.get(records.claim(first_claim).subject, "")
