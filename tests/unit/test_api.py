"""The questions over the web: the same answers as the command line's, at a bounded cost, in a form that clients can rely on."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import subprocess
import sys
import threading
from collections.abc import Iterator

import jsonschema
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from ramp155.cli.answer_parsers import write_options
from ramp155.cli.commands import run_command_line
from ramp155.questions.ask import write_reply_json
from ramp155.questions.catalogue import QUESTIONS
from ramp155.questions.describe.openapi import build_openapi, write_address
from ramp155.questions.describe.shapes import build_shape
from ramp155.questions.describe.units import UNITS
from ramp155.questions.question import API_ROOT, Example, Question
from ramp155.questions.read import read_asked, split_given
from ramp155.record.faults import Fault, RecordsError
from ramp155.record.records import Records
from tests import shared
from ui.serve.api import Api
from ui.serve.late import LateApp
from ui.serve.limits import MOST_CALLERS, Allowance
from ui.start import Start

EXAMPLES = [(question, example) for question in QUESTIONS.values() for example in question.examples]
PLENTY = 10**9


def build_client(points: int = PLENTY) -> TestClient:
    app = Api(shared.record, Allowance(points)).build_app()
    return TestClient(app, base_url="http://test", raise_server_exceptions=False)


def get_path(question: Question, example: Example) -> str:
    """The example's address below the mounted application, with few draws."""
    few = {"draws": "50"} if any(p.name == "draws" for p in question.parameters) else {}
    address = write_address(question, Example({**example.given, **few}))
    return address.removeprefix(API_ROOT)


@pytest.fixture
def client() -> Iterator[TestClient]:
    with build_client() as client:
        yield client


# Endpoint and command answer alike


@pytest.mark.parametrize(
    ("question", "example"), EXAMPLES, ids=lambda part: getattr(part, "name", "")
)
@pytest.mark.usefixtures("one_record")
def test_endpoint_and_command_answer_alike(
    question: Question, example: Example, client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    few = {"draws": "50"} if any(p.name == "draws" for p in question.parameters) else {}
    options = write_options(question, Example({**example.given, **few}, "json")).split()
    assert run_command_line([question.name, *options]) == 0
    printed = capsys.readouterr().out
    if question.is_lined:
        said = [json.loads(line) for line in printed.splitlines()]
    else:
        said = json.loads(printed)
    answer = client.get(get_path(question, example))
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == said


def test_the_issue_of_questions_is_whole() -> None:
    asked_for = "run response goal gap verdicts status opened slips plants claims hindcast"
    assert set(asked_for.split()) <= set(QUESTIONS)


# Kept by what was asked of which record


def test_an_answer_that_has_not_changed_is_not_sent_again_and_costs_nothing() -> None:
    with build_client(points=QUESTIONS["targets"].cost) as client:
        first = client.get("/targets")
        name = first.headers["etag"]
        for known in (name, f'"other", {name}', name.removeprefix("W/"), "*"):
            again = client.get("/targets", headers={"If-None-Match": known})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == name
        assert client.get("/targets", headers={"If-None-Match": '"other"'}).status_code == 429


def test_the_name_of_an_answer_follows_question_parameters_and_record(
    client: TestClient, records: Records
) -> None:
    addresses = ["/status", "/slips", "/status?as_of=2025-06-30", "/opened", "/opened?since=2024"]
    names = [client.get(address).headers["etag"] for address in addresses]
    assert len(set(names)) == len(addresses)
    assert client.get("/opened?since=2023-11").headers["etag"] == names[3]  # said or not
    fewer = dataclasses.replace(records, claims=records.claims.iloc[:-1])
    with TestClient(Api(lambda: fewer, Allowance(PLENTY)).build_app()) as other:
        assert other.get("/status").headers["etag"] != names[0]


def test_a_question_asked_at_once_by_many_is_worked_out_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import httpx2 as httpx

    calls: list[str] = []
    gate = threading.Event()

    def work_out(records: Records, asked: object) -> bytes:
        calls.append(threading.current_thread().name)
        gate.wait(10)
        return b"[]"

    monkeypatch.setattr("ui.serve.api.write_reply_json", work_out)
    app = Api(shared.record, Allowance(PLENTY)).build_app()

    async def ask_at_once() -> list[int]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            asking = [asyncio.create_task(client.get("/targets")) for _ in range(8)]
            while not calls:
                await asyncio.sleep(0.01)
            described = await client.get("/openapi.json")  # the event loop is free meanwhile
            assert described.status_code == 200
            gate.set()
            return [(await answer).status_code for answer in asking]

    assert asyncio.run(ask_at_once()) == [200] * 8
    assert len(calls) == 1
    assert calls[0] != threading.main_thread().name


# Bounds


def test_a_caller_is_told_when_there_is_more() -> None:
    seconds = [0.0]
    allowance = Allowance(60, lambda: seconds[0])
    assert [allowance.spend("one", 25) for _ in range(3)] == [0, 0, 15]
    assert allowance.spend("other", 25) == 0
    seconds[0] = 14.0
    assert allowance.spend("one", 25) == 1
    seconds[0] = 15.0
    assert allowance.spend("one", 25) == 0
    seconds[0] = 1000.0
    assert allowance.spend("one", 600) == 0  # dearer than a minute: all of it, once
    assert allowance.spend("one", 1) == 1
    assert Allowance(0).spend("one", 1) > 0


def test_callers_are_not_kept_without_bound() -> None:
    allowance = Allowance(10, lambda: 0.0)
    for caller in range(MOST_CALLERS + 50):
        allowance.spend(str(caller), 1)
    assert len(allowance._left) == MOST_CALLERS


def test_who_asks_too_much_gets_429() -> None:
    with build_client(points=QUESTIONS["targets"].cost) as client:
        assert client.get("/targets").status_code == 200
        refused = client.get("/claims")
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) > 0
        assert refused.headers["content-type"] == "application/problem+json"


