"""Plants on the static site: the list by country, and for each what it does, what was promised and came, who says so."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ramp155.answers.plants.neighbours import list_neighbours, list_plants_by_country
from ramp155.files.site.sheet import Block, Link, SitePage, draw_block, write_plain
from ramp155.history.standing.rules import STATUS_RULE_WORDS
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.map.symbols import STATUS_GLYPHS
from ramp155.pictures.ramp.rows import list_rows
from ramp155.pictures.ramp.told_lines import list_line_statuses
from ramp155.pictures.view import View
from ramp155.record.grades import name_source, name_weakness
from ramp155.record.records import Records
from ramp155.record.schema.vocabulary import CONFIDENCE, EVENTS, PRODUCTS
from ramp155.text.numbers import count_words
from ramp155.text.plant.promises import list_rate_sentences, list_step_sentences
from ramp155.text.plant.standing import name_line, say_products, write_summary
from ramp155.text.plant.unknowns import list_line_unknowns, list_site_unknowns
from ramp155.text.signs import STATUS_WORDS


def list_plant_pages(model: Model, site_ids: Collection[str] = ()) -> list[SitePage]:
    """The list of plants and the page of each; of those named alone where any are."""
    record = model.record
    countries = list_plants_by_country(record)
    chosen = [
        site.site_id
        for sites in countries.values()
        for site in sites
        if not site_ids or site.site_id in site_ids
    ]
    blocks = [
        Block(
            country,
            links=tuple(Link(site.name, f"plant/{site.site_id}/") for site in sites),
        )
        for country, all_sites in countries.items()
        if (sites := [site for site in all_sites if site.site_id in chosen])
    ]
    contents = SitePage(
        "plant/",
        "Every plant has a page of its own",
        f"{count_words(len(chosen), 'plant')} in {count_words(len(blocks), 'country', 'countries')}.",
        tuple(blocks),
        "embed/sites/preview.png",
    )
    return [contents, *(write_plant_page(model, site_id, chosen) for site_id in chosen)]


def write_plant_page(model: Model, site_id: str, site_ids: Collection[str]) -> SitePage:
    """A plant's page; others that make the same are linked where they are of `site_ids`."""
    record = model.record
    site = record.site(site_id)
    statuses = list_line_statuses(record, site_id)
    countries = dict(zip(record.countries["country"], record.countries["name"], strict=True))
    place = f"{site.town or 'Town not published'}, {countries[site.country]}"
    owner = f", owned by {site.parent}" if site.parent not in ("", site.operator) else ""
    products = say_products(record, [str(row["line_id"]) for row in statuses])
    head = Block(
        text=write_plain([f"{place}. Maker: {site.operator}{owner}. {products}", site.note])
    )
    unknowns = Block("What is not known", items=write_plain(list_site_unknowns(record, site_id)))
    blocks = [
        head,
        *(_write_line(model, row) for row in statuses),
        *([unknowns] if unknowns.items else []),
        _write_reports(record, [str(row["line_id"]) for row in statuses]),
        *_list_neighbours(record, site_id, site_ids),
    ]
    return SitePage(
        f"plant/{site_id}/",
        site.name,
        write_plain([write_summary(record, statuses)])[0],
        tuple(blocks),
        "embed/sites/preview.png",
    )


def _write_line(model: Model, line_status: dict[str, Any]) -> Block:
    """A line: what was promised and came, the rule that decides, its ramp where something of it is dated."""
    record = model.record
    line = record.line(line_status["line_id"])
    status = str(line_status["status"])
    rule = STATUS_RULE_WORDS.get(line_status["rule"], "")
    block = Block(
        f"{STATUS_GLYPHS[status]} {name_line(line)}: {STATUS_WORDS[status]}",
        line.line_id,
        text=write_plain([f"{line.title.rstrip('.')}.", line.note, rule]),
        items=write_plain(
            [
                *list_step_sentences(record, line.line_id),
                *list_rate_sentences(record, line.line_id),
                *list_line_unknowns(record, line_status),
            ]
        ),
    )
    if list_rows(model, line.line_id, is_read=False).is_blank:
        return block
    picture = build_picture(model, "ramp", View(site=line.site_id, line=line.line_id))
    return draw_block(picture, block)


def _write_reports(record: Records, line_ids: list[str]) -> Block:
    """Every report, the last said first."""
    reports = [event for line_id in line_ids for event in record.events_of[line_id]]
    reports = sorted(reports, key=lambda event: event.reported_on, reverse=True)
    report_rows = []
    for event in reports:
        source = record.source(event.source_id)
        says = [name_source(record, event.source_id), name_weakness(record, event.source_id)]
        is_address = source.url.startswith(("https://", "http://"))
        report_rows.append(
            (
                Link(event.reported_on or "undated"),
                Link(event.date or "no date"),
                Link(f"{EVENTS[event.event]}, {event.status}. {event.basis}"),
                Link(", ".join(filter(None, says)), source.url if is_address else ""),
                Link(event.confidence),
            )
        )
    grades = "; ".join(f"{grade}: {words}" for grade, words in CONFIDENCE.items())
    return Block(
        f"{count_words(len(report_rows), 'report')}, the last said first",
        "reports",
        columns=("Said", "About", "Report", "Who says so", "Confidence"),
        rows=tuple(report_rows),
        credit=f"Confidence {grades}.",
    )


def _list_neighbours(record: Records, site_id: str, site_ids: Collection[str]) -> list[Block]:
    """Others that make the same, by product."""
    blocks = []
    for product, sites in list_neighbours(record, site_id).items():
        links = tuple(
            Link(site.name, f"plant/{site.site_id}/") for site in sites if site.site_id in site_ids
        )
        if links:
            blocks.append(Block(f"Others that make the same: {PRODUCTS[product]}", links=links))
    return blocks
