"""The text of every snapshot: pictures in both themes, sentences of forty scenarios, pages as they
are read.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest

from ramp155.answers.gap.comparison import CALIBRES, Comparison
from ramp155.answers.gap.estimates import list_estimates
from ramp155.answers.gap.ratios import compute_gap
from ramp155.answers.goal.goal import seek_goal
from ramp155.answers.goal.odds import tabulate_odds_by_supply
from ramp155.answers.output.nitrocellulose import compute_rounds_per_tonne
from ramp155.answers.output.odds import compute_target_odds
from ramp155.answers.output.reading import read_outlook
from ramp155.answers.procurement.flows import compute_flows
from ramp155.answers.procurement.rule import compute_preference_cost, compute_preference_curve
from ramp155.answers.procurement.terms import Terms
from ramp155.answers.sensitivity.attribution import attribute_change
from ramp155.answers.sensitivity.tornado import compute_tornado
from ramp155.answers.stages.utilisation import compute_utilisation
from ramp155.files.poster.chart import complete_spec
from ramp155.files.poster.picture_table import build_picture_table
from ramp155.model.model import Model
from ramp155.model.scenario.levers import LEVERS
from ramp155.model.scenario.presets import build_preset
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import CATALOGUE, build_picture
from ramp155.pictures.view import View
from ramp155.text.demand.money import write_bill
from ramp155.text.demand.preference import write_preference_title, write_rule_cost, write_rule_gain
from ramp155.text.demand.tracks import (
    write_demand,
    write_moved_terms,
    write_rebuilding,
    write_tracks_title,
)
from ramp155.text.gap.counting import say_counting
from ramp155.text.gap.rates import write_rates_title
from ramp155.text.gap.ratio import (
    write_counting_range,
    write_economy_ratio,
    write_gap_title,
    write_lever_effect,
    write_parity,
    write_tide,
)
from ramp155.text.output.capacity import write_utilisation
from ramp155.text.output.goal import write_goal_answer, write_odds_line, write_supply_odds_title
from ramp155.text.output.reading import (
    write_reading,
    write_readout,
    write_recovery,
    write_tonne_gain,
)
from ramp155.text.output.record import write_three_sentences
from ramp155.text.output.sensitivity import write_attribution, write_tornado, write_tornado_title
from ramp155.text.output.title import write_output_title, write_response_title
from ramp155.text.scenario import list_lever_warnings, name_scenario
from tests.shared import open_entry, record
from ui.link.fields import EVIDENCE_VIEWS, GAP_VIEWS, WHAT_IF_PANELS

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent
DRAWS = 40  # behind the sentences
LONG = 8  # lists longer than that are written as their extent and a digest


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


# --- pictures -------------------------------------------------------------------------------------

# A shortage under other choices than the usual ones, so that every part of a view is asked for.
VIEW = View(
    Scenario(nitrocellulose=0.6, start="2027-01", months=12),
    "2028-06",
    terms=Terms(preference=0.65),
    as_of=dt.date(2025, 6, 30),
    products=("propellant", "charge"),
    spend=2.0,
)
PICTURES = tuple(sorted(CATALOGUE))


def picture(name: str) -> str:
    """A picture as JSON: words, spec with its rows summed up, what is other in the dark, slide series."""
    made = build_picture(Model(record()), name, VIEW)
    light, dark = (_short(complete_spec(made, theme)) for theme in ("light", "dark"))
    flat = dict(_flat(light))
    told: dict[str, Any] = {
        "name": made.name,
        "finding": made.finding,
        "source": made.source,
        "told": made.told,
        "light": light,
        "dark": {path: v for path, v in _flat(dark) if path not in flat or flat[path] != v},
        "not in the dark": sorted(set(flat) - set(dict(_flat(dark)))),
        "table": _frame(build_picture_table(made)),
    }
    if made.native:
        fields = ("kind", "unit", "number", "dashed", "stacked", "colours", "categories", "series")
        told["native"] = {field: _short(getattr(made.native, field)) for field in fields}
    return json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _short(value: Any) -> Any:  # noqa: ANN401
    """JSON with numbers of six digits; rows by column, and long lists by extent and digest."""
    if isinstance(value, dict):
        return {str(key): _short(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        parts = [_short(part) for part in value]
        if len(parts) <= 2 or _are_parts(value):
            return parts
        if all(isinstance(part, dict) for part in value):
            return {"rows": len(parts), "columns": _columns(value)}
        return parts if len(parts) <= LONG else _extent(parts)
    if isinstance(value, bool | int | str) or value is None:
        return value
    if isinstance(value, float):
        return float(f"{value:.6g}")
    number = getattr(value, "item", None)  # a number of numpy
    return _short(number()) if number else str(value)


def _are_parts(value: list[Any]) -> bool:
    """Whether a list is one of a spec's layers, charts, transforms, channels: each is written whole."""
    names = {"mark", "encoding", "layer", "transform", "data", "field"}
    names |= {"calculate", "filter", "aggregate", "fold", "lookup"}
    return any(isinstance(part, dict) and names & set(part) for part in value)


