"""Explanations of the evidence: totals that runs are weighed by, forecasts that held, targets that were met, claims, assumptions."""

from __future__ import annotations

import pandas as pd

from ramp155.answers.explain.places import WHOLE, place_quantile
from ramp155.answers.targets import list_western_targets, tally_targets
from ramp155.answers.track.forecasts import list_track
from ramp155.answers.track.groups import name_groups
from ramp155.answers.track.score import score_forecasts
from ramp155.answers.verdicts.verdict import CIRCULAR, CONTRADICTED, SUPPORTED
from ramp155.history.claims import list_claims, list_contested_claims, list_topics
from ramp155.model.coefficients.draws import draw_coefficients
from ramp155.model.coefficients.fit import compute_observables
from ramp155.model.model import Model
from ramp155.record.grades import count_coefficients
from ramp155.text.explain.grammar.arithmetic import Amount, Line, work_out
from ramp155.text.explain.grammar.explanation import Asked, Explanation, Sources, build_explanation
from ramp155.text.explain.grammar.runs import list_place_lines
from ramp155.text.explain.grammar.words import (
    add_up,
    find_assumptions,
    find_claims,
    find_total_claims,
    pick_sources,
)
from ramp155.text.numbers import count_words, say_percent, say_rounds, say_rounds_range
from ramp155.text.statements.labels import find_verdict_group
from ramp155.text.statements.verdicts import judge_statements

_EVENLY = "Put all runs in order. One in ten lies below the range, and one in ten above it."


def _explain_total(
    model: Model, name: str, target_id: str, what: str, not_said: str, term: str
) -> Explanation:
    """The likely range of a published total, as our runs have it."""
    target = next(
        candidate for candidate in model.record.list_targets() if candidate.target_id == target_id
    )
    observables = compute_observables(model.record, draw_coefficients(model).params)
    run_figures = observables[target.observable][int(target.year)]
    lines, ends = [], []
    for level, words in ((0.1, "lower end of the range"), (0.9, "upper end of the range")):
        place = place_quantile(run_figures, level)
        ends.append(place.middle)
        figure = Amount(place.middle, "", words, say=say_rounds)
        lines += list_place_lines(figure, [(WHOLE, place)])[0]
    return build_explanation(
        name,
        what,
        say_rounds_range(*ends),
        work_out(*lines),
        f"{_EVENLY} Runs count by how well they agree with the reports below.",
        Sources(
            find_assumptions(model, "forecast_start_projectile", "forecast_rise", "utilisation"),
            find_total_claims(model, target_id),
        ),
        not_said,
        term,
    )


def explain_capacity_2025(model: Model, view: Asked) -> Explanation:
    """The tile of capacity."""
    return _explain_total(
        model,
        "capacity_2025",
        "nameplate-2025",
        "Shells that Europe could fill and assemble in a year at the end of 2025, in 8 of 10 of our runs.",
        "No single report says just this range. Reports lie further apart.",
        "capacity",
    )


def explain_output_2025(model: Model, view: Asked) -> Explanation:
    """The tile of output."""
    return _explain_total(
        model,
        "output_2025",
        "output-2025",
        "Rounds that left Europe's plants complete in 2025, with charge and fuze, in 8 of 10 of our runs.",
        "Officials mostly speak of capacity, which is higher.",
        "output",
    )


def explain_track(model: Model, view: Asked) -> Explanation:
    """The share of later figures that fell inside."""
    forecasts = list_track(model.record)
    figures = forecasts[forecasts["bound"] == ""]
    lines = []
    for group, members in figures.assign(group=name_groups(figures)).groupby("group", sort=False):
        inside = score_forecasts(members).inside80
        words = str(group).replace("_", " ").replace("nameplate", "capacity")
        lines.append(_write_inside(inside.hits, inside.number, words))
    total = score_forecasts(forecasts).inside80
    lines.insert(0, _write_inside(total.hits, total.number, "all of them"))
    return build_explanation(
        "track",
        "How many figures that were published later fell inside the ranges we would have given before.",
        say_percent(total.share) if total.number else "",
        work_out(*lines),
        "The range is meant to hold 8 of 10. Each forecast knows only what had been said by its day.",
        Sources(find_assumptions(model, "forecast_pace", "forecast_drift", "forecast_tails")),
        "These are few separate facts, seen from several days. Chance alone could move the share by ten points.",
        "track-record",
    )


def _write_inside(hits: int, number: int, words: str) -> Line:
    figure = Amount(hits / number if number else 0.0, "", f"inside, {words}", say=say_percent)
    operands = (
        Amount(hits, "figures", f"inside the range, {words}", exact=True),
        Amount(max(number, 1), "figures", f"checked, {words}", exact=True),
    )
    return Line(figure, "{0} / {1}", operands)


def explain_misses(model: Model, view: Asked) -> Explanation:
    """The average miss."""
    forecasts = list_track(model.record)
    misses = forecasts.loc[forecasts["bound"] == "", "crps"]
    figure = Amount(float(misses.mean()), "", "average miss", say=lambda miss: f"{miss:.2f}")
    operands = (
        Amount(float(misses.sum()), "", "all misses added up"),
        Amount(len(misses), "figures", "checked", exact=True),
    )
    return build_explanation(
        "misses",
        "How far later figures lie from the forecast on average, as a share: 0.1 is about a tenth off.",
        f"{misses.mean():.2f}",
        work_out(Line(figure, "{0} / {1}", operands)),
        "Each figure counts once. A wide range costs as well, so vague forecasts do not win.",
        Sources(find_assumptions(model, "forecast_pace", "forecast_drift", "forecast_tails")),
        "It treats a miss above as one below, though not to have rounds may cost more.",
        "track-record",
    )


