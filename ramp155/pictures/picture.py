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


@dataclass(frozen=True, eq=False)
class NativeChart:
    """A chart as a slide program draws it: one list of numbers a series, over shared categories.

    `kind`: line, bar (horizontal) or column; `colours`: one hex colour a series; `number`: the number
    format of a spreadsheet; `dashed`: the series drawn as dashes; `signs`: those drawn as marks without
    a line, each by its sign; `key`: what is drawn, where signs and series do not say it.
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


@dataclass(frozen=True, eq=False)
class Picture:
    """A chart or map with its finding, its source and, where slides are made of it, its series.

    `spec` is Vega-Lite; `data` its rows where they are kept apart from it. `finding` may hold Markdown
    emphasis. `source` says who says so, what is counted and as of when, `key` what its signs mean. `dark` draws the picture on the
    dark ground where that takes more than other colours, `narrow` on a phone, by theme, where that takes another shape. Slides show a map itself, its series beside it.
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
    narrow: Callable[[str], Spec] | None = None

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
