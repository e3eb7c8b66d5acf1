"""Explanations of the gap: Russia's rounds for each of NATO's, who makes how much, odds of parity, estimates and demand."""

from __future__ import annotations

import dataclasses
import math

import numpy as np

from ramp155.answers.explain.places import WHOLE, place_quantile
from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.gap.rates import NATO_ACTORS, compute_actor_rates
from ramp155.answers.gap.ratios import compute_ratio
from ramp155.answers.output.medians import compute_year_rounds
from ramp155.model.arrays import Array
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.text.explain.grammar.arithmetic import Amount, Line, Worked, work_out
from ramp155.text.explain.grammar.explanation import Asked, Explanation, Sources, build_explanation
from ramp155.text.explain.grammar.runs import list_place_lines
from ramp155.text.explain.grammar.words import (
    HALF_MORE,
    count_runs,
    find_assumptions,
    find_claims,
    say_exact_share,
)
from ramp155.text.explain.output import find_output_sources
from ramp155.text.gap.counting import say_counting
from ramp155.text.gap.ratio import NEWS_MONTH
from ramp155.text.numbers import say_month, say_rounds, say_rounds_range

_ACTOR_WORDS = {"europe": "Europe", "us": "the US", "canada": "Canada"}
_UNNAMED = "The chosen estimate names no figure for this month."
_RATIO_NOT_SAID = (
    "It does not compare how good rounds are, how far they fly, or how many lie in store."
)
_MAKERS_YEAR = 2025
_NAMED_YEAR = "2024"  # the year most estimates of Russia speak of


def find_gap_sources(model: Model, comparison: Comparison) -> Sources:
    """The chosen estimates' claims, and what brings a figure to the way of counting asked for."""
    estimate_ids = (comparison.russia, comparison.us)
    figures = [
        figure for figure in model.record.list_estimates() if figure.estimate_id in estimate_ids
    ]
    counting = (
        "share_152",
        "share_shells",
        "share_new",
        "all_calibres",
        "russia_error",
        "russia_growth",
    )
    return Sources(
        find_assumptions(model, *counting),
        find_claims(model, " ".join(figure.claim_ids for figure in figures).split()),
    )


def _say_tenths(ratio: float) -> str:
    return f"{ratio:.1f}"


def _read_rates(model: Model, view: Asked) -> dict[str, Array]:
    return compute_actor_rates(model, view.scenario, view.comparison)


def _write_run(rates: dict[str, Array], place: int, run: int, ratio: Amount) -> list[Line]:
    """One run's ratio: Russia over NATO, and NATO as the sum of its parts."""
    russia = Amount(float(rates["russia"][place, run]), "rounds", "a year by Russia in that run")
    nato = Amount(float(rates["nato"][place, run]), "rounds", "a year by NATO in that run")
    return [Line(ratio, "{0} / {1}", (russia, nato)), _write_nato(rates, place, run, nato)]


def _write_nato(rates: dict[str, Array], place: int, run: int, nato: Amount) -> Line:
    operands = tuple(
        Amount(
            float(rates[actor][place, run]),
            "rounds",
            f"a year by {_ACTOR_WORDS[actor]} in that run",
        )
        for actor in NATO_ACTORS
    )
    return Line(nato, "{0} + {1} + {2}", operands)


def explain_ratio_tile(model: Model, view: Asked) -> Explanation:
    """The likely range of the ratio when it made news, on the Overview."""
    usual = Comparison()
    ratios = compute_ratio(compute_actor_rates(model, view.scenario, usual), "nato")[
        MONTHS.index(NEWS_MONTH)
    ]
    lines, ends = [], []
    for level, words in ((0.1, "lower end of the range"), (0.9, "upper end of the range")):
        place = place_quantile(ratios, level)
        ends.append(_say_tenths(place.middle))
        figure = Amount(place.middle, "", words, say=_say_tenths)
        lines += list_place_lines(figure, [(WHOLE, place)])[0]
    return build_explanation(
        "ratio_tile",
        f"Rounds that Russia made for each of NATO's in {say_month(NEWS_MONTH)}, in 8 of 10 of our runs.",
        f"{ends[0]} to {ends[1]}",
        work_out(*lines),
        f"In each run Russia's rounds are divided by NATO's. Counted: {say_counting(usual)}.",
        find_gap_sources(model, usual),
        _RATIO_NOT_SAID,
        "calibre",
    )


