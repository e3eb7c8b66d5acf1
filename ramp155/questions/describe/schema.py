"""A question's parameters as JSON Schema, with the ids that the record knows: for OpenAPI and for an assistant's tools alike."""

from __future__ import annotations

from typing import Any

from ramp155.model.coefficients.edits import EDITABLE_KINDS, find_coefficient_bounds
from ramp155.model.scenario.fields import EDIT_PREFIX
from ramp155.model.scenario.scenario import COUNTRIES_ON_REQUEST
from ramp155.questions.parameters import list_lever_parameters
from ramp155.questions.question import Parameter, Question
from ramp155.questions.read import LONGEST_WORDS, list_names
from ramp155.record.records import Records

Schema = dict[str, Any]
_YEAR, _MONTH = "(19[0-9]{2}|20[0-9]{2})", "(0[1-9]|1[0-2])"
_DAY_28 = "(0[1-9]|1[0-9]|2[0-8])"  # what every month has
# A year, a month or a day that is one; 29 February is read as well.
_DAY = f"^{_YEAR}(-{_MONTH}(-{_DAY_28})?|-(0[13-9]|1[0-2])-(29|30)|-(0[13578]|1[02])-31)?$"
_ASSUME_ABOUT = (
    "Coefficients of one's own, by their id in data/assumptions.csv, each in its own unit"
)


def list_parameters(records: Records, question: Question) -> dict[str, tuple[str, Schema, bool]]:
    """Everything that may be asked, by name: what it is in words, its schema, and whether it has to be said.

    Levers and coefficients stand beside the other parameters, by the names that `--set` takes.
    """
    parameters = question.parameters
    if question.takes_scenario:
        parameters = (*parameters, *list_lever_parameters())
    described = {
        parameter.name: (
            parameter.about.partition("; default")[0],
            describe_parameter(records, parameter),
            parameter.is_required,
        )
        for parameter in parameters
    }
    if question.takes_scenario:
        described["also"] = ("Countries to count as well", _describe_countries(), False)
        described |= _list_coefficients(records)
    return described


def build_input_schema(records: Records, question: Question) -> Schema:
    """All that may be asked as one object, for an assistant: coefficients by id in an object of their own."""
    properties: dict[str, Schema] = {}
    required = []
    for name, (about, schema, is_required) in list_parameters(records, question).items():
        if name.startswith(EDIT_PREFIX):
            numbers = {"type": "object", "additionalProperties": {"type": "number"}}
            properties["assume"] = {"description": _ASSUME_ABOUT, **numbers}
        else:
            unit = f", {schema['x-unit']}" if "x-unit" in schema else ""
            properties[name] = {"description": f"{about}{unit}", **schema}
        required += [name] * is_required
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def describe_parameter(records: Records, parameter: Parameter) -> Schema:
    """One parameter's schema: kind, range, default and unit."""
    schema = _describe_values(records, parameter)
    if parameter.default is not None:
        default = parameter.default
        is_number = parameter.kind in ("number", "whole")
        schema["default"] = _plain_number(float(default)) if is_number else default
    if parameter.unit:
        schema["x-unit"] = parameter.unit
    return schema


def _describe_values(records: Records, parameter: Parameter) -> Schema:
    if parameter.kind in ("number", "whole"):
        schema: Schema = {"type": "integer" if parameter.kind == "whole" else "number"}
        if parameter.low is not None:
            schema["exclusiveMinimum" if parameter.is_above else "minimum"] = _plain_number(
                parameter.low
            )
        highs = [high for high in (parameter.high, parameter.most_served) if high is not None]
        if highs:
            schema["maximum"] = _plain_number(min(highs))
        return schema
    if parameter.kind == "day":
        return {"type": "string", "pattern": _DAY}
    if parameter.kind == "month":
        years = "|".join(sorted({month[:4] for month in parameter.choices}))
        return {"type": "string", "pattern": f"^({years})-{_MONTH}$"}
    if parameter.kind == "words":
        return {"type": "string", "minLength": 1, "maxLength": LONGEST_WORDS}
    return {"type": "string", "enum": [*parameter.choices] or list_names(records, parameter)}


def _plain_number(number: float) -> float:
    return int(number) if float(number).is_integer() else number


def _describe_countries() -> Schema:
    countries: Schema = {"type": "string", "enum": list(COUNTRIES_ON_REQUEST)}
    return {"type": "array", "items": countries, "minItems": 1}


def _list_coefficients(records: Records) -> dict[str, tuple[str, Schema, bool]]:
    described = {}
    for coefficient in records.list_coefficients(model_only=False):
        if coefficient.kind in EDITABLE_KINDS:
            low, high = find_coefficient_bounds(records, coefficient.assumption_id)
            schema = {"type": "number", "minimum": low, "maximum": high, "x-unit": coefficient.unit}
            described[f"{EDIT_PREFIX}{coefficient.assumption_id}"] = (
                f"A coefficient of one's own: {coefficient.label}",
                schema,
                False,
            )
    return described
