"""Where the record and the borders lie: in the checkout, or inside the installed package.

An installed copy carries `data/` as `_data` and `static/` as `_static` (see `pyproject.toml`); a checkout
has both beside the package. The installed copy is asked first: only it has these names, while a stray folder
called `data` may well lie beside installed packages."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def find_folder(name: str, package: Path = _PACKAGE) -> Path:
    """Return the folder `name` (`data` or `static`) of the installed copy or of the checkout.

    `package` is the folder of the package itself, for tests.
    """
    for folder in (package / f"_{name}", package.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"no folder {name!r} in {package} or beside it")
