"""A two-page brief as PDF: the finding, its picture, what else it comes to, who says so, how sure
it is.

Set by Typst with the product's own fonts.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from ramp155.answers.output.fit_report import report_fit
from ramp155.answers.output.reading import read_outlook
from ramp155.files.assets import read_asset
from ramp155.files.poster.chart import complete_spec, draw_chart_svg
from ramp155.files.poster.fonts import FONT_FAMILY, FONT_FOLDER
from ramp155.files.qr_code import draw_qr_svg
from ramp155.files.story.story import Story
from ramp155.model.model import Model
from ramp155.model.version import MODEL_VERSION
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.palette import INK, QUIET
from ramp155.pictures.picture import Picture, strip_markup
from ramp155.pictures.view import View
from ramp155.record.grades import (
    find_best_witness,
    list_witnesses,
    name_source,
    rank_claims,
    say_weak_support,
)
from ramp155.record.records import Records
from ramp155.text.citations import say_address
from ramp155.text.evidence.track import write_track_line
from ramp155.text.numbers import say_rounds_range
from ramp155.text.output.reading import write_reading, write_readout
from ramp155.text.scenario import list_lever_warnings, write_scenario_note

BRIEF_TEMPLATE = "brief.typ"
MOST_FINDINGS, MOST_SOURCES = 8, 9  # as many as the pages hold
CHART_WIDTH = 560  # px
CHART_HEIGHTS = (280, 185, 185)  # px; the first leads the brief
NO_ADDRESS = "https://localhost"  # where a code or a source has no address of its own


def write_brief(model: Model, story: Story, link: str) -> bytes:
    """Write a story as a PDF of two A4 pages, set by Typst with the product's own fonts."""
    import typst

    pictures = [build_picture(model, screen.picture, screen.view) for screen in story.screens]
    leading = find_leading_screen(story)
    later_pictures = [picture for number, picture in enumerate(pictures) if number != leading]
    shown_pictures = [pictures[leading], *later_pictures][: len(CHART_HEIGHTS)]
    contents = list_contents(model, story, pictures, shown_pictures, link)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        heights = CHART_HEIGHTS[: len(shown_pictures)]
        for number, (picture, height) in enumerate(zip(shown_pictures, heights, strict=True)):
            chart_svg, _, _ = draw_chart_svg(complete_spec(picture), "light", CHART_WIDTH, height)
            (root / f"{number}.svg").write_text(chart_svg, encoding="utf-8")
        (root / "qr.svg").write_text(draw_qr_svg(link or NO_ADDRESS), encoding="utf-8")
        (root / "data.json").write_text(json.dumps(contents), encoding="utf-8")
        (root / BRIEF_TEMPLATE).write_text(read_asset(BRIEF_TEMPLATE), encoding="utf-8")
        pdf: bytes = typst.compile(
            str(root / BRIEF_TEMPLATE),
            root=str(root),
            font_paths=[str(FONT_FOLDER)],
            ignore_system_fonts=True,
        )
    return pdf


def list_contents(
    model: Model,
    story: Story,
    pictures: list[Picture],
    shown_pictures: list[Picture],
    link: str,
) -> dict[str, object]:
    """List all that ramp155/assets/brief.typ sets, under the names it asks for."""
    sources, and_more = list_brief_sources(model.record, story)
    return {
        "title": shorten_text(strip_markup(shown_pictures[0].finding), 190),
        "kicker": story.title,
        "font": FONT_FAMILY,
        "ink": INK,
        "quiet": QUIET,
        "made": f"Record as of {model.record.end:%d %B %Y}, version {model.record.version}, model {MODEL_VERSION}",
        "pictures": [
            {
                "file": f"{number}.svg",
                "finding": shorten_text(strip_markup(picture.finding), 200),
                "told": picture.told,
                "source": shorten_text(picture.credit, 300),
            }
            for number, picture in enumerate(shown_pictures)
        ],
        "findings": list_findings(model, story, pictures),
        "sources": sources,
        "more": and_more,
        "doubt": write_doubt(model),
        "link": link or NO_ADDRESS,
        "shown": shorten_text(say_address(link) if link else "", 160),
    }


