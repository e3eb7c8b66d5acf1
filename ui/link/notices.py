"""Notices above a page, each with a button that puts it away: own data in use, a link made with
another record or model, the levers set before a story, and what of a link was not understood.
"""

from __future__ import annotations

import streamlit as st

from ramp155.model.model import Model
from ramp155.record.upload.own_rows import count_own_rows
from ramp155.text.output.record import write_changed_files, write_changes_since
from ui.link import keys
from ui.link.fields import list_briefing_fields, list_defaults
from ui.link.origin import OlderLink, find_older_link, link_version
from ui.link.session import drop_own_records, load_shared_records, open_shared_record
from ui.markup import escape_markdown

_MOST_NOTES, _LONGEST_NOTE = 5, 300  # on a link that was not understood, and characters of each


def show_own_notice(model: Model) -> None:
    """That the session's own data is in use, with the way back."""
    if not model.record.own and st.session_state.get(keys.OWN_RECORDS) is None:
        return
    changes = ", ".join(
        f"{table_name} {' and '.join(change_texts)}"
        for table_name, (own_count, gone_count) in count_own_rows(
            model.record, load_shared_records()
        ).items()
        for change_texts in [
            [f"{own_count} yours"] * bool(own_count) + [f"{gone_count} gone"] * bool(gone_count)
        ]
    )
    message, button_column = st.columns([8, 1.4], vertical_alignment="center")
    message.info(
        f"**Your data** is on the record in this session ({changes or 'no row differs'}): map and model run on it. "
        "It is marked where it shows and stays out of links."
    )
    button_column.button("Remove it", key="own_removed", on_click=drop_own_records)


def show_changed_notice() -> None:
    """That the record's files have changed since they were read: the view stays as it is."""
    changed = open_shared_record().list_changed()
    if changed and st.session_state.get(keys.CHANGE_SEEN) != changed:
        message, button_column = st.columns([8, 1], vertical_alignment="center")
        message.info(write_changed_files(load_shared_records(), changed))
        button_column.button(
            "Got it", key="change_told", on_click=_acknowledge_change, args=(changed,)
        )


def show_older_notice(model: Model) -> None:
    """That the link was made with another record or model, and what has changed since."""
    older_link = find_older_link()
    if older_link and st.session_state.get(keys.OLDER_SEEN) != older_link:
        message, button_column = st.columns([8, 1], vertical_alignment="center")
        message.info(
            write_changes_since(
                model,
                link_version(model),
                escape_markdown(older_link.version),
                older_link.month,
                older_link.rounds,
            )
        )
        button_column.button(
            "Got it", key="older_told", on_click=_acknowledge_older, args=(older_link,)
        )


def show_return_notice(model: Model) -> None:
    """After a story, the way back to the levers that were set before it."""
    values_before = st.session_state.get(keys.VALUES_BEFORE)
    if (
        not values_before
        or st.session_state[keys.PRESENT]
        or not _is_view_changed(values_before, model)
    ):
        return
    message, back_column, stay_column = st.columns([6, 2, 1], vertical_alignment="center")
    message.info("Everything stands as on the story's last screen.")
    back_column.button(
        "Back to my own levers", key="before_back", on_click=_restore_view, args=(values_before,)
    )
    stay_column.button("Got it", key="before_seen", on_click=_restore_view, args=({},))


def _is_view_changed(link_values: dict[str, object], model: Model) -> bool:
    """Whether a view has anything set that is not as usual, but for which story it came from."""
    defaults = list_defaults(model)
    return any(
        link_values[key] != defaults[key]
        for key in defaults
        if key not in list_briefing_fields(model)
    )


def _restore_view(link_values: dict[str, object]) -> None:
    st.session_state[keys.VALUES_BEFORE] = None
    st.session_state.update(link_values)


def _acknowledge_change(changed: list[str]) -> None:
    st.session_state[keys.CHANGE_SEEN] = changed


def _acknowledge_older(older_link: OlderLink) -> None:
    st.session_state[keys.OLDER_SEEN] = older_link


def show_link_notes() -> None:
    """What of the link was not understood, a line each; a long list is cut."""
    notes = st.session_state[keys.LINK_NOTES]
    if notes:
        message, button_column = st.columns([8, 1], vertical_alignment="center")
        lines = [escape_markdown(note, _LONGEST_NOTE) for note in notes[:_MOST_NOTES]]
        if len(notes) > _MOST_NOTES:
            lines.append(f"... and {len(notes) - _MOST_NOTES} more")
        message.warning("  \n".join(lines))
        button_column.button("Got it", key="link_notes_seen", on_click=notes.clear)
