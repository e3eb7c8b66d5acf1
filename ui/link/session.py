"""What a session works on: the record that all sessions share, the session's own data put on it,
the theme its browser shows, and how many draws stand behind every band on screen.

Pages call `open_model` first: it returns the model of that record, or ends the page with the rows
that break its rules.
"""

from __future__ import annotations

import threading

import streamlit as st

from ramp155.base.memory import ASSETS
from ramp155.base.shelf import open_shelf
from ramp155.base.watched_files import WatchedFiles
from ramp155.model.model import Model
from ramp155.record import read
from ramp155.record.faults import RecordsError
from ramp155.record.records import Records, load
from ramp155.record.schema import SCHEMAS
from ramp155.record.upload.own_rows import count_own_rows
from ui.link import keys
from ui.link.fields import list_link_fields


class SharedRecord:
    """The record of a process: read and validated once, with what an earlier process was asked of it.

    One that breaks its rules is read again when its files have changed, and not before.
    """

    def __init__(self) -> None:
        self._reading = threading.Lock()
        self._records: Records | None = None
        self._error: RecordsError | None = None
        self._files: WatchedFiles | None = None

    def load(self) -> Records:
        """The record. Raises RecordsError where it breaks its own rules."""
        with self._reading:
            if self._records is None and (self._error is None or self.list_changed()):
                self._files = WatchedFiles(read.DATA, [f"{name}.csv" for name in SCHEMAS])
                self._read()
            if self._records is None:
                raise RecordsError(self._error.faults if self._error else [])
            return self._records

    def list_changed(self) -> list[str]:
        """The files that say something else than when they were read; none before that."""
        return self._files.list_changed() if self._files else []

    def _read(self) -> None:
        try:
            records = load(read.DATA)
        except RecordsError as error:
            self._error = error
            return
        records.memory.shelf = ASSETS.shelf = ASSETS.shelf or open_shelf()
        self._records = records


@st.cache_resource(show_spinner=False)
def open_shared_record() -> SharedRecord:
    """What all sessions share."""
    return SharedRecord()


def load_shared_records() -> Records:
    """The record that all sessions share. Raises RecordsError where it breaks its own rules."""
    return open_shared_record().load()


def find_session_model() -> Model:
    """The model of the record with the session's own data on it, on a page that is open."""
    return Model(st.session_state.get(keys.OWN_RECORDS) or load_shared_records())


def open_model() -> Model:
    """The model of the record with the session's own data on it, or a page that says which row of which table is
    broken. Pages call it first."""
    try:
        return find_session_model()
    except RecordsError as error:
        st.error("The record in `data/` breaks its own rules, so nothing can be shown from it.")
        st.code("\n".join(map(str, error.faults[:30])), language=None)
        st.stop()


def read_theme() -> str:
    """The word dark or light, as the browser shows the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def use_own_records(own_records: Records) -> None:
    """Put the session's own data on the record; a choice that it does not know goes back to its default.

    What comes out the same as the published record is that record.
    """
    if not count_own_rows(own_records, load_shared_records()):
        st.session_state[keys.OWN_RECORDS] = None
        st.toast("No row differs from the record, so nothing of yours is in use.")
        reset_unknown_choices(Model(load_shared_records()))
        return
    st.session_state[keys.OWN_RECORDS] = own_records
    reset_unknown_choices(Model(own_records))


def drop_own_records() -> None:
    """Take the session's own data off the record (a button's callback)."""
    st.session_state[keys.OWN_RECORDS] = None
    reset_unknown_choices(Model(load_shared_records()))


def reset_unknown_choices(model: Model) -> None:
    """Choices that a record does not know go back to their default."""
    for session_key, field in list_link_fields(model).items():
        choice = st.session_state.get(session_key)
        try:
            if choice is not None:
                for text in field.write_all(field.store_all(choice)):
                    field.read(text)
        except ValueError:
            st.session_state[session_key] = field.usual
