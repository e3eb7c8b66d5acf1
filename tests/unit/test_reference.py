"""The reference made from docstrings: what it holds, that it says units, and that it asks nobody outside."""

from __future__ import annotations

import ast
import inspect
import re
import socket
import textwrap
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

import ramp155
from bench.reference import MODULES, ROOT, write_reference
from bench.style.docstrings import find_gap, is_numeric, read_entries, read_sections
from bench.style.words import MEANINGS
from ramp155.model.scenario.levers import LEVERS
from ramp155.record import rows
from ramp155.record.schema import TABLES

NAMES = [name for name in ramp155.__all__ if name != "__version__"]
FUNCTIONS = [name for name in NAMES if inspect.isfunction(inspect.unwrap(getattr(ramp155, name)))]


def parse(function: Callable[..., object]) -> ast.FunctionDef:
    source = textwrap.dedent(inspect.getsource(inspect.unwrap(function)))
    (node,) = ast.parse(source).body
    assert isinstance(node, ast.FunctionDef)
    return node


# What docstrings say


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_says_what_it_is(name: str) -> None:
    public = getattr(ramp155, name)
    docstring = vars(public).get("__doc__") or getattr(inspect.unwrap(public), "__doc__", "")
    assert docstring
    assert len(docstring.split()) >= 5
    # What dataclasses write of themselves is no docstring.
    assert not docstring.startswith(f"{name}(")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_public_function_says_units_of_what_it_takes_and_gives(name: str) -> None:
    node = parse(getattr(ramp155, name))
    assert find_gap(node) == ""
    sections = read_sections(ast.get_docstring(node) or "")
    takes_numbers = is_numeric(node)
    gives_table = "DataFrame" in ast.unparse(node.returns or ast.Constant(""))
    if not (takes_numbers or gives_table):
        return
    asked = {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)} - {"self"}
    assert set(read_entries(sections["Parameters"])) == asked
    assert MEANINGS.search(sections["Returns"])


def test_methods_of_public_classes_are_described() -> None:
    classes = [getattr(ramp155, name) for name in NAMES if inspect.isclass(getattr(ramp155, name))]
    for public in classes:
        for name, member in vars(public).items():
            function = getattr(member, "__func__", getattr(member, "fget", member))
            if inspect.isfunction(function) and not name.startswith("_"):
                assert function.__doc__, (public.__name__, name)


def test_a_function_without_units_would_be_found() -> None:
    source = 'def run(months: int) -> float:\n    """Simulate."""'
    (node,) = ast.parse(source).body
    assert isinstance(node, ast.FunctionDef)
    assert find_gap(node)


# The pages


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference, made with the network cut."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something asked for the network")

    made = tmp_path_factory.mktemp("reference") / "docs"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        pages = write_reference(made)
    assert all(page.stat().st_size for page in pages)
    return made


class Addresses(HTMLParser):
    """Every address that a page names in a tag, and every name that it can be led to by."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.names: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name in ("src", "href", "srcset", "action", "data", "poster"):
                self.addresses.append(value or "")
            if name == "id":
                self.names.add(value or "")


def test_a_page_for_each_module_and_no_other(folder: Path) -> None:
    pages = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    modules = {f"{name.replace('.', '/')}.html" for name in ("ramp155", *MODULES)}
    assert pages == {"index.html", *modules}
    assert (folder / "search.js").exists()


def test_the_first_page_holds_every_public_name_and_leads_to_every_module(folder: Path) -> None:
    page = Addresses((folder / "ramp155.html").read_text(encoding="utf-8"))
    assert set(NAMES) <= page.names
    assert "goal.seek" in page.names
    first_page = ramp155.__doc__ or ""
    for name in MODULES:
        assert f"`{name}`" in first_page
        assert any(address.endswith(f"{name.replace('.', '/')}.html") for address in page.addresses)


def test_no_page_asks_outside(folder: Path) -> None:
    """Neither in a tag nor in a style or script; comments that name a licence's address ask nobody."""
    for path in folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for address in Addresses(text).addresses:
            assert not re.match(r"(\w+:)?//", address), (path, address)
        assert not re.search(r"@import|url\(\s*['\"]?(https?:)?//", text), path
        assert not re.search(r"(fetch|import)\(\s*['\"`](https?:)?//", text), path
    script = (folder / "search.js").read_text(encoding="utf-8")
    assert not re.search(r"(fetch|import|importScripts)\(\s*['\"`](https?:)?//", script)


def test_links_between_pages_lead_somewhere(folder: Path) -> None:
    ids = {
        path: Addresses(path.read_text(encoding="utf-8")).names for path in folder.rglob("*.html")
    }
    for path in folder.rglob("*.html"):
        for address in Addresses(path.read_text(encoding="utf-8")).addresses:
            if address.startswith("data:") or not address:
                continue
            page, _, name = address.partition("#")
            target = (path.parent / page).resolve() if page else path
            assert target in ids, (path, address)
            assert not name or name in ids[target], (path, address)


def test_units_of_columns_and_levers_are_on_the_pages(folder: Path) -> None:
    page = (folder / "ramp155/record/rows.html").read_text(encoding="utf-8")
    assert "Alias for field number" not in page
    (rate,) = (column for column in TABLES["events"].columns if column.name == "investment_eur_m")
    assert rate.unit
    assert f"{rate.meaning}, {rate.unit}" in page
    assert {name for name in vars(rows) if f'id="{name}"' in page} >= {"Event", "Claim", "Source"}
    first_page = (folder / "ramp155.html").read_text(encoding="utf-8")
    assert LEVERS[0].explains in first_page


def test_what_stood_in_the_folder_goes(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "old.html").write_text("stale")
    write_reference(tmp_path / "docs")
    assert not (tmp_path / "docs" / "old.html").exists()


def test_it_is_not_committed() -> None:
    assert "/build/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
