"""Names by id, as choices show them."""

from __future__ import annotations

from ramp155.record.records import Records


def name_countries(record: Records) -> dict[str, str]:
    """Every country's name by its code."""
    return dict(zip(record.countries["country"], record.countries["name"], strict=True))


def name_site(record: Records, line_id: str) -> str:
    """The name of the site a line stands at."""
    return record.site(record.line(line_id).site_id).name
