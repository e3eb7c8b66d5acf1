"""The record's dated rates as series: one thing, of one maker or region, counted one way."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from typing import NamedTuple

from ramp155.base.memory import remember
from ramp155.record.dates import last_day, parse
from ramp155.record.records import Records
from ramp155.record.rows import Claim, Event, build_rows
from ramp155.record.schema.vocabulary import ROUNDS_A_YEAR

_A_YEAR = {
    **ROUNDS_A_YEAR,
    "rounds": 1.0,  # delivered in a year
    "bodies/yr": 1.0,
    "bodies/month": 12.0,
    "charges/yr": 1.0,
    "charges/month": 12.0,
    "modules/yr": 1.0,
    "t/yr": 1.0,
}
_ROUNDS = ("round_capacity", "round_output")


class Report(NamedTuple):
    """What was said of a series: a figure, or a promise (`is_promise`), of so much a year.

    `first_month` and `last_month` are the span it speaks of (months since year 0), `value` is in units of the series a year.
    """

    report_id: str
    value: float
    first_month: int
    last_month: int
    known_on: dt.date
    confidence: str
    is_promise: bool

    @property
    def month(self) -> float:
        """The middle of what it speaks of.

        Returns
        -------
        float
            Months since year 0.
        """
        return (self.first_month + self.last_month) / 2


class Series(NamedTuple):
    """A series with its reports; `kind` says whose it is, `observable` what it counts."""

    name: str
    kind: str
    observable: str
    reports: tuple[Report, ...]


class _Rule(NamedTuple):
    """Which claims make a series: `operators` None stands for any."""

    name: str
    kind: str
    observable: str
    quantities: tuple[str, ...]
    subjects: tuple[str, ...]
    operators: tuple[str, ...] | None = ("",)


_EUROPE = ("EU", "Europe", "EU+GB")
_RUSSIA = (*_ROUNDS, "round_output_incl_refurbished")
_BODIES = ("shell_body_output", "shell_body_capacity")
_CHARGES = ("charge_output", "charge_capacity")
# A claim belongs to the first rule that it meets. Europe's capacity and output are told apart by calibration.csv.
_RULES = (
    _Rule("Europe nameplate", "europe", "nameplate", _ROUNDS, _EUROPE, None),
    _Rule("Europe output", "europe", "output", _ROUNDS, _EUROPE, None),
    _Rule("United States", "us", "rounds", _ROUNDS, ("US",)),
    _Rule("United States, charges", "us", "charges", _CHARGES, ("US",)),
    _Rule("Russia", "russia", "rounds", _RUSSIA, ("RU",)),
    _Rule("Rheinmetall", "firms", "rounds", _ROUNDS, ("DE",), ("Rheinmetall",)),
    _Rule("France", "firms", "rounds", _ROUNDS, ("FR",), ("", "KNDS France")),
    _Rule("ZVS", "firms", "rounds", _ROUNDS, ("SK",), ("ZVS holding",)),
    _Rule("Slovakia", "firms", "rounds", _ROUNDS, ("SK",)),
    _Rule("CSG", "firms", "rounds", _ROUNDS, ("CZ",), ("CSG",)),
    _Rule("STV Group", "firms", "rounds", _ROUNDS, ("CZ",), ("STV Group",)),
    _Rule("Poland", "firms", "rounds", _ROUNDS, ("PL",), ("", "PGZ", "Dezamet")),
    _Rule("Nammo", "firms", "rounds", _ROUNDS, ("NO",), ("Nammo",)),
    _Rule("Canada", "firms", "rounds", _ROUNDS, ("CA",)),
    _Rule("Serbia", "firms", "rounds", _ROUNDS, ("RS",)),
    _Rule("Bulgaria", "firms", "rounds", _ROUNDS, ("BG",)),
    _Rule("Australia", "firms", "bodies", _BODIES, ("AU",)),
    _Rule(
        "Czech initiative",
        "firms",
        "deliveries",
        ("delivered_to_ukraine",),
        ("CZ",),
        ("Czech initiative",),
    ),
    _Rule("Explosia", "firms", "charges", _CHARGES, ("CZ",), ("Explosia",)),
    _Rule(
        "Rheinmetall, powder", "firms", "powder", ("powder_capacity",), ("DE",), ("Rheinmetall",)
    ),
    _Rule(
        "Synthesia",
        "firms",
        "nitrocellulose",
        ("nitrocellulose_capacity",),
        ("CZ",),
        ("Synthesia",),
    ),
)
# Called output by its speaker, a Commissioner, and counted as officials count: what plants could make.
_COUNTED_AS_CAPACITY = {"eu-round-output-2025-02"}
# Claims that meet a rule and yet count something else, each with why.
LEFT_OUT = {
    "eu-round-capacity-2024-01": "a proposal by a government without plants, no promise",
    "eu-round-output-2024-03": "the figure of eu-round-capacity-2024-03 once more",
    "eu-round-output-2024-04": "an official's aim for capacity, called output by a paper",
    "us-round-capacity-2025-03": "one loading plant",
    "us-round-capacity-2029-09-01": "one loading plant",
    "rhm-2026-target-1500k": "charge modules counted in, by the record's own word",
    "rhm-2026-20fold": "worked out from a multiple",
    "ru-round-output-2025-zelensky": "mortar bombs counted in",
    "ru-round-output-2026-zelensky-plan": "mortar bombs counted in",
    "au-shell-body-capacity-2025-06-01": "a contract that was cancelled",
}
# Lines whose rates are a series of claims already.
_LINES_AMONG_CLAIMS = {
    "burgos-rheinmetall-expal--round-network",
    "dubnica-nad-vahom-zvs--round",
    "lachapelle-knds--round",
    "nowa-deba-dezamet--round",
    "nowa-deba-dezamet--round-existing",
    "pardubice-explosia--charge",
    "pardubice-synthesia--nitrocellulose",
    "policka-stv--round",
}


@remember
def list_series(records: Records) -> tuple[Series, ...]:
    """Every series of the record with at least two reports, in the order of their names.

    Bounds are no figures, and copies of a report are none of their own.

    Parameters
    ----------
    records : Records
        The record.

    Returns
    -------
    tuple of Series
        Rates in units of the series a year.
    """
    outputs = _list_output_claims(records)
    reports_of: dict[tuple[str, str, str], list[Report]] = defaultdict(list)
    for claim in build_rows(Claim, records.claims):
        rule = _find_rule(claim, outputs)
        report = _read_claim(claim) if rule else None
        if rule and report:
            reports_of[rule.name, rule.kind, rule.observable].append(report)
    for event in build_rows(Event, records.events):
        line = records.line(event.line_id)
        is_counted = line.for_155 == "yes" and event.line_id not in _LINES_AMONG_CLAIMS
        report = _read_event(event) if is_counted else None
        if report:
            reports_of[event.line_id, "firms", line.product].append(report)
    return tuple(
        Series(*key, tuple(reports))
        for key, reports in sorted(reports_of.items())
        if len(reports) > 1
    )


def find_europe_observable(records: Records) -> dict[str, str]:
    """What each claim about Europe as a whole is a figure of, copies and what counts something else left out.

    Parameters
    ----------
    records : Records
        The record.

    Returns
    -------
    dict of str
        claim_id -> `nameplate` or `output`.
    """
    outputs = _list_output_claims(records)
    rule_of = {
        claim.claim_id: _find_rule(claim, outputs) for claim in build_rows(Claim, records.claims)
    }
    return {
        claim_id: rule.observable
        for claim_id, rule in rule_of.items()
        if rule and rule.kind == "europe"
    }


def _list_output_claims(records: Records) -> set[str]:
    """The claims that are read as complete rounds, whatever their own word is."""
    return {
        claim_id
        for target in records.list_targets()
        if target.observable == "output"
        for claim_id in target.claim_ids.split()
    }


def _find_rule(claim: Claim, outputs: set[str]) -> _Rule | None:
    """The series that a claim belongs to; Europe's output is what is read as complete rounds."""
    if claim.claim_id in LEFT_OUT or claim.same_as:
        return None
    is_output = claim.claim_id in outputs or claim.quantity == "round_output"
    is_output &= claim.claim_id not in _COUNTED_AS_CAPACITY
    for rule in _RULES:
        if rule.observable in ("nameplate", "output") and is_output != (
            rule.observable == "output"
        ):
            continue
        has_operator = rule.operators is None or claim.operator in rule.operators
        if claim.quantity in rule.quantities and claim.subject in rule.subjects and has_operator:
            return rule
    return None


