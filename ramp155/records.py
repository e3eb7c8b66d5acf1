"""The record: load `data/`, validate it, and hand it on as one immutable `Records`.

`load` raises `RecordsError` with every fault it found; `check` returns the faults instead, and also
asks geopandas whether each town lies in its country. Nothing here knows what the numbers mean for output.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

from ramp155 import dates

DATA = Path(__file__).resolve().parent.parent / "data"

PRODUCTS = {
    "nitrocellulose": "Nitrocellulose",
    "propellant": "Propellant powder",
    "charge": "Propelling charges",
    "explosive": "Explosives",
    "shell_body": "Shell bodies",
    "round": "Filling and assembly",
    "fuze": "Fuzes",
    "primer": "Primers",
    "other": "Other (mapped, not summed)",
}
ORIGINS = {
    "new": "New plant",
    "expansion": "Expansion",
    "restart": "Restart",
    "existing": "Existing before 2022",
}
EVENTS = [
    "announced",
    "funded",
    "groundbreaking",
    "construction",
    "trial",
    "opened",
    "first_output",
    "rate",
    "full_rate",
    "delayed",
    "suspended",
    "cancelled",
]
UNITS = ["rounds/yr", "bodies/yr", "t/yr", "modules/yr", "fuzes/yr", "primers/yr"]
# Which units a product's rate may carry; shell works are at times quoted in rounds, which are bodies there.
PRODUCT_UNITS = {
    "nitrocellulose": {"t/yr"},
    "propellant": {"t/yr"},
    "explosive": {"t/yr"},
    "charge": {"modules/yr"},
    "shell_body": {"bodies/yr", "rounds/yr"},
    "round": {"rounds/yr"},
    "fuze": {"fuzes/yr"},
    "primer": {"primers/yr"},
    "other": set(UNITS),
}
COUNTS = ["capacity", "output", "delivery", "demand", "trade", "orders", "money", "other"]
# How a public statement can be held against record and model (ramp155/verdicts.py).
STATEMENTS = [
    "ratio",
    "closing",
    "named",
    "level",
    "growth",
    "delivered",
    "opened",
    "under_way",
    "binds",
    "unmet",
]
# Statuses of lines on the way to their rate (ramp155/timeline.py).
UNDER_WAY = ["announced", "construction", "commissioning", "ramping"]
# The strands of NATO's Updated Defence Production Action Plan.
STRANDS = ["aggregate demand", "boost capacity", "engage industry"]
# What kind of publisher a source is.
CLASSES = {
    "official": "Government, parliament, EU or NATO body",
    "company": "The maker itself",
    "press": "Newspaper, broadcaster or agency",
    "trade": "Trade press, think tank or analyst",
    "repost": "Copy, aggregator or forum",
    "state-controlled": "Controlled by the Russian, Belarusian or Chinese state",
}
LATITUDES, LONGITUDES = (34.0, 72.0), (-12.0, 46.0)
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?\Z")
LARGEST_RATE = 1e10  # a year, in any unit


@dataclass(frozen=True, order=True)
class Fault:
    """One broken rule: the file, the line in it as an editor counts, the column and what is wrong."""

    file: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.row}:{self.column}: {self.message}"


class RecordsError(ValueError):
    """The tables break a rule; `faults` lists every one."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        more = f"\n... and {len(faults) - 20} more" if len(faults) > 20 else ""
        super().__init__("\n".join(map(str, faults[:20])) + more)


# --- the rules of each column -------------------------------------------------------------------


def _is_date(text: str) -> bool:
    try:
        dates.parse(text)
    except ValueError:
        return False
    return True


def _each(rule: Callable[[str], bool], message: str) -> pa.Check:
    """A pandera check of single cells; blank cells are left to `required`."""
    return pa.Check(lambda s: s.map(lambda x: x == "" or rule(x)), error=message)


def _one_of(allowed: list[str] | dict[str, str]) -> pa.Check:
    check = _each(lambda x: x in allowed, "not one of " + ", ".join(allowed))
    check.statistics = {"allowed": list(allowed)}  # what `export` publishes of it
    return check


def _not_formula(text: str) -> bool:
    """Cells a spreadsheet would run are kept out of the record (numbers may carry a sign)."""
    return text[0] not in "=+-@\t\r" or bool(NUMBER.match(text))


