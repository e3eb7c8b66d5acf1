"""Bring your own: upload tables or a package, or change one line's dates and rates, and see what follows.

It stays in the session, is marked wherever it shows, and goes in one click.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pandas as pd
import streamlit as st

from ramp155 import (
    Fault,
    Records,
    RecordsError,
    capacity,
    ensemble,
    intake,
    outlook,
    timeline,
    words,
)
from ramp155.figures import millions, month_name
from ramp155.record.schema import EVENTS, SCHEMAS, UNITS, write_template
from ui import cite, state

_FIRST = "unterluess-rheinmetall--round"  # the line that is shown first, where it is on record
EDITED = ["event", "date", "status", "rate", "unit", "rate_status", "reported_on"]


def show(records: Records) -> None:
    """What follows from one's own data, then the two ways to bring it."""
    base = state.load()
    st.markdown("## Put your own lines, events or rates on the record and see what follows")
    _told()
    if records.own:
        _effect(base, records)
    upload, edit = st.columns([1, 1.5], gap="large")
    with upload:
        _upload(records)
    with edit:
        _edit(records)


def _told() -> None:
    """What the last try came to: it stays until the next one."""
    faults = st.session_state.get("own_faults", [])
    if faults:
        count = len(faults)
        st.error(
            f"Nothing was taken over: {count} fault{'s'[: count != 1]}. What was in use before still is."
        )
        shown = "\n".join(map(_sentence, faults[:25]))
        more = f"\n... and {count - 25} more" if count > 25 else ""
        st.code(shown + more, language=None, wrap_lines=True)


def _sentence(fault: Fault) -> str:
    """A fault as a line to read: where in which file, and what is wrong."""
    place = f", line {fault.row}" if fault.row else ""
    column = f", {fault.column}" if fault.column != "-" else ""
    return f"{fault.file}{place}{column}: {fault.message}"


def _effect(base: Records, own: Records) -> None:
    month = st.session_state["month"]
    place = outlook.MONTHS.index(month)
    before, after = (
        (outlook.baseline(r)[place] * 12, outlook.nameplate(r, outlook.Scenario())[place] * 12)
        for r in (base, own)
    )
    was = timeline.status(base).set_index("line_id")["status"]
    now = timeline.status(own).set_index("line_id")["status"]
    moved = [
        f"{cite.escape(own.full_lines.loc[line, 'name'])}: {was.get(line, 'not on record')} → **{status}**"
        for line, status in now.items()
        if was.get(line) != status
    ]
    output, capacity, lines = st.columns([1, 1, 2.2])
    for column, label, at in ((output, "Output", 0), (capacity, "Capacity", 1)):
        difference = after[at] - before[at]
        column.metric(
            f"{label}, {month_name(month)} (middle case)",
            millions(after[at]),
            f"{difference:+,.0f} rounds a year" if abs(difference) >= 500 else "no change",
            delta_color="normal" if abs(difference) >= 500 else "off",
            delta_arrow="auto" if abs(difference) >= 500 else "off",
        )
    with lines:
        if moved:
            st.markdown("**Status changed**  \n" + "  \n".join(moved[:6]))
        else:
            st.markdown("No line changed its status.")
        stages = _stages(base, own, place)
        if stages:
            st.markdown(
                f"**Capacity by stage**, {month_name(month)}, in rounds a year: {cite.escape(stages)}"
            )
        st.caption(
            "Map, Ramp-up, What-if and Gap run on it too. Output moves only where a line is for 155 mm, counted in the "
            "totals, and its stage is what holds output back."
        )


def _stages(base: Records, own: Records, place: int) -> str:
    """By how much each stage's capacity moves in a month of the model, where it does."""
    plans = outlook.Scenario()
    before, after = (capacity.build(r, ensemble.central(r), plans).stages for r in (base, own))
    names = words.labels(own)
    moves = {s: 12 * (after[s][place, 0] - before[s][place, 0]) for s in after}
    return ", ".join(f"{names[s]} {move:+,.0f}" for s, move in moves.items() if abs(move) >= 500)


def _upload(records: Records) -> None:
    st.markdown("**Upload**")
    files = st.file_uploader(
        "CSV tables (lines, events, sites, sources, claims) or one zipped package",
        accept_multiple_files=True,
        key=f"upload_{st.session_state.get('upload_round', 0)}",
    )
    st.button(
        "Check and use",
        type="primary",
        key="use_upload",
        disabled=not files,
        on_click=_take,
        args=(records, files),
    )
    st.caption(
        "Which table a CSV is, its columns tell. A row with a key on record replaces it, any other is added; a package "
        f"replaces whole tables. Up to {intake.MOST_BYTES // 1_000_000} MB and {intake.MOST_ROWS:,} rows a table. "
        "Nothing is stored: it goes with the session. Places are towns' centres, two decimals."
    )
    with st.expander("Templates"):
        for name in ("events", "lines", "sites"):
            st.download_button(
                f"{name}.csv",
                write_template(name),
                f"{name}.csv",
                "text/csv",
                key=f"template_{name}",
                on_click="ignore",
            )
        st.caption(
            "What may be left out of a table is filled in: no source means your own word, confidence C."
        )


