"""A brief as PDF: the finding, its picture, what else it comes to, who says so, how sure
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
from ramp155.files.slides.file_names import find_moved_view
from ramp155.files.slides.story_deck import (
    build_slide_picture,
    list_story_unknowns,
    write_story_question,
)
from ramp155.files.story.screen_sources import find_picture_sources
from ramp155.files.story.story import Story
from ramp155.model.model import Model
from ramp155.model.version import MODEL_VERSION
from ramp155.pictures.palette import BORDER, INK, QUIET
from ramp155.pictures.picture import Picture, strip_markup
from ramp155.pictures.source import shorten_credit
from ramp155.pictures.view import View
from ramp155.record.grades import (
    find_best_witness,
    list_witnesses,
    name_source,
    pick_best_sources,
    rank_claims,
    say_weak_support,
    stands_alone,
)
from ramp155.text.citations import say_address
from ramp155.text.evidence.track import write_track_line
from ramp155.text.headlines.fit import shorten_finding, write_rest
from ramp155.text.headlines.unknowns import OUTPUT_PICTURES
from ramp155.text.numbers import say_rounds_range
from ramp155.text.output.reading import write_reading, write_readout
from ramp155.text.scenario import list_lever_warnings, list_note_lines

BRIEF_TEMPLATE = "brief.typ"
FEW_FINDINGS = 5  # below as many each is told in full
MOST_FINDINGS, MOST_SOURCES = 8, 7  # as many as the pages hold
ENOUGH_SOURCES = 3  # that may stand alone: beside them no other is needed
CHART_WIDTH = 560  # px
CHART_SCALE = 0.3  # mm a px: as wide as the page
MOST_PICTURES = 3
MOST_CREDIT = 400  # letters under a picture
# By how many are shown, px; the first leads the brief.
CHART_HEIGHTS = {1: (250,), 2: (340, 260), 3: (320, 150, 150)}
NO_ADDRESS = "https://localhost"  # where a code or a source has no address of its own


def write_brief(model: Model, story: Story, link: str) -> bytes:
    """Write a story as a PDF, set by Typst with the product's own fonts: two A4 pages, one where it has one picture."""
    import typst

    pictures = [build_slide_picture(model, screen) for screen in story.screens]
    leading = find_leading_screen(story)
    later_pictures = [picture for number, picture in enumerate(pictures) if number != leading]
    shown_pictures = [pictures[leading], *later_pictures][:MOST_PICTURES]
    contents = list_contents(model, story, pictures, shown_pictures, link)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        heights = choose_heights(shown_pictures)
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


def choose_heights(pictures: list[Picture]) -> tuple[int, ...]:
    """How high the charts of a brief are; beside a table of lines a second one is lower.

    Parameters
    ----------
    pictures : list of Picture
        One to three.

    Returns
    -------
    tuple of int
        Pixels, one a picture.
    """
    if len(pictures) == 2 and pictures[0].table is not None:
        return (CHART_HEIGHTS[2][0], CHART_HEIGHTS[3][1])
    return CHART_HEIGHTS[len(pictures)]


def list_contents(
    model: Model,
    story: Story,
    pictures: list[Picture],
    shown_pictures: list[Picture],
    link: str,
) -> dict[str, object]:
    """List all that ramp155/assets/brief.typ sets, under the names it asks for."""
    sources, and_more = list_brief_sources(model, story)
    leading = shown_pictures[0]
    title = leading.headline or shorten_finding(strip_markup(leading.finding))
    rest = strip_markup(leading.detail) or write_rest(title, strip_markup(leading.finding))
    lead = shorten_text(rest, 300)
    findings = list_findings(model, story, pictures)
    said = {write_plainly(text) for text in (title, lead, leading.finding)}
    return {
        "title": title,
        "lead": lead,
        "call": "Move the levers yourself" if shows_output(story) else "Open it live",
        "kicker": write_story_question(model.record, story),
        "font": FONT_FAMILY,
        "ink": INK,
        "quiet": QUIET,
        "line": BORDER,
        "made": f"Record as of {model.record.end:%d %B %Y}, version {model.record.version}, model {MODEL_VERSION}",
        "pictures": [
            {
                "file": f"{number}.svg",
                "finding": picture.headline or shorten_text(strip_markup(picture.finding), 200),
                "height": height * CHART_SCALE,
                "told": picture.told,
                "source": shorten_credit(
                    picture.source if picture.table else picture.credit, MOST_CREDIT, "at the end"
                ),
                **_write_table(picture),
            }
            for number, (picture, height) in enumerate(
                zip(shown_pictures, choose_heights(shown_pictures), strict=True)
            )
        ],
        "unknowns": list_story_unknowns(model, story),
        "reason": list_note_lines(model.record, find_moved_view(story).scenario_note),
        "findings": [pair for pair in findings if pair[0] or write_plainly(pair[1]) not in said],
        "sources": sources,
        "more": and_more,
        # A brief of one page says what is not known and no more.
        "doubt": write_doubt(model) if shows_output(story) and len(shown_pictures) > 1 else "",
        "none": NO_ADDRESS,
        "link": link or NO_ADDRESS,
        "shown": say_address(shorten_text(link, 160)) if link else "",
    }


