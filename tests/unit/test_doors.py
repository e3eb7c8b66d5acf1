"""What goes round an answer: its headers, its line in the log, its count; and when the server says that it is ready."""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit import file_util

from ramp155.record.faults import Fault, RecordsError
from ui import settings
from ui.serve.doors.counts import ClosePath, CountAnswers, Counts
from ui.serve.doors.first_scripts import (
    FIRST_ELEMENTS,
    NameFirstScripts,
    list_first_scripts,
)
from ui.serve.doors.headers import SendHeaders, hash_inline_scripts, write_policy
from ui.serve.doors.log import JsonLine, TellRequests, hide_foreign, keep_addresses_out
from ui.start import Start

SECRET = "Erika Mustermann"


async def greet(request: Request) -> Response:
    return PlainTextResponse("hello")


async def embed(request: Request) -> Response:
    return PlainTextResponse("hello", headers={"Content-Security-Policy": write_policy(["*"])})


async def give_openly(request: Request) -> Response:
    answer = PlainTextResponse("hello", headers={"Access-Control-Allow-Origin": "*"})
    answer.set_cookie("one", "1", samesite="lax")
    answer.set_cookie("two", "2", secure=True, samesite="lax")
    return answer


async def break_down(request: Request) -> Response:
    raise ValueError(request.query_params["who"])


async def refuse(websocket: WebSocket) -> None:
    await websocket.close()