REQUIRED = pa.Check(lambda s: s.str.strip() != "", error="must not be blank")
DATE = _each(_is_date, "not a date (YYYY, YYYY-MM or YYYY-MM-DD, 1900 to 2100)")
NUMERIC = _each(lambda x: bool(NUMBER.match(x)) and math.isfinite(float(x)), "not a finite number")
SAFE = _each(_not_formula, "begins like a spreadsheet formula (= + - @)")
KEY = _each(lambda x: bool(re.fullmatch(r"[\w.-]+", x)), "a key holds letters, digits, - _ . only")


def _column(*checks: pa.Check, unique: bool = False) -> pa.Column:
    return pa.Column(str, [*checks, SAFE], unique=unique, report_duplicates="exclude_first")


def _key() -> pa.Column:
    return _column(REQUIRED, KEY, unique=True)


TOTALS = _each(
    lambda x: x in ("knots", "unlimited") or x.partition(":")[0] in ("ratio", "follows"),
    "not one of knots, unlimited, ratio:STAGE, follows:STAGE",
)
CONFIDENCE = _column(REQUIRED, _one_of(["A", "B", "C"]))
TEXT, NEEDED = _column(), _column(REQUIRED)

SCHEMAS: dict[str, dict[str, pa.Column]] = {
    "sites": {
        "site_id": _key(),
        "name": NEEDED,
        "operator": NEEDED,
        "parent": TEXT,
        "country": NEEDED,
        "town": TEXT,
        "lat": _column(NUMERIC),
        "lon": _column(NUMERIC),
        "note": TEXT,
    },
    "lines": {
        "line_id": _key(),
        "site_id": NEEDED,
        "product": _column(REQUIRED, _one_of(PRODUCTS)),
        "origin": _column(REQUIRED, _one_of(ORIGINS)),
        "title": NEEDED,
        "note": TEXT,
        "for_155": _column(REQUIRED, _one_of(["yes", "no_or_unstated"])),
    },
    "events": {
        "event_id": _key(),
        "line_id": NEEDED,
        "reported_on": _column(DATE),
        "event": _column(REQUIRED, _one_of(EVENTS)),
        "date": _column(DATE),
        "status": _column(REQUIRED, _one_of(["done", "planned"])),
        "rate": _column(NUMERIC),
        "unit": _column(_one_of(UNITS)),
        "rate_status": _column(_one_of(["done", "planned"])),
        "scope": _column(REQUIRED, _one_of(["site", "group", "national"])),
        "investment_eur_m": _column(NUMERIC),
        "source_id": NEEDED,
        "basis": NEEDED,
        "confidence": CONFIDENCE,
    },
    "sources": {
        "source_id": _key(),
        "publisher": TEXT,
        "title": TEXT,
        "url": _column(
            _each(lambda x: bool(re.fullmatch(r"https?://\S+", x)), "not a web address")
        ),
        "published": _column(DATE),
        "language": TEXT,
        "class": _column(REQUIRED, _one_of(CLASSES)),
        "state_controlled": _column(_one_of(["RU", "BY", "CN"])),
    },
    "claims": {
        "claim_id": _key(),
        "subject": NEEDED,
        "operator": TEXT,
        "quantity": NEEDED,
        "counts": _column(REQUIRED, _one_of(COUNTS)),
        "low": _column(NUMERIC),
        "high": _column(NUMERIC),
        "unit": TEXT,
        "period": _column(DATE),
        "status": _column(REQUIRED, _one_of(["reported", "target", "estimate"])),
        "reported_on": _column(DATE),
        "source_id": NEEDED,
        "basis": NEEDED,
        "confidence": CONFIDENCE,
        "cite_note": TEXT,
        "same_as": TEXT,
    },
    "stages": {
        "stage": _key(),
        "label": NEEDED,
        "product": _column(_one_of(PRODUCTS)),
        "unit": NEEDED,
        "feeds": TEXT,
        "quantity": TEXT,
        "total": _column(REQUIRED, TOTALS),
        "share": TEXT,
        "lines_share": TEXT,
        "imports": TEXT,
        "lead_months": _column(REQUIRED, NUMERIC),
        "buffer_months": _column(REQUIRED, NUMERIC),
        "explains": NEEDED,
    },
    "assumptions": {
        "assumption_id": _key(),
        "kind": _column(REQUIRED, _one_of(["model", "gap", "hindcast", "reported"])),
        "label": NEEDED,
        "low": _column(NUMERIC),
        "mode": _column(NUMERIC),
        "high": _column(NUMERIC),
        "unit": NEEDED,
        "source_ids": NEEDED,
        "claim_ids": TEXT,
        "reasoning": NEEDED,
    },
    "calibration": {
        "target_id": _key(),
        "observable": _column(REQUIRED, _one_of(["nameplate", "output"])),
        "year": _column(REQUIRED, DATE),
        "low": _column(REQUIRED, NUMERIC),
        "high": _column(REQUIRED, NUMERIC),
        "claim_ids": NEEDED,
        "reasoning": NEEDED,
    },
    "presets": {
        "preset_id": _key(),
        "label": NEEDED,
        "settings": NEEDED,
        "reasoning": NEEDED,
        "source_ids": NEEDED,
        "claim_ids": TEXT,
    },
    "targets": {
        "target_id": _key(),
        "label": NEEDED,
        "rounds_per_year": _column(REQUIRED, NUMERIC),
        "by": _column(REQUIRED, DATE),
        "reasoning": NEEDED,
        "claim_ids": NEEDED,
    },
    "estimates": {
        "estimate_id": _column(REQUIRED, KEY),
        "actor": _column(REQUIRED, _one_of(["RU", "US", "CA", "UA", "deliveries"])),
        "label": NEEDED,
        "counts": _column(REQUIRED, _one_of(["output", "nameplate", "delivery"])),
        "calibres": _column(REQUIRED, _one_of(["155", "all"])),
        "made": _column(REQUIRED, _one_of(["new", "refurbished", "unstated"])),
        "month": _column(REQUIRED, DATE),
        "low": _column(REQUIRED, NUMERIC),
        "mode": _column(REQUIRED, NUMERIC),
        "high": _column(REQUIRED, NUMERIC),
        "claim_ids": NEEDED,
        "reasoning": NEEDED,
    },
    "statements": {
        "statement_id": _key(),
        "statement": NEEDED,
        "who": NEEDED,
        "said_on": _column(REQUIRED, DATE),
        "kind": _column(REQUIRED, _one_of(STATEMENTS)),
        "subject": TEXT,
        "calibres": _column(_one_of(["155", "all"])),
        "made": _column(_one_of(["new", "refurbished"])),
        "counts": _column(_one_of(["output", "nameplate"])),
        "month": _column(REQUIRED, DATE),
        "since": _column(DATE),
        "low": _column(NUMERIC),
        "high": _column(NUMERIC),
        "claim_ids": NEEDED,
        "note": NEEDED,
    },
    "policies": {
        "policy_id": _key(),
        "date": _column(REQUIRED, DATE),
        "label": NEEDED,
        "actor": NEEDED,
        "strand": _column(REQUIRED, _one_of(STRANDS)),
        "settings": TEXT,
        "money_m": _column(NUMERIC),
        "currency": _column(_one_of(["EUR", "GBP", "PLN", "USD", "DKK"])),
        "claim_ids": NEEDED,
        "reasoning": NEEDED,
    },
    "contradictions": {
        "topic": _key(),
        "title": NEEDED,
        "explains": NEEDED,
    },
    "waivers": {
        "rule": NEEDED,
        "id": NEEDED,
        "reason": NEEDED,
    },
    "released": {
        "metric": _key(),
        "label": NEEDED,
        "value": _column(REQUIRED, NUMERIC),
        "unit": NEEDED,
        "record": NEEDED,
    },
    "countries": {
        "country": _key(),
        "name": NEEDED,
        "counted": _column(REQUIRED, _one_of(["yes", "on request"])),
        "label_lat": _column(REQUIRED, NUMERIC),
        "label_lon": _column(REQUIRED, NUMERIC),
        "reason": NEEDED,
    },
}
# (table, column, table it must be found in, key); a column may hold several keys parted by spaces.
KEYS = [
    ("sites", "country", "countries", "country"),
    ("lines", "site_id", "sites", "site_id"),
    ("events", "line_id", "lines", "line_id"),
    ("events", "source_id", "sources", "source_id"),
    ("claims", "source_id", "sources", "source_id"),
    ("claims", "same_as", "claims", "claim_id"),
    ("stages", "feeds", "stages", "stage"),
    ("stages", "share", "assumptions", "assumption_id"),
    ("stages", "lines_share", "assumptions", "assumption_id"),
    ("stages", "imports", "assumptions", "assumption_id"),
    ("assumptions", "claim_ids", "claims", "claim_id"),
    ("calibration", "claim_ids", "claims", "claim_id"),
    ("presets", "source_ids", "sources", "source_id"),
    ("presets", "claim_ids", "claims", "claim_id"),
    ("targets", "claim_ids", "claims", "claim_id"),
    ("estimates", "claim_ids", "claims", "claim_id"),
    ("statements", "claim_ids", "claims", "claim_id"),
    ("policies", "claim_ids", "claims", "claim_id"),
]
# Rows that the library asks for by name.
NAMED = {
    "assumptions": [
        "utilisation",
        "realised_share",
        "slip_months",
        "reserve_nitrocellulose",
        "share_155_nitrocellulose",
        "linters_asia_share",
        "russia_error",
        "russia_growth",
        "share_152",
        "share_new",
        "all_calibres",
        "record_completeness",
        "us_own_need",
        "other_imports",
        "stock_now",
        "price_europe",
        "price_us",
        "price_other",
        "order_for_a_plant",
        "plant_rounds",
        "plant_years",
        "ramp_up_months",
        "expansion_base",
        "hindcast_growth",
        "hindcast_report_error",
        "hindcast_slip",
    ],
    "claims": [
        "eu-policy-money-asap-powder-2025-01",
        "eu-policy-money-asap-explosives-2025-01",
        "eu-policy-money-asap-shells-2025-01",
        "eu-policy-money-asap-2025-01",
        "seed-eu-readiness-2030",
        "seed-economy-ratio-2025",
        "seed-ru-nato-ratio-2025-06",
    ],
    "estimates": ["ru-hur", "us-likely", "ca-155", "ua-all"],
    "policies": ["strand-demand", "strand-capacity", "strand-industry"],
}
NUMBERS = {
    "sites": ["lat", "lon"],
    "countries": ["label_lat", "label_lon"],
    "events": ["rate", "investment_eur_m"],
    "claims": ["low", "high"],
    "stages": ["lead_months", "buffer_months"],
    "assumptions": ["low", "mode", "high"],
    "calibration": ["low", "high"],
    "targets": ["rounds_per_year"],
    "estimates": ["low", "mode", "high"],
    "statements": ["low", "high"],
    "policies": ["money_m"],
    "released": ["value"],
}


