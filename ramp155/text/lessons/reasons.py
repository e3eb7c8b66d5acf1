"""Why an answer of a lesson is what it is: one to three sentences, with the figures of this moment."""

from __future__ import annotations

from collections.abc import Callable

from ramp155.answers.lessons import Answer, Question
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.text.lessons.answers import name_choices
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
    lead = f"In {say_month(question.month)} {names[first]} allows the least in {say_chance(first_share)} of runs, by our assumptions."
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


def _explain_silent(model: Model, question: Question, answer: Answer) -> str:
    silent, plants = answer.facts["part"], answer.facts["whole"]
    return (
        f"Of {count_words(plants, 'plant')} on record {silent:,.0f} {'has' if silent == 1 else 'have'} had no news for two years. "
        "Their marks are paler: what they do today, nobody says."
    )


def _explain_openings(model: Model, question: Question, answer: Answer) -> str:
    return (
        f"Since November 2023 we count {count_words(answer.number, 'opened line')}: new, restarted or expanded, each with a good report. "
        f"Many more are promised or being built: {answer.facts['coming']:,.0f}."
    )


def _explain_commonest(model: Model, question: Question, answer: Answer) -> str:
    number, plants = answer.facts["number"], answer.facts["plants"]
    return (
        f"Of {count_words(plants, 'plant')} on record {number:,.0f} {'stands' if number == 1 else 'stand'} at “{answer.right[0]}”. "
        "A promise is not a plant: most of what one reads about is still to come."
    )


def _explain_plant(model: Model, question: Question, answer: Answer) -> str:
    name = model.record.site(question.plant).name
    return f"{name} stands at “{answer.right[0]}”. A status follows from dated reports by a fixed rule; its page names the report."


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
    "silent plants": _explain_silent,
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
