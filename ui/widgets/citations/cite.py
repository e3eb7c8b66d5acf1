"""How what is on screen is cited, and how an error in it is reported: texts to copy."""

from __future__ import annotations

import streamlit as st

from ramp155.model.model import Model
from ramp155.text.citations import write_citations, write_error_report
from ui.settings import read_report_address


def show_citations(model: Model, title: str, address: str, kind: str) -> None:
    """A title with its address in each form of a citation, to copy."""
    st.markdown("**Cite this**")
    forms = write_citations(model.record, title, address, kind)
    for tab, words in zip(st.tabs(list(forms)), forms.values(), strict=True):
        tab.code(words, language=None, wrap_lines=True)


def show_error_report(
    model: Model, address: str, picture: str = "", row_id: str = "", *, is_open: bool = False
) -> None:
    """A report of an error, ready to be copied, and where it goes."""
    with st.expander("Report an error", expanded=is_open):
        report_address = read_report_address()
        where = f"Send it to {report_address}" if report_address else "Copy it"
        st.caption(f"{where}, with what is wrong and a source that says so.")
        report = write_error_report(model.record, row_id, picture, address)
        st.code(report, language=None, wrap_lines=True)
