"""Pages of the static site beside those of plants: pictures by page, statements, glossary, the start, the missing page."""

from __future__ import annotations

import re
from collections.abc import Collection

from ramp155.answers.gap.comparison import Comparison
from ramp155.answers.procurement.terms import Terms
from ramp155.answers.verdicts.verdict import VERDICT_GROUPS
from ramp155.files.embed.card import PAGES
from ramp155.files.embed.drawing import choose_by_ground
from ramp155.files.site.sheet import Block, Link, SitePage, write_plain
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import CATALOGUE, build_picture
from ramp155.pictures.glossary.drawings import build_term_drawing
from ramp155.pictures.picture import strip_markup
from ramp155.pictures.view import View
from ramp155.record.grades import name_source
from ramp155.text.glossary.facts import write_term_fact
from ramp155.text.glossary.terms import Term, read_glossary
from ramp155.text.statements.labels import (
    find_verdict_group,
    write_group_head,
    write_verdict_label,
    write_verdicts_title,
)
from ramp155.text.statements.verdicts import judge_statements

NAVIGATION = (
    Link("Ramp 155", ""),
    Link("Map", "map/"),
    Link("Ramp-up", "ramp_up/"),
    Link("Plants", "plant/"),
    Link("What-if", "what_if/"),
    Link("Gap", "gap/"),
    Link("Statements", "statements/"),
    Link("Evidence", "evidence/"),
    Link("Briefing", "briefing/"),
    Link("Glossary", "glossary/"),
    Link("Data", "data/latest/"),
)
_PICTURE_PAGES = ("map", "ramp_up", "what_if", "gap", "evidence", "briefing")
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")


def list_picture_pages(model: Model, names: Collection[str]) -> list[SitePage]:
    """A page for each of the app's that shows pictures, with those of `names` as they stand embedded anywhere."""
    pages = []
    for page in _PICTURE_PAGES:
        lever_view = [
            name
            for name, entry in CATALOGUE.items()
            if name in names and entry.page.partition("?")[0] == page
        ]
        title, about = PAGES[page]
        preview = f"embed/{lever_view[0]}/preview.png" if lever_view else ""
        blocks = [_frame_picture(model, name) for name in lever_view]
        pages.append(SitePage(f"{page}/", title, about, tuple(blocks), preview))
    return pages


def write_start_page(model: Model, names: Collection[str]) -> SitePage:
    """The start: the headline as it moves, and the ways on."""
    title, about = PAGES[""]
    first = [name for name in ("output", *names) if name in names][:1]
    ways = Block("Where to go", links=(*NAVIGATION[1:], Link("Every picture", "embed/")))
    blocks = [*(_frame_picture(model, name) for name in first), ways]
    preview = f"embed/{first[0]}/preview.png" if first else ""
    return SitePage("", title, about, tuple(blocks), preview)


def write_embed_list(model: Model, names: Collection[str]) -> SitePage:
    """Every picture with its finding."""
    links = tuple(
        Link(strip_markup(build_picture(model, name, View()).finding), f"embed/{name}/")
        for name in names
    )
    about = "Each stands on a page of its own, which any other page may show in a frame."
    return SitePage("embed/", "Every picture", about, (Block(links=links),))


def write_missing_page() -> SitePage:
    """What stands where there is nothing."""
    blocks = (Block(links=NAVIGATION),)
    return SitePage("404.html", "There is no such page", "It may have another address now.", blocks)


def write_statements_page(model: Model) -> SitePage:
    """Public statements with their verdicts, by group."""
    verdicts = judge_statements(model, Scenario(), Comparison(), Terms())
    blocks = []
    for group in VERDICT_GROUPS:
        members = [one for one in verdicts if find_verdict_group(one.verdict) == group]
        if members:
            blocks.append(Block(f"{write_group_head(group)} ({len(members)})", group))
        for verdict in members:
            because = f"What we put in: {verdict.because}" if verdict.because else ""
            texts = [f"{verdict.who}, {verdict.said_on}.", verdict.reason, because]
            blocks.append(
                Block(
                    strip_markup(write_verdict_label(verdict)),
                    f"statement-{verdict.statement_id}",
                    text=write_plain(texts),
                    items=_list_claims(model, verdict.claims),
                )
            )
    about = "Each is held against the record and the runs of the model; its reason and claims stand below it."
    return SitePage("statements/", write_verdicts_title(verdicts), about, tuple(blocks))


def _list_claims(model: Model, claim_ids: Collection[str]) -> tuple[str, ...]:
    record = model.record
    claims = [record.claim(claim_id) for claim_id in claim_ids]
    return write_plain(
        [f"{name_source(record, claim.source_id)}: {claim.basis}" for claim in claims]
    )


def write_glossary_page(model: Model) -> SitePage:
    """Every term with its picture, its sentence, what it comes to today."""
    title, about = PAGES["glossary"]
    blocks = []
    for group in read_glossary():
        blocks += [Block(group.title), *(_write_term(model, term) for term in group.terms)]
    return SitePage("glossary/", title, about, tuple(blocks))


def _write_term(model: Model, term: Term) -> Block:
    drawing = build_term_drawing(model, term.key, "light")
    page = "" if term.page == "overview" else f"{term.page}/"
    is_here = any(page == link.href for link in NAVIGATION)
    return Block(
        term.name,
        term.key,
        text=write_plain([term.sentence, write_term_fact(model, term.key)]),
        svg=_COLOUR.sub(lambda colour: choose_by_ground(colour[0]), drawing.svg),
        links=(Link(term.where, page),) if is_here else (),
    )


def _frame_picture(model: Model, name: str) -> Block:
    """A picture as it stands embedded anywhere."""
    finding = strip_markup(build_picture(model, name, View()).finding)
    address = f"embed/{name}/"
    return Block(
        key=name, frame=Link(finding, address), links=(Link("This picture alone", address),)
    )
