"""Every colour of the product by what it means, for the light and the dark ground, and one type
scale.

Charts are written in the light values; hues are Okabe and Ito's. No meaning hangs on a colour
alone: pairs that colour vision may confuse carry a label, a dash or a shape as well
(tests/unit/test_palette.py).
"""

from __future__ import annotations

from ramp155.base.shipped import read_shipped_rows

# Stages bring theirs from data/stages.csv; those that lines make come first, as in lists.
_STAGES = sorted(
    read_shipped_rows("stages", ("stage", "product_place", "colour", "colour_dark")),
    key=lambda row: float(row["product_place"] or "inf"),
)
# meaning: (on the light ground, on the dark ground)
_COLOURS = {
    # the page
    "paper": ("#FFFFFF", "#0F1620"),
    "panel": ("#F2F4F6", "#1B2530"),
    "ink": ("#0A1119", "#E8EDF2"),
    "quiet": ("#5A6875", "#A5B2BF"),  # words that step back, edges
    "grid": ("#E1E6EB", "#2B3744"),
    "border": ("#C3CCD5", "#3A4856"),
    "link": ("#0068A3", "#7CC0EA"),
    # actors: marks; `*_words` where the mark's own colour is too weak for letters
    "europe": ("#0072B2", "#56A8DC"),
    "us": ("#3B9BD6", "#A8DCF8"),
    "us_words": ("#1F73A8", "#A8DCF8"),
    "canada": ("#2F9488", "#6CC7BC"),
    "canada_words": ("#1F766C", "#6CC7BC"),
    "nato": ("#343A8C", "#B4B2F5"),
    "russia": ("#D55E00", "#E8762C"),
    "russia_words": ("#B54E00", "#F28B4B"),
    "russia_quiet": ("#CF7A3E", "#D9A27A"),  # Russia's rate over Europe's alone, always dashed
    "ukraine": ("#8C6D00", "#DDBD45"),
    "ukraine_words": ("#7A5F00", "#DDBD45"),
    # where rounds come from
    "other": ("#B978CF", "#E3A3EE"),
    "other_words": ("#8E44A8", "#E3A3EE"),
    "late": ("#D0719A", "#A8466E"),  # came, but later than asked
    "unmet": ("#A3124A", "#EB5790"),
    # the model's lines; Europe's blue is the scenario's
    "baseline": ("#76838F", "#8794A1"),
    "nameplate": ("#4F5D6B", "#B4C0CC"),
    # verdicts
    "good": ("#00805A", "#35C48F"),
    "track": ("#EDF1F5", "#1C2733"),  # the ground of a cell or bar that fills up
    "odds": ("#7391D6", "#4664AC"),  # a cell at 100 %: ink stays readable on it
    # stages: fills with an edge and a label
    **{f"stage_{row['stage']}": (row["colour"], row["colour_dark"]) for row in _STAGES},
    "on_stage": ("#101820", "#101820"),  # words on a stage's fill
    # pinned scenarios, A to D
    "pin_a": ("#6F2C9C", "#D9A6F5"),
    "pin_b": ("#0A6243", "#3DC795"),
    "pin_c": ("#CC2273", "#F2609A"),
    "pin_d": ("#8A5A2B", "#D8AA70"),
    "own": ("#9A2C8F", "#E58ADB"),  # the visitor's own data
    # what a claim speaks of, where no colour above says it
    "money": ("#915F30", "#D0A06A"),
    # strands of NATO's plan
    "strand_demand": ("#8253B0", "#B99AE8"),
    "strand_capacity": ("#1F7A6B", "#3FC1AB"),
    "strand_industry": ("#955A08", "#E0A458"),
    # the map
    "sea": ("#D7E4ED", "#111A25"),
    "shallows": ("#E6EFF5", "#192634"),
    "land": ("#F8F8F5", "#2D3946"),
    "elsewhere": ("#ECEEED", "#212B36"),
    "border_line": ("#BBC3CA", "#566371"),
    "country": ("#54606C", "#ACB8C4"),
    "around": ("#626C77", "#93A0AD"),
    "town": ("#34404D", "#D6DFE7"),
    "use_idle": ("#FAF3CF", "#3B3A2C"),
    "use_full": ("#C8A800", "#9A882C"),
    # from said to done; every status has a shape of its own
    "status_announced": ("#4A8FC6", "#5C93BF"),
    "status_construction": ("#2F7DB9", "#6BA6D3"),
    "status_commissioning": ("#1A65A3", "#8BBEE4"),
    "status_ramping": ("#0D4A80", "#B3D7F2"),
    "status_full_rate": ("#062A52", "#EAF5FD"),
    "status_operating": ("#51606E", "#A9B6C2"),
    "status_unknown": ("#8A6D9B", "#B197C2"),
    "status_suspended": ("#6F7881", "#8E979F"),
    "status_cancelled": ("#6F7881", "#8E979F"),
}
LIGHT = {name: light for name, (light, _) in _COLOURS.items()}
DARK = {name: dark for name, (_, dark) in _COLOURS.items()}
THEMES = {"light": LIGHT, "dark": DARK}
PAPER, PANEL, INK, QUIET = (LIGHT[n] for n in ("paper", "panel", "ink", "quiet"))
GRID, BORDER = LIGHT["grid"], LIGHT["border"]
EUROPE, US, CANADA, NATO = (LIGHT[n] for n in ("europe", "us", "canada", "nato"))
RUSSIA, RUSSIA_QUIET, UKRAINE = (LIGHT[n] for n in ("russia", "russia_quiet", "ukraine"))
OTHER, LATE, UNMET = LIGHT["other"], LIGHT["late"], LIGHT["unmet"]
BASELINE, NAMEPLATE = LIGHT["baseline"], LIGHT["nameplate"]
STOCK = UNATTRIBUTED = BASELINE
TARGET = QUIET  # what is promised
OVERDUE = UNMET  # a promise that was missed, a need that was not met: one meaning
HANDLE = INK  # where a lever stands, what is chosen
GOOD, MISS = LIGHT["good"], UNMET
EMPTY_CELL, FULL_CELL = LIGHT["track"], LIGHT["odds"]
MONEY = LIGHT["money"]
EDGE, ON_STAGE = QUIET, LIGHT["on_stage"]
PIN_TONES = tuple(LIGHT[f"pin_{letter}"] for letter in "abcd")
STAGE_COLOURS = {n.removeprefix("stage_"): c for n, c in LIGHT.items() if n.startswith("stage_")}
STRAND_COLOURS = {
    "aggregate demand": LIGHT["strand_demand"],
    "boost capacity": LIGHT["strand_capacity"],
    "engage industry": LIGHT["strand_industry"],
}
# Type in charts: ticks and notes, names of things, figures that matter.
NOTE_SIZE, LABEL_SIZE, FIGURE_SIZE = 12, 12, 13
LINE_WIDTH = 2  # pixels: no line is thinner
_LETTER_COLOURS = {
    **{LIGHT[n.removesuffix("_words")]: c for n, c in LIGHT.items() if n.endswith("_words")},
    BASELINE: QUIET,
}
DARK_OF_LIGHT = {light.lower(): dark for light, dark in _COLOURS.values()}


def choose_letter_colour(colour: str) -> str:
    """The colour of the letters that name a mark of a (light) colour."""
    return _LETTER_COLOURS.get(colour, colour)


def list_status_colours(theme: str) -> dict[str, str]:
    """The colour of each status of a line on the map: "full rate" -> hex."""
    return {
        name.removeprefix("status_").replace("_", " "): colour
        for name, colour in THEMES[theme].items()
        if name.startswith("status_")
    }


def split_colour(colour: str) -> list[int]:
    """#RRGGBB -> [red, green, blue], as map layers take it.

    Parameters
    ----------
    colour : str
        #RRGGBB.

    Returns
    -------
    list of int
        Red, green and blue, 0 to 255.
    """
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def adapt_colour(theme: str, colour: str) -> str:
    """A light colour of the palette as it is on a theme's ground; any other as it is."""
    return DARK_OF_LIGHT.get(colour.lower(), colour) if theme == "dark" else colour
