"""Briefings: a story is a list of screens in a file, each a picture of one view with a question and a note.

Findings are never written into a story: a screen asks, and the numbers of the day answer.
"""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from ramp155 import dates, ensemble, gap, outlook, procurement, scenario, screens
from ramp155.records import PRODUCTS, Records
from ramp155.screens import View

FOLDER = Path(__file__).parent.parent / "data" / "stories"
MOST = 20  # screens of a story
# Where each picture is at home, and which ones a page shows when it is presented as it stands.
PAGES: dict[str, tuple[str, ...]] = {
    "overview": ("output", "sites"),
    "map": ("sites",),
    "ramp_up": ("milestones", "slips"),
    "what_if": ("output", "response", "goal_odds", "stages"),
    "gap": ("ratio", "rates", "parity"),
    "gap?show=who": ("named", "us"),
    "gap?show=statements": ("ratio", "parity"),
    "gap?show=tracks": ("tracks", "preference"),
    "gap?show=money": ("purchase",),
    "gap?show=policy": ("starts",),
    "evidence": ("slips",),
    "evidence?look=claims": ("topic",),
    "evidence?look=hindcast": ("hindsight",),
    "evidence?look=sources": ("pinned",),
    "evidence?look=assumptions": ("tornado",),
    "evidence?look=model": ("stages", "tornado"),
    "evidence?look=quality": ("silence", "pinned"),
    "evidence?look=take": ("sites",),
    "evidence?look=yours": ("sites", "output"),
    "briefing": ("output",),
}
# The lever that is live on a picture's screen.
_SUPPLY = ("output", "response", "goal_odds", "stages", "ratio", "rates", "parity")
LEVERS = {
    **dict.fromkeys(_SUPPLY, "nitrocellulose"),
    **dict.fromkeys(("sites", "milestones"), "as_of"),
    **dict.fromkeys(("tracks", "preference"), "preference"),
    "purchase": "spend",
    "tornado": "nitrocellulose",
}
# What a lever of one screen may be called: the model's, the gap page's, the date, the money.
_NAMES = (
    *(name for name in scenario.LEVER if name != "months"),
    *(lever.name for lever in procurement.LEVERS),
    gap.RUSSIA_RATE.name,
    "as_of",
    "spend",
)
_COMPARED = ("russia", "us", "russia_rate", "calibres", "made", "counts")


class StoryError(ValueError):
    """A story file that cannot be used: which screen, which entry, what was expected."""


@dataclass(frozen=True)
class Screen:
    """One screen: a question, the picture that answers it, on which page, with which lever, what to say.

    `claims` are ids of the claims behind the note.
    """

    title: str
    picture: str
    page: str
    view: View = field(default_factory=View)
    lever: str = ""
    note: str = ""
    claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class Story:
    """A briefing: its name in a link, its title, what it is about, its screens."""

    key: str
    title: str
    about: str
    screens: tuple[Screen, ...]


def home(picture: str) -> str:
    """The page on which a picture is at home, as an address."""
    return next(page for page, shown in PAGES.items() if picture in shown and page != "overview")


@lru_cache(maxsize=4)
def shipped(records: Records) -> dict[str, Story]:
    """The stories in `data/stories`, by name of file, in its order. Raises StoryError for a broken one."""
    return {
        path.stem.partition("-")[2]: read(
            records, path.read_text(encoding="utf-8"), path.stem.partition("-")[2]
        )
        for path in sorted(FOLDER.glob("*.toml"))
    }


def of_page(page: str, view: View) -> Story:
    """A page as it stands, one picture a screen."""
    pictures = PAGES.get(page) or PAGES[page.partition("?")[0]]
    return Story("", "This page", "", tuple(_plain(name, page, view) for name in pictures))


def _plain(picture: str, page: str, view: View) -> Screen:
    return Screen("", picture, page, view, LEVERS.get(picture, ""))


def of_pins(
    pins: list[tuple[str, scenario.Scenario]], view: View, notes: Mapping[str, str]
) -> Story:
    """Pinned scenarios as a story of one's own: the baseline, then each scenario. (name, scenario)"""
    first = dataclasses.replace(view, scenario=scenario.Scenario())
    made = [_own("Where we stand", first, notes)]
    made += [_own(name, dataclasses.replace(view, scenario=what), notes) for name, what in pins]
    return Story(
        "own", "Your scenarios", "The baseline, then each scenario you pinned.", tuple(made)
    )


