"""The record; it lives in `ramp155.record`."""

from ramp155.record.check import check
from ramp155.record.faults import Fault, RecordsError
from ramp155.record.read import DATA
from ramp155.record.records import Records, load
from ramp155.record.rows import Assumption, Claim, Event, Line, Site, Source
from ramp155.record.schema import (
    CLASSES,
    EVENTS,
    NUMBERS,
    ORIGINS,
    PRODUCTS,
    SCHEMAS,
    UNITS,
)

__all__ = [
    "CLASSES",
    "DATA",
    "EVENTS",
    "NUMBERS",
    "ORIGINS",
    "PRODUCTS",
    "SCHEMAS",
    "UNITS",
    "Assumption",
    "Claim",
    "Event",
    "Fault",
    "Line",
    "Records",
    "RecordsError",
    "Site",
    "Source",
    "check",
    "load",
]
