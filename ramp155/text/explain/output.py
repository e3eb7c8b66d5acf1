"""Explanations of output: the headline, the rate and its range, what plants could assemble, odds, tonnes and what a shortfall costs."""

from __future__ import annotations

import dataclasses

from ramp155.answers.explain.places import (
    WHOLE,
    place_figure,
    place_quantile,
    run_positions,
)
from ramp155.answers.output.medians import compute_nameplates
from ramp155.answers.output.odds import compute_target_odds
from ramp155.answers.output.reading import read_outlook
from ramp155.answers.output.surface import SUPPLY_GRID, find_nearest_position
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS, find_year_months
from ramp155.model.simulation.plans import find_chain
from ramp155.model.simulation.runs import run_baseline, run_scenario
from ramp155.text.explain.grammar.arithmetic import Amount, Line, work_out
from ramp155.text.explain.grammar.explanation import Asked, Explanation, Sources, build_explanation
from ramp155.text.explain.grammar.runs import list_place_lines, open_run
from ramp155.text.explain.grammar.words import (
    HALF_MORE,
    MODEL_NOT_SAID,
    count_runs,
    find_assumptions,
    find_total_claims,
    say_exact_share,
)
from ramp155.text.numbers import (
    say_month,
    say_percent,
    say_rounds,
    say_rounds_range,
    say_signed_rounds,
)
from ramp155.text.stages import name_stages

_LEAST_SHARE = 0.005  # of runs; fewer are shown as none
_OUTPUT_PARTS = (
    "nitrocellulose_fraction",
    "share_155_nitrocellulose",
    "modules_per_round",
    "propellant_per_module",
    "share_155_propellant",
    "utilisation",
)


def find_output_sources(model: Model) -> Sources:
    """What output rests on: the coefficients that move it most, and the reports that runs are weighed by."""
    return Sources(find_assumptions(model, *_OUTPUT_PARTS), find_total_claims(model, "output-2025"))


def explain_headline(model: Model, view: Asked) -> Explanation:
    """The rounds of the headline: a calendar year's, or a month's rate."""
    reading = read_outlook(model, view.scenario, view.month)
    if not reading.is_whole_year:
        return dataclasses.replace(explain_rate(model, view), name="headline")
    year, months = view.month[:4], find_year_months(int(view.month[:4]))
    figure = Amount(reading.year_rounds, "", f"rounds finished in {year}", say=say_rounds)
    runs = run_positions(model, view.scenario)
    places = place_figure(runs, lambda output: output[months].sum(axis=0), 0.5)
    lines, lower_runs = list_place_lines(figure, places)
    opened = open_run(model, view.scenario, view.month, places, lower_runs)
    if opened:
        # The year is the sum of its months; the last of them is taken apart.
        output = next(rounds for at, rounds, _ in runs if at == opened.position)
        run_months = output[months][:, opened.place.run]
        before = Amount(
            float(run_months[:-1].mean()),
            "rounds",
            "rounds of that run in an average month before",
        )
        months_before = Amount(len(run_months) - 1, "months", exact=True)
        year_parts = (before, months_before, opened.finished)
        lines += [Line(opened.figure, "{0} × {1} + {2}", year_parts), *opened.lines]
    return build_explanation(
        "headline",
        f"Complete 155 mm rounds that European NATO and Switzerland most likely finish in {year}.",
        say_rounds(reading.year_rounds),
        work_out(*lines),
        HALF_MORE,
        find_output_sources(model),
        MODEL_NOT_SAID,
        "output",
    )


