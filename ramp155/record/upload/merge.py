"""Uploaded tables or a whole package put on the record, checked row by row, and handed to a trial.

What the trial does is for the caller to say (`probe`): the app runs the model, which this room does not know.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from ramp155.record.faults import Fault, RecordsError
from ramp155.record.frames import build_text
from ramp155.record.read import TextTable
from ramp155.record.records import Records, build_records
from ramp155.record.rules import find_faults
from ramp155.record.schema import SCHEMAS, TABLES
from ramp155.record.upload.archive import open_archive
from ramp155.record.upload.limits import MOST_UNPACKED, find_size_fault
from ramp155.record.upload.own_rows import (
    OWN_SOURCE_ID,
    build_own_source_table,
    find_late_rows,
    find_own_keys,
    find_repeated_keys,
    mark_own_rows,
    put_rows_on,
    write_as_text,
)
from ramp155.record.upload.table import read_uploaded_table

Probe = Callable[[Records], None]  # raises RecordsError where a record cannot be worked with


def read_upload(
    base: Records,
    files: list[tuple[str, bytes]],
    *,
    probe: Probe,
    onto: Records | None = None,
) -> Records:
    """The record with uploaded files on it: (name, content) of CSV tables or of one zipped package.

    A table sent alone is put on the record in use (`onto`, none given: `base`) row by row, by key; a package
    replaces the tables it has. Which table a CSV is, its columns tell. Neither record changes. Rows that
    differ from `base`, the published record, are marked as one's own. `probe` has the last word on it.
    Raises RecordsError with every fault found: file, line as an editor counts, column, message.
    """
    _check_sizes(files)
    faults: list[Fault] = []
    tables: dict[str, pd.DataFrame] = {}
    file_names: dict[str, str] = {}
    is_package = False
    for sent_name, sent_content in files:
        packed_files = open_archive(sent_name, sent_content)
        is_packed = packed_files is not None
        is_package = is_package or is_packed
        for file_name, content in (packed_files or {sent_name: sent_content}).items():
            table_name, table, table_faults = read_uploaded_table(file_name, content, is_packed)
            faults += table_faults
            if not table_name or table is None:
                continue
            if table_name in tables:
                message = f"a second table of {table_name} was sent"
                faults.append(Fault(file_name, 0, "-", message))
            tables[table_name], file_names[table_name] = table, file_name
    if is_package and len(files) > 1:
        faults.append(Fault("upload", 0, "-", "send a package by itself"))
    if faults:
        raise RecordsError(sorted(faults))
    return merge_upload(base, tables, file_names, is_package, probe=probe, onto=onto)


def merge_upload(
    base: Records,
    tables: dict[str, pd.DataFrame],
    file_names: dict[str, str] | None = None,
    is_package: bool = False,
    *,
    probe: Probe,
    onto: Records | None = None,
) -> Records:
    """Tables of text, indexed by their line in the file that `file_names` gives, put on a record and checked.

    `is_package`: they replace the tables of `base`; else rows are added to `onto` or replaced by key. The
    record has a memory of its own. Raises RecordsError listing every fault, also what `probe` finds.
    """
    file_names = {name: f"{name}.csv" for name in tables} | (file_names or {})
    sent = {name: build_text(table[list(SCHEMAS[name])]) for name, table in tables.items()}
    _check_keys(sent, file_names)
    published = {name: write_as_text(base, name) for name in SCHEMAS}
    is_onto_base = is_package or onto is None or onto is base
    merged = {
        name: published[name] if is_onto_base or onto is None else write_as_text(onto, name)
        for name in SCHEMAS
    }
    for name, table in sent.items():
        merged[name] = put_rows_on(merged[name], table, TABLES[name].key, is_package)
    upload_lines = _find_upload_lines(sent, merged)
    if OWN_SOURCE_ID not in merged["sources"]["source_id"]:
        own_source = build_own_source_table()
        merged["sources"] = put_rows_on(merged["sources"], own_source, "source_id", whole=False)
    own_keys = {name: find_own_keys(published[name], merged[name], name) for name in SCHEMAS}
    faults = [_locate_fault(fault, file_names, upload_lines) for fault in find_faults(merged)]
    faults += find_late_rows(base.end, merged, own_keys, file_names, upload_lines)
    if faults:
        raise RecordsError(sorted(faults))
    mark_own_rows(merged, own_keys)
    every_own_key = frozenset[str]().union(*own_keys.values())
    record = build_records(
        merged, None if is_package else base.end, own_keys=every_own_key, uploaded=True
    )
    probe(record)
    return record


def _check_sizes(files: list[tuple[str, bytes]]) -> None:
    """Raise RecordsError where nothing was sent, or more than is read."""
    sizes = [find_size_fault(file_name, content) for file_name, content in files]
    faults = [fault for fault in sizes if fault]
    if not files:
        faults = [Fault("upload", 0, "-", "no file was sent")]
    if sum(len(content) for _, content in files) > MOST_UNPACKED:
        faults.append(Fault("upload", 0, "-", f"more than {MOST_UNPACKED / 1e6:.0f} MB were sent"))
    if faults:
        raise RecordsError(faults)


def _check_keys(sent: dict[str, TextTable], file_names: dict[str, str]) -> None:
    """Raise RecordsError where a key that must be unique stands twice in what was sent."""
    faults = []
    for name, table in sent.items():
        key = TABLES[name].key
        if SCHEMAS[name][key].unique:
            faults += [
                Fault(file_names[name], line, key, f"'{row_key}' stands twice, keys must be unique")
                for line, row_key in find_repeated_keys(table.lines, table[key])
            ]
    if faults:
        raise RecordsError(sorted(faults))


def _find_upload_lines(
    sent: dict[str, TextTable], merged: dict[str, TextTable]
) -> dict[tuple[str, int], int]:
    """(table, place in the merged one) -> line in the upload."""
    upload_lines: dict[tuple[str, int], int] = {}
    for name, table in sent.items():
        key = TABLES[name].key
        places = {row_key: place for place, row_key in enumerate(merged[name][key])}
        for line, row_key in zip(table.lines, table[key], strict=True):
            upload_lines[name, places[row_key]] = line
    return upload_lines


def _locate_fault(
    fault: Fault, file_names: dict[str, str], upload_lines: dict[tuple[str, int], int]
) -> Fault:
    """A fault of the merged tables as one of the file that was sent, where the row comes from one."""
    table_name = fault.file.removesuffix(".csv")
    line = upload_lines.get((table_name, fault.row), fault.row + 2)
    return Fault(file_names.get(table_name, fault.file), line, fault.column, fault.message)