def _explain_ratio_at(model: Model, view: Asked, month: str, name: str, what: str) -> Explanation:
    rates, place_of_month = _read_rates(model, view), MONTHS.index(month)
    ratios = compute_ratio(rates, "nato")[place_of_month]
    worked, figure_text = Worked((), ()), _UNNAMED
    if not np.isnan(ratios).any():
        place = place_quantile(ratios, 0.5)
        figure_text = _say_tenths(place.middle)
        figure = Amount(place.middle, "", f"Russia over NATO, {say_month(month)}", say=_say_tenths)
        lines, lower = list_place_lines(figure, [(WHOLE, place)])
        worked = work_out(*lines, *_write_run(rates, place_of_month, place.run, lower[0]))
    return build_explanation(
        name,
        what,
        figure_text,
        worked,
        f"{HALF_MORE} Counted: {say_counting(view.comparison)}.",
        find_gap_sources(model, view.comparison),
        _RATIO_NOT_SAID,
        "calibre",
    )


def explain_gap_title(model: Model, view: Asked) -> Explanation:
    """The ratio of the title, when it made news."""
    caption = f"How many rounds Russia made in {say_month(NEWS_MONTH)} for each that NATO made."
    return _explain_ratio_at(model, view, NEWS_MONTH, "gap_title", caption)


def explain_ratio(model: Model, view: Asked) -> Explanation:
    """The chart of the ratio."""
    caption = f"The line is Russia's rounds for each of NATO's; below is its height in {say_month(view.month)}."
    return _explain_ratio_at(model, view, view.month, "ratio", caption)


def explain_rates(model: Model, view: Asked) -> Explanation:
    """The chart of rounds a year: NATO's in the month."""
    rates, place_of_month = _read_rates(model, view), MONTHS.index(view.month)
    place = place_quantile(rates["nato"][place_of_month], 0.5)
    figure = Amount(
        place.middle, "", f"rounds a year by NATO, {say_month(view.month)}", say=say_rounds
    )
    lines, lower = list_place_lines(figure, [(WHOLE, place)])
    lines.append(_write_nato(rates, place_of_month, place.run, lower[0]))
    return build_explanation(
        "rates",
        f"Rounds a year of each side; below is NATO's line in {say_month(view.month)}.",
        say_rounds(place.middle),
        work_out(*lines),
        f"{HALF_MORE} Counted: {say_counting(view.comparison)}.",
        find_gap_sources(model, view.comparison),
        _RATIO_NOT_SAID,
        "output",
    )


def explain_parity(model: Model, view: Asked) -> Explanation:
    """The odds that NATO makes as much as Russia."""
    ratios = compute_ratio(_read_rates(model, view), "nato")[MONTHS.index(view.month)]
    worked, figure_text = Worked((), ()), _UNNAMED
    if not np.isnan(ratios).any():
        hits = int((ratios <= 1.0).sum())
        figure_text = say_exact_share(hits / len(ratios))
        figure = Amount(
            hits / len(ratios), "", f"odds of parity, {say_month(view.month)}", say=say_exact_share
        )
        runs = count_runs(hits, len(ratios), "in which NATO makes as much as Russia, or more")
        worked = work_out(Line(figure, "{0} / {1}", runs))
    return build_explanation(
        "parity",
        f"In how many of our runs NATO makes as much as Russia in {say_month(view.month)}.",
        figure_text,
        worked,
        f"A run counts where Russia's rounds are no more than NATO's. Counted: {say_counting(view.comparison)}.",
        find_gap_sources(model, view.comparison),
        "After its last figure Russia is held level. A Russia that grows would lower these odds.",
        "odds",
    )


