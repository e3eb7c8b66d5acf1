"""The arithmetic of a median or a likely range: the runs it lies between, and one of them taken apart."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from ramp155.answers.explain.places import Place, Position
from ramp155.answers.explain.run import CapacityStep, RunMonth, trace_run
from ramp155.model.arrays import Params
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.record.records import Records
from ramp155.text.explain.grammar.arithmetic import Amount, Line
from ramp155.text.numbers import count_words, say_month, say_percent
from ramp155.text.stages import name_stages

_LEAST = 1e-3  # rounds; less is what rounding leaves
# How a coefficient is printed: what its number is multiplied by, its unit, and what it is.
_NEEDS = {
    "modules_per_round": (1.0, "modules", "charge modules fired with a round"),
    "propellant_per_module": (1000.0, "kg", "powder in a module"),
    "nitrocellulose_fraction": (1.0, "", "share of nitrocellulose in powder"),
    "explosive_per_round": (1000.0, "kg", "explosive in a shell"),
    "bodies_per_round": (1.0, "bodies", "bodies started for each good shell"),
}
_UNIT_WORDS = {
    "t/yr": "t",
    "modules/yr": "modules",
    "bodies/yr": "bodies",
    "fuzes/yr": "fuzes",
    "primers/yr": "primers",
    "rounds/yr": "rounds",
}


def list_place_lines(
    shown: Amount, places: list[tuple[Position, Place]], unit: str = ""
) -> tuple[list[Line], list[Amount]]:
    """A quantile as the runs it lies between; and the amount of the lower run at each position.

    Parameters
    ----------
    shown : Amount
        The figure as the page shows it.
    places : list
        As `place_figure` gives them.
    unit : str
        Unit of the runs' figures; rounds a year have none.
    """
    lines, lower_runs = [], []
    if len(places) == 1:
        line, lower = _write_place(shown, places[0][1], unit)
        return [line], [lower]
    amounts: list[Amount] = []
    for position, place in places:
        supply_words = say_percent(position.supply)
        amount = Amount(place.middle, unit, f"the same figure at {supply_words} nitrocellulose")
        amounts += [amount, Amount(position.weight, exact=True)]
    lines.append(Line(shown, "{0} × {1} + {2} × {3}", tuple(amounts)))
    for amount, (_, place) in zip(amounts[::2], places, strict=True):
        line, lower = _write_place(amount, place, unit)
        lines.append(line)
        lower_runs.append(lower)
    return lines, lower_runs


def _write_place(left: Amount, place: Place, unit: str) -> tuple[Line, Amount]:
    runs = count_words(place.count, "run")
    low = Amount(place.low, unit, f"run {place.rank:,} of {runs}, lowest first")
    if place.weight == 0:
        return Line(left, "{0}", (low,)), low
    high = Amount(place.high, unit, f"run {place.rank + 1:,}, the next")
    if place.weight == 0.5:
        return Line(left, "({0} + {1}) / 2", (low, high)), low
    weights = (Amount(1 - place.weight, exact=True), Amount(place.weight, exact=True))
    right = "{0} × {1} + {2} × {3}"
    return Line(left, right, (low, weights[0], high, weights[1])), low


@dataclass(frozen=True)
class OpenedRun:
    """One run behind a figure, taken apart in a month: its own `figure`, its `place` among all at a `position`, the `finished`
    rounds of the month, and the `lines` from there back to what limits them."""

    figure: Amount
    place: Place
    position: Position
    finished: Amount
    lines: list[Line]


def open_run(
    model: Model,
    scenario: Scenario,
    month: str,
    places: list[tuple[Position, Place]],
    lower_runs: list[Amount],
) -> OpenedRun | None:
    """Take the lower run apart at the position that counts most; None where it has no rounds.

    Parameters
    ----------
    model : Model
        Record and number of draws.
    scenario : Scenario
        All levers.
    month : str
        YYYY-MM.
    places : list
        As `place_figure` gives them.
    lower_runs : list of Amount
        As `list_place_lines` gives them.
    """
    heaviest = max(range(len(places)), key=lambda number: places[number][0].weight)
    position, place = places[heaviest]
    if place.low < _LEAST:
        return None
    at_position = dataclasses.replace(scenario, nitrocellulose=position.supply)
    traced = trace_run(model, at_position, month, place.run)
    figure = lower_runs[heaviest]
    finished = Amount(traced.rounds, "rounds", f"rounds of that run in {say_month(month)}")
    return OpenedRun(figure, place, position, finished, _list_month_lines(model, traced, finished))


def _list_month_lines(model: Model, traced: RunMonth, finished: Amount) -> list[Line]:
    """A run's month, from finished rounds back to what limits them."""
    if traced.rounds < _LEAST:
        return []
    stage_names = name_stages(model.record)
    lines, flow = [], finished
    if traced.intake != 1:
        factor = Amount(traced.intake, "", "powder a round, 1 in the baseline", exact=True)
        intake = Amount(
            traced.rounds * traced.intake,
            "rounds",
            "the input taken, in rounds' worth of the baseline",
        )
        lines.append(Line(flow, "{0} / {1}", (intake, factor)))
        flow = intake
    for store in traced.stores:
        name = stage_names[store.stage]
        movements = [
            ("+", store.stored, f"{name} in store at the month's beginning, in rounds' worth")
        ]
        movements += [("+", store.made, f"{name} made in the month, in rounds' worth")]
        movements += [("+", store.released, f"{name} from the safety stock, in rounds' worth")]
        movements += [
            ("-", store.kept, f"{name} left in store at the month's end, in rounds' worth")
        ]
        kept_parts = [movement for movement in movements if movement[1] > _LEAST]
        if not kept_parts:
            return lines
        if [movement[2] for movement in kept_parts] == [movements[1][2]]:
            continue  # made and taken are the same
        amounts = [Amount(number, "rounds", words) for _, number, words in kept_parts]
        right = "{0}" + "".join(
            f" {sign} {{{place}}}" for place, (sign, _, _) in enumerate(kept_parts) if place
        )
        lines.append(Line(flow, right, tuple(amounts)))
        if store.made <= _LEAST:
            return lines
        flow = next(amount for amount in amounts if amount.what == movements[1][2])
    if not traced.capacity.by_room:
        lines.append(_write_capacity(model, flow, traced.capacity))
    return lines