def explain_rate(model: Model, view: Asked) -> Explanation:
    """The rounds a year of one month."""
    reading, place_of_month = (
        read_outlook(model, view.scenario, view.month),
        MONTHS.index(view.month),
    )
    month = say_month(view.month)
    figure = Amount(reading.rounds, "", f"rounds a year in {month}", say=say_rounds)
    runs = run_positions(model, view.scenario)
    places = place_figure(runs, lambda output: output[place_of_month] * 12, 0.5)
    lines, lower_runs = list_place_lines(figure, places)
    opened = open_run(model, view.scenario, view.month, places, lower_runs)
    if opened:
        twelve = Amount(12, "months", exact=True)
        lines += [Line(opened.figure, "{0} × {1}", (opened.finished, twelve)), *opened.lines]
    return build_explanation(
        "rate",
        f"Complete 155 mm rounds that Europe most likely finishes in {month}, times twelve.",
        say_rounds(reading.rounds),
        work_out(*lines),
        HALF_MORE,
        find_output_sources(model),
        MODEL_NOT_SAID,
        "output",
    )


def explain_path(model: Model, view: Asked) -> Explanation:
    """The chart of output over time: its line in the month that is read off."""
    rate = explain_rate(model, view)
    return dataclasses.replace(
        rate,
        name="output",
        what="The line is output month by month, the median of our runs, and the band holds 8 of 10 runs. "
        f"Below is its height in {say_month(view.month)}.",
        not_said="It says nothing of shocks nobody has announced: no war, no fire, no new law. "
        "The marks are what others said, and they count different things.",
        term="median",
    )


def explain_range(model: Model, view: Asked) -> Explanation:
    """The likely range of the month's rate."""
    reading, place_of_month = (
        read_outlook(model, view.scenario, view.month),
        MONTHS.index(view.month),
    )
    runs = run_positions(model, view.scenario)
    lines = []
    for level, rounds, words in (
        (0.1, reading.p10, "lower end of the range"),
        (0.9, reading.p90, "upper end of the range"),
    ):
        figure = Amount(rounds, "", words, say=say_rounds)
        places = place_figure(runs, lambda output: output[place_of_month] * 12, level)
        lines += list_place_lines(figure, places)[0]
    return build_explanation(
        "range",
        f"The range in which 8 of 10 of our runs lie in {say_month(view.month)}, in rounds a year.",
        say_rounds_range(reading.p10, reading.p90),
        work_out(*lines),
        "Put all runs in order. One in ten lies below the range, and one in ten above it.",
        find_output_sources(model),
        "It holds what we do not know about our assumptions. A published figure may fall outside it, "
        "for reports have errors of their own.",
        "likely-range",
    )


def explain_change(model: Model, view: Asked) -> Explanation:
    """The likely change against the baseline."""
    reading, place_of_month = (
        read_outlook(model, view.scenario, view.month),
        MONTHS.index(view.month),
    )
    baseline = run_baseline(model)
    if view.scenario.assume:
        baseline = baseline[:, draw_coefficients(model, view.scenario.assume).kept]
    runs = run_positions(model, view.scenario)
    lines = []
    for level, change, words in (
        (0.1, reading.change_p10, "lower end of the change"),
        (0.9, reading.change_p90, "upper end of the change"),
    ):
        figure = Amount(change, "", words, say=say_signed_rounds)
        places = place_figure(
            runs,
            lambda output: (output[place_of_month] - baseline[place_of_month]) * 12,
            level,
        )
        lines += list_place_lines(figure, places)[0]
    return build_explanation(
        "change",
        f"How far output in {say_month(view.month)} moves from the baseline, in 8 of 10 runs.",
        f"{say_signed_rounds(reading.change_p10)} to {say_signed_rounds(reading.change_p90)}",
        work_out(*lines),
        "Each run is compared with itself: the same run with every lever at 100 %.",
        find_output_sources(model),
        "It is the effect of the levers alone. That nobody may move them so far is not part of it.",
        "baseline",
    )


