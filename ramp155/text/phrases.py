"""The parts of sentences that follow a lever while it moves, as templates: the library and the browser fill the same ones.

A template names its parts in braces; what is filled in are words made from numbers. `ramp155/assets/words.js` says with
them in the browser what the writers in this room say here, and a test holds the two together.
"""

from __future__ import annotations

PHRASES = {
    # The headline
    "limit": "by our assumptions the limit is {stages}",
    "rounds_of_year": "{rounds} rounds",
    "rounds_a_year": "{rounds} rounds a year",
    "in_time": "in {time}",
    "baseline_ahead": "{when} Europe will most likely complete {amount}, though plants could assemble {nameplate}: {limit}",
    "baseline_past": "{when} Europe most likely completed {amount}, though plants could assemble {nameplate}: {limit}",
    "stopped": "{lead} output has most likely stopped {when}: {limit}",
    "completes": "{lead} Europe most likely completes {amount} {when}",
    "completed": "{lead} Europe most likely completed {amount} {when}",
    "as_before": "{start}. That is about as in the baseline: {limit}",
    "fewer": "{start}. That is {change} fewer than in the baseline: {limit}",
    "more": "{start}. That is {change} more than in the baseline: {limit}",
    # What was moved
    "at_supply": "At {percent} nitrocellulose",
    "one_other": "{lead} and one other lever moved",
    "others": "{lead} and {count} other levers moved",
    "with_levers": "With {levers}",
    "lever_at": "{lever} at {position} {unit}",
    "as_set": "With the levers as set",
    "not_moved": "With no lever moved",
    "lasting": "{lead} for {months} from {start}",
    "starting": "{lead} from {start}",
    "own_value": "your own value for one assumption",
    "own_values": "your own values for {count} assumptions",
    "and": "{lead} and {more}",
    "counting": "{lead}, counting {countries}",
    # A scenario as a label
    "with": "with {what}",
    "and_more": "{names} and more",
    "label_lasting": "{label}; {months} from {start}",
    "label_starting": "{label}; from {start}",
    # The gap
    "russias_rate": "Russia at {percent} from 2026",
    "even_from": "{who}: even odds from {month}",
    "even_late": "{who}: even odds only after 2030, if at all (end of 2030: {odds})",
    "parity": "**Parity with Russia.** {sides}.",
    "odds_stay": "The levers leave the odds of parity in {month} as they are.",
    "odds_rise": "The levers raise the odds of parity in {month} from {before} to {after}.",
    "odds_fall": "The levers lower the odds of parity in {month} from {before} to {after}.",
    # The readout
    "median": "Pace in {month}: {rounds} rounds a year, the median of our runs.",
    "median_of_baseline": "Pace in {month}: {rounds} rounds a year, the median of our runs, the baseline.",
    "likely_range": "Likely range (8 of 10 runs): {range}.",
    "no_change": "No change in 8 of 10 runs{cover}.",
    "about_as_before": "About as in the baseline{cover}.",
    "likely_change": "Likely change: {low} to {high} rounds.",
    "cover": ": what is under way, in stores and in the safety stock still covers it",
    # What limits, and what a shortfall does
    "nearly_all": "By our assumptions the limit in {month} is **{stage}** in nearly all runs ({share}).",
    "most_often": (
        "By our assumptions the limit in {month} is most often **{stage}** ({share} of runs). In others it is {others}."
    ),
    "with_share": "{stage} ({share})",
    "falls": "Output most likely falls below the baseline in {month}",
    "is_below": "Output is most likely below the baseline from {month} on",
    "once_used": "{start}, {months} after the change, once stores are used",
    "back": "{start}. It is back in {month}: {rounds} rounds fewer in all.",
    "not_back": "{start}. It does not come back by the end of 2030: {rounds} rounds fewer in all.",
    # One more tonne
    "tonne_adds": "By {month} one more tonne of nitrocellulose most likely adds about {rounds}, by our assumptions.",
    "tonne_adds_nothing": (
        "By {month} one more tonne of nitrocellulose most likely adds nothing: by our assumptions the limit is most "
        "often {stage}."
    ),
    # What about a mix of levers cannot be, or does nothing
    "fibre_short": (
        "Nitrocellulose at {supply} cannot be made: with linters at {linters}, fibre is enough for {enough} (more supply is "
        "taken to come with more fibre of all kinds)."
    ),
    "too_soon": "{supply} nitrocellulose from {start} is a thought experiment: new works take years.",
    "share_capped": "155 mm cannot take more than all nitrocellulose: its share is capped at 100 %.",
    "too_many_hours": (
        "Working hours at {hours} mean running at {running} of stated capacity: more than most plants can staff."
    ),
    "no_linters_missing": "No linters are missing, so wood pulp replaces nothing.",
    "short_shots": "Powder at {powder} a round means short shots only.",
    "nothing_to_delay": "Where no unfinished line comes to run, a further delay changes little.",
    "duration_idle": "The duration has no effect: no lever that it limits was moved.",
}


def fill_phrase(name: str, **parts: str) -> str:
    """A template of `PHRASES` with its parts filled in.

    Parameters
    ----------
    name : str
        The template's name; KeyError for an unknown one.
    **parts : str
        Words for each part that it names; KeyError for one that is missing.
    """
    return PHRASES[name].format(**parts)
