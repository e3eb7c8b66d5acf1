"""The machine as a picture: the bill of materials as pipes from cotton to round, as wide as what flows in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import altair as alt
import numpy as np

from ramp155.answers.stages.flow import SAFETY_STOCK, FlowMonth, compute_flow, read_flow
from ramp155.model.chain.tree import Chain
from ramp155.model.model import Model
from ramp155.model.simulation.plans import find_chain
from ramp155.pictures.builder import build_native_chart, remember_picture
from ramp155.pictures.grammar.spec import Spec, chart_rows, join_layers
from ramp155.pictures.machine.layout import Place, place_stages
from ramp155.pictures.machine.live import FULL_STORE, find_flow_top
from ramp155.pictures.palette import BASELINE, EUROPE, INK, QUIET, STAGE_COLOURS
from ramp155.pictures.picture import Picture
from ramp155.pictures.source import write_source_line
from ramp155.pictures.view import View
from ramp155.record.records import Records
from ramp155.text.headlines.output import write_flow_headline
from ramp155.text.numbers import say_percent
from ramp155.text.output.machine import name_machine_stage, say_level, write_flow
from ramp155.text.stages import name_stages

# The drawing's own units: a hundredth of its width across; down a pixel where it is at its lowest, on a stage.
_WIDTH, _HEIGHT = 100.0, 240.0
_USUAL_HEIGHT = 300  # pixels
_FIRST, _LAST = 8.5, 84.5  # the first and the last column
_GATE = 2.5  # half the width of a gate
_JOINT = 0.9  # width of the bar that several inputs run into
_TOP_LANE, _NEXT_LANE, _LANE = (
    69.0,
    140.0,
    27.0,
)  # middles of the first two lanes, and from one to the next
_PIPE = 24.0  # a pipe at its full width
_TANK_TOP, _TANK = 88.0, 24.0  # where tanks begin, and how high they are
_TANK_WIDTH, _APART = (
    1.8,
    4.6,
)  # half the width of a tank, and of two tanks beside each other from their middle
_WEDGE = (0.9, 7.0)  # half the width of a wedge, and how high it is
_LINE = 13.0  # from one line of words to the next
_NAMED = 0.1  # share of runs from which a stage is said to limit output
_CURVE = np.linspace(0.0, 1.0, 13)

_ALIGNED: tuple[Literal["left", "center", "right"], ...] = ("left", "center", "right")

Rows = list[dict[str, Any]]


class _Drawing:
    """Where everything stands, and the rows of each layer."""

    def __init__(self, chain: Chain, flow_month: FlowMonth, top: float, records: Records) -> None:
        self.chain, self.top, self.records = chain, top, records
        self.narrow = flow_month.state.narrow
        stages = flow_month.stages.set_index("stage")
        self.could, self.makes, self.limits = (
            {str(stage): float(number) for stage, number in stages[name].items()}
            for name in ("could", "makes", "limits")
        )
        self.stages = tuple(stages.index)
        self.places = place_stages(chain, self.stages)
        self.columns = max(place.column for place in self.places.values())
        self.pipes: Rows = []
        self.joints: Rows = []
        self.gates: Rows = []
        self.wedges: Rows = []
        self.tanks: Rows = []
        self.ticks: Rows = []
        self.words: Rows = []

    def find_x(self, place: Place) -> float:
        """The middle of a gate, in the drawing's units."""
        return _LAST - place.column * (_LAST - _FIRST) / max(self.columns, 1)

    def find_y(self, lane: float) -> float:
        """The middle of a lane, in the drawing's units."""
        return _TOP_LANE if lane < 0.5 else _NEXT_LANE + (lane - 1) * _LANE

    def widen(self, rounds: float) -> float:
        """The width of a pipe in which so many rounds a year flow."""
        return max(min(rounds, self.top) / self.top * _PIPE, 0.5)

    def find_joint(self, stage: str) -> float | None:
        """Where the bar that a stage's inputs run into begins, or none where it has one input or none."""
        place = self.places[stage]
        inputs = [name for name in self.chain.list_inputs(stage) if name in self.stages]
        if len(inputs) < 2:
            return None
        return self.find_x(place) - (0.0 if stage == self.chain.root else _GATE) - 2 * _JOINT

    def say(self, x: float, y: float, text: str, align: str = "center", style: str = "") -> None:
        """One line of words."""
        self.words.append({"x": x, "y": y, "text": text, "align": align, "style": style})

    def draw_stage(self, stage: str) -> None:
        """A stage's gate, the pipe out of it and its words."""
        place = self.places[stage]
        x, y = self.find_x(place), self.find_y(place.lane)
        is_root = stage == self.chain.root
        joint = self.find_joint(stage)
        if joint is not None:
            first, last = (self.find_y(lane) for lane in place.spans)
            edges = {"y": first - _PIPE / 2, "y2": last + _PIPE / 2}
            self.joints.append({"x": joint, "x2": joint + _JOINT, **edges})
        wide = self.widen(self.makes[stage])
        if is_root:
            self.draw_pipe(stage, (joint or x) + _JOINT, _WIDTH, y, wide, wide)
            self.say(
                _WIDTH, y - _PIPE / 2 - 21, name_machine_stage(self.records, stage)[0], "right"
            )
            output = f"{self.makes[stage] / 1e6:.2f} million a year"
            self.say(_WIDTH, y - _PIPE / 2 - 7, output, "right", "figure")
            return
        into = self.chain.feeds[stage]
        end = self.find_joint(into)
        end = self.find_x(self.places[into]) - _GATE if end is None else end
        self.draw_pipe(stage, x + _GATE, end, y, wide, self.widen(self.makes[into]))
        widest = self.widen(self.could[stage])
        for opening, size in (("could", widest), ("makes", min(wide, widest))):
            box = {"x": x - _GATE, "x2": x + _GATE, "y": y - size / 2, "y2": y + size / 2}
            is_open = opening == "could" and self.could[stage] > self.top
            self.gates.append({"stage": stage, "part": opening, "is_open": is_open, **box})
        self.draw_words(stage, x, y, widest)

    def draw_pipe(
        self, stage: str, begin: float, end: float, y: float, wide: float, wider: float
    ) -> None:
        """A pipe whose width goes over from one to another."""
        for progress in _CURVE:
            half = (wide + (wider - wide) * progress * progress * (3 - 2 * progress)) / 2
            x = begin + (end - begin) * float(progress)
            self.pipes.append({"stage": stage, "x": x, "y": y - half, "y2": y + half})

    def draw_words(self, stage: str, x: float, y: float, most: float) -> None:
        """A stage's name and figures: over its gate, or beside it where nothing comes in; and what it limits."""
        plain_name, term = name_machine_stage(self.records, stage)
        names = [plain_name, f"({term})"] if term else [plain_name]
        could = self.could[stage]
        of_could = f" of {could / 1e6:.2f} M" if np.isfinite(could) else " M"
        figures = f"{self.makes[stage] / 1e6:.2f}{of_could}"
        share = say_percent(self.limits[stage])
        is_narrow = stage == self.narrow
        if is_narrow:
            half, high = _WEDGE
            for side in (-1, 1):
                tip = y + side * (most / 2 + 1)
                for apart, far in ((-half, high), (0.0, 0.0), (half, high)):
                    edges = {"y": tip + side * far, "y2": tip + side * high}
                    self.wedges.append({"side": side, "x": x + apart, **edges})
        limit = f"limits {share}" if self.limits[stage] >= _NAMED else ""
        limit = f"narrow place: {share}" if is_narrow else limit
        style = "name" if is_narrow else ""
        has_inputs = any(name in self.stages for name in self.chain.list_inputs(stage))
        if not has_inputs and self.places[stage].lane > 0.5:
            left, line = x - _GATE - 1.2, y - _LINE / 2
            self.say(left, line, ", ".join(names), "right", "name")
            self.say(left, line + _LINE, figures, "right")
            if limit:
                self.say(left - 12, line + _LINE, limit, "right", style)
            return
        # A bar of several inputs stands to the left: the words begin beside it.
        align, begin = ("left", x - _GATE + 0.5) if self.find_joint(stage) else ("center", x)
        line = y - _PIPE / 2 - 9
        for text, look in (
            (limit, style),
            (figures, ""),
            *((name, "name") for name in names[::-1]),
        ):
            if text:
                self.say(begin, line, text, align, look)
                line -= _LINE

    def draw_tanks(self, stores: Iterable[tuple[str, float]], safety_stage: str) -> None:
        """Every store as a tank under the pipe that leads away from it, with what is in it."""
        levels = dict(stores)
        for store, level in levels.items():
            stage = safety_stage if store == SAFETY_STOCK else store
            begin = self.find_x(self.places[stage])
            into = self.chain.feeds[stage]
            joint = self.find_joint(into)
            end = self.find_x(self.places[into]) if joint is None else joint
            # Before a bar of several inputs further along: beside it stand words of another lane.
            x = begin + (end - begin) * (0.5 if joint is None else 0.72)
            if stage == safety_stage and SAFETY_STOCK in levels and stage in levels:
                x += _APART if store == SAFETY_STOCK else -_APART
            edges = {"x": x - _TANK_WIDTH, "x2": x + _TANK_WIDTH, "y2": _TANK_TOP + _TANK}
            fill = min(level, FULL_STORE) / FULL_STORE * _TANK
            is_safety = store == SAFETY_STOCK
            self.tanks.append(
                {
                    "stage": stage,
                    "part": "level",
                    "is_safety": is_safety,
                    **edges,
                    "y": _TANK_TOP + _TANK - fill,
                }
            )
            self.tanks.append(
                {"stage": stage, "part": "tank", "is_safety": is_safety, **edges, "y": _TANK_TOP}
            )
            self.ticks += [
                {"x": edges["x"], "x2": edges["x"] + 1.2, "y": _TANK_TOP + _TANK * k / FULL_STORE}
                for k in range(1, FULL_STORE)
            ]
            self.ticks.append({"x": x, "x2": x, "y": _TOP_LANE + _PIPE * 0.3, "y2": _TANK_TOP})
            self.say(x, _TANK_TOP + _TANK + 7, say_level(level))


