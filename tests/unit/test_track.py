"""The track record: past forecasts scored, kept and archived, and what is said of them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
import math
import re
import time
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student

from ramp155.answers.audit.checks import run_audit
from ramp155.answers.track import forecasts
from ramp155.answers.track.archive import (
    MANIFEST_FILE,
    archive_forecast,
    find_archive_faults,
    list_releases,
    read_forecast,
)
from ramp155.answers.track.dates import list_past_dates
from ramp155.answers.track.forecasts import (
    COLUMNS,
    keep_forecasts,
    list_series_track,
    list_track,
    read_kept_forecasts,
)
from ramp155.answers.track.groups import GROUPS, SPOKEN_GROUPS, name_groups, select_jump
from ramp155.answers.track.judged import judge_releases, measure_quantile_misses
from ramp155.answers.track.score import count_share, score_forecasts, score_groups
from ramp155.answers.track.standing import BANDS, FIGURE_BANDS, list_standing_forecast
from ramp155.answers.trial import try_model
from ramp155.base.memory import Memory
from ramp155.cli.commands import run_command_line
from ramp155.files.package import forecasts as packed
from ramp155.files.package.archive import build_package
from ramp155.history.as_known import rewind_records
from ramp155.model.europe import past
from ramp155.model.forecast.track import (
    BAND_LEVELS,
    list_past_forecasts,
    measure_misses,
    score_ensembles,
)
from ramp155.model.model import Model
from ramp155.model.version import MODEL_VERSION
from ramp155.pictures.evidence.track import list_track_marks
from ramp155.questions.replies.columns import HINDCAST_COLUMNS, SCORE_COLUMNS
from ramp155.record.records import Records
from ramp155.record.upload.merge import read_upload
from ramp155.text.evidence.track import (
    say_cutoff,
    write_bounds,
    write_dates,
    write_jump,
    write_misses,
    write_releases,
    write_track_line,
    write_track_reading,
    write_track_title,
)
from tests.track_double import tabulate_double

CONTRACT = (
    "cutoff series observable claim_id month low high p10 p25 p50 p75 p90 hit50 hit80 crps".split()  # noqa: SIM905
)
DRAWS = 60


@pytest.fixture
def doubled(records: Records, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Records:
    """The record with a stand-in for Europe's procedure, and no kept forecasts."""
    monkeypatch.setattr(past, "tabulate_past_forecasts", tabulate_double)
    monkeypatch.setattr(forecasts, "KEPT_FORECASTS", tmp_path / "kept.csv")
    return dataclasses.replace(records, memory=Memory())


@pytest.fixture
def track(doubled: Records) -> pd.DataFrame:
    return list_track(doubled)


# The score


def test_the_miss_in_closed_form_is_that_of_many_members() -> None:
    random = np.random.default_rng(3)
    middles, outcomes = random.normal(size=(2, 6))
    scales = random.uniform(0.1, 1.0, 6)
    members = middles[:, None] + scales[:, None] * student(4).ppf((np.arange(20_000) + 0.5) / 2e4)
    expected = score_ensembles(members, outcomes)
    assert measure_misses(middles, scales, outcomes, 4.0) == pytest.approx(expected, abs=2e-3)


def test_the_miss_from_quantiles_nears_the_closed_form() -> None:
    middles, scales, outcomes = np.zeros(3), np.full(3, 0.4), np.array([0.0, 0.5, -1.5])
    quantiles = 0.4 * student(4).ppf(BAND_LEVELS)[None].repeat(3, axis=0)
    exact = measure_misses(middles, scales, outcomes, 4.0)
    assert measure_quantile_misses(quantiles, outcomes) == pytest.approx(exact, rel=0.2)
    point = np.zeros((1, 5))  # a forecast without a range misses by its distance
    assert measure_quantile_misses(point, np.array([0.7])) == pytest.approx([0.7])


def test_a_share_has_its_wilson_interval() -> None:
    share = count_share(pd.Series([True] * 77 + [False] * 12))
    assert (share.hits, share.number) == (77, 89)
    for end in (share.low, share.high):  # ends lie 1.645 of their own deviations away
        assert abs(end - share.share) == pytest.approx(1.645 * math.sqrt(end * (1 - end) / 89))
    nothing = count_share(pd.Series([], dtype=bool))
    assert nothing.number == 0
    assert math.isnan(nothing.share)


