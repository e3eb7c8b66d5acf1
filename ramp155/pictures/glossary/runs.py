"""Drawings of how sure we are, from the model's own runs: an assumption, a run, their median, ranges and odds."""

from __future__ import annotations

import numpy as np

from ramp155.answers.output.medians import MEDIAN_PLACE
from ramp155.answers.output.odds import compute_target_odds
from ramp155.answers.output.surface import (
    compute_figure_surface,
    compute_surface,
    interpolate_position,
)
from ramp155.base.memory import remember
from ramp155.model.arrays import Array
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import DEFAULT_MONTH, MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.runs import run_baseline
from ramp155.pictures.glossary.sheet import Place, Sheet
from ramp155.pictures.output.reports import list_european_reports
from ramp155.text.numbers import say_month, say_percent, say_rounds, say_short_month

_FIRST = MONTHS.index("2024-01")
_LEFT, _RIGHT, _FOOT, _HEAD = 12.0, 308.0, 138.0, 40.0  # where graphs lie on the sheet
_FEW, _MANY = 14, 17  # runs drawn as lines, and as dots
_EXAMPLE = "utilisation"  # the assumption that is drawn


def draw_assumption(sheet: Sheet, model: Model) -> str:
    """An assumption of the model with its lowest, most likely and highest value; says what is drawn."""
    assumptions = model.record.assumptions
    example = assumptions[assumptions["assumption_id"] == _EXAMPLE]
    low, mode, high = example[["low", "mode", "high"]].to_numpy(dtype=float)[0]
    peak = 50 + 220 * (mode - low) / (high - low)
    sheet.draw_area([(50, 110), (peak, 36), (270, 110)], [(50, 110), (270, 110)], "europe", 0.25)
    sheet.draw_line([(50, 110), (peak, 36), (270, 110)], "europe")
    sheet.draw_line([(24, 110), (296, 110)], "quiet", 1.5)
    sheet.draw_line([(peak, 36), (peak, 110)], "europe", 1.5, "4 3")
    for right, share in ((50, low), (peak, mode), (270, high)):
        sheet.write((right, 130), say_percent(share), "ink", "middle", share == mode)
    sheet.write((160, 154), "of stated capacity really run", "quiet", "middle")
    sheet.write((peak - 8, 30), "most likely", "ink", "middle", is_bold=True)
    return (
        f"A peak between two ends. How much of their stated capacity plants really run: {say_percent(low)} at least, "
        f"{say_percent(mode)} most likely."
    )


def draw_runs(sheet: Sheet, model: Model) -> str:
    """Some runs of the baseline as lines, one of them in colour; says what is drawn."""
    paths = _pick_runs(model, _FEW)
    top = float(paths.max())
    for path in paths.T:
        sheet.draw_line(_place_path(path, top), "baseline", 1)
    marked = paths[:, round(_FEW * 0.7)]
    sheet.draw_line(_place_path(marked, top), "europe", 3.5)
    _draw_years(sheet)
    _write_heading(sheet, "one run", "among others")
    return f"Output over the years in {_FEW} runs, as {_FEW} lines that fan out; one of them is in colour."


def draw_median(sheet: Sheet, model: Model) -> str:
    """Runs as dots at each year's end, and a line through the middle ones; says what is drawn."""
    rounds = run_baseline(model) * 12
    ends = [place for place, month in enumerate(MONTHS) if month.endswith("-12") and place > _FIRST]
    levels = (np.arange(_MANY) + 0.5) / _MANY
    columns = np.array([np.quantile(rounds[place], levels) for place in ends])
    top = float(columns.max())
    middles = []
    for place, column in zip(ends, columns, strict=True):
        for rate in column:
            sheet.draw_disc(_place_point(place, float(rate), top), 2.6, "baseline")
        middles.append(_place_point(place, float(np.median(column)), top))
    sheet.draw_line(middles, "europe", 3.5)
    _draw_years(sheet)
    _write_heading(sheet, "median", "of runs at each year's end")
    return "Runs as columns of dots, one column a year, and a line through the middle dot of each."


def draw_likely_range(sheet: Sheet, model: Model) -> str:
    """The median and the band of 8 of 10 runs; says what is drawn."""
    low, middle, high = _find_band(model)
    top = float(high.max())
    sheet.draw_area(_place_path(high, top), _place_path(low, top), "europe", 0.28)
    sheet.draw_line(_place_path(high, top), "europe", 1)
    sheet.draw_line(_place_path(low, top), "europe", 1)
    sheet.draw_line(_place_path(middle, top), "europe", 3.5)
    _draw_years(sheet)
    _write_heading(sheet, "8 of 10 runs", "lie in the band")
    place = MONTHS.index(DEFAULT_MONTH) - _FIRST
    return (
        f"A line with a shaded band that widens with the years: from {say_rounds(float(low[place]))} "
        f"to {say_rounds(float(high[place]))} rounds a year in {say_month(DEFAULT_MONTH)}."
    )