def draw_flow(records: Records, chain: Chain, flow_month: FlowMonth, top: float) -> Spec:
    """The machine in one month.

    Parameters
    ----------
    records : Records
        Where the stages' names are.
    chain : Chain
        Which stage goes into which.
    flow_month : FlowMonth
        Rounds a year by stage, months of output by store.
    top : float
        What the full width of a pipe stands for, rounds a year.

    Returns
    -------
    Spec
        A Vega-Lite spec.
    """
    drawing = _Drawing(chain, flow_month, top, records)
    for stage in drawing.stages:
        drawing.draw_stage(stage)
    drawing.draw_tanks(
        zip(flow_month.stores["store"], flow_month.stores["level"], strict=True),
        records.stage_of_role["supply"],
    )
    x_axis = alt.X("x:Q", scale=alt.Scale(domain=[0, _WIDTH], nice=False), axis=None)
    y_axis = alt.Y("y:Q", scale=alt.Scale(domain=[_HEIGHT, 0], nice=False), axis=None)
    colours = {stage: STAGE_COLOURS.get(stage, BASELINE) for stage in drawing.stages}
    hues = alt.Scale(domain=list(colours), range=list(colours.values()))
    colour, stroke = alt.Color("stage:N", scale=hues), alt.Stroke("stage:N", scale=hues)
    box = (x_axis, alt.X2("x2:Q"), y_axis, alt.Y2("y2:Q"))

    def chart_part(rows: Rows, part: str) -> alt.Chart:
        return chart_rows([mark for mark in rows if mark["part"] == part])

    outlines = []  # Vega-Lite dashes no rectangle by a field
    for is_dashed, dashes in ((False, [1, 0]), (True, [4, 3])):
        gates = [mark for mark in drawing.gates if mark["is_open"] == is_dashed]
        tanks = [mark for mark in drawing.tanks if mark["is_safety"] == is_dashed]
        outlines += [
            chart_part(gates, "could")
            .mark_rect(fillOpacity=0.22, strokeWidth=1.5, strokeDash=dashes)
            .encode(*box, colour, stroke),
            chart_part(tanks, "tank")
            .mark_rect(fillOpacity=0, stroke=INK, strokeWidth=1.5, strokeDash=dashes)
            .encode(*box),
        ]
    layers = [
        chart_rows(drawing.pipes)
        .mark_area(opacity=0.62)
        .encode(x_axis, y_axis, alt.Y2("y2:Q"), colour, alt.Detail("stage:N")),
        chart_part(drawing.gates, "makes").mark_rect().encode(*box, colour),
        chart_rows(drawing.joints).mark_rect(fill=INK, fillOpacity=0.8).encode(*box),
        chart_part(drawing.tanks, "level").mark_rect().encode(*box, colour),
        *outlines,
        chart_rows(drawing.ticks).mark_rule(color=INK).encode(*box),
        chart_rows(drawing.wedges)
        .mark_area(color=INK)
        .encode(x_axis, y_axis, alt.Y2("y2:Q"), alt.Detail("side:N")),
    ]
    for align in _ALIGNED:
        for style in ("", "name", "figure"):
            lines = [
                {name: line[name] for name in ("x", "y", "text")}
                for line in drawing.words
                if (line["align"], line["style"]) == (align, style)
            ]
            if lines:
                words = chart_rows(lines).mark_text(align=align, color=INK, style=style or "plain")
                layers.append(words.encode(x_axis, y_axis, text="text:N"))
    return join_layers(layers, _USUAL_HEIGHT)


