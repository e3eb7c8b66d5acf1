"""The board of lines in words: what a group of them comes to, its finding, the dates of a line, and
how late it is.

What follows the month in the browser is filled in there from the same patterns (`BOARD_PATTERNS`): a
pattern has a form for one and one for several.
"""

from __future__ import annotations

from ramp155.answers.ramp_ups import DateMark, GroupCount, RampUp, tally_promised_dates
from ramp155.answers.targets import list_western_targets, tally_targets
from ramp155.base.memory import remember
from ramp155.history.standing.rules import STATUS_RULE_WORDS
from ramp155.history.status import STATUS_FLAGS
from ramp155.record.records import Records
from ramp155.text.months import say_step
from ramp155.text.numbers import count_words, say_amount, say_date, say_short_month

# The form for one, and the form for several.
BOARD_PATTERNS = {
    "lines": ("1 line", "{number} lines"),
    "deliver": ("1 delivers", "{number} deliver"),
    "late": ("1 late by {months}", "{number} late, half by {months} or more"),
    "are late": (
        "1 of {lines} is late, by {months}",
        "{number} of {lines} are late, half of them by {months} or more",
    ),
    "late lines": (
        "1 line is late, by {months}",
        "{number} lines are late, half of them by {months} or more",
    ),
    "months": ("1 month", "{number} months"),
    "late by": ("late by {months}", "late by {months}"),
    "came late": ("came {months} late", "came {months} late"),
}
# Where there is none of it.
NONE_WORDS = {
    "deliver": "none delivers",
    "late": "none late",
    "are late": "none of {lines} is late",
    "months": "under a month",
    "lines": "no line reported by then",
}
MILESTONE_NAMES = {
    "groundbreaking": "groundbreaking",
    "opened": "opening",
    "first_output": "first output",
    "full_rate": "full rate",
}
# What the small marks beside a status mean, by flag; silence is a reason to infer like any other.
MARK_MEANINGS = {
    "one report": STATUS_FLAGS["one report"],
    "inferred": STATUS_FLAGS["inferred"],
    "no recent news": STATUS_FLAGS["no recent news"],
    "bad news since": STATUS_FLAGS["bad news since"],
}
DELIVER_NOTE = "Deliver: output is reported as made, or the line runs as before 2022."
BAR_NOTE = "A bar begins where the line was first reported, before 2022 at the left edge, and fills up from announced to delivering."
_DATE_PHRASES = {
    "earlier promise": "first promised for {date}, since moved",
    "promise": "promised for {date}",
    "delivery": "came {date}",
}


def fill_pattern(name: str, number: int, **parts: str) -> str:
    """A pattern of `BOARD_PATTERNS` for a number of things.

    Parameters
    ----------
    name : str
        Of the pattern.
    number : int
        How many things, or months.
    **parts : str
        What else stands in it.
    """
    one, several = BOARD_PATTERNS[name]
    form = NONE_WORDS[name] if number == 0 and name in NONE_WORDS else one
    return (form if number in (0, 1) else several).format(number=f"{number:,}", **parts)


def write_board_title(count: GroupCount, late_only: bool = False) -> str:
    """How many of some lines are late, and by how much in the middle: the finding; `late_only`: all of them are."""
    if not count.lines:
        return NONE_WORDS["lines"]
    months = fill_pattern("months", count.middle_months)
    lines = fill_pattern("lines", count.lines)
    pattern = "late lines" if late_only else "are late"
    return fill_pattern(pattern, count.late, lines=lines, months=months)


def say_lateness(late: str, months: float) -> str:
    """How late a line is or came: "late by 9 months", "came 5 months late"; "" for neither.

    Parameters
    ----------
    late : str
        Column late of `list_statuses`.
    months : float
        Months late, at least.
    """
    if not late:
        return ""
    pattern = "late by" if late == "late" else "came late"
    return fill_pattern(pattern, 1, months=fill_pattern("months", int(months)))


def say_awaited(ramp_up: RampUp) -> str:
    """What is promised of a line: "first output Jan 2027", "was to open Jul 2025"; "" for nothing."""
    if not ramp_up.next_date:
        return ""
    state = "due" if ramp_up.next_is_due else "coming"
    return say_step(ramp_up.next_milestone, ramp_up.next_date, state)


def say_first_promise(ramp_up: RampUp) -> str:
    """When that was first promised for, where it was moved: "Jun 2026"; else ""."""
    date = ramp_up.next_first
    if date in ("", ramp_up.next_date):
        return ""
    return say_short_month(date[:7]) if len(date) > 4 else date


def say_done(ramp_up: RampUp) -> str:
    """The furthest dated step that was delivered: "opened Aug 2025"; "" for none."""
    return (
        say_step(ramp_up.done_milestone, ramp_up.done_date, "reached") if ramp_up.done_date else ""
    )


def say_rate(ramp_up: RampUp) -> str:
    """What a line makes or is to make: "50,000 modules a year, promised"; "" where no rate is reported."""
    if ramp_up.rate is None:
        return ""
    unit = ramp_up.unit.removesuffix("/yr")
    kind = {"output": "made", "capacity": "capacity", "promised": "promised"}
    return f"{say_amount(ramp_up.rate)} {unit} a year, {kind[ramp_up.rate_counts]}"


def say_date_mark(mark: DateMark, who: str, said_on: str, confidence: str) -> str:
    """A date of a line with who says so and how sure that is."""
    what = MILESTONE_NAMES[mark.milestone].capitalize()
    phrase = _DATE_PHRASES[mark.kind].format(date=_say_month(mark.date))
    return f"{what} {phrase} ({_say_source(who, said_on, confidence)})"


def say_proof(rule: str, who: str, said_on: str, confidence: str) -> str:
    """The rule that decides a status, with who says so and how sure that is; `who` "" where no report does."""
    words = STATUS_RULE_WORDS.get(rule, "")
    return (
        f"{words.rstrip('.')} ({_say_source(who, said_on, confidence)})" if words and who else words
    )


# The one sentence that keeps two counts apart, wherever one of them stands.
MET_AND_SLIPPED = "Met means that the first promise was kept; slipped means late by two months or more, counted only where a second date says so."


@remember
def write_reference_class(records: Records) -> str:
    """How many public targets and promised dates of lines were met on time: what to expect of the next one."""
    targets = tally_targets(list_western_targets(records))
    dates = tally_promised_dates(records)
    if not targets.known or not dates.known:
        return "No target or promised date on record has a known outcome yet."
    return (
        f"Of {count_words(targets.known, 'public target')} with a known outcome {targets.met} "
        f"{_say_were(targets.met)} met on time. Of {count_words(dates.known, 'promised date')} of lines that came, passed or "
        f"moved, {dates.met} {_say_were(dates.met)}. {MET_AND_SLIPPED}"
    )


REFERENCE_CAUTION = (
    "A slip makes news and a kept promise often does not, so misses are over-represented."
)


def _say_source(who: str, said_on: str, confidence: str) -> str:
    said = f"said {say_date(said_on[:7])}" if said_on[:1].isdigit() else "undated"
    return f"{who}, {said}, confidence {confidence}"


def _say_were(count: int) -> str:
    return "was" if count == 1 else "were"


def _say_month(date: str) -> str:
    """A date of the record in words, to the month."""
    return say_date(date[:7])
