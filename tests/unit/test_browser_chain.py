"""What the browser works out by itself while a lever moves is what the library says once it is let go."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from ramp155.answers.output.medians import MEDIAN_PLACE, find_nameplate_path
from ramp155.answers.output.nitrocellulose import compute_rounds_per_tonne, sum_stores
from ramp155.answers.output.odds import compute_target_odds
from ramp155.answers.output.reading import read_outlook
from ramp155.answers.output.surface import (
    compute_figure_surface,
    compute_surface,
    interpolate_position,
)
from ramp155.files.assets import join_engine
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import FORECAST_START, LAST_PLANNED_MONTH, MONTHS, YEARS
from ramp155.model.scenario.levers import LEVERS
from ramp155.model.scenario.scenario import COUNTRIES_ON_REQUEST, Scenario
from ramp155.model.simulation.runs import run_scenario, trace_some_draws
from ramp155.pictures.output.engine import name_engine, pack_engine
from ramp155.record.records import Records
from ramp155.text.output.reading import write_reading, write_readout, write_tonne_gain
from ramp155.text.output.title import write_output_title
from ramp155.text.scenario import list_lever_warnings

NODE = shutil.which("node")
REQUIRED = os.environ.get("RAMP155_BROWSER") == "required"
SCRIPTS = Path(__file__).parents[1] / "js"
DRAWS = 60
CLOSE = 1e-6  # of a value, or of one round
needs_node = pytest.mark.skipif(
    NODE is None and not REQUIRED, reason="no node on this machine: it runs the browser's scripts"
)


def draw_scenarios(count: int, seed: int, is_whole: bool = False) -> list[Scenario]:
    """Scenarios with some, many or all levers moved, at whole percents as sliders have them or anywhere."""
    rng = np.random.default_rng(seed)
    scenarios = [Scenario()]
    for _ in range(count - 1):
        moved_share, values = rng.random(), {}
        for lever in LEVERS:
            if rng.random() > moved_share:
                continue
            value = lever.low + (lever.high - lever.low) * rng.random()
            if lever.unit in ("months", "thousand"):
                values[lever.name] = int(round(value * lever.scale) / lever.scale)
            else:
                values[lever.name] = round(value, 2) if is_whole else value
        if rng.random() < 0.5:
            first = MONTHS.index(FORECAST_START)
            values["start"] = MONTHS[int(rng.integers(first, len(MONTHS)))]
        if rng.random() < 0.3:
            values["also"] = [c for c in COUNTRIES_ON_REQUEST if rng.random() < 0.5]
        scenarios.append(Scenario(**values))
    return scenarios


def run_node(script: str, *arguments: str | Path) -> bytes:
    command = [NODE or "node", str(SCRIPTS / script), *map(str, arguments)]
    answer = subprocess.run(command, capture_output=True, check=False)
    assert answer.returncode == 0, answer.stderr.decode()
    return answer.stdout


def write_question(folder: Path, model: Model, scenarios: list[Scenario]) -> tuple[Path, Path]:
    block, listed = folder / "engine", folder / "scenarios.json"
    block.write_bytes(pack_engine(model, scenarios[-1].assume))
    listed.write_text(json.dumps([scenario.as_dict() for scenario in scenarios]))
    return block, listed


def is_close(measured: np.ndarray, expected: np.ndarray, tolerance: float = CLOSE) -> bool:
    return bool((np.abs(measured - expected) <= tolerance * np.maximum(np.abs(expected), 1)).all())


def check_runs(model: Model, scenarios: list[Scenario], folder: Path) -> None:
    """Every draw's output, what limits it and what is in store, month by month."""
    block, listed = write_question(folder, model, scenarios)
    run_node("run_chain.mjs", block, listed, folder / "runs")
    written = (folder / "runs").read_bytes()
    months, draws = len(MONTHS), model.draws
    for scenario in scenarios:
        expected, limits = run_scenario(model, scenario)
        books = trace_some_draws(model, scenario)
        stored = sum(books.stock.values()) + books.reserve
        output = np.frombuffer(written, count=months * draws).reshape(months, draws)
        written = written[output.nbytes :]
        binds = np.frombuffer(written, np.uint8, months * draws).reshape(months, draws)
        written = written[binds.nbytes :]
        kept = np.frombuffer(written, count=stored.size).reshape(stored.shape)
        written = written[kept.nbytes :]
        assert is_close(output, expected), scenario
        assert (binds != limits).mean() < 1e-3, scenario  # a tie may go either way
        assert is_close(kept, stored, 1e-4), scenario  # little is left of much
    assert not written


@needs_node
def test_the_browsers_chain_is_the_librarys(records: Records, tmp_path: Path) -> None:
    check_runs(Model(records, DRAWS), draw_scenarios(200, seed=155), tmp_path)


