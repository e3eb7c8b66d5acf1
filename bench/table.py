"""The figures that have a goal, this run beside the last: drawn into bench/README.md."""

from __future__ import annotations

import json
import re
from pathlib import Path
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


_SLIDERS = {
    "what_if": "What-if",
    "gap": "Gap",
    "gap_rate": "Gap, Russia's rate",
    "gap_tracks": "Two tracks",
    "gap_preference": "Two tracks, European preference",
    "replay_map": "Map, its month",
    "replay_ramp_up": "Ramp-up, its month",
}
_SPREADS = (("median", ""), ("p95", ", 95th percentile"))
GOALS = (
    Goal("cold_start", "first_s_ratio", "fresh server to first chart, times the bare app", 1.3),
    Goal("cold_start", "second_s_ratio", "second visitor to first chart, times the bare app", 1.2),
    Goal("cold_start", "first_mb_ratio", "bytes before the map, times the bare app's", 1.5),
    Goal("visits", "overview_first_run_cpu_s", "a session's first run, processor seconds", 0.15),
    Goal("visits", "new_scenario_link_cpu_s", "a new scenario's link, processor seconds", 0.3),
    *(
        Goal(
            "repaint",
            f"{name}_ratio_{spread}",
            f"key to picture, {words}, times bare{more}",
            0.5 if name == "what_if" else 1.5,
        )
        for name, words in _SLIDERS.items()
        for spread, more in _SPREADS
    ),
    *(
        Goal(
            "repaint",
            f"{name}_release_ratio_{spread}",
            f"release to the last change, {words}, times bare{more}",
            1.5,
        )
        for name, words in _SLIDERS.items()
        for spread, more in _SPREADS
    ),
    *(
        Goal(
            "repaint",
            f"{name}_drag_repaints_a_second",
            f"pictures a second while dragged, {words}",
            30,
            True,
        )
        for name, words in _SLIDERS.items()
    ),
    Goal(
        "repaint",
        "slowest_lever_repaints_a_second",
        "pictures a second while dragged, What-if's slowest lever",
        30,
        True,
    ),
    *(
        Goal("repaint", f"{name}_drag_messages", f"messages before release, {words}", 0)
        for name, words in _SLIDERS.items()
    ),
    Goal(
        "repaint",
        "what_if_levers_drag_messages",
        "messages before release, What-if's other levers",
        0,
    ),
    Goal("load", "p95_ratio", "many users, 95th percentile, times the bare app", 2.0),
    Goal("load", "exceptions", "exceptions among them", 0),
    Goal(
        "memory", "draws_200_last_over_first", "memory after many scenarios, times after few", 1.05
    ),
    Goal("bench", "seconds", "all of this, seconds", 240),
)


def read_results(path: Path) -> dict[str, Any]:
    """What earlier runs gave; nothing where there is no file."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def put_beside(results: dict[str, Any], part: str, figures: dict[str, float]) -> None:
    """Put a part's figures beside those of its last run; none where it failed."""
    earlier = {"last": results[part]["this"]} if part in results else {}
    results[part] = {"this": figures, **earlier}


def draw_table(results: dict[str, Any]) -> str:
    """The table as Markdown; a figure that misses its goal stands in bold."""
    rows = [
        "| figure | goal | this run | last run | long run |",
        "| --- | --- | --- | --- | --- |",
    ]
    for goal in GOALS:
        quick, long = results.get(goal.part, {}), results.get(f"{goal.part} long", {})
        cells = [_write(goal, quick.get(run)) for run in ("this", "last")]
        cells.append(_write(goal, long.get("this"), has_goal=goal.part != "bench"))
        bound = f"at {'least' if goal.is_least else 'most'} {goal.bound:g}"
        rows.append(f"| {goal.words} | {bound} | {' | '.join(cells)} |")
    return "\n".join(rows)


def write_table(results: dict[str, Any]) -> None:
    """Put the table into bench/README.md, between its marks."""
    README.write_text(fill_table(README.read_text(encoding="utf-8"), results), encoding="utf-8")


def fill_table(text: str, results: dict[str, Any]) -> str:
    """A text with the table between its marks."""
    begin, end = _MARKS
    drawn = f"{begin}\n{draw_table(results)}\n{end}"
    return re.sub(f"{re.escape(begin)}.*{re.escape(end)}", lambda _: drawn, text, flags=re.DOTALL)


def _write(goal: Goal, figures: dict[str, float] | None, has_goal: bool = True) -> str:
    """A figure as it stands in the table: `failed` where its run did not give it, a dash where there was no run."""
    if figures is None:
        return "-"
    figure = figures.get(goal.figure)
    if figure is None:
        return "**failed**"
    is_met = figure >= goal.bound if goal.is_least else figure <= goal.bound
    digits = f"{figure:.0f}" if abs(figure) >= 10 or figure == int(figure) else f"{figure:.2f}"
    return digits if is_met or not has_goal else f"**{digits}**"
