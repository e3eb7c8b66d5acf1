"""Explanations of what holds output back: what each stage allows, how far it is used, what the answer hangs on, and goals."""

from __future__ import annotations

import dataclasses

import numpy as np

from ramp155.answers.explain.places import WHOLE, place_quantile
from ramp155.answers.goal.halving import TOLERANCE
from ramp155.answers.goal.odds import find_target_rounds
from ramp155.answers.goal.supply import find_supply, find_whole_percent
from ramp155.answers.output.surface import SUPPLY_GRID, find_nearest_position
from ramp155.answers.sensitivity.attribution import attribute_change
from ramp155.answers.sensitivity.tornado import compute_tornado
from ramp155.answers.stages.locks import find_locks
from ramp155.answers.stages.on_record import compute_attributed_capacity
from ramp155.answers.stages.utilisation import measure_stage_use
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.lifts import find_stage_capacity
from ramp155.model.simulation.plans import find_chain
from ramp155.model.simulation.runs import run_scenario
from ramp155.text.explain.grammar.arithmetic import Amount, Line, work_out
from ramp155.text.explain.grammar.explanation import Asked, Explanation, Sources, build_explanation
from ramp155.text.explain.grammar.runs import list_place_lines
from ramp155.text.explain.grammar.words import (
    HALF_MORE,
    count_runs,
    find_assumptions,
    find_total_claims,
    say_exact_share,
)
from ramp155.text.explain.output import find_output_sources
from ramp155.text.numbers import say_month, say_percent, say_rounds, say_signed_rounds
from ramp155.text.stages import name_stages

_GROWTH = ("forecast_pace", "forecast_drift")
_LEAST_SHARE = 0.005  # of runs; fewer are shown as none
_DECIDING = ("nitrocellulose_fraction", "share_155_nitrocellulose", "forecast_asap_due")


def explain_flow(model: Model, view: Asked) -> Explanation:
    """The machine's narrow place."""
    month = view.flow_month or view.month
    limits = run_scenario(model, view.scenario)[1][MONTHS.index(month)]
    order = find_chain(model.record).order
    hits_by_stage = np.bincount(limits, minlength=len(order))
    narrow = int(hits_by_stage.argmax())
    hits = int(hits_by_stage[narrow])
    name = name_stages(model.record)[order[narrow]]
    limited = Amount(hits / len(limits), "", f"runs that {name} limits", say=say_percent)
    return build_explanation(
        "flow",
        f"Pipes are as wide as what flows in them in {say_month(month)}; the narrow place limits output in most runs.",
        name,
        work_out(Line(limited, "{0} / {1}", count_runs(hits, len(limits), "limited by it"))),
        "In each run the stage that allows the fewest rounds limits output.",
        find_output_sources(model),
        "Which stage is narrow is our assumption: no public source tells.",
        "bottleneck",
    )


def explain_locks(model: Model, view: Asked) -> Explanation:
    """What the narrowest stage allows."""
    locks, place = find_locks(model, view.scenario, view.month), MONTHS.index(view.month)
    narrowest = locks.stages.iloc[0]
    name = name_stages(model.record)[narrowest["stage"]]
    run_figures = find_stage_capacity(model, view.scenario)[narrowest["stage"]][place] * 12
    figure = Amount(
        narrowest["allows_p50"], "", f"rounds a year that {name} alone would allow", say=say_rounds
    )
    lines = list_place_lines(figure, [(WHOLE, place_quantile(run_figures, 0.5))])[0]
    limits = run_scenario(model, view.scenario)[1][place]
    hits = int((limits == find_chain(model.record).order.index(narrowest["stage"])).sum())
    limited = Amount(narrowest["binds_share"], "", f"runs that {name} limits", say=say_percent)
    lines.append(Line(limited, "{0} / {1}", count_runs(hits, len(limits), "limited by it")))
    return build_explanation(
        "locks",
        f"Each bar is what one stage alone would allow in {say_month(view.month)}; "
        f"the narrowest is {name}.",
        say_rounds(narrowest["allows_p50"]),
        work_out(*lines),
        "The bar holds 8 of 10 runs, its tick is the median. Stores are left out: they carry over a gap only.",
        Sources(find_assumptions(model, *_DECIDING)),
        "A narrow bar need not be the limit in every run: runs differ in which stage is the narrowest.",
        "bottleneck",
    )


