"""What the last try to use one's own data came to.

Its faults stay on the page until the next try, and the record in use stays where it fails.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ramp155.record.faults import Fault, RecordsError
from ramp155.record.records import Records
from ramp155.text.numbers import count_words
from ui.link.session import use_own_records


def show_faults() -> None:
    """What the last try came to: it stays until the next one."""
    faults = st.session_state.get("own_faults", [])
    if faults:
        fault_count = len(faults)
        st.error(
            f"Nothing was taken over: {count_words(fault_count, 'fault')}. What was in use before still is."
        )
        fault_lines = "\n".join(map(_write_fault, faults[:25]))
        more_line = f"\n... and {fault_count - 25} more" if fault_count > 25 else ""
        st.code(fault_lines + more_line, language=None, wrap_lines=True)


def _write_fault(fault: Fault) -> str:
    """A fault as a line to read: where in which file, and what is wrong."""
    place = f", line {fault.row}" if fault.row else ""
    column = f", {fault.column}" if fault.column != "-" else ""
    return f"{fault.file}{place}{column}: {fault.message}"


def try_own_records(build_records: Callable[[], Records]) -> None:
    """Use what is made, or keep its faults to be told; the record in use stays where it fails."""
    try:
        own_records = build_records()
    except RecordsError as error:
        st.session_state["own_faults"] = error.faults
        return
    st.session_state["own_faults"] = []
    use_own_records(own_records)
