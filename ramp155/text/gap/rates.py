"""Who makes how much in words, and how far the named estimates for Russia lie apart."""

from __future__ import annotations

import pandas as pd

from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.gap.estimates import list_estimates
from ramp155.answers.gap.ratios import Gap
from ramp155.record.records import Records
from ramp155.text.numbers import say_month, say_rounds, say_rounds_range


def write_rates_title(compared: Gap, month: str) -> str:
    """Who makes how much in a month, middle draw."""
    middle_rates = compared.path[compared.path["month"] == month].set_index("actor")["p50"]
    deadline = f"end of {month[:4]}" if month.endswith("-12") else say_month(month)
    return (
        f"By {deadline} NATO would make {say_rounds(middle_rates['nato'])} rounds a year, against Russia's "
        f"{say_rounds(middle_rates['russia'])}. Of NATO's, Europe makes {say_rounds(middle_rates['europe'])}"
    )


def write_estimates_range(
    records: Records,
    named_rates: pd.DataFrame,
    nato_rate: pd.Series[float],
    year: str,
    comparison: Comparison,
) -> str:
    """How far the named estimates lie apart, and which name nothing for the year.

    Parameters
    ----------
    records : Records
        Where the estimates' names are.
    named_rates : pandas.DataFrame
        As `list_named_rates` gives it, rounds in the year.
    nato_rate : Series
        p10, p50, p90 of NATO's rate, rounds a year.
    year : str
        YYYY.
    comparison : Comparison
        How all are counted.
    """
    low = named_rates.iloc[int(named_rates["p50"].argmin())]
    high = named_rates.iloc[int(named_rates["p50"].argmax())]
    labels = list_estimates(records, "RU")
    later_labels = [
        label for name, label in labels.items() if name not in set(named_rates["estimate_id"])
    ]
    counted_how = "As each counts" if comparison.calibres == "quoted" else "Counted alike"
    sentence = (
        f"**Whose figure?** {counted_how}, Russia's {year} runs from {say_rounds(low['p50'])} ({low['label']}) to "
        f"{say_rounds(high['p50'])} ({high['label']}); NATO {_say_made(comparison)} {say_rounds_range(nato_rate['p10'], nato_rate['p90'])}."
    )
    if later_labels:
        sentence += f" {len(later_labels)} of {len(labels)} estimates name only later years."
    return sentence


def _say_made(comparison: Comparison) -> str:
    return "could make" if comparison.counts == "nameplate" else "made"


def write_estimates_title(
    named_rates: pd.DataFrame, nato_rate: pd.Series[float], year: str, comparison: Comparison
) -> str:
    """The comparators' title: how far estimates lie apart, and NATO beside them.

    Parameters
    ----------
    named_rates : pandas.DataFrame
        As `list_named_rates` gives it, rounds in the year.
    nato_rate : Series
        p10, p50, p90 of NATO's rate, rounds a year.
    year : str
        YYYY.
    comparison : Comparison
        How all are counted.
    """
    counted_how = (
        "each in its own way of counting"
        if comparison.calibres == "quoted"
        else "once counted alike"
    )
    return (
        f"{len(named_rates)} named estimates put Russia's {year} at {say_rounds_range(named_rates['p50'].min(), named_rates['p50'].max())} rounds, "
        f"{counted_how}; NATO {_say_made(comparison)} {say_rounds_range(nato_rate['p10'], nato_rate['p90'])}"
    )
