"""Rules of events: a rate with its unit and status, fit for its product, and no deed after its
report.
"""

from __future__ import annotations

from ramp155.record.dates import first_day, last_day
from ramp155.record.faults import Fault, shorten
from ramp155.record.read import Tables
from ramp155.record.rules.columns import is_date, parse_number
from ramp155.record.schema.vocabulary import PRODUCT_UNITS, UNITS

LARGEST_RATE = 1e10  # a year, in any unit


def find_event_faults(tables: Tables) -> list[Fault]:
    """Events whose columns do not go together."""
    events, lines = tables["events"], tables["lines"]
    product_of = dict(zip(lines["line_id"], lines["product"], strict=True))
    products = [product_of.get(line, "other") for line in events["line_id"]]
    columns = ("rate", "unit", "rate_status", "status", "date", "reported_on")
    event_rows = zip(events.lines, products, *(events[column] for column in columns), strict=True)
    faults = []
    for line, product, rate, unit, rate_status, status, date, reported_on in event_rows:
        messages = _find_rate_faults(product, rate, unit, rate_status) if rate or unit else []
        if status == "done" and _is_after(date, reported_on):
            messages.append(("date", f"done on {date}, after it was reported ({reported_on})"))
        faults += [Fault("events.csv", line, column, message) for column, message in messages]
    return faults


def _find_rate_faults(
    product: str, rate: str, unit: str, rate_status: str
) -> list[tuple[str, str]]:
    """(column, message) of what is wrong with one event's rate."""
    faults = []
    if rate and not unit:
        faults.append(("unit", "a rate needs its unit"))
    if unit and not rate:
        faults.append(("rate", "a unit without a rate"))
    if rate and not rate_status:
        faults.append(("rate_status", "a rate is done or planned"))
    if rate.startswith("-"):
        faults.append(("rate", "a rate cannot be negative"))
    elif (parse_number(rate) or 0.0) > LARGEST_RATE:
        faults.append(("rate", f"'{shorten(rate)}' is beyond any rate there is"))
    if unit in UNITS and unit not in PRODUCT_UNITS.get(product, UNITS):
        faults.append(("unit", f"'{unit}' does not fit a {product} line"))
    return faults


def _is_after(date: str, reported_on: str) -> bool:
    """Whether what was done on a date was surely done after it was reported."""
    if date[:4] < reported_on[:4] or not (is_date(date) and is_date(reported_on)):
        return False
    return first_day(date) > last_day(reported_on)
