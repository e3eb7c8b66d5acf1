"""Tables whose numbers have signs: a minus is a minus, not the hyphen that Streamlit's own formats print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from ramp155.text.numbers import MINUS

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler


def print_minus(rows: pd.DataFrame, formats: Mapping[str, str]) -> Styler:
    """A table for `st.dataframe` that shows some columns with true minus signs, and sorts them as numbers.

    Parameters
    ----------
    rows : pandas.DataFrame
        What is shown, numbers in the units of their columns; NaN is blank.
    formats : mapping of str
        Column -> how Python formats its numbers (`,.0f`, `+.0f`). The table's column_config names no format for them.
    """

    def print_with(form: str) -> Callable[[Any], str]:
        return lambda number: "" if pd.isna(number) else f"{number:{form}}".replace("-", MINUS)

    return rows.style.format({name: print_with(form) for name, form in formats.items()})
