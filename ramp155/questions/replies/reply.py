"""A reply in the three forms it is taken away: values as JSON, a table as CSV, and text for people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ramp155.questions.replies.tables import build_json_rows, write_table


@dataclass(frozen=True)
class Reply:
    """What a question is answered with: `values` as JSON has them, the table of its CSV, and how it is written to be read."""

    values: Any
    table: pd.DataFrame
    write_text: Callable[[], str]


def reply_table(table: pd.DataFrame) -> Reply:
    """A reply that is one table in all three forms."""
    return Reply(build_json_rows(table), table, lambda: write_table(table))
