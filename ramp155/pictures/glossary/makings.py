"""Drawings of what powder is made from, and of calibres: which follows which, without how."""

from __future__ import annotations

from itertools import pairwise

from ramp155.model.model import Model
from ramp155.pictures.glossary.sheet import Place, Sheet

_CHAIN: tuple[tuple[str, str, float], ...] = (
    ("fibre", "cellulose", 34),
    ("nitrocellulose", "nitrocellulose", 122),
    ("powder", "propellant", 214),
    ("charge", "charge", 288),
)
_CURL = "M-9,3C-9,-8 1,-8 0,0C-1,7 9,7 9,-3"
# Calibre as guns are named, its radius on the sheet, its place, and whose guns most often have it.
_CALIBRES = (
    ("155 mm", 46.5, 62, "NATO"),
    ("152 mm", 45.6, 166, "Russia"),
    ("122 mm", 36.6, 262, "Russia"),
)
_MIDDLE = 66.0


def draw_nitrocellulose(sheet: Sheet, model: Model) -> str:
    """The way from fibre to charge, with the slider under nitrocellulose; says what is drawn."""
    for (_, _, left), (_, _, right) in pairwise(_CHAIN):
        sheet.draw_arrow((left + 26, 64), (right - 26, 64))
    for name, stage, right in _CHAIN:
        is_meant = name == "nitrocellulose"
        sheet.draw_disc((right, 64), 22, f"stage_{stage}" if is_meant else "panel", "quiet")
        _draw_matter(sheet, stage, (right, 64), "on_stage" if is_meant else "quiet")
        sheet.write((right, 107), name, "ink" if is_meant else "quiet", "middle", is_bold=is_meant)
    _draw_slider(sheet, (68, 140), (176, 140), 0.5)
    sheet.write((186, 145), "more or less", "quiet")
    return "Four steps joined by arrows: fibre, nitrocellulose, powder, charge. A slider stands under nitrocellulose."


def _draw_slider(sheet: Sheet, start: Place, end: Place, share: float) -> None:
    middle = (start[0] + share * (end[0] - start[0]), start[1])
    sheet.draw_line([start, end], "border", 6)
    sheet.draw_line([start, middle], "europe", 6)
    sheet.draw_disc(middle, 9, "europe", "paper", 2)


def _draw_matter(sheet: Sheet, stage: str, centre: Place, colour: str) -> None:
    """What a stage makes, as a small mark: curls of fibre, grains of powder, a module."""
    right, down = centre
    if stage in ("cellulose", "nitrocellulose"):
        for shift in (-7, 0, 7):
            sheet.draw_shape(_CURL, "", colour, (right, down + shift))
    elif stage == "propellant":
        for across, along in ((-7, -5), (2, -8), (8, 1), (-2, 2), (-8, 8), (5, 9)):
            sheet.draw_disc((right + across, down + along), 2.6, colour)
    else:
        sheet.draw_box((right - 8, down - 12, 16, 24), "", colour, radius=3)


def draw_fibre(sheet: Sheet, model: Model) -> str:
    """Cotton linters and wood pulp, each with an arrow to nitrocellulose; says what is drawn."""
    for across, along in ((-13, 2), (0, -11), (13, 2), (0, 8)):
        sheet.draw_disc((44 + across, 42 + along), 14, "panel", "quiet")
    sheet.draw_disc((44, 44), 5, "stage_cellulose", "quiet")
    sheet.write((74, 47), "cotton linters", is_bold=True)
    sheet.draw_box((20, 108, 44, 26), "stage_cellulose", "quiet", radius=12)
    sheet.draw_disc((56, 121), 12, "panel", "quiet")
    sheet.draw_disc((56, 121), 5, "", "quiet")
    sheet.write((76, 126), "wood pulp", is_bold=True)
    sheet.draw_arrow((172, 46), (228, 74))
    sheet.draw_arrow((150, 118), (228, 90))
    sheet.draw_disc((256, 82), 22, "stage_nitrocellulose", "quiet")
    _draw_matter(sheet, "nitrocellulose", (256, 82), "on_stage")
    sheet.write((256, 125), "nitrocellulose", "quiet", "middle")
    return "A tuft of cotton linters and a log for wood pulp, each with an arrow to nitrocellulose."


def draw_calibres(sheet: Sheet, model: Model) -> str:
    """Barrels seen from the front, each with its width; says what is drawn."""
    for name, radius, right, owner in _CALIBRES:
        is_meant = name == "155 mm"
        sheet.draw_disc((right, _MIDDLE), radius, "panel", "europe" if is_meant else "quiet", 6)
        for side in (-1, 1):
            sheet.draw_arrow((right, _MIDDLE), (right + side * (radius - 5), _MIDDLE))
        sheet.write((right, 137), name, "ink", "middle", is_bold=is_meant)
        sheet.write((right, 155), owner, "quiet", "middle")
    return "Three gun barrels from the front: 155 mm, usual in NATO, and 152 and 122 mm, usual in Russia."