def _own(name: str, view: View, notes: Mapping[str, str]) -> Screen:
    return Screen(name, "output", "what_if", view, "nitrocellulose", notes.get(name, ""))


# --- files ----------------------------------------------------------------------------------------


def read(records: Records, text: str, key: str = "own") -> Story:
    """A story from the text of a TOML file. Raises StoryError naming the screen and the entry at fault."""
    try:
        told = tomllib.loads(text)
        listed = told.get("screens")
        tables = isinstance(listed, list) and all(isinstance(s, dict) for s in listed)
        if not listed or not tables:
            raise StoryError("A story needs a list of screens: [[screens]]")
        if len(listed) > MOST:
            raise StoryError(f"A story has at most {MOST} screens, this one has {len(listed)}")
        title, about = (_text(told, name, "the story") for name in ("title", "about"))
        made = tuple(_screen(records, one, n + 1) for n, one in enumerate(listed))
    except StoryError:
        raise
    except tomllib.TOMLDecodeError as error:
        raise StoryError(f"This is not a story file: {error}") from None
    except RecursionError:
        raise StoryError("This is not a story file: its brackets go too deep") from None
    except (ValueError, OverflowError):  # an integer of more digits than Python reads or writes
        raise StoryError("This is not a story file: a number in it is too long") from None
    return Story(key, title or "A story of your own", about, made)


def _screen(records: Records, told: dict[str, Any], number: int) -> Screen:
    where = f"screen {number}"
    known = {
        "title",
        "picture",
        "page",
        "lever",
        "note",
        "claims",
        "as_of",
        "month",
        "scenario",
        "settings",
    }
    for name in sorted(set(told) - known):
        raise StoryError(f"{where}: {name!r} is not one of {', '.join(sorted(known))}")
    picture = _text(told, "picture", where)
    if picture not in screens.BUILDERS:
        raise StoryError(
            f"{where}: picture {picture!r} is not one of {', '.join(screens.BUILDERS)}"
        )
    page = _text(told, "page", where) or home(picture)
    if page not in PAGES:
        raise StoryError(f"{where}: page {page!r} is not one of {', '.join(PAGES)}")
    lever = _text(told, "lever", where) or LEVERS.get(picture, "")
    if lever and (lever not in _NAMES or picture not in LEVERS):
        known_ = ", ".join(_NAMES) if picture in LEVERS else "none, for this picture has no lever"
        raise StoryError(f"{where}: lever {lever!r} is not one of {known_}")
    claims = told.get("claims", [])
    if not isinstance(claims, list):
        raise StoryError(f"{where}: claims must be a list of claim ids")
    for claim in claims:
        if not isinstance(claim, str) or claim not in set(records.claims["claim_id"]):
            raise StoryError(f"{where}: claim {claim!r} is not in the record")
    view = _view(records, told, where)
    note = _text(told, "note", where)
    return Screen(_text(told, "title", where), picture, page, view, lever, note, tuple(claims))


def _text(told: dict[str, Any], name: str, where: str) -> str:
    value = told.get(name, "")
    if not isinstance(value, str) or len(value) > 4_000:
        raise StoryError(f"{where}: {name} must be a text of at most 4,000 characters")
    return value.strip()


def _view(records: Records, told: dict[str, Any], where: str) -> View:
    """The view a screen asks of. Raises StoryError."""
    settings = told.get("settings", {})
    levers = told.get("scenario", {})
    if not isinstance(settings, dict) or not isinstance(levers, dict):
        raise StoryError(f"{where}: scenario and settings must be tables")
    try:
        found = scenario.from_settings({name: _setting(value) for name, value in levers.items()})
        ensemble.check_edits(records, found.assume)
        month = _text(told, "month", where) or outlook.DEFAULT_MONTH
        outlook.check_month(month)
        if month[-2:] not in ("06", "12") or month < "2026-06":
            raise ValueError(f"month: {month!r} is not a June or December from 2026-06")
        return _with(records, View(found, month, as_of=_day(records, told.get("as_of"))), settings)
    except StoryError:
        raise
    except ValueError as error:
        raise StoryError(f"{where}: {error}") from None
    except OverflowError:
        raise StoryError(f"{where}: a number of its scenario or settings is too large") from None
    except TypeError:
        raise StoryError(
            f"{where}: an entry of its scenario or settings is of the wrong kind"
        ) from None