def explain_nameplate(model: Model, view: Asked) -> Explanation:
    """What plants could assemble."""
    reading = read_outlook(model, view.scenario, view.month)
    run_figures = compute_nameplates(model, view.scenario)[MONTHS.index(view.month)] * 12
    figure = Amount(
        reading.nameplate, "", "rounds a year that could be filled and assembled", say=say_rounds
    )
    place = place_quantile(run_figures, 0.5)
    lines = list_place_lines(figure, [(WHOLE, place)])[0]
    return build_explanation(
        "nameplate",
        f"Shells that plants could fill and assemble in {say_month(view.month)}, in a year: capacity as officials count it.",
        say_rounds(reading.nameplate),
        work_out(*lines),
        HALF_MORE,
        Sources(
            find_assumptions(model, "forecast_start_projectile", "forecast_pace", "forecast_rise"),
            find_total_claims(model, "nameplate-2025"),
        ),
        "It does not say that powder, charges or fuzes are there for them: output is lower.",
        "capacity",
    )


def explain_limit(model: Model, view: Asked) -> Explanation:
    """The stage that limits output most often."""
    reading = read_outlook(model, view.scenario, view.month)
    supply = float(SUPPLY_GRID[find_nearest_position(view.scenario.nitrocellulose)])
    limits = run_scenario(model, dataclasses.replace(view.scenario, nitrocellulose=supply))[1]
    of_month = limits[MONTHS.index(view.month)]
    order, names = find_chain(model.record).order, name_stages(model.record)
    lines: list[Line] = []
    for stage, share in list(reading.shares.items())[:3]:
        if lines and share < _LEAST_SHARE:
            break
        hits = int((of_month == order.index(stage)).sum())
        figure = Amount(share, "", f"share of runs limited by {names[stage]}", say=say_percent)
        lines.append(Line(figure, "{0} / {1}", count_runs(hits, len(of_month), "limited by it")))
    return build_explanation(
        "limit",
        f"The stage that allows the least in {say_month(view.month)}, by our assumptions, and in how many runs.",
        say_percent(reading.shares[reading.bottleneck]),
        work_out(*lines),
        f"Runs are counted at {say_percent(supply)} nitrocellulose. In each, the stage that allows the fewest rounds is the limit.",
        Sources(
            find_assumptions(
                model,
                "nitrocellulose_fraction",
                "share_155_nitrocellulose",
                "forecast_asap_due",
                "forecast_part_energetics",
            )
        ),
        "No public source tells which stage is the limit. Another guess at one share can change the order.",
        "bottleneck",
    )


def explain_odds(model: Model, view: Asked) -> Explanation:
    """The odds of each target."""
    odds = compute_target_odds(model, view.scenario, view.month)
    place = MONTHS.index(view.month)
    runs = run_positions(model, view.scenario)
    lines = []
    for label, target, share in zip(
        odds["label"], odds["rounds_per_year"], odds["odds"], strict=True
    ):
        figure = Amount(share, "", f"odds: {label}", say=say_exact_share)
        operands, right = [], []
        for position, output, _ in runs:
            hits = int((output[place] >= target / 12).sum())
            at = f"at {say_percent(position.supply)} nitrocellulose" if len(runs) > 1 else ""
            operands.append(
                Amount(hits, "runs", f"runs that reach {label} {at}".strip(), exact=True)
            )
            right.append(f"{{{len(operands) - 1}}}")
            if len(runs) > 1:
                operands.append(Amount(position.weight, exact=True))
                right[-1] += f" × {{{len(operands) - 1}}}"
        operands.append(Amount(runs[0][1].shape[1], "runs", "all runs", exact=True))
        whole = " + ".join(right)
        whole = f"({whole})" if len(runs) > 1 else whole
        lines.append(Line(figure, f"{whole} / {{{len(operands) - 1}}}", tuple(operands)))
    return build_explanation(
        "odds",
        f"In how many of our runs output reaches each target in {say_month(view.month)}.",
        say_exact_share(float(odds["odds"].iloc[0])) if len(odds) else "",
        work_out(*lines),
        "A run reaches a target if its rounds that month, times twelve, are at least as many.",
        Sources(
            find_output_sources(model).assumptions,
            tuple(" ".join(model.record.targets["claim_ids"]).split()),
        ),
        "They are shares of our runs. They are not the chance that a promise is kept by those who made it.",
        "odds",
    )