def explain_named(model: Model, view: Asked) -> Explanation:
    """The chosen estimate of Russia in its year, counted alike."""
    rates = compute_actor_rates(model, Scenario(), view.comparison)["russia"]
    months = [place for place, month in enumerate(MONTHS) if month.startswith(_NAMED_YEAR)]
    yearly = rates[months].mean(axis=0)
    worked, figure_text = Worked((), ()), _UNNAMED
    if not np.isnan(yearly).any():
        place = place_quantile(yearly, 0.5)
        figure_text = say_rounds(place.middle)
        figure = Amount(
            place.middle,
            "",
            f"Russia's rounds in {_NAMED_YEAR}, by the chosen estimate",
            say=say_rounds,
        )
        worked = work_out(*list_place_lines(figure, [(WHOLE, place)])[0])
    return build_explanation(
        "named",
        f"Each bar is one body's figure for Russia in {_NAMED_YEAR}, brought to one way of counting; below is the chosen one.",
        figure_text,
        worked,
        f"Its bar holds 8 of 10 runs, its tick is the median. Counted: {say_counting(view.comparison)}.",
        find_gap_sources(model, view.comparison),
        "It does not say which body is right. Most name one figure and no method.",
        "calibre",
    )


def explain_us(model: Model, view: Asked) -> Explanation:
    """The American path in the month."""
    rates, place_of_month = _read_rates(model, view), MONTHS.index(view.month)
    place = place_quantile(rates["us"][place_of_month] / 12, 0.5)
    figure = Amount(
        place.middle, "", f"American rounds a month, {say_month(view.month)}", say=say_rounds
    )
    lines, lower = list_place_lines(figure, [(WHOLE, place)])
    yearly = Amount(float(rates["us"][place_of_month, place.run]), "rounds", "a year in that run")
    lines.append(Line(lower[0], "{0} / {1}", (yearly, Amount(12, "months", exact=True))))
    return build_explanation(
        "us",
        f"The path of American output through its reports, with every plan at the date it was for; below: {say_month(view.month)}.",
        say_rounds(place.middle),
        work_out(*lines),
        HALF_MORE,
        find_gap_sources(model, view.comparison),
        "It does not say that the plan of 100,000 a month fails: it says what reports so far make likely.",
        "output",
    )


def explain_makers(model: Model, view: Asked) -> Explanation:
    """Europe's output of the year beside what makers say of themselves."""
    yearly = compute_year_rounds(model, Scenario(), _MAKERS_YEAR)
    lines, ends = [], []
    for level, words in (
        (0.1, "lower end of Europe's range"),
        (0.9, "upper end of Europe's range"),
    ):
        place = place_quantile(yearly, level)
        ends.append(place.middle)
        figure = Amount(place.middle, "", words, say=say_rounds)
        lines += list_place_lines(figure, [(WHOLE, place)])[0]
    return build_explanation(
        "makers",
        f"What each maker says of its own rounds, beside those that Europe likely completed in {_MAKERS_YEAR}.",
        say_rounds_range(*ends),
        work_out(*lines),
        "The marks are claims as they were made. The arithmetic is of Europe's range.",
        find_output_sources(model),
        "Makers' figures do not add up: they count capacity, other calibres, and plants outside Europe.",
        "capacity",
    )


def explain_balance(model: Model, view: Asked) -> Explanation:
    """Economies against ammunition: the rounds for each Russian one."""
    title = explain_gap_title(model, view)
    ratios = compute_ratio(_read_rates(model, view), "nato")[MONTHS.index(NEWS_MONTH)]
    middle = float(np.median(ratios))
    worked, figure_text = title, title.value
    if not math.isnan(middle) and middle > 0:
        figure = Amount(1 / middle, "", "NATO's rounds for each Russian one", say=_say_tenths)
        over = Amount(middle, "", "Russia's rounds for each of NATO's, the median")
        numerator = Amount(1, exact=True)
        arithmetic = work_out(Line(figure, "{0} / {1}", (numerator, over)))
        worked = dataclasses.replace(title, formula=arithmetic.lines, terms=arithmetic.terms)
        figure_text = _say_tenths(1 / middle)
    return dataclasses.replace(
        worked,
        name="balance",
        what="NATO's part of two wholes, NATO and Russia together: of the economy, and of rounds made in mid-2025.",
        value=figure_text,
        not_said="A large economy does not turn into rounds by itself: that takes plants, powder and years.",
    )
