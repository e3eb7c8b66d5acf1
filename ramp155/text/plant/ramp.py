"""What the chart of a line's ramp shows, in a sentence."""

from __future__ import annotations

from typing import Any

from ramp155.answers.plants.reading import LineReading, find_reading
from ramp155.model.scenario.horizon import DEFAULT_MONTH
from ramp155.record.records import Records
from ramp155.text.numbers import say_month, say_percent
from ramp155.text.plant.promises import list_recent_promises, say_rate, say_unit
from ramp155.text.plant.standing import name_product, say_line_now, say_when


def write_ramp_title(records: Records, line_status: dict[str, Any]) -> str:
    """What a line does now and the furthest rate promised of it; `line_status` is its row of `list_statuses`."""
    line = records.line(line_status["line_id"])
    site = records.site(line.site_id)
    now = say_line_now(records, line_status).replace("; ", ", ")
    standing = list_recent_promises(records, line.line_id)
    promised = (
        f"; {say_rate(standing[-1])} promised for {say_when(standing[-1].date)}" if standing else ""
    )
    return f"{site.name}, {name_product(line)}: {now}{promised}"


def say_reading(
    reading: LineReading, unit: str, is_reported: bool, month: str = DEFAULT_MONTH
) -> str:
    """Our reading of a line in a month, how sure it is, and what it rests on; `is_reported`: some rate was reported as reached."""
    low, middle, high = (_round_rate(rate) for rate in find_reading(reading, month))
    if not reading.is_promised:
        return f"Our reading: {middle:,.0f} {say_unit(unit)}, as last reported; nothing beyond it is promised for a date."
    share = (
        f" Nothing has begun, so {say_percent(reading.happening)} of what is promised is counted."
        if reading.happening < 1
        else ""
    )
    basis = "" if is_reported else "No rate is reported as reached, so what follows is no report. "
    return (
        f"{basis}Our reading, with delays as on record: about {middle:,.0f} {say_unit(unit)} in {say_month(month)} "
        f"(likely {low:,.0f} to {high:,.0f}).{share}"
    )


def _round_rate(rate: float) -> float:
    """A rate with the two digits it bears."""
    if rate <= 0:
        return 0.0
    digits = len(str(int(rate)))
    return round(rate, min(2 - digits, 0))
