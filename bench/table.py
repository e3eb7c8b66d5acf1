"""The figures that have a goal, this run beside the last: drawn into bench/README.md."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from bench.server import ROOT

README = ROOT / "bench" / "README.md"
_MARKS = ("<!-- figures: written by python -m bench -->", "<!-- end of figures -->")


class Goal(NamedTuple):
    """A figure of a part, in words, with the most or the least that it is to be."""

    part: str
    figure: str
    words: str
    bound: float
    is_least: bool = False


_REPAINTS = (
    ("gap", "Gap"),
    ("gap_tracks", "Two tracks"),
    ("replay_map", "the month of Map"),
    ("replay_ramp_up", "the month of Ramp-up"),
)
_RELEASES = (
    ("gap", "Gap"),
    ("gap_tracks", "Two tracks"),
    ("gap_rate", "Russia's rate"),
    ("gap_preference", "European preference"),
)
GOALS = (
    Goal("cold_start", "first_s_ratio", "fresh server to first chart, times the bare app", 1.3),
    Goal("cold_start", "second_s_ratio", "second visitor to first chart, times the bare app", 1.2),
    Goal("cold_start", "first_mb_ratio", "bytes before the map, times the bare app's", 1.5),
    Goal("visits", "overview_first_run_cpu_s", "a session's first run, processor seconds", 0.15),
    Goal("visits", "new_scenario_link_cpu_s", "a new scenario's link, processor seconds", 0.3),
    Goal("repaint", "what_if_ratio_median", "key to picture on What-if, times bare", 0.5),
    Goal("repaint", "what_if_ratio_p95", "the same, 95th percentile", 0.5),
    *(
        goal
        for name, words in _REPAINTS
        for goal in (
            Goal("repaint", f"{name}_ratio_median", f"key to picture, {words}, times bare", 1.5),
            Goal("repaint", f"{name}_ratio_p95", "the same, 95th percentile", 1.5),
        )
    ),
    Goal(
        "repaint", "drag_repaints_a_second", "pictures a second while dragging, What-if", 30, True
    ),
    Goal("repaint", "replay_map_drag_repaints_a_second", "the same, Map", 30, True),
    Goal("repaint", "replay_ramp_up_drag_repaints_a_second", "the same, Ramp-up", 30, True),
    Goal("repaint", "gap_drag_repaints_a_second", "the same, Gap", 30, True),
    Goal("repaint", "gap_tracks_drag_repaints_a_second", "the same, Two tracks", 30, True),
    Goal(
        "repaint", "slowest_lever_repaints_a_second", "the same, What-if's slowest lever", 30, True
    ),
    Goal("repaint", "levers_messages", "messages before release, every lever of What-if", 0),
    *(
        Goal(
            "repaint",
            f"{name}_release_ratio_{figure}",
            f"release to the last change, {words}, times bare{more}",
            1.5,
        )
        for name, words in _RELEASES
        for figure, more in (("median", ""), ("p95", ", 95th percentile"))
    ),
    Goal("load", "p95_ratio", "many users, 95th percentile, times the bare app", 2.0),
    Goal("load", "exceptions", "exceptions among them", 0),
    Goal(
        "memory", "draws_200_last_over_first", "memory after many scenarios, times after few", 1.05
    ),
)


def draw_table(results: dict[str, Any]) -> str:
    """The table as Markdown; a figure that misses its goal stands in bold."""
    rows = ["| figure | goal | this run | last run |", "| --- | --- | --- | --- |"]
    for goal in GOALS:
        this, last = (
            results.get(goal.part, {}).get(run, {}).get(goal.figure) for run in ("this", "last")
        )
        bound = f"at {'least' if goal.is_least else 'most'} {goal.bound:g}"
        rows.append(f"| {goal.words} | {bound} | {_write(goal, this)} | {_write(goal, last)} |")
    return "\n".join(rows)


def write_table(results: dict[str, Any]) -> None:
    """Put the table into bench/README.md, between its marks."""
    begin, end = _MARKS
    text = README.read_text(encoding="utf-8")
    drawn = f"{begin}\n{draw_table(results)}\n{end}"
    README.write_text(
        re.sub(f"{re.escape(begin)}.*{re.escape(end)}", lambda _: drawn, text, flags=re.DOTALL),
        encoding="utf-8",
    )


def _write(goal: Goal, figure: float | None) -> str:
    if figure is None:
        return "-"
    is_met = figure >= goal.bound if goal.is_least else figure <= goal.bound
    digits = f"{figure:.0f}" if abs(figure) >= 10 or figure == int(figure) else f"{figure:.2f}"
    return digits if is_met else f"**{digits}**"
