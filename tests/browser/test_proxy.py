"""As it is deployed: nginx with deploy/nginx.conf before three replicas, one of which is killed in mid-drag."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, Page

from bench.server import ROOT
from tests.browser.conftest import MAPS, REQUIRED, Watched
from tests.browser.test_browser import slider
from tests.deployed import serve

NGINX = shutil.which("nginx")
# As the folder of Debian has it for root, who alone has it on the path.
NGINX = NGINX or shutil.which("nginx", path="/usr/sbin")
pytestmark = pytest.mark.skipif(not NGINX and not REQUIRED, reason="no nginx on this machine")

MINE = """event_id,line_id,reported_on,event,date,status,rate,unit,rate_status,basis
my-1,unterluess-rheinmetall--round,2026-05-01,rate,2026-04,done,250000,rounds/yr,done,Seen
"""


def find_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def make_certificate(folder: Path) -> Path:
    """A certificate that nobody but this test trusts, with its key beside it."""
    chain, key = folder / "chain.pem", folder / "key.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
    ]
    command += [
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=test",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
    ]
    subprocess.run([*command, "-keyout", key, "-out", chain], check=True, capture_output=True)
    return chain


class Deployment:
    """nginx and its replicas, by the number that the cookie has."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        front, plain, secure, *ports = find_ports(6)
        self.ports = dict(zip("123", ports, strict=True))
        self.url, self.plain_url = (f"http://127.0.0.1:{port}" for port in (front, plain))
        self.secure_url = f"https://127.0.0.1:{secure}"
        self.replicas = {name: self.start(name) for name in self.ports}
        self.errors = folder / "nginx.log"
        self.certificate = make_certificate(folder)
        # One as it is, and one that has TLS too and the same replicas.
        self.proxies = [
            self.start_nginx(folder / "open", front, None),
            self.start_nginx(folder / "secure", plain, secure),
        ]

    def start_nginx(self, folder: Path, front: int, secure: int | None) -> subprocess.Popen[bytes]:
        folder.mkdir()
        configuration = folder / "nginx.conf"
        configuration.write_text(self.place(folder, front, secure))
        command = [str(NGINX), "-c", str(configuration), "-p", str(folder), "-e", "stderr"]
        # Started by root, its workers would be somebody who may not enter pytest's folder.
        user = " user root;" if os.getuid() == 0 else ""
        with self.errors.open("a") as stderr:
            return subprocess.Popen(
                [*command, "-g", f"daemon off;{user}"], stdout=subprocess.DEVNULL, stderr=stderr
            )

    def start(self, name: str) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            "RAMP155_CACHE": "",
            "RAMP155_DRAWS": "50",
            "RAMP155_SETTINGS": str(ROOT / "deploy" / "settings.toml"),
            "PYTHON": sys.executable,
        }
        command = [str(ROOT / "deploy" / "start"), str(self.ports[name])]
        with (self.folder / f"replica-{name}.log").open("a") as stderr:
            return subprocess.Popen(
                command, env=environment, stdout=subprocess.DEVNULL, stderr=stderr
            )

    def place(self, folder: Path, front: int, secure: int | None) -> str:
        """deploy/nginx.conf, and deploy/tls.conf in it, with the addresses of here in place of their own."""
        text = (ROOT / "deploy" / "nginx.conf").read_text()
        tls = (ROOT / "deploy" / "tls.conf").read_text() if secure else ""
        (folder / "tls.conf").write_text(
            tls.replace("listen 8443", f"listen 127.0.0.1:{secure}").replace(
                "/etc/nginx/tls", str(self.folder)
            )
        )
        places = {
            "listen 8080": f"listen 127.0.0.1:{front}",
            "/tmp/nginx": f"{folder}/nginx",
            "/etc/nginx/tls/*.conf": f"{folder}/tls*.conf",
        }
        for name, port in self.ports.items():
            places[f"app-{name}:850{name}"] = f"127.0.0.1:{port}"
            places[f":850{name}$"] = f":{port}$"
        for written, here in places.items():
            assert written in text
            text = text.replace(written, here)
        return text

    def wait(self, name: str, seconds: float = 60) -> None:
        """Until a replica is ready."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.ports[name]}/ready", timeout=1)
                return
            time.sleep(0.05)
        raise TimeoutError(f"replica {name} is not ready")

    def stop(self) -> None:
        processes = [*self.proxies, *self.replicas.values()]
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=20)

    def list_logs(self) -> list[Path]:
        return [self.errors, *(self.folder / f"replica-{name}.log" for name in self.ports)]

    def read_logs(self) -> str:
        return "".join(path.read_text() for path in self.list_logs())


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    running = Deployment(tmp_path_factory.mktemp("deployment"))
    try:
        for name in running.ports:
            running.wait(name)
        yield running
    finally:
        running.stop()


def find_replica(page: Page) -> str:
    """Which replica answers this visitor, as its cookie has it."""
    return {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}["replica"]


def send_rows(watch: Watched, path: Path) -> None:
    page = watch.page
    page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Check and use").click()
    page.get_by_text("is on the record in this session").first.wait_for(timeout=30_000)


def test_a_replica_dies_in_mid_drag_and_the_view_goes_on_with_its_neighbour(
    browser: Browser, deployment: Deployment, tmp_path: Path
) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    watch = Watched(context.new_page(), deployment.url)
    page = watch.open("what_if?nc=75")
    first = find_replica(page)
    page.get_by_role("heading", name=re.compile("At 75 %")).wait_for()

    # The drag: the pointer is down when the replica goes.
    lever = slider(page)
    box = lever.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.35, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.33, box["y"] + box["height"] / 2, steps=3)
    deployment.replicas[first].kill()
    deployment.replicas[first].wait()
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] / 2, steps=5)
    dragged = lever.input_value()
    page.mouse.up()
    assert dragged != "75"
    page.wait_for_url(re.compile(rf"nc={dragged}\b"), timeout=30_000)
    page.get_by_role("heading", name=re.compile(f"At {dragged} %")).wait_for(timeout=30_000)
    assert lever.input_value() == dragged
    second = find_replica(page)
    assert second == {"1": "2", "2": "3", "3": "1"}[first]

    # The one that died is back, and the visitor stays where the session is: uploads find it.
    deployment.replicas[first] = deployment.start(first)
    deployment.wait(first)
    mine = tmp_path / "Erika-Mustermann.csv"
    mine.write_text(MINE)
    page = watch.open("evidence?look=yours")
    for _ in range(2):
        send_rows(watch, mine)
        assert find_replica(page) == second
        page.get_by_role("button", name="Remove it").click()
        watch.settle()

    # A download is read from the replica that made it.
    page.get_by_role("radio", name="Take away").or_(
        page.get_by_role("button", name="Take away", exact=True)
    ).first.click()
    watch.settle()
    with page.expect_download(timeout=30_000) as waiting:
        page.get_by_role("button", name="Everything as a data package (zip)").click()
    taken = tmp_path / "package.zip"
    waiting.value.save_as(taken)
    assert "datapackage.json" in zipfile.ZipFile(taken).namelist()

    context.close()
    assert watch.outside == []
    logs = deployment.read_logs()
    assert "/_stcore/upload_file/*/*" in logs
    for secret in ("Mustermann", f"nc={dragged}", "nc=75", "127.0.0.1"):
        assert secret not in logs


def test_what_is_for_everybody_is_kept_by_nginx_and_what_is_not_for_visitors_is_closed(
    deployment: Deployment,
) -> None:
    def ask(path: str) -> tuple[int, dict[str, str]]:
        try:
            with urllib.request.urlopen(f"{deployment.url}{path}", timeout=60) as answer:
                return answer.status, dict(answer.headers)
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers)

    kept = [ask("/api/v1/opened")[1]["X-Cache"] for _ in range(2)]
    assert kept == ["MISS", "HIT"]
    assert "Set-Cookie" not in ask("/api/v1/opened")[1]
    assert ask("/healthz")[0] == 200
    assert [ask(path)[0] for path in ("/metrics", "/ready", "/_stcore/metrics")] == [404] * 3
    name = ask("/what_if")[1]["Set-Cookie"]
    assert re.fullmatch(r"replica=[123]; Path=/; HttpOnly; SameSite=Lax", name)


def test_with_tls_all_goes_over_https(deployment: Deployment) -> None:
    """deploy/tls.conf: asked by a client that trusts this certificate alone."""
    trusted = ssl.create_default_context(cafile=deployment.certificate)
    with httpx2.Client(verify=trusted, trust_env=False, timeout=180) as client:
        sent_on = client.get(f"{deployment.plain_url}/what_if?nc=75")
        assert sent_on.status_code == 301
        assert sent_on.headers["Location"] == "https://127.0.0.1/what_if?nc=75"
        assert "Strict-Transport-Security" not in sent_on.headers
        page = client.get(f"{deployment.secure_url}/what_if?nc=75")
        assert page.status_code == 200
        assert re.fullmatch(
            r"replica=[123]; Path=/; HttpOnly; SameSite=Lax; Secure", page.headers["Set-Cookie"]
        )
        answers = [page]
        for path in ("/api/v1/opened", "/data/latest/index.json", "/embed/ratio/", "/healthz"):
            answers.append(client.get(f"{deployment.secure_url}{path}"))
            assert answers[-1].status_code == 200
        answers.append(client.get(f"{deployment.secure_url}/ready"))
        assert answers[-1].status_code == 404
        assert {
            tuple(answer.headers.get_list("Strict-Transport-Security")) for answer in answers
        } == {("max-age=63072000",)}


# What each call in docs/deploy.md comes to.
SAID = {
    "curl -i localhost:8501/ready": "HTTP/1.1 200",
    "curl -i localhost:8080/metrics": "HTTP/1.1 404",
    "curl -sI localhost:8080/what_if": "(?i)content-security-policy: default-src",
    "curl -s 'localhost:8080/what_if?nc=77'; docker compose logs | grep -c nc=77": r"\n0\n$",
    "curl -si localhost:8080/ | grep -i set-cookie": "replica=",
    "curl -sI http://your.name/what_if": "HTTP/1.1 301",
    "curl -sI https://your.name/what_if | grep -i strict": "max-age=63072000",
    "curl -s 'http://localhost:8501/oembed?url=http://localhost:8501/gap&format=json'": '"html"',
    "curl -sI http://localhost:8501/embed/ratio/ | grep -i content-security-policy": "ancestors",
}


def test_every_call_in_the_page_on_deployment_says_what_it_is_to(deployment: Deployment) -> None:
    page = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    calls = [call.replace("\\|", "|") for call in re.findall("`(curl [^`]+)`", page)]
    for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL):
        calls += [line for line in block.splitlines() if line.startswith("curl ")]
    assert {*calls} == {*SAID}
    logs = " ".join(shlex.quote(str(path)) for path in deployment.list_logs())
    places = {
        "localhost:8501": f"127.0.0.1:{deployment.ports['1']}",
        "localhost:8080": deployment.url.removeprefix("http://"),
        "http://your.name": deployment.plain_url,
        "https://your.name": deployment.secure_url,
        "docker compose logs": f"cat {logs}",
    }
    environment = {**os.environ, "CURL_CA_BUNDLE": str(deployment.certificate), "NO_PROXY": "*"}
    for call in calls:
        here = call
        for written, place in places.items():
            here = here.replace(written, place)
        answer = subprocess.run(
            ["sh", "-c", here], env=environment, capture_output=True, text=True, check=False
        )
        assert re.search(SAID[call], answer.stdout), (call, answer.stdout, answer.stderr)


def test_a_lever_works_over_https(browser: Browser, deployment: Deployment) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, ignore_https_errors=True)
    watch = Watched(context.new_page(), deployment.secure_url)
    sockets: list[str] = []
    watch.page.on("websocket", lambda socket: sockets.append(socket.url))
    page = watch.open("what_if?nc=75")
    slider(page).fill("60")
    page.wait_for_url(re.compile(r"nc=60\b"), timeout=30_000)
    page.get_by_role("heading", name=re.compile("At 60 %")).wait_for(timeout=30_000)
    assert {url.split(":")[0] for url in sockets} == {"wss"}
    cookies = context.cookies()
    assert "replica" in {cookie["name"] for cookie in cookies}
    assert all(cookie["secure"] for cookie in cookies)
    assert watch.errors == []
    assert watch.outside == []
    context.close()


PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py") if path.stem != "overview")


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that stands under a path of its own."""
    log = tmp_path_factory.mktemp("below") / "log"
    with serve([str(ROOT / "deploy" / "start")], log, "", "/tools/ramp") as running:
        yield running.url


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, marks=[] if path == "evidence" else pytest.mark.nightly)
        for path in ("", *PAGES)
    ],
)
def test_a_page_works_under_a_path_of_its_own(
    browsers: Callable[[bool], Browser], below: str, path: str
) -> None:
    page = browsers(path in MAPS).new_page()
    watch = Watched(page, below)
    missed: list[str] = []
    page.on("response", lambda answer: missed.append(answer.url) if answer.status >= 400 else None)
    watch.open(path)
    page.get_by_role("link", name="What-if", exact=True).click()
    page.wait_for_url(re.compile("/tools/ramp/what_if"))
    watch.settle()
    assert slider(page).is_visible()
    assert [url for url in missed if not url.endswith(Watched.PROBES)] == []
    assert watch.errors == []
    assert watch.outside == []  # nothing beside the path either
    page.close()
