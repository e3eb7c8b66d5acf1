"""One thing that a link, `--set`, a preset or a story file can carry: its names, its default, and
how it is read and written.

A table of fields is what the codec works on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Reader = Callable[[str], Any]


def keep_unchanged(value: Any) -> Any:  # noqa: ANN401
    """What is stored, shown and written alike."""
    return value


def refuse_setting(text: str) -> Any:  # noqa: ANN401
    """Raise ValueError: a field of the app alone is no setting."""
    raise ValueError(f"{text!r} is not a setting")


@dataclass(frozen=True)
class Field:
    """One field, in the three forms it takes: stored, shown by a widget, and written as text.

    `name` is its attribute, and its name in `--set`, presets.csv and TOML; `key` its name in a link,
    where `old_keys` are read as well but never written. `default` is as stored. `read` and `write` are
    for the text of a link, in the units that are shown (percent, thousands); `read_setting` is for the
    text of a setting, in the units that are stored. All readers raise ValueError with what was
    expected. `show` and `store` turn what is stored into what a widget holds and back.

    Where `many`, the default is a tuple, a link says the key once for each, a setting all in one text;
    readers and writers are for one of them. `scale` is what is shown over what is stored. `part` is the
    part of a view that holds the field (empty: the view itself), `pages` the pages that show it (empty:
    all).
    """

    name: str
    key: str
    default: Any
    read: Reader
    write: Callable[[Any], str] = str
    read_setting: Reader = refuse_setting
    show: Callable[[Any], Any] = keep_unchanged
    store: Callable[[Any], Any] = keep_unchanged
    many: bool = False
    scale: float = 1.0
    part: str = ""
    pages: tuple[str, ...] = ()
    old_keys: tuple[str, ...] = ()

    @property
    def usual(self) -> Any:  # noqa: ANN401
        """The default as a widget holds it: a list of one's own where there may be many."""
        return list(self.default) if self.many else self.show(self.default)

    def show_all(self, stored: Any) -> Any:  # noqa: ANN401
        """What is stored as a widget holds it."""
        return [self.show(single) for single in stored] if self.many else self.show(stored)

    def store_all(self, shown: Any) -> Any:  # noqa: ANN401
        """What a widget holds as it is stored."""
        return tuple(self.store(single) for single in shown) if self.many else self.store(shown)

    def write_all(self, stored: Any) -> list[str]:  # noqa: ANN401
        """The texts by which a link says what is stored, none for the default."""
        if stored == self.default:
            return []
        return [self.write(single) for single in (stored if self.many else (stored,))]


def find_field(table: Mapping[str, Field], key: str, page: str = "") -> tuple[str, Field] | None:
    """The field of a table that a link means by a key, and its place in the table.

    Of two fields with one key, that of the page asked for, else the first; a key in use comes before
    an old one.
    """
    entries = [entry for entry in table.items() if entry[1].key == key]
    entries = entries or [entry for entry in table.items() if key in entry[1].old_keys]
    on_page = [entry for entry in entries if page in entry[1].pages]
    return next(iter([*on_page, *entries]), None)
