"""The licences of all that is locked, as installed: `python -m bench.licences` writes docs/licences.md."""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "licences.md"
# What a package may say instead of the name that SPDX has.
_SPDX = {
    "BSD License": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "ISC License (ISCL)": "ISC",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
}
# Where a package offers several, the one it is used under; where it names none in its metadata, what its files say.
_CHOSEN = {
    "axe-playwright-python": "MIT",
    "kubernetes-validate": "Apache-2.0",
    "odfpy": "Apache-2.0",
    "pdoc": "MIT-0",
    "pyphen": "MPL-1.1",
    "text-unidecode": "Artistic-1.0-Perl",
}
# May stand beside MIT (code), CC BY (record) and OFL (fonts), in what is passed on to others.
PERMISSIVE = frozenset(
    [
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "0BSD",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "Apache-2.0",
        "ISC",
        "Zlib",
        "PSF-2.0",
        "CNRI-Python",
        "CC0-1.0",
        "MPL-2.0",
    ]
)
# Ask for more of who passes them on; used by tests alone, which nobody passes on.
FOR_TESTS = frozenset(["LGPL-3.0-or-later", "MPL-1.1", "Artistic-1.0-Perl"])
_INTRODUCTION = """\
# Licences

Code here is under MIT, the record and the texts under CC BY 4.0, the fonts under OFL 1.1 ([LICENSE](../LICENSE)). This page lists the
packages of both locks, as each says of itself where it is installed; `python -m bench.licences` writes it, and a test compares it.

All that the app and the library run on may be passed on together with MIT and CC BY: it asks for its notice to be kept, and MPL-2.0 that
changes to its own files stay open; none of its files is changed here. What tests alone use is not passed on.
"""


class Licence(NamedTuple):
    """The licence of a locked package as installed."""

    package: str
    version: str
    spdx: str


def list_locked_names(lock: str) -> list[str]:
    """The packages that a lock names."""
    return re.findall(r"^(\w[\w.-]*)==", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)


def list_licences(names: list[str]) -> list[Licence]:
    """The licences of those that are installed; a lock names some that only other systems need."""
    licences = []
    for name in names:
        try:
            said = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        licences.append(Licence(name, metadata.version(name), _CHOSEN.get(name) or read_spdx(said)))
    return licences


def read_spdx(said: metadata.PackageMetadata) -> str:
    """The licence that a package's metadata names, as SPDX writes it where that is known."""
    if "License-Expression" in said:
        return said["License-Expression"]
    classifiers = [
        text.rpartition(" :: ")[2]
        for text in said.get_all("Classifier") or []
        if text.startswith("License ::")
    ]
    licence_texts = said.get_all("License") or ["not said"]
    names = classifiers or [licence_texts[0].splitlines()[0]]
    return " OR ".join(_SPDX.get(name, name) for name in names)


def list_unfit(licences: list[Licence], fit: frozenset[str]) -> list[Licence]:
    """Those whose licence is not among those that fit; of several offered one must fit, of several that hold all."""

    def fits(spdx: str) -> bool:
        return any(
            all(part.partition(" WITH ")[0].strip("() ") in fit for part in option.split(" AND "))
            for option in spdx.split(" OR ")
        )

    return [licence for licence in licences if not fits(licence.spdx)]


def write_page() -> str:
    """The page: what runs, then what only tests need."""
    running = list_locked_names("requirements.lock")
    tests = [name for name in list_locked_names("requirements-dev.lock") if name not in running]
    parts = [_INTRODUCTION]
    for heading, names in (("To run", running), ("For tests alone", tests)):
        rows = [
            f"| {package} | {version} | {spdx} |" for package, version, spdx in list_licences(names)
        ]
        parts.append(
            "\n".join(
                [
                    f"## {heading}\n",
                    "| package | version | licence |",
                    "| --- | --- | --- |",
                    *rows,
                    "",
                ]
            )
        )
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(write_page(), encoding="utf-8")
    print(PAGE)
    sys.exit(0)