def draw_published_figure(sheet: Sheet, model: Model) -> str:
    """The likely range inside the wider band for published figures, with those published; says what is drawn."""
    low, middle, high = _find_band(model)
    lowest, highest = (
        interpolate_position(edge[None], 1.0)[0][_FIRST:]
        for edge in compute_figure_surface(model, Scenario())
    )
    top = float(highest.max())
    sheet.draw_area(_place_path(highest, top), _place_path(lowest, top), "europe", 0.14)
    sheet.draw_line(_place_path(highest, top), "europe", 1, "4 3")
    sheet.draw_line(_place_path(lowest, top), "europe", 1, "4 3")
    sheet.draw_area(_place_path(high, top), _place_path(low, top), "europe", 0.28)
    sheet.draw_line(_place_path(middle, top), "europe", 2.5)
    reports = list_european_reports(model)
    is_shown = (reports["observable"] == "output") & reports["sign"].isin(["report", "estimate"])
    for date, rounds in zip(
        reports.loc[is_shown, "date"], reports.loc[is_shown, "middle"], strict=True
    ):
        if MONTHS[_FIRST] <= date[:7] <= MONTHS[-1] and rounds <= top:
            sheet.draw_disc(_place_point(MONTHS.index(date[:7]), rounds, top), 4, "paper", "ink")
    _draw_years(sheet)
    _write_heading(sheet, "published figures", "should fall inside")
    return "A shaded band inside a lighter, wider one; rings are figures that others published."


def draw_odds(sheet: Sheet, model: Model) -> str:
    """A hundred runs as dots, with those in colour that reach a target; says what is drawn."""
    targets = compute_target_odds(model, Scenario(), DEFAULT_MONTH)
    columns = (targets[name] for name in ("target_id", "rounds_per_year", "odds"))
    odds_of = {target_id: (rounds, odds) for target_id, rounds, odds in zip(*columns, strict=True)}
    target, odds = odds_of.get("million") or next(iter(odds_of.values()), (0.0, 0.0))
    reached = round(odds * 100)
    for place in range(100):
        centre = (20 + place % 10 * 15, 17 + place // 10 * 15)
        if place < reached:
            sheet.draw_disc(centre, 5.5, "europe")
        else:
            sheet.draw_disc(centre, 5, "", "baseline")
    sheet.write((178, 62), f"{reached} of 100", is_bold=True)
    sheet.write((178, 82), f"make {say_rounds(target)}")
    sheet.write((178, 102), f"a year in {say_short_month(DEFAULT_MONTH)}", "quiet")
    return (
        f"A hundred dots for a hundred runs, {reached} of them in colour: these make "
        f"{say_rounds(target)} rounds a year in {say_month(DEFAULT_MONTH)}."
    )


@remember
def _pick_runs(model: Model, number: int) -> Array:
    """Runs of the baseline spread evenly over their order at the usual month, rounds a year, (months, number)."""
    rounds = run_baseline(model) * 12
    order = np.argsort(rounds[MONTHS.index(DEFAULT_MONTH)])
    picks = order[((np.arange(number) + 0.5) / number * len(order)).astype(int)]
    return np.asarray(rounds[_FIRST:, picks])


def _find_band(model: Model) -> tuple[Array, Array, Array]:
    quantiles = compute_surface(model, Scenario()).quantiles
    low, middle, high = (
        interpolate_position(quantiles[place][None], 1.0)[0][_FIRST:]
        for place in (0, MEDIAN_PLACE, -1)
    )
    return low, middle, high


def _place_point(month: int, rounds: float, top: float) -> Place:
    right = _LEFT + (_RIGHT - _LEFT) * (month - _FIRST) / (len(MONTHS) - 1 - _FIRST)
    return right, _FOOT - (_FOOT - _HEAD) * rounds / top


def _place_path(path: Array, top: float) -> list[Place]:
    """Every second month of a path on the sheet, from the first that is drawn to the last."""
    months = [*range(0, len(path), 2), len(path) - 1]
    return [_place_point(_FIRST + month, float(path[month]), top) for month in months]


def _write_heading(sheet: Sheet, name: str, words: str) -> None:
    """What is drawn, in the colour of its line, and the words that go with it."""
    sheet.write((_LEFT, 22), name, "europe", is_bold=True)
    sheet.write((_RIGHT, 22), words, "quiet", "end")


def _draw_years(sheet: Sheet) -> None:
    sheet.draw_line([(_LEFT, _FOOT), (_RIGHT, _FOOT)], "quiet", 1.5)
    sheet.write((_LEFT, 156), MONTHS[_FIRST][:4], "quiet")
    sheet.write((_RIGHT, 156), MONTHS[-1][:4], "quiet", "end")
