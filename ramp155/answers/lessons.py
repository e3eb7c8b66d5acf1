"""The answers that lessons ask for, by name: worked out of record and model as they stand, never typed into a lesson."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from ramp155.answers.counts import count_groups, count_lines, count_openings
from ramp155.answers.gap.comparison import CALIBRES, Comparison
from ramp155.answers.gap.ratios import Gap, compute_gap, find_median_ratio
from ramp155.answers.output.medians import MEDIAN_PLACE
from ramp155.answers.output.odds import compute_target_odds
from ramp155.answers.output.reading import read_outlook
from ramp155.answers.output.surface import SUPPLY_GRID, compute_surface
from ramp155.answers.stages.on_record import compute_attributed_capacity
from ramp155.answers.stages.utilisation import compute_utilisation
from ramp155.answers.track.forecasts import list_track
from ramp155.answers.track.score import score_forecasts
from ramp155.base.memory import remember
from ramp155.history.slips import list_dated_milestones, read_slips
from ramp155.history.standing.sites import SITE_MARKS, STATUS_GROUPS, list_site_statuses
from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import DEFAULT_MONTH, YEARS
from ramp155.model.scenario.scenario import Scenario

_BASELINE = Scenario()
_TRACK_MONTH = "2025-12"  # the month whose capacity the record is held against
CURVE_STEP = 10  # percent of supply between two points that are drawn
SHARE_STEP = 0.01
TIDE = ("closing", "standing still", "widening")
_CLOSE_RACE = 0.1  # stages that limit output in so nearly as many runs cannot be told apart
_TIDE_SHARE = 0.05  # a change of the ratio by less is none


@dataclass(frozen=True)
class Question:
    """A named answer with what it is asked of: levers, month, country, plant, stage; "" where it does not matter."""

    answer: str
    scenario: Scenario = _BASELINE
    month: str = DEFAULT_MONTH
    country: str = ""
    plant: str = ""
    stage: str = ""


@dataclass(frozen=True)
class Answer:
    """What a question comes to at this moment.

    `kind` is curve, number, share (0 to 1) or choice. `number` has the unit of its question, `low` and `high` are
    its likely range (NaN where it is a count), `most` the end of the scale on which it is guessed from 0 on, `step` one step of it.
    `choices` are those of a choice, `right` those that are right, the plainest first. A curve has `percents` of supply with
    `medians`, `lows` and `highs`, rounds a year. `facts` are further figures of its reason.
    """

    kind: str
    number: float = math.nan
    low: float = math.nan
    high: float = math.nan
    most: float = 1.0
    step: float = SHARE_STEP
    choices: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    percents: tuple[int, ...] = ()
    medians: tuple[float, ...] = ()
    lows: tuple[float, ...] = ()
    highs: tuple[float, ...] = ()
    facts: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class NamedAnswer:
    """An answer by name: its kind, how it is worked out, what may be asked of it beside the levers, and what must be."""

    kind: str
    work_out: Callable[[Model, Question], Answer]
    terms: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()


@remember
def answer_question(model: Model, question: Question) -> Answer:
    """What a question comes to. KeyError for an answer that has no such name."""
    return NAMED_ANSWERS[question.answer].work_out(model, question)


def _fit_scale(most: float, *numbers: float) -> float:
    """The end of a scale, doubled until every number is on it."""
    known_numbers = [number for number in numbers if not math.isnan(number)]
    while known_numbers and max(known_numbers) > most:
        most *= 2
    return most


def _count(number: float, most: float, **facts: float) -> Answer:
    return Answer("number", float(number), most=_fit_scale(most, number), step=1.0, facts=facts)


def _share(part: float, whole: float, **facts: float) -> Answer:
    share = part / whole if whole else math.nan
    return Answer("share", share, facts={"part": float(part), "whole": float(whole), **facts})


def _find_response(model: Model, question: Question) -> Answer:
    """Output of the month's year over supply, the numbers of the response picture."""
    place = YEARS.index(int(question.month[:4]))
    quantiles = compute_surface(model, question.scenario).years[:, :, place]
    percents = np.arange(0, 201, CURVE_STEP)
    low, middle, high = (
        tuple(float(rounds) for rounds in np.interp(percents / 100, SUPPLY_GRID, quantiles[row]))
        for row in (0, MEDIAN_PLACE, -1)
    )
    at_percent = dict(zip(map(int, percents), middle, strict=True))
    return Answer(
        "curve",
        most=_fit_scale(2_000_000.0, *high),
        step=10_000.0,
        percents=tuple(at_percent),
        medians=middle,
        lows=low,
        highs=high,
        facts={"half": at_percent[50], "full": at_percent[100], "more": at_percent[150]},
    )


