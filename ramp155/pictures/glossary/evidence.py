"""Drawings of how good the evidence is: grades of reports, what is inferred, figures that fell inside."""

from __future__ import annotations

import math

from ramp155.answers.track.forecasts import list_track
from ramp155.answers.track.score import score_forecasts
from ramp155.history.status import SILENCE_MONTHS
from ramp155.model.model import Model
from ramp155.pictures.glossary.sheet import Sheet
from ramp155.text.numbers import count_words
from ramp155.text.signs import REPORT

_GRADES = {"A": "firm", "B": "one good report", "C": "weak or disputed"}
_SHADES = {"A": 1.0, "B": 0.55, "C": 0.2}  # of the bar: what is weak is pale
_ROWS, _FEWEST_COLUMNS = 8, 20  # of dots


def draw_confidence(sheet: Sheet, model: Model) -> str:
    """Reports of the record by grade, as bars; says what is drawn."""
    grades = [*model.record.events["confidence"], *model.record.claims["confidence"]]
    counts = {grade: grades.count(grade) for grade in _GRADES}
    for place, (grade, meaning) in enumerate(_GRADES.items()):
        down = 12 + place * 51
        width = 212 * counts[grade] / max(counts.values())
        sheet.write((14, down + 17), grade, is_bold=True, size=18)
        sheet.draw_shape(
            f"M36,{down}h{width:.1f}v22h-{width:.1f}Z", "europe", "europe", opacity=_SHADES[grade]
        )
        sheet.write((44 + width, down + 16), f"{counts[grade]:,}")
        sheet.write((36, down + 37), meaning, "quiet")
    listing = "; ".join(f"{count:,} of {grade}" for grade, count in counts.items())
    return f"A bar for each grade of report on record: {listing}."


def draw_inferred(sheet: Sheet, model: Model) -> str:
    """A report long ago, silence, and what is concluded today; says what is drawn."""
    sheet.draw_line([(44, 74), (268, 74)], "quiet", 2, "5 5")
    sheet.draw_shape(REPORT.path, "europe", "paper", (44, 74), 14)
    sheet.draw_disc((268, 74), 14, "paper", "europe", 2.5)
    sheet.write((268, 79), "?", "europe", "middle", is_bold=True)
    sheet.write((44, 112), "last report", "ink", "middle")
    sheet.write((156, 60), f"{SILENCE_MONTHS} months silent", "quiet", "middle")
    sheet.write((312, 112), "today: inferred", "ink", "end", is_bold=True)
    return (
        f"A filled dot, the last report, then {count_words(SILENCE_MONTHS, 'month')} of silence, then a hollow dot with a "
        "question mark: today, inferred."
    )


def draw_track_record(sheet: Sheet, model: Model) -> str:
    """Every later figure as a dot, filled where it fell inside the range; says what is drawn."""
    inside = score_forecasts(list_track(model.record)).inside80
    columns = max(math.ceil(inside.number / _ROWS), _FEWEST_COLUMNS)
    step = 300 / columns
    for place in range(inside.number):
        centre = (10 + (place % columns + 0.5) * step, 16 + place // columns * 15)
        if place < inside.hits:
            sheet.draw_disc(centre, step * 0.36, "good")
        else:
            sheet.draw_disc(centre, step * 0.33, "", "unmet", 2)
    sheet.draw_disc((18, 148), 5.5, "good")
    sheet.write((30, 153), f"{inside.hits} inside", is_bold=True)
    sheet.draw_disc((138, 148), 5, "", "unmet", 2)
    sheet.write((150, 153), f"{inside.number - inside.hits} outside", is_bold=True)
    return f"Dots for {count_words(inside.number, 'later figure')}: {inside.hits} filled, inside the range; the others are rings."
