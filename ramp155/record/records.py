"""`Records`: the checked tables as one immutable whole that is what it contains, and how it is
loaded.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from ramp155.base.memory import UPLOAD_BYTES, Memory, remember
from ramp155.record.dates import find_span, last_day
from ramp155.record.faults import RecordsError
from ramp155.record.frames import FrameField, build_frame, hash_frame, hash_text
from ramp155.record.read import DATA, Tables, read_folder
from ramp155.record.rows import (
    Assumption,
    Claim,
    Derived,
    Estimate,
    Event,
    Line,
    Site,
    Source,
    Stage,
    Statement,
    Target,
    build_rows,
)
from ramp155.record.rules import find_faults
from ramp155.record.schema import TABLES


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Records:
    """The validated tables, one data frame each. Two records with the same content are the same record.

    Text columns hold "" where nothing is reported, number columns NaN. `events` gains `known_on` (the
    day from which the report counts as known), `first_day` and `last_day` (the span its date names).
    `end` is the day of the last report and stands for "today" everywhere;
    `own` are the keys of rows that a user put on it
    (see `ramp155.record.upload`), `uploaded` whether a user put it together. `named` is the digest of the content that
    was given a version of its own (see `name`), and that version: it is no part of the content. `memory` keeps
    what was worked out of it; a record made of this one with `dataclasses.replace` shares it, for answers are
    kept by content. An uploaded record has one of its own, which goes when the record goes.

    A table that an attribute hands out may be changed by who asked for it: the record's own stays.
    `dataclasses.replace(records, claims=fewer)` makes another record.
    """

    sites: FrameField = FrameField()
    lines: FrameField = FrameField()
    events: FrameField = FrameField()
    sources: FrameField = FrameField()
    claims: FrameField = FrameField()
    stages: FrameField = FrameField()
    assumptions: FrameField = FrameField()
    calibration: FrameField = FrameField()
    presets: FrameField = FrameField()
    targets: FrameField = FrameField()
    estimates: FrameField = FrameField()
    statements: FrameField = FrameField()
    policies: FrameField = FrameField()
    contradictions: FrameField = FrameField()
    waivers: FrameField = FrameField()
    released: FrameField = FrameField()
    countries: FrameField = FrameField()
    levers: FrameField = FrameField()
    targets_outcomes: FrameField = FrameField()
    derived: FrameField = FrameField()
    end: dt.date
    own: frozenset[str] = frozenset()
    uploaded: bool = False
    named: tuple[str, str] = ("", "")
    memory: Memory = field(default_factory=Memory)

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Records) and self.digest == other.digest)

    def __repr__(self) -> str:
        row_count = sum(len(self.__dict__[name]) for name in TABLES)
        return f"Records({self.version}, {len(TABLES)} tables, {row_count:,} rows)"

    @cached_property
    def digest(self) -> str:
        """A hash (32 hex digits) of everything that the record says: every table, its ends, what is a user's."""
        content = hashlib.blake2b(digest_size=16)
        own_keys = " ".join(sorted(self.own))
        content.update(f"{self.end}\0{self.uploaded}\0{own_keys}".encode())
        for name in TABLES:
            hash_frame(content, self.__dict__[name])
        return content.hexdigest()

    @property
    def identity(self) -> str:
        """What makes this record the one it is: its content."""
        return self.digest

    @cached_property
    def version(self) -> str:
        """What pages and links call the content: the name it was given, else its end and eight digits of its digest."""
        digest, version = self.named
        return version if digest == self.digest else self._version_of(self.digest)

    def _version_of(self, digits: str) -> str:
        return f"{'own-' if self.uploaded else ''}{self.end.isoformat()}-{digits[:8]}"

    def with_version(self, version: str) -> Records:
        """The same record under a version; one made of it with other content does not bear it."""
        record = replace(self, named=(self.digest, version))
        record.__dict__["digest"] = self.digest  # the same content need not be hashed again
        return record

    def with_memory(self, memory: Memory) -> Records:
        """The same record whose answers are kept elsewhere."""
        record = replace(self, memory=memory)
        record.__dict__["digest"] = self.digest  # the same content need not be hashed again
        return record

    @cached_property
    def events_of(self) -> Mapping[str, tuple[Event, ...]]:
        """line_id -> its events, in the order in which they became known."""
        events_of: dict[str, list[Event]] = {line: [] for line in self.lines["line_id"]}
        for event in sorted(self._events, key=lambda event: event.known_on):
            events_of[event.line_id].append(event)
        return MappingProxyType({line: tuple(events) for line, events in events_of.items()})

    @property
    def full_lines(self) -> pd.DataFrame:
        """Lines with their site's name, operator, country and place joined on, index line_id."""
        return self._full_lines.copy(deep=False)

    @cached_property
    def _full_lines(self) -> pd.DataFrame:
        sites = self.sites.drop(columns="note").merge(
            self.countries[["country", "name"]].rename(columns={"name": "country_name"}),
            on="country",
        )
        return self.lines.merge(sites, on="site_id").set_index("line_id", drop=False)

    @cached_property
    def stage_of_role(self) -> Mapping[str, str]:
        """What the model asks a stage for -> that stage: `supply`, `fibre`, `charge`, `body`, `filling`."""
        stages = self.stages
        pairs = zip(stages["role"], stages["stage"], strict=True)
        return MappingProxyType({role: stage for role, stage in pairs if role})

    @cached_property
    def own_lines(self) -> frozenset[str]:
        """line_ids that a user put on the record or said something of."""
        spoken_of = self.events.loc[self.events["event_id"].isin(self.own), "line_id"]
        return frozenset(spoken_of) | (self.own & frozenset(self.lines["line_id"]))

    @cached_property
    def source_of(self) -> Mapping[str, dict[str, str]]:
        """source_id -> its row as a dict."""
        sources: dict[Any, Any] = self.sources.set_index("source_id", drop=False).to_dict("index")
        return MappingProxyType(sources)

    def site(self, site_id: str) -> Site:
        """The site of this id. Raises KeyError where there is none."""
        return self._site_of[site_id]

    def line(self, line_id: str) -> Line:
        """The line of this id. Raises KeyError where there is none."""
        return self._line_of[line_id]

    def event(self, event_id: str) -> Event:
        """The event of this id. Raises KeyError where there is none."""
        return self._event_of[event_id]

    def source(self, source_id: str) -> Source:
        """The source of this id. Raises KeyError where there is none."""
        return self._source_rows[source_id]

    def claim(self, claim_id: str) -> Claim:
        """The claim of this id. Raises KeyError where there is none."""
        return self._claim_of[claim_id]

    def assumption(self, assumption_id: str) -> Assumption:
        """The coefficient of this id. Raises KeyError where there is none."""
        return self._assumption_of[assumption_id]

    @cached_property
    def _site_of(self) -> dict[str, Site]:
        return {site.site_id: site for site in build_rows(Site, self.sites)}

    @cached_property
    def _line_of(self) -> dict[str, Line]:
        return {line.line_id: line for line in build_rows(Line, self.lines)}

    @cached_property
    def _event_of(self) -> dict[str, Event]:
        return {event.event_id: event for event in self._events}

    @cached_property
    def _events(self) -> list[Event]:
        return build_rows(Event, self.events)

    @cached_property
    def _source_rows(self) -> dict[str, Source]:
        return {source.source_id: source for source in build_rows(Source, self.sources)}

    @cached_property
    def _claim_of(self) -> dict[str, Claim]:
        return {claim.claim_id: claim for claim in build_rows(Claim, self.claims)}

    @cached_property
    def _assumption_of(self) -> dict[str, Assumption]:
        return {
            assumption.assumption_id: assumption
            for assumption in build_rows(Assumption, self.assumptions)
        }

    def list_coefficients(self, model_only: bool = True) -> list[Assumption]:
        """The coefficients of the model as rows, in the table's order; else all assumptions."""
        assumptions = self._assumption_of.values()
        return [
            assumption for assumption in assumptions if assumption.kind == "model" or not model_only
        ]

    def list_stages(self) -> list[Stage]:
        """The stages of the bill of materials as rows."""
        return build_rows(Stage, self.stages)

    def list_targets(self) -> list[Target]:
        """The published ranges as rows."""
        return build_rows(Target, self.calibration)

    def list_derived(self) -> list[Derived]:
        """The figures of Europe worked out from claims as rows."""
        return build_rows(Derived, self.derived)

    @remember
    def list_estimates(self) -> list[Estimate]:
        """The estimates of what others make as rows."""
        return build_rows(Estimate, self.estimates)

    def list_statements(self) -> list[Statement]:
        """The public statements as rows."""
        return build_rows(Statement, self.statements)


