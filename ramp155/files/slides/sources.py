"""Who stands behind a picture: the claims and sources of what is drawn, and in lines what a slide says of them."""

from __future__ import annotations

from ramp155.files.story.screen_sources import find_picture_sources
from ramp155.files.story.story import Screen
from ramp155.model.model import Model
from ramp155.record.grades import (
    find_best_witness,
    list_witnesses,
    name_source,
    pick_best_sources,
    rank_claims,
    say_weak_support,
)

MOST_SOURCES = 3  # of a slide
OWN_ESTIMATE = "Our own estimate, from the record and the assumptions that the page Evidence lists"


def list_slide_sources(model: Model, screen: Screen) -> tuple[str, ...]:
    """List who stands behind a slide, the best first, at most three with their addresses: claims of the note, else of the picture.

    A picture of lines has who reported of them; one that nobody but the model stands behind says so.
    """
    records = model.record
    claim_ids, source_ids = list(screen.claims), list[str]()
    if not claim_ids:
        claim_ids, source_ids = find_picture_sources(model, screen)
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
