"""Everything that is locked may stand beside MIT and CC BY, and docs/licences.md says so."""

from __future__ import annotations

import re

from bench.licences import (
    FOR_TESTS,
    PAGE,
    PERMISSIVE,
    Licence,
    list_licences,
    list_locked_names,
    list_unfit,
    write_page,
)


def test_what_runs_may_be_passed_on() -> None:
    licences = list_licences(list_locked_names("requirements.lock"))
    assert len(licences) > 40
    assert list_unfit(licences, PERMISSIVE) == []


def test_what_tests_use_may_be_used() -> None:
    licences = list_licences(list_locked_names("requirements-dev.lock"))
    assert list_unfit(licences, PERMISSIVE | FOR_TESTS) == []


def test_an_unfit_licence_is_found() -> None:
    offers = [
        "GPL-3.0-only",
        "MIT AND GPL-3.0-only",
        "not said",
        "MIT OR GPL-3.0-only",
        "BSD-2-Clause AND Apache-2.0 WITH LLVM-exception",
    ]
    licences = [Licence(f"p{n}", "1", spdx) for n, spdx in enumerate(offers)]
    assert list_unfit(licences, PERMISSIVE) == licences[:3]


def test_the_page_is_what_is_installed() -> None:
    """Rows of packages that are not installed on this system cannot be compared."""
    page, written = PAGE.read_text(encoding="utf-8"), write_page()
    rows = set(re.findall(r"^\| .* \|$", page, re.MULTILINE))
    assert set(re.findall(r"^\| .* \|$", written, re.MULTILINE)) <= rows, (
        "run: python -m bench.licences"
    )
    names = {row.split(" | ")[0].strip("| ") for row in rows} - {"package", "---"}
    assert names <= set(list_locked_names("requirements-dev.lock"))