def _find_output(model: Model, question: Question) -> Answer:
    reading = read_outlook(model, question.scenario, question.month)
    return Answer(
        "number",
        reading.year_rounds,
        reading.year_p10,
        reading.year_p90,
        _fit_scale(2_000_000.0, reading.year_p90),
        10_000.0,
        facts={"baseline": reading.year_baseline},
    )


def _compare_capacity(model: Model, question: Question) -> Answer:
    reading = read_outlook(model, question.scenario, question.month)
    ratio = reading.nameplate / reading.rounds if reading.rounds else math.nan
    facts = {"capacity": reading.nameplate, "output": reading.rounds}
    return Answer("number", ratio, most=_fit_scale(8.0, ratio), step=0.1, facts=facts)


def _find_limiting_stage(model: Model, question: Question) -> Answer:
    shares = read_outlook(model, question.scenario, question.month).shares
    most = max(shares.values())
    limiting = tuple(stage for stage, share in shares.items() if share >= most - _CLOSE_RACE)
    stages = compute_utilisation(model, question.scenario, question.month).stages["stage"]
    return Answer(
        "choice",
        choices=tuple(str(stage) for stage in stages),
        right=limiting,
        facts={f"share of {stage}": share for stage, share in shares.items()},
    )


def _share_limiting_runs(model: Model, question: Question) -> Answer:
    shares = read_outlook(model, question.scenario, question.month).shares
    return Answer("share", shares.get(question.stage, 0.0))


def _list_uses(model: Model, question: Question) -> dict[str, float]:
    stages = compute_utilisation(model, question.scenario, question.month).stages
    return {
        str(stage): float(use)
        for stage, use in zip(stages["stage"], stages["utilisation"], strict=True)
    }


def _find_least_used_stage(model: Model, question: Question) -> Answer:
    uses = _list_uses(model, question)
    least = min(uses.values())
    facts = {f"use of {stage}": use for stage, use in uses.items()}
    right = tuple(stage for stage, use in uses.items() if use == least)
    return Answer("choice", choices=tuple(uses), right=right, facts=facts)


def _find_stage_use(model: Model, question: Question) -> Answer:
    return Answer("share", _list_uses(model, question).get(question.stage, math.nan))


def _share_on_record(model: Model, question: Question) -> Answer:
    rows = compute_attributed_capacity(model)
    rows = rows[(rows["stage"] == question.stage) & (rows["month"] == _TRACK_MONTH)]
    named, others = (float(rows[column].sum()) for column in ("attributed", "unattributed"))
    return _share(named, named + others)


def _share_silent_plants(model: Model, question: Question) -> Answer:
    sites = list_site_statuses(list_statuses(model.record))
    is_silent = [SITE_MARKS["no recent news"] in marks for marks in sites["marks"]]
    return _share(float(sum(is_silent)), float(len(sites)))


def _count_openings(model: Model, question: Question) -> Answer:
    number = count_openings(model.record).number
    return _count(number, 60, coming=count_lines(model.record, "coming").number)


def _find_commonest_status(model: Model, question: Question) -> Answer:
    counts = count_groups(list_site_statuses(list_statuses(model.record)))
    most = max(counts.values())
    right = tuple(group for group, number in counts.items() if number == most)
    facts = {"number": float(most), "plants": float(sum(counts.values()))}
    return Answer("choice", choices=tuple(STATUS_GROUPS), right=right, facts=facts)


def _find_plant_status(model: Model, question: Question) -> Answer:
    sites = list_site_statuses(list_statuses(model.record)).set_index("site_id")
    status = str(sites["status"].get(question.plant, "unknown"))
    right = tuple(group for group, statuses in STATUS_GROUPS.items() if status in statuses)
    return Answer("choice", choices=tuple(STATUS_GROUPS), right=right)


def _share_late_lines(model: Model, question: Question) -> Answer:
    lines = list_statuses(model.record)
    lines = lines[lines["status"] != "not yet reported"]
    if question.country:
        countries = lines["line_id"].map(model.record.full_lines["country"])
        lines = lines[countries == question.country]
    return _share(float((lines["late"] == "late").sum()), float(len(lines)))


def _share_slipped_promises(model: Model, question: Question) -> Answer:
    strict = read_slips(list_dated_milestones(model.record)).strict
    late = strict.late * strict.count if strict.count else 0.0
    return _share(round(late), strict.count)


def _find_latest_country(model: Model, question: Question) -> Answer:
    lines = list_statuses(model.record)
    countries = lines["line_id"].map(model.record.full_lines["country"])
    late_counts = (lines["late"] == "late").groupby(countries).sum().sort_values(ascending=False)
    choices = tuple(sorted(late_counts.index[:6]))
    right = tuple(sorted(late_counts.index[late_counts == late_counts.max()]))
    return Answer("choice", choices=choices, right=right, facts={"late": float(late_counts.max())})


