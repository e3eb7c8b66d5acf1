"""The picture of every term of the glossary, by its key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.pictures.glossary.counting import (
    draw_baseline,
    draw_bottleneck,
    draw_capacity,
    draw_rate,
    draw_refurbished,
)
from ramp155.pictures.glossary.evidence import draw_confidence, draw_inferred, draw_track_record
from ramp155.pictures.glossary.makings import draw_calibres, draw_fibre, draw_nitrocellulose
from ramp155.pictures.glossary.plants import draw_late, draw_plant, point_out_status
from ramp155.pictures.glossary.round_parts import draw_whole_round, point_out
from ramp155.pictures.glossary.runs import (
    draw_assumption,
    draw_likely_range,
    draw_median,
    draw_odds,
    draw_published_figure,
    draw_runs,
)
from ramp155.pictures.glossary.sheet import Sheet

TERM_DRAWINGS: dict[str, Callable[[Sheet, Model], str]] = {
    "round": draw_whole_round,
    "shell": point_out("shell"),
    "explosive": point_out("explosive"),
    "fuze": point_out("fuze", "primer"),
    "charge": point_out("charge"),
    "powder": point_out("powder"),
    "nitrocellulose": draw_nitrocellulose,
    "fibre": draw_fibre,
    "calibre": draw_calibres,
    "output": draw_rate,
    "capacity": draw_capacity,
    "bottleneck": draw_bottleneck,
    "baseline": draw_baseline,
    "refurbished": draw_refurbished,
    "plant": draw_plant,
    "announced": point_out_status("announced"),
    "construction": point_out_status("construction"),
    "commissioning": point_out_status("commissioning"),
    "ramping": point_out_status("ramping"),
    "full-rate": point_out_status("full rate"),
    "operating": point_out_status("operating"),
    "suspended": point_out_status("suspended"),
    "cancelled": point_out_status("cancelled"),
    "unknown": point_out_status("unknown"),
    "late": draw_late,
    "assumption": draw_assumption,
    "run": draw_runs,
    "median": draw_median,
    "likely-range": draw_likely_range,
    "published-figure": draw_published_figure,
    "odds": draw_odds,
    "confidence": draw_confidence,
    "inferred": draw_inferred,
    "track-record": draw_track_record,
}


@dataclass(frozen=True)
class TermDrawing:
    """A term's picture as SVG, and the sentence that stands for it where it is not seen."""

    svg: str
    alt: str


@remember
def build_term_drawing(model: Model, key: str, theme: str) -> TermDrawing:
    """The picture of a term on the ground of a theme. Raises KeyError for a term that has none."""
    sheet = Sheet(theme)
    alt = TERM_DRAWINGS[key](sheet, model)
    return TermDrawing(sheet.finish(alt), alt)