def _write_table(picture: Picture) -> dict[str, object]:
    """The table that a brief has in a picture's stead, under the names its template asks for; no rows where there is none."""
    table = picture.table
    if table is None:
        return {"heads": [], "widths": [], "rows": []}
    return {
        "heads": list(table.heads),
        "widths": list(table.widths),
        "rows": [list(cells) for cells in table.rows],
    }


def write_plainly(text: str) -> str:
    """A sentence without what does not change what it says: markup, its end, and large letters."""
    return strip_markup(text).strip(" .").lower()


def shows_output(story: Story) -> bool:
    """Whether a brief has numbers of the forecast of output."""
    return any(screen.picture in OUTPUT_PICTURES for screen in story.screens)


def find_leading_screen(story: Story) -> int:
    """Find the screen that leads the brief: the one that asks the story's question, else the first that moves a lever, else the first.

    Parameters
    ----------
    story : Story
        A story with at least one screen.

    Returns
    -------
    int
        Its place among the screens, a count from 0.
    """
    baseline = View().scenario
    asked = [number for number, screen in enumerate(story.screens) if screen.title == story.title]
    moved = [
        number for number, screen in enumerate(story.screens) if screen.view.scenario != baseline
    ]
    return [*asked, *moved, 0][0]


def list_findings(model: Model, story: Story, pictures: list[Picture]) -> list[tuple[str, str]]:
    """List question and finding of each screen, and where there are few the reading of the scenario."""
    few = len(pictures) < FEW_FINDINGS
    findings = [
        (
            # Of a page all screens have one title: the scenario's own, which stands above.
            screen.title if story.key else "",
            shorten_text(strip_markup(picture.finding), 230)
            if few or screen.answer or not picture.headline
            else picture.headline,
        )
        for screen, picture in zip(story.screens, pictures, strict=True)
    ]
    view = story.screens[find_leading_screen(story)].view
    if few and shows_output(story):
        model_reading = read_outlook(model, view.scenario, view.month)
        findings.append(
            ("", strip_markup(write_reading(model.record, view.scenario, model_reading)))
        )
        findings.append(("", strip_markup(write_readout(view.scenario, model_reading))))
        findings += [("", warning) for warning in list_lever_warnings(model, view.scenario)]
    return list(dict.fromkeys(findings))[:MOST_FINDINGS]


def list_brief_sources(model: Model, story: Story) -> tuple[list[tuple[str, str]], str]:
    """List who stands behind the numbers, best first, with addresses; and how many more.

    Those behind the notes come first, then those behind the pictures.
    """
    records = model.record
    note_claims = [claim_id for screen in story.screens for claim_id in screen.claims]
    picture_claims, picture_sources = list[str](), list[str]()
    for screen in story.screens:
        claims_behind, sources_behind = find_picture_sources(model, screen)
        picture_claims += claims_behind
        picture_sources += sources_behind
    claim_ids = [*rank_claims(records, note_claims), *rank_claims(records, picture_claims)]
    address_by_reference: dict[str, tuple[str, str]] = {}
    witnesses = {claim_id: find_best_witness(records, claim_id) for claim_id in claim_ids}
    standing = [claim_id for claim_id in claim_ids if stands_alone(records, witnesses[claim_id])]
    for claim in map(records.claim, standing if len(standing) >= ENOUGH_SOURCES else claim_ids):
        source_id = witnesses[claim.claim_id]
        reference = f"{name_source(records, source_id)}, {claim.reported_on}: {claim.basis}"
        address_by_reference.setdefault(
            reference, (shorten_text(reference, 150), records.source(source_id).url or NO_ADDRESS)
        )
    for source_id in pick_best_sources(records, picture_sources, MOST_SOURCES):
        source = records.source(source_id)
        reference = f"{name_source(records, source_id)}: {source.title}"
        if source.url:
            address_by_reference.setdefault(reference, (shorten_text(reference, 150), source.url))
    addresses = list(address_by_reference.values())
    left_out = len(addresses) - MOST_SOURCES
    weak_note = say_weak_support(records, list_witnesses(records, note_claims))
    remarks = [f"Behind the notes stands {weak_note}."] if weak_note else []
    if left_out > 0:
        remarks.append(f"And {left_out} more behind the numbers; every one is in the record.")
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
