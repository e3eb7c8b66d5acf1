"""Upload of tables or of a package, with templates to start from."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from ramp155.answers.trial import try_model
from ramp155.model.model import Model
from ramp155.record.schema import write_template
from ramp155.record.upload.limits import MOST_ROWS
from ramp155.record.upload.merge import read_upload
from ui.link.session import load_shared_records
from ui.widgets.own_data.faults import try_own_records


def show_upload(model: Model) -> None:
    """The way in for files, what they may be, and templates."""
    st.markdown("**Upload**")
    files = st.file_uploader(
        "CSV tables or one zipped package",
        accept_multiple_files=True,
        key=f"upload_{st.session_state.get('upload_round', 0)}",
    )
    st.button(
        "Check and use",
        type="primary",
        key="use_upload",
        disabled=not files,
        on_click=_take_upload,
        args=(model, files),
    )
    st.caption(
        "A CSV is known by its columns. A row with a key on record replaces it, any other is added; a package "
        f"replaces whole tables. At most {MOST_ROWS:,} rows a table. Nothing is stored: it goes with the session. Places are "
        "towns' centres, two decimals."
    )
    with st.expander("Templates"):
        for table_name in ("events", "lines", "sites"):
            st.download_button(
                f"{table_name}.csv",
                write_template(table_name),
                f"{table_name}.csv",
                "text/csv",
                key=f"template_{table_name}",
                on_click="ignore",
            )
        st.caption(
            "What may be left out of a table is filled in: no source means your own word, confidence C."
        )


def _take_upload(model: Model, files: list[UploadedFile]) -> None:
    """Check the upload and put it on the record (a button's callback)."""
    sent_files = [(file.name, file.getvalue()) for file in files]
    try_own_records(
        lambda: read_upload(load_shared_records(), sent_files, probe=try_model, onto=model.record)
    )
    # Another key empties the uploader: what was sent is in use, or told and to be mended.
    st.session_state["upload_round"] = st.session_state.get("upload_round", 0) + 1
