"""Zipped packages, read in memory by the names of the known tables only; odd paths, odd packing or
too much content are refused.
"""

from __future__ import annotations

import io
import zipfile

from ramp155.record.faults import RecordsError
from ramp155.record.schema import SCHEMAS
from ramp155.record.upload.limits import MOST_FILES, MOST_UNPACKED, build_upload_error


def open_archive(file_name: str, content: bytes) -> dict[str, bytes] | None:
    """The tables in an archive; None if the file is none. A workbook is an archive, and told as one later."""
    if not content.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if "[Content_Types].xml" in archive.namelist():
                return None
            table_files = _unpack_tables(file_name, archive)
    except RecordsError:
        raise
    except Exception as error:  # a damaged archive fails in many ways
        raise build_upload_error(file_name, f"is a damaged zip archive ({error})") from None
    if not table_files:
        message = "holds none of the record's tables (sites.csv, lines.csv, events.csv ...)"
        raise build_upload_error(file_name, message)
    return table_files


def _unpack_tables(file_name: str, archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The tables by file name. Names that climb out, odd packing or too much content are refused."""
    table_files: dict[str, bytes] = {}
    bytes_left = MOST_UNPACKED
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MOST_FILES:
        message = f"holds {len(members)} files; at most {MOST_FILES} are read"
        raise build_upload_error(file_name, message)
    for member in members:
        _check_member(file_name, member)
        table_file = _split_path(member)[-1]
        if not table_file.endswith(".csv") or table_file.removesuffix(".csv") not in SCHEMAS:
            continue
        with archive.open(member) as stream:  # what is read counts, not what the header says
            member_content = stream.read(bytes_left + 1)
        bytes_left -= len(member_content)
        if bytes_left < 0:
            message = f"unpacks to more than {MOST_UNPACKED / 1e6:.0f} MB"
            raise build_upload_error(file_name, message)
        if table_file in table_files:
            raise build_upload_error(file_name, f"holds {table_file} twice")
        table_files[table_file] = member_content
    return table_files


def _check_member(file_name: str, member: zipfile.ZipInfo) -> None:
    """Raise RecordsError for a path that climbs out of the archive and for packing that is not read."""
    path_parts = _split_path(member)
    if ".." in path_parts or path_parts[0] == "" or ":" in path_parts[0]:
        message = f"holds a path that climbs out of it: {member.filename[:80]}"
        raise build_upload_error(file_name, message)
    if member.flag_bits & 1:
        raise build_upload_error(file_name, "is encrypted")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        message = "is packed in a way that is not read; use an ordinary zip"
        raise build_upload_error(file_name, message)


def _split_path(member: zipfile.ZipInfo) -> list[str]:
    return member.filename.replace("\\", "/").split("/")
