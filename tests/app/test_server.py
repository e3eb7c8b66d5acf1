"""The server as it is deployed, without a browser: behind a proxy, under a path of its own, its log as JSON lines."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from tests.deployed import FORWARDED, ROOT, Deployed, serve

BASE = "/tools/ramp"
NAME, VALUE = "Erika-Mustermann.csv", "7654321"
SETTINGS = 'log = "json"\nmetrics = true\nframe_ancestors = ["self", "https://intranet.example"]\n'


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    log = tmp_path_factory.mktemp("deployed") / "log"
    with serve([str(ROOT / "deploy" / "start")], log, SETTINGS, BASE) as running:
        yield running


def find_script(deployed: Deployed) -> str:
    """A script of Streamlit's browser part."""
    return "/" + re.search(r'src="\./(static/js/index[^"]+)"', deployed.ask("/").text)[1]


# What the public rules of Mozilla's observatory ask of a site's first page over https, and what each costs or earns there
# (github.com/mdn/mdn-http-observatory, src/grader/charts.js). Redirection from http is the proxy's.


def read_directives(answer: httpx2.Response) -> dict[str, list[str]]:
    policy = answer.headers["Content-Security-Policy"]
    return {name: sources for name, *sources in (part.split() for part in policy.split("; "))}


def allow_no_unsafe_script(answer: httpx2.Response) -> bool:
    """As the observatory reads it: nothing inline but by its hash, no eval, no scheme that is too broad."""
    directives = read_directives(answer)
    too_broad = {"'unsafe-inline'", "'unsafe-eval'", "data:", "http:", "https:", "ftp:", "*"}
    return not too_broad & {*directives["script-src"], *directives.get("object-src", [])} and (
        directives["default-src"] == ["'none'"]
    )


RULES: list[tuple[str, int, int, Callable[[httpx2.Response], bool]]] = [
    # (rule, points if it is kept, points if it is broken, whether it is kept)
    (
        "csp: no unsafe script; style-src may be inline, which Streamlit's client forces",
        0,
        -20,
        allow_no_unsafe_script,
    ),
    (
        "cookies: none, or Secure and SameSite",
        0,
        -20,
        lambda answer: all(
            "; Secure" in cookie and "SameSite=" in cookie
            for cookie in answer.headers.get_list("Set-Cookie")
        ),
    ),
    (
        "cors: nothing with credentials to everybody",
        0,
        -50,
        lambda answer: (
            answer.headers.get("Access-Control-Allow-Origin") is None
            or "Access-Control-Allow-Credentials" not in answer.headers
        ),
    ),
    (
        "referrer-policy: private",
        5,
        -5,
        lambda answer: answer.headers["Referrer-Policy"] == "same-origin",
    ),
    (
        "hsts: six months at least",
        0,
        -20,
        lambda answer: (
            int(answer.headers["Strict-Transport-Security"].partition("=")[2]) >= 15768000
        ),
    ),
    (
        "sri: every script is from here",
        0,
        -50,
        lambda answer: not re.search(r"""<script[^>]+src=["'](?:https?:)?//""", answer.text),
    ),
    (
        "x-content-type-options: nosniff",
        0,
        -5,
        lambda answer: answer.headers["X-Content-Type-Options"] == "nosniff",
    ),
    (
        "x-frame-options: by frame-ancestors, not to everybody",
        5,
        -20,
        lambda answer: not {"*", "https:", "http:"} & {*read_directives(answer)["frame-ancestors"]},
    ),
    (
        "corp: same-origin",
        10,
        0,
        lambda answer: answer.headers["Cross-Origin-Resource-Policy"] == "same-origin",
    ),
]
# What Streamlit's browser part needs beside 'self'. docs/deploy.md says for what.
FORCED = {
    "script-src": {"blob:", "'wasm-unsafe-eval'"},
    "style-src": {"'unsafe-inline'"},
    "img-src": {"data:", "blob:"},
    "font-src": {"data:"},
    "connect-src": {"data:"},
    "worker-src": {"blob:"},
}


@pytest.mark.parametrize("rule", RULES, ids=[rule[0].partition(":")[0] for rule in RULES])
def test_the_first_page_keeps_the_observatorys_rules(
    deployed: Deployed, rule: tuple[str, int, int, Callable[[httpx2.Response], bool]]
) -> None:
    assert rule[3](deployed.ask("/")), rule[0]


def test_that_makes_an_a_plus(deployed: Deployed) -> None:
    page = deployed.ask("/")
    assert 100 + sum(kept if keeps(page) else broken for _, kept, broken, keeps in RULES) >= 120


def test_what_the_client_forces_is_listed_and_nothing_else_is_allowed(deployed: Deployed) -> None:
    directives = read_directives(deployed.ask("/"))
    allowed = {
        name: {source for source in sources if not source.startswith("'sha256-")} - {"'self'"}
        for name, sources in directives.items()
        if name.endswith("-src") and name != "default-src"
    }
    assert {name: sources for name, sources in allowed.items() if sources} == FORCED
    page = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    for name, sources in FORCED.items():
        for source in sources:
            assert re.search(rf"^\| `{name}` \| .*`{re.escape(source)}`", page, re.MULTILINE), name


