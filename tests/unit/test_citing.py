"""How anything here is cited, how errors are reported, and the address that all of it carries."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
import segno
import yaml

from ramp155.files.package.archive import build_package
from ramp155.files.qr_code import CODE_WORDS, draw_qr_svg
from ramp155.files.versions.version_files import build_version_files
from ramp155.model.model import Model
from ramp155.record.records import Records
from ramp155.text.citations import (
    AUTHOR,
    LOCAL_WORDS,
    RECORD_TITLE,
    is_local_address,
    say_address,
    write_citations,
    write_error_link,
    write_error_report,
)
from ui import settings
from ui.start import Start

ADDRESS = "https://ramp155.example/what_if?nc=60&made_with=v:2027-12:1"
LOCAL = "http://localhost:8501/what_if?nc=60"
FORMS = ("One line", "APA", "BibTeX")


def test_every_form_says_who_what_which_version_when_and_where(records: Records) -> None:
    forms = write_citations(records, "Output & powder: 100 %\n {x}", ADDRESS, "Chart")
    assert tuple(forms) == FORMS
    for words in forms.values():
        assert AUTHOR in words
        assert "Output" in words
        assert records.version in words
        assert str(records.end.year) in words
        assert ADDRESS in words
    assert r"Output \& powder: 100 \% \{x\}" in forms["BibTeX"]
    assert forms["BibTeX"].count("{") == forms["BibTeX"].count("}")
    assert "\n" not in forms["One line"] + forms["APA"]


def test_two_pictures_are_two_entries(records: Records) -> None:
    entries = {
        write_citations(records, title, address)["BibTeX"].partition(",")[0]
        for title in ("a", "b")
        for address in (ADDRESS, f"{ADDRESS}&month=2028-12")
    }
    assert len(entries) == 4


@pytest.mark.parametrize(
    ("address", "is_local"),
    [
        ("http://localhost:8501/", True),
        ("http://ramp.localhost/", True),
        ("http://127.0.0.1:8501/x?y=1", True),
        ("http://[::1]:8501", True),
        ("http://0.0.0.0:8501", True),
        ("", True),
        ("https://ramp155.example/localhost", False),
        ("http://192.168.1.7:8501", False),
        ("https://localhost.example", False),
    ],
)
def test_an_address_of_one_machine_is_known(address: str, is_local: bool) -> None:
    assert is_local_address(address) == is_local
    assert (" ".join(LOCAL_WORDS) in say_address(address)) == is_local


def test_a_local_citation_says_so_and_gives_no_field_of_an_address(records: Records) -> None:
    forms = write_citations(records, "x", LOCAL)
    assert all(" ".join(LOCAL_WORDS) in forms[form] for form in ("One line", "APA"))
    assert "url" not in forms["BibTeX"]


def test_a_code_says_under_it_that_it_opens_on_one_machine() -> None:
    plain, local = draw_qr_svg(ADDRESS), draw_qr_svg(LOCAL)
    assert CODE_WORDS in local
    assert CODE_WORDS not in plain
    code = segno.make(LOCAL, error="m", micro=False)
    assert code.svg_inline(border=2, dark="black", light="white", omitsize=True)[-60:-6] in local


def test_the_record_carries_files_that_cite_it(records: Records) -> None:
    model = Model(records, draws=50)
    with zipfile.ZipFile(io.BytesIO(build_package(model))) as package:
        packed = {name: package.read(name) for name in ("CITATION.cff", "citation.bib")}
    served = build_version_files(model)
    for name, content in packed.items():
        assert served[name] == content
    entries = yaml.safe_load(packed["CITATION.cff"])
    assert entries["type"] == "dataset"
    assert (entries["title"], entries["version"]) == (RECORD_TITLE, records.version)
    assert entries["date-released"] == records.end.isoformat()
    assert entries["authors"] == [{"name": AUTHOR}]
    assert records.version in packed["citation.bib"].decode()


def test_a_report_of_an_error_is_ready_where_no_address_is_set(records: Records) -> None:
    report = write_error_report(records, "row-1", "output", ADDRESS)
    assert all(words in report for words in ("row-1", "output", ADDRESS, records.version))
    assert write_error_link(records, "row-1", "") == "evidence?evidence_view=take&report=row-1"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("", ""),
        ("https://ramp155.example", "https://ramp155.example"),
        ("https://ramp155.example/", "https://ramp155.example"),
        ("http://10.0.0.3:8501/ramp", "http://10.0.0.3:8501/ramp"),
    ],
)
def test_the_public_address_is_a_setting(
    monkeypatch: pytest.MonkeyPatch, text: str, address: str
) -> None:
    monkeypatch.setenv("RAMP155_PUBLIC_ADDRESS", text)
    assert settings.read_public_address() == address


@pytest.mark.parametrize(
    "text",
    [
        "ramp155.example",
        "ftp://ramp155.example",
        "https://",
        "https://a.b/?x=1",
        "https://a.b/?",
        "https://a.b/#top",
        "https://me:word@a.b",
        "https://a b",
        "https://a.b:port",
        "javascript:alert(1)",
    ],
)
def test_a_wrong_public_address_stops_the_start_and_says_why(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("RAMP155_PUBLIC_ADDRESS", text)
    with pytest.raises(SystemExit) as stopped:
        Start()
    assert "RAMP155_PUBLIC_ADDRESS" in str(stopped.value)
    assert "http:// or https://" in str(stopped.value)
    assert repr(text) in str(stopped.value)


def test_the_setting_is_written_down_beside_the_app() -> None:
    text = (Path(__file__).parents[2] / "settings.toml").read_text("utf-8")
    assert re.search(r"^public_address = ", text, re.M)
