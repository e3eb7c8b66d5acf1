"""Drawings of how plants come: a plant with its lines, the marks of the map in their order, a line that was late."""

from __future__ import annotations

from collections.abc import Callable

from ramp155.answers.counts import count_statuses
from ramp155.base.memory import remember
from ramp155.history.milestones import Milestone, list_milestone_rows
from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.pictures.glossary.sheet import Sheet
from ramp155.pictures.map.symbols import OPEN_STATUSES, STATUS_PATHS
from ramp155.record.dates import month_number
from ramp155.record.records import Records
from ramp155.record.schema.vocabulary import PRODUCTS
from ramp155.text.numbers import count_words, join_words, say_date
from ramp155.text.signs import PROMISE, REPORT

# The way of a new line, and what its marks are called here.
_STEPS = {
    "announced": "announced",
    "construction": "being built",
    "commissioning": "commissioning",
    "ramping": "ramping up",
    "full rate": "full rate",
}
# What lies beside that way, in the order of the glossary.
_BESIDE = {name: name for name in ("operating", "suspended", "cancelled", "unknown")}
_LINES_DRAWN = 3
_WALL = "M16,150V62L60,38V62L104,38V62L148,38V62H304V150Z"


def draw_plant(sheet: Sheet, model: Model) -> str:
    """One plant of the record with its lines; says what is drawn."""
    name, products = _find_example(model.record)
    sheet.draw_shape(_WALL, "panel", "quiet")
    sheet.write((160, 24), "one plant", is_bold=True)
    for place, product in enumerate(products):
        down = 72 + place * 25
        sheet.draw_box((28, down, 264, 19), "paper", "quiet", radius=4)
        sheet.write((38, down + 14.5), f"line: {PRODUCTS[product].lower()}")
    listing = join_words(PRODUCTS[product].lower() for product in products)
    return (
        f"A works hall, as at {name}, with {count_words(len(products), 'line')} in it: {listing}."
    )


@remember
def _find_example(records: Records) -> tuple[str, tuple[str, ...]]:
    """The first plant with three lines of different products, else the one with most products: its name, and these."""
    products_of = {
        site_id: tuple(dict.fromkeys(lines["product"]))
        for site_id, lines in records.full_lines.groupby("site_id")
    }
    site_id = max(
        products_of,
        key=lambda site_id: (
            min(len(products_of[site_id]), _LINES_DRAWN),
            -len(products_of[site_id]),
        ),
    )
    names = records.sites.set_index("site_id")["name"]
    return str(names[site_id]), products_of[site_id][:_LINES_DRAWN]


def point_out_status(status: str) -> Callable[[Sheet, Model], str]:
    """A drawing of the map's marks, those of the way of a new line or those beside it, with one of them large."""
    steps = _STEPS if status in _STEPS else _BESIDE

    def draw_pointed(sheet: Sheet, model: Model) -> str:
        counts = count_statuses(list_statuses(model.record))
        place, last = list(steps).index(status), len(steps) - 1
        if steps is _STEPS:
            sheet.draw_line([(28, 66), (292, 66)], "border", 3)
        for position, step in enumerate(steps):
            right = 38 + position * 244 / last
            is_meant = step == status
            radius = 25 if is_meant else 14
            sheet.draw_disc((right, 66), radius + 3, "paper")
            colour = f"status_{step.replace(' ', '_')}" if is_meant else "baseline"
            is_outline = step in OPEN_STATUSES
            fill, edge = ("", colour) if is_outline else (colour, "")
            sheet.draw_shape(STATUS_PATHS[step], fill, edge, (right, 66), radius)
            sheet.write(
                (right, 114),
                str(counts.get(step, 0)),
                "ink" if is_meant else "quiet",
                "middle",
                is_meant,
            )
        words = steps[status]
        anchor, right = (
            ("start", 12.0)
            if place == 0
            else ("end", 308.0)
            if place == last
            else ("middle", 38 + place * 244 / last)
        )
        sheet.write((right, 28), words, "ink", anchor, is_bold=True)
        sheet.write((160, 146), "lines there today", "quiet", "middle")
        order = (
            "The map's marks in order" if steps is _STEPS else "The map's marks beside that order"
        )
        return (
            f"{order}: {join_words(steps.values())}. Large: {words}, where "
            f"{count_words(counts.get(status, 0), 'line')} of the record {'is' if counts.get(status, 0) == 1 else 'are'} today."
        )

    return draw_pointed


def draw_late(sheet: Sheet, model: Model) -> str:
    """The promise and the delivery of the line that came latest, with what lies between; says what is drawn."""
    milestone = _find_latest(model.record)
    if milestone is None:
        sheet.write((160, 84), "no line came late so far", "quiet", "middle")
        return "No line on record came late so far."
    promised, delivered = milestone.first_promise, milestone.delivered
    site = model.record.full_lines.loc[milestone.line_id]
    months = count_words(milestone.least_late, "month")
    start = month_number(promised[:7] if len(promised) > 4 else f"{promised}-12")
    end = month_number(delivered[:7] if len(delivered) > 4 else f"{delivered}-12")
    length = max(end - start, 1)
    first, last = 40.0, 280.0
    sheet.draw_line([(12, 78), (308, 78)], "border", 3)
    sheet.draw_line([(first, 78), (last, 78)], "unmet", 9)
    sheet.draw_shape(PROMISE.path, "paper", "nameplate", (first, 78), 11)
    sheet.draw_shape(REPORT.path, "good", "paper", (last, 78), 11)
    sheet.write((160, 62), f"late by {months}", "unmet", "middle", is_bold=True)
    sheet.write((12, 112), "promised for", "quiet")
    sheet.write((12, 130), say_date(promised[:7]))
    sheet.write((308, 112), "delivered", "quiet", "end")
    sheet.write((308, 130), say_date(delivered[:7]), anchor="end")
    sheet.write((12, 26), str(site["town"] or site["name"]), is_bold=True)
    for month in range(12, length, 12):
        right = first + (last - first) * month / length
        sheet.draw_line([(right, 84), (right, 91)], "quiet", 1.5)
    return (
        f"A line in {site['town'] or site['name']}: promised for {say_date(promised[:7])}, delivered in "
        f"{say_date(delivered[:7])}; the bar between is {months} long."
    )


@remember
def _find_latest(records: Records) -> Milestone | None:
    """The milestone that came latest, of those that came late; None where none did."""
    came_late = [row for row in list_milestone_rows(records) if row.state == "came late"]
    return max(
        came_late, key=lambda milestone: (milestone.least_late, milestone.line_id), default=None
    )