ANSWERS = [
    ("/what_if?nc=77", 200),
    ("/map", 200),
    ("/static/js/nothing.js", 200),  # Streamlit's page, for any address
    ("/_stcore/health", 200),
    ("/_stcore/host-config", 200),
    ("/_stcore/metrics", 404),
    ("/metrics", 200),
    ("/healthz", 200),
    ("/robots.txt", 200),
    ("/ready", 200),
    ("/app/static/land.geojson", 200),
    ("/api/v1/openapi.json", 200),
    ("/api/v1/opened", 200),
    ("/api/v1/nothing", 404),
    ("/data/", 200),
    ("/data/nothing/x.csv", 404),
    ("/media/nothing.png", 404),
    ("/_stcore/upload_file/a/b", 200),  # only PUT is an upload
    ("/_stcore/bidi-components/x/y.js", 404),
]


@pytest.mark.parametrize(("path", "status"), ANSWERS)
def test_every_address_answers_under_the_path_and_with_headers(
    deployed: Deployed, path: str, status: int
) -> None:
    answer = deployed.ask(path)
    assert answer.status_code == status
    assert (
        "frame-ancestors 'self' https://intranet.example"
        in (answer.headers["Content-Security-Policy"])
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Strict-Transport-Security"]
    assert "server" not in answer.headers
    assert all("; Secure" in cookie for cookie in answer.headers.get_list("Set-Cookie"))


def test_a_script_of_the_client_has_them_too(deployed: Deployed) -> None:
    answer = deployed.ask(find_script(deployed))
    assert "javascript" in answer.headers["Content-Type"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_beside_the_path_there_is_nothing(deployed: Deployed) -> None:
    outside = deployed.url.removesuffix(BASE)
    for path in ("/", "/what_if", "/healthz", "/api/v1/opened", "/data/"):
        answer = httpx2.get(f"{outside}{path}", trust_env=False)
        assert answer.status_code == 404, path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_the_api_says_of_itself_is_under_the_path(deployed: Deployed) -> None:
    assert deployed.ask("/api/v1/openapi.json").json()["servers"][0]["url"].startswith(BASE)
    assert f"<{BASE}/api/v1/openapi.json>" in deployed.ask("/api/v1/opened").headers["Link"]


# The log


async def visit(deployed: Deployed, query: str) -> None:
    """A visitor's first run over the websocket, as Streamlit's client makes it."""
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    url = deployed.url.replace("http", "ws", 1) + f"/_stcore/stream?{query}"
    protocols = [Subprotocol("streamlit"), Subprotocol("none"), Subprotocol("none")]
    origin = "https://" + deployed.url.removesuffix(BASE).removeprefix("http://")
    async with connect(
        url, subprotocols=protocols, additional_headers=FORWARDED, origin=origin, max_size=None
    ) as socket:
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.page_name = "evidence"
        await socket.send(message.SerializeToString())
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(await asyncio.wait_for(socket.recv(), 120))
            if answer.WhichOneof("type") == "script_finished":
                return


def test_no_persons_data_and_no_value_reach_the_log(deployed: Deployed) -> None:
    deployed.ask(f"/what_if?nc={VALUE}&month={NAME}")
    deployed.ask(f"/api/v1/plants/{NAME}?as_of={VALUE}")
    deployed.ask(f"/data/{NAME}/{VALUE}")
    deployed.ask(f"/{NAME}/%0a%7B%22level%22:1%7D")
    content = (
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="%s"\r\n\r\n1\r\n--x--\r\n'
    )
    refused = deployed.ask(
        f"/_stcore/upload_file/{VALUE}/{VALUE}",
        "PUT",
        content=content % NAME.encode(),
        headers={"Content-Type": "multipart/form-data; boundary=x"},
    )
    assert refused.status_code in (400, 403)
    asyncio.run(visit(deployed, f"look=sources&month={NAME}&nc={VALUE}"))
    text = ""
    for _ in range(100):  # the websocket's line is written when it is closed
        text = deployed.log.read_text()
        if "WEBSOCKET" in text:
            break
        time.sleep(0.05)
    for secret in (NAME, VALUE, FORWARDED["X-Forwarded-For"], "127.0.0.1", "Mustermann"):
        assert secret not in text
    lines = [json.loads(line) for line in text.splitlines()]
    assert {line["path"] for line in lines if line["logger"] == "ui.requests"} >= {
        f"{BASE}/what_if",
        f"{BASE}/api/v1/plants/*",
        f"{BASE}/data/*/*",
        f"{BASE}/*/*",
        f"{BASE}/_stcore/upload_file/*/*",
        f"{BASE}/_stcore/stream",
    }
    assert all({"time", "level", "logger"} <= line.keys() for line in lines)
    assert any(line["logger"].startswith("uvicorn") for line in lines)


def test_streamlits_own_start_has_the_same_headers_and_the_same_log(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    with serve(command, tmp_path / "log", SETTINGS) as running:
        page = running.ask(f"/what_if?nc={VALUE}")
        assert allow_no_unsafe_script(page)
        assert page.headers["Strict-Transport-Security"]
        assert running.ask("/_stcore/metrics").status_code == 404
    lines = [json.loads(line) for line in running.log.read_text().splitlines()]
    assert "/what_if" in [line.get("path") for line in lines]
    assert VALUE not in running.log.read_text()


def test_a_settings_file_that_is_named_and_not_there_stops_the_start(tmp_path: Path) -> None:
    environment = {**os.environ, "RAMP155_SETTINGS": str(tmp_path / "none.toml")}
    command = [sys.executable, "-c", "import app"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.returncode == 1
    assert b"none.toml" in done.stderr
