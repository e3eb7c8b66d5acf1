"""What a link says it was made with: the version of record and model, and the baseline in a month.

A link made with another version is recognised by it, so that what has changed since can be said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import streamlit as st

from ramp155.answers.output.medians import find_baseline_path
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import MONTHS
from ramp155.model.version import MODEL_VERSION
from ui.link import keys

MADE_WITH_PATTERN = re.compile(
    r"(?P<version>[\w.-]{1,40}):(?P<month>\d{4}-\d{2}):(?P<rounds>\d{1,12})", re.ASCII
)


@dataclass(frozen=True)
class OlderLink:
    """What a link made with another record or model said: its version, and its baseline in a month."""

    version: str
    month: str
    rounds: float


def link_version(model: Model) -> str:
    """What a link says it was made with: the record and the model."""
    return f"{model.record.version}-m{MODEL_VERSION}"


def find_older_link() -> OlderLink | None:
    """What the link in use said of an older record, if it was made with one."""
    if not st.session_state[keys.MADE_WITH]:
        return None
    older_version, month, rounds = st.session_state[keys.MADE_WITH].split(":")
    return OlderLink(older_version, month, float(rounds))


def write_origin(model: Model) -> str:
    """What a link made now says of the record."""
    month = st.session_state[keys.MONTH]
    baseline_rounds = find_baseline_path(model)[MONTHS.index(month)] * 12
    return f"{link_version(model)}:{month}:{baseline_rounds:.0f}"
