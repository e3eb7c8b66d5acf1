import datetime as dt

import pytest

from ramp155.record.dates import first_day, last_day, month_number, month_range, month_text


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2025-07-14", dt.date(2025, 7, 14), dt.date(2025, 7, 14)),
    ],
)
def test_a_date_names_a_span(text: str, first: dt.date, last: dt.date) -> None:
    assert first_day(text) == first
    assert last_day(text) == last


@pytest.mark.parametrize("text", ["", "2025-13", "2025-02-31", "soon", "25-01", "1066", "2025-1"])
def test_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|outside|month|day|range"):
        first_day(text)


def test_months_count_and_read_back() -> None:
    assert month_number("2025-03") - month_number("2024-12") == 3
    assert month_text(month_number("2027-09")) == "2027-09"
    assert month_number("2025") == month_number("2025-07")
    assert month_range("2025-11", "2026-02") == ["2025-11", "2025-12", "2026-01", "2026-02"]