def explain_limits(model: Model, view: Asked) -> Explanation:
    """Which stages limit output over time."""
    limits = run_scenario(model, view.scenario)[1][MONTHS.index(view.month)]
    order, names = find_chain(model.record).order, name_stages(model.record)
    hits = {stage: int((limits == place).sum()) for place, stage in enumerate(order)}
    lines = [
        Line(
            Amount(count / len(limits), "", f"runs limited by {names[stage]}", say=say_percent),
            "{0} / {1}",
            count_runs(count, len(limits), f"limited by {names[stage]}"),
        )
        for stage, count in sorted(hits.items(), key=lambda item: -item[1])
        if count / len(limits) >= _LEAST_SHARE
    ]
    return build_explanation(
        "limits",
        f"Each area is the share of runs that one stage limits; below as it stands in {say_month(view.month)}.",
        say_percent(max(hits.values()) / len(limits)),
        work_out(*lines),
        "In each run the stage that allows the fewest rounds that month is the limit.",
        Sources(find_assumptions(model, *_DECIDING)),
        "No public source tells which stage is the limit: all of this is assumed.",
        "bottleneck",
    )


def explain_stages(model: Model, view: Asked) -> Explanation:
    """How far the fullest stage is used."""
    use = measure_stage_use(model, view.scenario, view.month)
    fullest = max(use, key=lambda stage: float(np.median(use[stage].shares)))
    name, shares = name_stages(model.record)[fullest], use[fullest].shares
    place = place_quantile(shares, 0.5)
    figure = Amount(place.middle, "", f"part of its capacity that is used: {name}", say=say_percent)
    lines, lower_runs = list_place_lines(figure, [(WHOLE, place)])
    if 0 < place.low < 1:
        used_rounds = Amount(
            float(use[fullest].used[place.run]) * 12,
            "rounds",
            "made of it a year in that run, in rounds' worth",
        )
        able = Amount(
            float(use[fullest].capacity[place.run]) * 12,
            "rounds",
            "its capacity a year in that run",
        )
        lines.append(Line(lower_runs[0], "{0} / {1}", (used_rounds, able)))
    return build_explanation(
        "stages",
        f"Each bar is the part of a stage's capacity that is used in {say_month(view.month)}; the fullest is {name}.",
        say_percent(place.middle),
        work_out(*lines),
        HALF_MORE,
        Sources(find_assumptions(model, *_DECIDING, "utilisation")),
        "A stage that is used in full is not always the limit: it may be filling its own store.",
        "capacity",
    )


def explain_tornado(model: Model, view: Asked) -> Explanation:
    """What the answer hangs on most."""
    first = compute_tornado(model, view.scenario, view.month).iloc[0]
    swing = first["rounds_at_high"] - first["rounds_at_low"]
    figure = Amount(
        swing, "", "from the lowest fifth of runs to the highest", say=say_signed_rounds
    )
    ends = (
        Amount(
            first["rounds_at_high"], "rounds", "median of the fifth of runs where it is highest"
        ),
        Amount(first["rounds_at_low"], "rounds", "median of the fifth of runs where it is lowest"),
    )
    return build_explanation(
        "tornado",
        f"Each bar is how far output in {say_month(view.month)} goes with one assumption; "
        f"the longest: {first['label']}.",
        say_signed_rounds(swing),
        work_out(Line(figure, "{0} − {1}", ends)),
        "Runs are put in order of that assumption. The lowest fifth is compared with the highest.",
        Sources(find_assumptions(model, *_list_origins(str(first["name"])))),
        "Other assumptions differ between these runs too. It is no proof of cause for one of them alone.",
        "assumption",
    )


def _list_origins(family: str) -> tuple[str, ...]:
    """The coefficients behind a row of the tornado: of a stage's capacity what its forecast begins with."""
    stage = family.removeprefix("total_")
    return (family,) if stage == family else (f"forecast_start_{stage}", *_GROWTH)


def explain_pinned(model: Model, view: Asked) -> Explanation:
    """How much of filling capacity named lines explain."""
    capacity = compute_attributed_capacity(model)
    december = capacity[
        (capacity["stage"] == "projectile") & (capacity["month"] == "2025-12")
    ].iloc[0]
    named, unnamed = float(december["attributed"]), float(december["unattributed"])
    figure = Amount(named / (named + unnamed), "", "part that named lines explain", say=say_percent)
    operands = (
        Amount(named, "rounds", "a year that lines on record report, end of 2025"),
        Amount(unnamed, "rounds", "a year that no named line explains"),
    )
    return build_explanation(
        "pinned",
        "How much of the filling capacity claimed for the end of 2025 the lines on record add up to.",
        say_percent(named / (named + unnamed)),
        work_out(Line(figure, "{0} / ({0} + {1})", operands)),
        "Both are medians of our runs. A line counts from its first reported rate.",
        Sources(
            find_assumptions(model, "forecast_start_projectile", "forecast_rise"),
            find_total_claims(model, "nameplate-2025"),
        ),
        "It does not say that the rest is not there: many lines publish no rate.",
        "capacity",
    )


