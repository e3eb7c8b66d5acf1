"""The reference of all that is public, made from docstrings: `python -m bench.reference [FOLDER]` writes it.

It holds `ramp155` itself, as a notebook asks it, and the modules that its answers come from. Pages ask nothing
of another server and open from the disk.
"""

from __future__ import annotations

import shutil
import sys
import warnings
from importlib import import_module
from pathlib import Path

import pdoc.doc
import pdoc.render

import ramp155
from ramp155.model.scenario.levers import LEVERS
from ramp155.record import rows
from ramp155.record.schema import TABLES

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "docs" / "reference"
FOLDER = ROOT / "build" / "docs"
# What stands beside `ramp155`; its docstring leads to each.
MODULES = (
    "ramp155.model.scenario.levers",
    "ramp155.pictures.catalogue",
    "ramp155.pictures.picture",
    "ramp155.pictures.view",
    "ramp155.text.explain.catalogue",
    "ramp155.text.explain.grammar.explanation",
    "ramp155.answers.goal.goal",
    "ramp155.answers.stages.utilisation",
    "ramp155.answers.track.forecasts",
    "ramp155.answers.track.score",
    "ramp155.history.milestones",
    "ramp155.history.status",
    "ramp155.record.rows",
)
# The table whose rows a type holds, where it is not called as the type is.
_TABLE_OF_ROW = {"Target": "calibration", "Derived": "derived"}
# What `Records` adds to a row.
_ADDED = {
    "known_on": "The day from which the report counts as known.",
    "first_day": "First day of the span that `date` names; None where it names none.",
    "last_day": "Last day of the span that `date` names; None where it names none.",
}


def write_reference(folder: Path = FOLDER) -> list[Path]:
    """Write the reference into a folder, which is emptied first; returns the paths of its pages.

    Raises OSError where the folder cannot be written.
    """
    pages = {name: pdoc.doc.Module(import_module(name)) for name in list_modules()}
    describe_fields(pages)
    pdoc.render.configure(
        docformat="numpy",
        show_source=False,
        footer_text=f"Ramp 155, {ramp155.__version__}",
        template_directory=TEMPLATES,
    )
    with warnings.catch_warnings():
        # Names that only type checkers import are printed as they are written.
        warnings.filterwarnings("ignore", "Error parsing type annotation")
        contents = {
            f"{name.replace('.', '/')}.html": pdoc.render.html_module(page, pages)
            for name, page in pages.items()
        }
    contents["index.html"] = pdoc.render.html_index(pages)
    contents["search.js"] = pdoc.render.search_index(pages)
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return [folder / name for name in contents]


def list_modules() -> list[str]:
    """The documented modules, `ramp155` first, with all its names at hand: they are loaded when asked for."""
    for name in ramp155.__all__:
        getattr(ramp155, name)
    return ["ramp155", *MODULES]


def describe_fields(pages: dict[str, pdoc.doc.Module]) -> None:
    """Give each field of a row the meaning and unit of its column, and each of a scenario those of its lever."""
    for row_type in pages[rows.__name__].classes:
        if row_type.name.startswith("_"):
            continue
        table = TABLES[_TABLE_OF_ROW.get(row_type.name, f"{row_type.name.lower()}s")]
        columns = {column.name: column for column in table.columns}
        fields: tuple[str, ...] = vars(row_type.obj)["_fields"]
        for field in fields:
            column = columns.get(field.rstrip("_"))
            unit = f", {column.unit}" if column and column.unit else ""
            meaning = f"{column.meaning}{unit}." if column else _ADDED[field]
            row_type.members[field].docstring = meaning
    scenario = pages["ramp155"].members["Scenario"]
    for lever in LEVERS:
        if isinstance(scenario, pdoc.doc.Class) and lever.name in scenario.members:
            bounds = f"{lever.low:.10g} to {lever.high:.10g}, by itself {lever.base:.10g}"
            hint = " (1 = 100 %)" if lever.unit == "%" else ""
            meaning = f"{lever.label}: {bounds}{hint}. {lever.explains}"
            scenario.members[lever.name].docstring = meaning


if __name__ == "__main__":
    (index,) = (
        path
        for path in write_reference(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
        if path.name == "index.html"
    )
    print(index)