def _read_claim(claim: Claim) -> Report | None:
    """A claim as a figure or a promise; None where it is neither, or has no rate or date."""
    ends = [end for end in (claim.low, claim.high) if end is not None]
    is_promise = claim.status == "target"
    if not claim.reported_on or claim.unit not in _A_YEAR or not ends:
        return None
    if not claim.period and is_promise:
        return None  # no date that could come
    is_bound = len(ends) == 1
    value = _A_YEAR[claim.unit] * math.exp(sum(math.log(max(end, 1.0)) for end in ends) / len(ends))
    known_on = last_day(claim.reported_on)
    said_month = known_on.year * 12 + known_on.month - 1
    first_month, last_month = (
        find_months(claim.period) if claim.period else (said_month, said_month)
    )
    if not is_promise and (is_bound or value <= _A_YEAR[claim.unit] or first_month > said_month):
        return None  # a bound, nothing at all, or somebody's forecast
    return Report(
        claim.claim_id, value, first_month, last_month, known_on, claim.confidence, is_promise
    )


def _read_event(event: Event) -> Report | None:
    """The rate of a line as a figure or a promise; None where it has none, or no date of its own."""
    is_promise = event.rate_status != "done"
    if not event.rate or event.scope != "site" or not event.reported_on or not event.date:
        return None
    if is_promise and (event.status == "done" or event.event in ("announced", "construction")):
        return None  # dated by the opening or the contract at which it was said
    first_month, last_month = find_months(event.date)
    if event.event == "full_rate":
        first_month = last_month
    return Report(
        event.event_id,
        event.rate,
        first_month,
        last_month,
        event.known_on,
        event.confidence,
        is_promise,
    )


def find_months(text: str) -> tuple[int, int]:
    """First and last month that a date names.

    Parameters
    ----------
    text : str
        YYYY, YYYY-MM or YYYY-MM-DD.

    Returns
    -------
    tuple of int
        Months since year 0.

    Raises
    ------
    ValueError
        Where the text is no date.
    """
    year, month, _ = parse(text)
    return (year * 12, year * 12 + 11) if month is None else (year * 12 + month - 1,) * 2
