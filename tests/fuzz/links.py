"""Links made up from a seed: fields that exist with values that are right, nearly right and hostile."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl, urlencode

from ramp155.model.coefficients.edits import check_edits
from ramp155.model.model import Model
from ramp155.model.scenario.codec import (
    read_query,
    read_scenario_query,
    write_query,
    write_scenario_query,
)
from ramp155.model.scenario.field import Field, find_field
from ui.link import keys
from ui.link.fields import (
    EVIDENCE_VIEWS,
    GAP_VIEWS,
    SCENARIO_LINK_FIELDS,
    SHIPPED_LESSONS,
    SHIPPED_STORIES,
    WHAT_IF_PANELS,
    list_link_fields,
)

Part = tuple[str, str | bytes]  # of a link; bytes are in no encoding that a link should have

HOSTILE = (
    "![p](//evil.example/p.png)",
    "[Sign in](https://evil.example/in)",
    "<script>fetch('//evil.example')</script>",
    "<img src=//evil.example/p.png onerror=alert(1)>",
    "$x^2$ :red[now] :material/home:",
    "javascript:alert(1)",
    "' OR 1=1 --",
    "{{7*7}}${7*7}",
    "../../../../etc/passwd",
    "=cmd|' /C calc'!A0",
    "www.evil.example a@evil.example",
    "</script><svg/onload=alert(1)>",
    "&lt;img src=//evil.example/p.png&gt; &#60;script&#62;",
    "[a]: //evil.example\n\n[a]",
    "\\[a](//evil.example) \\<img src=x>",
    "`x` ~~~ | a | b |\n|---|---|",
    "%3Cscript%3E %253Cimg src=x%253E",
)
# What no browser sends: other encodings than UTF-8, halves of signs, signs written too long.
BROKEN = (
    *("é£字".encode(encoding) for encoding in ("utf-16", "utf-32", "utf-7")),
    *("é£".encode(encoding) for encoding in ("latin-1", "cp1252", "cp037")),
    *("字".encode(encoding) for encoding in ("shift_jis", "gb18030", "euc-kr", "big5")),
    *(b"\xff\xfe", b"\xc0\xbcscript\xc0\xbe", b"\xed\xa0\x80", b"\xe5\xad", b"\xf4\x90\x80\x80"),
    *(b"\x00", b"a\x00b", b"\x1b[31m", b"\x80" * 40, b"\xef\xbb\xbf70"),
)
NUMBERS = (
    *("0", "1", "-1", "100", "200", "201", "1e3", "1e308", "1e999", "-0", "nan", "inf", "-inf"),
    *("0x10", "1_000", "٣", "²", "½", "9" * 400, "1" + "0" * 50, " 7 ", "7.0000000000000001", "+5"),
)
DATES = ("2026-12", "2026-13", "0000-00", "2026-12-31", "2026-02-30", "9999-12", "12-2026", "2026")
_ALPHABET = ":|=&,.-+_;/?#%@!$*~`'\"<>[](){}\\^ \t\n\r\0\x01\x0b\x1b\x7f\x85\u2028\u2029\ufffe\u200b\u202e\ufeff²١éß字🏭nvxE0123456789"
PAGES = (
    *("overview", "map", "ramp_up", "plant", "what_if", "gap"),
    *("evidence", "briefing", "learn", "glossary"),
)
# Page -> what says which of its views is open, and the views.
VIEWS = {
    "what_if": (keys.PANEL, WHAT_IF_PANELS),
    "gap": ("gap_view", GAP_VIEWS),
    "evidence": ("evidence_view", EVIDENCE_VIEWS),
    "briefing": (keys.STORY, (*SHIPPED_STORIES, "own")),
    "learn": (keys.LESSON, SHIPPED_LESSONS),
}


class LinkMaker:
    """Makes links of a model from a seed: the same seed makes the same links."""

    def __init__(self, model: Model, seed: int) -> None:
        self._seed = seed
        self._random = random.Random(seed)
        table = {**SCENARIO_LINK_FIELDS, **list_link_fields(model)}
        self._keys = sorted({field.key for field in table.values()})
        self._keys += sorted({key for field in table.values() for key in field.old_keys})
        self._right = [
            (field.key, text)
            for field in table.values()
            if field.usual is not None
            for text in [str(field.usual), *(["x"] if field.many else [])]
        ]
        self._words = sorted(
            {text for _, text in self._right}
            | {*model.record.sites["site_id"][:30], *model.record.countries["country"]}
            | {*model.record.claims["claim_id"][:30], *model.record.assumptions["assumption_id"]}
        )
        self._free = sorted({field.key for field in table.values() if _takes_any(field)})

    def make_link(self) -> tuple[str, list[Part]]:
        """A page, and the parts of a link to it."""
        choose = self._random
        count = choose.choice((1, 1, 2, 3, 5, 8))
        query: list[Part] = [(self._make_key(), self._make_text()) for _ in range(count)]
        return choose.choice(PAGES), query

    def make_numbered_link(self, number: int) -> tuple[str, list[Part]]:
        """A page and the parts of a link to it, the same for a number whatever was made before; pages take turns.

        Most open one of the page's own views; some say a key many times, say free text, or are 10,000 characters long.
        """
        self._random.seed(f"{self._seed} {number}")
        choose = self._random
        page = PAGES[number % len(PAGES)]
        _, query = self.make_link()
        if page in VIEWS and choose.random() < 0.8:
            key, views = VIEWS[page]
            query.append((key, choose.choice(views)))
        if choose.random() < 0.4:
            query += [(key, choose.choice(HOSTILE)) for key in choose.sample(self._free, 2)]
        if choose.random() < 0.1:
            query += [(choose.choice(query)[0], self._make_text()) for _ in range(20)]
        if choose.random() < 0.1:
            query.append((self._make_key(), choose.choice(BROKEN)))
        if choose.random() < 0.05:
            query.append((self._make_key(), choose.choice(HOSTILE) * 400))
        if choose.random() < 0.03:
            query += [(self._make_noise(), self._make_text()) for _ in range(300)]
        if choose.random() < 0.1:
            query.append((keys.PRESENT, "1"))
        choose.shuffle(query)
        return page, query

    def _make_key(self) -> str:
        return (
            self._random.choice(self._keys) if self._random.random() < 0.93 else self._make_noise()
        )

    def _make_text(self) -> str:
        choose = self._random
        kind = choose.random()
        if kind < 0.3:
            return choose.choice(self._words)
        if kind < 0.5:
            return choose.choice((*NUMBERS, *DATES))
        if kind < 0.6:
            return choose.choice(HOSTILE)
        if kind < 0.7:
            return f"{choose.choice(self._words)}{choose.choice(':|,-=')}{choose.choice((*NUMBERS, *HOSTILE))}"
        if kind < 0.75:
            inner = "&".join(f"{self._make_key()}={choose.choice(NUMBERS)}" for _ in range(3))
            return f"{choose.choice((*self._words, *HOSTILE))}|{inner}"
        if kind < 0.8:
            return f"v:{choose.choice(DATES)}:{choose.choice(NUMBERS)}"
        if kind < 0.995:
            return self._make_noise()
        return self._make_noise() * choose.choice((50, 1000))

    def _make_noise(self) -> str:
        return "".join(self._random.choices(_ALPHABET, k=self._random.randint(0, 14)))


def _takes_any(field: Field) -> bool:
    """Whether a field of a link holds a text of somebody's own."""
    try:
        field.read(HOSTILE[2])
    except ValueError:
        return False
    return True


