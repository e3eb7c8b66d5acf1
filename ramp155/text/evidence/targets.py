"""What became of public targets, in words."""

from __future__ import annotations

from ramp155.answers.targets import (
    MAKING_KINDS,
    drop_restated_targets,
    list_targets,
    list_western_targets,
    tally_targets,
)
from ramp155.base.memory import remember
from ramp155.record.records import Records
from ramp155.text.numbers import count_words, say_percent

_SMALL_NUMBERS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_KIND_TARGETS = {
    "eu": ("EU target", "EU targets", "met on time"),
    "us": ("US target", "US targets", "met on time"),
    "russia": (
        "figure foreseen for Russia",
        "figures foreseen for Russia",
        "reached in time, by estimates",
    ),
}


def write_targets_title(records: Records) -> str:
    """How many western targets were met on time: the finding."""
    tally = tally_targets(list_western_targets(records))
    if not tally.known:
        return "No outcome of a western target is on record"
    targets = count_words(tally.known, "western target")
    return f"Of {targets} with a known outcome {tally.met} {_say_were(tally.met)} met on time{_say_odds(tally.share)}"


def write_targets_reading(records: Records) -> str:
    """How sure that is, for whom it holds, and how much of what was promised came."""
    western = list_western_targets(records)
    tally = tally_targets(western)
    if not tally.known:
        return "No target on record has a known outcome yet."
    making = tally_targets(western[western["speaker_kind"].isin(MAKING_KINDS)])
    sentences = [
        f"With so few cases the true share may be {say_percent(tally.low)} to {say_percent(tally.high)} (9 times in 10).",
        f"Without purchases and the EU, makers and governments met {making.met} of {making.known} on time.",
    ]
    if tally.measured:
        sentences.append(
            f"Where both sides are in numbers ({count_words(tally.measured, 'target')}), half came to "
            f"{say_percent(tally.median_ratio)} of the promise or less."
        )
    return " ".join(sentences)


def write_targets_cautions(records: Records) -> str:
    """What these counts leave out, and why they may look worse than the truth."""
    western = list_western_targets(records)
    tally = tally_targets(western)
    once = tally_targets(drop_restated_targets(western))
    return (
        f"{count_words(tally.silent, 'more target')} fell due with nothing reported: likely misses, not counted. "
        f"{tally.disputed} are disputed and count neither way. A slip makes news and a kept promise often does not, so misses are "
        f"over-represented. Many US rows repeat one target. With each counted once, {once.met} of {once.known} were met on time."
    )


@remember
def write_kind_outcome(records: Records, kind: str) -> str:
    """What targets of one kind of speaker came to, in a sentence; blank where no outcome is known."""
    targets = list_targets(records)
    tally = tally_targets(targets[targets["speaker_kind"] == kind])
    if kind not in _KIND_TARGETS or not tally.known:
        return ""
    one, several, what_became = _KIND_TARGETS[kind]
    return (
        f"Of {count_words(tally.known, one, several)} with a known outcome {tally.met} "
        f"{_say_were(tally.met)} {what_became}."
    )


def _say_odds(share: float) -> str:
    """A share as one in so many, where it is at most a half; else blank."""
    if not 0 < share <= 0.5:
        return ""
    parts = round(1 / share)
    words = _SMALL_NUMBERS[parts - 2] if parts <= len(_SMALL_NUMBERS) + 1 else f"{parts}"
    return f", about one in {words}"


def _say_were(count: int) -> str:
    return "was" if count == 1 else "were"