@dataclass(frozen=True)
class Records:
    """The validated tables, one data frame each. Treat them as read-only.

    Text columns hold "" where nothing is reported, number columns NaN. `events` gains `known_on` (the
    day from which the report counts as known), `first_day` and `last_day` (the span its date names).
    `end` is the day of the last report and stands for "today" everywhere; `fit_end` is the last month
    of the years whose totals are fitted; `version` names the content: the end date and a hash of every
    table; `own` are the keys of rows that a user put on it (see `intake`).
    """

    sites: pd.DataFrame
    lines: pd.DataFrame
    events: pd.DataFrame
    sources: pd.DataFrame
    claims: pd.DataFrame
    stages: pd.DataFrame
    assumptions: pd.DataFrame
    calibration: pd.DataFrame
    presets: pd.DataFrame
    targets: pd.DataFrame
    estimates: pd.DataFrame
    statements: pd.DataFrame
    policies: pd.DataFrame
    contradictions: pd.DataFrame
    waivers: pd.DataFrame
    released: pd.DataFrame
    countries: pd.DataFrame
    end: dt.date
    fit_end: str
    version: str
    own: frozenset[str] = frozenset()

    def __hash__(self) -> int:
        return hash(self.version)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Records) and self.version == other.version

    @cached_property
    def events_of(self) -> dict[str, list[Any]]:
        """line_id -> its events as named tuples, in the order in which they became known."""
        ordered = self.events.sort_values("known_on", kind="stable")
        grouped: dict[str, list[Any]] = {line: [] for line in self.lines["line_id"]}
        for event in ordered.itertuples(index=False, name="Event"):
            grouped[event.line_id].append(event)
        return grouped

    @cached_property
    def full_lines(self) -> pd.DataFrame:
        """Lines with their site's name, operator, country and place joined on, index line_id."""
        sites = self.sites.drop(columns="note").merge(
            self.countries[["country", "name"]].rename(columns={"name": "country_name"}),
            on="country",
        )
        return self.lines.merge(sites, on="site_id").set_index("line_id", drop=False)

    @cached_property
    def own_lines(self) -> set[str]:
        """line_ids that a user put on the record or told something of."""
        told = self.events.loc[self.events["event_id"].isin(self.own), "line_id"]
        return set(told) | (self.own & set(self.lines["line_id"]))

    @cached_property
    def source_of(self) -> dict[str, dict[str, str]]:
        """source_id -> its row as a dict."""
        return self.sources.set_index("source_id", drop=False).to_dict("index")


