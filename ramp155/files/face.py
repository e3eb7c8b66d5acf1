"""The public face of a notebook, what is above the answers: a chart drawn, a number explained, the record
taken away, as thin functions.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from ramp155.base.whole_file import write_whole_file
from ramp155.files.package.archive import write_package_files
from ramp155.files.poster.sheet import draw_poster_svg, write_poster_png
from ramp155.history.as_known import resolve_day
from ramp155.model.model import DRAWS, Model
from ramp155.model.scenario.horizon import DEFAULT_MONTH
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import CATALOGUE, build_picture
from ramp155.pictures.picture import Picture
from ramp155.pictures.view import View
from ramp155.record.records import Records
from ramp155.text.explain.catalogue import EXPLAINED
from ramp155.text.explain.catalogue import explain as explain_figure
from ramp155.text.explain.grammar.explanation import Explanation


@dataclass(frozen=True, eq=False, repr=False)
class Drawing:
    """A chart with its finding and its source line, as a notebook shows it by itself.

    `picture` holds what is drawn: `finding`, `source`, `spec` (Vega-Lite) and `data`; `theme` is the ground,
    `light` or `dark`.
    """

    picture: Picture
    theme: str = "light"

    def __repr__(self) -> str:
        return f"Drawing({self.picture.name}: {self.picture.told})"

    def _repr_svg_(self) -> str:
        return draw_poster_svg(self.picture, self.theme, embedded=True)

    def save(self, path: str | Path) -> Path:
        """Write the chart to a file, 1920 x 1080 pixels: SVG where its name ends so, else PNG.

        Returns the path. Raises OSError where it cannot be written.
        """
        file = Path(path)
        is_svg = file.suffix.lower() == ".svg"
        content = (
            self._repr_svg_().encode() if is_svg else write_poster_png(self.picture, self.theme)
        )
        write_whole_file(file, content)
        return file


def draw(
    records: Records,
    name: str,
    scenario: Scenario | None = None,
    month: str = DEFAULT_MONTH,
    as_of: str | dt.date | None = None,
    theme: str = "light",
    draws: int = DRAWS,
) -> Drawing:
    """Draw a chart of the catalogue.

    Parameters
    ----------
    records : Records
        What `ramp155.load()` returns.
    name : str
        Which chart: a name of `ramp155.pictures.catalogue.CATALOGUE`, as `output`, `response` or `sites`.
    scenario : Scenario, optional
        What is moved; the baseline if left out.
    month : str
        YYYY-MM, for charts of one month.
    as_of : str or date, optional
        YYYY-MM-DD, for charts of what was known on a day; the record's last report if left out.
    theme : str
        The ground, `light` or `dark`.
    draws : int
        Number of draws behind medians and bands, at least 1.

    Returns
    -------
    Drawing
        1920 x 1080 pixels, shown by a notebook as it stands; `save` writes it to a file.

    Raises
    ------
    ValueError
        For a chart that is not known, a day that is none or fewer than one draw.
    """
    if name not in CATALOGUE:
        raise ValueError(f"{name!r} is not a chart; charts: {', '.join(CATALOGUE)}")
    view = View(scenario or Scenario(), month, as_of=resolve_day(records, as_of) if as_of else None)
    return Drawing(build_picture(Model(records, draws), name, view), theme)


def explain(
    records: Records,
    name: str,
    scenario: Scenario | None = None,
    month: str = DEFAULT_MONTH,
    draws: int = DRAWS,
) -> Explanation:
    """Explain where a figure or chart comes from: its arithmetic with this moment's numbers, and who says so.

    Parameters
    ----------
    records : Records
        What `ramp155.load()` returns.
    name : str
        Which figure: a name of `ramp155.text.explain.catalogue.EXPLAINED`, as `headline`, `tonnes` or `output`.
    scenario : Scenario, optional
        What is moved; the baseline if left out.
    month : str
        YYYY-MM.
    draws : int
        Number of draws behind the figure, at least 1.

    Returns
    -------
    Explanation
        `formula` as lines of text, in the units that they name; `sources` with ids that
        `records.claim(id)`, `records.source(id)` and `records.assumption(id)` look up.

    Raises
    ------
    ValueError
        For a figure that is not known, a month outside the horizon or fewer than one draw.
    """
    if name not in EXPLAINED:
        raise ValueError(f"{name!r} is not explained; figures: {', '.join(EXPLAINED)}")
    return explain_figure(name, Model(records, draws), View(scenario or Scenario(), month))


def export(records: Records, folder: str | Path) -> list[Path]:
    """Write the record into a folder: data package (zip), every table as CSV and XLSX, sites as GeoJSON.

    Returns the paths of what was written. Raises OSError where the folder cannot be written.
    """
    return write_package_files(Model(records), Path(folder))


__all__ = ["Drawing", "draw", "explain", "export"]