def _columns(rows: list[dict[str, Any]]) -> dict[str, Any]:
    names = list(dict.fromkeys(name for row in rows for name in row))
    return {name: _extent([_short(row.get(name)) for row in rows]) for name in names}


def _extent(values: list[Any]) -> str:
    """How many, from where to where, and a digest of all."""
    numbers = [v for v in values if isinstance(v, float | int) and not isinstance(v, bool)]
    if numbers and len(numbers) + sum(v is None for v in values) == len(values):
        ends = f"{min(numbers)} to {max(numbers)}"
        ends += f", {len(values) - len(numbers)} blank" * (len(numbers) < len(values))
    else:
        ends = f"{_cut(values[0])} to {_cut(values[-1])}"
    return f"{len(values)}: {ends} ({_digest(values)})"


def _cut(value: object, length: int = 40) -> str:
    text = str(value)
    return text if len(text) <= length else f"{text[:length]}…"


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """Every leaf with its path."""
    parts: Any = ()
    if isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, list):
        parts = enumerate(value)
    else:
        yield path, value
    for key, part in parts:
        yield from _flat(part, f"{path}/{key}")


def _frame(table: pd.DataFrame) -> dict[str, Any]:
    rows = json.loads(table.to_json(orient="records", date_format="iso", force_ascii=False))
    return {"rows": len(rows), "columns": _columns(rows)}


# --- sentences ------------------------------------------------------------------------------------


def scenarios() -> list[tuple[str, Scenario]]:
    """Forty: presets, each lever at its ends, and mixes."""
    found = [("baseline", Scenario())]
    found += [(p, build_preset(record(), p)) for p in record().presets["preset_id"]]
    for lever in LEVERS:
        for end in dict.fromkeys((lever.low, lever.high)):
            if end != getattr(Scenario(), lever.name):
                found.append((f"{lever.name} {end:g}", Scenario(**{lever.name: end})))
    found += [
        ("short for a year", Scenario(nitrocellulose=0.6, start="2027-01", months=12)),
        ("short, pulp instead", Scenario(nitrocellulose=0.85, linters=0.3, wood_pulp=1.0)),
        ("more than can be", Scenario(nitrocellulose=1.6, linters=0.2)),
        ("own assumption", Scenario(nitrocellulose=0.7, assume=(("utilisation", 0.88),))),
        ("with Ukraine", Scenario(explosive=0.5, also=("UA",))),
        ("little and less", Scenario(nitrocellulose=0.2, shell_bodies=0.5)),
        ("late and short", Scenario(nitrocellulose=0.45, extra_delay=12, start="2028-03")),
    ]
    return found


MONTHS = ("2027-12", "2028-06", "2026-12", "2030-12")


def sentences() -> str:
    """All that is said of each scenario, of the gap and the tracks under choices that go round."""
    records = record()
    russia = list(list_estimates(records, "RU"))
    parts = []
    for place, (name, what) in enumerate(scenarios()):
        month = MONTHS[place % len(MONTHS)]
        chosen = Comparison(
            russia[place % len(russia)],
            calibres=list(CALIBRES)[place % len(CALIBRES)],
            made=("refurbished", "new")[place % 2],
        )
        terms = Terms(preference=(0.0, 0.65, 1.0)[place % 3], aid=(100_000, 200_000)[place % 2])
        told = [*_of_output(what, month, place), *_of_gap(what, month, chosen, terms, place)]
        parts.append("\n".join([f"# {name}, {month}", *filter(None, told)]))
    return "\n\n".join(parts) + "\n"


