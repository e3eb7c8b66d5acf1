"""Who says so: every figure's way to its sources or its assumption, one click away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

import pandas as pd
import streamlit as st

from ramp155 import Records, evidence_words
from ramp155.figures import shortened
from ramp155.timeline import Event
from ui import settings

_BREAKS = re.compile(r"[ \x00-\x1f\x7f-\x9f\u2028\u2029]+")
# What is not seen: it could turn text around or undo what is put in below.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
# An underscore within a word is only itself.
_MARKUP = re.compile(r"[\\`*{}\[\]<>#|~$!&]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
# What begins a list or a line across, at the start only.
_START = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|(?=[-+=]))")
# Addresses, colours (:red[]) and icons (:material/home:) are looked for after signs are told apart from text,
# so a backslash does not help: a sign of no width parts them.
_APART = re.compile(r":(?=[^\s\d]|\d\S*:)|@|www(?=\.)", re.IGNORECASE)


def escape(text: str, most: int | None = None) -> str:
    """Text from the record, a link or a file made safe to stand in Markdown: one line that says only itself.

    No markup, link, picture, formula, colour, icon, HTML or address comes of it. `most`: it is cut to so
    many characters.
    """
    line = _line(text).strip()
    return _START.sub(r"\1\\", _inert(line if most is None else shortened(line, most)))


def sentence(text: str) -> str:
    """A sentence of ours about the record made safe to stand in Markdown: its **bold** parts stay bold."""
    return "**".join(_inert(part) for part in _line(text).split("**"))


def _line(text: str) -> str:
    """A text in one line, without what is not seen."""
    return _BREAKS.sub(" ", _UNSEEN.sub("", text))


def _inert(line: str) -> str:
    """A line in which no sign means anything but itself."""
    return _APART.sub("\\g<0>\u2060", _MARKUP.sub(r"\\\g<0>", line))


def source(records: Records, source_id: str) -> str:
    """A source as a Markdown link: publisher and date; state-controlled publishers are marked."""
    row = records.source_of[source_id]
    name = escape(row["publisher"] or row["title"] or source_id)
    when = f", {escape(row['published'])}" if row["published"] else ""
    state = (
        f" **[{escape(row['state_controlled'])} state outlet]**" if row["state_controlled"] else ""
    )
    url = quote(row["url"], safe="%/:?#&=+,;@~!'*")
    return f"[{name}{when}]({url}){state}" if url else f"{name}{when} (no address){state}"


def publisher(records: Records, source_id: str) -> str:
    """Who published a source, as plain text; state-controlled publishers are marked."""
    row = records.source_of[source_id]
    state = f" [{row['state_controlled']} state outlet]" if row["state_controlled"] else ""
    return (row["publisher"] or row["title"] or source_id) + state


def report_link(records: Records, item: str) -> str:
    """The address that reports an error in a row of the record."""
    return evidence_words.report_error(records, item, settings.report_errors_to())


def wrong(records: Records, item: str) -> str:
    """A quiet Markdown link that reports an error in a row."""
    return f'[report an error]({report_link(records, item)} "Report an error in {item}")'


def event(records: Records, row: Event) -> str:
    """An event's claim and source in a line."""
    said = f"said {row.reported_on}" if row.reported_on else "undated report"
    return (
        f"{escape(row.basis)} ({said}, confidence {row.confidence}) "
        f"{source(records, row.source_id)} · {wrong(records, row.event_id)}"
    )


def claims(records: Records, claim_ids: Iterable[str]) -> str:
    """Claims as a Markdown list, newest first."""
    return _claims(records, tuple(dict.fromkeys(claim_ids)))


@lru_cache(maxsize=256)
def _claims(records: Records, wanted: tuple[str, ...]) -> str:
    rows = records.claims[records.claims["claim_id"].isin(wanted)]
    lines = []
    for row in rows.sort_values("reported_on", ascending=False).to_dict("records"):
        said = f"said {row['reported_on']}" if row["reported_on"] else "undated"
        lines.append(
            f"- {escape(row['basis'])} ({said}, {row['status']}, confidence {row['confidence']}) "
            f"{source(records, row['source_id'])} · {wrong(records, row['claim_id'])}"
        )
    return "\n".join(lines)


def slips(records: Records, milestones: pd.DataFrame) -> str:
    """Milestones with two dates as a Markdown list, longest slip first, both sources beside each."""
    source_of = dict(zip(records.events["event_id"], records.events["source_id"], strict=True))
    lines = []
    dated = milestones[milestones["slip_months"].notna()]
    for row in dated.sort_values("slip_months", ascending=False).itertuples():
        name = escape(records.full_lines.loc[row.line_id, "name"])
        late = row.delivered or row.latest_promise
        word = "delivered" if row.delivered else "now promised for"
        end = row.delivered_event or row.latest_event
        lines.append(
            f"- **{row.slip_months:+.0f} months**, {name}, {row.milestone.replace('_', ' ')}: promised for "
            f"{row.first_promise} ({source(records, source_of[row.first_event])}), {word} {late} "
            f"({source(records, source_of[end])})"
        )
    return "\n".join(lines) or "No milestone here has two dates."


def rates(records: Records, line_ids: Iterable[str]) -> str:
    """Every rate reported or promised for some lines, with its source, as a Markdown list."""
    lines = []
    for line in line_ids:
        lines.append(f"\n**{escape(records.full_lines.loc[line, 'name'])}**\n")
        for told in records.events_of[line]:
            if told.rate is not None and told.scope == "site":
                kind = "reached" if told.rate_status == "done" else "promised"
                lines.append(
                    f"- {told.rate:,.0f} {told.unit} {kind} for {told.date or 'no date'}: "
                    f"{event(records, told)}"
                )
    return "\n".join(lines)


def assumption(records: Records, assumption_id: str, own: float | None = None) -> str:
    """A coefficient with its range, its reasoning and its sources; `own` is a user's value for it."""
    row = records.assumptions.set_index("assumption_id").loc[assumption_id]
    numbers = " / ".join(f"{row[c]:,.6g}" for c in ("low", "mode", "high"))
    named = [s for s in row["source_ids"].split() if s != "assumption"]
    told = ", ".join(source(records, s) for s in named) or "an assumption"
    mark = "" if own is None else f" **Set by you to {own:,.6g}.**"
    lines = [
        f"- **{escape(row['label'])}**: {numbers} {escape(row['unit'])} (low / middle / high).{mark}"
    ]
    lines.append(f"  {escape(row['reasoning'])} Source: {told}. {wrong(records, assumption_id)}")
    return "\n".join(lines)


def assumptions(records: Records, ids: Iterable[str], edits: dict[str, float] | None = None) -> str:
    """Several coefficients as a Markdown list; `edits` are a user's own values."""
    return "\n".join(assumption(records, i, (edits or {}).get(i)) for i in ids)


def model_assumptions(records: Records, *words: str) -> list[str]:
    """Ids of the model's coefficients whose id contains one of the words, in the table's order."""
    rows = records.assumptions[records.assumptions["kind"] == "model"]["assumption_id"]
    return [i for i in rows if any(w in i for w in words)] if words else list(rows)


def says_who(label: str, text: str, key: str, help_text: str | None = None) -> None:
    """A quiet button that opens the sources of the figure beside it."""
    with st.popover(label, type="tertiary", key=key, help=help_text, width="content"):
        st.markdown(text)
