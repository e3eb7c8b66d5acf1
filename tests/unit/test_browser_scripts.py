"""The browser's scripts: every one has types, passes its own tests, and is joined to what it imports."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from ramp155.files.assets import ASSET_FOLDER, join_scripts

_ROOT = Path(__file__).parents[2]
_NODE, _TYPES = shutil.which("node"), shutil.which("tsc")
_REQUIRED = os.environ.get("RAMP155_BROWSER") == "required"
_SCRIPTS = _ROOT / "tests" / "js"
_NOT_OURS = ("venv", "node_modules", "build", "dist", "site-packages")
# Where a type cannot be said: what React's components keep, and the levers by name (numbers, but for four).
_UNTYPED = {"types.d.ts": 1, "react.js": 2, "chain.js": 1, "worker.js": 1}
needs_types = pytest.mark.skipif(
    _TYPES is None and not _REQUIRED, reason="no tsc on this machine (node-typescript in Debian)"
)
needs_node = pytest.mark.skipif(
    _NODE is None and not _REQUIRED, reason="no node on this machine: it runs the browser's scripts"
)


def list_scripts() -> set[Path]:
    """Every script of ours, wherever it stands."""
    folders = [
        folder
        for folder in _ROOT.iterdir()
        if folder.is_dir() and not folder.name.startswith(".") and folder.name not in _NOT_OURS
    ]
    return {script for folder in folders for script in folder.rglob("*.js")}


@needs_types
def test_types_hold() -> None:
    answer = subprocess.run(
        [_TYPES or "tsc", "-p", str(_ROOT)], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stdout


@needs_types
def test_every_script_is_checked() -> None:
    answer = subprocess.run(
        [_TYPES or "tsc", "-p", str(_ROOT), "--listFilesOnly"],
        capture_output=True,
        text=True,
        check=True,
    )
    checked = {Path(line) for line in answer.stdout.splitlines()}
    scripts = list_scripts()
    assert len(scripts) > 30
    assert not scripts - checked
    options = json.loads((_ROOT / "tsconfig.json").read_text(encoding="utf-8"))["compilerOptions"]
    assert options["strict"]
    assert options["checkJs"]
    assert not {
        name for name in options if name.startswith(("noImplicit", "strict")) and not options[name]
    }


def test_no_script_evades_its_types() -> None:
    untyped = {}
    for script in sorted([*list_scripts(), ASSET_FOLDER / "types.d.ts"]):
        text = script.read_text(encoding="utf-8")
        assert not re.search(r"@ts-(nocheck|ignore|expect-error)", text), script
        types = re.findall(r"/\*\*(?:(?!\*/).)*\*/", text, re.DOTALL)
        if script.suffix == ".ts":
            types = [text]
        count = sum(len(re.findall(r"(?<=[:<(, ])any\b(?=[>\[\]}),;\n])", part)) for part in types)
        if count:
            untyped[script.name] = count
    assert untyped == _UNTYPED


@needs_node
def test_scripts_pass_their_own_tests() -> None:
    command = [_NODE or "node", "--test", *map(str, sorted(_SCRIPTS.glob("*.test.mjs")))]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout


@needs_node
@pytest.mark.parametrize(
    "names",
    [
        ("release.js", "live.js", "channel.js", "present.js"),
        ("react.js", "plants_map.js", "plants_list.js", "plants.js"),
        ("release.js", "live.js", "embed_live.js"),
        ("react.js", "charts.js", "gap_rows.js", "follow.js"),
        ("channel.js", "notes.js"),
        ("steps.js", "ground.js"),
        ("lists.js", "plant_search.js"),
    ],
)
def test_what_is_joined_is_one_script(names: tuple[str, ...], tmp_path: Path) -> None:
    """No name stands twice in it, nothing is imported, and only what a page mounts is exported."""
    script = join_scripts(*names)
    count = script.count("export default function")
    joined = tmp_path / "joined.mjs"
    joined.write_text(
        script.replace("export default function", "function first", count - 1), encoding="utf-8"
    )
    answer = subprocess.run(
        [_NODE or "node", "--check", str(joined)], capture_output=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    assert not re.search(r"^(import|export (?!default))", script, re.MULTILINE)


def test_a_script_is_sent_without_its_comments() -> None:
    for script in sorted(ASSET_FOLDER.glob("*.js")):
        written = script.read_text(encoding="utf-8")
        try:
            sent = join_scripts(script.name)
        except ValueError:  # it needs others before it
            continue
        assert not re.search(r"^\s*(//|/\*\*[^/]*$)", sent, re.MULTILINE), script
        code = [line for line in written.splitlines() if re.match(r"\s*[a-z}]", line)]
        kept = [line.removeprefix("export ") for line in sent.splitlines()]
        assert all(
            line.removeprefix("export ") in kept for line in code if not line.startswith("import ")
        ), script
