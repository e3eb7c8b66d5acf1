"""Colours stand out on their ground, and none is the only thing that tells two marks apart."""

from __future__ import annotations

import itertools
import json
import tomllib
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from colorspacious import cspace_convert, deltaE

from ramp155.files.poster.chart import complete_spec
from ramp155.model.model import Model
from ramp155.pictures.catalogue import CATALOGUE, build_picture
from ramp155.pictures.palette import (
    DARK,
    EDGE,
    EUROPE,
    LIGHT,
    RUSSIA,
    THEMES,
    adapt_colour,
    split_colour,
)
from ramp155.pictures.theme import apply_theme
from ramp155.pictures.view import View
from ramp155.record.records import Records

ROOT = Path(__file__).parents[2]
MARKS = [
    "europe",
    "us",
    "canada",
    "nato",
    "russia",
    "russia_quiet",
    "ukraine",
    "other",
    "late",
    "unmet",
    "baseline",
    "nameplate",
    "good",
    "own",
    "money",
    "pin_a",
    "pin_b",
    "pin_c",
    "pin_d",
]
WORDS = [
    "ink",
    "quiet",
    "link",
    "europe",
    "nato",
    "us_words",
    "canada_words",
    "russia_words",
    "ukraine_words",
    "other_words",
    "unmet",
    "nameplate",
    "own",
    "pin_a",
    "pin_b",
    "pin_c",
    "pin_d",
    "strand_demand",
    "strand_capacity",
    "strand_industry",
]
STATUSES = [name for name in LIGHT if name.startswith("status_")]
STAGES = [name for name in LIGHT if name.startswith("stage_")]
VISION = ("", "deuteranomaly", "protanomaly", "tritanomaly")
FAR = 10.0  # CAM02-UCS: closer than that, another carrier has to tell the two apart
# Pictures with colours that are close to some eye, how their spec tells them apart, and in words.
CARRIERS = {
    "flow": ("text", "each gate is labelled and has an edge"),
    "board": ("text", "a bar fills up with its status, which is named at its end"),
    "limits": ("text", "each area is labelled and has an edge"),
    "locks": ("text", "each bar is labelled and has an edge"),
    "output": ("text", "the line and each stage that binds are labelled"),
    "purchase": ("text", "each bar is labelled"),
    "rates": ("dash", "a label at each end, a dash of its own"),
    "ratio": ("shape", "what officials said is a mark, the model a line"),
    "sites": ("shape", "each status has a shape of its own"),
    "stages": ("text", "each bar is labelled"),
    "topic": ("shape", "the shape, the tooltip and the table beside it say what each claim counts"),
    "tracks": ("text", "each area is labelled and has an edge"),
}
KINDS = {"shape": '"shape"', "text": '"text"', "dash": '"strokedash"'}
# Colours that stand together on pages but in no picture of the catalogue, or not with today's record.
TOGETHER = {
    "deliveries": (["russia", "other", "europe", "us"], "a label at each end, a dash of its own"),
    "who speaks of Ukraine": (["unmet", "ukraine"], ""),
    "balance": (["nato", "russia_words"], ""),
    "path": (["europe", "baseline", "nameplate"], ""),
    "pins": (
        ["europe", "baseline", "nameplate", "pin_a", "pin_b", "pin_c", "pin_d"],
        "a letter at each end; pins are dotted, the nameplate dashed",
    ),
    "promises": (["europe", "baseline", "nameplate", "unmet"], ""),
    "strands": (["strand_demand", "strand_capacity", "strand_industry"], ""),
    "stages": (STAGES, "each stretch and bar is labelled and has an edge"),
    "statuses": (STATUSES, "each status has a shape of its own"),
}


def _rgb(colour: str) -> np.ndarray:
    return np.array(split_colour(colour)) / 255


def _luminance(colour: str) -> float:
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in _rgb(colour)]
    return float(np.dot([0.2126, 0.7152, 0.0722], linear))


