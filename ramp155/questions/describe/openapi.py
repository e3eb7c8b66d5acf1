"""The questions described as OpenAPI 3.1, for programs that make clients of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import ramp155
from ramp155.base.memory import remember
from ramp155.questions.catalogue import QUESTIONS
from ramp155.questions.describe.schema import Schema, list_parameters
from ramp155.questions.describe.shapes import build_shape
from ramp155.questions.question import API_ROOT, Example, Question
from ramp155.record.records import Records

_LICENCE = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
_ABOUT = (
    "Who promised what 155 mm ammunition capacity in Europe, what came of it, and what nitrocellulose allows. "
    "Every answer is the JSON of the command of the same name. A blank or null means not reported, never zero. "
    "Each field says its unit (x-unit)."
)
_HEADERS = {
    "ETag": "The answer's name: send it back as If-None-Match, and what has not changed is not sent again.",
    "Ramp155-Record": "Version of the record that answers.",
}
_PROBLEMS = {
    "400": "The question cannot be read; `detail` says what was expected.",
    "429": "This caller has asked for more than its share; Retry-After says when there is more.",
    "503": "The server is busy or not ready; Retry-After says when to try again.",
}


@remember
def build_openapi(records: Records, base: str = "") -> dict[str, Any]:
    """The description of every endpoint; `base` is the path under which the server stands."""
    paths = {
        f"{API_ROOT}/{question.name}{_write_subject(question)}": {
            "get": _describe_question(records, question)
        }
        for question in QUESTIONS.values()
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Ramp 155",
            "version": ramp155.__version__,
            "summary": "How fast Europe ramps up 155 mm ammunition, and what holds it back",
            "description": _ABOUT,
            "license": _LICENCE,
            "x-record": records.version,
        },
        "servers": [{"url": base or "/"}],
        "paths": paths,
        "components": {
            "parameters": _list_shared_parameters(records),
            "schemas": {"Problem": _PROBLEM},
            "responses": {
                code: {
                    "description": about,
                    "content": {
                        "application/problem+json": {
                            "schema": {"$ref": "#/components/schemas/Problem"}
                        }
                    },
                }
                for code, about in (
                    *_PROBLEMS.items(),
                    ("404", "What the question is about is not in the record."),
                )
            },
        },
    }


def write_address(question: Question, example: Example) -> str:
    """An example as an address below the server."""
    subject = question.subject
    given = dict(example.given)
    path = f"{API_ROOT}/{question.name}"
    if subject:
        path += f"/{given.pop(subject.name)}"
    return f"{path}?{urlencode(given)}" if given else path


_PROBLEM: Schema = {
    "type": "object",
    "description": "RFC 9457",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail"],
}


def _write_subject(question: Question) -> str:
    return f"/{{{question.subject.name}}}" if question.subject else ""


def _describe_question(records: Records, question: Question) -> dict[str, Any]:
    shared = _list_shared_parameters(records) if question.takes_scenario else {}
    parameters: list[dict[str, Any]] = []
    for name, (about, schema, is_required) in list_parameters(records, question).items():
        key = name.replace(".", "-")
        if key in shared:
            parameters.append({"$ref": f"#/components/parameters/{key}"})
        else:
            is_subject = question.subject is not None and question.subject.name == name
            parameters.append(_write_parameter(name, about, schema, is_required, is_subject))
    answer: dict[str, Any] = {
        "description": "The answer",
        "headers": {
            name: {"description": about, "schema": {"type": "string"}}
            for name, about in _HEADERS.items()
        },
        "content": {"application/json": {"schema": build_shape(question.shape)}},
    }
    codes = [*_PROBLEMS, *(["404"] if question.subject else [])]
    return {
        "operationId": question.name,
        "summary": question.about.removesuffix(", one object a line."),
        "parameters": parameters,
        "x-cost": question.cost,
        "responses": {
            "200": answer,
            "304": {"description": "Not changed since it was sent last"},
            **{code: {"$ref": f"#/components/responses/{code}"} for code in codes},
        },
    }


@remember
def _list_shared_parameters(records: Records) -> dict[str, Any]:
    """What every question with a scenario takes: levers, countries, coefficients, by component name."""
    with_scenario = Question("", "", "", "", takes_scenario=True)
    return {
        name.replace(".", "-"): _write_parameter(name, about, schema, is_required)
        for name, (about, schema, is_required) in list_parameters(records, with_scenario).items()
    }


def _write_parameter(
    name: str, about: str, schema: Schema, is_required: bool, is_subject: bool = False
) -> dict[str, Any]:
    """A parameter as OpenAPI has it; of several values, with commas between."""
    place = "path" if is_subject else "query"
    written: dict[str, Any] = {"name": name, "in": place, "description": about, "schema": schema}
    if is_required or is_subject:
        written["required"] = True
    if schema.get("type") == "array":
        written |= {"style": "form", "explode": False}
    return written
