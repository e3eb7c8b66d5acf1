"""What every page shares: the record, and the view (scenario, date, filters) that stands in the link.

Streamlit can bind a widget to the link by itself, but then drops a value it does not understand without
a word, puts labels instead of keys into the address, and forgets what belongs to another page. So each
page reads the address when it is opened, keeps the view in session state, and writes back what it shows.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

import ramp155
from ramp155 import (
    dates,
    ensemble,
    gap,
    intake,
    ledger,
    maps,
    outlook,
    palette,
    procurement,
    promises,
    scenario,
    screens,
    simulation,
    stories,
    words,
)
from ramp155.figures import shortened
from ramp155.outlook import DEFAULT_MONTH
from ramp155.records import ORIGINS, PRODUCTS
from ui import cite

_FILTERS = ("country", "product", "origin", "operator", "status")
DRAWS = screens.DRAWS  # accepted draws behind every band on screen
# What stands under the instrument on What-if, one at a time.
PANELS = ("goal", "compare", "sensitivity", "assumptions", "causes", "pinned")
# The views of the gap page.
VIEWS = ("gap", "who", "statements", "tracks", "money", "policy")
# The views of the evidence page.
LOOKS = (
    "promises", "claims", "hindcast", "sources", "assumptions", "model", "quality", "take", "yours",
)  # fmt: skip
# The briefings that come with the product, and the user's own.
STORIES = tuple(path.stem.partition("-")[2] for path in sorted(stories.FOLDER.glob("*.toml")))
MOST_SPENT = 10.0  # percent of Readiness 2030
RESPONSE_MONTHS = [m for m in scenario.MONTHS if m >= "2026-06" and m[-2:] in ("06", "12")]


@st.cache_resource(show_spinner="Reading the record ...")
def load() -> ramp155.Records:
    """The record, read and validated once for all sessions."""
    return ramp155.load()


def records() -> ramp155.Records:
    """The record with the session's own data on it, or a page that says which row of which table is
    broken. Pages call it first."""
    if PagesManager.uses_pages_directory:
        # Until app.py has run once, a server answers a link to a page by running the page's file alone,
        # for it takes a folder called pages for the navigation. Tell it otherwise and start over.
        PagesManager.uses_pages_directory = False
        st.rerun()
    try:
        return st.session_state.get("own") or load()
    except ramp155.RecordsError as error:
        st.error("The record in `data/` breaks its own rules, so nothing can be shown from it.")
        st.code("\n".join(map(str, error.faults[:30])), language=None)
        st.stop()


def theme() -> str:
    """The word dark or light, as the browser shows the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


# --- the view -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """One thing a link can carry: its default, and how its text is read (ValueError if it cannot).

    `many`: the name may stand several times, and the value is a list.
    """

    default: object
    read: Callable[[str], object]
    many: bool = False


def _one_of(options: list[str], what: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in options:
            raise ValueError(f"no such {what} is known here")
        return text

    return read


def _number(low: float, high: float, whole: bool = True) -> Callable[[str], float]:
    """A number in a range, as a widget holds it."""

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not low <= value <= high or (whole and not value.is_integer()):
            raise ValueError(f"a {'whole ' * whole}number from {low:g} to {high:g} was expected")
        return int(value) if whole else value

    return read


def _lever(lever: scenario.Lever) -> Part:
    """A lever that is no part of the scenario, in the units it is shown in."""
    low, high = lever.low * lever.scale, lever.high * lever.scale
    return Part(round(lever.default * lever.scale), _number(low, high))


def _short(text: str) -> str:
    if len(text) > 80:
        raise ValueError("at most 80 characters were expected")
    return text


def _flag(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError("0 or 1 was expected")
    return text == "1"


def _day(end: dt.date) -> Callable[[str], dt.date]:
    def read(text: str) -> dt.date:
        try:
            day = dates.last_day(text)
        except ValueError:
            raise ValueError("a date like 2025-06-30 was expected") from None
        if not stories.FIRST_DAY <= day <= end:
            raise ValueError(f"the record runs from {stories.FIRST_DAY} to {end}")
        return day

    return read


MOST_PINS = 4
_MOST_NOTES, _LONGEST_NOTE = 5, 300  # on a link that was not understood, and characters of each
PIN_COLOURS = palette.PINS


@dataclass(frozen=True)
class Pin:
    """A scenario kept for comparison, under a letter and a name."""

    letter: str
    name: str
    colour: str
    scenario: scenario.Scenario


def _pin(records: ramp155.Records) -> Callable[[str], str]:
    """A pin stands in a link as NAME|the scenario's own link."""

    def read(text: str) -> str:
        name, bar, query = text.partition("|")
        found, notes = scenario.from_query(parse_qsl(query))
        ensemble.check_edits(records, found.assume)
        if not bar or not name.strip() or notes:
            raise ValueError(notes[0] if notes else "NAME|levers was expected")
        return f"{name.strip()[:40]}|{urlencode(scenario.to_query(found))}"

    return read


