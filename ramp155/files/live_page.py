"""The live slider as one HTML file that works anywhere: from an e-mail, a stick, without a server
or network.

The component that a page mounts is put into a page of its own, with its data, words and fonts
inside; a content security policy forbids it to ask for anything.
"""

from __future__ import annotations

import base64
import dataclasses
import json
from typing import NamedTuple

from ramp155.files.assets import fill_template, join_engine, read_asset
from ramp155.files.live_body import build_live_body
from ramp155.files.poster.fonts import FONT_FAMILY, embed_fonts
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.output.engine import pack_engine
from ramp155.pictures.palette import DARK, LIGHT, THEMES
from ramp155.pictures.picture import strip_markup
from ramp155.pictures.view import View
from ramp155.record.grades import list_witnesses, name_source, rank_claims
from ramp155.record.records import Records
from ramp155.text.scenario import name_scenario

PAGE_TEMPLATE = "live_page.html"
SLIDER_HEIGHT = 330  # px


class PublishedReport(NamedTuple):
    """A report behind a published range, as the page lists it."""

    observable: str
    year: int
    url: str
    publisher: str
    title: str


def write_live_page(model: Model, view: View, link: str = "") -> bytes:
    """Write the What-if instrument under a view's scenario as a self-contained HTML file.

    The slider stands where the scenario has it; the other levers are as set and said under the title.
    """
    other_levers = dataclasses.replace(view.scenario, nitrocellulose=1.0)
    also_set = (
        f"Also set: {name_scenario(model.record, other_levers)}. "
        if other_levers.moved or other_levers.assume
        else ""
    )
    slider_state = {
        "value": round(view.scenario.nitrocellulose * 100),
        "stamp": 1,
        "version": f"{model.record.version}",
    }
    body = build_live_body(model, other_levers, view.month, SLIDER_HEIGHT, "full")
    picture = build_picture(model, "output", view)
    return fill_template(
        PAGE_TEMPLATE,
        title=strip_markup(picture.finding),
        fonts=embed_fonts(),
        themes=write_theme_styles(),
        css=read_asset("live.css"),
        levers_css=read_asset("levers.css"),
        html=read_asset("live.html"),
        note=also_set + picture.credit,
        reports=list_published_reports(model.record),
        link=link,
        script=read_asset("live.js").replace("export default function", "function start"),
        engine=join_engine("sliders.js", "levers.js"),
        engine_block=base64.b64encode(pack_engine(model, other_levers.assume)).decode(),
        levers=json.dumps(other_levers.as_dict()).replace("<", "\\u003c"),
        dark_colours=json.dumps(dict(zip(LIGHT.values(), DARK.values(), strict=True))),
        packed=base64.b64encode(json.dumps(slider_state).encode() + b"\n" + body).decode(),
    ).encode()


def write_theme_styles() -> str:
    """Write the page's colours under the names the component reads, light and dark."""

    def style_theme(theme: str) -> str:
        tones = THEMES[theme]
        return (
            f"--st-text-color:{tones['ink']};--st-background-color:{tones['paper']};"
            f"--st-secondary-background-color:{tones['panel']};--st-border-color:{tones['border']};"
            f"--st-primary-color:{tones['europe']};--st-link-color:{tones['link']};"
            f"--st-base-radius:4px;--st-font:{FONT_FAMILY},sans-serif;--st-heading-font:{FONT_FAMILY},sans-serif;"
        )

    return f":root{{{style_theme('light')}}}@media(prefers-color-scheme:dark){{:root{{{style_theme('dark')}}}}}"


def list_published_reports(records: Records) -> list[PublishedReport]:
    """List who said the published totals, each report once, the best first of each total."""
    targets = records.calibration
    reports: dict[PublishedReport, None] = {}
    for observable, year, claim_ids in zip(
        targets["observable"], targets["year"], targets["claim_ids"], strict=True
    ):
        for source_id in list_witnesses(records, rank_claims(records, claim_ids.split())):
            source, name = records.source(source_id), name_source(records, source_id)
            reports[PublishedReport(observable, year, source.url, name, source.title)] = None
    return list(reports)
