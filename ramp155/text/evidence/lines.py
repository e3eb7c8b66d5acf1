"""Lines in words: how many are late and where, what was promised of them, and what nobody has said."""

from __future__ import annotations

import pandas as pd

from ramp155.text.headlines.fit import choose_short
from ramp155.text.numbers import count_words, say_rounds

UNSAID_NAMES = {
    "rate": "how much they make or are to make",
    "date": "when they are to be ready",
    "news": "anything for two years",
    "town": "in which town they stand",
}
_UNSAID_SHORT = {
    **{what: f"nobody says {words}" for what, words in UNSAID_NAMES.items()},
    "rate": "nobody says how much they make",
    "news": "nobody has said anything for two years",
}


def write_lateness_title(counts: pd.DataFrame, meant: str = "") -> str:
    """How many lines are late, and where most of them stand.

    Parameters
    ----------
    counts : DataFrame
        Of `count_late_by_country`: counts of lines.
    meant : str
        Which lines, in words, or blank for all.
    """
    late, lines = int(counts["late"].sum()), int(counts["lines"].sum())
    which = f" ({meant})" if meant else ""
    verb = "is" if late == 1 else "are"
    head = f"{late} of {count_words(lines, 'line')}{which} {verb} late"
    most = counts[counts["late"] == counts["late"].max()]["name"]
    if late == 0 or len(counts) < 2 or len(most) > 2:
        return head
    return f"{head}, most of them in {' and in '.join(most)}"


def write_promised_title(sums: pd.DataFrame, meant: str = "") -> str:
    """What filling lines, or where none names a rate others, were promised and are reported to make.

    Parameters
    ----------
    sums : DataFrame
        Columns product, name, reported and promised: rounds a year.
    meant : str
        Whose lines, in words, or blank for all.
    """
    which = f" ({meant})" if meant else ""
    if sums.empty:
        return f"Nobody has said how much these lines{which} make or are to make"
    rounds = sums[sums["product"] == "round"]
    row = (rounds if len(rounds) else sums).iloc[0]
    reported = (
        f"{say_rounds(row['reported'])} reported" if row["reported"] > 0 else "no rate is reported"
    )
    return (
        f"{row['name'].split(' (')[0]}{which}: promised rates are enough for {say_rounds(row['promised'])} "
        f"rounds a year; {reported}"
    )


def write_promised_headline(sums: pd.DataFrame, meant: str = "") -> str:
    """As `write_promised_title`, in at most twelve words; blank where no rate is named.

    Parameters
    ----------
    sums : DataFrame
        Columns product, name, reported and promised: rounds a year.
    meant : str
        Whose lines, in words, or blank for all.
    """
    if sums.empty:
        return ""
    rounds = sums[sums["product"] == "round"]
    row = (rounds if len(rounds) else sums).iloc[0]
    name, promised = row["name"].split(" (")[0], say_rounds(row["promised"])
    reported = say_rounds(row["reported"]) if row["reported"] > 0 else "none"
    figures = f"{promised} rounds a year promised, {reported} reported"
    return choose_short(*([f"{name} {meant}: {figures}"] if meant else []), f"{name}: {figures}")


def write_share_title(shares: pd.DataFrame, name: str, is_of_europe: bool) -> str:
    """Which part of Europe's lines one country has.

    Parameters
    ----------
    shares : DataFrame
        Columns product, name, here and elsewhere: counts of lines.
    name : str
        The country, or blank for none.
    is_of_europe : bool
        Whether the lines are Europe's; else all on record.
    """
    here, everywhere = int(shares["here"].sum()), int((shares["here"] + shares["elsewhere"]).sum())
    if not name:
        return f"{count_words(everywhere, 'line')} of Europe are on record"
    verb = "stands" if here == 1 else "stand"
    words = count_words(everywhere, "line")
    whose = f"Europe's {words}" if is_of_europe else f"{words} on record"
    return f"{here} of {whose} {verb} in {name}"


def write_unsaid_title(unsaid: dict[str, int], lines: int, meant: str = "") -> str:
    """Of how many lines nobody says what most are silent about.

    Parameters
    ----------
    unsaid : dict of str to int
        Of `count_unsaid`: lines.
    lines : int
        How many lines there are.
    meant : str
        Which lines, in words, or blank for all.
    """
    which = f" ({meant})" if meant else ""
    what = max(unsaid, key=lambda name: unsaid[name])
    return f"Of {unsaid[what]} of {count_words(lines, 'line')}{which} nobody has said {UNSAID_NAMES[what]}"


def write_unsaid_headline(unsaid: dict[str, int], lines: int) -> str:
    """As `write_unsaid_title`, in at most twelve words.

    Parameters
    ----------
    unsaid : dict of str to int
        Of `count_unsaid`: lines.
    lines : int
        How many lines there are.
    """
    what = max(unsaid, key=lambda name: unsaid[name])
    return f"For {unsaid[what]} of {count_words(lines, 'line')} {_UNSAID_SHORT[what]}"
