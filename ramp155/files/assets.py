"""The files a browser runs or shows (scripts, styles, markup), read from ramp155/assets, and its
templates filled.
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

ASSET_FOLDER = Path(__file__).parents[1] / "assets"
_TEMPLATES = Environment(
    loader=FileSystemLoader(ASSET_FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    keep_trailing_newline=True,
)


def read_asset(name: str) -> str:
    """Return the text of a file that a browser runs or shows."""
    return (ASSET_FOLDER / name).read_text(encoding="utf-8")


def fill_template(name: str, **parts: object) -> str:
    """Fill a template of ramp155/assets (Jinja2); text is escaped unless the template says `safe`.

    Raises jinja2.UndefinedError for a part that the template names and was not given.
    """
    return _TEMPLATES.get_template(name).render(parts)
