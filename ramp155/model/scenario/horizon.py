"""The months of the model, from before the war to the last that is forecast, and the month from which
levers act: the past is not a lever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ramp155.record.dates import month_number, month_range

if TYPE_CHECKING:  # the command line names months in its help, which does not wait for pandas
    from ramp155.record.records import Records

FIRST_MONTH, LAST_MONTH = "2022-01", "2030-12"
MONTHS = month_range(FIRST_MONTH, LAST_MONTH)
YEARS = tuple(range(int(FIRST_MONTH[:4]), int(LAST_MONTH[:4]) + 1))  # whole ones
FIRST_MONTH_NUMBER = month_number(MONTHS[0])
DEFAULT_MONTH = "2027-12"
# Almost nothing says what was made in 2026. Levers act from its first month, unless told otherwise: the
# past is not a lever.
FORECAST_START = "2026-01"
# What Europe could assemble is promised up to here; later months are beyond any plan on record.
LAST_PLANNED_MONTH = "2027-12"


def find_record_month(records: Records) -> int:
    """Find the month of the record's end, after which all is forecast.

    Parameters
    ----------
    records : Records
        The record.

    Returns
    -------
    int
        Index in `MONTHS`, from 0; the last month where the record ends after the horizon.
    """
    month = records.end.year * 12 + records.end.month - 1 - FIRST_MONTH_NUMBER
    return min(max(month, 0), len(MONTHS) - 1)


def find_forecast_month(records: Records) -> str:
    """Find the first month after the last report, from which all is forecast: YYYY-MM.

    Parameters
    ----------
    records : Records
        The record.

    Returns
    -------
    str
        One of `MONTHS`; the last where the record ends there or later.
    """
    return MONTHS[min(find_record_month(records) + 1, len(MONTHS) - 1)]


def find_year_months(year: int) -> slice:
    """Find the months of a calendar year.

    Parameters
    ----------
    year : int
        Calendar year.

    Returns
    -------
    slice
        Places in `MONTHS`, from 0.

    Raises
    ------
    ValueError
        For a year outside the horizon.
    """
    if year not in YEARS:
        raise ValueError(f"year {year!r} is not one from {YEARS[0]} to {YEARS[-1]}")
    first = MONTHS.index(f"{year}-01")
    return slice(first, first + 12)


def check_month(month: str) -> None:
    """Raise ValueError for a month outside the horizon."""
    if month not in MONTHS:
        raise ValueError(f"month {month!r} is not one from {MONTHS[0]} to {MONTHS[-1]}")
