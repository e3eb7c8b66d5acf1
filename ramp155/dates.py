"""Partial dates; they live in `ramp155.record.dates`."""

from ramp155.record.dates import (
    PATTERN,
    first_day,
    last_day,
    month_number,
    month_range,
    month_text,
    parse,
)

__all__ = [
    "PATTERN",
    "first_day",
    "last_day",
    "month_number",
    "month_range",
    "month_text",
    "parse",
]
