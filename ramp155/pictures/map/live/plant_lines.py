"""What the lines of one plant come to in sentences, day by day."""

from __future__ import annotations

import datetime as dt

from ramp155.base.memory import remember
from ramp155.history.standing.months import MARK_BITS, STATUS_CODES, tabulate_days
from ramp155.history.standing.sites import SITE_MARKS
from ramp155.model.model import Model
from ramp155.pictures.map.live.line_days import list_steps, tabulate_line_days
from ramp155.record.schema.vocabulary import PRODUCTS
from ramp155.text.months import say_step, write_line_sentence
from ramp155.text.signs import STATUS_WORDS


@remember
def list_plant_sentences(
    model: Model, days: tuple[dt.date, ...], site_id: str
) -> dict[str, list[list[list[int]]] | list[str]]:
    """A sentence a line of a plant for each day and knowledge.

    Parameters
    ----------
    model : Model
        The record with its draws.
    days : tuple of date
        The days, (days,).
    site_id : str
        The plant.

    Returns
    -------
    dict
        `sentences`, each once; `by_day`: for each knowledge (then, today) and day the places of those that are said.
    """
    lines = model.record.lines
    site_lines = lines[lines["site_id"] == site_id]
    place_of_sentence: dict[str, int] = {}
    by_day = []
    for hindsight in (False, True):
        table = tabulate_days(model.record, days, hindsight)
        line_days = tabulate_line_days(model, days, hindsight)
        steps = list_steps(model.record)
        rows: list[list[int]] = [[] for _ in days]
        for line_id, product in zip(site_lines["line_id"], site_lines["product"], strict=True):
            line = table.line_ids.index(line_id)
            for day in range(len(days)):
                if not table.status[day, line]:
                    continue
                marks = [
                    SITE_MARKS[mark]
                    for mark, bit in MARK_BITS.items()
                    if mark in SITE_MARKS and table.marks[day, line] & bit
                ]
                sentence = write_line_sentence(
                    PRODUCTS[product].split(" (")[0],
                    STATUS_WORDS[[*STATUS_CODES][table.status[day, line]]],
                    [
                        _say_place(steps, int(line_days.reached[day, line]), "reached"),
                        _say_place(steps, int(line_days.coming[day, line]), "coming"),
                    ],
                    int(table.lateness[day, line]) if table.late[day, line] == 1 else 0,
                    marks,
                )
                rows[day].append(place_of_sentence.setdefault(sentence, len(place_of_sentence)))
        by_day.append(rows)
    return {"sentences": list(place_of_sentence), "by_day": by_day}


def _say_place(steps: list[tuple[str, str]], place: int, state: str) -> str:
    """The words of a place of `list_steps`; places beyond it are of dates that have passed."""
    if not place:
        return ""
    is_due = place > len(steps)
    return say_step(*steps[(place - 1) % len(steps)], "due" if is_due else state)
