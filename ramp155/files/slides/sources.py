"""Who stands behind a picture: the claims and sources of what is drawn, and in lines what a slide says of them."""

from __future__ import annotations

from ramp155.files.story.story import Screen
from ramp155.model.model import Model
from ramp155.pictures.plants.lines import list_shown_lines
from ramp155.pictures.view import find_known_record
from ramp155.record.grades import (
    find_best_witness,
    list_witnesses,
    name_source,
    pick_best_sources,
    rank_claims,
    say_weak_support,
)
from ramp155.text.explain.catalogue import EXPLAINED, explain

MOST_SOURCES = 3  # of a slide
OWN_ESTIMATE = "Our own estimate, from the record and the assumptions that the page Evidence lists"
# What is explained by the whole record, and drawn of the lines that are meant.
_LINE_PICTURES = frozenset(("sites", "board", "lateness", "promised", "share", "unsaid"))


def list_behind(model: Model, screen: Screen) -> tuple[list[str], list[str]]:
    """The claims and the sources behind a screen's picture, by id: of lines, whoever reported of those that are meant."""
    records = model.record
    if screen.picture in _LINE_PICTURES or screen.picture not in EXPLAINED:
        events = find_known_record(model, screen.view).events
        lines = list_shown_lines(model, screen.view)
        late_lines = lines[lines["late"] == "late"]
        if screen.picture == "board" and len(late_lines):
            lines = late_lines  # those it draws first, and tells in its table
        shown_ids = set(lines["line_id"])
        reports = events[events["line_id"].isin(shown_ids)]
        return [], list(dict.fromkeys(reports.sort_values("date")["source_id"]))
    behind = explain(screen.picture, model, screen.view).sources
    known_claims = set(records.claims["claim_id"])
    return (
        [claim for claim in behind.claims if claim in known_claims],
        [source for source in behind.sources if source in records.source_of],
    )


def list_slide_sources(model: Model, screen: Screen) -> tuple[str, ...]:
    """List who stands behind a slide, the best first, at most three with their addresses: claims of the note, else of the picture.

    A picture of lines has who reported of them; one that nobody but the model stands behind says so.
    """
    records = model.record
    claim_ids, source_ids = list(screen.claims), list[str]()
    if not claim_ids:
        claim_ids, source_ids = list_behind(model, screen)
    lines: dict[str, str] = {}
    for claim in map(records.claim, rank_claims(records, claim_ids)):
        source_id = find_best_witness(records, claim.claim_id)
        name, url = name_source(records, source_id), records.source(source_id).url
        lines.setdefault(
            source_id, f"{name}, {claim.reported_on or 'undated'}: {claim.basis} {url}".rstrip()
        )
    with_address = [source_id for source_id in source_ids if records.source(source_id).url]
    for source_id in pick_best_sources(records, with_address or source_ids, MOST_SOURCES):
        source = records.source(source_id)
        lines.setdefault(
            source_id, f"{name_source(records, source_id)}: {source.title} {source.url}".rstrip()
        )
    witnesses = [*list_witnesses(records, claim_ids), *source_ids]
    weak_note = say_weak_support(records, witnesses)
    remarks = [f"Weak support: {weak_note}."] if weak_note else []
    return (*list(lines.values())[:MOST_SOURCES], *remarks) if lines else (OWN_ESTIMATE,)
