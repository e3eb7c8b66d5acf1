"""Every Python that pyproject.toml names gives the same answer, from the same lock."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NAMED = re.findall(r"Python :: (3\.\d+)", " ".join(PROJECT["classifiers"]))
QUESTION = ["-m", "ramp155", "run", "--set", "nitrocellulose=0.7", "--format", "json"]


def find_python(version: str) -> str | None:
    """A Python of a version that starts: a shim of pyenv is there for those too that do not."""
    python = shutil.which(f"python{version}")
    if python and subprocess.run([python, "-c", ""], check=False).returncode == 0:
        return python
    return None


def test_the_oldest_that_is_named_is_the_oldest_that_is_let_in() -> None:
    assert PROJECT["requires-python"] == f">={NAMED[0]}"
    assert f"{sys.version_info.major}.{sys.version_info.minor}" in NAMED


@pytest.mark.nightly
@pytest.mark.parametrize("version", NAMED)
def test_another_python_gives_the_same_answer(version: str, tmp_path: Path) -> None:
    python = find_python(version)
    if python is None:
        pytest.skip(f"no Python {version} here")
    subprocess.run([python, "-m", "venv", tmp_path / "venv"], check=True)
    other = str(tmp_path / "venv" / "bin" / "python")
    install = ["-m", "pip", "install", "--quiet", "--require-hashes", "-r", "requirements.lock"]
    subprocess.run([other, *install], cwd=ROOT, check=True)
    environment = {**os.environ, "RAMP155_CACHE": "", "NUMBA_CACHE_DIR": str(tmp_path / "numba")}
    answers = [
        subprocess.run(
            [each, *QUESTION], cwd=ROOT, env=environment, capture_output=True, check=True
        ).stdout
        for each in (sys.executable, other)
    ]
    assert answers[0]
    assert answers[0] == answers[1]
