"""Data of one's own: tables or a whole package put on the record, bounded and checked row by row.

Nothing uploaded is trusted: sizes are bounded before anything is read, archives are read in memory by
the names of the known tables only, and every rule of the record holds. What is one's own says so in its
text ("Your data: ..."), so that it is marked wherever it shows.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile

import pandas as pd

from ramp155 import dates, hindcast, outlook
from ramp155.record.frames import build_text
from ramp155.record.read import TextTable, build_table, split_rows
from ramp155.record.records import build_records
from ramp155.record.rules import find_faults
from ramp155.record.schema import NUMBERS, OWN_SOURCE, SCHEMAS, TABLES, Column
from ramp155.records import Fault, Records, RecordsError

MOST_BYTES = 5_000_000  # of an upload
MOST_UNPACKED = 20_000_000  # of everything in an archive
MOST_FILES = 40
MOST_ROWS = 5_000  # of a table
MOST_CHARACTERS = 2_000  # of a cell
LATE_MONTHS = 12  # a report may come so long after the record's end
LAST_YEAR = 2060
RISKY = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "'",
)  # what a spreadsheet runs, and the sign against it
_TRIAL_DRAWS = 40
MARK = "Your data: "
SOURCE = OWN_SOURCE
ALONE = tuple(name for name, table in TABLES.items() if table.alone)  # may be sent by themselves
_OWN_SOURCE = {
    "source_id": SOURCE,
    "publisher": "Your data",
    "title": "Uploaded or edited in this session",
    "class": "repost",
}


def read(base: Records, files: list[tuple[str, bytes]], onto: Records | None = None) -> Records:
    """The record with uploaded files on it: (name, content) of CSV tables or of one zipped package.

    A table sent alone is put on the record in use (`onto`, none given: `base`) row by row, by key; a package
    replaces the tables it has. Which table a CSV is, its columns tell. Neither record changes. Rows that
    differ from `base`, the published record, are marked as one's own.
    Raises RecordsError with every fault found: file, line as an editor counts, column, message.
    """
    faults = [fault for name, content in files if (fault := _too_large(name, content))]
    if not files:
        faults = [Fault("upload", 0, "-", "no file was sent")]
    if sum(len(content) for _, content in files) > MOST_UNPACKED:
        faults.append(Fault("upload", 0, "-", f"more than {MOST_UNPACKED / 1e6:.0f} MB were sent"))
    if faults:
        raise RecordsError(faults)
    tables: dict[str, pd.DataFrame] = {}
    names: dict[str, str] = {}
    whole = False
    for name, content in files:
        packed = _archive(name, content)
        whole = whole or packed is not None
        for file, body in (packed or {name: content}).items():
            table, rows, found = _table(file, body, packed is not None)
            faults += found
            if table and rows is not None:
                if table in tables:
                    faults.append(Fault(file, 0, "-", f"a second table of {table} was sent"))
                tables[table], names[table] = rows, file
    if whole and len(files) > 1:
        faults.append(Fault("upload", 0, "-", "send a package by itself"))
    if faults:
        raise RecordsError(sorted(faults))
    return merge(base, tables, names, whole, onto)


def merge(
    base: Records,
    tables: dict[str, pd.DataFrame],
    names: dict[str, str] | None = None,
    whole: bool = False,
    onto: Records | None = None,
) -> Records:
    """Tables of text (indexed by their line in the file `names` gives) put on a record and checked.

    `whole`: they replace the tables of `base`; else rows are added to `onto` or replaced by key. Raises
    RecordsError listing every fault, also where the model cannot run on what comes out.
    """
    names = {name: f"{name}.csv" for name in tables} | (names or {})
    sent = {name: build_text(rows[list(SCHEMAS[name])]) for name, rows in tables.items()}
    twice = [
        Fault(names[name], line, TABLES[name].key, f"'{item}' stands twice, keys must be unique")
        for name, rows in sent.items()
        if SCHEMAS[name][TABLES[name].key].unique
        for line, item in _repeated(rows.lines, rows[TABLES[name].key])
    ]
    if twice:
        raise RecordsError(sorted(twice))
    texts = {name: _text(base if whole or onto is None else onto, name) for name in SCHEMAS}
    lines: dict[tuple[str, int], int] = {}  # (table, place in the merged one) -> line in the upload
    for name, rows in sent.items():
        key = TABLES[name].key
        texts[name] = _put(texts[name], rows, key, whole)
        places = {item: place for place, item in enumerate(texts[name][key])}
        lines |= {
            (name, places[item]): line for line, item in zip(rows.lines, rows[key], strict=True)
        }
    if SOURCE not in texts["sources"]["source_id"]:
        texts["sources"] = _put(texts["sources"], _own_source(), "source_id", False)
    own = {name: _own(_text(base, name), rows, name) for name, rows in texts.items()}
    faults = [
        Fault(names.get(table, fault.file), lines.get((table, fault.row), fault.row + 2), *told)
        for fault in find_faults(texts)
        for table, told in [(fault.file.removesuffix(".csv"), (fault.column, fault.message))]
    ]
    faults += _too_late(base, texts, own, names, lines)
    if faults:
        raise RecordsError(sorted(faults))
    _mark(texts, own)
    ids = frozenset(item for found in own.values() for item in found)
    made = build_records(texts, None if whole else base.end, own=ids, uploaded=True)
    _try(made)
    return made


def _repeated(lines: list[int], keys: list[str]) -> list[tuple[int, str]]:
    """Line and key of every row whose key stands above it already."""
    first = {key: line for line, key in zip(reversed(lines), reversed(keys), strict=True)}
    return [(line, key) for line, key in zip(lines, keys, strict=True) if line != first[key]]


def _put(before: TextTable, sent: TextTable, key: str, whole: bool) -> TextTable:
    """A table with what was sent: instead of it, or row by row by key, each in its old place."""
    rows = list(zip(*sent.cells.values(), strict=True))
    if not whole:
        known = zip(before[key], zip(*before.cells.values(), strict=True), strict=True)
        rows = list((dict(known) | dict(zip(sent[key], rows, strict=True))).values())
    columns = zip(*rows, strict=True) if rows else ([] for _ in before.cells)
    cells = dict(zip(before.cells, map(list, columns), strict=True))
    return TextTable(cells, list(range(len(rows))))


def _own_source() -> TextTable:
    """The row of sources that stands for what a user says."""
    return TextTable({c: [_OWN_SOURCE.get(c, "")] for c in SCHEMAS["sources"]}, [0])


def _own(published: TextTable, rows: TextTable, name: str) -> set[str]:
    """Keys of the rows that do not stand like this in the published table."""
    known = set(zip(*published.cells.values(), strict=True))
    cells_of_rows = zip(*rows.cells.values(), strict=True)
    return {
        item
        for item, cells in zip(rows[TABLES[name].key], cells_of_rows, strict=True)
        if cells not in known and item != SOURCE
    }


def _try(made: Records) -> None:
    """Raise RecordsError where the model does not run on a record that keeps every rule."""
    try:
        outlook.run(made, draws=_TRIAL_DRAWS)
        for cutoff in hindcast.CUTOFFS:
            hindcast.as_of(made, cutoff)
    except Exception as error:  # whatever a stranger's numbers may do to the model
        raise _fault(
            "upload", f"keeps every rule, but the model does not run on it: {error}"
        ) from None


def _too_large(name: str, content: bytes) -> Fault | None:
    if len(content) > MOST_BYTES:
        size = f"{len(content) / 1e6:,.1f} MB"
        return Fault(name, 0, "-", f"is {size} large; at most {MOST_BYTES / 1e6:.0f} MB are read")
    return Fault(name, 0, "-", "is empty") if not content.strip() else None


def _archive(name: str, content: bytes) -> dict[str, bytes] | None:
    """The tables in an archive; None if the file is none. A workbook is an archive, and told as one later."""
    if not content.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if "[Content_Types].xml" in archive.namelist():
                return None
            sent = _unpack(name, archive)
    except RecordsError:
        raise
    except Exception as error:  # a damaged archive fails in many ways
        raise _fault(name, f"is a damaged zip archive ({error})") from None
    if not sent:
        raise _fault(
            name, "holds none of the record's tables (sites.csv, lines.csv, events.csv ...)"
        )
    return sent


def _unpack(name: str, archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The tables by file name. Names that climb out, odd packing or too much content are refused."""
    sent: dict[str, bytes] = {}
    left = MOST_UNPACKED
    members = [m for m in archive.infolist() if not m.is_dir()]
    if len(members) > MOST_FILES:
        raise _fault(name, f"holds {len(members)} files; at most {MOST_FILES} are read")
    for member in members:
        parts = member.filename.replace("\\", "/").split("/")
        if ".." in parts or parts[0] == "" or ":" in parts[0]:
            raise _fault(name, f"holds a path that climbs out of it: {member.filename[:80]}")
        if member.flag_bits & 1:
            raise _fault(name, "is encrypted")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _fault(name, "is packed in a way that is not read; use an ordinary zip")
        if not parts[-1].endswith(".csv") or parts[-1].removesuffix(".csv") not in SCHEMAS:
            continue
        with archive.open(member) as stream:  # what is read counts, not what the header says
            body = stream.read(left + 1)
        left -= len(body)
        if left < 0:
            raise _fault(name, f"unpacks to more than {MOST_UNPACKED / 1e6:.0f} MB")
        if parts[-1] in sent:
            raise _fault(name, f"holds {parts[-1]} twice")
        sent[parts[-1]] = body
    return sent