def _find_latest_plant(model: Model, question: Question) -> Answer:
    lines = list_statuses(model.record)
    lines = lines[lines["late"] == "late"]
    if question.country:
        countries = lines["line_id"].map(model.record.full_lines["country"])
        lines = lines[countries == question.country]
    months = lines.groupby("site_id")["lateness_months"].max()
    most = float(months.max()) if len(months) else math.nan
    sites = model.record.sites
    if question.country:
        sites = sites[sites["country"] == question.country]
    return Answer(
        "choice",
        choices=tuple(sites.sort_values("name")["site_id"]),
        right=tuple(months.index[months == most]),
        facts={"months": most},
    )


def _compare_gap(model: Model, question: Question) -> Gap:
    return compute_gap(model, question.scenario, Comparison())


def _find_ratio(model: Model, question: Question) -> Answer:
    row = _compare_gap(model, question).at(question.month)
    low, middle, high = (float(row[name]) for name in ("p10", "p50", "p90"))
    return Answer("number", middle, low, high, _fit_scale(8.0, high), 0.1)


def _find_parity_odds(model: Model, question: Question) -> Answer:
    odds, baseline = (
        float(compute_gap(model, scenario, Comparison()).at(question.month)["odds"])
        for scenario in (question.scenario, _BASELINE)
    )
    return Answer("share", odds, facts={"baseline": baseline})


def _find_tide(model: Model, question: Question) -> Answer:
    gap = _compare_gap(model, question)
    year, month = question.month.split("-")
    then = float(gap.at(question.month)["p50"])
    before = float(gap.at(f"{int(year) - 1}-{month}")["p50"])
    change = then / before - 1
    place = 1 if abs(change) <= _TIDE_SHARE else 0 if change < 0 else 2
    return Answer(
        "choice", choices=TIDE, right=(TIDE[place],), facts={"then": then, "before": before}
    )


def _find_highest_counting(model: Model, question: Question) -> Answer:
    ratios = {
        calibres: find_median_ratio(
            model, question.scenario, Comparison(calibres=calibres), question.month
        )
        for calibres in CALIBRES
    }
    ratios = {calibres: ratio for calibres, ratio in ratios.items() if not math.isnan(ratio)}
    right = tuple(calibres for calibres, ratio in ratios.items() if ratio == max(ratios.values()))
    facts = {"most": max(ratios.values()), "least": min(ratios.values())}
    return Answer("choice", choices=tuple(ratios), right=right, facts=facts)


def _find_million_odds(model: Model, question: Question) -> Answer:
    odds = compute_target_odds(model, question.scenario, question.month).set_index("target_id")
    return Answer("share", float(odds["odds"].get("million", math.nan)))


def _share_figures_inside(model: Model, question: Question) -> Answer:
    inside = score_forecasts(list_track(model.record)).inside80
    return _share(inside.hits, inside.number)


def _count_confidence(model: Model, question: Question) -> Answer:
    grades = [*model.record.events["confidence"], *model.record.claims["confidence"]]
    return _share(grades.count("A"), len(grades))


NAMED_ANSWERS: dict[str, NamedAnswer] = {
    "response": NamedAnswer("curve", _find_response, ("month",)),
    "output": NamedAnswer("number", _find_output, ("month",)),
    "capacity over output": NamedAnswer("number", _compare_capacity, ("month",)),
    "limiting stage": NamedAnswer("choice", _find_limiting_stage, ("month",)),
    "limiting share": NamedAnswer("share", _share_limiting_runs, ("month", "stage"), ("stage",)),
    "least used stage": NamedAnswer("choice", _find_least_used_stage, ("month",)),
    "use of a stage": NamedAnswer("share", _find_stage_use, ("month", "stage"), ("stage",)),
    "share on record": NamedAnswer("share", _share_on_record, ("stage",), ("stage",)),
    "silent plants": NamedAnswer("share", _share_silent_plants),
    "opened lines": NamedAnswer("number", _count_openings),
    "commonest status": NamedAnswer("choice", _find_commonest_status),
    "status of a plant": NamedAnswer("choice", _find_plant_status, ("plant",), ("plant",)),
    "late share": NamedAnswer("share", _share_late_lines, ("country",)),
    "slipped promises": NamedAnswer("share", _share_slipped_promises),
    "country with most late lines": NamedAnswer("choice", _find_latest_country),
    "latest plant": NamedAnswer("choice", _find_latest_plant, ("country",)),
    "ratio": NamedAnswer("number", _find_ratio, ("month",)),
    "parity odds": NamedAnswer("share", _find_parity_odds, ("month",)),
    "tide": NamedAnswer("choice", _find_tide, ("month",)),
    "highest way of counting": NamedAnswer("choice", _find_highest_counting, ("month",)),
    "odds of a million": NamedAnswer("share", _find_million_odds, ("month",)),
    "figures inside": NamedAnswer("share", _share_figures_inside),
    "best reports": NamedAnswer("share", _count_confidence),
}
