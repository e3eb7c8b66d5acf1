from __future__ import annotations

import argparse
import json
import os
import pkgutil
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ramp155.cli.commands import run_command_line
from ramp155.cli.parser import build_parser
from ramp155.record.read import DATA
from tests import shared

pytestmark = pytest.mark.usefixtures("one_record")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run_command_line(list(arguments))
    out = capsys.readouterr()
    return code, out.out, out.err


def test_check_prints_counts(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check")
    assert code == 0
    table = shared.record()
    assert out.startswith(f"OK {len(table.sites)} sites, {len(table.lines)} lines")


def test_check_prints_every_fault_and_fails(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(DATA, tmp_path / "data"))
    text = (copy / "lines.csv").read_text()
    (copy / "lines.csv").write_text(text.replace(",nitrocellulose,", ",guncotton,", 1))
    code, out, _ = run(capsys, "check", str(copy))
    assert code == 1
    assert out.count("\n") == 1
    assert out.startswith("lines.csv:")
    assert ":product: 'guncotton' not one of" in out


def test_run_as_json_has_the_agreed_shape(capsys: pytest.CaptureFixture[str]) -> None:
    settings = ["--set", "nitrocellulose=0.7", "--set", "extra_delay=6"]
    code, out, _ = run(capsys, "run", *settings, "--format", "json")
    assert code == 0
    answer = json.loads(out)
    assert answer["scenario"]["nitrocellulose"] == 0.7
    assert answer["scenario"]["extra_delay"] == 6
    assert len(answer["path"]) == 108
    month = next(m for m in answer["path"] if m["month"] == "2026-12")
    assert set(month) == {
        "month",
        "rounds_per_year",
        "baseline_rounds_per_year",
        "nameplate_rounds_per_year",
        "p10",
        "p25",
        "p50",
        "p75",
        "p90",
        "figure_p10",
        "figure_p90",
        "nameplate_p10",
        "nameplate_p50",
        "nameplate_p90",
        "bottleneck",
        "bottleneck_share",
    }
    assert month["rounds_per_year"] == month["p50"] < month["baseline_rounds_per_year"]
    assert month["figure_p10"] < month["p10"] < month["p25"] < month["p50"]
    assert month["p50"] < month["p75"] < month["p90"] < month["figure_p90"]
    assert answer["statistic"] == "median"
    assert answer["nameplate_beyond_plans"][0] == "2028-01"
    assert answer["nameplate_beyond_plans"][-1] == "2030-12"


def test_run_with_draws_fills_the_band(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(
        capsys, "run", "--draws", "60", "--set", "nitrocellulose=0.7", "--format", "json"
    )
    for row in json.loads(out)["path"]:
        assert row["p10"] <= row["p50"] <= row["p90"]


def test_targets_have_the_agreed_shape(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "targets", "--format", "json")
    assert code == 0
    *targets, last = json.loads(out)
    assert len(targets) == len(shared.record().targets_outcomes)
    assert {"outcome_id", "target", "due", "came", "outcome", "ratio"} <= set(targets[0])
    assert last["western"]["met"] <= last["western"]["known"]
    assert last["western"]["low"] < last["western"]["share"] < last["western"]["high"]
    _, out, _ = run(capsys, "targets", "--format", "csv")
    assert out.splitlines()[0].split(",") == list(targets[0])
    assert len(out.splitlines()) == len(targets) + 1
    _, out, _ = run(capsys, "targets")
    assert "western targets with a known outcome" in out


def test_goal_has_the_agreed_shape(capsys: pytest.CaptureFixture[str]) -> None:
    call = ["goal", "--target", "2000000", "--by", "2027-12", "--draws", "100", "--format", "json"]
    code, out, _ = run(capsys, *call)
    assert code == 0
    answer = json.loads(out)
    assert answer["statistic"] == "median"
    assert answer["reachable"] is False
    assert answer["nitrocellulose"] is None
    assert answer["pair"] is None
    assert answer["binds"] in ("propellant", "explosive", "nitrocellulose")
    assert 0 <= answer["odds"] <= 1
    assert 0 < answer["binds_share"] <= 1
    for found in (*answer["closest"], *answer["solutions"]):
        assert set(found) == {"levers", "rounds_per_year", "effort"}
    assert answer["solutions"] or answer["beyond"]["levers"]
    call[2] = "500000"
    answer = json.loads(run(capsys, *call)[1])
    assert answer["reachable"] is True
    assert 0 < answer["nitrocellulose"] < 1
    assert (answer["pair"]["levers"], answer["beyond"]) == ({}, None)
    assert "nitrocellulose" in run(capsys, "goal", "--target", "500000", "--draws", "100")[1]
    said = run(capsys, "goal", "--target", "2000000", "--draws", "100")[1]
    assert "No two levers" not in said
    assert "effort, points" in said


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (["goal", "--target", "1000000", "--by", "2040-01"], "2040-01"),
        (["goal", "--target", "nan"], "nan"),
        (["goal", "--target", "-5"], "above 0"),
        (["goal", "--target", "1000000", "--draws", "0"], "draws"),
        (["run", "--draws", "0"], "draws must be at least 1"),
        (["run", "--preset", "magic"], "linters-stop"),
        (["run", "--set", "assume.magic=1"], "not a coefficient"),
        (["run", "--set", "assume.utilisation=7"], "outside"),
        (["run", "--set", "assume.utilisation=nan"], "finite"),
    ],
)
def test_questions_that_cannot_be_answered_are_told(
    capsys: pytest.CaptureFixture[str], call: list[str], says: str
) -> None:
    code, out, said = run(capsys, *call)
    assert code == 2
    assert not out
    assert says in said
    assert "Traceback" not in said


