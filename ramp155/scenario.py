"""The levers: one frozen, hashable `Scenario` that round-trips through a link.

`LEVERS` is the one table of what can be moved, how far, and under which short name it stands in a
link. Shares are fractions here and percent in links and on screen.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ramp155 import dates
from ramp155.figures import shortened
from ramp155.records import Records

FIRST_MONTH, LAST_MONTH = "2022-01", "2030-12"
MONTHS = dates.month_range(FIRST_MONTH, LAST_MONTH)
# The fit ends with 2025; almost nothing says what was made in 2026. Levers act from the first month
# that is forecast, unless told otherwise: the past is not a lever.
FORECAST_START = "2026-01"
# Countries mapped but counted only on request (data/countries.csv).
ON_REQUEST = ("BA", "RS", "TR", "UA")


@dataclass(frozen=True)
class Scenario:
    """What is changed against the baseline; every default is the baseline.

    Fractions multiply the baseline (1.0 = as assumed). `propellant_per_round` (kg) and
    `share_for_155` move every draw in proportion to the central assumption. `months` = 0 means to
    the end of the horizon. `assume` holds coefficients at values of one's own, as (assumption_id,
    value); whether they exist and are sensible the ensemble checks. Raises ValueError for a value
    outside its lever's range.
    """

    nitrocellulose: float = 1.0
    start: str = FORECAST_START
    months: int = 0
    linters: float = 1.0
    wood_pulp: float = 0.0
    share_for_155: float = 1.0
    propellant_per_round: float = 1.0
    explosive: float = 1.0
    shell_bodies: float = 1.0
    fuzes: float = 1.0
    extra_delay: int = 0
    under_way: float = 1.0
    realised: float = 1.0
    shifts: float = 1.0
    reserve: float = 1.0
    also: tuple[str, ...] = ()
    assume: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        for lever in LEVERS:
            lever.check(getattr(self, lever.name))
        if self.start not in MONTHS[MONTHS.index(FORECAST_START) :]:
            raise ValueError(f"start: {self.start!r} is not a month from {FORECAST_START} on")
        unknown = [c for c in self.also if c not in ON_REQUEST]
        if unknown:
            raise ValueError(f"also: {', '.join(unknown)} is not one of {', '.join(ON_REQUEST)}")
        object.__setattr__(self, "also", tuple(sorted(set(self.also))))
        edits = {name: _finite(name, value) for name, value in self.assume}
        object.__setattr__(self, "assume", tuple(sorted(edits.items())))

    def as_dict(self) -> dict[str, object]:
        """Every lever by name, countries as a list, own assumptions by id: the JSON shape."""
        told = dataclasses.asdict(self)
        return {**told, "also": list(self.also), "assume": dict(self.assume)}

    @property
    def plans(self) -> Scenario:
        """The part that changes what is built or assumed, not how it is supplied or run."""
        return Scenario(
            extra_delay=self.extra_delay,
            under_way=self.under_way,
            realised=self.realised,
            also=self.also,
            assume=self.assume,
        )

    @property
    def levers(self) -> Scenario:
        """The scenario without assumptions of one's own."""
        return dataclasses.replace(self, assume=())

    @property
    def moved(self) -> list[Lever]:
        """The levers away from the baseline, duration left out: it says how long, not how far."""
        return [
            lever
            for lever in LEVERS
            if getattr(self, lever.name) != lever.default and lever.name != "months"
        ]


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
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not self.low <= float(value) <= self.high:  # NaN fails the comparison too
            shown = f"{self.low:g} to {self.high:g}"
            hint = " (1 = 100 %)" if self.unit == "%" else ""
            raise ValueError(f"{self.name}: {value!r} is not a number from {shown}{hint}")


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
LEVER = {lever.name: lever for lever in LEVERS}
_BY_KEY = {lever.key: lever for lever in LEVERS}