def _of_output(what: Scenario, month: str, place: int) -> Iterator[str]:
    records = record()
    at = read_outlook(Model(records, draws=DRAWS), what, month)
    percent = round(what.nitrocellulose * 100)
    yield name_scenario(records, what)
    yield write_output_title(records, what, at)
    yield write_readout(what, at)
    yield write_reading(records, what, at)
    yield write_recovery(what, at)
    yield write_tonne_gain(
        records, at, compute_rounds_per_tonne(Model(records), what, month)[percent]
    )
    yield from list_lever_warnings(Model(records), what)
    yield write_response_title(Model(records, draws=DRAWS), what, month)
    for row in compute_target_odds(Model(records, draws=DRAWS), what, month).itertuples():
        yield write_odds_line(row.label, row.odds, row.even_from)
    yield write_attribution(attribute_change(Model(records), what, month), month)
    yield from write_utilisation(
        records, what, compute_utilisation(Model(records), what, month), month
    )
    if at.nameplate:
        yield from write_three_sentences(records, at, 0.5)
    if place % 4 == 0:
        target = (9e5, 1.3e6, 3.8e6)[place // 4 % 3]
        yield from write_goal_answer(
            records, seek_goal(Model(records, draws=DRAWS), what, target, month)
        )
        table = tabulate_odds_by_supply(Model(records, draws=DRAWS), what, target, month)
        yield write_supply_odds_title(table, target, month)
        table = compute_tornado(Model(records, draws=DRAWS), what, month)
        yield write_tornado(table, month)
        yield write_tornado_title(table, month)


def _of_gap(
    what: Scenario, month: str, chosen: Comparison, terms: Terms, place: int
) -> Iterator[str]:
    records = record()
    found = compute_gap(Model(records, draws=DRAWS), what, chosen)
    base = compute_gap(Model(records, draws=DRAWS), Scenario(), chosen)
    yield write_gap_title(records, what, found, month)
    yield say_counting(chosen)
    yield write_tide(records, found)
    yield write_parity(found)
    yield write_rates_title(found, month)
    yield write_lever_effect(found, base, month)
    yield write_counting_range(Model(records, draws=DRAWS), what, chosen)
    yield write_economy_ratio(records, found)
    flows = compute_flows(Model(records, draws=DRAWS), what, terms, chosen.us)
    rule = compute_preference_cost(Model(records, draws=DRAWS), what, terms, chosen.us)
    yield write_tracks_title(flows, rule)
    yield write_demand(records, terms, flows)
    yield write_rebuilding(rule)
    yield write_rule_cost(rule)
    yield write_rule_gain(rule)
    yield write_bill(records, flows)
    yield write_moved_terms(terms)
    if place % 8 == 0:
        yield write_preference_title(
            compute_preference_curve(Model(records, draws=DRAWS), what, terms, chosen.us)
        )


# --- pages ----------------------------------------------------------------------------------------

_SHORTAGE = {"nc": "60", "for": "12", "start": "2027-01"}
_PAGE_NAMES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
PAGES: dict[str, tuple[str, dict[str, str]]] = {
    # Each page as it opens; of two every view stands below.
    **{name: (name, {}) for name in _PAGE_NAMES if name not in ("gap", "evidence")},
    "overview-shortage": ("overview", {**_SHORTAGE, "plain": "1"}),
    "map-site": ("map", {"site": "bauska-vak", "use": "1", "as_of": "2025-06-30"}),
    "ramp_up-charge": ("ramp_up", {"product": "charge", "as_of": "2024-12-31", "hindsight": "1"}),
    **{
        f"what_if-{panel}": (
            "what_if",
            {"plain": "1", "panel": panel, "pin": "One|nc=50", **_SHORTAGE},
        )
        for panel in WHAT_IF_PANELS
    },
    **{f"gap-{view}": ("gap", {"show": view, "pref": "65"}) for view in GAP_VIEWS},
    **{f"evidence-{look}": ("evidence", {"look": look}) for look in EVIDENCE_VIEWS},
    "briefing-plants": ("briefing", {"story": "plants"}),
    "present": ("overview", {"present": "1", "story": "tide", "screen": "2"}),
}
# What a reader takes in of each element: the fields of its message, in this order.
_READ = ("label", "body", "code_text", "value", "delta", "help", "placeholder", "options", "alt")
_SILENT = {"root", "main", "sidebar", "event", "flex_container", "column", "transparent"}


def page(name: str) -> str:
    """A page as it is read from top to bottom: every text, label, option and table."""
    address, query = PAGES[name]
    app = open_entry()
    for key, value in query.items():
        app.query_params[key] = value
    if address != "overview":
        app.switch_page(f"../pages/{address}.py")
    app.run()
    assert not app.exception, app.exception
    # What a variant of a page repeats of it is long: there it is cut.
    most = 300 if name.startswith(("what_if-", "overview-")) else 100_000
    # A session's token is another each time: it is taken out before what is long is cut to a digest.
    texts = (
        (kind, re.sub(r'"token": "\w+"', '"token": "TOKEN"', text)) for kind, text in _read(app)
    )
    told = "\n".join(f"[{kind}] {_held(text, most)}".rstrip() for kind, text in texts)
    return told.replace(record().version, "RECORD") + "\n"


def _held(text: str, most: int) -> str:
    """A text on lines of its own under its first, cut where it is longer than that."""
    lines = "\n  ".join(line.rstrip() for line in text.splitlines() if line.strip())
    return lines if len(lines) <= most else f"{lines[:most]}… ({_digest(text)})"


def _read(app: AppTest) -> Iterator[tuple[str, str]]:
    """The kind of each element, and what is read there."""
    for node in app:
        message = getattr(node, "proto", None)
        if node.type in _SILENT:
            continue
        if node.type in ("arrow_data_frame", "dataframe", "table"):
            yield node.type, json.dumps(_frame(node.value), indent=1, ensure_ascii=False)
        elif node.type == "bidi_component":
            sent = [_short(_read_sent(line)) for line in message.bytes.split(b"\n", 1)]
            yield node.type, json.dumps(_of_length(sent), indent=1, ensure_ascii=False)
        elif node.type in ("html", "image") or message is None:
            yield node.type, ""
        else:
            inner = getattr(message, node.type, message)  # a block's own part
            yield node.type, " | ".join(t for field in _READ for t in _told(inner, field))


def _read_sent(line: bytes) -> Any:  # noqa: ANN401
    """A line that a component is sent: JSON, else a name, else how long packed numbers are."""
    try:
        return json.loads(line)
    except ValueError:
        return line.decode("ascii", "replace") if len(line) < 100 else "packed"


def _of_length(value: Any) -> Any:  # noqa: ANN401
    """JSON in which a drawing is its beginning and a digest."""
    if isinstance(value, dict):
        return {key: _of_length(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_of_length(part) for part in value]
    long = isinstance(value, str) and len(value) > 600
    return f"{value[:80]}… ({_digest(value)})" if long else value


def _told(message: object, field: str) -> list[str]:
    value = getattr(message, field, None)
    if value is None or value == "":
        return []
    if isinstance(value, str | int | float):
        return [f"{value:g}" if isinstance(value, float) else str(value)]
    shown = [str(getattr(part, "content", part)) for part in value]
    return [f"{len(shown)} options: {', '.join(shown[:LONG])}"] if shown else []


# --- files ----------------------------------------------------------------------------------------


def files() -> dict[Path, tuple[object, ...]]:
    """Every snapshot's file, and what makes its text."""
    made: dict[Path, tuple[object, ...]] = {FOLDER / "sentences.txt": (sentences,)}
    made |= {FOLDER / "pictures" / f"{name}.json": (picture, name) for name in PICTURES}
    made |= {FOLDER / "pages" / f"{name}.txt": (page, name) for name in PAGES}
    return made


def text_of(file: Path) -> str:
    """What the snapshot in a file would say now."""
    make, *how = files()[file]
    return make(*how)