def explain_causes(model: Model, view: Asked) -> Explanation:
    """Where a change comes from."""
    origins = attribute_change(model, view.scenario, view.month)
    figure = Amount(origins.after, "", "rounds a year with all that was changed", say=say_rounds)
    operands = (
        Amount(origins.before, "rounds", "rounds a year in the baseline"),
        Amount(origins.levers, "rounds", "what levers bring"),
        Amount(origins.assumptions, "rounds", "what assumptions of your own bring"),
    )
    return build_explanation(
        "causes",
        f"What part of the change of output in {say_month(view.month)} comes from levers, and what from your assumptions.",
        say_rounds(origins.after),
        work_out(Line(figure, "{0} + {1} + {2}", operands)),
        "Each gets the mean of what it does alone and after the other, so that they add up.",
        find_output_sources(model),
        "It does not say which of several levers did how much.",
        "baseline",
    )


def find_target(model: Model, view: Asked) -> float:
    """The target that is asked for.

    Returns
    -------
    float
        Rounds a year.
    """
    return find_target_rounds(model, view.target, view.target_rounds)


def explain_goal_odds(model: Model, view: Asked) -> Explanation:
    """The odds of the target that is asked for, over supply."""
    return explain_supply_odds(model, view.scenario, find_target(model, view), view.goal_month)


def explain_supply_odds(model: Model, scenario: Scenario, target: float, month: str) -> Explanation:
    """The odds of a target at the slider's position.

    Parameters
    ----------
    model : Model
        Record and number of draws.
    scenario : Scenario
        All levers.
    target : float
        Rounds a year.
    month : str
        YYYY-MM.
    """
    supply = float(SUPPLY_GRID[find_nearest_position(scenario.nitrocellulose)])
    output = run_scenario(model, dataclasses.replace(scenario, nitrocellulose=supply))[0]
    hits = int((output[MONTHS.index(month)] >= target / 12).sum())
    share = hits / output.shape[1]
    supply_words = say_percent(supply)
    figure = Amount(share, "", f"odds at {supply_words} nitrocellulose", say=say_exact_share)
    runs = count_runs(hits, output.shape[1], f"with {say_rounds(target)} rounds a year or more")
    return build_explanation(
        "goal_odds",
        f"The share of our runs that reach {say_rounds(target)} rounds a year in {say_month(month)}, by supply of nitrocellulose.",
        say_exact_share(share),
        work_out(Line(figure, "{0} / {1}", runs)),
        f"Read off at {supply_words}. The curve is counted the same way at every fifth percent.",
        find_output_sources(model),
        "It says nothing of other ways to the target: other levers may get there sooner.",
        "odds",
    )


def explain_goal(model: Model, view: Asked) -> Explanation:
    """The supply that reaches a million."""
    return explain_goal_supply(model, view.scenario, find_target(model, view), view.goal_month)


def explain_goal_supply(model: Model, scenario: Scenario, target: float, month: str) -> Explanation:
    """The supply of nitrocellulose that reaches a target, and the odds there.

    Parameters
    ----------
    model : Model
        Record and number of draws.
    scenario : Scenario
        The other levers.
    target : float
        Rounds a year.
    month : str
        YYYY-MM.
    """
    supply = find_supply(model, scenario, target, month)
    place, lines, answer = MONTHS.index(month), [], "no supply up to 200 %"
    positions = [2.0]
    note = "Even at 200 % the median of our runs stays below the target."
    if supply is not None:
        percent = find_whole_percent("nitrocellulose", supply)
        positions, answer = [percent / 100, (percent - 1) / 100], f"{percent} %"
        note = f"At {percent} % the median reaches the target; at {percent - 1} % it does not."
    for position in positions:
        if position < 0:
            continue
        output = run_scenario(model, dataclasses.replace(scenario, nitrocellulose=position))[0]
        place_of_median = place_quantile(output[place] * 12, 0.5)
        words = f"median at {say_percent(position)} nitrocellulose, rounds a year"
        figure = Amount(place_of_median.middle, "", words)
        lines += list_place_lines(figure, [(WHOLE, place_of_median)])[0]
        if position == positions[0]:
            hits = int((output[place] * 12 >= target * (1 - TOLERANCE)).sum())
            odds = Amount(hits / output.shape[1], "", "odds there", say=say_exact_share)
            runs = count_runs(hits, output.shape[1], "that reach the target there")
            lines.append(Line(odds, "{0} / {1}", runs))
    return build_explanation(
        "goal",
        f"The least nitrocellulose with which the median reaches {say_rounds(target)} rounds a year in {say_month(month)}.",
        answer,
        work_out(*lines),
        note,
        find_output_sources(model),
        "It does not say that so much can be had, or at what price.",
        "odds",
    )