def tried(records: Records, story: Story) -> Story:
    """A story whose every picture has been built once. Raises StoryError for one that cannot be."""
    for number, screen in enumerate(story.screens, 1):
        try:
            screens.build(records, screen.picture, screen.view)
        except Exception as error:  # a file from outside must never break the page
            raise StoryError(f"screen {number}: its picture cannot be drawn ({error})") from error
    return story


def _setting(value: object) -> str:
    """A TOML value as a setting's text: several countries are joined."""
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _day(records: Records, told: object) -> dt.date | None:
    if told is None:
        return None
    day = told if isinstance(told, dt.date) else dates.last_day(str(told))
    if not dt.date(2022, 1, 1) <= day <= records.end:
        raise ValueError(f"as_of: the record runs from 2022-01-01 to {records.end}")
    return None if day == records.end else day


def _with(records: Records, view: View, settings: dict[str, Any]) -> View:
    """A view with whose figures, demand, products and the rest set. Raises ValueError."""
    compared, terms, rest = {}, {}, {}
    for name, value in settings.items():
        if name in _COMPARED:
            compared[name] = value
        elif name in {lever.name for lever in procurement.LEVERS}:
            terms[name] = value
        elif name == "products":
            unknown = [p for p in value if p not in PRODUCTS]
            if unknown:
                raise ValueError(f"products: {unknown[0]!r} is not one of {', '.join(PRODUCTS)}")
            rest[name] = tuple(dict.fromkeys(value))
        elif name in ("hindsight", "topic", "spend"):
            rest[name] = value
        else:
            raise ValueError(f"{name!r} is not a setting")
    if "topic" in rest and rest["topic"] not in set(records.contradictions["topic"]):
        raise ValueError(f"topic: {rest['topic']!r} is not in the record")
    if "spend" in rest and not 0 <= float(rest["spend"]) <= 10:
        raise ValueError("spend: percent of Readiness 2030, from 0 to 10, was expected")
    if not isinstance(rest.get("hindsight", False), bool):
        raise ValueError("hindsight: true or false was expected")
    for name in ("years", "delay"):
        if not isinstance(terms.get(name, 0), int):
            raise ValueError(f"{name}: a whole number was expected")
    comparison = dataclasses.replace(view.comparison, **compared)
    gap.check(records, comparison)
    made = dataclasses.replace(view.terms, **terms)
    return dataclasses.replace(view, comparison=comparison, terms=made, **rest)


def write(story: Story) -> str:
    """A story as the text of a TOML file; `read` gives the same story back."""
    import tomli_w

    return tomli_w.dumps(
        {
            "title": story.title,
            "about": story.about,
            "screens": [_written(screen) for screen in story.screens],
        },
        multiline_strings=True,
    )


def _written(screen: Screen) -> dict[str, Any]:
    """A screen as TOML values; what is as usual is left out."""
    view, usual = screen.view, View()
    told: dict[str, Any] = {"title": screen.title, "picture": screen.picture, "page": screen.page}
    told |= {n: v for n, v in (("lever", screen.lever), ("note", screen.note)) if v}
    if screen.claims:
        told["claims"] = list(screen.claims)
    if view.as_of:
        told["as_of"] = view.as_of.isoformat()
    if view.month != usual.month:
        told["month"] = view.month
    levers = {m.name: getattr(view.scenario, m.name) for m in scenario.LEVERS}
    moved = {n: v for n, v in levers.items() if v != scenario.LEVER[n].default}
    if view.scenario.start != scenario.FORECAST_START:
        moved["start"] = view.scenario.start
    if view.scenario.also:
        moved["also"] = list(view.scenario.also)
    moved |= {f"assume.{name}": value for name, value in view.scenario.assume}
    if moved:
        told["scenario"] = moved
    settings = {
        n: v for n, v in _differs(view.comparison, usual.comparison).items() if n in _COMPARED
    }
    settings |= _differs(view.terms, usual.terms)
    settings |= {"products": list(view.products)} if view.products else {}
    for name in ("hindsight", "topic", "spend"):
        if getattr(view, name) != getattr(usual, name):
            settings[name] = getattr(view, name)
    if settings:
        told["settings"] = settings
    return told