def pins() -> list[Pin]:
    """The scenarios pinned in this view."""
    found = []
    for place, text in enumerate(st.session_state["pin"][:MOST_PINS]):
        name, _, query = text.partition("|")
        kept, _ = scenario.from_query(parse_qsl(query))
        found.append(Pin("ABCD"[place], name, PIN_COLOURS[place], kept))
    return found


def pin(records: ramp155.Records) -> None:
    """Keep the scenario in force for comparison (a button's callback)."""
    now = current()
    text = f"{words.name(records, now)}|{urlencode(scenario.to_query(now))}"
    if text not in st.session_state["pin"]:
        st.session_state["pin"] = [*st.session_state["pin"], text][:MOST_PINS]


def unpin(place: int) -> None:
    """Drop a pinned scenario (a button's callback)."""
    kept = list(st.session_state["pin"])
    del kept[place]
    st.session_state["pin"] = kept


def rename_pin(place: int, key: str) -> None:
    """Give a pinned scenario the name typed into a widget (its callback)."""
    kept = list(st.session_state["pin"])
    name = st.session_state[key].replace("|", "/").strip()[:40]
    if name:
        kept[place] = f"{name}|{kept[place].partition('|')[2]}"
        st.session_state["pin"] = kept


def apply(found: scenario.Scenario) -> None:
    """Put every lever and assumption to a scenario's (a button's callback)."""
    for key, value in _of_scenario(found).items():
        st.session_state[key] = value


@dataclass(frozen=True)
class Older:
    """What a link made with another record or model said: its version, and its baseline in a month."""

    version: str
    month: str
    rounds: float


_MADE_WITH = re.compile(
    r"(?P<version>[\w.-]{1,40}):(?P<month>\d{4}-\d{2}):(?P<rounds>\d{1,12})", re.ASCII
)


def _made_with(version: str) -> Callable[[str], str | None]:
    """VERSION:MONTH:ROUNDS; of no interest where the version is today's."""

    def read(text: str) -> str | None:
        told = _MADE_WITH.fullmatch(text)
        if not told or told["month"] not in scenario.MONTHS:
            raise ValueError("a record's version, a month and its baseline were expected")
        return None if told["version"] == version else text

    return read


def version(records: ramp155.Records) -> str:
    """What a link says it was made with: the record and the model."""
    return f"{records.version}-m{simulation.MODEL}"


def older() -> Older | None:
    """What the link in use said of an older record, if it was made with one."""
    if not st.session_state["made_with"]:
        return None
    told, month, rounds = st.session_state["made_with"].split(":")
    return Older(told, month, float(rounds))


@lru_cache(maxsize=4)
def parts(records: ramp155.Records) -> dict[str, Part]:
    """Every part of a link that is not a lever."""
    sites = records.sites
    choice = {
        "country": sorted(set(sites["country"])),
        "product": list(PRODUCTS),
        "origin": list(ORIGINS),
        "operator": sorted(set(sites["operator"])),
        "status": list(maps.LEADING),
    }
    found = {k: Part([], _one_of(choice[k], k), many=True) for k in _FILTERS}
    found["site"] = Part(None, _one_of(list(sites["site_id"]), "site"))
    found["made"] = Part("round", _one_of([*PRODUCTS, "all"], "product"))
    found["as_of"] = Part(records.end, _day(records.end))
    found["hindsight"] = Part(False, _flag)
    found["plain"] = Part(False, _flag)
    found["pin"] = Part([], _pin(records), many=True)
    found["made_with"] = Part(None, _made_with(version(records)))
    found["panel"] = Part(PANELS[0], _one_of(list(PANELS), "panel"))
    found["use"] = Part(False, _flag)
    found["month"] = Part(
        DEFAULT_MONTH, _one_of(RESPONSE_MONTHS, "month (June or December from 2026-06)")
    )
    return found | _gap_parts(records) | _evidence_parts(records) | _present_parts()


