"""Explanations of supply: the tonnes behind 100 %, what one more tonne brings, what a shortfall costs, the response curve."""

from __future__ import annotations

import numpy as np

from ramp155.answers.explain.places import (
    WHOLE,
    place_quantile,
)
from ramp155.answers.output.medians import find_baseline_path, find_median_path
from ramp155.answers.output.nitrocellulose import (
    compute_baseline_tonnes,
    compute_rounds_per_tonne,
    measure_tonne_gain,
)
from ramp155.answers.output.response import find_supply_effect
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.text.explain.grammar.arithmetic import Amount, Line, work_out
from ramp155.text.explain.grammar.explanation import Asked, Explanation, Sources, build_explanation
from ramp155.text.explain.grammar.runs import list_place_lines
from ramp155.text.explain.grammar.words import (
    HALF_MORE,
    find_assumptions,
)
from ramp155.text.explain.output import find_output_sources
from ramp155.text.numbers import (
    say_month,
    say_rounds,
    say_signed_rounds,
)


def explain_tonnes(model: Model, view: Asked) -> Explanation:
    """The tonnes behind 100 % of nitrocellulose."""
    year = view.month[:4]
    run_figures = compute_baseline_tonnes(model, view.month)
    place = place_quantile(run_figures, 0.5)
    figure = Amount(
        place.middle,
        "t",
        f"nitrocellulose for 155 mm in {year}",
        say=lambda t: f"{round(t, -2):,.0f}",
    )
    lines = list_place_lines(figure, [(WHOLE, place)], "t")[0]
    return build_explanation(
        "tonnes",
        f"The nitrocellulose now expected for 155 mm rounds in {say_month(view.month)}, in tonnes a year: 100 % on the slider. "
        "A change reaches finished rounds after four months and what stores cover.",
        f"{round(place.middle, -2):,.0f} t",
        work_out(*lines),
        HALF_MORE,
        Sources(
            find_assumptions(
                model,
                "forecast_start_nitrocellulose",
                "nitrocellulose_imports",
                "nitrocellulose_grade",
                "share_155_nitrocellulose",
            )
        ),
        "Nobody publishes how much is made for shells. It is an estimate from few reports.",
        "baseline",
    )


def explain_tonne_gain(model: Model, view: Asked) -> Explanation:
    """The rounds that one more tonne brings."""
    percent = round(view.scenario.nitrocellulose * 100)
    gain = measure_tonne_gain(model, view.scenario, view.month)
    rounds = float(compute_rounds_per_tonne(model, view.scenario, view.month)[percent])
    figure = Amount(rounds, "", "rounds that one more tonne brings", say=lambda r: f"{r:,.0f}")
    gained = Amount(
        float(gain.rounds[percent]), "rounds", "rounds that one more percent adds by then"
    )
    tonnes = Amount(gain.tonnes, "tonnes", "tonnes in that percent that can reach a round by then")
    most = Amount(gain.most, "rounds", "rounds that a tonne is enough for")
    if gain.tonnes <= 0:
        line = Line(figure, "{0} × {1}", (Amount(0, "tonnes", exact=True), most))
    elif gain.rounds[percent] < 0:
        line = Line(
            figure, "{0} × {1}", (Amount(0, "rounds", "no fewer than none", exact=True), most)
        )
    else:
        line = Line(figure, "least of ({0} / {1}; {2})", (gained, tonnes, most))
    return build_explanation(
        "tonne_gain",
        f"Rounds that one more tonne of nitrocellulose brings by {say_month(view.month)}.",
        f"{rounds:,.0f}",
        work_out(line),
        "All rounds by that month are added up, at this position of the slider and one percent on.",
        Sources(
            find_assumptions(
                model, "nitrocellulose_fraction", "propellant_per_module", "modules_per_round"
            )
        ),
        "It holds for a small change. Ten times the tonnes do not bring ten times the rounds.",
        "nitrocellulose",
    )


def explain_loss(model: Model, view: Asked) -> Explanation:
    """The rounds that a shortfall costs in all."""
    baseline, output = find_baseline_path(model), find_median_path(model, view.scenario)
    short = np.maximum(baseline - output, 0.0)[MONTHS.index(view.scenario.start) :]
    months = int((short > 0).sum())
    figure = Amount(float(short.sum()), "", "rounds fewer in all", say=say_rounds)
    average = Amount(
        float(short.sum()) / months if months else 0.0,
        "rounds",
        "rounds fewer in an average such month",
    )
    count = Amount(
        months, "months", "months to the end of 2030 with fewer than in the baseline", exact=True
    )
    return build_explanation(
        "loss",
        "Rounds that are missing by the end of 2030 against the baseline, by the median of our runs.",
        say_rounds(float(short.sum())),
        work_out(Line(figure, "{0} × {1}", (average, count))),
        "Months in which output is above the baseline are not set against the others.",
        find_output_sources(model),
        "It does not say that they are lost for good: what is short may be bought elsewhere.",
        "baseline",
    )


def explain_response(model: Model, view: Asked) -> Explanation:
    """The response curve: what half as much costs and half as much again adds."""
    year = int(view.month[:4])
    effect = find_supply_effect(model, view.scenario, year)
    half, full, more = (
        Amount(rounds, "rounds", f"rounds in {year} at {at} nitrocellulose")
        for rounds, at in ((effect.half, "50 %"), (effect.full, "100 %"), (effect.more, "150 %"))
    )
    lines = [
        Line(
            Amount(
                effect.full - effect.half,
                "",
                "rounds that half the supply costs",
                say=say_signed_rounds,
            ),
            "{0} − {1}",
            (full, half),
        ),
        Line(
            Amount(
                effect.more - effect.full,
                "",
                "rounds that half as much again adds",
                say=say_signed_rounds,
            ),
            "{0} − {1}",
            (more, full),
        ),
    ]
    return build_explanation(
        "response",
        "The curve shows output against the supply of nitrocellulose, with all other levers as they stand.",
        say_signed_rounds(effect.full - effect.half),
        work_out(*lines),
        "Each is the median of our runs at that supply.",
        find_output_sources(model),
        "Where the curve is flat, something else is the limit. It does not say what that would cost to widen.",
        "nitrocellulose",
    )