def from_settings(settings: Mapping[str, str]) -> Scenario:
    """A scenario from names and texts, as in `--set nitrocellulose=0.7`.

    Raises ValueError naming the setting that is unknown, not a number or out of range.
    """
    values: dict[str, object] = {}
    for name, text in settings.items():
        if name == "start":
            values[name] = text
        elif name == "also":
            values[name] = tuple(c for c in text.upper().replace(",", " ").split() if c)
        elif name in LEVER:
            values[name] = _whole(_number(name, text), LEVER[name])
        elif name.startswith("assume."):
            edit = (name.removeprefix("assume."), _number(name, text))
            values["assume"] = (*values.get("assume", ()), edit)
        else:
            known = ", ".join([*LEVER, "start", "also", "assume.ID"])
            raise ValueError(f"{name} is not a lever; levers are {known}")
    return Scenario(**values)


def preset_settings(records: Records, preset_id: str) -> dict[str, str]:
    """The settings of a row of `presets.csv`. Raises ValueError for an unknown one."""
    rows = records.presets.loc[records.presets["preset_id"] == preset_id, "settings"]
    if rows.empty:
        known = ", ".join(records.presets["preset_id"])
        raise ValueError(f"preset {preset_id!r} is not one of {known}")
    return dict(part.split("=", 1) for part in rows.iloc[0].split(";"))


def preset(records: Records, preset_id: str) -> Scenario:
    """The scenario of a row of `presets.csv`. Raises ValueError for an unknown one."""
    return from_settings(preset_settings(records, preset_id))


def to_query(scenario: Scenario) -> list[tuple[str, str]]:
    """The parts of a link that restore the scenario, as (name, text); baseline values are left out."""
    query = []
    for lever in LEVERS:
        value = getattr(scenario, lever.name)
        if value != lever.default:
            query.append((lever.key, f"{round(value * lever.scale, 6):g}"))
    if scenario.start != FORECAST_START:
        query.append(("start", scenario.start))
    query += [("also", country) for country in scenario.also]
    return query + [("assume", f"{name}:{value:.9g}") for name, value in scenario.assume]


def from_query(query: Iterable[tuple[str, str]]) -> tuple[Scenario, list[str]]:
    """The scenario a link stands for, and one line for every part of it that was not understood.

    A name may stand more than once only for countries and assumptions. Parts that belong to something else
    (another page's filters) are passed over.
    """
    scenario, notes = Scenario(), []
    for key, text in query:
        lever = _BY_KEY.get(key)
        try:
            if lever:
                value = _number(key, text) / lever.scale
                change: dict[str, object] = {lever.name: _whole(value, lever)}
            elif key == "start":
                change = {key: text}
            elif key == "also":
                change = {key: (*scenario.also, text)}
            elif key == "assume":
                name, _, value = text.partition(":")
                change = {key: (*scenario.assume, (name, _number(name, value)))}
            else:
                continue
            scenario = dataclasses.replace(scenario, **change)
        except ValueError:
            notes.append(
                f"The link says {shortened(f'{key}={text}')}: {_wanted(key)} was expected, so it is ignored."
            )
    return scenario, notes


def _wanted(key: str) -> str:
    """What a part of a link should have held, in words."""
    if key == "also":
        return "one of " + ", ".join(ON_REQUEST)
    if key == "assume":
        return "a coefficient's id and a number, as in utilisation:0.9,"
    if key == "start":
        return f"a month from {FORECAST_START} to {LAST_MONTH}"
    lever = _BY_KEY[key]
    low, high = lever.low * lever.scale, lever.high * lever.scale
    return f"a number from {low:g} to {high:g} ({lever.label.lower()})"


def _whole(value: float, lever: Lever) -> float | int:
    """Months are counted whole; raises ValueError for a part of one."""
    if lever.unit != "months":
        return value
    if not float(value).is_integer():
        raise ValueError(f"{lever.name}: {value} is not a whole number of months")
    return int(value)


def _number(name: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"{name}: '{text}' is not a number") from None
    return value


def _finite(name: str, value: float) -> float:
    """A number that is one; raises ValueError for NaN and infinity."""
    if not math.isfinite(value):
        raise ValueError(f"assume.{name}: {value} is not a finite number")
    return float(value)
