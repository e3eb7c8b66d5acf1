"""Set-up: open every page as a visitor does and keep what it was answered, so that the next start has it (`python -m ui.prepare`).

`--embeds` draws what others may embed as well, at every position of its lever: two minutes that a server for many is worth.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from streamlit.testing.v1 import AppTest

from ramp155.base.memory import ASSETS
from ramp155.base.shelf import open_shelf
from ramp155.files.embed.drawing import WIDTHS
from ramp155.files.embed.moves import build_moves, find_lever
from ramp155.files.follow_body import FOLLOWED, build_follow_body
from ramp155.model.model import Model
from ramp155.pictures.catalogue import CATALOGUE
from ramp155.pictures.view import View
from ui.link.session import load_shared_records
from ui.widgets.after_paint import PAINTED

_ENTRY = Path(__file__).parent / "entry.py"
_PAGES = Path(__file__).parents[1] / "pages"
_PATIENCE = 600  # seconds for a page


def prepare() -> int:
    """Open every page with nothing in memory, and write what was asked; how many answers are kept.

    Returns
    -------
    int
        Count of answers.
    """
    logging.disable(logging.WARNING)  # Streamlit's, of running without a browser
    ASSETS.shelf = shelf = open_shelf(is_recording=True)
    app = AppTest.from_file(str(_ENTRY), default_timeout=_PATIENCE)
    app.session_state[PAINTED] = True  # no browser says so here
    app.run()
    for page in sorted(_PAGES.glob("*.py")):
        app.switch_page(f"../pages/{page.name}").run()
        if app.exception:
            raise RuntimeError(f"{page.name}: {app.exception[0].message}")
    for name in FOLLOWED:  # what a browser asks for once it is at rest
        build_follow_body(Model(load_shared_records()), View(), name)
    return shelf.write()


def prepare_embeds() -> int:
    """Draw every picture that moves with a lever at each of its positions, and keep that; how many there are.

    Returns
    -------
    int
        Count of pictures.
    """
    model = Model(load_shared_records())
    model.memory.shelf = ASSETS.shelf = None  # that is kept as files of its own
    moving = [name for name in CATALOGUE if find_lever(model, name, View())]
    for name in moving:
        for width in WIDTHS:
            build_moves(model, name, View(), width)
    return len(moving)


if __name__ == "__main__":
    print(prepare(), "answers kept")
    if "--embeds" in sys.argv[1:]:
        print(prepare_embeds(), "embeds drawn")
    sys.exit(0)
