"""All that the live slider needs but its own value, as JSON: the response surface, the sentences
for every position, and the pinned scenarios.
"""

from __future__ import annotations

import json

from ramp155.base.memory import remember
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.output.engine import name_engine
from ramp155.pictures.output.live import list_live_path, pack_live_data
from ramp155.pictures.palette import adapt_colour
from ramp155.pictures.theme import apply_theme
from ramp155.text.output.slider import list_slider_sentences, list_slider_titles


@remember
def build_live_body(
    model: Model,
    scenario: Scenario,
    month: str,
    height: int | None,
    shows: str,
    pins: tuple[tuple[str, str, str, Scenario], ...] = (),
    theme: str = "light",
) -> bytes:
    """Build all that the live slider needs but its own value, as JSON text.

    Parameters
    ----------
    model : Model
        Whose answers are shown.
    scenario : Scenario
        The other levers; the slider moves the supply of nitrocellulose.
    month : str
        YYYY-MM, the month that is read out.
    height : int
        Height of the picture, pixels; None: what its box leaves it.
    shows : str
        "full" (title, response curve, odds, reading), "titled" (the title) or "" (path and readout alone).
    pins : tuple
        Kept scenarios as (letter, name, colour, scenario).
    theme : str
        `light` or `dark`.

    Returns
    -------
    bytes
        JSON in UTF-8.
    """
    # With these the page's engine answers for the other levers too.
    levers = {"levers": scenario.as_dict(), "engine": name_engine(model, scenario.assume)}
    list_words = list_slider_sentences if shows == "full" else list_slider_titles
    return json.dumps(
        {
            **apply_theme(pack_live_data(model, scenario, month), theme),
            "words": list_words(model, scenario, month),
            "pins": [
                {
                    "letter": letter,
                    "name": name,
                    "colour": adapt_colour(theme, colour),
                    "path": list_live_path(model, pinned_scenario),
                }
                for letter, name, colour, pinned_scenario in pins
            ],
            "height": height,
            "full": shows == "full",
            "titled": shows != "",
            **(levers if shows == "full" else {}),
        },
        ensure_ascii=False,
    ).encode()
