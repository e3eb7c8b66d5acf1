"""Judged statements as lines of a list, and how many of them hold."""

from __future__ import annotations

from collections.abc import Sequence

from ramp155.answers.verdicts.verdict import CIRCULAR, VERDICT_GROUPS, Verdict, name_verdict
from ramp155.text.numbers import count_words, say_chance
from ramp155.text.signs import VERDICT_SIGNS


def find_verdict_group(verdict_word: str) -> str:
    """The group a verdict is listed in: what is mostly so stands with what is so."""
    return next(group for group, words in VERDICT_GROUPS.items() if verdict_word in words)


def write_group_head(group: str) -> str:
    """A group's head: sign and word."""
    return f"{VERDICT_SIGNS[group].glyph} {group.capitalize()}"


def write_verdict_label(verdict: Verdict) -> str:
    """A statement's line in the list: sign, who said it, what, and how sure the verdict is."""
    glyph = VERDICT_SIGNS[find_verdict_group(verdict.verdict)].glyph
    parts = [f"{glyph} {verdict.who}: {verdict.statement}", write_weight(verdict)]
    return " · ".join(part for part in parts if part)


def write_weight(verdict: Verdict) -> str:
    """How sure a verdict is: by how many named estimates, else its odds; for one that repeats our inputs what they say."""
    group = find_verdict_group(verdict.verdict)
    if group == CIRCULAR:
        return f"our inputs {_say_leaning(verdict.odds)}"
    if verdict.known_count is None or verdict.agreeing_count is None:
        odds = "?" if verdict.odds is None else say_chance(verdict.odds)
        return odds.replace(" ", "\u00a0")
    estimates = count_words(verdict.known_count, "estimate")
    if group == "undecided":
        return f"{verdict.agreeing_count} of {estimates} agree"
    bearing_count = verdict.agreeing_count
    if group == "contradicted":
        bearing_count = verdict.known_count - verdict.agreeing_count
    return f"{group} by {bearing_count} of {estimates}"


def _say_leaning(odds: float | None) -> str:
    """What our own inputs say of a statement."""
    words = {"supported": "say yes", "contradicted": "say no", "undecided": "leave it open"}
    return words[name_verdict(float("nan") if odds is None else odds)]


def write_verdicts_title(
    judged: Sequence[Verdict], speaker: str = "", is_searched: bool = False
) -> str:
    """How many statements hold, of all or of those that speaker and search leave."""
    by_whom = f" by {speaker}" if speaker else ""
    scope = f"{by_whom}{' that fit the search' if is_searched else ''}"
    groups = [find_verdict_group(verdict.verdict) for verdict in judged]
    if not groups:
        return f"There are no public statements{scope}"
    if len(groups) == 1:
        verb = "" if groups[0] == CIRCULAR else "it is "
        return f"{judged[0].who}, one statement: {verb}{judged[0].verdict}"
    contradicted, supported = (groups.count(group) for group in ("contradicted", "supported"))
    rest = "; the rest are undecided or only repeat what we put in"
    return (
        f"Of {count_words(len(judged), 'public statement')}{scope} {contradicted} "
        f"{'is' if contradicted == 1 else 'are'} contradicted and {supported} "
        f"{'is' if supported == 1 else 'are'} supported{rest if contradicted + supported < len(judged) else ''}"
    )
