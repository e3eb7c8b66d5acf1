"""What `/api/v1/openapi.json` promises is kept: whatever it allows is answered as it says, all else is refused, and nothing fails.

The cases are schemathesis's own: values inside the described ranges and outside them, other methods, other types.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import APIOperation, GenerationMode
from starlette.applications import Starlette

from ramp155.questions.catalogue import QUESTIONS
from ramp155.questions.question import API_ROOT, Parameter, Question
from tests import shared
from ui.serve.api import Api
from ui.serve.late import mount_whole
from ui.serve.limits import Allowance

FEW = 20  # draws: what is tried is the contract, not the figures
CASES = 12  # for each question


def make_quick(question: Question) -> Question:
    """The same question with few draws, by default and at most."""

    def limit(parameter: Parameter) -> Parameter:
        if parameter.name != "draws":
            return parameter
        return dataclasses.replace(parameter, default=str(FEW), most_served=FEW)

    return dataclasses.replace(question, parameters=tuple(map(limit, question.parameters)))


@pytest.fixture(scope="module")
def contract() -> Iterator[schemathesis.BaseSchema]:
    """The description as it is served, and the application in this process."""
    patch = pytest.MonkeyPatch()
    quick = {name: make_quick(question) for name, question in QUESTIONS.items()}
    patch.setattr("ui.serve.api.QUESTIONS", quick)
    patch.setattr("ramp155.questions.describe.openapi.QUESTIONS", quick)
    api = Api(shared.record, Allowance(10**9)).build_app()
    shared.record().memory.clear()
    app = Starlette(routes=[mount_whole(API_ROOT, api)])
    yield schemathesis.openapi.from_asgi(f"{API_ROOT}/openapi.json", app)
    shared.record().memory.clear()
    patch.undo()


def try_cases(operation: APIOperation, mode: GenerationMode, count: int = CASES) -> None:
    @given(operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def try_case(case: schemathesis.Case) -> None:
        case.call_and_validate()

    try_case()


def find_operation(contract: schemathesis.BaseSchema, name: str) -> APIOperation:
    (path,) = (path for path in contract if path.split("/")[3] == name)
    return contract[path]["GET"]


@pytest.mark.parametrize("mode", GenerationMode, ids=lambda mode: mode.value)
@pytest.mark.parametrize("name", QUESTIONS)
def test_no_case_breaks_the_contract(
    name: str, mode: GenerationMode, contract: schemathesis.BaseSchema
) -> None:
    operation = find_operation(contract, name)
    if mode is GenerationMode.POSITIVE or operation.definition.raw["parameters"]:
        try_cases(operation, mode)


@pytest.mark.parametrize("content", [b'[{"line_id": 7}]', b"[{}]", b"{}", b"["])
def test_an_answer_of_another_form_is_found(
    content: bytes, contract: schemathesis.BaseSchema, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.serve.api.write_reply_json", lambda *_: content)
    with pytest.raises(BaseException, match="esponse"):
        try_cases(find_operation(contract, "status"), GenerationMode.POSITIVE, 1)


def test_a_refusal_of_what_is_allowed_and_a_failure_are_found(
    contract: schemathesis.BaseSchema, monkeypatch: pytest.MonkeyPatch
) -> None:
    operation = find_operation(contract, "status")
    for error in (ValueError("no"), KeyError("no")):

        def fail(*_: object, error: Exception = error, **__: object) -> None:
            raise error

        monkeypatch.setattr("ui.serve.api.read_asked", fail)
        with pytest.raises(BaseException, match=r"ejected|erver error|no"):
            try_cases(operation, GenerationMode.POSITIVE, 1)
