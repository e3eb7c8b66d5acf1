"""The headline numbers of the Overview, each with the way to whoever says so."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ramp155 import Records, ensemble, gap, gap_charts, gap_words, outlook, words
from ui import cite, state


def show(records: Records) -> None:
    """Five tiles in a row."""
    opened = words.opened_since(records)
    fit = ensemble.report(records, state.DRAWS).set_index("target_id")
    names = {stage: cite.escape(name) for stage, name in words.labels(records).items()}
    columns = st.columns([1.05, 1, 1, 1.25, 1.15])
    with columns[0]:
        listed = "\n".join(
            f"- {cite.escape(records.full_lines.loc[e.line_id, 'title'])}: {e.event.replace('_', ' ')} "
            f"{e.date}. {cite.source(records, e.source_id)}"
            for e in opened.itertuples()
        )
        _tile(
            "Lines opened since Nov 2023", str(len(opened)), "Which, and says who", listed, "t_open"
        )
    with columns[1]:
        _tile(
            "Capacity, end of 2025 (model)",
            _span(fit, "nameplate-2025"),
            "Says who",
            _fitted(records, "nameplate-2025"),
            "t_np",
        )
    with columns[2]:
        _tile(
            "Complete rounds, 2025 (model)",
            _span(fit, "output-2025"),
            "Says who",
            _fitted(records, "output-2025"),
            "t_out",
        )
    with columns[3]:
        binds = outlook.read(records, outlook.Scenario(), outlook.DEFAULT_MONTH, state.DRAWS).shares
        stage, share = next(iter(binds.items()))
        listed = "\n".join(
            f"- {names[s]}: {words.percent(v)} of {state.DRAWS} draws" for s, v in binds.items()
        )
        ids = cite.model_assumptions(records, "nitrocellulose", "propellant", "explosive")
        text = f"Baseline, December 2027:\n{listed}\n\n" + cite.assumptions(records, ids)
        _tile(
            "Binds most often, end of 2027",
            f"{names[stage]} ({words.percent(share)})",
            "How sure?",
            text,
            "t_bind",
        )
    with columns[4]:
        scenario = state.current()
        found = gap.compare(records, scenario, gap.Comparison(), state.DRAWS)
        label = cite.escape(gap.estimates(records, "RU")[found.comparison.russia])
        at = found.at(gap_words.NEWS)
        told = gap_charts.said(records)["claim_id"]
        text = (
            f"Russia's rounds for each of NATO's in June 2025, going by {label}: {at['p50']:.1f} "
            f"({gap_words.counted(found.comparison)}).\n\n{cite.sentence(gap_words.parity(found))}\n\n"
            f"{cite.sentence(gap_words.like_for_like(records, scenario, found.comparison, state.DRAWS))} Other figures are on the "
            f"[Gap page](gap).\n\n{cite.claims(records, told)}"
        )
        _tile(
            "Russia : NATO, mid-2025",
            f"{at['p10']:.1f} to {at['p90']:.1f} times",
            "Says who, and when parity?",
            text,
            "t_ru",
        )


def _tile(label: str, value: str, says: str, text: str, key: str) -> None:
    """One headline number with the way to whoever says so."""
    with st.container(gap=None):
        st.metric(label, value)
        cite.says_who(says, text, key)


def _span(fit: pd.DataFrame, target: str) -> str:
    """P10 to P90 of a fitted total."""
    return words.span(fit.loc[target, "p10"], fit.loc[target, "p90"])


def _fitted(records: Records, target: str) -> str:
    """The reports a total is fitted to, in words."""
    row = records.calibration.set_index("target_id").loc[target]
    model = (
        f"The model's P10 to P90 over {state.DRAWS} draws of its assumptions that agree with the reports "
        f"(fitted range {words.span(row['low'], row['high'])}); no report says just this.\n\n"
    )
    return f"{model}{cite.escape(row['reasoning'])}\n\n" + cite.claims(
        records, row["claim_ids"].split()
    )
