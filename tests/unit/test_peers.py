"""Held against the programs of others, which only these tests need: pysd, frictionless."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

from ramp155.files.package.archive import build_package
from ramp155.model.chain.runs import simulate_chain
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.model.simulation.levers import prepare_scenario
from ramp155.record.records import Records
from ramp155.record.schema import SCHEMAS

pytestmark = pytest.mark.peer


@pytest.fixture(scope="module")
def package(records: Records) -> bytes:
    return build_package(Model(records))


def test_the_package_passes_the_public_validator(package: bytes, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    path = tmp_path / "ramp155.zip"
    path.write_bytes(package)
    report = frictionless.Package(str(path)).validate()
    assert report.valid, report.to_summary()
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        tables = [name for name in archive.namelist() if name.endswith(".csv")]
    assert report.stats["tasks"] == len(tables) >= len(SCHEMAS)


def test_the_validator_would_notice(package: bytes, tmp_path: Path) -> None:
    """The schemas are not for show: break a key, an enum and a reference, and each is found."""
    frictionless = pytest.importorskip("frictionless")
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        archive.extractall(tmp_path)
    described = json.loads((tmp_path / "datapackage.json").read_text())
    for resource in described["resources"]:
        del resource["hash"], resource["bytes"]
    (tmp_path / "datapackage.json").write_text(json.dumps(described))
    lines = tmp_path / "data" / "lines.csv"
    rows = lines.read_text().splitlines()
    broken = rows[1].replace(",other,", ",nonsense,").replace("amari-nitrotol,", "nowhere,")
    lines.write_text("\n".join([rows[0], broken, *rows[2:], rows[2]]) + "\n")
    with frictionless.system.use_context(trusted=True):
        report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    error_types = {error.type for task in report.tasks for error in task.errors}
    assert {"constraint-error", "foreign-key", "primary-key"} <= error_types


def test_the_same_equations_in_pysd_give_the_same_path(records: Records, tmp_path: Path) -> None:
    """The peer is generated from the same tables by bench/pysd_peer.py."""
    pytest.importorskip("pysd")
    from bench import pysd_peer

    draws = 30
    stacked, tree, factor, _, _ = prepare_scenario(
        Model(records, draws=draws), Scenario(shifts=0.9)
    )
    place = {s: tree.order.index(s) for s in stacked.stages}
    given = {
        s: stacked.array[row] * factor[place[s]][:, None] for row, s in enumerate(stacked.stages)
    }
    given["nitrocellulose"] = given["nitrocellulose"] * 0.7
    ours = simulate_chain(given, tree).output
    model = pysd_peer.load(tree, len(ours), draws, tmp_path)
    np.testing.assert_allclose(pysd_peer.run(model, given), ours, rtol=1e-6, atol=1e-6)
