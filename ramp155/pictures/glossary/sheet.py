"""A small sheet to draw on: boxes, discs, lines, arrows and words in the palette's colours, handed out as SVG.

All lengths are units of the sheet, 320 wide and 168 high: about a pixel each on a card of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from ramp155.pictures.palette import THEMES

SHEET_WIDTH, SHEET_HEIGHT = 320, 168
TEXT_SIZE = 14  # no words are smaller
LETTER_WIDTH = 0.54  # of a letter's size, on average: Source Sans is narrower

Place = tuple[float, float]  # right of the left edge, below the top
Box = tuple[float, float, float, float]  # left, top, width, height


class Sheet:
    """A drawing in the making, in the colours of one ground; what is drawn later lies on top."""

    def __init__(self, theme: str) -> None:
        self._colours = THEMES[theme]
        self._marks: list[str] = []

    def draw_box(
        self, box: Box, fill: str = "", edge: str = "", dash: str = "", radius: float = 2
    ) -> None:
        """A rectangle; `fill` and `edge` are meanings of the palette, "" for none.

        Parameters
        ----------
        box : tuple of float
            Left, top, width and height, pixels of the sheet.
        fill, edge, dash : str
            Colours by meaning, and the edge's dashes.
        radius : float
            Of its corners, pixels.
        """
        left, top, width, height = (_round(length) for length in box)
        self._marks.append(
            f'<rect x="{left}" y="{top}" width="{width}" height="{height}" rx="{_round(radius)}"'
            f"{self._paint(fill, edge, 1.5, dash)}/>"
        )

    def draw_disc(
        self, centre: Place, radius: float, fill: str = "", edge: str = "", thickness: float = 1.5
    ) -> None:
        """A disc, or a ring where it has no fill.

        Parameters
        ----------
        centre : tuple of float
            Pixels of the sheet.
        radius : float
            Pixels.
        fill, edge : str
            Colours by meaning.
        thickness : float
            Of the edge, pixels.
        """
        self._marks.append(
            f'<circle cx="{_round(centre[0])}" cy="{_round(centre[1])}" r="{_round(radius)}"'
            f"{self._paint(fill, edge, thickness)}/>"
        )

    def draw_shape(
        self,
        path: str,
        fill: str = "",
        edge: str = "",
        centre: Place = (0, 0),
        scale: float = 1,
        opacity: float = 1,
    ) -> None:
        """An SVG path, moved and enlarged; its edge keeps its thickness.

        Parameters
        ----------
        path : str
            Commands of an SVG path.
        fill, edge : str
            Colours by meaning.
        centre : tuple of float
            Where the path's origin comes to lie, pixels.
        scale : float
            Pixels of the sheet for one unit of the path.
        opacity : float
            Of the fill, 0 to 1.
        """
        moved = f' transform="translate({_round(centre[0])} {_round(centre[1])}) scale({_round(scale)})"'
        see_through = f' fill-opacity="{opacity}"' if opacity < 1 else ""
        self._marks.append(
            f'<path d="{path}"{moved if scale != 1 or centre != (0, 0) else ""}{see_through}'
            f' vector-effect="non-scaling-stroke"{self._paint(fill, edge, 1.5)}/>'
        )

    def draw_line(
        self, places: Iterable[Place], colour: str, thickness: float = 2, dash: str = ""
    ) -> None:
        """A line through places.

        Parameters
        ----------
        places : iterable of tuple of float
            Pixels of the sheet.
        colour, dash : str
            By meaning, and its dashes.
        thickness : float
            Pixels.
        """
        corners = " ".join(f"{_round(x)},{_round(y)}" for x, y in places)
        self._marks.append(
            f'<polyline points="{corners}"{self._paint("", colour, thickness, dash)} stroke-linejoin="round"/>'
        )

    def draw_arrow(self, start: Place, end: Place, colour: str = "quiet") -> None:
        """A straight arrow, along or across the sheet.

        Parameters
        ----------
        start, end : tuple of float
            Pixels of the sheet.
        colour : str
            By meaning.
        """
        reach = max(abs(end[0] - start[0]), abs(end[1] - start[1])) or 1.0
        along = ((end[0] - start[0]) / reach, (end[1] - start[1]) / reach)
        back = (end[0] - 7 * along[0], end[1] - 7 * along[1])
        self.draw_line([start, back], colour)
        sides = [(back[0] + s * 4.5 * along[1], back[1] - s * 4.5 * along[0]) for s in (1, -1)]
        points = " ".join(f"{_round(x)},{_round(y)}" for x, y in (end, *sides))
        self._marks.append(f'<polygon points="{points}"{self._paint(colour, "")}/>')

    def draw_area(
        self, upper: Sequence[Place], lower: Sequence[Place], colour: str, opacity: float
    ) -> None:
        """What lies between two lines.

        Parameters
        ----------
        upper, lower : sequence of tuple of float
            Both from left to right, pixels of the sheet.
        colour : str
            By meaning.
        opacity : float
            0 to 1.
        """
        corners = " ".join(f"{_round(x)},{_round(y)}" for x, y in (*upper, *reversed(lower)))
        self._marks.append(
            f'<polygon points="{corners}" fill-opacity="{opacity}"{self._paint(colour, "")}/>'
        )

    def write(
        self,
        place: Place,
        words: str,
        colour: str = "ink",
        anchor: str = "start",
        is_bold: bool = False,
        size: float = TEXT_SIZE,
    ) -> None:
        """Words, with their foot on a place.

        Parameters
        ----------
        place : tuple of float
            Pixels of the sheet.
        words, colour : str
            What is written, and its colour by meaning.
        anchor : str
            Which end stands at the place: start, middle or end.
        is_bold : bool
            Whether they stand out.
        size : float
            Pixels.
        """
        weight = ' font-weight="600"' if is_bold else ""
        self._marks.append(
            f'<text x="{_round(place[0])}" y="{_round(place[1])}" font-size="{_round(size)}" '
            f'text-anchor="{anchor}"{weight}{self._paint(colour, "")}>{escape(words)}</text>'
        )

    def finish(self, alt: str) -> str:
        """The drawing as SVG, with the sentence that stands for it where it is not seen."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SHEET_WIDTH} {SHEET_HEIGHT}" '
            f'role="img" aria-label="{escape(alt)}" font-family="\'Source Sans\', sans-serif">'
            f"{''.join(self._marks)}</svg>"
        )

    def _paint(self, fill: str, edge: str, thickness: float = 0, dash: str = "") -> str:
        painted = f' fill="{self._colours[fill] if fill else "none"}"'
        if edge:
            painted += f' stroke="{self._colours[edge]}" stroke-width="{_round(thickness)}"'
        return painted + (f' stroke-dasharray="{dash}"' if dash else "")


def _round(length: float) -> str:
    return f"{length:.2f}".rstrip("0").rstrip(".")
