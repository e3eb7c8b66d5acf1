"""Pictures can be read: words are large and dark enough, whole, and neither over nor under anything else."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator

import numpy as np
import pytest

from ramp155.files.poster.chart import complete_spec, draw_chart_svg, inherit_rows
from ramp155.files.poster.picture_table import build_picture_table
from ramp155.files.poster.sheet import POSTER_HEIGHT, POSTER_WIDTH, draw_poster_svg
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import CATALOGUE, build_picture
from ramp155.pictures.grammar.spec import Spec
from ramp155.pictures.palette import THEMES
from ramp155.pictures.view import View
from ramp155.record.records import Records
from tests.lettering import (
    Lettering,
    contrast,
    cut,
    draw,
    draw_ground,
    is_unread,
    list_letterings,
    overlap,
    read_colour,
)
from tests.unit.test_signs import draw_page_charts

PICTURES = sorted(CATALOGUE)
# The first has the years of the policies that stand over it; the second those of all lines, however few are drawn.
LONGER_YEARS = ("starts", "board")
VIEWS = {
    "as it is": View(),
    "a shortage": View(Scenario(nitrocellulose=0.6, start="2027-01", months=12)),
}
SMALLEST = 12  # px, where the picture is shown as wide as a page
PAGE = 1366  # px, of a laptop
READABLE, SEEN = 4.5, 3.0
# Of the pixels that words stand on, those that hide them: a mark or a rule that runs through.
MOST_CROSSED = 0.015
LEAST_INK = 0.1  # of a box of letters
# On pages they are drawn by the browser: tests/browser/test_legible.py.
# px: on a phone three of a ramp's words may still touch.
WORDS_PLACED = {"ramp": 600}
LEAST_WIDE = {"policies": 760}  # px: a phone scrolls it sideways
NOT_AS_DRAWN = ("track of Europe",)  # a page draws fewer of its figures at a time
DRAWN_OTHERWISE = ("sites", "board", "flow")


def list_posters(records: Records, name: str) -> Iterator[tuple[str, str]]:
    for said, view in VIEWS.items():
        picture = build_picture(Model(records), name, view)
        for theme in THEMES:
            yield f"{said}, {theme}", draw_poster_svg(picture, theme)


def find_faults(
    svg: str, width: float, height: float, smallest: float, scale: float = 1
) -> list[str]:
    """What an eye would stumble over in a drawing of a width and height, in pixels; looked at `scale` times as large."""
    letterings = [lettering for lettering in list_letterings(svg) if not lettering.is_edge]
    ground, picture = draw_ground(svg, scale), draw(svg, scale)
    faults = []
    for lettering in letterings:
        left, top, right, bottom = lettering.box
        if lettering.size < smallest - 0.05:
            faults.append(f"small: {lettering.words} {lettering.size:.1f}")
        if left < -1 or top < -1 or right > width + 1 or bottom > height + 1:
            faults.append(f"outside: {lettering.words}")
            continue
        if lettering.words.endswith("…"):
            faults.append(f"cut: {lettering.words}")
        faults += measure(lettering, ground, picture, scale)
    for one, other in itertools.combinations(letterings, 2):
        if min(overlap(one, other)) > 1 and one.words != other.words:
            faults.append(f"one over the other: {one.words} / {other.words}")
    return faults


def measure(
    lettering: Lettering, ground: np.ndarray, picture: np.ndarray, scale: float
) -> Iterator[str]:
    """How well words stand out, and whether something runs through or lies over them."""
    beneath = cut(ground, lettering, scale).reshape(-1, 3)
    if not len(beneath):
        return
    usual = np.median(beneath, axis=0)
    ink = read_colour(lettering.colour) * lettering.opacity + usual * (1 - lettering.opacity)
    found = float(contrast(ink, usual))
    if found < READABLE:
        yield f"weak: {lettering.words} {found:.2f}"
        return
    is_other = (contrast(ink[None], beneath) < SEEN) | (contrast(usual[None], beneath) >= SEEN)
    crossed = float(is_other.mean())
    if crossed > MOST_CROSSED:
        yield f"crossed: {lettering.words} {crossed:.3f}"
    if lettering.is_upright and re.search(r"\w", lettering.words):
        seen = cut(picture, lettering, scale).reshape(-1, 3).astype(float)
        inked = float((np.abs(seen - ink).max(axis=1) < 40).mean())
        if inked < LEAST_INK:
            yield f"covered: {lettering.words} {inked:.2f}"


@pytest.mark.parametrize("name", PICTURES)
def test_the_words_of_a_poster_are_large_dark_whole_and_free(records: Records, name: str) -> None:
    smallest = SMALLEST * POSTER_WIDTH / PAGE
    faults = {
        said: found
        for said, svg in list_posters(records, name)
        if (found := find_faults(svg, POSTER_WIDTH, POSTER_HEIGHT, smallest))
    }
    assert not faults


@pytest.mark.parametrize("width", [358, 600, pytest.param(1206, marks=pytest.mark.nightly)])
@pytest.mark.parametrize("name", [n for n in PICTURES if n not in DRAWN_OTHERWISE])
def test_the_words_of_a_chart_on_a_page_are_free(records: Records, name: str, width: int) -> None:
    """As narrow as on a phone, in a column of two, and as wide as a laptop."""
    if width < WORDS_PLACED.get(name, 0):
        pytest.skip("its words are placed for a wider plot")
    assert not look_at(complete_spec(build_picture(Model(records), name, View())), width)


@pytest.mark.parametrize("width", [358, 600])
def test_the_words_of_charts_that_only_a_page_draws_are_free(records: Records, width: int) -> None:
    faults = {
        name: look_at(spec, max(width, LEAST_WIDE.get(name, 0)))
        for name, spec in draw_page_charts(Model(records))
        if name not in NOT_AS_DRAWN
    }
    assert not {name: found for name, found in faults.items() if found}


def look_at(spec: Spec, width: int) -> list[str]:
    """The faults of a chart as wide as a page has room for it."""
    height = spec["height"] if isinstance(spec.get("height"), int) else 200
    svg, wide, high = draw_chart_svg(inherit_rows(spec), "light", width, height)
    svg = svg.replace(">", f'><rect width="{wide}" height="{high}" fill="#FFFFFF"/>', 1)
    return find_faults(svg, wide, high, SMALLEST, 2.5)


@pytest.mark.parametrize("name", [n for n in PICTURES if n not in LONGER_YEARS])
def test_no_year_is_named_where_nothing_is_drawn(records: Records, name: str) -> None:
    picture = build_picture(Model(records), name, View())
    spec = complete_spec(picture)
    days = re.findall(
        r'"(20\d\d)-(\d\d)-\d\d(?:T[^"]*)?"', json.dumps(list_rows(spec), default=str)
    )
    if not days:
        return
    year, month = max(days)
    last = int(year) + (month == "12")
    svg, *_ = draw_chart_svg(spec, "light", 900, 300)
    words = [lettering.words for lettering in list_letterings(svg)]
    named = [int(said) for said in words if re.fullmatch(r"20\d\d", said)]
    assert max(named, default=0) <= last


def list_rows(part: object) -> list[object]:
    """Every list of rows of a spec."""
    if isinstance(part, dict):
        rows = [part["values"]] if isinstance(part.get("values"), list) else []
        rows += [
            v
            for k, v in part.items()
            if k not in ("values", "scale", "axis")
            and isinstance(v, list)
            and v
            and isinstance(v[0], dict)
            and "mark" not in v[0]
        ]
        return rows + [r for k, v in part.items() if k != "values" for r in list_rows(v)]
    if isinstance(part, list):
        return [r for member in part for r in list_rows(member)]
    return []


@pytest.mark.parametrize("name", PICTURES)
def test_no_word_of_a_picture_is_written_as_nobody_speaks(records: Records, name: str) -> None:
    for view in VIEWS.values():
        picture = build_picture(Model(records), name, view)
        svg = draw_poster_svg(picture, "light")
        table = build_picture_table(picture)
        words = [lettering.words for lettering in list_letterings(svg)]
        words += [picture.finding, picture.told, picture.credit, *map(str, table.columns)]
        for column in table.select_dtypes(include=["object", "string"]):
            words += [str(cell) for cell in table[column].dropna().unique()]
        assert not [w for w in words if is_unread(w.replace("\u00a0", " "))]


@pytest.mark.parametrize("words", ["1 sites", "12 mo", "1.1e+06", "909,091", "of 1,156,008 rounds"])
def test_what_nobody_says_is_found(words: str) -> None:
    assert is_unread(words)


@pytest.mark.parametrize(
    "words", ["21 sites", "12 months", "1,056 sources", "909,000", "1.1 million"]
)
def test_what_is_said_is_let_be(words: str) -> None:
    assert not is_unread(words)


def test_what_is_found_is_what_is_drawn() -> None:
    """Each kind of fault is found in a drawing that has it, and none in one that has not."""

    def frame(inside: str) -> str:
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 80" width="200" height="80" font-family="Ramp Sans">'
            f'<rect width="200" height="80" fill="#FFFFFF"/>{inside}</svg>'
        )

    def kinds(inside: str) -> set[str]:
        return {fault.split(":")[0] for fault in find_faults(frame(inside), 200, 80, 12, 2)}

    words = '<text x="20" y="40" font-size="{}" fill="{}">made of cotton</text>'
    good = words.format(16, "#0A1119")
    rule = '<rect x="60" y="0" width="3" height="80" fill="#D55E00"/>'
    edge = good.replace("fill", 'stroke="#FFFFFF" stroke-width="6" fill')
    assert kinds(good) == set()
    assert kinds(words.format(11, "#0A1119")) == {"small"}
    assert kinds(words.format(16, "#9AA5B0")) == {"weak"}
    assert kinds(rule + good) == {"crossed"}
    assert kinds(rule + edge + good) == set()
    assert kinds(good + '<rect width="120" height="80" fill="#F2F4F6"/>') == {"covered"}
    assert kinds(good.replace('x="20"', 'x="150"')) == {"outside"}
    assert kinds(good + good.replace('x="20"', 'x="60"').replace("made", "sold")) == {
        "one over the other"
    }
