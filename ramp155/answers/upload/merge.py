"""Uploaded tables or a whole package put on the record, checked row by row and tried on the model. It stands in this room only because the trial runs the model."""

from __future__ import annotations

import pandas as pd

from ramp155.answers.upload.trial import try_model
from ramp155.record.faults import Fault, RecordsError
from ramp155.record.frames import build_text
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


def read_upload(
    base: Records, files: list[tuple[str, bytes]], onto: Records | None = None
) -> Records:
    """The record with uploaded files on it: (name, content) of CSV tables or of one zipped package.

    A table sent alone is put on the record in use (`onto`, none given: `base`) row by row, by key; a package
    replaces the tables it has. Which table a CSV is, its columns tell. Neither record changes. Rows that
    differ from `base`, the published record, are marked as one's own.
    Raises RecordsError with every fault found: file, line as an editor counts, column, message.
    """
    faults = [
        fault for file_name, content in files if (fault := find_size_fault(file_name, content))
    ]
    if not files:
        faults = [Fault("upload", 0, "-", "no file was sent")]
    if sum(len(content) for _, content in files) > MOST_UNPACKED:
        faults.append(Fault("upload", 0, "-", f"more than {MOST_UNPACKED / 1e6:.0f} MB were sent"))
    if faults:
        raise RecordsError(faults)
    tables: dict[str, pd.DataFrame] = {}
    file_names: dict[str, str] = {}
    is_package = False
    for file_name, content in files:
        packed_files = open_archive(file_name, content)
        is_package = is_package or packed_files is not None
        for file, file_content in (packed_files or {file_name: content}).items():
            table, rows, table_faults = read_uploaded_table(
                file, file_content, packed_files is not None
            )
            faults += table_faults
            if table and rows is not None:
                if table in tables:
                    faults.append(Fault(file, 0, "-", f"a second table of {table} was sent"))
                tables[table], file_names[table] = rows, file
    if is_package and len(files) > 1:
        faults.append(Fault("upload", 0, "-", "send a package by itself"))
    if faults:
        raise RecordsError(sorted(faults))
    return merge_upload(base, tables, file_names, is_package, onto)


def merge_upload(
    base: Records,
    tables: dict[str, pd.DataFrame],
    file_names: dict[str, str] | None = None,
    is_package: bool = False,
    onto: Records | None = None,
) -> Records:
    """Tables of text (indexed by their line in the file `names` gives) put on a record and checked.

    `whole`: they replace the tables of `base`; else rows are added to `onto` or replaced by key. Raises
    RecordsError listing every fault, also where the model cannot run on what comes out.
    """
    file_names = {name: f"{name}.csv" for name in tables} | (file_names or {})
    sent_rows = {name: build_text(rows[list(SCHEMAS[name])]) for name, rows in tables.items()}
    duplicates = [
        Fault(
            file_names[name],
            upload_line,
            TABLES[name].key,
            f"'{row_key}' stands twice, keys must be unique",
        )
        for name, rows in sent_rows.items()
        if SCHEMAS[name][TABLES[name].key].unique
        for upload_line, row_key in find_repeated_keys(rows.lines, rows[TABLES[name].key])
    ]
    if duplicates:
        raise RecordsError(sorted(duplicates))
    text_tables = {
        name: write_as_text(base if is_package or onto is None else onto, name) for name in SCHEMAS
    }
    upload_lines: dict[
        tuple[str, int], int
    ] = {}  # (table, place in the merged one) -> line in the upload
    for name, rows in sent_rows.items():
        key = TABLES[name].key
        text_tables[name] = put_rows_on(text_tables[name], rows, key, is_package)
        places = {row_key: place for place, row_key in enumerate(text_tables[name][key])}
        upload_lines |= {
            (name, places[row_key]): upload_line
            for upload_line, row_key in zip(rows.lines, rows[key], strict=True)
        }
    if OWN_SOURCE_ID not in text_tables["sources"]["source_id"]:
        text_tables["sources"] = put_rows_on(
            text_tables["sources"], build_own_source_table(), "source_id", False
        )
    own_keys = {
        name: find_own_keys(write_as_text(base, name), rows, name)
        for name, rows in text_tables.items()
    }
    faults = [
        Fault(
            file_names.get(table, fault.file),
            upload_lines.get((table, fault.row), fault.row + 2),
            *column_and_message,
        )
        for fault in find_faults(text_tables)
        for table, column_and_message in [
            (fault.file.removesuffix(".csv"), (fault.column, fault.message))
        ]
    ]
    faults += find_late_rows(base, text_tables, own_keys, file_names, upload_lines)
    if faults:
        raise RecordsError(sorted(faults))
    mark_own_rows(text_tables, own_keys)
    own_ids = frozenset(row_key for table_keys in own_keys.values() for row_key in table_keys)
    merged = build_records(
        text_tables, None if is_package else base.end, own=own_ids, uploaded=True
    )
    try_model(merged)
    return merged
