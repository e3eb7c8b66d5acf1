"""`python -m bench.style` counts what it says, and the code keeps to its goals."""

from __future__ import annotations

import ast

import pytest

from bench.style.caches import list_caches
from bench.style.docstrings import find_gap, list_functions, list_gaps
from bench.style.import_chains import find_longest_chain, merge_rooms, read_imports
from bench.style.measure import (
    ROOT,
    begins_with_verb,
    list_chain,
    list_locals,
    measure_docstrings,
    measure_names,
)


def parse_function(source: str) -> ast.FunctionDef:
    return next(named.node for named in list_functions(ast.parse(source)))  # type: ignore[return-value]


# What it counts


@pytest.mark.parametrize(
    ("name", "is_verb"),
    [
        ("write_title", True),
        ("show", True),
        ("share_within", True),
        ("share", False),
        ("rounds_by_month", False),
        ("of_pins", False),
    ],
)
def test_a_verb_is_told_from_a_noun(name: str, is_verb: bool) -> None:
    assert begins_with_verb(name) == is_verb


def test_locals_are_assigned_names_without_parameters() -> None:
    source = "def f(rows):\n    rows = kept = [r for r in rows]\n    def g():\n        inner = 1\n    for _, at in kept: pass"
    assert list(list_locals(parse_function(source))) == ["at", "kept", "r"]


@pytest.mark.parametrize(
    ("source", "caches"),
    [
        ("@lru_cache(maxsize=4)\ndef f(): pass", ["f"]),
        ("@functools.cache\ndef f(): pass", ["f"]),
        ("@st.cache_data\ndef f(): pass", ["f"]),
        ("load = st.cache_resource(_load)", ["load"]),
        ("ANSWERS: LRUCache[int, int] = LRUCache(9)", ["ANSWERS"]),
        ("ASSETS = Memory(64)", ["ASSETS"]),
        ("_SEEN = {}\ndef f(key):\n    _SEEN[key] = 1", ["_SEEN"]),
        ("_SEEN = {}\ndef f(key):\n    return _SEEN.setdefault(key, 1)", ["_SEEN"]),
        ("NAMES = {1: 'one'}\ndef f(key):\n    return NAMES[key]", []),
        ("def f():\n    seen = {}\n    seen[1] = 2", []),
        ("class A:\n    @cached_property\n    def b(self): pass", []),
    ],
)
def test_process_wide_caches_are_found(source: str, caches: list[str]) -> None:
    assert list_caches(source) == caches


def test_the_longest_chain_is_found_over_modules_and_rooms() -> None:
    imports = read_imports(
        {
            "lib.a.one": "import lib.a.two",
            "lib.a.two": "from lib.b import three",
            "lib.b.three": "def f():\n    import lib.a.one",
        }
    )
    assert find_longest_chain(imports) == ["lib.a.one", "lib.a.two", "lib.b.three"]
    assert find_longest_chain(merge_rooms(imports)) == ["lib.a", "lib.b"]


def test_a_circle_is_an_error() -> None:
    with pytest.raises(ValueError, match="circle: a > b > a"):
        find_longest_chain({"a": ["b"], "b": ["a"]})


SECTIONS = '''
def scale_supply(supply: Array, share: float, name: str = "") -> Array:
    """Supply times a share.

    Parameters
    ----------
    supply : Array, (months, draws)
        Nitrocellulose, tonnes a month.
    share : float
        {share}

    Returns
    -------
    Array, (months, draws)
        {returned}
    """
'''


@pytest.mark.parametrize(
    ("share", "returned", "gap"),
    [
        ("0 to 1.", "Tonnes a month.", ""),
        ("How it is split.", "Tonnes a month.", "no unit for share"),
        ("0 to 1.", "What is left.", "no unit for what is returned"),
    ],
)
def test_a_docstring_names_units_entry_by_entry(share: str, returned: str, gap: str) -> None:
    source = SECTIONS.format(share=share, returned=returned).replace("(months, draws)", "")
    assert find_gap(parse_function(source)) == gap


def test_a_docstring_without_sections_has_a_gap() -> None:
    assert find_gap(parse_function('def f(a: int) -> str:\n    """Rounds."""')) == "no entry for a"
    assert find_gap(parse_function('def f() -> float:\n    """Rounds."""')) == "no section Returns"


# What the code keeps to


MOST_EMPTY_LOCALS = 4.0  # percent


def test_functions_begin_with_a_verb_and_locals_say_what_they_hold() -> None:
    shares = measure_names()
    assert shares["functions that begin with a verb, %"] >= 50
    assert shares["functions of one word, %"] <= 20
    assert shares["local names that say nothing, %"] <= MOST_EMPTY_LOCALS


def test_rooms_are_not_deep() -> None:
    """Every room once at most: more would mean that a room is entered twice."""
    assert len(list_chain(by_room=True)) <= 14


def test_numeric_docstrings_have_sections_with_units() -> None:
    assert list_gaps(ROOT / "ramp155") == {}
    assert measure_docstrings()["numeric docstrings naming a unit, %"] >= 90