def _present_parts() -> dict[str, Part]:
    """What a briefing adds: whether it is on, which story, which screen, where its lever stands."""
    return {
        "present": Part(False, _flag),
        "story": Part("", _one_of(["", *STORIES, "own"], "story")),
        "screen": Part(1, _number(1, stories.MOST)),
        "lever": Part(None, _number(0, 10_000)),
    }


def _evidence_parts(records: ramp155.Records) -> dict[str, Part]:
    """What the evidence page adds: its view and what is picked out of it."""
    claims = records.claims
    subjects = sorted({part for subject in claims["subject"] for part in subject.split("+")})
    return {
        "look": Part(LOOKS[0], _one_of(list(LOOKS), "view")),
        "group": Part(promises.GROUPS[0], _one_of(list(promises.GROUPS), "group")),
        "topic": Part("eu-2024-end", _one_of(list(ledger.topics(records)), "topic")),
        "quantity": Part(None, _one_of(sorted(set(claims["quantity"])), "quantity")),
        "subject": Part(None, _one_of(subjects, "subject")),
        "find": Part("", _short),
    }


def _gap_parts(records: ramp155.Records) -> dict[str, Part]:
    """What the gap page adds: its view, whose figures, how they are counted, demand and purchases."""
    usual = gap.Comparison()
    found = {
        "show": Part(VIEWS[0], _one_of(list(VIEWS), "view")),
        "russia": Part(usual.russia, _one_of(list(gap.estimates(records, "RU")), "estimate")),
        "us": Part(usual.us, _one_of(list(gap.estimates(records, "US")), "estimate")),
        "calibres": Part(usual.calibres, _one_of(list(gap.CALIBRES), "way of counting")),
        "fresh": Part(False, _flag),
        "plate": Part(False, _flag),
        "spend": Part(1.0, _number(0, MOST_SPENT, whole=False)),
    }
    for lever in (gap.RUSSIA_RATE, *procurement.LEVERS):
        found[lever.key] = _lever(lever)
    return found


def comparison() -> gap.Comparison:
    """Whose figures are compared on the gap page, and how they are counted."""
    lever = gap.RUSSIA_RATE
    return gap.Comparison(
        st.session_state["russia"],
        st.session_state["us"],
        st.session_state[lever.key] / lever.scale,
        st.session_state["calibres"],
        "new" if st.session_state["fresh"] else "refurbished",
        "nameplate" if st.session_state["plate"] else "output",
    )


def terms() -> procurement.Terms:
    """Demand and purchases in force on the gap page."""
    values = {lever.name: st.session_state[lever.key] / lever.scale for lever in procurement.LEVERS}
    whole = {name: int(values[name]) for name in ("years", "delay")}
    return procurement.Terms(**(values | whole))


def view() -> screens.View:
    """All that a picture is asked of, as it is set in this session."""
    return screens.View(
        current(),
        st.session_state["month"],
        comparison(),
        terms(),
        st.session_state["as_of"],
        st.session_state["hindsight"],
        _products(),
        st.session_state["topic"],
        st.session_state["spend"],
    )


def _products() -> tuple[str, ...]:
    """The products that are picked out: one on Ramp-up, any on the map."""
    if st.session_state.get("page", "").endswith("ramp_up"):
        return () if st.session_state["made"] == "all" else (st.session_state["made"],)
    return tuple(st.session_state["product"])


def enter(found: screens.View, page: str) -> None:
    """Put all that a view asks of into the session, as the widgets of its page hold it."""
    apply(found.scenario)
    values: dict[str, object] = {
        "month": found.month,
        "as_of": found.as_of or load().end,
        "hindsight": found.hindsight,
        "topic": found.topic,
        "spend": found.spend,
        "russia": found.comparison.russia,
        "us": found.comparison.us,
        "calibres": found.comparison.calibres,
        "fresh": found.comparison.made == "new",
        "plate": found.comparison.counts == "nameplate",
        "rate": round(found.comparison.russia_rate * gap.RUSSIA_RATE.scale),
    }
    for lever in procurement.LEVERS:
        values[lever.key] = round(getattr(found.terms, lever.name) * lever.scale)
    if page.startswith("ramp_up"):
        values["made"] = found.products[0] if len(found.products) == 1 else "all"
    if page.startswith("map"):
        values["product"] = list(found.products)
    values |= dict(parse_qsl(page.partition("?")[2]))
    st.session_state.update(values)