def read_link(model: Model, page: str, query: list[Part]) -> None:
    """Read a link as pages do, write what was read and read it again: it must say the same without a word.

    Raises AssertionError where it does not.
    """
    sent = parse_qsl(urlencode(query), keep_blank_values=True)
    scenario, notes = read_scenario_query(sent)
    try:
        check_edits(model.record, scenario.assume)
    except ValueError:
        scenario = scenario.levers
    again = read_scenario_query(write_scenario_query(scenario))
    assert again == (scenario, []), again
    fields = list_link_fields(model)
    stored, field_notes = read_query(fields, sent, page)
    assert all(len(note) < 1000 for note in [*notes, *field_notes]), "a note is long"
    shown = {key: fields[key].show_all(choice) for key, choice in stored.items()}
    kept = {key: fields[key].store_all(choice) for key, choice in shown.items()}
    for key, choice in kept.items():
        stored_again, notes_again = read_query(fields, write_query(fields, {key: choice}), page)
        is_default = choice == fields[key].default
        assert not notes_again, notes_again
        if fields[key] is _find_spoken(fields, fields[key].key, page) and not is_default:
            assert stored_again.get(key) == choice, (key, choice, stored_again)


def _find_spoken(fields: Mapping[str, Field], key: str, page: str) -> Field | None:
    """The field that a key of a link means on a page."""
    entry = find_field(fields, key, page)
    return entry[1] if entry else None


def fuzz_codec(model: Model, count: int, seed: int) -> Iterator[tuple[str, list[Part], Exception]]:
    """Links that raise, with what they raise: there must be none."""
    maker = LinkMaker(model, seed)
    for _ in range(count):
        page, query = maker.make_link()
        try:
            read_link(model, page, query)
        except Exception as error:
            yield page, query, error