def test_bounds_are_counted_apart_and_derived_figures_can_be_left_out(track: pd.DataFrame) -> None:
    europe = track[track["kind"] == "europe"]
    score = score_forecasts(europe)
    is_figure = europe["bound"] == ""
    assert score.inside80.number == is_figure.sum()
    assert score.inside80.hits == europe.loc[is_figure, "hit80"].sum()
    assert score.bounds.number == (~is_figure).sum() > 0
    assert score.published.number == (is_figure & ~europe["derived"]).sum() < score.inside80.number
    assert score.crps == pytest.approx(europe.loc[is_figure, "crps"].mean())
    assert score.rivals["line"] == pytest.approx(europe.loc[is_figure, "crps_line"].mean())
    assert math.isnan(score.rivals["promises"])  # not run for Europe


def test_groups_cover_every_forecast_once(track: pd.DataFrame) -> None:
    groups = name_groups(track)
    assert set(groups) == set(GROUPS) == set(SPOKEN_GROUPS)
    scores = score_groups(track.assign(group=groups), "group")
    total = sum(score.inside80.number for score in scores.values())
    assert total == score_forecasts(track).inside80.number == (track["bound"] == "").sum()


# The rows


def test_rows_have_the_columns_promised(track: pd.DataFrame) -> None:
    assert COLUMNS[: len(CONTRACT)] == HINDCAST_COLUMNS[: len(CONTRACT)] == CONTRACT
    assert set(HINDCAST_COLUMNS) == set(COLUMNS) == set(track.columns)
    assert set(track.loc[track["kind"] == "europe", "series"]) == {
        "Europe nameplate",
        "Europe output",
    }
    others = track[track["kind"] != "europe"]
    assert not others["series"].str.startswith("Europe").any()
    assert others[CONTRACT].notna().all(axis=None)
    figures = track[track["bound"] == ""]
    for hit, low, high in (("hit50", "p25", "p75"), ("hit80", "p10", "p90")):
        held = (figures["high"] >= figures[low]) & (figures["low"] <= figures[high])
        assert (held == figures[hit]).all()


def test_series_stand_beside_their_rivals(records: Records) -> None:
    rows = list_series_track(records)
    all_rules = list_past_forecasts(records)
    for rule in ("persistence", "line", "promises"):
        of_rule = all_rules[(all_rules["rule"] == rule) & (all_rules["kind"] != "europe")]
        assert rows[f"crps_{rule}"].mean() == pytest.approx(of_rule["crps"].mean())
    score = score_forecasts(rows)
    assert 0.78 <= score.inside80.share <= 0.92
    assert 0.45 <= score.inside50.share <= 0.65
    assert score.crps < min(score.rivals.values())


def test_kept_forecasts_come_back_and_are_those_of_their_record(
    doubled: Records, tmp_path: Path
) -> None:
    path = tmp_path / "kept.csv"
    assert read_kept_forecasts(doubled) is None
    made = forecasts.make_europe_forecasts(doubled)
    assert keep_forecasts(doubled) == len(made)
    kept = read_kept_forecasts(doubled)
    assert kept is not None
    pd.testing.assert_frame_equal(kept, made, rtol=1e-6)
    other = dataclasses.replace(doubled, end=doubled.end - dt.timedelta(days=1), memory=Memory())
    assert read_kept_forecasts(other) is None
    assert read_kept_forecasts(None) is not None
    path.write_text(path.read_text().replace(f",{MODEL_VERSION}\n", f",{MODEL_VERSION - 1}\n"))
    assert read_kept_forecasts(doubled) is None


@pytest.mark.nightly
def test_what_the_release_kept_is_what_is_made_now(records: Records) -> None:
    kept = read_kept_forecasts(records)
    if kept is None:
        pytest.skip("no release has kept the past forecasts of this record")
    made = forecasts.make_europe_forecasts(records)
    pd.testing.assert_frame_equal(kept, made, rtol=1e-3)


@pytest.mark.nightly
def test_europes_past_forecasts_do_what_they_are_said_to(records: Records) -> None:
    scores = {
        observable: score_forecasts(rows)
        for observable, rows in list_track(records).query("kind == 'europe'").groupby("observable")
    }
    output = scores["output"]
    assert output.inside80.number >= 18
    assert output.inside80.hits >= 13
    assert output.crps < min(output.rivals["persistence"], output.rivals["line"])
    capacity = scores["nameplate"]
    assert capacity.crps < min(capacity.rivals["persistence"], capacity.rivals["line"])