# --- loading ------------------------------------------------------------------------------------


def load(directory: str | Path | None = None) -> Records:
    """Read and validate the tables in `directory` (default: the project's `data/`).

    Raises RecordsError listing every fault as file, row, column and message.
    """
    tables, faults = _read(Path(directory or DATA))
    if not faults:
        faults = faults_of(tables)
    if faults:
        raise RecordsError(sorted(faults))
    return typed(tables)


def check(directory: str | Path | None = None) -> tuple[dict[str, int], list[Fault]]:
    """Row counts of each table, and every fault, including towns that lie outside their country."""
    folder = Path(directory or DATA)
    tables, faults = _read(folder)
    # A table that could not be read would make every reference to it look broken: report it alone.
    if set(tables) == set(SCHEMAS):
        faults += faults_of(tables)
        told = {fault.row for fault in faults if fault.file == "sites.csv"}
        faults += [fault for fault in _misplaced(tables, folder) if fault.row not in told]
    return {name: len(table) for name, table in tables.items()}, sorted(set(faults))


def _read(folder: Path) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """The tables as text, indexed by their line in the file, and what kept any from being read."""
    tables: dict[str, pd.DataFrame] = {}
    faults: list[Fault] = []
    for name, schema in SCHEMAS.items():
        file = f"{name}.csv"
        try:
            text = (folder / file).read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            faults.append(Fault(file, 0, "-", f"file is missing from {folder}"))
            continue
        except (UnicodeDecodeError, OSError) as error:
            faults.append(Fault(file, 0, "-", f"cannot be read as UTF-8 text: {error}"))
            continue
        table, broken = parse(file, text, list(schema))
        faults += broken
        if table is not None:
            tables[name] = table
    return tables, faults


