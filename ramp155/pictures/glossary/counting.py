"""Drawings of how output is counted: a month and its rate, capacity beside output, the narrow place, 100 %."""

from __future__ import annotations

import numpy as np

from ramp155.answers.output.nitrocellulose import estimate_baseline_tonnes
from ramp155.answers.output.reading import read_outlook
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import DEFAULT_MONTH, MONTHS
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.lifts import find_stage_capacity
from ramp155.pictures.glossary.sheet import Place, Sheet
from ramp155.pictures.output.strip import SHORT_STAGE_NAMES
from ramp155.text.numbers import join_words, say_month, say_rounds, say_short_month
from ramp155.text.stages import name_stages

_PIPES = ("nitrocellulose", "propellant", "charge", "explosive", "projectile")
_PIPE_ROOM, _PIPE_MIDDLE = 92.0, 80.0  # height of the widest pipe, and of their common axis
_SHELL = "M-9,22V-4C-9,-14 -3,-21 0,-25C3,-21 9,-14 9,-4V22Z"


def draw_rate(sheet: Sheet, model: Model) -> str:
    """A month's output, and twelve of them as its rate a year; says what is drawn."""
    rounds = read_outlook(model, Scenario(), DEFAULT_MONTH).rounds
    month, year = say_rounds(rounds / 12), say_rounds(rounds)
    sheet.write((14, 58), say_short_month(DEFAULT_MONTH), "quiet")
    sheet.draw_box((14, 67, 84, 11), "europe")
    sheet.write((14, 98), f"{month} rounds")
    sheet.draw_arrow((116, 73), (160, 73))
    sheet.write((138, 62), "× 12", "ink", "middle", is_bold=True)
    for place in range(12):
        sheet.draw_box((174, 8 + place * 10.5, 84, 8), "europe")
    sheet.write((174, 155), f"{year} a year", is_bold=True)
    return f"One block, the {month} rounds of {say_month(DEFAULT_MONTH)}; twelve such blocks are its rate: {year} rounds a year."


def draw_capacity(sheet: Sheet, model: Model) -> str:
    """Output as a part of capacity, on one scale; says what is drawn."""
    reading = read_outlook(model, Scenario(), DEFAULT_MONTH)
    width = 288.0
    share = min(reading.rounds / reading.nameplate, 1.0)
    sheet.write((16, 34), f"could be filled: {say_rounds(reading.nameplate)}", is_bold=True)
    sheet.draw_box((16, 46, width, 60), "panel", "nameplate", "7 4")
    sheet.draw_box((16, 46, width * share, 60), "europe")
    sheet.write((16, 130), f"made complete: {say_rounds(reading.rounds)}", is_bold=True)
    sheet.write((16, 150), f"{say_month(DEFAULT_MONTH)}, rounds a year", "quiet")
    return (
        f"A dashed box, the capacity of {say_rounds(reading.nameplate)} rounds a year; the part of it that output fills "
        f"is {say_rounds(reading.rounds)}."
    )


def draw_bottleneck(sheet: Sheet, model: Model) -> str:
    """Stages as pipes as wide as what each allows; what flows is as wide as the narrowest. Says what is drawn."""
    place = MONTHS.index(DEFAULT_MONTH)
    capacity = find_stage_capacity(model, Scenario())
    allowed = {
        stage: float(np.median(capacity[stage][place])) * 12
        for stage in _PIPES
        if stage in capacity
    }
    narrowest = min(allowed, key=lambda stage: allowed[stage])
    length, widest = 304 / len(allowed), max(allowed.values())
    for position, (stage, rounds) in enumerate(allowed.items()):
        height = _PIPE_ROOM * rounds / widest
        left = 8 + position * length
        sheet.draw_box((left, _PIPE_MIDDLE - height / 2, length, height), f"stage_{stage}", "quiet")
        name = SHORT_STAGE_NAMES.get(stage, name_stages(model.record)[stage])
        is_narrowest = stage == narrowest
        sheet.write(
            (left + length / 2, 148),
            name,
            "ink" if is_narrowest else "quiet",
            "middle",
            is_narrowest,
            13,
        )
    stream = _PIPE_ROOM * allowed[narrowest] / widest
    sheet.draw_shape(
        f"M8,{_PIPE_MIDDLE - stream / 2:.1f}h304v{stream:.1f}h-304Z", "ink", opacity=0.28
    )
    stage_names = name_stages(model.record)
    sheet.write((8, 20), f"narrowest: {stage_names[narrowest]}", is_bold=True)
    named = join_words(
        f"{stage_names[stage]} for {say_rounds(allowed[stage])}"
        for stage in (narrowest, max(allowed, key=lambda stage: allowed[stage]))
    )
    return f"Pipes of different widths, one after the other: {named}. What flows on is as wide as the narrowest."


def draw_baseline(sheet: Sheet, model: Model) -> str:
    """The slider at 100 %, with the tonnes that it stands for; says what is drawn."""
    tonnes = round(estimate_baseline_tonnes(model, DEFAULT_MONTH)[1], -2)
    year = DEFAULT_MONTH[:4]
    sheet.write((160, 34), f"{tonnes:,.0f} t in {year}", "ink", "middle", is_bold=True)
    sheet.write((160, 52), "nitrocellulose now expected", "quiet", "middle")
    sheet.draw_line([(160, 60), (160, 80)], "quiet", 1.2)
    sheet.draw_line([(24, 94), (296, 94)], "border", 8)
    sheet.draw_line([(24, 94), (160, 94)], "europe", 8)
    sheet.draw_disc((160, 94), 11, "europe", "paper", 3)
    for right, label in ((24, "0 %"), (160, "100 %"), (296, "200 %")):
        sheet.write((right, 126), label, "ink" if right == 160 else "quiet", "middle", right == 160)
    return f"The slider in its middle, at 100 %: the {tonnes:,.0f} tonnes of nitrocellulose now expected in {year}."


def draw_refurbished(sheet: Sheet, model: Model) -> str:
    """New shells beside old ones from a store; says what is drawn."""
    for right in (40, 68, 96):
        _draw_shell(sheet, (right, 74), is_new=True)
    for right in (196, 224, 252):
        _draw_shell(sheet, (right, 74), is_new=False)
    sheet.write((146, 80), "+", "quiet", "middle", size=22)
    sheet.write((68, 126), "new", "ink", "middle", is_bold=True)
    sheet.write((224, 126), "old, made good", "ink", "middle", is_bold=True)
    sheet.write((160, 154), "some figures count both", "quiet", "middle")
    return "Three new shells in full colour, and three old ones in outline that were made good: some figures count both."


def _draw_shell(sheet: Sheet, foot: Place, is_new: bool) -> None:
    fill = "stage_shell_body" if is_new else "panel"
    sheet.draw_shape(_SHELL, fill, "quiet", foot, 1.3)
    if not is_new:
        sheet.draw_line(
            [(foot[0] - 5, foot[1] + 4), (foot[0] - 1, foot[1] + 9), (foot[0] + 6, foot[1] - 3)],
            "good",
            2.5,
        )
