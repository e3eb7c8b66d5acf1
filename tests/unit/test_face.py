"""The public face: what a notebook asks, as it is asked there."""

from __future__ import annotations

import inspect
from pathlib import Path

import pandas as pd
import pytest

import ramp155
from ramp155.questions.replies.tables import write_plain_number
from ramp155.record.records import Records


def test_every_public_name_is_there_and_the_version_is_one() -> None:
    for name in ramp155.__all__:
        assert getattr(ramp155, name) is not None
    assert ramp155.__version__.count(".") == 2
    with pytest.raises(AttributeError, match="gravity"):
        ramp155.gravity  # noqa: B018


def test_own_coefficients_are_given_by_name_or_in_pairs() -> None:
    by_name = ramp155.Scenario(assume={"utilisation": 0.9, "slip_months": 3})
    in_pairs = ramp155.Scenario(assume=[("slip_months", 3), ("utilisation", 0.9)])
    assert by_name == in_pairs
    assert ramp155.Scenario(assume=by_name.as_dict()["assume"]) == by_name  # type: ignore[arg-type]


def test_a_misspelt_coefficient_gets_the_name_that_is_near(records: Records) -> None:
    with pytest.raises(ValueError, match="did you mean utilisation"):
        ramp155.run(records, ramp155.Scenario(assume={"utilisatoin": 0.9}), draws=50)
    with pytest.raises(ValueError, match=r"not a coefficient of the model$"):
        ramp155.run(records, ramp155.Scenario(assume={"x": 1}), draws=50)


def test_answers_are_short_where_they_are_only_named(records: Records) -> None:
    outlook = ramp155.run(records, ramp155.Scenario(nitrocellulose=0.7, fuzes=0.5), draws=50)
    assert "nitrocellulose 0.7" in repr(outlook)
    assert "fuzes 0.5" in repr(outlook)
    for answer in (records, outlook, ramp155.draw(records, "output", draws=50)):
        assert "\n" not in repr(answer)


def test_months_are_days_that_pandas_knows(records: Records) -> None:
    path = ramp155.run(records, draws=50).path
    assert list(path["date"].dt.strftime("%Y-%m")) == list(path["month"])
    yearly = path.set_index("date")["rounds_per_year"].resample("YE").mean()
    assert list(yearly.index.year) == [*range(2022, 2031)]


def test_a_chart_is_drawn_shown_and_saved(records: Records, tmp_path: Path) -> None:
    moved = ramp155.draw(records, "output", ramp155.Scenario(nitrocellulose=0.5), draws=50)
    usual = ramp155.draw(records, "output", draws=50)
    assert moved._repr_svg_().startswith("<svg ")
    assert moved._repr_svg_() != usual._repr_svg_()
    assert moved.save(tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert moved.save(str(tmp_path / "a.svg")).read_text(encoding="utf-8").startswith("<svg ")
    then = ramp155.draw(records, "sites", as_of="2024-01-01", draws=50)
    assert then.picture.finding != ramp155.draw(records, "sites", draws=50).picture.finding
    with pytest.raises(ValueError, match="'plot' is not a chart; charts: output"):
        ramp155.draw(records, "plot")
    with pytest.raises(ValueError, match="not a date"):
        ramp155.draw(records, "sites", as_of="soon")


def test_a_figure_leads_to_rows_of_the_record(records: Records) -> None:
    explanation = ramp155.explain(records, "headline", draws=50)
    assert explanation.formula[0].startswith(explanation.value)
    assert explanation.sources.assumptions
    for assumption_id in explanation.sources.assumptions:
        assert records.assumption(assumption_id).unit
    for claim_id in explanation.sources.claims:
        assert records.source(records.claim(claim_id).source_id).url
    with pytest.raises(ValueError, match="figures: output"):
        ramp155.explain(records, "magic")


def test_use_of_stages_is_a_share(records: Records) -> None:
    stages = ramp155.utilisation(records, month="2026-12", draws=50).stages
    assert stages["utilisation"].between(0, 1).all()
    scarce = ramp155.utilisation(
        records, ramp155.Scenario(nitrocellulose=0.3), month="2026-12", draws=50
    ).stages
    filling = scarce.set_index("stage")["used"] - stages.set_index("stage")["used"]
    assert filling["projectile"] < 0


def test_the_score_is_of_the_forecasts_that_are_listed(records: Records) -> None:
    forecasts = ramp155.hindcast(records)
    figures = forecasts[forecasts["bound"] == ""]
    inside = ramp155.score(forecasts).inside80
    assert (inside.hits, inside.number) == (figures["hit80"].sum(), len(figures))


def test_the_record_is_written_to_a_folder(records: Records, tmp_path: Path) -> None:
    paths = ramp155.export(records, str(tmp_path / "out"))
    assert {path.suffix for path in paths} == {".zip", ".csv", ".xlsx", ".geojson"}
    lines = pd.read_csv(tmp_path / "out" / "csv" / "lines.csv")
    assert len(lines) == len(records.lines)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1_286_354.4, "1,286,354"),
        (-1_286_354.4, "-1,286,354"),
        (999.96, "1000"),
        (12.5, "12.5"),
        (0.25, "0.25"),
        (0.0, "0"),
        (0.00001234, "0.00001234"),
        (1e-300, "0"),
        (100.0, "100"),
        (float("inf"), "inf"),
    ],
)
def test_a_number_of_a_table_is_never_a_power_of_ten(number: float, text: str) -> None:
    assert write_plain_number(number) == text


def test_public_functions_name_their_parameters() -> None:
    """By name, not by place: what a notebook writes must still say what it means."""
    for function in (ramp155.run, ramp155.draw, ramp155.explain, ramp155.utilisation):
        assert next(iter(inspect.signature(function).parameters)) == "records"