def _take(records: Records, files: list) -> None:
    """Check the upload and put it on the record (a button's callback)."""
    sent = [(file.name, file.getvalue()) for file in files]
    _try(lambda: intake.read(state.load(), sent, onto=records))
    # Another key empties the uploader: what was sent is in use, or told and to be mended.
    st.session_state["upload_round"] = st.session_state.get("upload_round", 0) + 1


def _try(made: Callable[[], Records]) -> None:
    """Use what is made, or keep its faults to be told; the record in use stays where it fails."""
    try:
        own = made()
    except RecordsError as error:
        st.session_state["own_faults"] = error.faults
        return
    st.session_state["own_faults"] = []
    state.use_own(own)


def _edit(records: Records) -> None:
    st.markdown("**Or change one line**")
    full = records.full_lines
    line = st.selectbox(
        "Line",
        list(full.index),
        format_func=lambda item: f"{full.loc[item, 'name']}: {full.loc[item, 'title']}"[:110],
        index=list(full.index).index(_FIRST) if _FIRST in full.index else 0,
        key="edit_line",
    )
    events = records.events[records.events["line_id"] == line].sort_values("known_on")
    table = events.set_index("event_id")[[*EDITED, "basis"]]
    changed = st.data_editor(
        table,
        key=f"editor_{line}_{records.version}",
        num_rows="dynamic",
        height=285,
        placeholder="",
        disabled=["basis", "_index"],
        column_config={
            "_index": None,
            "event": st.column_config.SelectboxColumn("What", options=list(EVENTS), required=True),
            "date": st.column_config.TextColumn("For when", help="YYYY, YYYY-MM or YYYY-MM-DD"),
            "status": st.column_config.SelectboxColumn(
                "Is", options=["done", "planned"], required=True
            ),
            "rate": st.column_config.NumberColumn("Rate a year", min_value=0, format="localized"),
            "unit": st.column_config.SelectboxColumn("Unit", options=list(UNITS)),
            "rate_status": st.column_config.SelectboxColumn("Rate is", options=["done", "planned"]),
            "reported_on": st.column_config.TextColumn("Said on"),
            "basis": st.column_config.TextColumn("What was said"),
        },
    )
    st.button(
        "Use these changes",
        key="use_edit",
        type="primary",
        disabled=changed.equals(table),
        on_click=_change,
        args=(records, line, table, changed),
    )
    st.caption("Change a date or a rate, or add a row; rows taken out stay on the record.")


def _change(records: Records, line: str, table: pd.DataFrame, changed: pd.DataFrame) -> None:
    """Put edited and added rows of one line on the record (a button's callback)."""
    rows = changed_rows(records, line, table, changed)
    if rows.empty:
        return
    _try(lambda: intake.merge(state.load(), {"events": rows}, onto=records))


def changed_rows(
    records: Records, line: str, table: pd.DataFrame, changed: pd.DataFrame
) -> pd.DataFrame:
    """The rows that differ, as text with every column of events, indexed by their place in the editor."""
    whole = records.events.set_index("event_id", drop=False)
    made = {}
    serial = itertools.count(1)
    for place, (item, cells) in enumerate(changed.iterrows(), start=1):
        text = {column: _cell(cells[column]) for column in EDITED}
        known = item in table.index
        if known and text == {column: _cell(table.loc[item, column]) for column in EDITED}:
            continue
        row = {c: _cell(whole.loc[item, c]) if known else "" for c in SCHEMAS["events"]}
        row |= text
        if not known:
            fresh = (f"own-{line}-{number}" for number in serial)
            row |= {
                "event_id": next(name for name in fresh if name not in whole.index),
                "line_id": line,
                "scope": "site",
                "source_id": intake.SOURCE,
                "basis": "Added here",
                "confidence": "C",
            }
        if not row["rate"]:
            row |= {"unit": "", "rate_status": ""}
        made[place] = row | {"basis": row["basis"].removeprefix(intake.MARK)}
    return pd.DataFrame.from_dict(made, orient="index", columns=list(SCHEMAS["events"])).astype(str)


def _cell(value: object) -> str:
    """A cell of the editor as text; blank where there is nothing."""
    if pd.isna(value):
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value).strip()
