"""The ramp of one line of a plant, as a picture."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ramp155.base.memory import remember
from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.pictures.builder import build_band, build_native_chart, draw_nothing, remember_picture
from ramp155.pictures.grammar.signs import list_sign_series, list_signs
from ramp155.pictures.grammar.spec import list_values
from ramp155.pictures.palette import EUROPE, NAMEPLATE
from ramp155.pictures.picture import Band, NativeChart, Picture
from ramp155.pictures.ramp.rows import RampRows, list_rows
from ramp155.pictures.ramp.spec import draw_ramp_chart
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View, find_known_record
from ramp155.record.dates import month_range
from ramp155.record.records import Records
from ramp155.text.headlines.plants import write_ramp_headline
from ramp155.text.plant.promises import say_unit
from ramp155.text.plant.ramp import write_ramp_title
from ramp155.text.plant.standing import name_product, say_line_now
from ramp155.text.signs import write_key

_NO_DATE = "No rate and no step of this line has a date to stand at."

OUR_READING = "Our reading"


@remember_picture
def build_ramp_picture(model: Model, view: View) -> Picture:
    """The ramp of a view's line, as its date knew it; without a line that of the plant of which most is told."""
    known_record = find_known_record(model, view)
    line_id = find_pictured_line(known_record, view)
    known_model = model.with_record(known_record)
    ramp_rows = list_rows(known_model, line_id, is_read=known_record == model.record)
    line_status = find_line_status(known_record, line_id)
    end = known_record.end
    if ramp_rows.is_blank:
        spec = draw_nothing(_NO_DATE)
    else:
        spec = draw_ramp_chart(ramp_rows, end.isoformat(), f"as known on {end.day} {end:%B %Y}")
    return Picture(
        "ramp",
        finding=write_ramp_title(known_record, line_status),
        headline=write_ramp_headline(
            known_record.site(known_record.line(line_id).site_id).name,
            name_product(known_record.line(line_id)),
            say_line_now(known_record, line_status).split("; ")[0].partition(" (")[0],
        ),
        spec=spec,
        source=write_source_line(
            known_model,
            _note_what_is_drawn(ramp_rows),
            [event.source_id for event in known_record.events_of[line_id]],
        ),
        key=_write_ramp_key(ramp_rows),
        alt=_NO_DATE
        if ramp_rows.is_blank
        else f"{known_record.line(line_id).title}: rates and steps over time, promised and reported",
        native=_build_native_ramp(ramp_rows),
    )


def find_pictured_line(known: Records, view: View) -> str:
    """The line that a view's ramp is drawn of: its own, else the most told one of its plant or of all plants."""
    if view.line and (not view.site or known.line(view.line).site_id == view.site):
        return view.line
    return list_told_lines(known, view.site)[0]


@remember
def list_told_lines(records: Records, site_id: str = "") -> tuple[str, ...]:
    """The lines of a plant ("": of all), those of which most is reported first."""
    lines = records.lines
    line_ids = list(
        lines.loc[lines["site_id"] == site_id, "line_id"] if site_id else lines["line_id"]
    )
    return tuple(sorted(line_ids, key=lambda line_id: -len(records.events_of[line_id])))


def find_line_status(known: Records, line_id: str) -> dict[str, Any]:
    """The row of `list_statuses` of one line."""
    statuses = list_statuses(known)
    return list_values(statuses[statuses["line_id"] == line_id])[0]


def list_pictured_lines(model: Model, view: View) -> tuple[str, ...]:
    """The lines of a view's plant whose ramp has anything to draw, the most told first; at least one."""
    known_record = find_known_record(model, view)
    line_ids = list_told_lines(known_record, view.site)
    known_model = model.with_record(known_record)
    pictured_ids = [
        line for line in line_ids if not list_rows(known_model, line, is_read=False).is_blank
    ]
    return tuple(pictured_ids) or line_ids[:1]


def _note_what_is_drawn(rows: RampRows) -> str:
    """What is drawn where, for the source line."""
    if rows.is_blank:
        return "One line of a plant."
    notes = ["A promise stands at the date promised for; the older, the fainter."]
    if len(rows.reading):
        notes.append("Dotted line and band: our reading of its capacity, with the likely range.")
    return " ".join(notes)


def _write_ramp_key(rows: RampRows) -> str:
    names = [*rows.rates["sign"], *rows.steps["sign"]]
    late = "; red: late" if (rows.slips["tone"] == "late").any() else ""
    ours = "; dotted line and band: our reading, no report" if len(rows.reading) else ""
    return f"{write_key(list_signs(names))}{late}{ours}." if names else ""


def _build_native_ramp(rows: RampRows) -> NativeChart | None:
    """Rates and our reading as a chart that a slide program draws; None without rates."""
    if rows.rates.empty:
        return None
    # A band that ends before its axis would fall to nothing: the axis ends with what is drawn.
    drawn = [*rows.rates["date"], *(rows.reading["date"] if len(rows.reading) else ())]
    months = month_range(rows.first[:7], max(map(str, drawn))[:7])
    series, signs = list_sign_series(rows.rates, months, "rate")
    reading = (
        rows.reading.set_index(rows.reading["date"].str[:7])
        if len(rows.reading)
        else pd.DataFrame()
    )
    bands: tuple[Band, ...] = ()
    if len(reading):
        middle, low, high = (reading[name].reindex(months) for name in ("middle", "low", "high"))
        series = {OUR_READING: list(middle), **series}
        bands = (build_band("Likely range", low, high, EUROPE),)
    colours = [
        EUROPE if name == OUR_READING or signs[name].is_filled else NAMEPLATE for name in series
    ]
    return build_native_chart(
        "line",
        months,
        series=series,
        colours=colours,
        unit=say_unit(rows.unit),
        dashed=(OUR_READING,),
        signs=signs,
        key=f"Marks: {write_key(signs.values())}.",
        bands=bands,
    )