def test_presets_and_settings_add_up(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(
        capsys, "run", "--preset", "linters-stop", "--set", "wood_pulp=0.5", "--format", "json"
    )
    scenario = json.loads(out)["scenario"]
    assert (scenario["linters"], scenario["wood_pulp"], scenario["start"]) == (0, 0.5, "2027-01")


def test_run_as_csv_and_table(capsys: pytest.CaptureFixture[str]) -> None:
    _, csv, _ = run(capsys, "run", "--format", "csv")
    assert csv.splitlines()[0].startswith("month,rounds_per_year,")
    assert len(csv.splitlines()) == 109
    _, table, _ = run(capsys, "run")
    assert "2030-12" in table


def test_response_goes_from_nothing_to_double(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "response", "--month", "2026-12", "--format", "json")
    rows = json.loads(out)
    assert code == 0
    assert rows[0]["nitrocellulose"] == 0.0
    assert rows[-1]["nitrocellulose"] == 2.0
    columns = {"nitrocellulose", "rounds_per_year", "p10", "p90", "bottleneck", "bottleneck_share"}
    assert set(rows[0]) == columns


def test_status_gives_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "status", "--as-of", "2025-06-30", "--format", "json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert len(rows) == len(shared.record().lines)
    agreed = [
        "line_id",
        "site_id",
        "product",
        "status",
        "flags",
        "progress",
        "slip_months",
        "evidence",
    ]
    assert set(agreed) <= set(rows[0])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "--set", "nitrocellulose"], "expected LEVER=VALUE"),
        (["run", "--set", "nitrocellulose=9"], "0 to 2"),
        (["run", "--set", "gravity=1"], "gravity is not a lever"),
        (["response", "--month", "2050-01"], "2050-01"),
        (["status", "--as-of", "yesterday"], "not a date"),
    ],
)
def test_a_bad_call_gets_one_clear_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    code, out, err = run(capsys, *arguments)
    assert code == 2
    assert out == ""
    assert words in err
    assert len(err.strip().splitlines()) == 1


def test_what_is_kept_on_disk_is_prepared(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-m", "ramp155", "prepare"]
    setting = {**os.environ, "RAMP155_CACHE": str(tmp_path), "RAMP155_DRAWS": "50"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=setting)
    assert str(tmp_path) in done.stdout
    assert len(list(tmp_path.glob("*.npz"))) >= 4


def test_a_map_to_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "map.png"
    code, out, _ = run(capsys, "map", "--png", str(file), "--as-of", "2025-06-30")
    assert code == 0
    assert str(file) in out
    assert file.read_bytes().startswith(b"\x89PNG")
    then = file.read_bytes()
    run(capsys, "map", "--png", str(file))
    assert file.read_bytes() != then
    assert run(capsys, "map", "--png", str(file), "--as-of", "soon")[0] == 2


def test_geojson_to_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "sites.geojson"
    code, _, _ = run(capsys, "geojson", "--out", str(file))
    assert code == 0
    assert json.loads(file.read_text(encoding="utf-8"))["type"] == "FeatureCollection"


def test_the_module_runs_as_a_program() -> None:
    command = [sys.executable, "-m", "ramp155", "check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith("OK ")


# --- what the parser, its functions and docs/commands.md agree on ---------------------------------

COMMANDS_PAGE = (DATA.parent / "docs" / "commands.md").read_text(encoding="utf-8")


def list_parsers() -> dict[str, argparse.ArgumentParser]:
    """The parser of every command by its name."""
    for action in build_parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    raise AssertionError("the command line has no commands")


def list_options(parser: argparse.ArgumentParser) -> set[str]:
    """What a command takes: its options, and its arguments in capitals."""
    options = {
        action.option_strings[-1] if action.option_strings else action.dest.upper()
        for action in parser._actions
    }
    return options - {"--help"}


def test_the_page_of_commands_names_every_command_and_option_and_no_other() -> None:
    documented = {}
    for names, options in re.findall(r"^\| (`[a-z`, ]+`) \| (.*?) ?\|$", COMMANDS_PAGE, re.M):
        for name in re.findall(r"[a-z]+", names):
            documented[name] = set(re.findall(r"`([^`]+)`", options))
    assert documented == {name: list_options(parser) for name, parser in list_parsers().items()}


@pytest.mark.parametrize("name", list_parsers())
def test_every_command_names_a_function(name: str) -> None:
    assert callable(pkgutil.resolve_name(list_parsers()[name].get_default("command")))


@pytest.mark.parametrize(
    ("call", "code"), [(["--help"], 0), (["run", "--help"], 0), (["run", "--draws", "x"], 2)]
)
def test_help_and_a_wrong_option_start_without_pandas(call: list[str], code: int) -> None:
    program = (
        "import sys, atexit; from ramp155.cli.commands import run_command_line; "
        "atexit.register(lambda: print({'pandas', 'numpy', 'numba'} & set(sys.modules))); "
        f"run_command_line({call})"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ended.returncode == code
    assert ended.stdout.endswith("set()\n")


def test_a_wrong_option_says_what_it_may_be(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run_command_line(["run", "--format", "xml"])
    assert ended.value.code == 2
    assert "--format: invalid choice: 'xml' (choose from" in capsys.readouterr().err