def load(directory: str | Path | None = None) -> Records:
    """Read and validate the tables of the record.

    Parameters
    ----------
    directory : str or Path, optional
        The folder of tables; the project's own if left out.

    Returns
    -------
    Records
        Each table as a data frame, numbers in the units that `data/README.md` names.

    Raises
    ------
    RecordsError
        Listing every fault as file, row, column and message.
    """
    tables, faults = read_folder(Path(directory or DATA))
    if not faults:
        faults = find_faults(tables)
    if faults:
        raise RecordsError(sorted(faults))
    return build_records(tables)


def build_records(
    tables: Tables,
    end: dt.date | None = None,
    own_keys: frozenset[str] = frozenset(),
    uploaded: bool = False,
) -> Records:
    """Valid tables of text as Records: numbers as numbers, and for events the days of which they speak.

    The record ends with its last report, or on the day given. `own_keys` and `uploaded`: as `own` and
    `uploaded` in `Records`.
    """
    frames = {name: build_frame(name, tables[name]) for name in TABLES}
    events = frames["events"]
    reported_on = tables["events"]["reported_on"]
    last_days = [last_day(date) if date else None for date in reported_on]
    if end is None:
        dated_reports = zip(reported_on, last_days, strict=True)
        end = max(day for date, day in dated_reports if day is not None and len(date) > 4)
    # A report dated by its year alone counts as known at that year's end, an undated one at the record's.
    events["known_on"] = [end if day is None else min(day, end) for day in last_days]
    dates = zip(tables["events"]["date"], tables["events"]["precision"], strict=True)
    spans = [find_span(date, precision) if date else (None, None) for date, precision in dates]
    events["first_day"], events["last_day"] = map(list, zip(*spans, strict=True))
    memory = Memory(UPLOAD_BYTES) if uploaded else Memory()
    content: dict[str, Any] = {**frames, "end": end, "own": own_keys}
    records = Records(**content, uploaded=uploaded, memory=memory)
    return records.with_version(records._version_of(hash_text(tables)))
