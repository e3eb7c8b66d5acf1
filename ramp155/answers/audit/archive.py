"""Checks of what releases keep: archived forecasts stand as they were written, and the track record is of this record."""

from __future__ import annotations

from collections.abc import Iterator

from ramp155.answers.audit.finding import AuditFinding
from ramp155.answers.track.archive import find_archive_faults
from ramp155.answers.track.forecasts import KEPT_FORECASTS, read_kept_forecasts
from ramp155.record.records import Records


def check_archive(records: Records) -> Iterator[AuditFinding]:
    """No archived forecast was changed, lost or put there by hand since its release."""
    for version, message in find_archive_faults():
        yield AuditFinding("fault", "archive", version, message)


def check_kept_forecasts(records: Records) -> Iterator[AuditFinding]:
    """Europe's past forecasts are kept of this record; those of another are made anew each time, which takes a while."""
    if not records.uploaded and read_kept_forecasts(records) is None:
        message = "is of another record or model: a release writes it anew"
        yield AuditFinding("warning", "track record", KEPT_FORECASTS.name, message)