def _differs(one: Any, other: Any) -> dict[str, Any]:  # noqa: ANN401
    """The fields of a dataclass that are not as another's."""
    fields = (f.name for f in dataclasses.fields(one))
    return {n: getattr(one, n) for n in fields if getattr(one, n) != getattr(other, n)}


# --- levers of a screen -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Dial:
    """A lever as a screen shows it: whole steps from `low` to `high`, told with a unit or in words.

    `words` are what the steps are called where they are no numbers (dates).
    """

    name: str
    label: str
    unit: str
    low: int
    high: int
    step: int = 1
    words: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def dial(records: Records, name: str) -> Dial:
    """The lever of a screen by name. Raises KeyError for one that is not known."""
    if name == "as_of":
        days = month_ends(FIRST_DAY, records.end)
        return Dial(name, "As known on", "", 0, len(days) - 1, 1, tuple(f"{d:%b %Y}" for d in days))
    if name == "spend":
        return Dial(name, "Part of Readiness 2030", "%", 0, 10)
    lever = _lever(name)
    step = max(round(lever.step * lever.scale), 1)
    unit = "%" if lever.unit == "%" else lever.unit.replace("thousand", "")
    low, high = round(lever.low * lever.scale), round(lever.high * lever.scale)
    return Dial(name, lever.label, unit, low, high, 1 if name == "nitrocellulose" else step)


def _lever(name: str) -> scenario.Lever:
    others = {lever.name: lever for lever in (*procurement.LEVERS, gap.RUSSIA_RATE)}
    return scenario.LEVER.get(name) or others[name]


def position(records: Records, view: View, name: str) -> int:
    """Where a view has a lever, in the dial's steps (a day between two month ends counts to the next)."""
    if name == "as_of":
        days = month_ends(FIRST_DAY, records.end)
        return next(n for n, day in enumerate(days) if day >= (view.as_of or records.end))
    if name == "spend":
        return round(view.spend)
    lever = _lever(name)
    return round(getattr(_owner(view, name), name) * lever.scale)


def turned(records: Records, view: View, name: str, value: float) -> View:
    """A view with one lever at a position of its dial. Raises ValueError for one that is out of range."""
    found = dial(records, name)
    if not found.low <= value <= found.high or value != int(value):
        raise ValueError(f"{name}: a whole number from {found.low} to {found.high} was expected")
    if name == "as_of":
        day = month_ends(FIRST_DAY, records.end)[int(value)]
        return dataclasses.replace(view, as_of=None if day == records.end else day)
    if name == "spend":
        return dataclasses.replace(view, spend=float(value))
    lever = _lever(name)
    whole = lever.unit in ("months", "years")
    owner = _owner(view, name)
    made = dataclasses.replace(owner, **{name: int(value) if whole else value / lever.scale})
    part = {scenario.Scenario: "scenario", procurement.Terms: "terms", gap.Comparison: "comparison"}
    return dataclasses.replace(view, **{part[type(owner)]: made})


def _owner(view: View, name: str) -> Any:  # noqa: ANN401
    """The part of a view that holds a lever."""
    if name in scenario.LEVER:
        return view.scenario
    return view.comparison if name == gap.RUSSIA_RATE.name else view.terms


FIRST_DAY = dt.date(2022, 1, 31)


@lru_cache(maxsize=4)
def month_ends(first: dt.date, last: dt.date) -> list[dt.date]:
    """The last day of every month from one date on, and the other date; not to be changed."""
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month - 1)
    ends = [
        dt.date(m // 12, m % 12 + 1, calendar.monthrange(m // 12, m % 12 + 1)[1]) for m in months
    ]
    return [*ends, last]
