"""A two-page brief as PDF: the finding, its picture, what else it comes to, who says so, how sure it is."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import segno

from ramp155 import ensemble, outlook, palette, posters, screens, simulation, words
from ramp155.posters import Picture
from ramp155.records import Records
from ramp155.stories import Story

_TEMPLATE = Path(__file__).parent / "assets" / "brief.typ"
_FINDINGS, _SOURCES = 8, 9  # as many as the pages hold


def pdf(records: Records, story: Story, link: str) -> bytes:
    """A story as a PDF of two A4 pages, set by Typst with the product's own fonts."""
    import typst

    pictures = [screens.build(records, s.picture, s.view) for s in story.screens]
    first = _leading(story)
    ordered = [pictures[first], *(p for n, p in enumerate(pictures) if n != first)]
    drawn = ordered[:3]
    told = _told(records, story, pictures)
    sources, more = _sources(records, story)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for place, picture in enumerate(drawn):
            high = 280.0 if place == 0 else 185.0
            svg, _, _ = posters.chart(posters.whole(picture), "light", 560, high)
            (root / f"{place}.svg").write_text(svg, encoding="utf-8")
        segno.make(link or "https://localhost", error="m").save(str(root / "qr.svg"), border=1)
        (root / "data.json").write_text(
            json.dumps(
                {
                    "title": _cut(posters.plain(drawn[0].finding), 190),
                    "kicker": story.title,
                    "font": posters.FAMILY,
                    "ink": palette.INK,
                    "quiet": palette.QUIET,
                    "made": f"Record as of {records.end:%d %B %Y}, version {records.version}, model {simulation.MODEL}",
                    "pictures": [
                        {
                            "file": f"{place}.svg",
                            "finding": _cut(posters.plain(p.finding), 200),
                            "told": p.told,
                            "source": _cut(p.source, 300),
                        }
                        for place, p in enumerate(drawn)
                    ],
                    "findings": told,
                    "sources": sources,
                    "more": more,
                    "doubt": _doubt(records),
                    "link": link,
                    "shown": _cut(link, 160),
                }
            ),
            encoding="utf-8",
        )
        (root / "brief.typ").write_text(_TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
        return typst.compile(
            str(root / "brief.typ"),
            root=str(root),
            font_paths=[str(posters.FONTS)],
            ignore_system_fonts=True,
        )


def _leading(story: Story) -> int:
    """The screen whose finding leads the brief: the first that moves a lever, else the first."""
    usual = screens.View().scenario
    moved = [n for n, screen in enumerate(story.screens) if screen.view.scenario != usual]
    return moved[0] if moved else 0


def _told(records: Records, story: Story, pictures: list[Picture]) -> list[tuple[str, str]]:
    """Question and finding of each screen, and where there are few the reading of the scenario."""
    found = [
        (screen.title, _cut(posters.plain(picture.finding), 230))
        for screen, picture in zip(story.screens, pictures, strict=True)
    ]
    view = story.screens[_leading(story)].view
    if len(found) < 5:
        at = outlook.read(records, view.scenario, view.month, screens.DRAWS)
        found.append(("", posters.plain(words.reading(records, view.scenario, at))))
        found.append(("", posters.plain(words.readout(view.scenario, at))))
        found += [("", warning) for warning in words.warnings(records, view.scenario)]
    return list(dict.fromkeys(found))[:_FINDINGS]


def _sources(records: Records, story: Story) -> tuple[list[tuple[str, str]], str]:
    """The claims behind the notes, then those the model is fitted to, with addresses; and how many more."""
    ids = [claim for screen in story.screens for claim in screen.claims]
    ids += " ".join(records.calibration["claim_ids"]).split()
    found: dict[str, tuple[str, str]] = {}
    for claim in map(records.claim, ids):
        source = records.source(claim.source_id)
        text = f"{source.publisher}, {claim.reported_on}: {claim.basis}"
        found.setdefault(text, (_cut(text, 150), source.url or "https://localhost"))
    listed = list(found.values())
    rest = len(listed) - _SOURCES
    more = f"And {rest} more behind the totals; every one is in the record." if rest > 0 else ""
    return listed[:_SOURCES], more


def _doubt(records: Records) -> str:
    fit = ensemble.report(records, screens.DRAWS).set_index("target_id")
    row = fit.loc["output-2025"]
    return (
        "Forecasts are those of a model of the chain from fibre to round, with a band of 8 in 10 sets of assumptions that fit "
        f"the totals published for 2022 to 2025 (output in 2025: {words.span(row['p10'], row['p90'])} rounds). Nobody publishes how "
        "much nitrocellulose Europe makes for shells: 100 % is an estimate. Run as of 2022 to 2024 the model was too low more "
        "often than not, because Europe grew faster than what was on record. Capacity is not output."
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 2].rsplit(' ', 1)[0]} …"