async def echo(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text(await websocket.receive_text())
    await websocket.close()


ROUTES = [
    Route("/", greet),
    Route("/embed/output", embed),
    Route("/data/latest", give_openly),
    Route("/what_if", break_down),
    Route("/_stcore/metrics", greet),
    WebSocketRoute("/_stcore/stream", echo),
    WebSocketRoute("/map", refuse),
]
WORDS = frozenset({"what_if", "map"})


@pytest.fixture
def client() -> Iterator[TestClient]:
    app = Starlette(
        routes=ROUTES,
        middleware=[
            Middleware(SendHeaders, framers=["'self'", "https://intranet.example"]),
            Middleware(TellRequests, words=WORDS),
            Middleware(ClosePath, path="/_stcore/metrics"),
        ],
    )
    with TestClient(app, base_url="https://test", raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The log as it would be written, of requests and of what went wrong with them."""
    written: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(JsonLine().format(record))

    for name in ("ui.requests", "ui.faults", "streamlit.x", "asyncio", "py.warnings"):
        logger = logging.getLogger(name)
        monkeypatch.setattr(logger, "handlers", [Keep()])
        monkeypatch.setattr(logger, "propagate", False)
        monkeypatch.setattr(logger, "disabled", False)
        logger.setLevel(logging.INFO)
    return written


# Headers


def test_a_page_names_the_scripts_of_its_first_elements_and_nothing_else_does() -> None:
    """Each is a file of Streamlit's, and none is named by Streamlit's own page already."""
    page = Route("/map", lambda _: HTMLResponse("<p>a map</p>"))
    naming = Middleware(NameFirstScripts, prefix="", pages=["map"])
    app = Starlette(routes=[page, *ROUTES], middleware=[naming])
    with TestClient(app) as plain:
        named = re.findall(r"</([^>]+)>; rel=modulepreload", plain.get("/map").headers["Link"])
        assert "Link" not in plain.get("/embed/output").headers
        assert "Link" not in plain.get("/").headers  # no HTML
    folder = Path(file_util.get_static_dir())
    shell = (folder / "index.html").read_text(encoding="utf-8")
    assert {Path(script).name.split(".")[0] for script in named} >= set(FIRST_ELEMENTS)
    assert all((folder / script).is_file() for script in named)
    assert not [script for script in named if script in shell]


def test_no_script_is_named_where_streamlit_does_not_list_them(tmp_path: Path) -> None:
    assert list_first_scripts(tmp_path) == []
    (tmp_path / "manifest.json").write_text('{"index.html": {"imports": ["gone"]}}')
    assert list_first_scripts(tmp_path) == []


@pytest.mark.parametrize("path", ["/", "/nowhere", "/what_if?who=x", "/_stcore/metrics"])
def test_every_answer_has_the_headers_an_error_too(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    policy = answer.headers["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors 'self' https://intranet.example")


def test_a_route_may_let_anybody_frame_it_and_nothing_else_changes(client: TestClient) -> None:
    embedded = client.get("/embed/output").headers["Content-Security-Policy"]
    assert embedded == write_policy(["*"])
    assert "frame-ancestors *" in embedded
    assert client.get("/embed/output").headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_for_everybody_may_be_loaded_by_everybody(client: TestClient) -> None:
    assert client.get("/data/latest").headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_over_https_cookies_and_later_visits_stay_on_https(client: TestClient) -> None:
    answer = client.get("/data/latest")
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000"
    cookies = answer.headers.get_list("Set-Cookie")
    assert len(cookies) == 2
    assert all(cookie.count("Secure") == 1 for cookie in cookies)
    plain = client.get("http://test/data/latest")
    assert "Strict-Transport-Security" not in plain.headers
    assert "Secure" not in plain.headers.get_list("Set-Cookie")[0]


def test_who_may_frame_nobody_says_none() -> None:
    assert "frame-ancestors 'none'" in write_policy([])


def test_a_script_in_the_page_is_named_by_its_hash() -> None:
    names = hash_inline_scripts(b'<script>\n  a = 1\n</script><script src="x"></script>')
    assert names == ["'sha256-nHiJsB1GRX6Ku2XBkWKVt2F3CJiowPuMwhcJv+CWmC0='"]


# The log


def test_a_request_is_a_line_without_what_was_asked(client: TestClient, lines: list[str]) -> None:
    client.get("/", params={"nc": "77", "who": SECRET}, headers={"X-Forwarded-For": "203.0.113.9"})
    line = json.loads(lines[0])
    assert line.keys() == {"time", "level", "logger", "method", "path", "status", "ms"}
    assert (line["method"], line["path"], line["status"]) == ("GET", "/", 200)
    assert len(lines) == 1


def test_an_error_is_told_by_its_kind_and_place_only(client: TestClient, lines: list[str]) -> None:
    answer = client.get("/what_if", params={"who": SECRET})
    assert (answer.status_code, answer.text) == (500, "The answer could not be worked out.")
    error, request = (json.loads(line) for line in lines)
    assert (error["error"], request["status"]) == ("ValueError", 500)
    assert error["at"][-1].startswith("tests/unit/test_doors.py:")
    assert error["at"][-1].endswith(" break_down")
    assert SECRET not in "".join(lines)


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/", "/"),
        ("/what_if", "/what_if"),
        ("/api/v1/plants/unterluess", "/api/v1/*/*"),
        (f"/{SECRET}/what_if", "/*/what_if"),
        ("/_stcore/upload_file/9f-session/1c-file", "/_stcore/upload_file/*/*"),
        ("/static/js/index.X.js", "/static/*/*"),
        ("/a/b/c/d/e/f/g/h/i/j", "/*/*/*/*/*/*/*"),
        ("/what_if\n{}", "/*"),
    ],
)
def test_of_a_path_only_our_own_words_are_written(path: str, written: str) -> None:
    from ui.serve.doors import log

    assert hide_foreign(path, log._WORDS | WORDS) == written


def test_a_websocket_is_a_line_when_it_is_closed(client: TestClient, lines: list[str]) -> None:
    with client.websocket_connect(f"/_stcore/stream?nc=77&who={SECRET}") as socket:
        assert not lines
        socket.send_text(SECRET)
        socket.receive_text()
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/map"):
        pass
    taken, refused = (json.loads(line) for line in lines)
    assert (taken["method"], taken["path"], taken["status"]) == (
        "WEBSOCKET",
        "/_stcore/stream",
        101,
    )
    assert (refused["path"], refused["status"]) == ("/map", 403)
    assert SECRET not in "".join(lines)


def test_of_a_librarys_sentence_numbers_are_written_and_texts_are_not(lines: list[str]) -> None:
    logger = logging.getLogger("streamlit.x")
    logger.warning("Session %s left after %d s with %.1f MB", SECRET, 12, 0.5)
    logger.warning("Session %(who)s left after %(ms)d ms", {"who": SECRET, "ms": 3})
    assert json.loads(lines[0])["message"] == "Session ... left after 12 s with 0.5 MB"
    assert SECRET not in "".join(lines)
    assert json.loads(lines[1])["message"] == "Session ... left after ... ms"


def test_of_others_only_the_place_is_written(lines: list[str]) -> None:
    logging.getLogger("asyncio").error(f"Task exception was never retrieved: {SECRET}")
    logging.getLogger("py.warnings").warning("%s", SECRET)
    assert [json.loads(line)["message"][:25] for line in lines] == ["tests/unit/test_doors.py:"] * 2
    assert SECRET not in "".join(lines)


def test_a_line_is_one_line_whatever_it_says(lines: list[str]) -> None:
    logging.getLogger("streamlit.x").warning("one\ntwo\r\nthree \u2028 four")
    assert len(lines[0].splitlines()) == 1


def test_a_thread_that_ends_with_an_error_is_told_without_its_words(lines: list[str]) -> None:
    from ui.serve.doors import log

    def work() -> None:
        raise KeyError(SECRET)

    thread = threading.Thread(target=work)
    before, threading.excepthook = threading.excepthook, log._tell_lost_thread
    try:
        thread.start()
        thread.join()
    finally:
        threading.excepthook = before
    assert json.loads(lines[0])["error"] == "KeyError"
    assert SECRET not in lines[0]


def test_uvicorns_own_lines_of_requests_are_off() -> None:
    logger = logging.getLogger("uvicorn.access")
    logger.disabled = False
    keep_addresses_out()
    assert logger.disabled
    kept: list[str] = []
    errors = logging.getLogger("uvicorn.error")
    errors.setLevel(logging.INFO)
    handler = logging.Handler()
    handler.emit = lambda record: kept.append(record.getMessage())
    errors.addHandler(handler)
    errors.info('%s - "WebSocket %s" [accepted]', "203.0.113.9:50484", "/stream?nc=77")
    errors.info("Started server process [%d]", 7)
    errors.removeHandler(handler)
    assert kept == ["Started server process [7]"]


def test_uvicorn_still_says_it_in_the_words_that_are_left_out() -> None:
    import uvicorn.protocols.websockets.websockets_sansio_impl as module

    assert '"WebSocket %s"' in Path(module.__file__).read_text(encoding="utf-8")


# Counts


def test_counts_are_of_answers_and_of_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.serve.doors.counts._count_sessions", lambda: 3)
    counts = Counts()
    app = Starlette(
        routes=[*ROUTES, Route("/metrics", counts.send)],
        middleware=[Middleware(CountAnswers, counts=counts)],
    )
    with TestClient(app, raise_server_exceptions=False) as client:
        client.get("/", params={"who": SECRET})
        client.get(f"/{SECRET}")
        answer = client.get("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert 'ramp155_answers_total{status="2xx"} 1.0' in answer.text
    assert 'ramp155_answers_total{status="4xx"} 1.0' in answer.text
    assert "ramp155_sessions 3.0" in answer.text
    assert "process_resident_memory_bytes" in answer.text or sys.platform != "linux"
    assert SECRET not in answer.text


def test_metrics_are_off_unless_they_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "/metrics" not in [route.path for route in Start().list_routes()]
    monkeypatch.setattr("ui.start.is_metrics_on", lambda: True)
    assert "/metrics" in [route.path for route in Start().list_routes()]


# Settings


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    content: dict[str, object] = {}
    monkeypatch.setattr(settings, "_read_settings", lambda: content)
    return content


def test_settings_left_out_are_the_careful_ones(given: dict[str, object]) -> None:
    assert settings.read_framers() == ["'self'"]
    assert not settings.is_log_json()
    assert not settings.is_metrics_on()


@pytest.mark.parametrize(
    "framers",
    ["self", ["'self'; script-src *"], ["https://a.example; x"], ["*"], ["javascript:"], [1]],
    ids=["text", "directive", "address", "anybody", "scheme", "number"],
)
def test_who_may_frame_is_an_origin_or_the_server_does_not_start(
    given: dict[str, object], framers: object
) -> None:
    given["frame_ancestors"] = framers
    with pytest.raises(ValueError, match="frame_ancestors"):
        settings.read_framers()


def test_origins_that_may_frame(given: dict[str, object]) -> None:
    given["frame_ancestors"] = ["https://intranet.example", "https://*.news.example:8443"]
    assert settings.read_framers() == given["frame_ancestors"]
    given["frame_ancestors"] = []
    assert settings.read_framers() == []


def test_a_log_of_another_kind_is_refused(given: dict[str, object]) -> None:
    given["log"] = "xml"
    with pytest.raises(ValueError, match="text or json"):
        settings.is_log_json()


# Ready


def test_ready_says_503_until_the_start_is_done_and_with_a_broken_record(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    is_warm = threading.Event()
    monkeypatch.setattr("ui.start.warm_up", is_warm.wait)
    monkeypatch.setattr("ui.start.warm_up_further", lambda: True)
    start = Start()
    app = Starlette(routes=start.list_routes(), lifespan=start.warm_up_beside)
    with TestClient(app) as client:
        assert client.get("/healthz").status_code == 200
        assert client.get("/robots.txt").text.startswith("User-agent: *")
        assert client.get("/ready").status_code == 503
        is_warm.set()
        for _ in range(200):
            if client.get("/ready").status_code == 200:
                break
            threading.Event().wait(0.01)
        assert client.get("/ready").text == "ready"


def test_ready_says_503_for_good_with_a_broken_record(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RecordsError([Fault("lines.csv", 7, "site_id", f"{SECRET} is not a site")])

    monkeypatch.setattr("ui.start.warm_up", fail)
    start = Start()
    app = Starlette(routes=start.list_routes(), lifespan=start.warm_up_beside)
    with TestClient(app) as client:
        for _ in range(20):
            answer = client.get("/ready")
            if "record" in answer.text:
                break
            threading.Event().wait(0.01)
        assert (answer.status_code, answer.text) == (503, "the record breaks its own rules")
