"""The files a browser runs or shows (scripts, styles, markup), read from ramp155/assets, and its
templates filled.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

ASSET_FOLDER = Path(__file__).parents[1] / "assets"
# The thread that runs the chain in the browser, and what is read off it: each after what it needs.
_THREAD_SCRIPTS = ("chain.js", "outlook.js", "words.js", "gap.js", "worker.js")
_LOCAL_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w.]+)"\n', re.MULTILINE)
# Lines that are nothing but a comment: most of them are types, for the checker.
_COMMENT = re.compile(r"^[ \t]*(?://.*|/\*\*(?:(?!\*/)[\s\S])*\*/)\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)
_TEMPLATES = Environment(
    loader=FileSystemLoader(ASSET_FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    keep_trailing_newline=True,
)


def read_asset(name: str) -> str:
    """Return the text of a file that a browser runs or shows."""
    return (ASSET_FOLDER / name).read_text(encoding="utf-8")


def join_scripts(*names: str) -> str:
    """Return scripts that import from one another as one text, in an order in which each comes after what it needs.

    Only a default export stays one, and lines of comment are left out. Raises ValueError where a script comes before, or without, one that it needs.
    """
    for place, name in enumerate(names):
        missing = set(_LOCAL_IMPORT.findall(read_asset(name))) - set(names[:place])
        if missing:
            raise ValueError(f"{name} needs {', '.join(sorted(missing))} before it")
    scripts = [_LOCAL_IMPORT.sub("", _COMMENT.sub("", read_asset(name))) for name in names]
    return "".join(_EXPORT.sub("", script) for script in scripts)


def join_engine(*more: str) -> str:
    """Return the script that starts the engine, with the text of its thread; more scripts may follow it."""
    thread = json.dumps(join_scripts(*_THREAD_SCRIPTS)).replace("<", "\\u003c")
    return f"const THREAD = {thread}\n{join_scripts('engine.js', *more)}"


def fill_template(name: str, **parts: object) -> str:
    """Fill a template of ramp155/assets (Jinja2); text is escaped unless the template says `safe`.

    Raises jinja2.UndefinedError for a part that the template names and was not given.
    """
    return _TEMPLATES.get_template(name).render(parts)