def parse(file: str, text: str, columns: list[str]) -> tuple[pd.DataFrame | None, list[Fault]]:
    """One CSV text as a frame of strings with the line number as index; its columns must be these."""
    reader = csv.reader(io.StringIO(text, newline=""))
    header = next(reader, [])
    missing = [c for c in columns if c not in header]
    unknown = [c for c in header if c not in columns]
    if missing or unknown:
        faults = [Fault(file, 1, c, "column is missing") for c in missing]
        return None, faults + [Fault(file, 1, c or "-", "column is not known") for c in unknown]
    rows, numbers, faults = [], [], []
    start = reader.line_num + 1
    for row in reader:
        if len(row) != len(header):
            message = f"has {len(row)} cells, the header has {len(header)}"
            faults.append(Fault(file, start, "-", message))
        else:
            rows.append(row)
            numbers.append(start)
        start = reader.line_num + 1
    frame = pd.DataFrame(rows, columns=header, index=numbers, dtype=str)
    return frame[columns], faults


def faults_of(tables: dict[str, pd.DataFrame]) -> list[Fault]:
    """Every broken rule: columns (pandera), references, and what columns say together."""
    faults: list[Fault] = []
    for name, table in tables.items():
        faults += _column_faults(name, table)
    for name, column, target, key in KEYS:
        known = set(tables[target][key])
        for row, cell in tables[name][column].items():
            for item in cell.split():
                if item not in known:
                    faults.append(Fault(f"{name}.csv", row, column, f"'{item}' is not in {target}"))
    for rule in (
        _table_rules,
        _place_rules,
        _site_rules,
        _event_rules,
        _range_rules,
        _stage_rules,
        _assumption_rules,
        _estimate_rules,
        _statement_rules,
        _named_rules,
    ):
        faults += rule(tables)
    return faults


