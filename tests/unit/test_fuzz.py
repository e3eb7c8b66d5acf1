"""A little of what `python -m tests.fuzz` does at length: made-up links and mangled files, from a seed."""

from __future__ import annotations

import random
from html import escape

import pytest
from streamlit.testing.v1 import AppTest

from ramp155.base.foreign_text import CONTROLS, join_lines
from ramp155.files.poster.lines import wrap_lines
from ramp155.files.story.story_file import read_story
from ramp155.model.model import Model
from ramp155.pictures.fields import list_view_fields
from ramp155.record.records import Records
from tests.fuzz.files import find_target, list_seeds
from tests.fuzz.links import HOSTILE, LinkMaker, Part, fuzz_codec
from tests.fuzz.pages import find_fault, find_raw, fuzz_pages, open_page
from ui.markup import escape_markdown

BREAKING = [*"\n\r\x0b\x1c\x1d\x1e\x85\u2028\u2029\x00\x01\x1b\x7f\ufffe\uffff"]


@pytest.mark.parametrize("count", [4_000, pytest.param(400_000, marks=pytest.mark.nightly)])
def test_made_up_links_are_read_or_told(records: Records, count: int) -> None:
    assert list(fuzz_codec(Model(records), count, seed=11)) == []


def test_a_seed_makes_its_links_again(records: Records) -> None:
    first, again, other = (LinkMaker(Model(records), seed) for seed in (1, 1, 2))
    links = [first.make_link() for _ in range(50)]
    assert links == [again.make_link() for _ in range(50)]
    assert links != [other.make_link() for _ in range(50)]


@pytest.mark.parametrize(
    ("count", "is_whole"),
    [
        (60, False),
        pytest.param(5_000, False, marks=pytest.mark.nightly),
        pytest.param(200, True, marks=pytest.mark.nightly),
    ],
)
def test_pages_open_made_up_links(records: Records, count: int, is_whole: bool) -> None:
    opened = list(fuzz_pages(Model(records), count, seed=12, whole=is_whole))
    assert [link for link in opened if link.fault] == []
    assert len(opened) == count


@pytest.mark.parametrize(
    ("page", "query"), [("ramp_up", [("present", "1"), ("find", "a\nb\x01\u2029c")])]
)
def test_links_that_once_fell_stand(page: str, query: list[Part]) -> None:
    assert open_page(page, query).fault == ""


@pytest.mark.parametrize("sign", BREAKING)
def test_a_sign_that_cannot_be_drawn_is_left_out(records: Records, sign: str) -> None:
    """Measuring it raises, or no file of XML may hold it."""
    text = f"a{sign}b"
    assert wrap_lines(text, 20, 400, 500.0) in (["a b"], ["ab"])
    assert join_lines(text) in ("a b", "ab")
    find = list_view_fields(records)["find"]
    assert find.read(text) == join_lines(text)
    screen = '[[screens]]\ntitle = "A"\npicture = "slips"\npage = "evidence"\n'
    story = read_story(records, f'title = "a\\u{ord(sign):04x}b"\nabout = "a"\n{screen}')
    assert not CONTROLS.search(story.title)


@pytest.mark.parametrize("hostile", HOSTILE[:5])
def test_what_stands_raw_in_a_page_is_seen(hostile: str) -> None:
    """A check that sees nothing would pass every page."""
    assert find_raw("Markdown.body", f"The link says {hostile}: no.")
    assert find_raw("Alert.body", f"**{hostile}**")
    assert not find_raw("Markdown.body", f"The link says {escape_markdown(hostile)}: no.")
    assert not find_raw("TextInput.value", hostile)
    assert bool(find_raw("Html.body", hostile)) == hostile.startswith("<")
    assert not find_raw("Html.body", f'<p title="{escape(hostile)}">{escape(hostile)}</p>')


def test_a_link_that_shows_something_raw_is_told() -> None:
    def show_raw() -> None:
        import streamlit as st

        for _ in range(10):
            st.caption("plain")
        with st.expander(st.query_params["find"]):
            st.button("a")

    app = AppTest.from_function(show_raw)
    app.query_params["find"] = HOSTILE[0]
    fault, _ = find_fault(app.run())
    assert fault.startswith("Expandable.label: ")


def mangle(chance: random.Random, content: bytes) -> bytes:
    """Some bytes gone, changed, doubled or put in."""
    mangled = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        place = chance.randrange(len(mangled) + 1)
        length = chance.choice((1, 1, 4, 40))
        put = chance.choice(
            (
                b"",
                bytes([chance.randrange(256)]),
                b"[[",
                b'"',
                b"1e999",
                mangled[place : place + length] * 2,
            )
        )
        mangled[place : place + length] = put
    return bytes(mangled)


@pytest.mark.parametrize(
    ("what", "count"), [("story", 60), ("lesson", 100), ("scenario", 2_000), ("upload", 40)]
)
def test_mangled_files_are_read_or_refused(what: str, count: int) -> None:
    feed, seeds, chance = find_target(what), list_seeds(what), random.Random(13)
    for number in range(count):
        feed(mangle(chance, seeds[number % len(seeds)]))
