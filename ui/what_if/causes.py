"""The panel of what changed the output: levers, assumptions, and a newer record or model.

Its chart is kept for the next visitor.
"""

from __future__ import annotations

import streamlit as st

from ramp155.answers.sensitivity.attribution import attribute_change
from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.grammar.spec import Spec
from ramp155.pictures.levers.causes import draw_causes
from ramp155.text.output.sensitivity import write_attribution
from ui.link.origin import find_older_link
from ui.markup import escape_markdown, escape_sentence
from ui.widgets.picture import build_page_picture, show_picture


@remember
def _attribute_causes(
    model: Model, scenario: Scenario, month: str, rounds_before: float | None
) -> tuple[str, Spec]:
    attributed = attribute_change(model, scenario, month, rounds_before)
    causes = [("levers", attributed.levers), ("your assumptions", attributed.assumptions)]
    if rounds_before is not None:
        causes.insert(0, ("newer record or model", attributed.record))
    return write_attribution(attributed, month), draw_causes(causes, attributed.before, 230)


def show_causes_panel(model: Model, scenario: Scenario, month: str) -> None:
    """What moved the output from the baseline to here."""
    older_link = find_older_link()
    rounds_before = older_link.rounds if older_link and older_link.month == month else None
    finding, spec = _attribute_causes(model, scenario, month, rounds_before)
    chart_column, finding_column = st.columns([1.2, 1], gap="large")
    with chart_column:
        counting_note = "Complete 155 mm rounds a year, median of our runs; each cause has the mean of its turns (Shapley)."
        picture = build_page_picture(model, "causes", finding, spec, counting_note)
        show_picture(model, picture, "causes", "**From the baseline to here**")
    with finding_column:
        st.markdown(escape_sentence(finding))
        if older_link and rounds_before is None:
            st.caption(
                f"The link was made with another record ({escape_markdown(older_link.version)}) and said {older_link.month}: read that "
                "month off to see what the record changed."
            )
        st.caption(
            "The median of our runs. Each cause gets the mean of what it does alone and after the other, so the parts add up."
        )
