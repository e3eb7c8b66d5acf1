"""Tables and values printed as JSON, CSV or plain text; unknown numbers become null in JSON."""

from __future__ import annotations

import json
import math

import pandas as pd


def build_json_rows(table: pd.DataFrame) -> list[dict[str, object]]:
    """Rows as JSON values: unknown numbers become null."""
    rows = table.to_dict("records")
    return [{key: _replace_unknown(value) for key, value in row.items()} for row in rows]


def _replace_unknown(value: object) -> object:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def format_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def print_table(table: pd.DataFrame, style: str) -> None:
    if style == "json":
        print(format_json(build_json_rows(table)))
    elif style == "csv":
        print(table.to_csv(index=False), end="")
    else:
        print(
            table.to_string(index=False, na_rep="-", float_format=lambda number: f"{number:,.6g}")
        )
