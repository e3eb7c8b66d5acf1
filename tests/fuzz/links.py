"""Links made up from a seed: fields that exist with values that are right, nearly right and hostile."""

from __future__ import annotations

import random
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode

from ramp155.model.coefficients.edits import check_edits
from ramp155.model.model import Model
from ramp155.model.scenario.codec import (
    read_query,
    read_scenario_query,
    write_query,
    write_scenario_query,
)
from ui.link.fields import SCENARIO_LINK_FIELDS, list_link_fields

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
)
NUMBERS = (
    *("0", "1", "-1", "100", "200", "201", "1e3", "1e308", "1e999", "-0", "nan", "inf", "-inf"),
    *("0x10", "1_000", "٣", "²", "½", "9" * 400, "1" + "0" * 50, " 7 ", "7.0000000000000001", "+5"),
)
DATES = ("2026-12", "2026-13", "0000-00", "2026-12-31", "2026-02-30", "9999-12", "12-2026", "2026")
_ALPHABET = (
    ":|=&,.-+_;/?#%@!$*~`'\"<>[](){}\\^ \t\n\r\0\x7f\u200b\u202e\ufeff²١éß字🏭nvxE0123456789"
)
PAGES = (
    *("overview", "map", "ramp_up", "plant", "what_if", "gap"),
    *("evidence", "briefing", "learn", "glossary"),
)


class LinkMaker:
    """Makes links of a model from a seed: the same seed makes the same links."""

    def __init__(self, model: Model, seed: int) -> None:
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

    def make_link(self) -> tuple[str, list[tuple[str, str]]]:
        """A page, and the parts of a link to it."""
        choose = self._random
        count = choose.choice((1, 1, 2, 3, 5, 8))
        query = [(self._make_key(), self._make_text()) for _ in range(count)]
        return choose.choice(PAGES), query

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


def read_link(model: Model, page: str, query: list[tuple[str, str]]) -> None:
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


def _find_spoken(fields: dict[str, object], key: str, page: str) -> object:
    """The field that a key of a link means on a page."""
    from ramp155.model.scenario.field import find_field

    entry = find_field(fields, key, page)  # type: ignore[arg-type]
    return entry[1] if entry else None


def fuzz_codec(
    model: Model, count: int, seed: int
) -> Iterator[tuple[str, list[tuple[str, str]], Exception]]:
    """Links that raise, with what they raise: there must be none."""
    maker = LinkMaker(model, seed)
    for _ in range(count):
        page, query = maker.make_link()
        try:
            read_link(model, page, query)
        except Exception as error:
            yield page, query, error