def contrast(one: str, other: str) -> float:
    """As WCAG 2 defines it: 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def distance(one: str, other: str, vision: str) -> float:
    """How far apart two colours are to a way of seeing them, in CAM02-UCS."""
    seen = [_rgb(one), _rgb(other)]
    if vision:
        space = {"name": "sRGB1+CVD", "cvd_type": vision, "severity": 100}
        seen = [np.clip(cspace_convert(colour, space, "sRGB1"), 0, 1) for colour in seen]
    return float(deltaE(*seen, input_space="sRGB1", uniform_space="CAM02-UCS"))


@pytest.mark.parametrize("theme", THEMES)
def test_marks_stand_out_from_their_ground(theme: str) -> None:
    colours = THEMES[theme]
    weak = {n: contrast(colours[n], colours["paper"]) for n in MARKS}
    weak |= {n: contrast(colours[n], colours["land"]) for n in STATUSES}
    weak["odds"] = contrast(colours["odds"], colours["paper"])
    assert not {n: round(c, 2) for n, c in weak.items() if c < 3.0}


@pytest.mark.parametrize("theme", THEMES)
def test_words_are_readable_on_the_page_and_on_panels(theme: str) -> None:
    colours = THEMES[theme]
    pairs = [(word, ground) for word in WORDS for ground in ("paper", "panel")]
    pairs += [("ink", "odds"), ("ink", "track"), ("paper", "russia_words"), ("paper", "nato")]
    pairs += [("on_stage", stage) for stage in STAGES]
    pairs += [("country", "land")]
    found = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert not {pair: c for pair, c in found.items() if c < 4.5}


@pytest.mark.parametrize("theme", THEMES)
def test_a_stage_that_is_pale_on_its_ground_has_an_edge_that_is_not(theme: str) -> None:
    colours = THEMES[theme]
    assert contrast(colours["quiet"], colours["paper"]) >= 3.0
    assert LIGHT["quiet"] == EDGE


def close(names: Iterable[str]) -> dict[tuple[str, str, str], float]:
    """Pairs that some way of seeing takes for nearly alike, on either ground."""
    return {
        (one, other, vision): round(found, 1)
        for colours in THEMES.values()
        for one, other in itertools.combinations(names, 2)
        for vision in VISION
        if (found := distance(colours[one], colours[other], vision)) < FAR
    }


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_colours_of_one_picture_stay_apart_to_every_eye(records: Records, name: str) -> None:
    """Or the picture is known to need more than colour, and has it."""
    picture = build_picture(Model(records), name, View())
    spec = json.dumps(complete_spec(picture), default=str).lower()
    marks = {LIGHT[mark].lower(): mark for mark in [*MARKS, *STAGES, *STATUSES]}
    found = close([mark for colour, mark in marks.items() if colour in spec])
    if name not in CARRIERS:
        assert not found
        return
    assert found, "needs no other carrier any more"
    kind, _ = CARRIERS[name]
    assert KINDS[kind] in spec


def test_no_carrier_is_named_for_a_picture_that_is_gone() -> None:
    assert set(CARRIERS) <= set(CATALOGUE)


@pytest.mark.parametrize("what", TOGETHER)
def test_colours_that_stand_together_stay_apart_to_every_eye(what: str) -> None:
    names, carrier = TOGETHER[what]
    assert bool(close(names)) == bool(carrier)


@pytest.mark.parametrize("theme", THEMES)
def test_the_scenario_its_baseline_and_the_nameplate_never_look_alike(theme: str) -> None:
    colours = [THEMES[theme][name] for name in ("europe", "baseline", "nameplate")]
    for one, other in itertools.combinations(colours, 2):
        assert min(distance(one, other, vision) for vision in VISION) >= FAR


def test_themed_swaps_every_colour_and_nothing_else() -> None:
    rows = pd.DataFrame({"colour": [EUROPE]})
    inner = {"mark": {"color": EUROPE.lower(), "text": f"not {EUROPE}"}}
    spec = {"layer": [inner, {"range": [RUSSIA, "#123456"]}], "datasets": {"rows": rows}}
    assert apply_theme(spec, "light") is spec
    dark = apply_theme(spec, "dark")
    assert dark["layer"][0]["mark"] == {
        "color": DARK["europe"],
        "text": f"not {EUROPE}",
    }
    assert dark["layer"][1]["range"] == [DARK["russia"], "#123456"]
    assert dark["datasets"]["rows"] is rows
    assert inner["mark"]["color"] == EUROPE.lower()


def test_a_light_colour_has_one_dark_one() -> None:
    assert set(LIGHT) == set(DARK)
    for one, other in itertools.combinations(LIGHT, 2):
        if LIGHT[one].lower() == LIGHT[other].lower():
            assert DARK[one] == DARK[other], (one, other)
    for name, colour in LIGHT.items():
        assert adapt_colour("dark", colour) == DARK[name]
        assert adapt_colour("light", colour) == colour


@pytest.mark.parametrize("theme", THEMES)
def test_the_page_has_the_palettes_colours(theme: str) -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"][theme]
    colours = THEMES[theme]
    assert config["primaryColor"] == colours["europe"]
    assert config["backgroundColor"] == colours["paper"]
    assert config["secondaryBackgroundColor"] == colours["panel"]
    assert config["textColor"] == colours["ink"]
    assert config["linkColor"] == colours["link"]
    assert config["borderColor"] == config["dataframeBorderColor"] == colours["border"]
    order = "europe russia other us_words ukraine unmet nato baseline".split()  # noqa: SIM905
    assert config["chartCategoricalColors"] == [colours[name] for name in order]