def _fault(name: str, message: str) -> RecordsError:
    return RecordsError([Fault(name, 0, "-", message)])


def _table(name: str, content: bytes, whole: bool) -> tuple[str, pd.DataFrame | None, list[Fault]]:
    """Which table a file is, its rows as text by line, and what is wrong with it."""

    def bad(message: str, row: int = 0) -> tuple[str, None, list[Fault]]:
        return "", None, [Fault(name, row, "-", message)]

    kind = _kind(content)
    if kind:
        return bad(f"is {kind}, not a CSV table; save it as CSV (UTF-8) and send that")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return bad("is not UTF-8 text here; save it as CSV UTF-8", line)
    if "\x00" in text:
        return bad("holds null characters", text[: text.index("\x00")].count("\n") + 1)
    try:  # no more rows than are allowed are kept
        rows, starts = split_rows(_whole(text), MOST_ROWS + 2)
    except csv.Error as error:
        return bad(f"is no readable CSV: {error}")
    header = [cell.strip() for cell in rows[0]] if rows else []
    rows[:1] = [header]
    if len(header) == 1 and ";" in header[0]:
        return bad("has semicolons between its columns; save it with commas", 1)
    if len(set(header)) != len(header):
        return bad("names a column twice in its header", 1)
    if len(rows) > MOST_ROWS + 1:
        return bad(f"has more rows than the {MOST_ROWS:,} that are read")
    table = _recognised(name, header, whole)
    if not table:
        return bad(f"has columns that fit no table of the record ({', '.join(header)[:120]})", 1)
    sent, faults = build_table(name, rows, starts, _columns(table, header, whole))
    if sent is None:
        return table, None, faults
    cells = {
        column.name: _fill(column, sent.cells.get(column.name), len(sent), whole)
        for column in TABLES[table].columns
    }
    faults += [
        Fault(
            name,
            line,
            column,
            f"is {len(cell):,} characters long; at most {MOST_CHARACTERS:,} are read",
        )
        for column, texts in cells.items()
        for line, cell in zip(sent.lines, texts, strict=True)
        if len(cell) > MOST_CHARACTERS
    ]
    body = pd.DataFrame(cells, index=sent.lines, dtype="str")
    if body.empty and not whole:
        faults.append(Fault(name, 1, "-", "has a header and no rows"))
    return table, body, faults


