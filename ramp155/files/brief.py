"""A two-page brief as PDF: the finding, its picture, what else it comes to, who says so, how sure it is. Set by Typst with the product's own fonts."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import segno

from ramp155.answers.output.fit_report import report_fit
from ramp155.answers.output.reading import read_outlook
from ramp155.files.poster.chart import complete_spec, draw_chart_svg
from ramp155.files.poster.fonts import FONT_FAMILY, FONT_FOLDER
from ramp155.files.story.story import Story
from ramp155.model.model import Model
from ramp155.model.version import MODEL_VERSION
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.palette import INK, QUIET
from ramp155.pictures.picture import Picture, strip_markup
from ramp155.pictures.view import View
from ramp155.record.records import Records
from ramp155.text.numbers import say_rounds_range
from ramp155.text.output.reading import write_reading, write_readout
from ramp155.text.scenario import list_lever_warnings

BRIEF_TEMPLATE = Path(__file__).parents[1] / "assets" / "brief.typ"
MOST_FINDINGS, MOST_SOURCES = 8, 9  # as many as the pages hold


def write_brief(model: Model, story: Story, link: str) -> bytes:
    """A story as a PDF of two A4 pages, set by Typst with the product's own fonts."""
    import typst

    pictures = [build_picture(model, screen.picture, screen.view) for screen in story.screens]
    leading = find_leading_screen(story)
    ordered = [
        pictures[leading],
        *(picture for number, picture in enumerate(pictures) if number != leading),
    ]
    drawn_pictures = ordered[:3]
    findings = list_findings(model, story, pictures)
    sources, and_more = list_brief_sources(model.record, story)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for position, picture in enumerate(drawn_pictures):
            chart_height = 280.0 if position == 0 else 185.0
            svg_text, _, _ = draw_chart_svg(complete_spec(picture), "light", 560, chart_height)
            (root / f"{position}.svg").write_text(svg_text, encoding="utf-8")
        segno.make(link or "https://localhost", error="m").save(str(root / "qr.svg"), border=1)
        (root / "data.json").write_text(
            json.dumps(
                {
                    "title": shorten_text(strip_markup(drawn_pictures[0].finding), 190),
                    "kicker": story.title,
                    "font": FONT_FAMILY,
                    "ink": INK,
                    "quiet": QUIET,
                    "made": f"Record as of {model.record.end:%d %B %Y}, version {model.record.version}, model {MODEL_VERSION}",
                    "pictures": [
                        {
                            "file": f"{position}.svg",
                            "finding": shorten_text(strip_markup(picture.finding), 200),
                            "told": picture.told,
                            "source": shorten_text(picture.source, 300),
                        }
                        for position, picture in enumerate(drawn_pictures)
                    ],
                    "findings": findings,
                    "sources": sources,
                    "more": and_more,
                    "doubt": write_doubt(model),
                    "link": link,
                    "shown": shorten_text(link, 160),
                }
            ),
            encoding="utf-8",
        )
        (root / "brief.typ").write_text(
            BRIEF_TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8"
        )
        return typst.compile(
            str(root / "brief.typ"),
            root=str(root),
            font_paths=[str(FONT_FOLDER)],
            ignore_system_fonts=True,
        )


def find_leading_screen(story: Story) -> int:
    """The screen whose finding leads the brief: the first that moves a lever, else the first."""
    baseline = View().scenario
    moved = [
        number for number, screen in enumerate(story.screens) if screen.view.scenario != baseline
    ]
    return moved[0] if moved else 0


def list_findings(model: Model, story: Story, pictures: list[Picture]) -> list[tuple[str, str]]:
    """Question and finding of each screen, and where there are few the reading of the scenario."""
    findings = [
        (screen.title, shorten_text(strip_markup(picture.finding), 230))
        for screen, picture in zip(story.screens, pictures, strict=True)
    ]
    view = story.screens[find_leading_screen(story)].view
    if len(findings) < 5:
        model_reading = read_outlook(model, view.scenario, view.month)
        findings.append(
            ("", strip_markup(write_reading(model.record, view.scenario, model_reading)))
        )
        findings.append(("", strip_markup(write_readout(view.scenario, model_reading))))
        findings += [("", warning) for warning in list_lever_warnings(model, view.scenario)]
    return list(dict.fromkeys(findings))[:MOST_FINDINGS]


def list_brief_sources(records: Records, story: Story) -> tuple[list[tuple[str, str]], str]:
    """The claims behind the notes, then those the model is fitted to, with addresses; and how many more."""
    claim_ids = [claim_id for screen in story.screens for claim_id in screen.claims]
    claim_ids += " ".join(records.calibration["claim_ids"]).split()
    address_by_reference: dict[str, tuple[str, str]] = {}
    for claim_id in map(records.claim, claim_ids):
        source = records.source(claim_id.source_id)
        reference = f"{source.publisher}, {claim_id.reported_on}: {claim_id.basis}"
        address_by_reference.setdefault(
            reference, (shorten_text(reference, 150), source.url or "https://localhost")
        )
    listed = list(address_by_reference.values())
    left_out = len(listed) - MOST_SOURCES
    and_more = (
        f"And {left_out} more behind the totals; every one is in the record."
        if left_out > 0
        else ""
    )
    return listed[:MOST_SOURCES], and_more


def write_doubt(model: Model) -> str:
    fit_table = report_fit(model).set_index("target_id")
    row = fit_table.loc["output-2025"]
    return (
        "Forecasts are those of a model of the chain from fibre to round, with a band of 8 in 10 sets of assumptions that fit "
        f"the totals published for 2022 to 2025 (output in 2025: {say_rounds_range(row['p10'], row['p90'])} rounds). Nobody publishes how "
        "much nitrocellulose Europe makes for shells: 100 % is an estimate. Run as of 2022 to 2024 the model was too low more "
        "often than not, because Europe grew faster than what was on record. Capacity is not output."
    )


def shorten_text(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 2].rsplit(' ', 1)[0]} …"
