"""The one table of what can be moved, how far, and under which short name it stands in a link. Shares are fractions here and percent in links and on screen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Lever:
    """One number that can be moved: its field, its name in a link, its range and its words.

    `base` is the baseline's value, as stored.
    """

    name: str
    key: str
    label: str
    low: float
    high: float
    step: float
    unit: str
    explains: str
    short: str
    base: float = 1.0

    @property
    def default(self) -> float:
        """The baseline's value."""
        return self.base

    @property
    def scale(self) -> float:
        """Shown value over stored value: 100 for percent, a thousandth for thousands."""
        if self.unit.startswith("thousand"):
            return 1e-3
        return 100.0 if self.unit == "%" else 1.0

    def check(self, value: object) -> None:
        """Raise ValueError unless the value is a number within the lever's range."""
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if (
            not is_number or not self.low <= float(value) <= self.high
        ):  # NaN fails the comparison too
            allowed_range = f"{self.low:g} to {self.high:g}"
            hint = " (1 = 100 %)" if self.unit == "%" else ""
            raise ValueError(f"{self.name}: {value!r} is not a number from {allowed_range}{hint}")


LEVERS = (
    Lever(
        "nitrocellulose",
        "nc",
        "Nitrocellulose supply",
        0.0,
        2.0,
        0.01,
        "%",
        "Military nitrocellulose reaching European powder makers; 100 % is the baseline.",
        "nitrocellulose",
    ),
    Lever(
        "months",
        "for",
        "Duration",
        0,
        60,
        1,
        "months",
        "How long the supply levers act; 0 means to the end.",
        "duration",
        base=0.0,
    ),
    Lever(
        "linters",
        "linters",
        "Cotton linters from Asia",
        0.0,
        1.5,
        0.01,
        "%",
        "Cotton fibre bought in Asia, from which most nitrocellulose is made.",
        "linters",
    ),
    Lever(
        "wood_pulp",
        "pulp",
        "Missing linters replaced by wood pulp",
        0.0,
        1.0,
        0.01,
        "%",
        "Which part of missing linters European wood pulp makes good.",
        "wood pulp",
        base=0.0,
    ),
    Lever(
        "share_for_155",
        "share",
        "Share of nitrocellulose for 155 mm",
        0.5,
        1.6,
        0.01,
        "%",
        "Against the baseline share; the rest goes to other calibres and rockets.",
        "share for 155",
    ),
    Lever(
        "propellant_per_round",
        "powder",
        "Powder a round (charge mix)",
        0.7,
        1.3,
        0.01,
        "%",
        "Against the baseline of about 11 kg; shorter shots need fewer modules.",
        "powder a round",
    ),
    Lever(
        "explosive",
        "explosive",
        "Explosives supply",
        0.0,
        2.0,
        0.01,
        "%",
        "TNT and RDX for shell filling, made in Europe or bought.",
        "explosives",
    ),
    Lever(
        "shell_bodies",
        "bodies",
        "Shell body capacity",
        0.0,
        2.0,
        0.01,
        "%",
        "Forging and machining of steel bodies.",
        "bodies",
    ),
    Lever("fuzes", "fuzes", "Fuze capacity", 0.0, 2.0, 0.01, "%", "Fuzes for 155 mm.", "fuzes"),
    Lever(
        "extra_delay",
        "delay",
        "Extra delay of unfinished lines",
        0,
        36,
        1,
        "months",
        "On top of the usual slip.",
        "delay",
        base=0.0,
    ),
    Lever(
        "under_way",
        "building",
        "Lines being built that come to run",
        0.0,
        1.0,
        0.01,
        "%",
        "Lines under construction or on trial, and the growth expected at lines without a rate.",
        "lines being built",
    ),
    Lever(
        "realised",
        "realised",
        "Projects not yet begun that happen",
        0.0,
        1.25,
        0.01,
        "%",
        "Against the baseline, in which about four fifths happen.",
        "projects",
    ),
    Lever(
        "shifts",
        "shifts",
        "Working hours at the plants",
        0.5,
        1.5,
        0.01,
        "%",
        "Hours run at powder, charge, body, filling and fuze lines. Nitrocellulose is not included.",
        "hours",
    ),
    Lever(
        "reserve",
        "reserve",
        "Nitrocellulose safety stock",
        0.0,
        6.0,
        0.01,
        "%",
        "Against the baseline of about one month; it delays a shortage.",
        "safety stock",
    ),
)
LEVER_BY_NAME = {lever.name: lever for lever in LEVERS}
