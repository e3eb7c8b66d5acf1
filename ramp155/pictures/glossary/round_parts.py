"""What a round is made of, from the side: a schematic with its parts named, not to scale and without a measure."""

from __future__ import annotations

from collections.abc import Callable

from ramp155.model.model import Model
from ramp155.pictures.glossary.sheet import Place, Sheet

_BODY = "M178,62H232C262,62 283,75 293,82V90C283,97 262,110 232,110H178Z"
_FILLING = "M189,71H231C255,71 271,79 280,85V87C271,93 255,101 231,101H189Z"
_FUZE = "M293,81L303,84Q309,86 303,88L293,91Z"
_PRIMER = "M35,78H47V94H35Z"
_MODULE_LEFTS = (58, 83, 108, 133)
_OPEN_MODULE = 1  # the one that shows its powder
_GRAINS = (
    (5, 7),
    (12, 5),
    (18, 9),
    (6, 16),
    (14, 15),
    (10, 24),
    (18, 22),
    (5, 33),
    (13, 34),
    (18, 41),
    (8, 43),
)
# part -> its name, where the name stands, and where its line meets the part
_LABELS: dict[str, tuple[str, Place, Place]] = {
    "charge": ("charge", (116, 34), (120, 60)),
    "shell": ("shell", (206, 34), (206, 62)),
    "fuze": ("fuze", (296, 34), (299, 80)),
    "primer": ("primer", (41, 150), (41, 95)),
    "powder": ("powder", (108, 150), (96, 104)),
    "explosive": ("explosive", (232, 150), (232, 98)),
}
_ALT = "A round from the side, not to scale: primer, charge of four modules with powder in them, shell with explosive, fuze at its tip"


def draw_whole_round(sheet: Sheet, model: Model) -> str:
    """Every part in its colour, with its name; says what is drawn."""
    _draw_parts(sheet, frozenset(_LABELS))
    return f"{_ALT}."


def point_out(*parts: str) -> Callable[[Sheet, Model], str]:
    """A drawing of a round with some parts in their colour, and the others in outline."""

    def draw_pointed(sheet: Sheet, model: Model) -> str:
        _draw_parts(sheet, frozenset(parts))
        return f"{_ALT}. In colour: {' and '.join(parts)}."

    return draw_pointed


def _draw_parts(sheet: Sheet, parts: frozenset[str]) -> None:
    def pick(part: str, colour: str) -> str:
        return colour if part in parts else "panel"

    sheet.draw_shape(_PRIMER, pick("primer", "stage_primer"), "quiet")
    for place, left in enumerate(_MODULE_LEFTS):
        is_open = place == _OPEN_MODULE or parts == {"powder"}
        fill = "paper" if is_open else pick("charge", "stage_charge")
        sheet.draw_box((left, 61, 23, 50), fill, "quiet", radius=4)
        if is_open:
            for right, down in _GRAINS:
                sheet.draw_disc(
                    (left + right, 61 + down), 2.6, pick("powder", "stage_propellant"), "quiet", 0.8
                )
    sheet.draw_shape(_BODY, pick("shell", "stage_shell_body"), "quiet")
    sheet.draw_shape(_FILLING, pick("explosive", "stage_explosive"), "quiet")
    sheet.draw_shape(_FUZE, pick("fuze", "stage_fuze"), "quiet")
    is_whole = len(parts) == len(_LABELS)
    for part, (name, foot, end) in _LABELS.items():
        if part in parts:
            start = (foot[0], foot[1] + 6 if foot[1] < end[1] else foot[1] - 14)
            sheet.draw_line([start, end], "quiet", 1.2)
            sheet.write(foot, name, anchor="middle", is_bold=not is_whole)
