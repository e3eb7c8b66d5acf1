"""The form of every answer, as JSON Schema: which fields it has, of what kind, in which unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ramp155.questions.describe.units import UNITS
from ramp155.questions.replies import columns

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_FLAG: Schema = {"type": "boolean"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_NUMBER: Schema = {"type": ["number", "null"]}
_NUMBER_KINDS = ("number", "integer")
# Columns that are no text, by what they are; all others with a unit are numbers, null where not known.
_FLAGS = (
    "inferred",
    "for_155",
    "counted",
    "derived",
    "hit50",
    "hit80",
    "circular",
    "rests_on_a_promise",
)
_LISTS = ("flags", "claims")
_MAY_BE_MISSING = ("evidence",)


def build_shape(name: str) -> Schema:
    """The JSON Schema of the answers of a shape, by the name that a question gives."""
    return _SHAPES[name]


def build_rows(column_names: Sequence[str], **special: Schema) -> Schema:
    """A list of rows with these columns, each described with its unit."""
    return {"type": "array", "items": build_row(column_names, **special)}


def build_row(column_names: Sequence[str], **special: Schema) -> Schema:
    """One row with these columns, and no others."""
    fields = {name: special.get(name) or _build_field(name) for name in column_names}
    return _build_object(fields)


def _build_object(fields: dict[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def _build_field(name: str) -> Schema:
    if name in _FLAGS:
        return {**_FLAG, **_describe(name)}
    if name in _LISTS:
        return {"type": "array", "items": _TEXT, **_describe(name)}
    if name in _MAY_BE_MISSING:
        return {"type": ["string", "null"]}
    return {**(_NUMBER if name in UNITS else _TEXT), **_describe(name)}


def _describe(name: str) -> Schema:
    return {"description": UNITS[name], "x-unit": UNITS[name]} if name in UNITS else {}


def _measure(names: Sequence[str], unit: str) -> dict[str, Schema]:
    """Numbers in a unit of their own, where their name has another elsewhere."""
    return {name: {**_NUMBER, "description": unit, "x-unit": unit} for name in names}


def _list_of(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _or_nothing(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _end_with(rows: Schema, name: str, schema: Schema) -> Schema:
    """Rows, and one more object at the end that sums them up."""
    return {"type": "array", "items": {"anyOf": [rows["items"], _build_object({name: schema})]}}


_SCENARIO: Schema = {"type": "object", "description": "Every lever by name, as `--set` takes it"}
_AS_SET = "each in the unit that `--set` takes"
_LEVERS: Schema = {
    "type": "object",
    "additionalProperties": {"type": "number", "description": _AS_SET, "x-unit": _AS_SET},
}
_LEVER_SET = _build_object(
    {
        "levers": _LEVERS,
        "rounds_per_year": _build_field("rounds_per_year"),
        "effort": _build_field("effort"),
    }
)
_BEYOND = _build_object(
    {"reaches": _FLAG, **_LEVER_SET["properties"], "example": _or_nothing(_LEVER_SET)}
)
_SPREAD = build_row(["milestones", "late_share", "early_share", "median_months", "p90_months"])
_READINGS = _build_object(
    {
        "strict": _SPREAD,
        "middle": _SPREAD,
        "late_by_two_months_or_more": {**_COUNT, **_describe("late_by_two_months_or_more")},
        "median_range_months": _list_of(_build_field("median_range_months")),
    }
)
_TALLY_COUNTS = (
    "known",
    "met",
    "late",
    "not_met",
    "moved",
    "silent",
    "pending",
    "disputed",
    "measured",
)
_TALLY: Schema = {
    "type": "object",
    "properties": {
        **{
            name: {**_COUNT, "description": "targets", "x-unit": "targets"}
            for name in _TALLY_COUNTS
        },
        **_measure(["share", "low", "high", "median_ratio"], "0 to 1"),
    },
    "required": [*_TALLY_COUNTS, "share"],
}
_HITS = _build_object({"hits": _COUNT, "n": _COUNT})
_INTERVAL: Schema = _list_of({**_NUMBER, "description": "0 to 1", "x-unit": "0 to 1"})
_SCORE = _build_object(
    {
        "n": {**_COUNT, "description": "figures", "x-unit": "figures"},
        "hits50": _COUNT,
        "coverage50": _build_field("coverage50"),
        "coverage50_interval": _INTERVAL,
        "hits80": _COUNT,
        "coverage80": _build_field("coverage80"),
        "coverage80_interval": _INTERVAL,
        **{
            name: _build_field(name)
            for name in ("crps", "crps_persistence", "crps_line", "crps_promises")
        },
        "published80": _HITS,
        "bounds": _HITS,
    }
)
_SCORES_BY: Schema = {"type": "object", "additionalProperties": _SCORE}
_SCORES = _build_object(
    {
        **dict.fromkeys(("overall", "europe", "panel"), _SCORE),
        **dict.fromkeys(("by_kind", "by_series", "by_cutoff"), _SCORES_BY),
    }
)
_LINE_UNIT = "units of the line a year"
_READING = build_row(
    ["month", "p10", "p50", "p90", "rests_on_a_promise"],
    **_measure(["p10", "p50", "p90"], _LINE_UNIT),
)
_STATUS_ROW = build_row(columns.STATUS_COLUMNS)
_LINE = _build_object({**_STATUS_ROW["properties"], "reading": _or_nothing(_READING)})
_TRACK = _measure(["low", "high", "p10", "p25", "p50", "p75", "p90"], "units of the series a year")
_SHAPES: dict[str, Schema] = {
    "run": _build_object(
        {
            "scenario": _SCENARIO,
            "statistic": _TEXT,
            "nameplate_beyond_plans": _list_of(_TEXT),
            "path": build_rows(columns.PATH_COLUMNS),
        }
    ),
    "response": build_rows(columns.RESPONSE_COLUMNS),
    "goal": _build_object(
        {
            "target": _build_field("rounds_per_year"),
            "by": _TEXT,
            "reachable": _FLAG,
            "nitrocellulose": _build_field("nitrocellulose"),
            "binds": _TEXT,
            "rounds_per_year": _build_field("rounds_per_year"),
            "odds": _build_field("odds"),
            "pair": _or_nothing(_LEVER_SET),
            "binds_share": _build_field("binds_share"),
            "solutions": _list_of(_LEVER_SET),
            "closest": _list_of(_LEVER_SET),
            "beyond": _or_nothing(_BEYOND),
            "same_round": _or_nothing(_LEVER_SET),
            "orders": {"type": ["integer", "null"], "description": UNITS["rounds_per_year"]},
            "moved": _list_of(_TEXT),
            "statistic": _TEXT,
        }
    ),
    "locks": _end_with(
        build_rows(columns.LOCK_COLUMNS),
        "pairs",
        _list_of(
            _build_object(
                {
                    "stages": _list_of(_TEXT),
                    **{
                        name: _build_field(name)
                        for name in ("adds_p50", "gains_share", "median_rises")
                    },
                }
            )
        ),
    ),
    "gap": build_rows(
        ["month", "versus", "p10", "p50", "p90", "odds"],
        **_measure(["p10", "p50", "p90"], "Russian rounds for one of the other side"),
    ),
    "verdicts": build_rows(
        [
            "statement_id",
            "statement",
            "who",
            "said_on",
            "verdict",
            "odds",
            "reason",
            "counted",
            "claims",
            "circular",
            "because",
            "agreeing_count",
            "known_count",
        ],
        counted=_TEXT,
    ),
    "status": build_rows(columns.STATUS_COLUMNS),
    "opened": build_rows(columns.OPENED_COLUMNS, one_report=_FLAG),
    "fit": build_rows(["target_id", "reported_low", "reported_high", "p10", "p50", "p90"]),
    "slips": _end_with(build_rows(columns.SLIP_COLUMNS), "readings", _READINGS),
    "targets": _end_with(
        build_rows(
            columns.TARGET_COLUMNS,
            **_measure(["target", "came"], "as said, in `unit`"),
        ),
        "western",
        _TALLY,
    ),
    "plant": _build_object(
        {
            **dict.fromkeys(("site_id", "name", "maker", "country", "town", "says"), _TEXT),
            "lines": _list_of(_LINE),
            "reports": build_rows(columns.REPORT_COLUMNS),
            "disagreements": _list_of(
                _build_object(
                    {
                        **dict.fromkeys(("line_id", "about", "says"), _TEXT),
                        "events": _list_of(_list_of(_TEXT)),
                    }
                )
            ),
        }
    ),
    "claims": build_rows(columns.CLAIM_COLUMNS),
    "hindcast": _build_object(
        {"rows": build_rows(columns.HINDCAST_COLUMNS, **_TRACK), "score": _SCORES}
    ),
    "score": _build_object(
        {
            "releases": build_rows(["version", "made_on", "model", "rows", "sha256"]),
            "rows": build_rows(columns.SCORE_COLUMNS, **_TRACK),
            "score": _SCORES,
            "says": _TEXT,
        }
    ),
}
