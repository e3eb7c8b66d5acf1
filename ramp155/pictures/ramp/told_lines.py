"""The lines of a plant with what each of them does, the most told first: for its page in the app and as a file."""

from __future__ import annotations

from typing import Any

from ramp155.history.status import list_statuses
from ramp155.pictures.ramp.picture import list_told_lines
from ramp155.record.records import Records


def list_line_statuses(known: Records, site_id: str) -> list[dict[str, Any]]:
    """The rows of `list_statuses` of a plant's reported lines, the most told first; all where none is reported."""
    statuses = list_statuses(known)
    own_rows = statuses[statuses["site_id"] == site_id].to_dict("records")
    row_of = {str(row["line_id"]): {str(key): row[key] for key in row} for row in own_rows}
    ordered = [row_of[line_id] for line_id in list_told_lines(known, site_id)]
    reported = [row for row in ordered if row["status"] != "not yet reported"]
    return reported or ordered
