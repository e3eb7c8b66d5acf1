"""Figures read off a picture's own rows: what the words of a story's screen are held against.

Nothing here asks for an answer: each reader has the rows that are drawn and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from ramp155.files.poster.chart import complete_spec
from ramp155.files.story.line_figures import (
    COMING,
    DELIVERING,
    MOST_NAMED,
    say_late_leaders,
    say_late_lines,
)
from ramp155.files.story.model_figures import say_return, say_tide, say_verdict_on_limit
from ramp155.history.standing.sites import STATUS_GROUPS
from ramp155.pictures.picture import Picture
from ramp155.pictures.view import View
from ramp155.record.records import Records
from ramp155.text.evidence.lines import UNSAID_NAMES, write_unsaid_headline
from ramp155.text.numbers import (
    count_words,
    join_words,
    say_chance,
    say_month,
    say_percent,
    say_rounds,
    say_times,
)


class Drawn:
    """A picture's rows, of the record's end and a view: what a reader may look at."""

    def __init__(self, records: Records, view: View, picture: Picture) -> None:
        self.end, self.view = f"{records.end:%Y-%m}", view
        self.spec = complete_spec(picture)

    def rows(self, *columns: str, mark: str = "") -> pd.DataFrame:
        """The first rows in the spec that have some columns, of a kind of mark."""
        for layer in _walk(self.spec):
            kind = layer.get("mark")
            kind = kind.get("type") if isinstance(kind, dict) else kind
            table = pd.DataFrame(_find_values(self.spec, layer))
            if len(table) and set(columns) <= set(table.columns) and (not mark or kind == mark):
                return table
        raise AssertionError(f"no rows with {columns}")


def _walk(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield spec
    for layer in spec.get("layer", []):
        yield from _walk(layer)


def _find_values(spec: dict[str, Any], layer: dict[str, Any]) -> list[dict[str, Any]]:
    data = layer.get("data") or {}
    values = data.get("values") or spec.get("datasets", {}).get(data.get("name"), [])
    return list(values)


def _sites(drawn: Drawn) -> pd.DataFrame:
    marks = drawn.rows("status", "town", "land")
    return marks.drop_duplicates(["name", "town", "lines", "lat", "lon"])


def _list_key(drawn: Drawn) -> dict[str, int]:
    """What the key of the map says: group -> plants."""
    key = drawn.spec["layer"][-1]["data"]["values"]
    words = [row["name"].rsplit(" ", 1) for row in key]
    return {name: int(number) for name, number in words}


def _count_key(drawn: Drawn, groups: tuple[str, ...]) -> str:
    return f"{sum(_list_key(drawn).get(group, 0) for group in groups):,}"


def _count_all(drawn: Drawn) -> int:
    return sum(number for group, number in _list_key(drawn).items() if group in STATUS_GROUPS)


def _count_promised_slips(drawn: Drawn, least: float = -1e9) -> int:
    """Marks of slips: one layer has those delivered, the other those promised; each holds the rows of both."""
    return int((drawn.rows("strict_months", mark="point")["strict_months"] >= least).sum())


def _path(drawn: Drawn) -> pd.DataFrame:
    return drawn.rows("month", "rounds_per_year", "baseline_rounds_per_year").set_index("month")


def _find_fall(drawn: Drawn) -> tuple[float, str]:
    path = _path(drawn)
    path = path[path.index >= drawn.view.scenario.start]
    short = path["baseline_rounds_per_year"] - path["rounds_per_year"]
    fallen = path.index[short >= 0.01 * path["baseline_rounds_per_year"]]
    months = list(path.index)
    after = months.index(fallen[-1]) + 1 if len(fallen) else len(months)
    return float(short.clip(lower=0).sum() / 12), months[after] if after < len(months) else ""


def _find_limit(drawn: Drawn, stage: str) -> float:
    rows = drawn.rows("month", "stage", "share")
    return float(
        rows[(rows["month"] == drawn.view.month) & (rows["stage"] == stage)]["share"].sum()
    )


def _alone(drawn: Drawn, stage: str) -> str:
    rows = drawn.rows("stage", "alone_gains_share").set_index("stage")
    return say_percent(float(rows["alone_gains_share"][stage]))


def _response(drawn: Drawn, from_percent: int, to_percent: int) -> str:
    rows = drawn.rows("percent", "rounds").set_index("percent")["rounds"]
    return say_rounds(float(rows[to_percent] - rows[from_percent]))


def _flow(drawn: Drawn, source: str, until: str = "9999") -> float:
    rows = drawn.rows("date", "source", "rate")
    rows = rows[(rows["source"] == source) & (rows["date"].str[:7] < until)]
    return float(rows["rate"].sum() / 12)


def _promises(drawn: Drawn) -> pd.DataFrame:
    rows = drawn.rows("claim_id", "sign", "period")
    return rows[(rows["kind"] == "promise") & (rows["period"].str.len() == 7)]


def _last_us_report(drawn: Drawn) -> str:
    rows = drawn.rows("claim_id", "sign")
    reports = rows[rows["sign"] == "report"].sort_values("said_on")
    return f"{reports['middle'].iloc[-1]:,.0f}"


def _ratio(drawn: Drawn, month: str, column: str = "p50") -> float:
    rows = drawn.rows("month", "versus", "p50", "odds", mark="line")
    nato = next(
        pd.DataFrame(_find_values(drawn.spec, layer))
        for layer in _walk(drawn.spec)
        if (layer.get("data") or {}).get("name") == "nato"
    )
    assert set(rows.columns) == set(nato.columns)
    return float(nato.set_index("month")[column][month])


def _year_before(month: str) -> str:
    return f"{int(month[:4]) - 1}{month[4:]}"


def _late_rows(drawn: Drawn) -> pd.DataFrame:
    return drawn.rows("label", "of")


def _leaders(drawn: Drawn) -> pd.Series:
    return _sites(drawn)["land"].value_counts().head(MOST_NAMED)


def _met(drawn: Drawn, place: int) -> str:
    labels = drawn.rows("label", "speaker_kind", "text")
    labels = labels[labels["speaker_kind"] != "russia"]["label"]
    figures = labels.str.extract(r"\((\d+) of (\d+)\)").astype(int)
    return f"{figures[place].sum():,}"


def _stage(drawn: Drawn, place: int, column: str) -> Any:  # noqa: ANN401
    rows = drawn.rows("stage", "utilisation").sort_values(
        "utilisation", ascending=False, kind="stable"
    )
    return rows[column].iloc[place]


def _starts(drawn: Drawn, what: str) -> str:
    rows = drawn.rows("what", "day", "count", mark="line")
    return f"{rows[rows['what'].str.startswith(what)]['count'].max():,}"


def _unsaid(drawn: Drawn, words: str) -> str:
    rows = drawn.rows("label", "part", "said", mark="bar")
    row = rows[rows["label"].str.contains(words) & (rows["part"] == "not said")].iloc[0]
    return f"{row['high'] - row['low']:,.0f}"


def _say_most_unsaid(drawn: Drawn) -> str:
    rows = drawn.rows("label", "part", "said", mark="bar")
    words = {f"Nobody has said {name}": what for what, name in UNSAID_NAMES.items()}
    silent = rows[rows["part"] == "not said"]
    unsaid = {words[label]: int(high) for label, high in silent[["label", "high"]].to_numpy()}
    headline = write_unsaid_headline(unsaid, int(rows["high"].max()))
    return f"{headline[:1].lower()}{headline[1:]}"


def _board_late(drawn: Drawn) -> pd.Series:
    words = next(
        pd.DataFrame(_find_values(drawn.spec, layer))
        for layer in _walk(drawn.spec)
        if (layer.get("data") or {}).get("name") == "words"
    )
    months = words["late"].str.extract(r"late by (\d+) month")[0].dropna().astype(float)
    return months


READERS: dict[str, dict[str, Callable[[Drawn], str]]] = {
    "sites": {
        "placed": lambda drawn: f"{len(_sites(drawn)):,}",
        "plants": lambda drawn: f"{_count_all(drawn):,}",
        "plants_here": lambda drawn: count_words(_count_all(drawn), "plant"),
        "countries": lambda drawn: f"{_sites(drawn)['land'].nunique():,}",
        "other_countries": lambda drawn: f"{_sites(drawn)['land'].nunique() - MOST_NAMED:,}",
        "delivering": lambda drawn: _count_key(drawn, DELIVERING),
        "coming": lambda drawn: _count_key(drawn, COMING),
        "top_countries": lambda drawn: join_words(sorted(_leaders(drawn).index)),
        "top_share": lambda drawn: say_percent(_leaders(drawn).sum() / len(_sites(drawn))),
    },
    "slips": {
        "slipped": lambda drawn: f"{_count_promised_slips(drawn, 2):,}",
        "dates": lambda drawn: f"{_count_promised_slips(drawn):,}",
        "median_slip": lambda drawn: count_words(drawn.rows("name", "at")["at"].iloc[0], "month"),
        "large_slip": lambda drawn: count_words(drawn.rows("name", "at")["at"].iloc[1], "month"),
    },
    "us": {
        "us_goal": lambda drawn: f"{_promises(drawn)['middle'].mode().iloc[-1]:,.0f}",
        "us_dates": lambda drawn: (
            f"{_promises(drawn).groupby('middle')['period'].nunique()[_promises(drawn)['middle'].mode().iloc[-1]]:,}"
        ),
        "us_reported": lambda drawn: _last_us_report(drawn),
    },
    "named": {
        "russia_least": lambda drawn: say_rounds(
            drawn.rows("who", "p50").query("who == 'russia'")["p50"].min()
        ),
        "russia_most": lambda drawn: say_rounds(
            drawn.rows("who", "p50").query("who == 'russia'")["p50"].max()
        ),
        "nato_then": lambda drawn: say_rounds(
            drawn.rows("who", "p50").query("who == 'nato'")["p50"].iloc[0]
        ),
    },
    "output": {
        "capacity": lambda drawn: say_rounds(float(_path(drawn)["capacity"][drawn.view.month])),
        "rate": lambda drawn: say_rounds(float(_path(drawn)["rounds_per_year"][drawn.view.month])),
        "lost": lambda drawn: say_rounds(_find_fall(drawn)[0]),
        "return": lambda drawn: say_return(*_find_fall(drawn)),
    },
    "tracks": {
        "missing": lambda drawn: say_rounds(_flow(drawn, "unmet")),
        "missing_early": lambda drawn: say_percent(
            _flow(drawn, "unmet", "2029") / _flow(drawn, "unmet")
        ),
        "asked": lambda drawn: say_rounds(
            drawn.rows("date", "demand", mark="line")["demand"].sum() / 12
        ),
    },
    "ratio": {
        "ratio": lambda drawn: say_times(_ratio(drawn, drawn.end)),
        "parity_odds": lambda drawn: say_chance(_ratio(drawn, drawn.view.month, "odds")),
        "tide": lambda drawn: say_tide(
            _ratio(drawn, drawn.end),
            _ratio(drawn, _year_before(drawn.end)),
            _ratio(drawn, drawn.end, "odds"),
        ),
    },
    "stages": {
        "fullest": lambda drawn: _stage(drawn, 0, "label"),
        "fullest_use": lambda drawn: say_percent(_stage(drawn, 0, "utilisation")),
        "emptiest": lambda drawn: _stage(drawn, -1, "label"),
        "emptiest_use": lambda drawn: say_percent(_stage(drawn, -1, "utilisation")),
    },
    "response": {
        "half_costs": lambda drawn: _response(drawn, 50, 100),
        "more_adds": lambda drawn: _response(drawn, 100, 150),
    },
    "locks": {
        "nitrocellulose_alone": lambda drawn: _alone(drawn, "nitrocellulose"),
        "powder_alone": lambda drawn: _alone(drawn, "propellant"),
    },
    "goal_odds": {
        "odds_as_expected": lambda drawn: say_chance(
            float(drawn.rows("percent", "odds").set_index("percent")["odds"][100.0])
        ),
        "odds_at_most": lambda drawn: say_chance(
            float(drawn.rows("percent", "odds")["odds"].max())
        ),
    },
    "limits": {
        "is_the_limit": lambda drawn: say_verdict_on_limit(_find_limit(drawn, "nitrocellulose")),
        "nitrocellulose_limits": lambda drawn: say_percent(_find_limit(drawn, "nitrocellulose")),
        "powder_limits": lambda drawn: say_percent(_find_limit(drawn, "propellant")),
    },
    "board": {
        "latest": lambda drawn: count_words(_board_late(drawn).max(), "month"),
        "late_lines": lambda drawn: say_late_lines(len(_board_late(drawn))),
    },
    "starts": {
        "opened": lambda drawn: _starts(drawn, "opened"),
        "started": lambda drawn: _starts(drawn, "ground"),
        "policy_month": lambda drawn: say_month(
            str(drawn.rows("what", "day", "count", mark="line")["day"].min())[:7]
        ),
    },
    "pinned": {
        "named_share": lambda drawn: say_percent(
            (
                lambda rows: (
                    rows[rows["part"] == "attributed"]["rounds"].sum() / rows["rounds"].sum()
                )
            )(drawn.rows("month", "part", "rounds").query("month == '2025-12'"))
        ),
    },
    "lateness": {
        "late": lambda drawn: f"{_late_rows(drawn)['high'].sum():,}",
        "lines": lambda drawn: f"{_late_rows(drawn)['of'].sum():,}",
        "late_leaders": lambda drawn: say_late_leaders(
            _late_rows(drawn)
            .rename(columns={"label": "name", "high": "late"})
            .query("not name.str.endswith(' other countries')")
        ),
    },
    "targets": {"met": lambda drawn: _met(drawn, 0), "targets": lambda drawn: _met(drawn, 1)},
    "unsaid": {
        "without_rate": lambda drawn: _unsaid(drawn, "how much"),
        "without_date": lambda drawn: count_words(int(_unsaid(drawn, "when they")), "line"),
        "most_unsaid": lambda drawn: _say_most_unsaid(drawn),
        "lines": lambda drawn: (
            f"{drawn.rows('label', 'part', 'said', mark='bar')['high'].max():,.0f}"
        ),
    },
}
# What a view itself says, and what stands beside a picture that has no row for it.
OF_THE_VIEW: dict[str, Callable[[Drawn], str]] = {
    "year": lambda drawn: drawn.view.month[:4],
    "month": lambda drawn: say_month(drawn.view.month),
    "supply": lambda drawn: say_percent(drawn.view.scenario.nitrocellulose),
    "day": lambda drawn: say_month(
        drawn.view.as_of.isoformat()[:7] if drawn.view.as_of else drawn.end
    ),
}
