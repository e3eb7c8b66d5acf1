"""The one schema: what is made from it says the same as it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ramp155.cli.commands import run_command_line
from ramp155.record.dictionary import END, START, insert_dictionary, write_dictionary
from ramp155.record.read import DATA
from ramp155.record.records import Records
from ramp155.record.schema import (
    NUMBERS,
    SCHEMAS,
    TABLES,
    build_json_schema,
    list_references,
    write_template,
)
from ramp155.record.upload.table import TABLES_SENT_ALONE


def test_the_dictionary_in_the_readme_is_the_schemas() -> None:
    """`python -m ramp155 dictionary` writes it anew."""
    text = (DATA / "README.md").read_text(encoding="utf-8")
    assert insert_dictionary(text) == text


def test_the_command_writes_the_dictionary(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"Before\n{START}\nof another day\n{END}\nAfter\n")
    assert write_dictionary(tmp_path) == readme
    text = readme.read_text()
    assert text.startswith("Before\n")
    assert text.endswith("\nAfter\n")
    assert "of another day" not in text
    assert "**events.csv**" in text
    readme.write_text("no marks")
    with pytest.raises(ValueError, match="lacks the marks"):
        write_dictionary(tmp_path)


def test_the_command_leaves_the_readme_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    before = (DATA / "README.md").read_bytes()
    assert run_command_line(["dictionary"]) == 0
    assert capsys.readouterr().out.strip() == str(DATA / "README.md")
    assert (DATA / "README.md").read_bytes() == before


@pytest.mark.parametrize("name", TABLES)
def test_every_column_says_what_it_means_and_every_number_its_unit(name: str) -> None:
    for column in TABLES[name].columns:
        assert column.meaning
        assert bool(column.unit) == (column.kind == "number"), column.name
        assert bool(column.words) == (column.kind == "vocabulary"), column.name
        assert bool(column.refers) == (column.kind == "references"), column.name
        assert all(column.words.values()), column.name
    assert TABLES[name].rows
    assert TABLES[name].about


@pytest.mark.parametrize("name", TABLES)
def test_the_package_describes_every_column(name: str) -> None:
    described = build_json_schema(name)
    assert [field["name"] for field in described["fields"]] == list(SCHEMAS[name])
    for field, column in zip(described["fields"], TABLES[name].columns, strict=True):
        constraints = field.get("constraints", {})
        assert field["type"] == ("number" if column.kind == "number" else "string")
        assert constraints.get("required", False) == column.required
        assert constraints.get("unique", False) == column.unique
        assert constraints.get("enum", []) == list(column.words)
        assert ("pattern" in constraints) == (column.kind == "date")
        assert column.meaning in field["description"]
    assert set(described["primaryKey"]) <= set(SCHEMAS[name])


def test_every_reference_leads_to_a_key() -> None:
    for name, column, target in list_references():
        assert TABLES[target].columns[0].unique, (name, column.name)


@pytest.mark.parametrize("name", [name for name, table in TABLES.items() if table.alone])
def test_a_template_has_the_tables_columns(name: str) -> None:
    assert write_template(name).decode() == ",".join(SCHEMAS[name]) + "\n"


def test_what_may_be_left_out_of_an_upload_keeps_the_rules() -> None:
    """A cell that stands for one left out is blank where it may be, else a word or key that is known."""
    for name in TABLES_SENT_ALONE:
        for column in TABLES[name].columns:
            if column.left_out is None:
                continue
            assert column.left_out or not column.required, (name, column.name)
            assert not column.words or column.left_out in ("", *column.words), (name, column.name)


def test_marks_stand_in_columns_of_text() -> None:
    for table in TABLES.values():
        if table.marked:
            assert SCHEMAS[table.name][table.marked].kind == "text"
    assert all(TABLES[name].marked for name in TABLES_SENT_ALONE)


def test_numbers_are_numbers_in_the_record(records: Records) -> None:
    for name, columns in NUMBERS.items():
        table = getattr(records, name)
        kinds = {column: table[column].dtype.kind for column in SCHEMAS[name]}
        assert {c for c, kind in kinds.items() if kind in "if"} == set(columns), name