def reset_gap(records: ramp155.Records) -> None:
    """Put every choice of the gap page back to its default, but for the view (a button's callback)."""
    for key, part in _gap_parts(records).items():
        if key != "show":
            st.session_state[key] = part.default
    reset()


def open_link(records: ramp155.Records, page: str) -> None:
    """Bring the view into session state, where the widgets of a page find it.

    On a page's first run that is what other pages left, overlaid with what the address says; what of
    it was not understood is shown in a line each until acknowledged. Streamlit forgets a widget's
    value when its page is left, so the view is kept apart from the widgets.
    """
    if st.session_state.get("page") != page:
        st.session_state["page"] = page
        st.session_state["playing"] = False  # the replay stops when its page is left
        st.session_state["visit"] = st.session_state.get("visit", 0) + 1
        view = st.session_state.get("view") or _defaults(records)
        notes = _overlay(view, records)
        st.session_state.setdefault("link_notes", []).extend(notes)
        st.session_state["view"] = view
        for key, value in view.items():
            st.session_state[key] = value
    for key, value in st.session_state["view"].items():
        st.session_state.setdefault(key, value)
    keep(records)
    _show_own(records)
    _show_older(records)
    _show_before(records)
    _show_notes()


def _defaults(records: ramp155.Records) -> dict[str, object]:
    view = _of_scenario(scenario.Scenario())
    for key, part in parts(records).items():
        view[key] = list(part.default) if part.many else part.default
    return view


def _overlay(view: dict[str, object], records: ramp155.Records) -> list[str]:
    """Put what the address says into the view; returns what was not understood."""
    known = parts(records)
    query = [(key, text) for key in st.query_params for text in st.query_params.get_all(key)]
    names = {key for key, _ in query}
    found, notes = scenario.from_query(query)
    try:
        ensemble.check_edits(records, found.assume)
    except ValueError as error:
        notes.append(f"The link says {error}, so its assumptions are ignored.")
        found = found.levers
    view.update({k: v for k, v in _of_scenario(found).items() if k in names})
    for key in sorted(names & set(known)):
        values = []
        for text in st.query_params.get_all(key):
            try:
                values.append(known[key].read(text))
            except ValueError as error:
                said = shortened(f"{key}={text}")
                notes.append(f"The link says {said}: {error}, so it is ignored.")
        if values:
            view[key] = values if known[key].many else values[-1]
    for key in sorted(names - set(known) - set(_of_scenario(found))):
        notes.append(f"The link says {shortened(key)}: this is not known here, so it is ignored.")
    return notes


def keep(records: ramp155.Records) -> None:
    """Copy the view to where no widget owns it."""
    keys = [*_of_scenario(scenario.Scenario()), *parts(records)]
    st.session_state["view"] = {key: st.session_state[key] for key in keys}


def _show_own(records: ramp155.Records) -> None:
    """That the session's own data is in use, with the way back."""
    if not records.own and st.session_state.get("own") is None:
        return
    told = ", ".join(
        f"{name} {' and '.join(parts)}"
        for name, (mine, gone) in intake.counts(records, load()).items()
        for parts in [[f"{mine} yours"] * bool(mine) + [f"{gone} gone"] * bool(gone)]
    )
    words, button = st.columns([8, 1.4], vertical_alignment="center")
    words.info(
        f"**Your data** is on the record in this session ({told or 'no row differs'}): map and model run on it. "
        "It is marked where it shows and stays out of links."
    )
    button.button("Remove it", key="own_removed", on_click=drop_own)


def use_own(own: ramp155.Records) -> None:
    """Put the session's own data on the record; a choice that it does not know goes back to its default.

    What comes out the same as the published record is that record.
    """
    if not intake.counts(own, load()):
        st.session_state["own"] = None
        st.toast("No row differs from the record, so nothing of yours is in use.")
        _refresh(load())
        return
    st.session_state["own"] = own
    _refresh(own)


def drop_own() -> None:
    """Take the session's own data off the record (a button's callback)."""
    st.session_state["own"] = None
    _refresh(load())