def _column_faults(name: str, table: pd.DataFrame) -> list[Fault]:
    try:
        pa.DataFrameSchema(SCHEMAS[name]).validate(table, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        faults = []
        for column, message, row, value in zip(
            cases["column"], cases["check"], cases["index"], cases["failure_case"], strict=True
        ):
            if message == "field_uniqueness":
                message = "stands twice, keys must be unique"
            shown = "" if message == "must not be blank" else f"'{value}' "
            faults.append(Fault(f"{name}.csv", int(row), column, f"{shown}{message}"))
        return faults
    return []


def _float(text: str) -> float | None:
    return float(text) if NUMBER.match(text) else None


_PLACE = re.compile(r"-?[0-9]{1,2}\.[0-9]{3,}\W{1,4}(?:[NSEW]\W{0,3})?-?[0-9]{1,3}\.[0-9]{3,}")


def _place_rules(tables: dict[str, pd.DataFrame]) -> list[Fault]:
    """No text gives a place more exactly than a town."""
    return [
        Fault(f"{name}.csv", row, column, "gives a place more exactly than its town")
        for name, columns in (
            ("sites", ("name", "operator", "town", "note")),
            ("lines", ("title", "note")),
            ("events", ("basis",)),
            ("claims", ("basis",)),
        )
        for column in columns
        for row, cell in tables[name][column].items()
        if _PLACE.search(cell)
    ]


def _table_rules(tables: dict[str, pd.DataFrame]) -> list[Fault]:
    """No table that everything rests on is empty, and what stands for a whole table can be told from it."""
    faults = [
        Fault(f"{name}.csv", 1, "-", "has no rows")
        for name in SCHEMAS
        if tables[name].empty and name not in ("waivers", "released")
    ]
    if not any(len(told) > 4 and _is_date(told) for told in tables["events"]["reported_on"]):
        faults.append(
            Fault("events.csv", 1, "reported_on", "no report has a month: when does it end?")
        )
    for row, year in tables["calibration"]["year"].items():
        if not re.fullmatch("202[2-9]", year):
            faults.append(
                Fault("calibration.csv", row, "year", f"'{year}' is not a year of the model")
            )
    for row, source in tables["sources"].iterrows():
        if (source["class"] == "state-controlled") != (source["state_controlled"] != ""):
            message = "the class and the country of a state-controlled outlet go together"
            faults.append(Fault("sources.csv", row, "class", message))
    for row, months in tables["stages"]["lead_months"].items():
        if not 0 <= (_float(months) or 0.0) <= 24:
            faults.append(Fault("stages.csv", row, "lead_months", f"{months} is not 0 to 24"))
    return faults


def _site_rules(tables: dict[str, pd.DataFrame]) -> list[Fault]:
    faults = []
    for row, lat, lon, town in tables["sites"][["lat", "lon", "town"]].itertuples():
        add = lambda column, message, row=row: faults.append(  # noqa: E731
            Fault("sites.csv", row, column, message)
        )
        if (lat == "") != (lon == ""):
            add("lat", "latitude and longitude go together")
            continue
        north, east = _float(lat), _float(lon)
        if north is None or east is None:
            continue
        if town == "":
            add("town", "a place on the map needs its town")
        inside = lambda y, x: (  # noqa: E731
            LATITUDES[0] <= y <= LATITUDES[1] and LONGITUDES[0] <= x <= LONGITUDES[1]
        )
        if not inside(north, east):
            hint = "; latitude and longitude look swapped" if inside(east, north) else ""
            add("lat", f"{lat}, {lon} lies outside Europe{hint}")
        for column, text in (("lat", lat), ("lon", lon)):
            if len(text.partition(".")[2]) > 2:
                add(column, f"{text} is finer than two decimals: give the town's centre only")
    return faults


def _event_rules(tables: dict[str, pd.DataFrame]) -> list[Fault]:
    product = dict(zip(tables["lines"]["line_id"], tables["lines"]["product"], strict=True))
    faults = []
    for row, event in tables["events"].iterrows():
        add = lambda column, message, row=row: faults.append(  # noqa: E731
            Fault("events.csv", row, column, message)
        )
        if event.rate and not event.unit:
            add("unit", "a rate needs its unit")
        if event.unit and not event.rate:
            add("rate", "a unit without a rate")
        if event.rate and not event.rate_status:
            add("rate_status", "a rate is done or planned")
        if event.rate.startswith("-"):
            add("rate", "a rate cannot be negative")
        elif (_float(event.rate) or 0.0) > LARGEST_RATE:
            add("rate", f"'{event.rate}' is beyond any rate there is")
        allowed = PRODUCT_UNITS.get(product.get(event.line_id, "other"), set(UNITS))
        if event.unit in UNITS and event.unit not in allowed:
            add("unit", f"'{event.unit}' does not fit a {product[event.line_id]} line")
        dated = _is_date(event.date) and _is_date(event.reported_on)
        if (
            event.status == "done"
            and dated
            and dates.first_day(event.date) > dates.last_day(event.reported_on)
        ):
            add("date", f"done on {event.date}, after it was reported ({event.reported_on})")
    return faults


def _range_rules(tables: dict[str, pd.DataFrame]) -> list[Fault]:
    faults = []
    for name, columns in (
        ("claims", ["low", "high"]),
        ("calibration", ["low", "high"]),
        ("assumptions", ["low", "mode", "high"]),
        ("estimates", ["low", "mode", "high"]),
        ("statements", ["low", "high"]),
    ):
        for row, cells in tables[name][columns].iterrows():
            values = [v for v in map(_float, cells) if v is not None]
            if values != sorted(values):
                message = " <= ".join(columns) + f" does not hold: {', '.join(cells)}"
                faults.append(Fault(f"{name}.csv", row, columns[0], message))
    for row, claim in tables["claims"].iterrows():
        if (claim.low or claim.high) and not claim.unit:
            faults.append(Fault("claims.csv", row, "unit", "a figure needs its unit"))
    return faults


def _stage_rules(tables: dict[str, pd.DataFrame]) -> list[Fault]:
    stages = tables["stages"]
    known = set(tables["assumptions"]["assumption_id"])
    faults = []
    feeds = dict(zip(stages["stage"], stages["feeds"], strict=True))
    ends = [row for row, feed in stages["feeds"].items() if feed == ""]
    if len(ends) != 1:
        message = "exactly one stage feeds nothing: the finished product"
        faults.append(Fault("stages.csv", (ends or [1])[0], "feeds", message))
    for row, stage in stages.iterrows():
        seen, at = set(), stage.stage
        while at and at not in seen:
            seen.add(at)
            at = feeds.get(at, "")
        if at == stage.stage:
            faults.append(Fault("stages.csv", row, "feeds", "the stages run in a circle"))
        if stage.feeds and not NUMBER.match(stage.quantity) and stage.quantity not in known:
            message = f"'{stage.quantity}' is neither a number nor in assumptions"
            faults.append(Fault("stages.csv", row, "quantity", message))
        way, _, other = stage.total.partition(":")
        if other and other not in feeds:
            faults.append(Fault("stages.csv", row, "total", f"'{other}' is not a stage"))
        if way in ("ratio", "follows") and f"ratio_{stage.stage}" not in known:
            message = f"needs 'ratio_{stage.stage}' in assumptions"
            faults.append(Fault("stages.csv", row, "total", message))
        prefix = f"total_{stage.stage}_"
        if stage.total == "knots" and not any(k.startswith(prefix) for k in known):
            faults.append(Fault("stages.csv", row, "total", f"needs '{prefix}...' in assumptions"))
    return faults


def _assumption_rules(tables: dict[str, pd.DataFrame]) -> list[Fault]:
    sources = set(tables["sources"]["source_id"]) | {"assumption"}
    faults = []
    for row, item in tables["assumptions"].iterrows():
        add = lambda column, message, row=row: faults.append(  # noqa: E731
            Fault("assumptions.csv", row, column, message)
        )
        for source in item.source_ids.split():
            if source not in sources:
                add("source_ids", f"'{source}' is neither in sources nor the word assumption")
        if item.kind != "reported" and not (item.low and item.mode and item.high):
            add("mode", "a coefficient of the model needs low, mode and high")
    return faults


def _named_rules(tables: dict[str, pd.DataFrame]) -> list[Fault]:
    """What the library asks for by name is there."""
    faults = []
    for name, wanted in NAMED.items():
        key = next(iter(SCHEMAS[name]))
        known = set(tables[name][key])
        for item in wanted:
            if item not in known:
                message = f"the row '{item}' is missing, and the library asks for it by name"
                faults.append(Fault(f"{name}.csv", 1, key, message))
    return faults


def _estimate_rules(tables: dict[str, pd.DataFrame]) -> list[Fault]:
    """Rows of one estimate say the same of whom and what they count, and go forward in time."""
    faults = []
    for _, own in tables["estimates"].groupby("estimate_id", sort=False):
        first = own.iloc[0]
        for column in ("actor", "label", "calibres", "made"):
            for row, cell in own[column].items():
                if cell != first[column]:
                    message = f"'{cell}' differs from '{first[column]}' in the estimate's first row"
                    faults.append(Fault("estimates.csv", row, column, message))
        for _, path in own.groupby("counts"):
            known = path[path["month"].map(_is_date)]
            places = [dates.month_number(month) for month in known["month"]]
            for before, after, row in zip(places, places[1:], known.index[1:], strict=False):
                if after <= before:
                    message = "must come after the row before it"
                    faults.append(Fault("estimates.csv", row, "month", message))
    return faults


def _statement_rules(tables: dict[str, pd.DataFrame]) -> list[Fault]:
    """Every kind of statement has what its verdict is computed from."""
    actors = {"nato", "europe", "us", "canada", "ukraine", "russia"}
    counted = ("ratio", "closing", "named", "level", "growth")
    faults = []
    for row, item in tables["statements"].iterrows():
        add = lambda column, message, row=row: faults.append(  # noqa: E731
            Fault("statements.csv", row, column, message)
        )
        if item.kind in counted:
            for column in ("calibres", "made", "counts"):
                if not item[column]:
                    add(column, f"a {item.kind} needs its way of counting")
            for actor in item.subject.split() or [""]:
                if actor not in actors:
                    add("subject", f"'{actor}' is not one of {', '.join(sorted(actors))}")
        if item.kind in ("closing", "growth", "opened") and not item.since:
            add("since", f"a {item.kind} needs the date it is counted from")
        if item.kind == "under_way":
            for status in item.subject.split() or [""]:
                if status not in UNDER_WAY:
                    add("subject", f"'{status}' is not one of {', '.join(UNDER_WAY)}")
        first = "2026-01" if item.kind == "unmet" else "2022-01"
        for column in ("month", "since"):
            if item.kind in (*counted, "binds", "unmet") and _is_date(item[column]):
                if not first[:4] <= item[column][:4] <= "2030":
                    add(column, f"{item[column]} lies outside the model's months")
                elif item.kind in ("binds", "unmet") and len(item[column]) != 7:
                    add(column, f"{item[column]} is not a month")
        if item.kind == "binds":
            known = set(tables["stages"]["stage"])
            for stage in item.subject.split():
                if stage not in known:
                    add("subject", f"'{stage}' is not in stages")
        elif not item.low and not item.high:
            add("low", "needs a bound: low, high or both")
    return faults


def _misplaced(tables: dict[str, pd.DataFrame], folder: Path) -> list[Fault]:
    """Towns that lie more than about 5 km outside the borders of the country they are given."""
    import geopandas as gpd  # here only: it costs half a second

    borders = folder / "borders.geojson"
    if not borders.exists():
        return [Fault("borders.geojson", 0, "-", f"file is missing from {folder}")]
    countries = gpd.read_file(borders)[["iso_a2", "geometry"]].to_crs(3035)
    sites = tables["sites"]
    placed = sites[sites["lat"].map(_float).notna() & sites["lon"].map(_float).notna()]
    points = gpd.GeoDataFrame(
        placed[["country"]],
        geometry=gpd.points_from_xy(placed["lon"].astype(float), placed["lat"].astype(float)),
        crs=4326,
    ).to_crs(3035)
    near = gpd.sjoin(points, countries, predicate="dwithin", distance=5000)
    at_home = set(near.index[near["country"] == near["iso_a2"]])
    actual = near.groupby(level=0)["iso_a2"].first()
    return [
        Fault("sites.csv", row, "lat", f"lies in {actual.get(row, 'no country')}, not in {country}")
        for row, country in points["country"].items()
        if row not in at_home
    ]


def typed(tables: dict[str, pd.DataFrame], end: dt.date | None = None) -> Records:
    """Valid tables of text as Records: numbers as numbers, and for events the days from which and for
    which they speak. The record ends with its last report, or on the day given."""
    digest = hashlib.sha256()
    made: dict[str, pd.DataFrame] = {}
    for name in SCHEMAS:
        table = tables[name].copy()
        digest.update(table.to_csv(index=False).encode())
        for column in NUMBERS.get(name, []):
            table[column] = pd.to_numeric(table[column].replace("", None))
        made[name] = table.reset_index(drop=True)
    events = made["events"]
    end = end or max(dates.last_day(d) for d in events["reported_on"] if len(d) > 4)
    # A report dated by its year alone counts as known at that year's end, an undated one at the record's.
    events["known_on"] = [min(dates.last_day(d), end) if d else end for d in events["reported_on"]]
    events["first_day"] = [dates.first_day(d) if d else None for d in events["date"]]
    events["last_day"] = [dates.last_day(d) if d else None for d in events["date"]]
    version = f"{end.isoformat()}-{digest.hexdigest()[:8]}"
    fit_end = f"{max(int(year) for year in made['calibration']['year'])}-12"
    return Records(**made, end=end, fit_end=fit_end, version=version)
