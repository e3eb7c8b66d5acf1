"""What lessons say: an answer in words, why it is so, and how far off a guess was."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from ramp155.answers.gap.comparison import CALIBRES
from ramp155.answers.lessons import Answer, Question
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.text.numbers import (
    count_words,
    join_words,
    say_chance,
    say_month,
    say_percent,
    say_rounds,
    say_rounds_range,
    say_times,
)
from ramp155.text.stages import name_stages

_CLOSE, _NEAR, _FAR = 0.1, 0.25, 0.5  # a miss as a share of the answer, or of what the curve has at 100 %
_CURVE_INSIDE = 0.8  # of the points of a curve that lie in the likely range
_COUNTING = {
    "155": "only 155 and 152 mm rounds, on both sides",
    "all": "rounds of all calibres, on both sides",
    "quoted": "as each source counts, so not alike",
}
_TIDE_WORDS = {"closing": "It is closing", "standing still": "It hardly moves", "widening": "It is widening"}


def name_choices(model: Model, question: Question, answer: Answer) -> dict[str, str]:
    """What may be chosen -> what it is called on screen."""
    records = model.record
    tables = {
        "limiting stage": name_stages(records),
        "least used stage": name_stages(records),
        "country with most late lines": dict(
            zip(records.countries["country"], records.countries["name"], strict=True)
        ),
        "latest plant": dict(zip(records.sites["site_id"], records.sites["name"], strict=True)),
        "highest way of counting": {
            calibres: f"{label}: {_COUNTING[calibres]}" for calibres, label in CALIBRES.items()
        },
        "tide": _TIDE_WORDS,
    }
    names = tables.get(question.answer, {})
    return {key: names.get(key, key) for key in answer.choices}


def say_guess(question: Question, answer: Answer, number: float) -> str:
    """A number as its question tells it: 780,000 rounds, 62 %, 3.2 times, 12 lines.

    Parameters
    ----------
    question : Question
        What was asked.
    answer : Answer
        Its answer, for the unit.
    number : float
        In the answer's unit: rounds a year, share from 0 to 1, times, a count.
    """
    if math.isnan(number):
        return "not known"
    if answer.kind == "share":
        return say_percent(number)
    if question.answer in ("response", "output"):
        return f"{say_rounds(number)} rounds"
    if question.answer in ("ratio", "capacity over output"):
        return say_times(number)
    return count_words(number, {"plants": "plant", "opened lines": "line"}[question.answer])


def describe_guess(question: Question, answer: Answer) -> dict[str, str]:
    """The words that stand beside a guess while it is made: what is guessed, how numbers are told, what buttons say."""
    year = question.month[:4]
    labels = {
        "curve": f"Complete rounds in {year}, million",
        "share": "Your guess in percent",
    }
    named = {
        "output": f"Your guess: rounds in {year}",
        "plants": "Your guess: plants",
        "opened lines": "Your guess: lines",
    }
    told = "rounds" if question.answer in ("response", "output") else "count"
    if answer.kind == "share":
        told = "share"
    elif question.answer in ("ratio", "capacity over output"):
        told = "times"
    return {
        "label": named.get(question.answer, labels.get(answer.kind, "Your guess: how many times")),
        "told": told,
        "across": "Nitrocellulose supply, % of what is now expected",
        "knownName": f"now expected: {say_guess(question, answer, answer.facts['full'])}"
        if answer.kind == "curve"
        else "",
        "button": "Show the answer",
        "hint": "Draw from left to right, up to the edge. Keys: ← → go along, ↑ ↓ draw."
        if answer.kind == "curve"
        else "Move the slider, then show the answer.",
        "ready": "Drawn. Change it if you like, then show the answer."
        if answer.kind == "curve"
        else "",
        "yours": "you",
        "ours": "our runs" if answer.kind == "curve" or answer.low == answer.low else "answer",
        "shade": "Shade: the likely range, in which 8 of 10 runs lie."
        if answer.kind == "curve" or answer.low == answer.low
        else "",
    }


def write_answer(model: Model, question: Question, answer: Answer) -> str:
    """The answer in a few words; of a choice with several that are right all of them."""
    if answer.kind == "choice":
        names = name_choices(model, question, answer)
        return join_words((names.get(key, key) for key in answer.right), "or")
    return say_guess(question, answer, answer.number)


def write_guess_miss(question: Question, answer: Answer, guess: float) -> str:
    """How far off a guess was, in words and in its unit.

    Parameters
    ----------
    question : Question
        What was asked.
    answer : Answer
        Its answer.
    guess : float
        In the answer's unit.
    """
    if math.isnan(answer.number):
        return "The record gives no answer to this today, so no guess is wrong."
    miss = guess - answer.number
    said = say_guess(question, answer, answer.number)
    if say_guess(question, answer, guess) == said:
        return f"Exactly: {said}."
    side = "high" if miss > 0 else "low"
    if answer.kind == "share":
        points = count_words(max(round(abs(miss) * 100), 1), "point")
        distance = f"{points} too {side}"
    elif question.answer in ("ratio", "capacity over output"):
        distance = f"{abs(miss):.1f} too {side}"
    else:
        distance = f"{say_guess(question, answer, abs(miss))} too {side}"
    verdict = _judge_miss(answer, miss)
    return f"{verdict}: {distance}. You said {say_guess(question, answer, guess)}, it is {said}."


def _judge_miss(answer: Answer, miss: float) -> str:
    scale = 1.0 if answer.kind == "share" else abs(answer.number) or 1.0
    share = abs(miss) / scale * (2 if answer.kind == "share" else 1)
    if answer.low <= answer.number + miss <= answer.high:
        return "Inside the likely range"
    if share <= _CLOSE:
        return "Very close"
    if share <= _NEAR:
        return "Close"
    return "Some way off" if share <= _FAR else "A long way off"


def write_curve_miss(answer: Answer, drawn: Sequence[float]) -> str:
    """How far a drawn curve was from the model's, in words and rounds, and where it was furthest off.

    Parameters
    ----------
    answer : Answer
        Of kind curve.
    drawn : sequence of float, (percents,)
        Rounds a year at each of its percents.
    """
    misses = [
        guess - middle for guess, middle in zip(drawn, answer.medians, strict=True)
    ]
    mean_miss = sum(map(abs, misses)) / len(misses)
    inside = sum(
        low <= guess <= high
        for guess, low, high in zip(drawn, answer.lows, answer.highs, strict=True)
    )
    whole = answer.facts["full"] or 1.0
    words = (
        "Very close"
        if mean_miss <= _CLOSE * whole
        else "Close"
        if mean_miss <= _NEAR * whole
        else "Some way off"
        if mean_miss <= _FAR * whole
        else "A long way off"
    )
    sentences = [f"{words}: on average {say_rounds(mean_miss)} rounds off."]
    place = max(range(len(misses)), key=lambda index: abs(misses[index]))
    if abs(misses[place]) > _CLOSE * whole:
        side = "high" if misses[place] > 0 else "low"
        sentences.append(
            f"It was furthest off at {answer.percents[place]} %: {say_rounds(abs(misses[place]))} too {side}."
        )
    sentences.append(_write_inside(inside, len(misses)))
    shape = _write_shape(answer, drawn)
    return " ".join([*sentences, shape] if shape else sentences)


def _write_inside(inside: int, whole: int) -> str:
    if inside == whole:
        return "All of it lies in the likely range."
    if not inside:
        return "None of it lies in the likely range."
    share = inside / whole
    lead = "Most of it" if share >= _CURVE_INSIDE else "Part of it" if share < 0.5 else "Much of it"
    return f"{lead} lies in the likely range: {inside} of {whole} points."


def _write_shape(answer: Answer, drawn: Sequence[float]) -> str:
    """What the drawn shape took for granted, where ours is another."""
    full = answer.percents.index(100)
    last = len(answer.percents) - 1
    whole = answer.facts["full"] or 1.0
    drawn_gain = (drawn[last] - drawn[full]) / whole
    gain = (answer.medians[last] - answer.medians[full]) / whole
    if drawn_gain > gain + _NEAR:
        return "You let more powder keep on helping; in ours it soon helps little."
    if drawn_gain < gain - _NEAR:
        return "You saw no gain above 100 %; in ours there is still some."
    return ""


def write_reason(model: Model, question: Question, answer: Answer) -> str:
    """Why the answer is what it is: one to three sentences, with figures of this moment."""
    return _REASONS[question.answer](model, question, answer)


def _explain_response(model: Model, question: Question, answer: Answer) -> str:
    half, full, more = (answer.facts[name] for name in ("half", "full", "more"))
    year = question.month[:4]
    # A scarce input sets output; one that is not scarce does not.
    return (
        f"Half the nitrocellulose leaves {say_rounds(half)} rounds in {year}, of {say_rounds(full)}: too little of it stops the rest. "
        f"Half as much again adds only {say_rounds(max(more - full, 0.0))}. Then something else is scarce. "
        "The bend is soft, for in each of our runs another stage may be the scarcest."
    )


def _explain_output(model: Model, question: Question, answer: Answer) -> str:
    said = f"In half of our runs it is more. The likely range is {say_rounds_range(answer.low, answer.high)} rounds."
    if question.scenario == Scenario():
        return said
    return f"With no lever moved it is {say_rounds(answer.facts['baseline'])}. {said}"


def _explain_capacity(model: Model, question: Question, answer: Answer) -> str:
    return (
        f"In {say_month(question.month)} plants could fill and assemble {say_rounds(answer.facts['capacity'])} rounds a year. "
        f"Output is {say_rounds(answer.facts['output'])}, for powder and its parts are made at other plants. "
        "A shell without its charge is not counted as a round."
    )


def _explain_limit(model: Model, question: Question, answer: Answer) -> str:
    names = name_stages(model.record)
    shares = sorted(
        (
            (share, key.removeprefix("share of "))
            for key, share in answer.facts.items()
            if key.startswith("share of ")
        ),
        reverse=True,
    )
    first_share, first = shares[0]
    lead = (
        f"In {say_month(question.month)} {names[first]} allows the least in {say_chance(first_share)} of runs, by our assumptions."
    )
    if len(shares) < 2:
        return lead
    second_share, second = shares[1]
    return (
        f"{lead} {names[second].capitalize()} comes next, with {say_chance(second_share)}. "
        "Which one it is, no public source tells."
    )


def _explain_limit_share(model: Model, question: Question, answer: Answer) -> str:
    stage = name_stages(model.record)[question.stage]
    return (
        f"In {say_chance(answer.number)} of runs {stage} allows the least in {say_month(question.month)}. "
        "In the others another stage is scarcer: that is why we speak of odds."
    )


def _explain_least_used(model: Model, question: Question, answer: Answer) -> str:
    names = name_stages(model.record)
    uses = {
        key.removeprefix("use of "): use
        for key, use in answer.facts.items()
        if key.startswith("use of ")
    }
    most = max(uses, key=lambda stage: uses[stage])
    return (
        f"{names[answer.right[0]].capitalize()} could make much more: {say_percent(uses[answer.right[0]])} of it is in use. "
        f"Of {names[most]} it is {say_percent(uses[most])}. Plants wait for what is scarce."
    )


def _explain_use(model: Model, question: Question, answer: Answer) -> str:
    stage = name_stages(model.record)[question.stage]
    return (
        f"Of the capacity for {stage}, {say_percent(answer.number)} is used in {say_month(question.month)}, by our assumptions. "
        "The rest waits for parts that others make."
    )


def _explain_record(model: Model, question: Question, answer: Answer) -> str:
    stage = name_stages(model.record)[question.stage]
    return (
        f"Lines with a name and a reported rate make up {say_percent(answer.number)} of the capacity for {stage} at the end of 2025. "
        "The rest is known only as a total that officials gave."
    )


def _explain_plants(model: Model, question: Question, answer: Answer) -> str:
    return (
        f"The record has {count_words(answer.number, 'plant')}. Many make several things: together they have "
        f"{count_words(answer.facts['lines'], 'line')}."
    )


def _explain_openings(model: Model, question: Question, answer: Answer) -> str:
    return (
        f"Since November 2023 we count {count_words(answer.number, 'opened line')}: new, restarted or expanded, each with a good report. "
        f"Many more are announced or being built: {answer.facts['coming']:,.0f}."
    )


def _explain_commonest(model: Model, question: Question, answer: Answer) -> str:
    number, lines = answer.facts["number"], answer.facts["lines"]
    return (
        f"Of {count_words(lines, 'line')} on record {number:,.0f} {'stands' if number == 1 else 'stand'} at “{answer.right[0]}”. "
        "A promise is not a plant: most of what one reads about is still to come."
    )


def _explain_plant(model: Model, question: Question, answer: Answer) -> str:
    name = model.record.site(question.plant).name
    return (
        f"{name} stands at “{answer.right[0]}”. A status follows from dated reports by a fixed rule; its page names the report."
    )


def _explain_late(model: Model, question: Question, answer: Answer) -> str:
    where = ""
    if question.country:
        names = dict(
            zip(model.record.countries["country"], model.record.countries["name"], strict=True)
        )
        where = f" in {names[question.country]}"
    late, lines = answer.facts["part"], answer.facts["whole"]
    verb = "is" if late == 1 else "are"
    return (
        f"Of {count_words(lines, 'line')} on record{where}, {late:,.0f} {verb} late. "
        "Late means: its first promise has passed undelivered, or was moved to a later date. "
        "A line that promised no date cannot be late."
    )


def _explain_slipped(model: Model, question: Question, answer: Answer) -> str:
    late, promises = answer.facts["part"], answer.facts["whole"]
    return (
        f"Of {count_words(promises, 'promise')} with two dates, {late:,.0f} moved to a later one, or came later. "
        "We count a promise as late only where its dates leave no doubt."
    )


def _explain_latest_country(model: Model, question: Question, answer: Answer) -> str:
    names = name_choices(model, question, answer)
    lines = count_words(answer.facts["late"], "late line")
    where = join_words(names.get(country, country) for country in answer.right)
    lead = f"{where} has {lines}" if len(answer.right) == 1 else f"{where} have {lines} each"
    return f"{lead}. Where more was promised, more can be late: it is no ranking of skill."


def _explain_latest_plant(model: Model, question: Question, answer: Answer) -> str:
    names = name_choices(model, question, answer)
    if not answer.right:
        return "No plant there is late on the record today."
    return (
        f"A line at {names[answer.right[0]]} is late by at least {count_words(answer.facts['months'], 'month')}. "
        "“At least”, for many dates name only a year."
    )


def _explain_ratio(model: Model, question: Question, answer: Answer) -> str:
    return (
        f"In {say_month(question.month)} Russia made {say_times(answer.number)} what NATO made. "
        f"The likely range is {answer.low:.1f} to {answer.high:.1f}. "
        "We count 155 and 152 mm on both sides, and old rounds that were made good."
    )


def _explain_parity(model: Model, question: Question, answer: Answer) -> str:
    return (
        f"In {say_chance(answer.number)} of our runs NATO makes as much as Russia in {say_month(question.month)}"
        f"{_say_baseline(question, answer)}. Russia is held level where the estimate of it ends."
    )


def _say_baseline(question: Question, answer: Answer) -> str:
    if question.scenario == Scenario():
        return ""
    return f"; with no lever moved in {say_chance(answer.facts['baseline'])}"


def _explain_tide(model: Model, question: Question, answer: Answer) -> str:
    return (
        f"Russia's rounds for each of NATO's: {answer.facts['then']:.1f} in {say_month(question.month)}, "
        f"{answer.facts['before']:.1f} a year before. A gap that closes is not yet a gap that is closed."
    )


def _explain_counting(model: Model, question: Question, answer: Answer) -> str:
    return (
        f"The same month gives {answer.facts['least']:.1f} or {answer.facts['most']:.1f} rounds for each of NATO's, as one counts. "
        "Ask of every ratio which calibres it counts, on both sides."
    )


def _explain_million(model: Model, question: Question, answer: Answer) -> str:
    return (
        f"In {say_chance(answer.number)} of our runs Europe makes a million complete rounds a year by {say_month(question.month)}. "
        "Say odds, never “will”."
    )


def _explain_track(model: Model, question: Question, answer: Answer) -> str:
    hits, figures = answer.facts["part"], answer.facts["whole"]
    return (
        f"We forecast {count_words(figures, 'figure')} that were published later, knowing only what was known then. "
        f"{hits:,.0f} fell inside the likely range. It should hold 80 %."
    )


def _explain_confidence(model: Model, question: Question, answer: Answer) -> str:
    return (
        f"Of {count_words(answer.facts['whole'], 'report')} on record, {answer.facts['part']:,.0f} have confidence A. "
        "For those an operator or a government said it, or two reports did."
    )


_REASONS: dict[str, Callable[[Model, Question, Answer], str]] = {
    "response": _explain_response,
    "output": _explain_output,
    "capacity over output": _explain_capacity,
    "limiting stage": _explain_limit,
    "limiting share": _explain_limit_share,
    "least used stage": _explain_least_used,
    "use of a stage": _explain_use,
    "share on record": _explain_record,
    "plants": _explain_plants,
    "opened lines": _explain_openings,
    "commonest status": _explain_commonest,
    "status of a plant": _explain_plant,
    "late share": _explain_late,
    "slipped promises": _explain_slipped,
    "country with most late lines": _explain_latest_country,
    "latest plant": _explain_latest_plant,
    "ratio": _explain_ratio,
    "parity odds": _explain_parity,
    "tide": _explain_tide,
    "highest way of counting": _explain_counting,
    "odds of a million": _explain_million,
    "figures inside": _explain_track,
    "best reports": _explain_confidence,
}