def test_an_answer_costs_what_it_takes(records: Records) -> None:
    def count(**texts: str) -> int:
        question = QUESTIONS["run"]
        return read_asked(question, records, *split_given(question, texts)).cost

    whole = QUESTIONS["run"].cost
    assert count() == count(nitrocellulose="0.5") == whole
    assert count(draws="500") == whole / 2
    assert count(draws="1") == 1
    assert count(extra_delay="6") == count(**{"assume.utilisation": "0.9"}) == 2 * whole


def test_a_server_works_out_no_more_draws_than_it_says(client: TestClient) -> None:
    refused = client.get("/run?draws=1001")
    assert refused.status_code == 400
    assert "at most 1000" in refused.json()["detail"]


def test_too_many_waiting_are_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.serve.api._MOST_WAITING", 0)
    with build_client() as client:
        refused = client.get("/targets")
        assert refused.status_code == 503
        assert refused.headers["retry-after"]


# Problems


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/run?nitrocellulose=9", 400, "0 to 2"),
        ("/run?gravity=1", 400, "gravity is no parameter of run"),
        ("/run?set=nitrocellulose%3D0.7", 400, "set is no parameter"),
        ("/run?draws=0", 400, "at least 1"),
        ("/run?draws=x", 400, "not a number"),
        ("/run?draws=50&draws=50", 400, "twice"),
        ("/run?assume.magic=1", 400, "not a coefficient"),
        ("/run?assume.utilisation=7", 400, "outside"),
        ("/run?preset=magic", 400, "linters-stop"),
        ("/goal", 400, "target is missing"),
        ("/goal?target=-5", 400, "above 0"),
        ("/goal?target=nan", 400, "not a number"),
        ("/response?month=2050-01", 400, "2022-01 to 2030-12"),
        ("/status?as_of=yesterday", 400, "not a date"),
        ("/gap?russia=ru-magic", 400, "ru-hur"),
        ("/gap?calibres=7", 400, "155"),
        ("/claims?topic=magic", 400, "is not one of"),
        ("/claims?query=" + "x" * 5000, 400, "characters"),
        ("/plants/nowhere", 404, "not in the record"),
        ("/plants", 404, "Not Found"),
        ("/magic", 404, "Not Found"),
    ],
)
def test_what_cannot_be_answered_is_a_problem(
    address: str, status: int, says: str, client: TestClient
) -> None:
    problem = client.get(address)
    assert problem.status_code == problem.json()["status"] == status
    assert problem.headers["content-type"] == "application/problem+json"
    assert says in problem.json()["detail"]
    assert len(problem.json()["detail"]) < 3000
    assert {"type", "title"} < set(problem.json())


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_only_get_is_answered(method: str, client: TestClient) -> None:
    refused = client.request(method, "/status")
    assert refused.status_code == 405
    assert "GET" in refused.headers["allow"]
    assert refused.headers["content-type"] == "application/problem+json"


