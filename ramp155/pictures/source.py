"""The source line under a picture: as of when, what is counted, who says so."""

from __future__ import annotations

from ramp155.model.model import Model
from ramp155.model.version import MODEL_VERSION
from ramp155.record.grades import name_source, rank_sources, say_weak_support
from ramp155.text.plants import say_record_age

# Short: on a stage they stand in three lines with the signs, the record's age and the track record.
MEDIAN_NOTE = "Line: the median of our runs. Shaded: the likely range (8 of 10 runs lie in it)."
MODEL_NOTE = (
    "155 mm, European NATO and Switzerland. Line: median of our runs; shaded: likely range, "
    "lighter: of published figures. Strip: share of runs (assumed)."
)


def write_source_line(model: Model, counted: str, source_ids: list[str] | None = None) -> str:
    """A source line: as of when, what is counted, who says so (the best first), and whether that is weak.

    Who says so comes last, for that is what is cut where a line is too short.
    """
    line = f"Ramp 155. {say_record_age(model.record)}, model {MODEL_VERSION}. {counted}"
    if not source_ids:
        return line
    weak_note = say_weak_support(model.record, source_ids)
    support = f" ({weak_note})" if weak_note else ""
    return f"{line} Sources: {name_publishers(model, source_ids)}{support}."


def shorten_credit(credit: str, most: int, rest: str) -> str:
    """A source line with as many whole names of sources as there is room for; all that comes before them stays.

    Parameters
    ----------
    credit : str
        Of a picture: what its signs mean, and its source line.
    most : int
        Number of letters at most.
    rest : str
        Where the other sources stand, as "in the notes".

    Returns
    -------
    str
        The line, whole where it is short enough.
    """
    if len(credit) <= most:
        return credit
    head, mark, named = credit.partition(" Sources: ")
    if not mark:
        return f"{credit[: most - 2].rsplit(' ', 1)[0]} …"
    names = named.split(", ")
    for count in range(len(names) - 1, 0, -1):
        line = f"{head} Sources: {', '.join(names[:count])}; others {rest}."
        if len(line) <= most:
            return line
    return f"{head} Sources: {rest}."


def name_publishers(model: Model, source_ids: list[str], most: int = 4) -> str:
    """The publishers of some sources, the best first: A, B, C and 9 more; state outlets are marked.

    Parameters
    ----------
    model : Model
        The record with its draws.
    source_ids : list of str
        One for each time a source is cited.
    most : int
        How many are named at most.

    Returns
    -------
    str
        Names, best first.
    """
    ranked = rank_sources(model.record, source_ids)
    names = list(dict.fromkeys(name_source(model.record, source_id) for source_id in ranked))
    if len(names) <= most + 1:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"


def list_event_sources(model: Model) -> list[str]:
    """The source of every event of the record."""
    return list(model.record.events["source_id"])
