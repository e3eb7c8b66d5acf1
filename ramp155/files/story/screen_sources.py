"""Who stands behind the numbers that a screen shows: the same for slides and briefs."""

from __future__ import annotations

from ramp155.files.story.story import Screen
from ramp155.model.model import Model
from ramp155.pictures.evidence.slips import list_slip_rows
from ramp155.pictures.plants.lines import list_shown_lines, say_view_lines
from ramp155.pictures.view import View, find_known_record
from ramp155.text.explain.catalogue import EXPLAINED, explain

# Pictures that show the lines a view means: what stands behind the others is no source of theirs.
OF_LINES = ("sites", "board", "lateness", "promised", "share", "unsaid", "slips")


def find_picture_sources(model: Model, screen: Screen) -> tuple[list[str], list[str]]:
    """Find the claims and the sources behind the numbers of a screen's picture, by their ids.

    Of a picture of lines these are the reports of the lines that the screen's view means.
    """
    records = model.record
    is_narrowed = screen.picture in OF_LINES and say_view_lines(records, screen.view)
    if is_narrowed or screen.picture not in EXPLAINED:
        return [], _list_line_sources(model, screen.picture, screen.view)
    behind = explain(screen.picture, model, screen.view).sources
    known_claims = set(records.claims["claim_id"])
    return (
        [claim for claim in behind.claims if claim in known_claims],
        [source for source in behind.sources if source in records.source_of],
    )


def _list_line_sources(model: Model, picture: str, view: View) -> list[str]:
    if picture == "slips":
        milestones = list_slip_rows(model, view)
        return list(dict.fromkeys([*milestones["first_source"], *milestones["end_source"]]))
    lines = list_shown_lines(model, view)
    late_lines = lines[lines["late"] == "late"]
    if picture == "board" and len(late_lines):
        lines = late_lines  # those it draws first, and tells in its table
    events = find_known_record(model, view).events
    reports = events[events["line_id"].isin(lines["line_id"])]
    return list(dict.fromkeys(reports.sort_values("date")["source_id"]))
