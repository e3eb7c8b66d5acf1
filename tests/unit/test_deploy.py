"""What a deployment is made of: files agree with one another, with the settings and with the code; and the restrictions hold."""

from __future__ import annotations

import contextlib
import ipaddress
import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
REQUIRED = os.environ.get("RAMP155_BROWSER") == "required"
IMAGE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
UNIT = (DEPLOY / "ramp155@.service").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
MANIFEST = {
    thing["kind"]: thing
    for thing in yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8"))
}
REPLICAS = {name: made for name, made in COMPOSE["services"].items() if name.startswith("app-")}
POD = MANIFEST["Deployment"]["spec"]["template"]["spec"]


def list_instructions(name: str) -> list[str]:
    """What stands behind an instruction of the Dockerfile, continued lines joined."""
    joined = IMAGE.replace("\\\n", " ")
    return re.findall(rf"^{name} +(.*)$", joined, re.MULTILINE)


def find_own_folders(text: str) -> set[str]:
    """Files under deploy/ that a text names."""
    return set(re.findall(r"(?<![\w/.])(deploy/[\w.@-]*\w)", text))


# They agree


def test_every_file_that_is_named_exists() -> None:
    for text in (
        IMAGE,
        PAGE,
        UNIT.replace("/opt/ramp155/", ""),
        (ROOT / "compose.yaml").read_text(),
    ):
        for name in find_own_folders(text):
            assert (ROOT / name).exists(), name
    for sources in list_instructions("COPY"):
        *sources, _ = shlex.split(sources)
        for source in sources:
            assert source.startswith("--from") or source == "/app" or (ROOT / source).exists()
    links = re.findall(r"\]\(([^)#]+)\)", PAGE)
    assert all((ROOT / "docs" / link).exists() for link in links)


def test_the_image_holds_all_that_the_app_reads_and_no_more() -> None:
    held = {source for line in list_instructions("COPY") for source in shlex.split(line)[:-1]}
    assert held >= {"app.py", "ui", "pages", "ramp155", "data", "static", ".streamlit", "deploy"}
    assert held >= {"requirements.txt", "requirements.lock", "settings.toml"}
    assert not held & {"tests", "bench", "docs", "."}
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert not held & {*ignored}
    assert ".*" not in ignored or "!.streamlit" in ignored


def test_scripts_can_be_run_and_are_whole() -> None:
    for name in ("prepare", "start", "restrict"):
        assert os.access(DEPLOY / name, os.X_OK)
        subprocess.run(["sh", "-n", DEPLOY / name], check=True)
    assert list_instructions("ENTRYPOINT") == ['["deploy/start"]']
    assert "RUN deploy/prepare" in IMAGE


