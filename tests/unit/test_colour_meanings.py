"""One colour has one meaning: docs/design.md says which, and nothing writes a colour past the palette."""

from __future__ import annotations

import itertools
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

from ramp155.pictures import palette
from ramp155.pictures.gap.actors import ACTOR_COLOURS
from ramp155.pictures.map.colours import CHOSEN_COLOURS
from ramp155.pictures.map.symbols import LATE_COLOURS
from ramp155.pictures.palette import DARK, LIGHT, THEMES
from tests.unit.test_palette import distance

ROOT = Path(__file__).parents[2]
# The page's own ground and words, and the map's: no mark has them.
GROUNDS = (
    *("paper", "panel", "grid", "border", "link", "on_stage"),
    *("sea", "shallows", "land", "elsewhere", "border_line", "country", "around", "town"),
)
# What one colour is called in code, beside its name: each of one meaning.
SAME = {
    "unmet": {"UNMET", "MISS", "OVERDUE"},
    "baseline": {"BASELINE", "STOCK", "UNATTRIBUTED"},
    "quiet": {"QUIET", "TARGET", "EDGE"},
    "ink": {"INK", "HANDLE"},
    "russia": {"RUSSIA"},
    "europe": {"EUROPE"},
}
APART = 5.0  # CAM02-UCS: the same colour to a quick eye is nearer than that


def _read_rows() -> dict[str, tuple[list[str], list[str], list[str]]]:
    """meaning -> names of the palette, its light and its dark colours, as docs/design.md has them."""
    text = (ROOT / "docs" / "design.md").read_text("utf-8")
    table = text.split("| meaning |", 1)[1].split("\n\n", 1)[0]
    rows = {}
    for line in table.splitlines()[2:]:
        meaning, light, dark, _, names = (cell.strip() for cell in line.strip("|").split("|"))
        hexes = [re.findall(r"#[0-9A-F]{6}", cell) for cell in (light, dark)]
        rows[meaning] = names.split(), *hexes
    return rows


def _list_names(patterns: list[str]) -> list[str]:
    return [name for name in LIGHT for pattern in patterns if fnmatch(name, pattern)]


def test_every_colour_has_one_meaning_in_the_table() -> None:
    rows = _read_rows()
    named = [name for patterns, _, _ in rows.values() for name in _list_names(patterns)]
    assert len(set(named)) == len(named)
    assert set(named) | set(GROUNDS) == set(LIGHT)
    for names, light, dark in rows.values():
        if light:
            assert light == [LIGHT[name] for name in names]
            assert dark == [DARK[name] for name in names]


@pytest.mark.parametrize("theme", THEMES)
def test_two_meanings_never_share_a_colour(theme: str) -> None:
    """Nor do two that stand on pages as marks look alike: stages and statuses are told apart by edge and shape."""
    tones, rows = THEMES[theme], _read_rows()
    meanings = {name: meaning for meaning, row in rows.items() for name in _list_names(row[0])}
    pairs = [
        pair for pair in itertools.combinations(meanings, 2) if len({*map(meanings.get, pair)}) > 1
    ]
    shared = [pair for pair in pairs if tones[pair[0]] == tones[pair[1]]]
    assert shared == [("russia", "stage_propellant")]  # see the next test
    marks = (
        "europe",
        "us",
        "canada",
        "nato",
        "russia",
        "unmet",
        "late",
        "good",
        "baseline",
        "other",
    )
    near = {
        pair: round(apart, 1)
        for pair in itertools.combinations(marks, 2)
        if (apart := distance(tones[pair[0]], tones[pair[1]], "")) < APART
    }
    assert not near


def test_no_picture_of_actors_has_the_colours_of_stages() -> None:
    """Propellant powder, with edge and label on What-if, has the orange that is Russia's on Gap: they never meet."""
    folders = [ROOT / "ramp155" / "pictures" / name for name in ("gap", "procurement", "evidence")]
    sources = {path: path.read_text("utf-8") for folder in folders for path in folder.glob("*.py")}
    assert len(sources) > 20
    assert not [path.name for path, text in sources.items() if "STAGE_COLOURS" in text]
    others = (ROOT / "ramp155" / "pictures").glob("*/*.py")
    russian = [p.name for p in others if re.search(r"\bRUSSIA\b", p.read_text("utf-8"))]
    assert {path.name for path in sources} >= set(russian)


def test_constants_of_one_colour_are_of_one_meaning() -> None:
    constants = {
        name: value
        for name, value in vars(palette).items()
        if name.isupper() and isinstance(value, str)
    }
    for name, expected in SAME.items():
        assert {c for c, value in constants.items() if value == LIGHT[name]} == expected, name
    assert ACTOR_COLOURS["unmet"] == palette.OVERDUE
    assert [c for c in ACTOR_COLOURS.values() if c == palette.RUSSIA] == [ACTOR_COLOURS["russia"]]
    for theme, tones in THEMES.items():
        assert LATE_COLOURS[theme] == tones["unmet"]
        assert CHOSEN_COLOURS[theme] == tones["ink"]


def test_what_pages_write_in_styles_is_never_russia_s_colour() -> None:
    """Styles cannot ask the palette: orange stands in none of them, for no page's own parts speak of Russia."""
    russian = {
        THEMES[theme][name] for theme in THEMES for name in LIGHT if name.startswith("russia")
    }
    styles = [
        path
        for folder in ("ramp155/assets", "ui")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".css", ".js", ".html", ".typ", ".py")
    ]
    assert len(styles) > 50
    found = [
        (path.name, colour)
        for path in styles
        for colour in re.findall(r"#[0-9A-Fa-f]{6}\b", path.read_text("utf-8"))
        if colour.upper() in russian
    ]
    assert not found
