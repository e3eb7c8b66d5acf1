"""The folder that keeps every published version: a list of them in the order they came, and a folder for each, never written again."""

from __future__ import annotations

import json
import re
from pathlib import Path

from ramp155.answers.audit.changes import Changes, find_changes
from ramp155.base.whole_file import write_whole_file
from ramp155.files.versions.reading import load_package
from ramp155.files.versions.version_files import CHECKSUMS, INDEX, PAGE, build_version_files
from ramp155.model.model import Model
from ramp155.record.faults import RecordsError

LIST_FILE = "versions.json"
_VERSION = re.compile(r"[0-9a-z][0-9a-z-]{0,79}")


def list_versions(folder: Path | None) -> list[str]:
    """The versions that a folder keeps, the oldest first; none where there is no folder.

    Raises ValueError for a list that cannot be read.
    """
    if folder is None:
        return []
    try:
        versions = json.loads((folder / LIST_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        raise ValueError(f"{LIST_FILE} cannot be read: {error}") from None
    if not isinstance(versions, list) or not all(map(is_version, versions)):
        raise ValueError(f"{LIST_FILE} is to be a list of versions")
    return versions


def is_version(name: object) -> bool:
    """Whether something may be a version's name, and so a folder's."""
    return isinstance(name, str) and _VERSION.fullmatch(name) is not None


def read_version_file(folder: Path, version: str, name: str) -> bytes | None:
    """A file of a kept version; None where the version's own list has no such file.

    Raises OSError where it cannot be read, ValueError where the version's list cannot.
    """
    place = folder / version
    if name not in (INDEX, CHECKSUMS, PAGE):
        index = json.loads((place / INDEX).read_text(encoding="utf-8"))
        if name not in {entry["name"] for entry in index["files"]}:
            return None
    return (place / name).read_bytes()


def find_latest_changes(model: Model, folder: Path | None) -> Changes | None:
    """What changed since the version kept last that is not this one; None where there is none.

    Raises ValueError or OSError where the folder or the version in it cannot be read.
    """
    versions = list_versions(folder)
    version = model.record.version
    earlier = versions[: versions.index(version)] if version in versions else versions
    if folder is None or not earlier:
        return None
    package = folder / earlier[-1] / f"ramp155-{earlier[-1]}.zip"
    try:
        before = model.with_record(load_package(package.name, package.read_bytes()))
    except RecordsError:
        return Changes(earlier[-1], version, is_comparable=False)
    return find_changes(before, model)


def publish_version(model: Model, folder: Path) -> list[Path]:
    """Write every file of a version into a folder of its own, and its name at the end of the list.

    Returns what was written; nothing where the version is kept already, for what is published stays.

    Raises OSError where the folder cannot be written.
    """
    version = model.record.version
    versions = list_versions(folder)
    if version in versions:
        return []
    contents = {
        folder / version / name: content
        for name, content in build_version_files(model, find_latest_changes(model, folder)).items()
    }
    for path, content in contents.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole_file(path, content)
    write_whole_file(folder / LIST_FILE, (json.dumps([*versions, version]) + "\n").encode())
    return [*contents, folder / LIST_FILE]