def _fill(column: Column, cells: list[str] | None, rows: int, whole: bool) -> list[str]:
    """An uploaded column with what stands for what was left out of it; a package's stays as it is."""
    left_out = column.left_out
    if cells is None:
        return [left_out or ""] * rows
    plain = [_plain(cell) for cell in cells]
    if whole or left_out is None:
        return plain
    return [cell if cell.strip() else left_out for cell in plain]


def _whole(text: str) -> str:
    """The text without the empty rows at its end that spreadsheets leave behind."""
    filled = len(text.rstrip(" ,\r\n"))
    rest = re.match("[ ,]*(?:\r\n|\n|\r)?", text[filled:])  # of the last row that says something
    return text[: filled + rest.end()] if rest and filled else ""


def _kind(content: bytes) -> str:
    """What a file that is no text is, by its first bytes."""
    for start, kind in (
        (b"PK\x03\x04", "an XLSX workbook or a zip"),
        (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
        (b"%PDF", "a PDF"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"\xff\xfe", "UTF-16 text"),
        (b"\xfe\xff", "UTF-16 text"),
        (b"{", "JSON"),
        (b"<", "HTML or XML"),
    ):
        if content.lstrip()[: len(start)] == start:
            return kind
    return ""


def _recognised(name: str, header: list[str], whole: bool) -> str:
    """The table whose columns these are: by the name in a package, else by key and columns."""
    stem = name.rsplit("/", 1)[-1].removesuffix(".csv")
    if whole:
        return stem if stem in SCHEMAS else ""
    for table in (stem, *ALONE) if stem in ALONE else ALONE:
        key = TABLES[table].key
        if key in header and (table == stem or len(set(header) & set(SCHEMAS[table])) > 2):
            return table
    return ""


def _columns(table: str, header: list[str], whole: bool) -> list[str]:
    """The columns a file must have: all in a package; alone, those that nothing can stand in for."""
    if whole:
        return list(SCHEMAS[table])
    return [c.name for c in TABLES[table].columns if c.name in header or c.left_out is None]


def _plain(cell: str) -> str:
    """A cell as it was before `export.safe` made it safe for spreadsheets, without a former mark."""
    text = cell[1:] if cell.startswith("'") and cell[1:].startswith(RISKY) else cell
    return text.removeprefix(MARK)


def _text(base: Records, name: str) -> TextTable:
    """A table of the record as text, as it would stand in its file."""
    table = getattr(base, name)
    cells: dict[str, list[str]] = {}
    for column in SCHEMAS[name]:
        values = table[column].tolist()
        if column in NUMBERS[name]:
            cells[column] = ["" if value != value else f"{value:.15g}" for value in values]
        else:
            cells[column] = [str(value).removeprefix(MARK) for value in values]
    return TextTable(cells, list(range(len(table))))


def _too_late(
    base: Records,
    texts: dict[str, TextTable],
    own: dict[str, set[str]],
    names: dict[str, str],
    lines: dict[tuple[str, int], int],
) -> list[Fault]:
    """Reports from the future and promises beyond a lifetime, in one's own rows."""
    limit = base.end.year * 12 + base.end.month - 1 + LATE_MONTHS
    faults = []
    for name, column, words in (
        ("events", "reported_on", "was reported"),
        ("claims", "reported_on", "was reported"),
        ("events", "date", "is dated"),
    ):
        rows = zip(texts[name][TABLES[name].key], texts[name][column], strict=True)
        for place, (item, text) in enumerate(rows):
            if not text or item not in own[name]:
                continue
            try:
                month = dates.month_number(text)
            except ValueError:
                continue  # told already as no date
            late = month > limit if column == "reported_on" else month // 12 > LAST_YEAR
            if late:
                far = f"more than {LATE_MONTHS} months after the record's end, {base.end}"
                far = far if column == "reported_on" else f"after {LAST_YEAR}"
                message = f"'{text}' {words} {far}"
                faults.append(
                    Fault(
                        names.get(name, f"{name}.csv"), lines.get((name, place), 0), column, message
                    )
                )
    return faults


def _mark(texts: dict[str, TextTable], own: dict[str, set[str]]) -> None:
    """Put the mark into the text of rows that are one's own."""
    for name, table in TABLES.items():
        if not table.marked:
            continue
        rows = texts[name]
        rows.cells[table.marked] = [
            MARK + text if item in own[name] else text
            for item, text in zip(rows[table.key], rows[table.marked], strict=True)
        ]


def counts(own: Records, base: Records) -> dict[str, tuple[int, int]]:
    """By table: how many rows are one's own (added or changed), and how many of the record's are gone."""
    found = {}
    for name in SCHEMAS:
        key = TABLES[name].key
        rows, published = _text(own, name), _text(base, name)
        changed = _own(published, rows, name)
        mine = sum(item in changed for item in rows[key])
        gone = len(set(published[key]) - set(rows[key]))
        if mine or gone:
            found[name] = (mine, gone)
    return found