def test_ports_agree() -> None:
    ports = {name: made["environment"]["PORT"] for name, made in REPLICAS.items()}
    assert ports == {f"app-{n}": f"850{n}" for n in (1, 2, 3)}
    for name, port in ports.items():
        assert f"server {name}:{port} max_fails" in NGINX
        assert f"~:{port}$ {name[-1]};" in NGINX
    listening = re.search(r"^ +listen (\d+);", NGINX, re.MULTILINE)[1]
    assert COMPOSE["services"]["nginx"]["ports"] == [f"127.0.0.1:{listening}:{listening}"]
    assert f"http://localhost:{listening}" in PAGE
    (container,) = POD["containers"]
    assert container["ports"][0]["containerPort"] == 8501
    assert list_instructions("EXPOSE") == ["8501"]
    assert "PORT=8501" in IMAGE
    assert re.search(r"^PORT \?= 8501$", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_each_replica_has_a_neighbour_that_steps_in() -> None:
    pairs = re.findall(
        r"upstream replica_(\d) \{\s+server app-(\d):\d+ max_fails.*\s+server app-(\d):\d+ backup;",
        NGINX,
    )
    assert pairs == [("1", "1", "2"), ("2", "2", "3"), ("3", "3", "1")]


def test_replicas_keep_connections_for_longer_than_nginx() -> None:
    kept = re.search(r"--timeout-keep-alive (\d+)", (DEPLOY / "start").read_text())[1]
    asked = re.findall(r"keepalive_timeout (\d+)s;", NGINX)
    assert len(asked) == len(re.findall("upstream \\w+ {", NGINX)) == 4
    assert all(int(kept) > int(seconds) for seconds in asked)


def test_what_may_be_uploaded_passes_the_proxies_and_not_much_more() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    largest = config["server"]["maxUploadSize"] + 1
    assert f"client_max_body_size {largest}m;" in NGINX
    annotations = MANIFEST["Ingress"]["metadata"]["annotations"]
    assert annotations["nginx.ingress.kubernetes.io/proxy-body-size"] == f"{largest}m"


def test_deployed_settings_are_settings() -> None:
    usual = tomllib.loads((ROOT / "settings.toml").read_text(encoding="utf-8"))
    deployed = tomllib.loads((DEPLOY / "settings.toml").read_text(encoding="utf-8"))
    assert deployed.keys() == usual.keys()
    assert {key for key in usual if usual[key] != deployed[key]} == {"log"}
    assert "RAMP155_SETTINGS=/app/deploy/settings.toml" in IMAGE
    assert "RAMP155_SETTINGS=/opt/ramp155/deploy/settings.toml" in UNIT


def test_probes_ask_addresses_that_exist() -> None:
    from ui.start import Start

    paths = {route.path for route in Start().list_routes()}
    (container,) = POD["containers"]
    asked = {
        container[probe]["httpGet"]["path"]
        for probe in ("startupProbe", "readinessProbe", "livenessProbe")
    }
    assert asked == {"/healthz", "/ready"} <= paths
    assert container["readinessProbe"]["httpGet"]["path"] == "/ready"
    assert "/ready" in list_instructions("HEALTHCHECK")[0]


# They hold in


def test_the_image_is_built_apart_and_runs_as_nobody() -> None:
    assert len(list_instructions("FROM")) == 2
    assert list_instructions("USER") == ["65532:65532"]
    assert IMAGE.index("USER") > IMAGE.index("COPY --from=build")
    assert all(re.search(r":\d[\w.-]+", image) for image in list_instructions("FROM"))


def test_every_container_is_hardened() -> None:
    for name, made in COMPOSE["services"].items():
        assert made["read_only"] is True, name
        assert made["cap_drop"] == ["ALL"]
        assert made["security_opt"] == ["no-new-privileges:true"]
        assert made["tmpfs"][0].startswith("/tmp:size=")
        assert "noexec" in made["tmpfs"][0]
        assert made["mem_limit"]
        assert made["pids_limit"]
    assert all([*made["networks"]] == ["inside"] for made in REPLICAS.values())
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert not any("ports" in made for made in REPLICAS.values())


def test_a_replica_made_anew_has_the_address_that_nginx_knows() -> None:
    addresses = [made["networks"]["inside"]["ipv4_address"] for made in REPLICAS.values()]
    assert len({*addresses}) == len(REPLICAS)
    (inside,) = COMPOSE["networks"]["inside"]["ipam"]["config"]
    network = ipaddress.ip_network(inside["subnet"])
    assert all(ipaddress.ip_address(address) in network for address in addresses)


def test_every_pod_is_hardened_and_none_is_missed_when_one_goes() -> None:
    (container,) = POD["containers"]
    assert container["securityContext"] == {
        "readOnlyRootFilesystem": True,
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
    }
    assert POD["securityContext"]["runAsNonRoot"] is True
    assert container["resources"]["limits"]["memory"] == "1Gi"
    rolling = MANIFEST["Deployment"]["spec"]["strategy"]["rollingUpdate"]
    assert rolling == {"maxUnavailable": 0, "maxSurge": 1}
    selector = {"app": "ramp155"}
    assert MANIFEST["Service"]["spec"]["selector"] == selector
    assert MANIFEST["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == selector
    assert MANIFEST["NetworkPolicy"]["spec"]["egress"] == []


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_the_unit_is_whole_and_closed(tmp_path: Path) -> None:
    unit = tmp_path / "ramp155@8501.service"
    unit.write_text(UNIT.replace("/opt/ramp155", str(ROOT)))
    checked = subprocess.run(
        ["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False
    )
    assert [line for line in checked.stderr.splitlines() if "ramp155@8501" in line] == []
    scored = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=15", unit],
        capture_output=True,
        text=True,
        check=False,
    )
    if "unrecognized option" in scored.stderr:
        pytest.skip("an older systemd")
    assert scored.returncode == 0, scored.stdout[-2000:]


# And are tried

IS_ALLOWED = (
    sys.platform == "linux"
    and os.getuid() == 0
    and subprocess.run(["unshare", "--mount", "--pid", "--fork", "true"], check=False).returncode
    == 0
)
needs_unshare = pytest.mark.skipif(
    not IS_ALLOWED and not REQUIRED, reason="unshare is for root on Linux"
)


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def restrict(folder: Path, port: int, **variables: str) -> Iterator[int]:
    """A replica under the image's restrictions; its process as seen from outside."""
    environment = {**os.environ, "PYTHON": sys.executable, "RAMP155_DRAWS": "20", **variables}
    starting = subprocess.Popen(
        [folder / "deploy" / "restrict", str(port)],
        env=environment,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        end = time.monotonic() + 120
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/ready", timeout=1)
                break
            assert starting.poll() is None, starting.stderr.read()
            time.sleep(0.1)
        children = Path(f"/proc/{starting.pid}/task/{starting.pid}/children").read_text().split()
        yield int(children[0])
    finally:
        os.killpg(starting.pid, signal.SIGKILL)
        starting.wait()


def read_status(process: int) -> dict[str, str]:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def ask(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=120) as answer:
        return answer.read().decode()


def assert_restricted(process: int) -> None:
    status = read_status(process)
    assert status["Uid"].split() == ["65532"] * 4
    assert int(status["CapEff"], 16) == int(status["CapBnd"], 16) == 0
    assert status["NoNewPrivs"] == "1"
    mounts = [line.split() for line in Path(f"/proc/{process}/mounts").read_text().splitlines()]
    modes = {mount[1]: mount[3].split(",") for mount in mounts}
    assert modes["/"][0] == "ro"
    assert modes["/srv"][0] == "ro"
    assert {"rw", "noexec", "nosuid", "nodev"} <= {*modes["/tmp"]}


@needs_unshare
def test_a_replica_starts_as_nobody_with_no_home_and_nothing_to_write_to(
    port: int,
) -> None:
    with restrict(ROOT, port) as process:
        assert_restricted(process)
        assert json.loads(ask(port, "/api/v1/opened"))
        assert '<div id="root">' in ask(port, "/what_if")


@pytest.mark.nightly
@needs_unshare
def test_what_was_prepared_is_used_where_nothing_can_be_written(tmp_path: Path, port: int) -> None:
    """As the image is made: the project's files alone, prepared, and then read-only."""
    folder = tmp_path / "app"
    folder.mkdir()
    for name in ("app.py", "settings.toml", "requirements.txt"):
        shutil.copy(ROOT / name, folder)
    for name in (".streamlit", "data", "deploy", "pages", "ramp155", "static", "ui"):
        left_out = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / name, ignore=left_out)
    variables = {"PYTHON": sys.executable, "RAMP155_DRAWS": "20"}
    environment = {**os.environ, **variables, "NUMBA_CPU_NAME": "generic"}
    subprocess.run([folder / "deploy" / "prepare"], env=environment, check=True)
    assert [*(folder / "kept").glob("*.answers")]
    compiled = {path.name for path in (folder / "compiled").rglob("*.nbc")}
    assert compiled
    with restrict(folder, port, NUMBA_CPU_NAME="generic") as process:
        assert_restricted(process)
        assert json.loads(ask(port, "/api/v1/verdicts?draws=20"))
        work = Path(f"/proc/{process}/root/tmp")
        used = {path.name for path in work.rglob("*.nbc")}
        assert used == compiled  # nothing was compiled anew