# The commands


def test_hindcast_as_json_has_rows_and_score(
    track: pd.DataFrame,
    doubled: Records,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("ramp155.cli.question_commands.load_record", lambda: doubled)
    assert run_command_line(["hindcast", "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"rows", "score"}
    assert len(answer["rows"]) == len(track)
    assert all(list(row) == HINDCAST_COLUMNS for row in answer["rows"])
    assert all(type(row["hit80"]) is bool for row in answer["rows"])
    panel = [row for row in answer["rows"] if not row["series"].startswith("Europe")]
    score = answer["score"]
    assert score["panel"]["n"] == len(panel)
    assert score["panel"]["coverage80"] == pytest.approx(
        np.mean([row["hit80"] for row in panel]), abs=1e-4
    )
    low, high = score["panel"]["coverage80_interval"]
    assert low < score["panel"]["coverage80"] < high
    assert score["panel"]["crps"] == pytest.approx(
        np.mean([row["crps"] for row in panel]), abs=1e-4
    )
    assert score["europe"]["crps_promises"] is None
    assert score["europe"]["bounds"]["n"] > 0
    assert set(score["by_kind"]) == set(GROUPS)
    assert set(score["by_cutoff"]) == set(track["cutoff"])
    assert set(score["by_series"]) == set(track["series"])


@pytest.mark.parametrize("style", ["json", "csv", "table"])
def test_score_says_that_there_is_nothing_to_judge_yet(
    style: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    one_record: Records,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("ramp155.questions.replies.track.list_releases", lambda: [])
    monkeypatch.setattr(
        "ramp155.questions.replies.track.judge_releases",
        lambda records: judge_releases(records, tmp_path),
    )
    assert run_command_line(["score", "--format", style]) == 0
    printed = capsys.readouterr().out
    if style == "json":
        answer = json.loads(printed)
        assert answer["rows"] == answer["releases"] == []
        assert answer["score"]["overall"]["n"] == 0
        printed = answer["says"]
    if style == "csv":
        assert printed.strip() == ",".join(SCORE_COLUMNS)
    else:
        assert "No release has archived a forecast yet" in printed


# The archive


@pytest.fixture(scope="module")
def early(records: Records) -> Records:
    """The record as it was a year before its end: what a release then would have archived."""
    return rewind_records(records, dt.date(2025, 6, 30))


@pytest.fixture(scope="module")
def archived(early: Records, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forecasts")
    assert archive_forecast(Model(early, DRAWS), folder) == folder / f"{early.version}.csv"
    return folder


def test_a_standing_forecast_is_that_of_the_model(records: Records) -> None:
    rows = list_standing_forecast(Model(records, DRAWS))
    assert (np.diff(rows[BANDS]) >= 0).all()
    assert (np.diff(rows[FIGURE_BANDS]) > 0).all()
    assert not rows.duplicated(["period", "series", "observable"]).any()
    europe = rows[rows["series"].str.startswith("Europe")]
    assert set(europe["observable"]) == {"output", "nameplate"}
    months = europe.loc[europe["period"].str.len() == 7, "period"]
    assert months.min() > f"{records.end:%Y-%m}"
    assert months.max() == "2030-12"
    assert (europe["figure_p10"] < europe["p10"]).all()
    assert (europe["figure_p90"] > europe["p90"]).all()
    year = europe[(europe["period"] == "2027") & (europe["observable"] == "output")]
    rates = europe[europe["period"].str.startswith("2027-") & (europe["observable"] == "output")]
    assert len(rates) == 12
    assert float(year["p50"].iloc[0]) == pytest.approx(rates["p50"].mean(), rel=0.03)
    others = rows[~rows["series"].str.startswith("Europe")]
    assert {"Rheinmetall", "Russia", "United States"} <= set(others["series"])


def test_an_archived_forecast_is_never_written_again(early: Records, archived: Path) -> None:
    before = {path.name: path.read_bytes() for path in archived.iterdir()}
    assert archive_forecast(Model(early, DRAWS + 1), archived) is None
    assert {path.name: path.read_bytes() for path in archived.iterdir()} == before
    (release,) = list_releases(archived)
    assert release.made_on == early.end.isoformat()
    assert len(read_forecast(release, archived)) == int(release.rows)
    assert not list(find_archive_faults(archived))


def test_what_is_done_to_the_archive_is_a_fault(
    archived: Path, tmp_path: Path, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    (release,) = list_releases(archived)
    manifest = (archived / MANIFEST_FILE).read_bytes()
    content = (archived / release.file).read_bytes()
    (tmp_path / MANIFEST_FILE).write_bytes(manifest)
    assert [message for _, message in find_archive_faults(tmp_path)] == [
        f"its archived forecast {release.file} is gone"
    ]
    (tmp_path / release.file).write_bytes(content.replace(b"1", b"2", 1))
    (tmp_path / "2020-01-01-00000000.csv").write_bytes(content)
    faults = dict(find_archive_faults(tmp_path))
    assert faults.keys() == {release.version, "2020-01-01-00000000"}
    assert "changed" in faults[release.version]
    monkeypatch.setattr(
        "ramp155.answers.audit.archive.find_archive_faults", lambda: find_archive_faults(tmp_path)
    )
    fresh = dataclasses.replace(records, memory=Memory())
    found = {f.id for f in run_audit(Model(fresh)) if f.rule == "archive" and f.severity == "fault"}
    assert found == faults.keys()


def test_new_reports_judge_earlier_releases(
    records: Records, early: Records, archived: Path
) -> None:
    judged = judge_releases(records, archived)
    assert len(judged) > 5
    assert list(judged.columns) == ["version", *COLUMNS]
    assert (judged["said_on"] > early.end.isoformat()).all()
    assert set(judged["version"]) == {early.version}
    for hit, low, high in (("hit50", "p25", "p75"), ("hit80", "p10", "p90")):
        assert (judged["low"].between(judged[low], judged[high]) == judged[hit]).all()
    score = score_forecasts(judged)
    assert 0 < score.crps < 2
    said = write_releases(judged, list_releases(archived))
    assert f"Of {len(judged)} figures reported since, {judged['hit80'].sum()} " in said
    # Nothing was reported after it in its own record: nothing to judge.
    assert judge_releases(early, archived).empty
    assert "nothing to judge yet" in write_releases(
        judge_releases(early, archived), list_releases(archived)
    )


def test_an_archived_band_is_read_between_its_months(records: Records, archived: Path) -> None:
    judged = judge_releases(records, archived)
    (release,) = list_releases(archived)
    forecast = read_forecast(release, archived)
    for row in judged.itertuples():
        given = forecast[(forecast["series"] == row.series) & (forecast["period"].str.len() == 7)]
        assert given["figure_p50"].min() * 0.999 <= row.p50 <= given["figure_p50"].max() * 1.001


def test_a_record_of_ones_own_is_judged_and_not_archived(
    records: Records, archived: Path, tmp_path: Path
) -> None:
    header = "event_id,line_id,reported_on,event,date,status,rate,unit,rate_status,basis\n"
    row = "my-1,unterluess-rheinmetall--round,2026-05-01,rate,2026-04,done,250000,rounds/yr,done,Seen\n"
    own = read_upload(records, [("events.csv", (header + row).encode())], probe=try_model)
    assert len(judge_releases(own, archived)) >= len(judge_releases(records, archived))
    with pytest.raises(ValueError, match="published record"):
        archive_forecast(Model(own, DRAWS), tmp_path)


def test_the_package_carries_archived_forecasts(
    records: Records, archived: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "list_releases", lambda: list_releases(archived))
    monkeypatch.setattr(packed, "read_forecast", lambda release: read_forecast(release, archived))
    with zipfile.ZipFile(io.BytesIO(build_package(Model(records, DRAWS)))) as package:
        described = json.loads(package.read("datapackage.json"))
        table = pd.read_csv(io.BytesIO(package.read("data/forecasts.csv")))
    resources = {resource["name"]: resource for resource in described["resources"]}
    assert {"forecasts", "forecast_releases"} <= resources.keys()
    fields = [field["name"] for field in resources["forecasts"]["schema"]["fields"]]
    assert fields == list(table.columns)
    assert not table.duplicated(resources["forecasts"]["schema"]["primaryKey"]).any()


# What is said


def test_sentences_have_the_numbers_of_the_table(track: pd.DataFrame) -> None:
    figures = track[track["bound"] == ""]
    assert write_track_title(track) == (
        f"Of {len(figures)} later figures {figures['hit80'].sum()} fell inside the range meant to hold 8 of 10"
    )
    jump = figures[select_jump(figures)]
    assert (jump["cutoff"] < "2024").all()
    assert (jump["month"] >= "2024").all()
    assert set(jump["observable"]) == {"nameplate"}
    sentence = write_jump(track)
    assert sentence in write_track_reading(track)
    assert f"forecast before it, {jump['hit80'].sum()} of {len(jump)} lay inside" in sentence
    assert sentence.startswith("The forecasts missed the jump of January 2024")
    groups = name_groups(figures)
    best = write_misses(track)
    for group, rows in figures.groupby(groups):
        rivals = [rows[f"crps_{rule}"].mean() for rule in ("persistence", "line", "promises")]
        wins = rows["crps"].mean() <= np.nanmin(rivals)
        assert (f"For {SPOKEN_GROUPS[str(group)]} a simpler" in best) == (not wins)


def test_a_jump_that_was_foreseen_is_not_called_a_miss(track: pd.DataFrame) -> None:
    assert "missed" not in write_jump(track.assign(hit80=True))


def test_the_line_under_forecasts_is_short_and_quick(doubled: Records) -> None:
    keep_forecasts(doubled)
    before = time.process_time()
    line = write_track_line(doubled)
    assert time.process_time() - before < 1.0
    assert line.startswith("Tested on the past: ")
    track = list_track(doubled)
    groups = name_groups(track)
    for group, words in (("europe_output", "Europe's output"), ("europe_nameplate", "capacity")):
        share = score_forecasts(track[groups == group]).inside80
        assert f"{share.hits} of {share.number}" in line
        assert words in line
    assert "it missed the jump of January 2024" in line
    for sentence in line.split(". "):
        assert len(re.findall(r"\d+", sentence.replace("January 2024", ""))) <= 2, sentence


def test_the_line_waits_for_nothing(doubled: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(records: Records) -> None:
        raise AssertionError("the procedure was run")

    monkeypatch.setattr(past, "tabulate_past_forecasts", refuse)
    assert "series other than Europe's" in write_track_line(doubled)


def test_dates_are_counted_from_their_states(records: Records) -> None:
    dates = list_past_dates(records)
    checked = dates["hit"].dropna()
    said = write_dates(dates)
    assert f"Of {len(checked)} dates" in said
    assert f" {int(checked.sum())} came within" in said
    assert set(dates["cutoff"]) == {"2022-12-31", "2023-12-31", "2024-12-31"}


def test_days_are_said_as_halves_of_a_year() -> None:
    assert say_cutoff("2023-12-31") == "end of 2023"
    assert say_cutoff("2024-06-30") == "mid-2024"
    assert say_cutoff("2024-05-07") == "2024-05-07"


def test_marks_name_who_reported_each_figure(doubled: Records, track: pd.DataFrame) -> None:
    marks = list_track_marks(Model(doubled), track)
    assert len(marks) == (track["bound"] == "").sum()
    assert (marks["who"] != "").all()
    derived = marks["derived"]
    assert derived.any()
    assert set(marks.loc[derived, "who"]) == {"worked out from other figures"}


def test_a_record_of_ones_own_does_not_wait_for_europes_past(
    doubled: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_forecasts(doubled)
    monkeypatch.setattr(past, "tabulate_past_forecasts", None)
    own = dataclasses.replace(doubled, uploaded=True, memory=Memory())
    assert set(GROUPS) == set(name_groups(list_track(own)))


def test_reports_of_a_bound_agree_in_number() -> None:
    none, hit, miss = (count_share(pd.Series(hits, dtype=bool)) for hits in ([], [True], [False]))
    assert write_bounds(none) == ""
    assert "1 report that only says" in write_bounds(hit)
    assert "it agrees" in write_bounds(hit)
    assert "it does not agree" in write_bounds(miss)
    several = write_bounds(count_share(pd.Series([True, True, False])))
    assert "3 reports that only say" in several
    assert "With 2 of them" in several
