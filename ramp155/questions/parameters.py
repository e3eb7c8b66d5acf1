"""Parameters that several questions share, and the levers of a scenario as parameters."""

from __future__ import annotations

from ramp155.answers.gap.comparison import CALIBRES, CONDITIONS, COUNTS
from ramp155.model.scenario.fields import START_MONTHS
from ramp155.model.scenario.horizon import DEFAULT_MONTH, MONTHS
from ramp155.model.scenario.levers import LEVERS, Lever
from ramp155.model.scenario.readers import COUNTED_UNITS
from ramp155.questions.question import Parameter

MONTH_HELP = "YYYY-MM; default: the month that the pages open with"
AS_OF = Parameter(
    "as_of",
    "day",
    "YYYY-MM-DD; default: the record's last report",
    example="2025-06-30",
)
MONTH = Parameter("month", "month", MONTH_HELP, DEFAULT_MONTH, choices=tuple(MONTHS))
BY = Parameter("by", "month", MONTH_HELP, DEFAULT_MONTH, choices=tuple(MONTHS))
TARGET = Parameter(
    "target",
    "number",
    "complete rounds a year",
    unit="rounds a year",
    low=0,
    high=100_000_000,
    is_above=True,
    is_required=True,
    example="2000000",
)
SINCE = Parameter(
    "since", "day", "first day, YYYY, YYYY-MM or YYYY-MM-DD; default: 2023-11", "2023-11"
)
PRESET = Parameter(
    "preset",
    "id",
    "start from a row of data/presets.csv; --set comes on top",
    names_of="presets",
    example="linters-stop",
)
ESTIMATES = (
    Parameter(
        "russia",
        "id",
        "whose figure for Russia: an estimate_id of estimates.csv",
        names_of="Russia",
        example="ru-efis",
    ),
    Parameter(
        "us",
        "id",
        "whose path for the US: an estimate_id of estimates.csv",
        names_of="US",
        example="us-likely",
    ),
)
COUNTINGS = (
    Parameter(
        "calibres",
        "choice",
        "155 (with 152 mm), all of them, or each as quoted; default: 155",
        "155",
        choices=tuple(CALIBRES),
    ),
    Parameter(
        "made",
        "choice",
        "whether Russia's refurbished rounds count; default: refurbished, which counts them",
        "refurbished",
        choices=tuple(CONDITIONS),
    ),
    Parameter(
        "counts",
        "choice",
        "what is made, or what could be; default: output",
        "output",
        choices=tuple(COUNTS),
    ),
)


def take_draws(about: str) -> Parameter:
    """The number of draws behind a band, said of what they are for."""
    return Parameter(
        "draws", "whole", f"{about}; default: 1000", "1000", "draws", low=1, most_served=1000
    )


def list_lever_parameters() -> tuple[Parameter, ...]:
    """The levers and the month they act from, as parameters with their ranges, units and baselines."""
    start = Parameter(
        "start",
        "month",
        "Month from which levers act",
        START_MONTHS[0],
        choices=tuple(START_MONTHS),
    )
    return (*map(_describe_lever, LEVERS), start)


def name_unit(lever: Lever) -> str:
    """The unit in which a lever is given: 1 for the whole of its baseline, else what it counts."""
    counted = lever.label.partition(", thousand ")[2]
    return "(1 = 100 %)" if lever.unit == "%" else counted or lever.unit


def name_lever(lever: Lever) -> str:
    """What a lever moves, in words."""
    ending = "; 0 = to the end" if lever.role == "duration" else ""
    return lever.label.partition(", thousand ")[0] + ending


def _describe_lever(lever: Lever) -> Parameter:
    is_counted = lever.unit in COUNTED_UNITS or lever.unit.startswith("thousand")
    return Parameter(
        lever.name,
        "whole" if is_counted else "number",
        name_lever(lever),
        f"{lever.base:.10g}",
        name_unit(lever),
        low=lever.low,
        high=lever.high,
    )
