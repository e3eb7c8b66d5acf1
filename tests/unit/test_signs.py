"""One sign has one meaning, wherever it stands, and a promise is never drawn as a report."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pptx import Presentation

from ramp155.answers.money import list_prices
from ramp155.answers.track.forecasts import list_series_track
from ramp155.files.poster.fonts import load_font
from ramp155.files.poster.picture_table import build_picture_table, iterate_layers
from ramp155.files.slides.pptx_deck import Slide, write_slide_credit, write_slides
from ramp155.history.claims import list_claims
from ramp155.history.slips import group_slips
from ramp155.history.standing.sites import STATUS_GROUPS
from ramp155.history.status import STATUSES
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import CATALOGUE, build_picture
from ramp155.pictures.evidence.groups import draw_slip_groups
from ramp155.pictures.evidence.quantity import draw_quantity
from ramp155.pictures.evidence.topic import draw_topic
from ramp155.pictures.evidence.track import (
    draw_europe_track,
    draw_series_track,
    list_track_marks,
)
from ramp155.pictures.gap.deliveries import draw_deliveries
from ramp155.pictures.gap.russia import draw_russian_estimates
from ramp155.pictures.gap.ukraine import draw_ukrainian_need
from ramp155.pictures.grammar.spec import Spec
from ramp155.pictures.map.symbols import STATUS_PATHS
from ramp155.pictures.output.live import pack_live_data
from ramp155.pictures.picture import Picture
from ramp155.pictures.plants.policies import draw_policies
from ramp155.pictures.procurement.prices import draw_prices
from ramp155.pictures.ramp.rates import list_ramp_rows, list_undated_promises
from ramp155.pictures.view import View
from ramp155.record.dates import first_day, last_day
from ramp155.record.records import Records
from ramp155.text.plants import write_undated_promises
from ramp155.text.signs import (
    CLAIM_SIGNS,
    SIGN_OF,
    SIGNS,
    STATUS_SIGNS,
    STATUS_WORDS,
    Sign,
    write_key,
)
from ramp155.text.speakers import find_speaker, name_who

ROOT = Path(__file__).parents[2]
SHAPED = {(sign.shape, sign.is_filled): sign for sign in SIGNS if sign.shape}
WHO_WHEN_WHAT = {"Is", "Who says so", "Said on", "Confidence", "What"}


def draw_page_charts(model: Model) -> Iterator[tuple[str, Spec]]:
    """Charts with marks that only one page draws."""
    claims = list_claims(model.record)
    for quantity in ("round_capacity", "round_output", "powder_capacity", "need"):
        spec = draw_quantity(claims[claims["quantity"] == quantity], 200)
        assert spec is not None
        yield f"quantity {quantity}", spec
    yield "topic", draw_topic(claims[claims["quantity"] == "round_capacity"].head(40)) or {}
    yield "russia", draw_russian_estimates(model, "ru-rusi-152", 200)
    yield "ukraine", draw_ukrainian_need(model, 200)
    yield "deliveries", draw_deliveries(model, 200)
    yield "prices", draw_prices(model, list_prices(model), 200)
    yield "policies", draw_policies(model, 200)
    groups = group_slips(model.record, "product")
    yield "slip groups", draw_slip_groups(groups, "product", {}, 200)
    marks = list_track_marks(model, list_series_track(model.record))
    yield "track of series", draw_series_track(marks)
    yield "track of Europe", draw_europe_track(marks[marks["observable"] == "rounds"], 200)


@pytest.fixture(scope="module")
def charts(records: Records) -> dict[str, tuple[Spec, pd.DataFrame | None]]:
    model = Model(records)
    drawn = {
        name: (picture.spec, picture.data)
        for name in CATALOGUE
        for picture in [build_picture(model, name, View())]
        if not picture.is_map
    }
    return drawn | {name: (spec, None) for name, spec in draw_page_charts(model)}


def list_point_layers(
    charts: dict[str, tuple[Spec, pd.DataFrame | None]],
) -> Iterator[tuple[str, Spec, pd.DataFrame, Sign]]:
    """Every layer of marks with its rows and the sign it is drawn as."""
    for name, (spec, data) in charts.items():
        for layer, rows in iterate_layers(spec, data):
            mark = layer["mark"] if isinstance(layer["mark"], dict) else {"type": layer["mark"]}
            if mark["type"] in ("point", "circle", "square"):
                assert mark["type"] == "point", f"{name}: {mark} has no sign"
                assert "shape" not in layer["encoding"], f"{name}: a shape of its own"
                drawn_as = mark.get("shape"), bool(mark.get("filled"))
                assert drawn_as in SHAPED, f"{name}: {drawn_as} is no sign"
                yield name, layer, rows, SHAPED[drawn_as]


def test_no_two_signs_look_alike_or_mean_the_same() -> None:
    for one, other in itertools.combinations(SIGNS, 2):
        assert one.name != other.name
        assert one.words != other.words
        assert one.glyph != other.glyph
        assert not one.shape or (one.shape, one.is_filled) != (other.shape, other.is_filled)
    assert set(STATUS_PATHS) == set(STATUS_SIGNS) - {"not yet reported"}
    shapes = [*STATUS_PATHS.values(), *{sign.path for sign in SIGNS if sign.shape}]
    assert len(shapes) == len(set(shapes))


def test_what_was_reported_is_filled_and_nothing_else_of_a_claim_is() -> None:
    for sign in CLAIM_SIGNS:
        assert sign.is_filled == (sign.kind in ("report", "need")), sign


def test_every_mark_of_every_chart_is_a_sign_with_its_meaning(
    charts: dict[str, tuple[Spec, pd.DataFrame | None]],
) -> None:
    found = set()
    for name, layer, rows, sign in list_point_layers(charts):
        found.add(sign)
        if "sign" in rows and sign in CLAIM_SIGNS:
            filters = [step["filter"] for step in layer["transform"] if "filter" in step]
            assert f"datum.sign == '{sign.name}'" in filters, name
    assert set(CLAIM_SIGNS) <= found


def test_no_claim_that_was_aimed_at_is_drawn_as_a_report(
    records: Records, charts: dict[str, tuple[Spec, pd.DataFrame | None]]
) -> None:
    claims = records.claims.set_index("claim_id")
    promised = 0
    for name, _, rows, _ in list_point_layers(charts):
        for row in rows.to_dict("records"):
            if row.get("claim_id") not in claims.index or "sign" not in row:
                continue
            claim, sign = claims.loc[row["claim_id"]], SIGN_OF[row["sign"]]
            is_ahead = (
                claim["period"]
                and claim["reported_on"]
                and first_day(claim["period"]) > last_day(claim["reported_on"])
            )
            if claim["quantity"].endswith("need"):
                assert sign.name == "need"
            elif claim["status"] == "target" or is_ahead:
                assert sign.kind == "promise", (name, claim["basis"])
                promised += 1
            else:
                assert sign.kind == {"reported": "report", "estimate": "estimate"}[claim["status"]]
    assert promised > 50


def test_every_mark_says_who_when_what_and_how_sure(
    charts: dict[str, tuple[Spec, pd.DataFrame | None]],
) -> None:
    for name, layer, rows, sign in list_point_layers(charts):
        if not {"claim_id", "event_id"} & set(rows) or sign not in CLAIM_SIGNS:
            continue
        titles = {tip.get("title") for tip in layer["encoding"].get("tooltip", [])}
        assert titles >= WHO_WHEN_WHAT, (name, sign, titles)
        if "claim_id" in rows:
            assert titles >= {"Counts", "Of whom", "Speaks of"}, name


@pytest.mark.parametrize("name", ["output", "us", "ratio", "topic", "board", "slips"])
def test_the_table_behind_a_picture_says_the_same(records: Records, name: str) -> None:
    table = build_picture_table(build_picture(Model(records), name, View()))
    assert {"Who says so", "Said on", "Confidence", "Is"} <= set(table.columns)
    assert table["Who says so"].notna().any()


def test_the_commissioners_expectation_of_two_million_is_no_report(records: Records) -> None:
    live = pack_live_data(Model(records), Scenario(), "2027-12")
    (report,) = [one for one in live["reports"] if "Kubilius expects" in one["text"]]
    assert report["sign"] == "promise"
    assert "Kubilius, in Kyiv Independent, said 2024-12" in report["text"]
    assert not live["signs"]["promise"]["filled"]


def test_signs_stand_in_one_module_alone() -> None:
    """No character that is or was a sign is written anywhere else."""
    glyphs = {sign.glyph for sign in SIGNS if not sign.glyph.isascii()} | set("◇◆◐▽▼▲✚▷▏◉")
    files = [
        file
        for folder in ("ramp155", "ui", "pages")
        for ending in ("*.py", "*.js", "*.html", "*.toml")
        for file in (ROOT / folder).rglob(ending)
        if file.name != "signs.py" or file.parent.name != "text"
    ]
    arrows = {"↓", "↑"}  # also keys and directions
    written = {
        (file.name, glyph)
        for file in files
        for glyph in glyphs - arrows
        if glyph in file.read_text(encoding="utf-8")
    }
    assert not written


def test_captions_name_the_signs_that_are_drawn(records: Records) -> None:
    for name in CATALOGUE:
        picture = build_picture(Model(records), name, View())
        named = {sign for sign in CLAIM_SIGNS if sign.glyph != "+" and sign.glyph in picture.key}
        drawn = set()
        if not picture.is_map:
            drawn = {
                sign
                for _, _, _, sign in list_point_layers({name: (picture.spec, picture.data)})
                if sign in CLAIM_SIGNS
            }
        assert named == drawn, name
        assert not re.search("diamond|hollow|filled", picture.credit, re.IGNORECASE), name


def test_posters_have_letters_for_every_sign_they_name(records: Records) -> None:
    font = load_font(28, 400)
    missing = bytes(font.getmask("\U000e0000"))
    for name in CATALOGUE:
        credit = build_picture(Model(records), name, View()).credit
        for character in set(credit) & {sign.glyph for sign in SIGNS}:
            assert bytes(font.getmask(character)) != missing, (name, character)


def list_drawn_series(picture: Picture) -> dict[str, tuple[Any, bool]]:
    """Marker and whether it is filled, by series of the native chart of a slide, read back."""
    deck = Presentation(io.BytesIO(write_slides([Slide(picture)])))
    chart = next(shape.chart for shape in deck.slides[0].shapes if shape.has_chart)
    return {
        series.name: (
            series.marker.style,
            str(series.marker.format.fill.fore_color.rgb) != "FFFFFF",
        )
        for series in chart.plots[-1].series
        if picture.native is not None and series.name in picture.native.signs
    }


def test_slides_draw_the_same_signs(records: Records) -> None:
    markers: dict[Sign, set[tuple[Any, bool]]] = {}
    for name in CATALOGUE:
        picture = build_picture(Model(records), name, View())
        if picture.native is None or not picture.native.signs:
            continue
        for series, drawn_as in list_drawn_series(picture).items():
            markers.setdefault(picture.native.signs[series], set()).add(drawn_as)
    assert len(markers) == 6
    assert all(len(drawn_as) == 1 for drawn_as in markers.values())
    assert len(set.union(*markers.values())) == len(markers)
    for sign, drawn_as in markers.items():
        assert {is_filled for _, is_filled in drawn_as} == {sign.is_filled}


def test_a_slide_speaks_of_no_sign_that_is_not_on_it(records: Records) -> None:
    for name in CATALOGUE:
        picture = build_picture(Model(records), name, View())
        if picture.native is None or picture.is_map:
            continue
        credit = write_slide_credit(picture)
        native = picture.native
        marks = [*native.signs.values(), *(row.sign for row in native.rows if row.sign)]
        drawn = {sign.glyph for sign in marks}
        named = {s.glyph for s in CLAIM_SIGNS if s.glyph != "+" and s.glyph in credit}
        assert named <= drawn, (name, credit)
        assert ("haded" in credit) <= bool(native.bands), name
        assert "Strip" not in credit, name
        assert not {"P10", "P90"} & set(" ".join(picture.native.series).split()), name


def test_a_promise_without_a_date_has_no_place_on_a_chart(records: Records) -> None:
    model, lines = Model(records), list(records.lines["line_id"])
    rates, undated = list_ramp_rows(model, lines), list_undated_promises(model, lines)
    events = {event.event_id: event for line in lines for event in records.events_of[line]}
    for rate in rates[rates["kind"] == "promise"].itertuples():
        event = events[rate.event_id]
        assert event.status == "planned"
        assert event.date
        assert rate.date[:4] == event.date[:4]
    assert len(undated) > 10
    (sentence,) = {
        write_undated_promises(rows)
        for line, rows in undated.groupby("line_id")
        if "350000" in " ".join(f"{rate:.0f}" for rate in rows["rate"])
        and line == "unterluess-rheinmetall--round"
    }
    assert "350,000 rounds a year (said April 2025)" in sentence
    assert write_undated_promises(undated.head(0)) == ""


@pytest.mark.parametrize(
    ("basis", "speaker"),
    [
        ("Kubilius expects about two million shells made in 2025.", "Kubilius"),
        ("Breton: capacity 1.3 to 1.4 million a year.", "Breton"),
        ("Bush, 5 February 2024: 28,000 a month.", "Bush"),
        ("Von der Leyen: ASAP to roughly double output.", "Von der Leyen"),
        ("Implied: 8.5 billion euro over 2.2 million shells.", ""),
        ("August to September 2023: 300 t.", ""),
        ("The EU currently produces 300,000 a year.", ""),
        ("Total EU capacity about 300,000 155 mm shells yearly.", ""),
    ],
)
def test_who_is_quoted(basis: str, speaker: str) -> None:
    assert find_speaker(basis) == speaker
    assert name_who(basis, "A paper", "RU").endswith("A paper [RU state outlet]")


def test_a_key_names_each_sign_once() -> None:
    assert write_key([SIGN_OF["promise"], SIGN_OF["report"], SIGN_OF["report"]]) == (
        f"{SIGN_OF['report'].glyph} reported, {SIGN_OF['promise'].glyph} promised"
    )


def test_a_status_is_called_what_the_key_of_the_map_calls_it() -> None:
    group_of = {status: group for group, statuses in STATUS_GROUPS.items() for status in statuses}
    assert set(STATUS_WORDS) == set(STATUSES)
    for status, group in group_of.items():
        assert STATUS_WORDS[status].split(",")[0] == group
    assert len(set(STATUS_WORDS.values())) == len(STATUSES)
