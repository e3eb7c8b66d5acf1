"""A picture with all that must travel with it: the finding, the chart or map, its source line, its
text alternative and, for slides, its series as a native chart.

Also how Markdown is taken out of a finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from ramp155.pictures.grammar.spec import Spec
from ramp155.text.signs import Sign


@dataclass(frozen=True)
class Band:
    """A range over the categories of a native chart, or from mark to mark of its rows, as one shaded shape."""

    name: str
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    colour: str
    opacity: float = 0.22


@dataclass(frozen=True)
class MarkRow:
    """Marks of one kind in a native chart of rows: places along (`across`) and up (`up`), drawn as `sign` in `colour`.

    With `reach` each is the right end of a bar as long as that, `width` points high; with `is_rule` all are one line;
    without any of these a mark is a tick. `words` stand beside the marks.
    """

    name: str
    across: tuple[float, ...]
    up: tuple[float, ...]
    colour: str
    sign: Sign | None = None
    reach: tuple[float, ...] = ()
    width: float = 6.0
    words: tuple[str, ...] = ()
    is_rule: bool = False


@dataclass(frozen=True)
class NativeTable:
    """A table as a slide program draws it: its heads, how wide each column is (shares of one), and its rows."""

    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, eq=False)
class NativeChart:
    """A chart as a slide program draws it: one list of numbers a series, over shared categories.

    `kind`: line, area, bar (horizontal), column or rows; `colours`: one hex colour a series; `number`: the number
    format of a spreadsheet; `dashed`: the series drawn as dashes; `signs`: those drawn as marks without
    a line, each by its sign; `key`: what is drawn, where signs and series do not say it. `bands` are shaded, at most two;
    `spans` are the ranges of bars by series, low and high; `hollow` bars are promised. `window` is the first and the last
    month in which levers act, and what they are called; `forecast` the month from which lines are ours; `here` the
    category where a lever stands, and what is said of it. Beside the marks of
    series in `marked` stand words, one a category. `log`: the axis doubles from line to line. `rows` are the marks of a chart of
    rows: category by category from the top, the first at the height of their number, the last at one; `is_dated`: across
    are days as a spreadsheet counts them. `ends` are the ends of the axis of numbers, "" of a row is none.
    """

    kind: str
    categories: tuple[str, ...]
    series: dict[str, tuple[float | None, ...]]
    colours: tuple[str, ...]
    unit: str
    number: str = "#,##0"
    dashed: tuple[str, ...] = ()
    stacked: bool = False
    signs: Mapping[str, Sign] = field(default_factory=dict)
    key: str = ""
    bands: tuple[Band, ...] = ()
    spans: Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]] = field(default_factory=dict)
    hollow: tuple[str, ...] = ()
    window: tuple[str, str, str] | None = None
    forecast: str = ""
    here: tuple[str, str] | None = None
    marked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    log: bool = False
    rows: tuple[MarkRow, ...] = ()
    is_dated: bool = False
    ends: tuple[float, float] | None = None


@dataclass(frozen=True)
class MapRoom:
    """The room of a map beside words, pixels: of it all, and of the words at its left, under which its key stands."""

    width: float
    height: float
    words_width: float
    words_height: float


@dataclass(frozen=True, eq=False)
class Picture:
    """A chart or map with its finding, its source and, where slides are made of it, its series.

    `spec` is Vega-Lite; `data` its rows where they are kept apart from it. `finding` may hold Markdown
    emphasis. `source` says who says so, what is counted and as of when, `key` what its signs mean. `dark` draws the picture on the
    dark ground where that takes more than other colours. Slides show a map itself, its series beside it. `headline` is the
    finding in at most twelve words, `detail` how sure it is or what follows, in a line; `table` goes beside it in a deck.
    `narrow` draws it for a phone, by theme, where that takes another shape; `beside` draws a map beside words; `wide` draws rows
    for a poster, where their names have room beside them.
    """

    name: str
    finding: str
    spec: Spec
    source: str
    data: pd.DataFrame | None = None
    alt: str = ""
    native: NativeChart | None = None
    dark: Callable[[], Spec] | None = None
    is_map: bool = False
    key: str = ""
    headline: str = ""
    detail: str = ""
    table: NativeTable | None = None
    narrow: Callable[[str], Spec] | None = None
    beside: Callable[[str, MapRoom], Spec] | None = None
    wide: Callable[[], Spec] | None = None

    @property
    def credit(self) -> str:
        """What the signs mean, and the source line."""
        return f"{self.key} {self.source}".strip()

    @property
    def told(self) -> str:
        """The text alternative: the finding, and what is drawn."""
        finding = strip_markup(self.finding).rstrip(".")
        return f"{finding}. {self.alt}" if self.alt and self.alt != finding else finding


def strip_markup(text: str) -> str:
    """Words without Markdown: no emphasis, no colours, no links, no sources' brackets."""
    plain_text = re.sub(r":[a-z]+\[([^\]]*)\]", r"\1", text)
    plain_text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", plain_text)
    return re.sub(r"\*\*|__|`", "", plain_text).replace("\\", "").strip()
