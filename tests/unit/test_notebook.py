"""docs/quickstart.ipynb runs from the first cell to the last, offline, in the interpreter of these tests."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

import ramp155
from ramp155.record.read import DATA
from tests.wording import LEAST_EASE, find_style_faults, measure_ease

ROOT = DATA.parent
NOTEBOOK = ROOT / "docs" / "quickstart.ipynb"
# Put before the first cell: whatever asks for another machine ends the run.
GUARD = """
import sys

def refuse(event, arguments):
    if event == "socket.getaddrinfo" or (event == "socket.connect" and isinstance(arguments[1], tuple)):
        address = arguments[0] if event == "socket.getaddrinfo" else arguments[1][0]
        if address not in ("127.0.0.1", "::1", "localhost", None):
            raise RuntimeError(f"asked for the network: {address}")

sys.addaudithook(refuse)
"""


def read_notebook() -> NotebookNode:
    return nbformat.read(NOTEBOOK, as_version=4)


def execute(notebook: NotebookNode, folder: Path, guard: str = GUARD) -> NotebookNode:
    """Run a notebook in a folder, by this very interpreter: kernels and settings of the user do not count."""
    manager = AsyncKernelManager(
        kernel_name=NATIVE_KERNEL_NAME, kernel_spec_manager=KernelSpecManager(kernel_dirs=[])
    )
    notebook.cells.insert(0, nbformat.v4.new_code_cell(guard))
    client = NotebookClient(
        notebook, km=manager, timeout=600, resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    del notebook.cells[0]
    return notebook


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty folder that is home to Jupyter and IPython, as on a fresh machine; the library is found."""
    home = tmp_path_factory.mktemp("notebook")
    with pytest.MonkeyPatch.context() as environment:
        for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
            environment.setenv(name, str(home / name.lower()))
        for name in ("JUPYTER_PATH", "JUPYTER_PREFER_ENV_PATH", "PYTHONSTARTUP"):
            environment.delenv(name, raising=False)
        environment.setenv("PYTHONPATH", str(ROOT))
        environment.setenv("RAMP155_DRAWS", "50")
        (home / "work").mkdir()
        yield home / "work"


@pytest.fixture(scope="module")
def executed(folder: Path) -> NotebookNode:
    """The notebook with what its cells gave; a claim in it that does not hold fails here."""
    return execute(read_notebook(), folder)


def list_code(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def join_printed(cell: NotebookNode) -> str:
    return "".join(output.get("text", "") for output in cell.outputs)


def find_cell(notebook: NotebookNode, words: str) -> NotebookNode:
    """The one cell of code that has these words."""
    (cell,) = [cell for cell in list_code(notebook) if words in cell.source]
    return cell


# As it is committed


def test_it_is_committed_without_outputs() -> None:
    for cell in list_code(read_notebook()):
        assert cell.outputs == []
        assert cell.execution_count is None


def test_it_asks_public_names_alone_and_all_that_answer() -> None:
    source = "\n".join(cell.source for cell in list_code(read_notebook()))
    asked = set(re.findall(r"\bramp155\.(\w+)", source)) - {"pictures"}
    assert asked <= set(ramp155.__all__)
    answers = {name for name in ramp155.__all__ if name.islower()} - {"__version__", "check"}
    assert answers <= asked


def test_every_cell_of_code_is_led_to_in_words() -> None:
    kinds = [cell.cell_type for cell in read_notebook().cells]
    assert kinds[0] == kinds[-1] == "markdown"
    assert "code code code code" not in " ".join(kinds)


def test_its_words_keep_to_the_style_sheet() -> None:
    texts = [cell.source for cell in read_notebook().cells if cell.cell_type == "markdown"]
    paragraphs = [" ".join(part.split()) for text in texts for part in text.split("\n\n")]
    for paragraph in paragraphs:
        if not paragraph.startswith("#"):
            assert find_style_faults(paragraph) == []
            assert measure_ease(paragraph) >= LEAST_EASE, paragraph


def test_links_lead_to_files() -> None:
    words = "\n".join(cell.source for cell in read_notebook().cells)
    for link in re.findall(r"\]\(([^)#]+)\)", words):
        assert (NOTEBOOK.parent / link).exists(), link


# As it runs


def test_every_cell_ran_and_none_complained(executed: NotebookNode) -> None:
    for cell in list_code(executed):
        assert cell.execution_count
        for output in cell.outputs:
            assert output.output_type != "error"
            assert output.get("name") != "stderr", output["text"]


def test_frames_and_the_chart_are_shown(executed: NotebookNode) -> None:
    chart = find_cell(executed, "ramp155.draw(")
    (drawing,) = [output for output in chart.outputs if output.output_type == "execute_result"]
    assert drawing.data["image/svg+xml"].startswith("<svg")
    frames = [
        cell
        for cell in list_code(executed)
        if any("text/html" in output.get("data", {}) for output in cell.outputs)
    ]
    assert len(frames) >= 10


def test_what_is_printed_is_what_the_library_says(executed: NotebookNode) -> None:
    records = ramp155.load()
    inside = ramp155.score(ramp155.hindcast(records)).inside80
    assert f"{inside.hits} of {inside.number} figures" in join_printed(
        find_cell(executed, "ramp155.score(")
    )
    scenario = ramp155.Scenario(nitrocellulose=0.7, start="2027-01")
    explanation = ramp155.explain(records, "headline", scenario, draws=50)
    printed = join_printed(find_cell(executed, "ramp155.explain("))
    assert explanation.formula[0] in printed
    lost = re.search(r"(\d+)% fewer rounds", join_printed(find_cell(executed, "lost_share")))
    assert lost
    assert 5 < int(lost[1]) < 50


def test_what_it_exports_is_there(executed: NotebookNode, folder: Path) -> None:
    assert [*(folder / "ramp155-record").glob("ramp155-*.zip")]
    assert join_printed(find_cell(executed, "ramp155.export("))


# What holds all that


def test_a_claim_that_does_not_hold_fails(folder: Path) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("assert 1 > 2")])
    with pytest.raises(CellExecutionError, match="1 > 2"):
        execute(notebook, folder)


def test_the_interpreter_is_this_one_and_asks_nobody(folder: Path) -> None:
    probe = nbformat.v4.new_code_cell(
        "import sys, ramp155; print(sys.executable, ramp155.__file__)"
    )
    asking = nbformat.v4.new_code_cell(
        "import urllib.request\ntry:\n    urllib.request.urlopen('http://example.org')\n"
        "except RuntimeError as error:\n    print(error)"
    )
    notebook = execute(nbformat.v4.new_notebook(cells=[probe, asking]), folder)
    printed = join_printed(notebook.cells[0]).split()
    assert os.path.samefile(printed[0], sys.executable)
    assert Path(printed[1]).is_relative_to(ROOT)
    assert "asked for the network: example.org" in join_printed(notebook.cells[1])
