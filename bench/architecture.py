"""The parts of docs/architecture.md that are drawn from the code: `python -m bench.architecture` writes them anew.

The tree of folders has the first paragraph of each folder's docstring; the arrows are counted in the graph
that import-linter uses. A test holds the page against both.
"""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "architecture.md"
PACKAGES = ("ramp155", "ui", "pages")
# From the top down, as .importlinter has them; folders of one storey share a line.
STOREYS = (
    ("pages",),
    ("ui.entry", "ui.prepare", "ui.start"),
    ("ui.serve",),
    ("ui.header",),
    (
        "ui.overview",
        "ui.map",
        "ui.ramp_up",
        "ui.plant",
        "ui.what_if",
        "ui.gap",
        "ui.evidence",
        "ui.briefing",
        "ui.glossary",
        "ui.learn",
    ),
    ("ui.widgets",),
    ("ui.link",),
    ("ui.markup", "ui.settings", "ui.port", "ui.broken"),
    ("ramp155.cli",),
    ("ramp155.questions",),
    ("ramp155.files",),
    ("ramp155.pictures",),
    ("ramp155.text",),
    ("ramp155.answers",),
    ("ramp155.model",),
    ("ramp155.history",),
    ("ramp155.record",),
    ("ramp155.base",),
)
# The folders of pages are one room here: none of them knows another.
PAGE_FOLDERS = "ui, the folders of pages"


def read_summary(path: Path) -> str:
    """The first paragraph of a module's docstring, on one line."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(docstring.split("\n\n")[0].split())


def draw_tree(root: Path = ROOT) -> str:
    """Every folder with its number of modules, and what it holds, a line each."""
    lines = []
    for package in PACKAGES:
        for folder in sorted({path.parent for path in (root / package).rglob("*.py")}):
            parts = folder.relative_to(root).parts
            modules = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
            init = folder / "__init__.py"
            summary = read_summary(init) if init.exists() else "One short file a page."
            count = f" ({len(modules)})" if modules else ""
            lines.append(f"{'  ' * (len(parts) - 1)}- `{parts[-1]}/`{count} {summary}")
    return "\n".join(lines)


def count_arrows() -> Counter[tuple[str, str]]:
    """How many modules of a room import a module of another room, by (importer, imported)."""
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    arrows: Counter[tuple[str, str]] = Counter()
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            arrow = (_name_storey(importer), _name_storey(imported))
            if arrow[0] and arrow[1] and arrow[0] != arrow[1]:
                arrows[arrow] += 1
    return arrows


def draw_arrows() -> str:
    """A table of rooms from the top down: what each imports, with the number of arrows."""
    arrows = count_arrows()
    names = [_name_storey(storey[0]) for storey in STOREYS]
    lines = ["| room | imports from |", "| --- | --- |"]
    for importer in names:
        counts = [(name, arrows[importer, name]) for name in names if arrows[importer, name]]
        imported = ", ".join(f"{_shorten(name)} {count}" for name, count in counts)
        lines.append(f"| {_shorten(importer)} | {imported or 'nothing of ours'} |")
    return "\n".join(lines)


def fill_page(page: str, root: Path = ROOT) -> str:
    """The page with what is drawn from the code put between its markers."""
    for name, drawn in (("folders", draw_tree(root)), ("arrows", draw_arrows())):
        opening, closing = (
            f"<!-- {name}: drawn by python -m bench.architecture -->",
            f"<!-- end of {name} -->",
        )
        before, _, onward = page.partition(opening)
        page = f"{before}{opening}\n{drawn}\n{closing}{onward.partition(closing)[2]}"
    return page


def _name_storey(module: str) -> str:
    """The room of a module; "" for what is in none, the top of a package."""
    room = ".".join(module.split(".")[:2])
    if room.startswith("pages"):
        return "pages"
    for storey in STOREYS:
        if room in storey:
            return PAGE_FOLDERS if len(storey) > 2 else " and ".join(storey)
    return ""


def _shorten(name: str) -> str:
    return name.removeprefix("ramp155.")


if __name__ == "__main__":
    PAGE.write_text(fill_page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
