"""The assumptions panel: every coefficient apart from the levers, to look up and to change."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ramp155 import Records, ensemble, words
from ui import cite


def show(records: Records, fit: ensemble.Draws) -> None:
    """Choose a coefficient, set it, put one or all back; the whole table beneath."""
    rows = records.assumptions[records.assumptions["kind"] == "model"].set_index("assumption_id")
    edits = dict(st.session_state["assume"])
    left, right = st.columns([1, 1.35], gap="large")
    with left:
        chosen = st.selectbox(
            "Coefficient",
            list(rows.index),
            index=list(rows.index).index("nitrocellulose_fraction"),
            format_func=lambda name: ("● " if name in edits else "") + rows.loc[name, "label"],
            key="edit_which",
        )
        _edit(records, chosen, rows.loc[chosen], edits)
    with right:
        st.markdown(cite.assumption(records, chosen, edits.get(chosen)).removeprefix("- "))
        row, own = rows.loc[chosen], edits.get(chosen)
        if own is not None and not row["low"] <= own <= row["high"]:
            st.warning(f"{own:,.6g} lies outside the range the sources support.")
        if edits:
            st.markdown(_fit_sentence(fit))
    st.dataframe(
        _table(records, rows, edits),
        hide_index=True,
        height=260,
        key="all_assumptions",
        column_config={
            name: st.column_config.NumberColumn(name, format="localized")
            for name in ("default", "low", "high")
        },
    )


def _edit(records: Records, name: str, row: pd.Series, edits: dict[str, float]) -> None:
    low, high = ensemble.bounds(records, name)
    key = f"edit_{name}"
    st.session_state[key] = float(edits.get(name, row["mode"]))

    def changed() -> None:
        value = st.session_state[key]
        kept = {k: v for k, v in st.session_state["assume"] if k != name}
        if value is not None and value != row["mode"]:
            kept[name] = float(value)
        st.session_state["assume"] = sorted(kept.items())

    def drop(which: str | None) -> None:
        kept = [pair for pair in st.session_state["assume"] if which and pair[0] != which]
        st.session_state["assume"] = kept

    st.number_input(
        f"Value, {cite.escape(row['unit'])} (default {row['mode']:,.6g})",
        low,
        high,
        step=float(max(row["high"] - row["low"], row["mode"] / 10, 1e-6) / 20),
        format="%.6g",
        key=key,
        on_change=changed,
        help=f"From {low:,.4g} to {high:,.4g}. A value of yours holds in the middle case and in every draw.",
    )
    one, every = st.columns(2)
    one.button(
        "Reset this one", on_click=drop, args=(name,), disabled=name not in edits, key="reset_one"
    )
    every.button("Reset all", on_click=drop, args=(None,), disabled=not edits, key="reset_all")


def _fit_sentence(fit: ensemble.Draws) -> str:
    """How well the edited coefficients still go with the reports."""
    if fit.contradicts:
        return (
            f"**These values contradict the reports of 2022 to 2025:** only {words.in_hundred(fit.fit_share)}"
            " of the sets of assumptions still agree with them. The band shows all sets, fitted or not."
        )
    return (
        f"{words.percent(fit.fit_share)} of the sets of assumptions still agree with the reports of 2022 to "
        "2025; the band shows those."
    )


def _table(records: Records, rows: pd.DataFrame, edits: dict[str, float]) -> pd.DataFrame:
    """Every coefficient, those with a value of one's own first."""
    told = [
        ", ".join(
            records.source_of[s]["publisher"] if s != "assumption" else s for s in cell.split()
        )
        for cell in rows["source_ids"]
    ]
    table = pd.DataFrame(
        {
            "yours": [f"{edits[name]:,.6g}" if name in edits else "" for name in rows.index],
            "coefficient": rows["label"],
            "default": rows["mode"],
            "low": rows["low"],
            "high": rows["high"],
            "unit": rows["unit"],
            "source": told,
            "why": rows["reasoning"],
        }
    )
    return table.sort_values("yours", ascending=False, kind="stable")
