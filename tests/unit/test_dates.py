import datetime as dt

import pytest

from ramp155 import dates


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2025-07-14", dt.date(2025, 7, 14), dt.date(2025, 7, 14)),
    ],
)
def test_a_date_names_a_span(text: str, first: dt.date, last: dt.date) -> None:
    assert dates.first_day(text) == first
    assert dates.last_day(text) == last


@pytest.mark.parametrize("text", ["", "2025-13", "2025-02-31", "soon", "25-01", "1066", "2025-1"])
def test_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|outside|month|day|range"):
        dates.first_day(text)


def test_months_count_and_read_back() -> None:
    assert dates.month_number("2025-03") - dates.month_number("2024-12") == 3
    assert dates.month_text(dates.month_number("2027-09")) == "2027-09"
    assert dates.month_number("2025") == dates.month_number("2025-07")
    assert dates.month_range("2025-11", "2026-02") == ["2025-11", "2025-12", "2026-01", "2026-02"]