def find_leading_screen(story: Story) -> int:
    """Find the screen whose finding leads the brief: the first that moves a lever, else the first.

    Parameters
    ----------
    story : Story
        A story with at least one screen.

    Returns
    -------
    int
        Its place among the screens, from 0.
    """
    baseline = View().scenario
    lever_screens = [
        number for number, screen in enumerate(story.screens) if screen.view.scenario != baseline
    ]
    return lever_screens[0] if lever_screens else 0


def list_findings(model: Model, story: Story, pictures: list[Picture]) -> list[tuple[str, str]]:
    """List question and finding of each screen, and where there are few the reading of the scenario."""
    view = story.screens[find_leading_screen(story)].view
    why = write_scenario_note(view.scenario_note)
    findings = [("Why this scenario.", why)] if why else []
    findings += [
        (
            "" if screen.title == story.title else screen.title,
            shorten_text(strip_markup(picture.finding), 230),
        )
        for screen, picture in zip(story.screens, pictures, strict=True)
    ]
    if len(findings) < 5:
        model_reading = read_outlook(model, view.scenario, view.month)
        findings.append(
            ("", strip_markup(write_reading(model.record, view.scenario, model_reading)))
        )
        findings.append(("", strip_markup(write_readout(view.scenario, model_reading))))
        findings += [("", warning) for warning in list_lever_warnings(model, view.scenario)]
    return list(dict.fromkeys(findings))[:MOST_FINDINGS]


def list_brief_sources(records: Records, story: Story) -> tuple[list[tuple[str, str]], str]:
    """List the claims behind the notes, then those behind the published ranges, best first, with addresses; and how many more."""
    note_claims = [claim_id for screen in story.screens for claim_id in screen.claims]
    claim_ids = rank_claims(records, note_claims)
    claim_ids += rank_claims(records, " ".join(records.calibration["claim_ids"]).split())
    address_by_reference: dict[str, tuple[str, str]] = {}
    for claim in map(records.claim, claim_ids):
        source_id = find_best_witness(records, claim.claim_id)
        reference = f"{name_source(records, source_id)}, {claim.reported_on}: {claim.basis}"
        address_by_reference.setdefault(
            reference, (shorten_text(reference, 150), records.source(source_id).url or NO_ADDRESS)
        )
    addresses = list(address_by_reference.values())
    left_out = len(addresses) - MOST_SOURCES
    weak_note = say_weak_support(records, list_witnesses(records, note_claims))
    remarks = [f"Behind the notes stands {weak_note}."] if weak_note else []
    if left_out > 0:
        remarks.append(f"And {left_out} more behind the totals; every one is in the record.")
    return addresses[:MOST_SOURCES], " ".join(remarks)


def write_doubt(model: Model) -> str:
    """Write how sure the brief is, with the likely range of the last year on record."""
    fit_table = report_fit(model)
    output_fit = fit_table[fit_table["target_id"] == "output-2025"]
    low, high = (float(output_fit[end].iloc[0]) for end in ("p10", "p90"))
    return (
        "A forecast here is the median of our runs of a model of the chain from fibre to round; 8 of 10 runs lie in the likely "
        f"range. Published figures weigh the runs: output in 2025 was likely {say_rounds_range(low, high)} rounds. Nobody "
        "publishes how much nitrocellulose Europe makes for shells, so which ingredient limits output is our assumption. "
        f"{write_track_line(model.record)} Capacity is not output."
    )


def shorten_text(text: str, most: int) -> str:
    """Cut a text at a word and end it with an ellipsis where it is too long.

    Parameters
    ----------
    text : str
        Words.
    most : int
        Number of letters at most.

    Returns
    -------
    str
        The text, or its beginning.
    """
    return text if len(text) <= most else f"{text[: most - 2].rsplit(' ', 1)[0]} …"
