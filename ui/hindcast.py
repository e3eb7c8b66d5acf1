"""The hindcast: what the model would have said at the end of 2022, 2023 and 2024, against what came."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ramp155 import Records, evidence_charts, evidence_words, hindcast
from ramp155.hindcast import Hindcast
from ui import cite, figure

_OBSERVABLES = {"nameplate": "Capacity", "output": "Output"}


def show(records: Records) -> None:
    """Three cut-offs side by side, capacity over output; hits and misses in words and as a table."""
    with st.spinner("Running the model as it would have been ..."):
        found = [hindcast.run(records, cutoff) for cutoff in hindcast.CUTOFFS]
    st.markdown(f"## {cite.sentence(evidence_words.hindcast(found))}")
    for column, one in zip(st.columns(3, gap="medium"), found, strict=True):
        with column:
            _one(records, one)
    st.caption(
        "Rounds a year. Band: P10 to P90 of the model with what was known at the dashed line; grey dots: the totals "
        "known then; ● later reports inside the band, ✚ outside it, ▽ an upper bound, which holds unless the whole band lies "
        "above it. Targets are not counted."
    )
    st.markdown(cite.sentence(evidence_words.hindcast_plain(found)))
    left, right = st.columns([1, 2], gap="large")
    with left:
        st.markdown("**Hits by cut-off and kind**")
        st.dataframe(_coverage(found), key="coverage")
        ids = ["hindcast_growth", "hindcast_report_error", "hindcast_slip"]
        cite.says_who("How it is done", _method(records, ids), "hindcast_method")
    with right:
        st.markdown("**Dates promised by then, and what came**")
        _dates(records, found)


def _one(records: Records, one: Hindcast) -> None:
    st.markdown(f"**Known at the end of {one.cutoff.year}**")
    counted = one.coverage()
    for observable, name in _OBSERVABLES.items():
        own = one.totals[one.totals["observable"] == observable]
        hits, of = counted.loc[observable]
        told = f"{hits} of {of} later figures inside" if of else "no later figure to check"
        spec = evidence_charts.hindcast_chart(
            one.path[one.path["observable"] == observable],
            one.known[one.known["observable"] == observable],
            own,
            one.cutoff.isoformat(),
            165,
        )
        finding = f"{name} as forecast at the end of {one.cutoff.year}: {told} the band"
        basis = "Rounds a year with what was known at the dashed line; dots: later reports."
        key = f"hindcast_{one.cutoff.year}_{observable}"
        figure.show(
            records,
            figure.of(records, key, finding, spec, basis),
            key,
            f":small[{name}: {told}]",
        )
    st.caption(cite.sentence(evidence_words.hindcast_one(one)))


def _coverage(found: list[Hindcast]) -> pd.DataFrame:
    columns = {}
    for one in found:
        table = one.coverage()
        columns[f"end of {one.cutoff.year}"] = [
            f"{row.hits} of {row.of}" if row.of else "nothing to check"
            for row in table.itertuples()
        ]
    kinds = found[0].coverage().index
    return pd.DataFrame(columns, index=[evidence_words.KINDS[kind] for kind in kinds])


def _method(records: Records, ids: list[str]) -> str:
    return (
        "The record is cut back to what was reported by the day: events, claims and slips. The totals the model is fitted "
        "to are those said by then; stages grow by an assumed range instead of by totals said later; promises of named "
        "lines are moved by delays as known then. Coefficients of the bill of materials stay today's.\n\n"
        + cite.assumptions(records, ids)
    )


def _dates(records: Records, found: list[Hindcast]) -> None:
    table = pd.concat([one.dates.assign(known=f"end of {one.cutoff.year}") for one in found])
    table = table[table["state"] != "not due yet"]
    sources = dict(zip(records.events["event_id"], records.events["source_id"], strict=True))
    names = records.full_lines["name"]
    shown = table.assign(
        line=table["line_id"].map(names),
        milestone=table["milestone"].str.replace("_", " "),
        band=[
            f"{low:+.0f} to {high:+.0f}"
            for low, high in zip(table["p10"], table["p90"], strict=True)
        ],
        late=table["late"].where(table["state"].isin(["inside the band", "outside the band"])),
        said=[cite.publisher(records, sources[e]) for e in table["event_id"]],
        url=[records.source_of[sources[e]]["url"] or None for e in table["event_id"]],
        then=[records.source_of[sources[e]]["url"] or None for e in table["came_event"]],
    )
    st.dataframe(
        shown[
            [
                "known",
                "line",
                "milestone",
                "promised",
                "came",
                "late",
                "band",
                "state",
                "said",
                "url",
                "then",
            ]
        ],
        hide_index=True,
        height=250,
        placeholder="",
        key="hindcast_dates",
        column_config={
            "known": "Known",
            "line": st.column_config.TextColumn("Line", width="medium"),
            "milestone": "Milestone",
            "promised": "Promised for",
            "came": "Came",
            "late": st.column_config.NumberColumn("Late, months", format="%+d"),
            "band": "Band",
            "state": st.column_config.TextColumn("Result", width="medium"),
            "said": "Promised by",
            "url": st.column_config.LinkColumn("Promise", display_text="open"),
            "then": st.column_config.LinkColumn("Latest word", display_text="open"),
        },
    )