def test_what_fails_is_told_without_its_words(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise ValueError("a secret path")

    monkeypatch.setattr("ui.serve.api.write_reply_json", fail)
    failed = client.get("/targets")
    assert failed.status_code == 500
    assert "secret" not in failed.text
    assert failed.headers["content-type"] == "application/problem+json"


def test_a_broken_record_is_no_answer() -> None:
    def load() -> Records:
        raise RecordsError([Fault("lines.csv", 2, "-", "cut")])

    for app in (Api(load, Allowance(PLENTY)).build_app(), LateApp(load)):
        refused = TestClient(app).get("/status")
        assert refused.status_code == 503
        assert refused.headers["retry-after"]


def test_any_page_may_ask(client: TestClient) -> None:
    for address in ("/targets", "/magic", "/openapi.json"):
        answer = client.get(address, headers={"Origin": "https://news.example"})
        assert answer.headers["access-control-allow-origin"] == "*"
    asks = {"Origin": "https://news.example", "Access-Control-Request-Headers": "if-none-match"}
    allowed = client.options("/targets", headers=asks)
    assert allowed.status_code == 204
    assert "If-None-Match" in allowed.headers["access-control-allow-headers"]


# The description


def test_every_number_of_an_answer_names_its_unit(records: Records) -> None:
    def list_bare_numbers(schema: object, name: str = "") -> set[str]:
        if not isinstance(schema, dict):
            return set()
        kinds = schema.get("type", [])
        bare = set()
        if "number" in kinds and "x-unit" not in schema and not schema.get("description"):
            bare.add(name)
        for key, part in schema.get("properties", {}).items():
            bare |= list_bare_numbers(part, key)
        for key in ("items", "additionalProperties"):
            bare |= list_bare_numbers(schema.get(key), name)
        for part in schema.get("anyOf", []):
            bare |= list_bare_numbers(part, name)
        return bare

    document = build_openapi(records)
    for path, item in document["paths"].items():
        schema = item["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert list_bare_numbers(schema) == set(), path
    assert all(UNITS.values())


def test_the_description_names_every_question_with_ranges_and_defaults(records: Records) -> None:
    document = build_openapi(records, "/base")
    assert {path.split("/")[3] for path in document["paths"]} == set(QUESTIONS)
    assert document["servers"] == [{"url": "/base"}]
    supply = document["components"]["parameters"]["nitrocellulose"]
    assert supply["schema"]["minimum"] == 0
    assert supply["schema"]["maximum"] == 2
    assert supply["schema"]["default"] == 1
    assert supply["schema"]["x-unit"] == "(1 = 100 %)"
    assert document["paths"][f"{API_ROOT}/plants/{{site_id}}"]


# The server


def test_the_server_has_questions_and_data_below_its_base(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.link.session.load_shared_records", lambda: records)
    monkeypatch.setattr("ui.start.config.get_option", lambda _: "/below/")
    client = TestClient(Starlette(routes=Start().list_routes()))
    described = client.get("/below/api/v1/openapi.json").json()
    assert described["servers"] == [{"url": "/below"}]
    answer = client.get("/below/api/v1/targets")
    assert answer.status_code == 200
    assert "</below/api/v1/openapi.json>" in answer.headers["link"]
    listed = client.get("/below/data/").json()
    assert listed["latest"] == records.version
    moved = client.get("/below/data/latest", follow_redirects=False)
    assert moved.headers["location"] == "/below/data/latest/"
    for nowhere in ("magic", "plants/a%0Ab"):
        problem = client.get(f"/below/api/v1/{nowhere}")
        assert problem.headers["content-type"] == "application/problem+json"


def test_the_servers_start_does_not_wait_for_the_questions() -> None:
    program = (
        "import sys, ui.start; ui.start.Start().list_routes(); "
        "assert not {'numba', 'ramp155.questions.read', 'ui.serve.api'} & set(sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr


def test_every_plant_is_answered_in_its_form(records: Records) -> None:
    question = QUESTIONS["plants"]
    form = jsonschema.Draft202012Validator(build_shape(question.shape))
    for site_id in records.sites["site_id"]:
        asked = read_asked(question, records, {"site_id": site_id})
        form.validate(json.loads(write_reply_json(records, asked)))


def test_a_plants_place_is_its_town() -> None:
    fields = build_shape("plant")["properties"]
    assert not {"lat", "lon", "coordinates", "geometry"} & set(fields)
