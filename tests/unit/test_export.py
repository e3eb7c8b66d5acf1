"""What leaves: a package (test_peers.py asks the public validator), tables no spreadsheet runs, a
command that writes them.
"""

from __future__ import annotations

import dataclasses
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from ramp155.answers.output.outlook import run_outlook
from ramp155.answers.trial import try_model
from ramp155.cli.commands import run_command_line
from ramp155.files.geojson import write_sites_geojson
from ramp155.files.package.archive import build_package
from ramp155.files.package.results import RESULTS
from ramp155.files.package.table_files import select_table, write_table_csv, write_workbook
from ramp155.history.claims import list_claims, list_contested_claims, search_claims
from ramp155.history.status import list_statuses
from ramp155.model.model import Model
from ramp155.pictures.evidence.topic import draw_topic
from ramp155.record.read import DATA
from ramp155.record.records import Records
from ramp155.record.schema import SCHEMAS, build_json_schema
from ramp155.record.upload.merge import read_upload


@pytest.fixture(scope="module")
def package(records: Records) -> bytes:
    return build_package(Model(records))


def test_the_descriptor_names_version_licence_and_keys(records: Records, package: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        described = json.loads(archive.read("datapackage.json"))
        assert {"README.md", "sites.geojson"} <= set(archive.namelist())
    assert described["version"] == records.version
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{8}", described["version"])
    assert described["licenses"][0]["name"] == "CC-BY-4.0"
    events = next(r for r in described["resources"] if r["name"] == "events")
    assert events["schema"]["primaryKey"] == ["event_id"]
    assert {k["reference"]["resource"] for k in events["schema"]["foreignKeys"]} == {
        "lines",
        "sources",
    }


def test_the_same_record_gives_the_same_bytes(records: Records, package: bytes) -> None:
    assert build_package(Model(records)) == package


RISKY = ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx", "\rx"]


def test_no_text_cell_runs_in_a_spreadsheet() -> None:
    table = pd.DataFrame({"text": [*RISKY, "plain", ""], "number": [-1.5, 2, 3, 4, 5, 6, 7, None]})
    text = write_table_csv(table).decode()
    read = pd.read_csv(io.StringIO(text), keep_default_na=False)
    assert list(read["text"]) == [f"'{cell}".replace("\r", "\n") for cell in RISKY] + [
        "plain",
        "",
    ]
    assert list(read["number"].astype(str))[:2] == ["-1.5", "2"]
    sheet = openpyxl.load_workbook(io.BytesIO(write_workbook({"t": table})))["t"]
    cells = [row[0] for row in sheet.iter_rows(min_row=2, max_row=7)]
    assert all(cell.data_type == "s" for cell in cells)
    assert all(str(cell.value).startswith("'") for cell in cells)
    assert sheet["B2"].value == -1.5


def test_export_writes_everything(
    one_record: Records, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command_line(["export", "--out", str(tmp_path)]) == 0
    named = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert all(path.exists() for path in named)
    assert (tmp_path / f"ramp155-{one_record.version}.zip").exists()
    for name in SCHEMAS:
        rows = len(getattr(one_record, name))
        assert len(pd.read_csv(tmp_path / "csv" / f"{name}.csv", dtype=str)) == rows
        sheet = openpyxl.load_workbook(tmp_path / "xlsx" / f"{name}.xlsx", read_only=True)[name]
        assert sum(1 for _ in sheet.iter_rows()) == rows + 1
    places = json.loads((tmp_path / "sites.geojson").read_text())
    assert len(places["features"]) == (one_record.sites["lat"].notna()).sum()


@pytest.mark.usefixtures("one_record")
def test_export_to_a_place_that_cannot_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    assert run_command_line(["export", "--out", str(tmp_path / "file")]) == 2
    assert "ramp155:" in capsys.readouterr().err


# --- the ledger -----------------------------------------------------------------------------------


def test_the_ledger_holds_every_claim_with_its_source(records: Records) -> None:
    table = list_claims(records)
    assert set(table["claim_id"]) == set(records.claims["claim_id"])
    assert table["class"].notna().all()
    marked = table[table["state"] != ""]
    assert (marked["class"] == "state-controlled").all()
    assert {"new", "with refurbished"} <= set(table["made"])
    rate = table.set_index("claim_id").loc["eu-round-capacity-2023-02-02"]
    assert (rate["low"], rate["unit"]) == (25_000, "rounds/month")
    assert (rate["value_low"], rate["value_unit"]) == (300_000, "rounds/yr")


def test_the_ledger_is_searched_by_word_quantity_and_subject(records: Records) -> None:
    table = list_claims(records)
    hits = search_claims(table, "breton CAPACITY")
    assert len(hits)
    assert hits["basis"].str.contains("Breton").any()
    ours = search_claims(table, "", "round_output", "US")
    assert len(ours) > 5
    assert set(ours["quantity"]) == {"round_output"}
    assert all("US" in subject.split("+") for subject in ours["subject"])
    assert search_claims(table, "zzz no such word").empty
    assert len(search_claims(table)) == len(table)


def test_eu_capacity_at_the_end_of_2024_stands_on_one_chart(records: Records) -> None:
    """1.4 million, 1.7 million and a third of it, with the sentence why both can be true."""

    rows = list_contested_claims(list_claims(records), "eu-2024-end")
    spec = draw_topic(rows)
    drawn = spec["data"]["values"]
    figures = {round(row["right"]) for row in drawn} | {round(row["left"]) for row in drawn}
    assert {1_400_000, 1_700_000} <= figures
    assert any(f <= 1_700_000 / 2.8 for f in figures)
    explanation = records.contradictions.set_index("topic").loc["eu-2024-end", "explains"]
    assert "Both can be true" in explanation


def test_a_copy_of_a_claim_stands_once(records: Records) -> None:
    rows = list_contested_claims(list_claims(records), "eu-2024-end")
    assert "eu-round-capacity-2024-12-06" not in set(rows["claim_id"])


def test_the_published_schema_lists_every_closed_choice() -> None:
    published = {
        (name, field["name"])
        for name in SCHEMAS
        for field in build_json_schema(name)["fields"]
        if "enum" in field.get("constraints", {})
    }
    assert {
        ("sources", "state_controlled"),
        ("estimates", "made"),
        ("events", "event"),
    } <= published
    assert len(published) > 20


def test_odd_ends_of_lines_come_back(records: Records) -> None:
    """Signs that some readers take for the end of a row do not break one, and an apostrophe stays."""

    sites = records.sites.copy()
    sites.loc[0, "note"] = "one\u2028two\x0bthree"
    sites.loc[1, "note"] = "'=quoted"
    odd = dataclasses.replace(records, sites=sites)
    own_records = read_upload(records, [("p.zip", build_package(Model(odd)))], probe=try_model)
    notes = own_records.sites.set_index("site_id")["note"]
    assert notes[sites.loc[0, "site_id"]] == "one\ntwo\nthree"
    assert notes[sites.loc[1, "site_id"]] == "'=quoted"


def test_the_dictionary_names_every_table_and_column() -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    for name, columns in SCHEMAS.items():
        assert f"**{name}.csv**" in text, name
        for column in columns:
            assert f"`{column}`" in text or column in ("label_lat", "label_lon"), (name, column)


def test_a_table_with_a_value_of_its_own_is_still_safe(records: Records) -> None:
    sites = records.sites.copy()
    sites.loc[0, "note"] = "=HYPERLINK(1)"
    risky = dataclasses.replace(records, sites=sites)
    assert b"'=HYPERLINK(1)" in write_table_csv(select_table(risky, "sites"))


# --- what follows from the record, beside it -------------------------------------------------------


def read_result(package: bytes, name: str) -> pd.DataFrame:
    with (
        zipfile.ZipFile(io.BytesIO(package)) as archive,
        archive.open(f"results/{name}.csv") as file,
    ):
        return pd.read_csv(file, keep_default_na=False, dtype=str)


def test_lines_are_one_flat_table_with_status_and_place(records: Records, package: bytes) -> None:
    lines = read_result(package, "line_statuses").set_index("line_id")
    statuses = list_statuses(records).set_index("line_id")
    assert dict(lines["status"]) == dict(statuses["status"])
    assert set(lines["evidence"]) - {""} <= set(records.events["event_id"])
    sites = records.sites.set_index("site_id")
    for _, line in lines.iterrows():
        assert line["town"] == sites.loc[line["site_id"], "town"]
        assert line["maker"] == sites.loc[line["site_id"], "operator"]


def test_days_of_results_are_whole_dates(records: Records, package: bytes) -> None:
    """ "2028" is the year from its first day to its last, and "late 2026" as wide as its event says."""
    described = describe_resources(package)
    for name in RESULTS:
        days = [f["name"] for f in described[name]["schema"]["fields"] if f["type"] == "date"]
        table = read_result(package, name)
        assert days
        for column in days:
            dated = table.loc[table[column] != "", column]
            assert dated.str.fullmatch(r"\d{4}-\d{2}-\d{2}").all(), (name, column)
    lines = read_result(package, "line_statuses").set_index("line_id")
    by_year = list_statuses(records).set_index("line_id")["next_date"] == "2028"
    assert by_year.any()
    assert set(lines.loc[by_year, "next_from"]) == {"2028-01-01"}
    assert set(lines.loc[by_year, "next_to"]) == {"2028-12-31"}
    events = read_result(package, "event_days").set_index("event_id")
    milestones = read_result(package, "milestones")
    promised = milestones[milestones["first_event"] != ""]
    assert list(promised["first_promise_to"]) == list(
        events.loc[promised["first_event"], "last_day"]
    )


def test_the_baseline_is_what_the_model_answers(records: Records, package: bytes) -> None:
    table = read_result(package, "baseline_output").set_index("date")
    path = run_outlook(Model(records)).path
    assert list(table.index) == [f"{month}-01" for month in path["month"]]
    assert [*map(float, table["p90"])] == list(path["p90"].round())
    assert [*map(float, table["bottleneck_share"])] == list(path["bottleneck_share"].round(4))


def describe_resources(package: bytes) -> dict[str, dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        described = json.loads(archive.read("datapackage.json"))
    return {resource["name"]: resource for resource in described["resources"]}


def test_every_table_and_field_of_the_package_is_described(package: bytes) -> None:
    resources = describe_resources(package)
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        tables = {name for name in archive.namelist() if name.endswith(".csv")}
    assert {resource["path"] for resource in resources.values()} == tables
    assert set(RESULTS) <= set(resources)
    for name, resource in resources.items():
        assert len(resource["title"].split()) >= 2, name
        for field in resource["schema"]["fields"]:
            assert len(field["description"]) >= 4, (name, field)


def test_sites_for_a_map_program_have_whole_rounds(records: Records) -> None:
    features = json.loads(write_sites_geojson(Model(records)))["features"]
    rounds = [feature["properties"]["rounds"] for feature in features]
    assert any(number for number in rounds)
    assert all(number is None or number == round(number) for number in rounds)