@remember_picture
def build_flow_picture(model: Model, view: View) -> Picture:
    """The machine in a month: what flows from cotton to round, and where it is narrow."""
    records, chain = model.record, find_chain(model.record)
    flow_month = read_flow(model, view.scenario, view.flow_month or view.month)
    top = find_flow_top(compute_flow(model, view.scenario))
    labels = name_stages(records)
    stages = flow_month.stages
    return Picture(
        "flow",
        finding=write_flow(records, flow_month),
        headline=write_flow_headline(records, flow_month),
        spec=draw_flow(records, chain, flow_month, top),
        source=write_source_line(
            model,
            "Rounds a year that each stage is enough for, median of our runs. No public source tells which stage "
            "is narrow: it is assumed.",
        ),
        alt="Pipes from cotton to complete rounds, as wide as what flows in them",
        key=(
            "Solid: made, of what could be made (pale; dashed: more than is drawn). Wedges: the narrow place. "
            "Tanks: stores, a line for each month of output; the dashed one is the safety stock."
        ),
        native=build_native_chart(
            "bar",
            [labels[stage] for stage in stages["stage"]],
            series={
                "Makes": stages["makes"],
                "Could make": [
                    rounds if np.isfinite(rounds) else None for rounds in stages["could"]
                ],
            },
            colours=[EUROPE, QUIET],
            unit="rounds a year",
            hollow=("Could make",),
        ),
    )