def explain_targets(model: Model, view: Asked) -> Explanation:
    """How many western targets were met on time."""
    tally = tally_targets(list_western_targets(model.record))
    late = tally.known - tally.met
    figure = Amount(tally.share if tally.known else 0.0, "", "met on time", say=say_percent)
    operands = (
        Amount(tally.met, "targets", "met on time", exact=True),
        Amount(max(tally.known, 1), "targets", "with a known outcome", exact=True),
    )
    lines = [
        Line(figure, "{0} / {1}", operands),
        add_up(
            tally.known,
            "with a known outcome",
            "targets",
            [(tally.met, "met on time"), (late, "late, moved or not met")],
        ),
    ]
    targets = list_western_targets(model.record)
    return build_explanation(
        "targets",
        "Each mark is a target that was set in public, over the share of it that came.",
        say_percent(figure.number),
        work_out(*lines),
        "A target with no later word is not counted: its outcome is not known.",
        Sources(claims=find_claims(model, _list_claim_ids(targets))),
        "Easy targets and hard ones count alike.",
        "odds",
    )


def _list_claim_ids(rows: pd.DataFrame) -> list[str]:
    names = [name for name in rows.columns if name.endswith(("claim_id", "claim_ids", "claim"))]
    return [claim for name in names for cell in rows[name] for claim in str(cell).split()]


def explain_topic(model: Model, view: Asked) -> Explanation:
    """Claims that do not agree."""
    claims = list_contested_claims(list_claims(model.record), view.topic)
    with_figure = int(claims[["value_low", "value_high"]].notna().any(axis=1).sum())
    operands = [(with_figure, "with a figure, drawn"), (len(claims) - with_figure, "without one")]
    return build_explanation(
        "topic",
        "Claims on one question that do not agree, lowest first, each as its source counts it.",
        count_words(len(claims), "claim"),
        work_out(add_up(len(claims), "claims that do not agree", "claims", operands)),
        "Copies of a claim are left out.",
        Sources(claims=find_claims(model, claims["claim_id"])),
        f"It does not say who is right on this: {list_topics(model.record)[view.topic]}.",
        "confidence",
    )


def explain_assumed(model: Model, view: Asked) -> Explanation:
    """How many coefficients are our assumptions."""
    counts = count_coefficients(model.record)
    operands = [(counts.assumed, "our assumptions"), (counts.used - counts.assumed, "with sources")]
    return build_explanation(
        "assumed",
        "Of the numbers that the model uses, how many nobody publishes, so that we assume them.",
        f"{counts.assumed}",
        work_out(add_up(counts.used, "that the model uses", "numbers", operands)),
        "A number counts as sourced if at least one report names it.",
        Sources(
            find_assumptions(
                model,
                *(coefficient.assumption_id for coefficient in model.record.list_coefficients()),
            )
        ),
        "That a number has a source does not make it sure: sources differ.",
        "assumption",
    )


def explain_weak_events(model: Model, view: Asked) -> Explanation:
    """The share of reports of confidence C."""
    grades = model.record.events["confidence"]
    weak = int((grades == "C").sum())
    figure = Amount(
        weak / len(grades), "", "of confidence C", say=lambda share: f"{share * 100:.0f} %"
    )
    operands = (
        Amount(weak, "reports", "of confidence C: indirect or contested", exact=True),
        Amount(len(grades), "reports", "on record", exact=True),
    )
    lines = [Line(figure, "{0} / {1}", operands)]
    lines.append(
        add_up(
            len(grades),
            "on record",
            "reports",
            [(int((grades == grade).sum()), f"of confidence {grade}") for grade in "ABC"],
        )
    )
    return build_explanation(
        "weak_events",
        "How many of the dated reports on lines are indirect or contested.",
        figure.say(figure.number) if figure.say else "",
        work_out(*lines),
        "Confidence says how good a report is, not whether it is true.",
        Sources(sources=pick_sources(model.record.events["source_id"])),
        "No line counts in a headline on such a report alone.",
        "confidence",
    )


def explain_statements(model: Model, view: Asked) -> Explanation:
    """How many statements are supported, contradicted, undecided."""
    verdicts = judge_statements(model, view.scenario, view.comparison, view.terms)
    groups = [find_verdict_group(verdict.verdict) for verdict in verdicts]
    operands = [(groups.count(group), group) for group in dict.fromkeys(groups)]
    words = {CIRCULAR: "no test, for the model was given it"}
    named = [(number, words.get(group, group)) for number, group in operands]
    return build_explanation(
        "statements",
        "Public statements held against record and model, by what comes of them.",
        count_words(len(verdicts), "statement"),
        work_out(add_up(len(verdicts), "judged", "statements", named)),
        f"Supported: it holds in {say_percent(SUPPORTED)} of runs or counts. Contradicted: in {say_percent(CONTRADICTED)} at most.",
        Sources(
            claims=find_claims(model, [claim for verdict in verdicts for claim in verdict.claims])
        ),
        "It does not say that anybody lied: most count other things than we do.",
        "odds",
    )
