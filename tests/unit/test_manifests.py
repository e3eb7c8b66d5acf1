"""What a cluster and Compose are given is held against their own schemas: a name they do not know is a fault there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import kubernetes_validate
import pytest
import yaml

ROOT = Path(__file__).parents[2]
MANIFEST = (ROOT / "deploy" / "kubernetes.yaml").read_text(encoding="utf-8")
# The oldest that is said to do, in docs/deploy.md, and the newest that the schemas know.
CLUSTERS = ["1.27", "1.37"]


def validate_manifest(text: str, version: str) -> list[str]:
    """Hold each thing of a manifest against the cluster's schema; their kinds."""
    things = list(yaml.safe_load_all(text))
    for thing in things:
        kubernetes_validate.validate(thing, version, strict=True)
    return [thing["kind"] for thing in things]


@pytest.mark.parametrize("version", CLUSTERS)
def test_a_cluster_takes_the_manifest(version: str) -> None:
    kinds = validate_manifest(MANIFEST, version)
    assert kinds == ["Deployment", "Service", "Ingress", "PodDisruptionBudget", "NetworkPolicy"]


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("readOnlyRootFilesystem", "readOnlyRootFileSystem"),
        ("terminationGracePeriodSeconds: 30", "terminationGracePeriodSeconds: 30s"),
        ("minAvailable: 2", "minAvailable: [2]"),
        ("pathType: Prefix", ""),
        ("policy/v1\n", "policy/v1beta1\n"),
    ],
)
def test_a_slip_in_the_manifest_is_found(written: str, wrong: str) -> None:
    assert written in MANIFEST
    unfit = (kubernetes_validate.ValidationError, kubernetes_validate.SchemaNotFoundError)
    with pytest.raises(unfit):
        validate_manifest(MANIFEST.replace(written, wrong), CLUSTERS[-1])


def check_compose(*files: Path) -> subprocess.CompletedProcess[str]:
    """Hold Compose files against the schema of the Compose specification."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    return subprocess.run([*command, *files], capture_output=True, text=True, check=False)


def test_compose_takes_its_files() -> None:
    checked = check_compose(ROOT / "compose.yaml", ROOT / "deploy" / "compose.tls.yaml")
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace("read_only: true", "readonly: true"), "readonly"),
        (lambda text: text.replace("condition: service_healthy", "condition: healthy"), "healthy"),
        (lambda text: text.replace("cap_drop: [ALL]", "cap_drop: ALL"), "cap_drop"),
    ],
)
def test_a_slip_in_a_compose_file_is_found(
    change: Callable[[str], str], told: str, tmp_path: Path
) -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    wrong = tmp_path / "compose.yaml"
    wrong.write_text(change(text), encoding="utf-8")
    assert wrong.read_text() != text
    checked = check_compose(wrong)
    assert checked.returncode == 1
    assert told in checked.stdout
