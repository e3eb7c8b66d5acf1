"""The views of Evidence: the switch between them, and the one that is chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from ramp155.model.model import Model
from ui.evidence.assumptions import show_assumptions
from ui.evidence.claims import show_claims
from ui.evidence.error_report import show_asked_report
from ui.evidence.model import show_model
from ui.evidence.promises import show_promises
from ui.evidence.quality import show_quality
from ui.evidence.sources import show_sources
from ui.evidence.targets import show_targets
from ui.evidence.track import show_track
from ui.link import keys
from ui.link.address import write_link
from ui.link.fields import EVIDENCE_VIEWS
from ui.widgets.downloads import show_downloads
from ui.widgets.own_data.page import show_own_data


class _View(NamedTuple):
    """A view: its name, how it is drawn, and the parts of a link that belong to it."""

    label: str
    draw: Callable[[Model], None]
    fields: tuple[str, ...] = ()


_VIEWS = {
    "track": _View("Track record", show_track),
    "promises": _View("Promises", show_promises, ("group",)),
    "targets": _View("Targets", show_targets),
    "claims": _View("Claims", show_claims, ("topic", "quantity", "subject", "publisher", "find")),
    "sources": _View("Sources", show_sources, ("find", "language", "kind")),
    "assumptions": _View("Assumptions", show_assumptions, ("find",)),
    "model": _View("Model", show_model),
    "quality": _View("Quality", show_quality),
    "take": _View("Take away", show_downloads, ("table",)),
    "yours": _View("Your data", show_own_data),
}


def show_chosen_view(model: Model) -> None:
    """The switch between views, and the one that is chosen."""
    st.segmented_control(
        "View",
        EVIDENCE_VIEWS,
        format_func=lambda name: _VIEWS[name].label,
        key="look",
        required=True,
        label_visibility="collapsed",
    )
    view = _VIEWS[st.session_state["look"]]
    show_asked_report(model)
    view.draw(model)
    write_link(model, keys.EVIDENCE_VIEW, keys.REPORT, *view.fields)