def _refresh(records: ramp155.Records) -> None:
    """Choices that a record does not know go back to their default."""
    for key, part in parts(records).items():
        value = st.session_state.get(key, part.default)
        texts = [_text(v) for v in value] if part.many else [_text(value)]
        try:
            if value != part.default:
                [part.read(text) for text in texts]
        except ValueError:
            st.session_state[key] = list(part.default) if part.many else part.default


def _show_older(records: ramp155.Records) -> None:
    """That the link was made with another record or model, and what has changed since."""
    told = older()
    if told and st.session_state.get("older_seen") != told:
        words_, button = st.columns([8, 1], vertical_alignment="center")
        words_.info(
            words.changed_since(
                records, version(records), cite.escape(told.version), told.month, told.rounds
            )
        )
        button.button("Got it", key="older_told", on_click=_older_seen, args=(told,))


def _show_before(records: ramp155.Records) -> None:
    """After a story, the way back to the levers that were set before it."""
    before = st.session_state.get("before")
    if not before or st.session_state["present"] or not _moved(before, records):
        return
    told, back, stay = st.columns([6, 2, 1], vertical_alignment="center")
    told.info("Everything stands as on the story's last screen.")
    back.button("Back to my own levers", key="before_back", on_click=_restore, args=(before,))
    stay.button("Got it", key="before_seen", on_click=_restore, args=({},))


def _moved(view: dict[str, object], records: ramp155.Records) -> bool:
    """Whether a view has anything set that is not as usual, but for which story it came from."""
    usual = _defaults(records)
    return any(view[key] != usual[key] for key in usual if key not in _present_parts())


def _restore(view: dict[str, object]) -> None:
    st.session_state["before"] = None
    st.session_state.update(view)


def _older_seen(told: Older) -> None:
    st.session_state["older_seen"] = told


def _show_notes() -> None:
    """What of the link was not understood, a line each; a long list is cut."""
    notes = st.session_state["link_notes"]
    if notes:
        words, button = st.columns([8, 1], vertical_alignment="center")
        lines = [cite.escape(note, _LONGEST_NOTE) for note in notes[:_MOST_NOTES]]
        if len(notes) > _MOST_NOTES:
            lines.append(f"... and {len(notes) - _MOST_NOTES} more")
        words.warning("  \n".join(lines))
        button.button("Got it", key="link_notes_seen", on_click=notes.clear)


def write_link(records: ramp155.Records, *shown: str) -> None:
    """Put the scenario and the named parts into the address; defaults are left out."""
    keep(records)
    query: dict[str, list[str]] = {}
    for key, text in scenario.to_query(current()):
        query.setdefault(key, []).append(text)
    known = parts(records)
    if "made_with" in shown and query and not st.session_state["made_with"]:
        query["made_with"] = [today(records)]
    for key in shown:
        value = st.session_state.get(key)
        if value not in (None, [], known[key].default):
            query[key] = [str(v) for v in value] if known[key].many else [_text(value)]
    now = {key: st.query_params.get_all(key) for key in st.query_params}
    if query != now:
        st.query_params.from_dict(query)


def today(records: ramp155.Records) -> str:
    """What a link made now says of the record."""
    month = st.session_state["month"]
    base = outlook.baseline(records)[scenario.MONTHS.index(month)] * 12
    return f"{version(records)}:{month}:{base:.0f}"


def _text(value: object) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def current() -> scenario.Scenario:
    """The scenario in force, from the levers' session state."""
    values: dict[str, object] = {
        "start": st.session_state["start"],
        "also": tuple(st.session_state["also"]),
        "assume": tuple(st.session_state["assume"]),
    }
    for lever in scenario.LEVERS:
        value = st.session_state[lever.key]
        values[lever.name] = int(value) if lever.unit == "months" else value / lever.scale
    return scenario.Scenario(**values)


def _of_scenario(found: scenario.Scenario) -> dict[str, object]:
    """A scenario as the values of its widgets."""
    values: dict[str, object] = {
        lever.key: round(getattr(found, lever.name) * lever.scale) for lever in scenario.LEVERS
    }
    own = {"start": found.start, "also": list(found.also), "assume": list(found.assume)}
    return {**values, **own}


def reset() -> None:
    """Put every lever and assumption back to the baseline (a button's callback)."""
    apply(scenario.Scenario())
    st.session_state["made_with"] = None
