"""The archive of released forecasts: `data/forecasts/VERSION.csv`, written once and never changed after.

`data/forecasts/manifest.csv` has the digest of each, so that a change shows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ramp155.answers.track.standing import BANDS, FIGURE_BANDS, list_standing_forecast
from ramp155.base.whole_file import write_whole_file
from ramp155.model.model import Model
from ramp155.model.version import MODEL_VERSION
from ramp155.record.read import DATA

ARCHIVE = DATA / "forecasts"
MANIFEST_FILE = "manifest.csv"


class Release(NamedTuple):
    """A row of the manifest: the record's `version`, the day on which it was forecast (`made_on`, the record's end), the
    `model`'s number, the count of `rows` of its file, and the file's `sha256`."""

    version: str
    made_on: str
    model: str
    rows: str
    sha256: str

    @property
    def file(self) -> str:
        """The name of its file in the archive."""
        return f"{self.version}.csv"


def list_releases(folder: Path = ARCHIVE) -> list[Release]:
    """Every archived release, the oldest first. Raises ValueError for a manifest that cannot be read."""
    path = folder / MANIFEST_FILE
    if not path.is_file():
        return []
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    if list(rows.columns) != list(Release._fields):
        raise ValueError(f"{MANIFEST_FILE} is to have the columns {', '.join(Release._fields)}")
    return [Release(*cells) for cells in rows.itertuples(index=False)]


def archive_forecast(model: Model, folder: Path = ARCHIVE) -> Path | None:
    """Write today's forecast under the record's version, and its digest into the manifest.

    Returns the file; None where that version has been archived already, for what is archived stays.

    Raises OSError where the folder cannot be written, ValueError for a record with a user's own rows.
    """
    if model.record.uploaded:
        raise ValueError("only the published record is archived")
    releases = list_releases(folder)
    version = model.record.version
    path = folder / f"{version}.csv"
    if any(release.version == version for release in releases):
        return None
    forecast = list_standing_forecast(model)
    numbers = {name: forecast[name].round(1) for name in [*BANDS, *FIGURE_BANDS]}
    content = forecast.assign(**numbers).to_csv(index=False, lineterminator="\n").encode()
    folder.mkdir(exist_ok=True)
    write_whole_file(path, content)
    release = Release(
        version,
        model.record.end.isoformat(),
        str(MODEL_VERSION),
        str(len(forecast)),
        _digest(content),
    )
    manifest = pd.DataFrame([*releases, release], columns=list(Release._fields))
    manifest_csv = manifest.to_csv(index=False, lineterminator="\n")
    write_whole_file(folder / MANIFEST_FILE, manifest_csv.encode())
    return path


def read_forecast(release: Release, folder: Path = ARCHIVE) -> pd.DataFrame:
    """An archived forecast as it was written; columns of `list_standing_forecast`. Raises OSError where its file is gone."""
    texts = dict.fromkeys(["period", "series", "observable"], str)
    return pd.read_csv(folder / release.file, dtype=texts, keep_default_na=False)


def find_archive_faults(folder: Path = ARCHIVE) -> Iterator[tuple[str, str]]:
    """What is wrong with the archive: the version, and that its file was changed, is gone, or is in no manifest."""
    try:
        releases = list_releases(folder)
    except ValueError as error:
        yield MANIFEST_FILE, str(error)
        return
    for release in releases:
        path = folder / release.file
        if not path.is_file():
            yield release.version, f"its archived forecast {release.file} is gone"
        elif _digest(path.read_bytes()) != release.sha256:
            yield (
                release.version,
                f"its archived forecast {release.file} was changed after the release",
            )
    known = {release.file for release in releases} | {MANIFEST_FILE}
    for path in sorted(folder.glob("*.csv")):
        if path.name not in known:
            yield path.stem, f"{path.name} stands in no manifest"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
