"""Figures of stories that count lines, sites, dates and targets."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from ramp155.answers.counts import count_groups, count_lines
from ramp155.answers.plants.line_groups import count_late_by_country, count_unsaid
from ramp155.answers.stages.on_record import compute_attributed_capacity
from ramp155.answers.targets import list_western_targets, tally_targets
from ramp155.history.slips import list_dated_milestones, read_slips
from ramp155.model.model import Model
from ramp155.pictures.lines.share import count_shares
from ramp155.pictures.map.sites import build_site_table
from ramp155.pictures.plants.lines import list_shown_lines
from ramp155.pictures.plants.starts import count_starts
from ramp155.pictures.view import View, find_known_record
from ramp155.text.demand.policy import find_first_policy_day
from ramp155.text.evidence.lines import write_unsaid_headline
from ramp155.text.numbers import (
    count_words,
    join_words,
    say_date,
    say_percent,
)

# Groups of the map's key.
DELIVERING, COMING = ("delivering",), ("promised", "being built")
MOST_NAMED = 3  # countries in one sentence


def _list_plants(model: Model, view: View) -> pd.DataFrame:
    return build_site_table(model, list_shown_lines(model, view))


def _list_placed(model: Model, view: View) -> pd.DataFrame:
    sites = _list_plants(model, view)
    return sites[sites["lat"].notna()]


def _count_plants(groups: tuple[str, ...]) -> Callable[[Model, View], str]:
    def say(model: Model, view: View) -> str:
        counts = count_groups(_list_plants(model, view))
        return f"{sum(counts.get(group, 0) for group in groups):,}"

    return say


def _name_leaders(model: Model, view: View) -> pd.Series[int]:
    """The countries with most plants on the map, and how many."""
    return _list_placed(model, view)["country"].value_counts(sort=True).head(MOST_NAMED)


def _say_leaders(model: Model, view: View) -> str:
    names = dict(
        zip(model.record.countries["country"], model.record.countries["name"], strict=True)
    )
    return join_words(sorted(names[str(country)] for country in _name_leaders(model, view).index))


def _count_late(model: Model, view: View) -> pd.DataFrame:
    return count_late_by_country(model.record, list_shown_lines(model, view))


def say_late_leaders(counts: pd.DataFrame) -> str:
    """Where most late lines stand: "Poland, with 6 late lines", "France and Poland, with 6 late lines each".

    Parameters
    ----------
    counts : DataFrame
        name and late (a count of lines), a row a country.
    """
    leaders = int(counts["late"].max()) if len(counts) else 0
    if not leaders:
        return "nobody"
    names = sorted(counts.loc[counts["late"] == leaders, "name"])
    country = " each" if len(names) > 1 else ""
    return f"{join_words(names)}, with {count_words(leaders, 'late line')}{country}"


def say_late_lines(late: int) -> str:
    """How many lines are late, as a sentence.

    Parameters
    ----------
    late : int
        Number of lines late by a month or more.
    """
    if not late:
        return "no line is late"
    return f"{count_words(late, 'line')} {'is' if late == 1 else 'are'} late"


def _find_latest_months(model: Model, view: View) -> str:
    lines = list_shown_lines(model, view)
    months = lines.loc[lines["late"] == "late", "lateness_months"]
    return count_words(float(months.max()) if len(months) else 0, "month")


def _say_unsaid(what: str) -> Callable[[Model, View], str]:
    def say(model: Model, view: View) -> str:
        return f"{count_unsaid(model.record, list_shown_lines(model, view))[what]:,}"

    return say


def _say_most_unsaid(model: Model, view: View) -> str:
    lines = list_shown_lines(model, view)
    number = count_lines(model.record, lines=lines).number
    headline = write_unsaid_headline(count_unsaid(model.record, lines), number)
    return f"{headline[:1].lower()}{headline[1:]}"


def _count_starts(milestone: str) -> Callable[[Model, View], str]:
    def say(model: Model, view: View) -> str:
        starts = count_starts(model)
        return f"{starts.loc[starts['what'].str.startswith(milestone), 'count'].max():,}"

    return say


def _share_named_lines(model: Model, view: View) -> str:
    line_rows = compute_attributed_capacity(model)
    line_row = line_rows[
        (line_rows["month"] == "2025-12") & (line_rows["stage"] == "projectile")
    ].iloc[0]
    return say_percent(line_row["attributed"] / (line_row["attributed"] + line_row["unattributed"]))


LINE_FIGURES: dict[str, Callable[[Model, View], str]] = {
    "day": lambda model, view: say_date(find_known_record(model, view).end.isoformat()[:7]),
    "plants": lambda model, view: f"{len(_list_plants(model, view)):,}",
    "plants_here": lambda model, view: count_words(len(_list_plants(model, view)), "plant"),
    "placed": lambda model, view: f"{len(_list_placed(model, view)):,}",
    "countries": lambda model, view: f"{_list_placed(model, view)['country'].nunique():,}",
    "delivering": _count_plants(DELIVERING),
    "coming": _count_plants(COMING),
    "top_countries": _say_leaders,
    "top_share": lambda model, view: say_percent(
        float(_name_leaders(model, view).sum()) / max(len(_list_placed(model, view)), 1)
    ),
    "other_countries": lambda model, view: (
        f"{max(_list_placed(model, view)['country'].nunique() - len(_name_leaders(model, view)), 0):,}"
    ),
    "late": lambda model, view: f"{_count_late(model, view)['late'].sum():,}",
    "lines": lambda model, view: (
        f"{count_lines(model.record, lines=list_shown_lines(model, view)).number:,}"
    ),
    "late_lines": lambda model, view: say_late_lines(int(_count_late(model, view)["late"].sum())),
    "late_leaders": lambda model, view: say_late_leaders(_count_late(model, view)),
    "latest": _find_latest_months,
    "without_rate": _say_unsaid("rate"),
    "without_date": lambda model, view: count_words(
        count_unsaid(model.record, list_shown_lines(model, view))["date"], "line"
    ),
    "most_unsaid": _say_most_unsaid,
    "slipped": lambda model, view: (
        f"{read_slips(list_dated_milestones(model.record)).late_clearly:,}"
    ),
    "dates": lambda model, view: (
        f"{read_slips(list_dated_milestones(model.record)).strict.count:,}"
    ),
    "median_slip": lambda model, view: count_words(
        read_slips(list_dated_milestones(model.record)).strict.median, "month"
    ),
    "large_slip": lambda model, view: count_words(
        read_slips(list_dated_milestones(model.record)).strict.p90, "month"
    ),
    "met": lambda model, view: f"{tally_targets(list_western_targets(model.record)).met:,}",
    "targets": lambda model, view: f"{tally_targets(list_western_targets(model.record)).known:,}",
    "started": _count_starts("ground"),
    "opened": _count_starts("opened"),
    "policy_month": lambda model, view: say_date(f"{find_first_policy_day(model.record):%Y-%m}"),
    "named_share": _share_named_lines,
    "here": lambda model, view: f"{count_shares(model, view)['here'].sum():,}",
    "everywhere": lambda model, view: (
        f"{count_shares(model, view)[['here', 'elsewhere']].to_numpy().sum():,}"
    ),
}