@needs_node
@pytest.mark.parametrize(
    "edits", [(("utilisation", 0.9),), (("slip_months", 9.0), ("ratio_fuze", 1.3))]
)
def test_with_coefficients_of_ones_own_too(
    records: Records, tmp_path: Path, edits: tuple[tuple[str, float], ...]
) -> None:
    model = Model(records, DRAWS)
    scenarios = [
        Scenario(fuzes=0.5, extra_delay=5, assume=edits),
        Scenario(assume=edits),
    ]
    check_runs(model, scenarios, tmp_path)
    check_answers(model, scenarios, "2027-12", tmp_path)


def check_answers(model: Model, scenarios: list[Scenario], month: str, folder: Path) -> None:
    """All that is drawn and said."""
    block, listed = write_question(folder, model, scenarios)
    told = json.loads(run_node("read_outlooks.mjs", block, listed, month))
    assert told["key"] == name_engine(model, scenarios[-1].assume)
    assert [lever["name"] for lever in told["levers"]] == [lever.name for lever in LEVERS]
    answers = told["answers"]
    for scenario, answer in zip(scenarios, answers, strict=True):
        surface, supply = compute_surface(model, scenario), scenario.nitrocellulose
        reading = read_outlook(model, scenario, month)
        gained = compute_rounds_per_tonne(model, scenario, month)[round(supply * 100)]
        assert answer["title"] == write_output_title(model.record, scenario, reading)
        assert answer["readout"] == write_readout(scenario, reading)
        assert answer["reading"] == write_reading(model.record, scenario, reading)
        assert answer["gain"] == write_tonne_gain(model.record, reading, float(gained))
        assert answer["warning"] == " ".join(list_lever_warnings(model, scenario))
        figures = interpolate_position(compute_figure_surface(model, scenario), supply)
        years = interpolate_position(surface.years[:, :, YEARS.index(int(month[:4]))], supply)
        shares = interpolate_position(surface.binds[None], supply)[0].ravel()
        stores = interpolate_position(sum_stores(model, scenario)[None], supply)[0]
        last_planned = MONTHS.index(LAST_PLANNED_MONTH) + 1
        nameplate = find_nameplate_path(model, scenario)[:last_planned] * 12
        odds = compute_target_odds(model, scenario, month)
        path = interpolate_position(surface.quantiles, supply)
        quantiles = np.array([answer[name] for name in ("p10", "p50", "p90")])
        band = np.array([answer["figureLow"], answer["figureHigh"]])
        assert is_close(quantiles, path[[0, MEDIAN_PLACE, -1]]), scenario
        assert is_close(band, figures, 1e-5), scenario
        assert is_close(np.array(answer["year"]), years[MEDIAN_PLACE]), scenario
        assert is_close(np.array(answer["shares"]), shares), scenario
        assert is_close(np.array(answer["stores"]), stores, 1e-5), scenario
        assert is_close(np.array(answer["nameplate"][:last_planned]), nameplate), scenario
        assert is_close(np.array(answer["odds"]), odds["odds"].to_numpy()), scenario
        assert answer["even"] == list(odds["even_from"])


@needs_node
@pytest.mark.parametrize("month", ["2027-12", "2029-05"])
def test_the_browser_draws_and_says_what_the_library_does(
    records: Records, tmp_path: Path, month: str
) -> None:
    scenarios = draw_scenarios(30, seed=len(month) + int(month[:4]), is_whole=True)
    check_answers(Model(records, DRAWS), scenarios, month, tmp_path)


@needs_node
@pytest.mark.parametrize("more", [(), ("sliders.js", "levers.js")])
def test_the_engine_is_one_script_on_a_page(tmp_path: Path, more: tuple[str, ...]) -> None:
    """No name stands twice in what is joined, in the thread neither, and nothing is imported any more."""
    script = join_engine(*more)
    first_line = script.split("\n", 1)[0]
    thread = json.loads(first_line.removeprefix("const THREAD = "))
    for name, text in {"page.mjs": script, "thread.js": thread}.items():
        joined = tmp_path / name
        joined.write_text(text, encoding="utf-8")
        command = [NODE or "node", "--check", str(joined)]
        answer = subprocess.run(command, capture_output=True, check=False)
        assert answer.returncode == 0, answer.stderr
        assert "\nimport " not in text
    assert script.count("\nexport ") == 1
    assert "\nexport " not in thread
    assert "<" not in first_line  # it may stand in a page


def test_the_engine_is_light_and_named_for_what_it_holds(records: Records) -> None:
    model = Model(records)
    most = 1_500_000 * model.draws / 1_000
    assert len(pack_engine(model)) < most
    edits = (("utilisation", 0.9),)
    names = {name_engine(model), name_engine(model, edits), name_engine(model.with_draws(7))}
    assert len(names) == 3