def _write_capacity(model: Model, now: Amount, capacity: CapacityStep) -> Line:
    """What the limiting stage can make in a month, from its capacity a year."""
    name = name_stages(model.record)[capacity.stage]
    unit = _UNIT_WORDS.get(capacity.unit, "")
    yearly = Amount(capacity.yearly, unit, f"capacity a year for 155 mm in this run: {name}")
    right, amounts = "{0}", [yearly]
    if capacity.lever != 1:
        amounts.append(Amount(capacity.lever, "", "what the levers leave of it"))
        right += " × {1}"
    amounts.append(Amount(12, "months", exact=True))
    right += f" / {{{len(amounts) - 1}}}"
    places = []
    for need, number in capacity.needs:
        places.append(f"{{{len(amounts)}}}")
        amounts.append(_write_need(need, number, ", in this run"))
    if places:
        right += f" / ({' × '.join(places)})" if len(places) > 1 else f" / {places[0]}"
    return Line(now, right, tuple(amounts))


def _write_need(need: str, number: float, when: str = "") -> Amount:
    """What goes into a round, with the unit and the words of its coefficient."""
    scale, unit, words = _NEEDS.get(need, (1.0, "", need.replace("_", " ")))
    return Amount(number * scale, unit, f"{words}{when}")


def list_needs(records: Records, stage: str, params: Params) -> list[Amount]:
    """What of a stage goes into one round, coefficient by coefficient, by the first set of coefficients."""
    stage_rows, step = {stage_row.stage: stage_row for stage_row in records.list_stages()}, stage
    needs = []
    while stage_rows[step].feeds:
        name = stage_rows[step].quantity
        if name in params:
            needs.append(_write_need(name, float(params[name][0])))
        step = stage_rows[step].feeds
    return needs


def find_stage_unit(records: Records, stage: str) -> str:
    """What the capacity of a stage is counted in a year: t, modules, rounds."""
    stages = records.stages
    return _UNIT_WORDS.get(str(stages.loc[stages["stage"] == stage, "unit"].iloc[0]), "")
