"""Every Altair chart, as a Vega-Lite spec with its data left out or in.

The specs that follow a slider are built once and their data is sent beside them, because building and
validating an Altair chart takes longer than running the model. Titles stand on the page, in words made
from the numbers; colours are those of the whole product.
"""

from __future__ import annotations

import base64
import dataclasses
from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from ramp155 import dates, outlook, palette, simulation, timeline
from ramp155.figures import millions
from ramp155.palette import (
    BASELINE,
    EDGE,
    EUROPE,
    FIGURE,
    HANDLE,
    LABEL,
    LINE,
    NAMEPLATE,
    NOTE,
    ON_STAGE,
    OVERDUE,
    QUIET,
    STAGES,
    UNATTRIBUTED,
)
from ramp155.records import Records
from ramp155.scenario import FORECAST_START, MONTHS, Scenario

Spec = dict[str, Any]

# Where a stretch of the strip is too short for the stage's name.
_SHORT = {
    "nitrocellulose": "nitro.",
    "propellant": "powder",
    "charge": "charges",
    "explosive": "explosive",
    "shell_body": "bodies",
    "projectile": "filling",
    "cellulose": "linters",
}
TOP = 2_600_000  # the output axis holds still while a slider moves
_STRIP = -205_000, -45_000  # where the bottleneck strip lies under the zero line
_MILLIONS = "datum.value == 0 ? '0' : format(datum.value / 1e6, '.1f') + ' M'"


def values(table: pd.DataFrame) -> list[dict[str, Any]]:
    """A frame as Vega values: unknown numbers become null."""
    return table.astype(object).where(table.notna(), None).to_dict("records")


def layered(layers: list[alt.Chart], height: int | alt.Step) -> Spec:
    """Layers as one spec of a height, without a frame."""
    return finished(alt.layer(*layers), height)


def finished(chart: alt.Chart | alt.LayerChart, height: int | alt.Step) -> Spec:
    """A chart as a spec of a height: no frame, one size of ticks, rounds in as many digits as they bear."""
    chart = chart.properties(height=height).configure_view(strokeWidth=0)
    chart = chart.configure_axis(labelFontSize=NOTE, titleFontSize=NOTE)
    chart = chart.configure_axisX(titleFontWeight="normal").configure_axisY(
        titleFontWeight="normal"
    )
    chart = chart.configure_point(opacity=1).configure_circle(opacity=1)
    spec = chart.to_dict()
    _say_rounds(spec)
    _inherit(spec)
    return spec


def _inherit(spec: Spec) -> None:
    """Layers without data read what the spec is drawn with, not the blank row Altair gives them."""
    for part in (spec, *spec.get("layer", [])):
        if part.get("data") == {"name": "empty"}:
            del part["data"]
    if "empty" in spec.get("datasets", {}):
        del spec["datasets"]["empty"]
        if not spec["datasets"]:
            del spec["datasets"]


# As `figures.millions` says them; what is under a thousand keeps two digits.
_ROUNDS = (
    "!isValid(datum['{0}']) ? 'not known' : abs(datum['{0}']) >= 999500 ? "
    "round(datum['{0}'] / 1e4) / 100 + ' million' : abs(datum['{0}']) >= 1e5 ? "
    "format(round(datum['{0}'] / 1e4) * 1e4, ',') : abs(datum['{0}']) >= 1e3 ? "
    "format(round(datum['{0}'] / 1e3) * 1e3, ',') : format(datum['{0}'], ',.2r')"
)


def rounds_tip(field: str, title: str) -> alt.Tooltip:
    """A line of a tooltip that says rounds as the page says them: 1.31 million, 640,000."""
    return alt.Tooltip(f"{field}:Q", format=_AS_ROUNDS, title=title)


_AS_ROUNDS = "rounds"  # not a format of Vega's: `finished` turns it into words


def _say_rounds(part: Any) -> None:  # noqa: ANN401
    """Words in place of the rounds in the tooltips of a spec and of its layers."""
    for layer in part.get("layer", []):
        _say_rounds(layer)
    told = part.get("encoding", {}).get("tooltip", [])
    for tip in told if isinstance(told, list) else []:
        if tip.get("format") == _AS_ROUNDS:
            name = tip["field"]
            words = {"calculate": _ROUNDS.format(name), "as": f"{name}_said"}
            if words not in part.setdefault("transform", []):
                part["transform"].append(words)
            tip.update(field=f"{name}_said", type="nominal")
            del tip["format"]


def worded(field: str, colours: dict[str, str]) -> alt.ColorValue:
    """The colour of words that name marks: each mark's own where letters can bear it, else a deeper one."""
    tests = [
        {"test": f"datum['{field}'] == '{name}'", "value": palette.words(colour)}
        for name, colour in colours.items()
    ]
    return alt.ColorValue(QUIET, condition=tests)


def _years() -> alt.X:
    domain = ["2021-06-01", "2032-03-01"]  # room for the pre-war report and the labels
    return (
        alt.X("date:T")
        .title(None)
        .scale(domain=domain, nice=False)
        .axis(format="%Y", tickCount="year", grid=False)
    )


def _rounds(field: str, title: str | None = None) -> alt.Y:
    scale = alt.Scale(domain=[-230_000, TOP], nice=False, clamp=True)
    values = list(range(0, TOP, 500_000))
    axis = alt.Axis(values=values, labelExpr=_MILLIONS, title=title, domain=False, ticks=False)
    return alt.Y(f"{field}:Q", scale=scale, axis=axis)


_DATES = pd.to_datetime([f"{month}-01" for month in [*MONTHS, "2031-01"]])


def path_data(result: outlook.Outlook, labels: dict[str, str]) -> pd.DataFrame:
    """The rows behind `path_spec`: the path, where its labels go, and the words of the strip.

    Built column by column: it is made anew at every move of the slider.
    """
    path = result.path
    last = {
        "nameplate": path["nameplate_rounds_per_year"].iloc[-1],
        "baseline": path["baseline_rounds_per_year"].iloc[-1],
        "scenario": path["rounds_per_year"].iloc[-1],
    }
    same = np.allclose(path["baseline_rounds_per_year"], path["rounds_per_year"], atol=1)
    names = path["bottleneck"].to_numpy()
    ends, words = _strip_marks(names, labels)
    columns = {name: path[name].to_numpy() for name in _PATH_COLUMNS}
    columns |= {f"{name}_label": place for name, place in _apart(last).items()}
    columns |= {
        "date": _DATES[:-1],
        "bottleneck": names,
        "stage": [labels[name] for name in names],
        "scenario_text": "Baseline" if same else "Scenario",
        "baseline_text": "" if same else "Baseline",
        "strip_end": ends,
        "strip_text": words,
    }
    return pd.DataFrame(columns)


_PATH_COLUMNS = [
    "month",
    "rounds_per_year",
    "baseline_rounds_per_year",
    "nameplate_rounds_per_year",
    "p10",
    "p90",
    "bottleneck_share",
]


def _apart(ends: dict[str, float], gap: float = 130_000) -> dict[str, float]:
    """Label heights near the line ends, pushed apart so that no two overlap."""
    places: dict[str, float] = {}
    floor = -1e12
    for name, value in sorted(ends.items(), key=lambda item: item[1]):
        places[name] = max(value, floor + gap, 30_000)
        floor = places[name]
    return places


def _strip_marks(
    names: np.ndarray, labels: dict[str, str], shortest: int = 15
) -> tuple[pd.DatetimeIndex, list[str]]:
    """Each stretch of one bottleneck: its end at its first month, its name at its middle.

    Stretches too short to hold a word stay without; NaT where no stretch begins.
    """
    starts = np.flatnonzero(np.r_[True, names[1:] != names[:-1]])
    ends = np.full(len(names), np.datetime64("NaT"), dtype="datetime64[ns]")
    words = [""] * len(names)
    for start, end in zip(starts, np.r_[starts[1:], len(names)], strict=True):
        ends[start] = _DATES[end]
        name = names[start]
        if end - start >= shortest:
            words[(start + end) // 2] = labels[name]
        elif end - start >= shortest * 0.4:
            words[(start + end) // 2] = _SHORT.get(name, "")
    return pd.DatetimeIndex(ends), words


@lru_cache(maxsize=8)
def path_spec(records: Records, height: int) -> Spec:
    """Output path, band, baseline, nameplate and bottleneck strip; data: `path_data`."""
    x = _years()
    band = (
        alt.Chart().mark_area(color=EUROPE, opacity=0.18).encode(x, _rounds("p10"), alt.Y2("p90"))
    )
    nameplate = (
        alt.Chart()
        .mark_line(color=NAMEPLATE, strokeWidth=2, strokeDash=[7, 4])
        .encode(x, _rounds("nameplate_rounds_per_year"))
    )
    baseline = (
        alt.Chart()
        .mark_line(color=BASELINE, strokeWidth=2.5)
        .encode(x, _rounds("baseline_rounds_per_year"))
    )
    scenario = (
        alt.Chart()
        .mark_line(color=EUROPE, strokeWidth=3.5)
        .encode(x, _rounds("rounds_per_year", "complete rounds a year"))
    )
    hover = (
        alt.Chart()
        .mark_rule(strokeWidth=8, opacity=0.001)
        .encode(
            x,
            tooltip=[
                alt.Tooltip("date:T", format="%B %Y", title="Month"),
                rounds_tip("rounds_per_year", "Output, rounds a year"),
                rounds_tip("p10", "P10"),
                rounds_tip("p90", "P90"),
                rounds_tip("baseline_rounds_per_year", "Baseline"),
                rounds_tip("nameplate_rounds_per_year", "Nameplate"),
                alt.Tooltip("stage:N", title="Output is held back by"),
            ],
        )
    )
    layers = [
        band,
        nameplate,
        baseline,
        scenario,
        _strip(x),
        _strip_text(x),
        *_report_layers(records),
    ]
    layers += [_forecast_rule(x), *_end_labels(), hover]
    return finished(alt.layer(*layers), height)


def _strip(x: alt.X) -> alt.Chart:
    scale = alt.Scale(domain=list(STAGES), range=list(STAGES.values()))
    return (
        alt.Chart()
        .transform_filter("isValid(datum.strip_end)")
        .transform_calculate(low=str(_STRIP[0]), high=str(_STRIP[1]))
        .mark_rect(stroke=EDGE, strokeWidth=1)
        .encode(
            x,
            alt.X2("strip_end:T"),
            alt.Y("low:Q"),
            alt.Y2("high:Q"),
            alt.Color("bottleneck:N", scale=scale, legend=None),
            tooltip=[
                alt.Tooltip("stage:N", title="Output is held back by"),
                alt.Tooltip("date:T", format="%B %Y", title="From"),
                alt.Tooltip("strip_end:T", format="%B %Y", title="Until"),
                alt.Tooltip("bottleneck_share:Q", format=".0%", title="Draws that agree"),
            ],
        )
    )


def _strip_text(x: alt.X) -> alt.Chart:
    middle = str(sum(_STRIP) / 2)
    return (
        alt.Chart()
        .transform_filter("datum.strip_text != ''")
        .transform_calculate(middle=middle)
        .mark_text(fontSize=NOTE, fontWeight=600, color=ON_STAGE)
        .encode(x, alt.Y("middle:Q"), text="strip_text:N")
    )


def _end_labels() -> list[alt.Chart]:
    end = f"datum.month == '{MONTHS[-1]}'"

    def label(field: str, colour: str, text: alt.Text | alt.TextValue) -> alt.Chart:
        return (
            alt.Chart()
            .transform_filter(end)
            .mark_text(align="left", dx=5, color=colour, fontSize=LABEL, fontWeight=600)
            .encode(_years(), _rounds(field), text=text)
        )

    return [
        label("nameplate_label", palette.words(NAMEPLATE), alt.value("Nameplate")),
        label("baseline_label", palette.words(BASELINE), alt.Text("baseline_text:N")),
        label("scenario_label", EUROPE, alt.Text("scenario_text:N")),
    ]


def _forecast_rule(x: alt.X) -> alt.LayerChart:
    first = alt.Chart(alt.Data(values=[{"date": f"{FORECAST_START}-01", "y": TOP}]))
    rule = first.mark_rule(color=BASELINE, strokeDash=[2, 3], strokeWidth=LINE).encode(x)
    words = first.mark_text(align="left", dx=4, dy=6, color=QUIET, fontSize=NOTE).encode(
        x, _rounds("y"), text=alt.value("forecast")
    )
    return alt.layer(rule, words)


def reports(records: Records) -> pd.DataFrame:
    """The published European totals the model is fitted to, one row a claim.

    Columns: date, observable (nameplate or output), low, high, middle (rounds a year), bound (a
    single figure, a range, or "at most"), who, said_on, basis, claim_id.
    """
    claims = records.claims.set_index("claim_id", drop=False)
    rows = []
    for target in records.calibration.itertuples():
        for claim_id in target.claim_ids.split():
            mark = claim_mark(records, claims.loc[claim_id])
            yearly = {name: mark[name] * 12 for name in ("low", "high", "middle")}
            rows.append({"observable": target.observable, **mark, **yearly})
    return pd.DataFrame(rows).drop_duplicates(["claim_id", "observable"])


MARK_COLUMNS = (
    "claim_id quantity date low high middle bound status said_on who basis".split()  # noqa: SIM905
)
# A unit of a rate in rounds a month.
_PER_MONTH = {"rounds/yr": 1 / 12, "rounds/month": 1.0, "rounds/day": 365 / 12}


def claim_mark(records: Records, claim: Any) -> dict[str, Any] | None:  # noqa: ANN401
    """A claim of a rate as a mark in a chart; None where it names no rate of rounds or no period.

    Keys: claim_id, quantity, date, low, high, middle (rounds a month), bound ("at most", "at least" or
    ""), status, said_on, who, basis. `claim` is a row of `Records.claims`.
    """
    scale = _PER_MONTH.get(claim.unit, float("nan"))
    low, high = claim.low * scale, claim.high * scale
    known = [v for v in (low, high) if v == v]
    if not known or not claim.period:
        return None
    source = records.source_of[claim.source_id]
    state = f", {source['state_controlled']} state" if source["state_controlled"] else ""
    return {
        "claim_id": claim.claim_id,
        "quantity": claim.quantity,
        "date": f"{dates.month_text(dates.month_number(claim.period))}-15",
        "low": min(known),
        "high": max(known),
        "middle": sum(known) / len(known),
        "bound": "at most" if low != low else "at least" if high != high else "",
        "status": claim.status,
        "said_on": claim.reported_on,
        "who": source["publisher"] + state,
        "basis": claim.basis,
    }


def live_data(records: Records, scenario: Scenario, draws: int, month: str) -> dict[str, Any]:
    """All the live slider needs to draw by itself, as JSON values: thousand rounds a year.

    The surface holds output and binding stage of the middle case for every whole percent; P10, P90,
    the share of draws that name each stage, the stores and the odds of each target in `month` for
    every fifth. Packed as base64 of little-endian integers, row by row of `months`.
    """
    return _live_data(records, dataclasses.replace(scenario, nitrocellulose=1.0), draws, month)


@lru_cache(maxsize=32)
def _live_data(records: Records, scenario: Scenario, draws: int, month: str) -> dict[str, Any]:
    output, binds = outlook.sweep(records, scenario)
    surface = outlook.surface(records, scenario, draws)
    stages = records.stages.set_index("stage")["label"]
    at = MONTHS.index(month)
    even = [
        [outlook.even_from(surface.reached[p, :, k]) for p in range(len(outlook.GRID))]
        for k in range(len(records.targets))
    ]
    acts = simulation.window(scenario)
    return {
        "months": MONTHS,
        "at": at,
        "forecast": MONTHS.index(FORECAST_START),
        "acts": [int(np.argmax(acts)), int(acts.sum())] if scenario.months else None,
        "top": TOP / 1000,
        "central": _packed(output.T * 12 / 1000, "<u2"),
        "binds": _packed(binds.T, "u1"),
        "p10": _packed(surface.quantiles[0] / 1000, "<u2"),
        "p90": _packed(surface.quantiles[2] / 1000, "<u2"),
        "agree": _packed(surface.binds * 100, "u1"),
        "stores": _packed(np.minimum(outlook.stores_over(records, scenario), 25) * 10, "u1"),
        "gain": _packed(outlook.rounds_per_tonne(records, scenario, month), "<u2"),
        "baseline": _thousands(outlook.baseline(records) * 12),
        "nameplate": _thousands(outlook.nameplate(records, scenario) * 12),
        "stages": [
            {"label": stages[s], "short": _SHORT.get(s, stages[s]), "colour": STAGES[s]}
            for s in surface.order
        ],
        "targets": [
            {
                "label": row.label,
                "rate": row.rounds_per_year / 1000,
                "odds": [round(float(v), 4) for v in surface.reached[:, at, k]],
                "even": even[k],
            }
            for k, row in enumerate(records.targets.itertuples())
        ],
        "reports": _live_reports(records),
        "colours": {
            "scenario": EUROPE,
            "baseline": BASELINE,
            "nameplate": NAMEPLATE,
            "words": QUIET,
            "edge": EDGE,
        },
    }


def _live_reports(records: Records) -> list[dict[str, Any]]:
    return [
        {
            "at": dates.month_number(row.date[:7]) - dates.month_number(MONTHS[0]) + 0.5,
            "kind": row.observable,
            "low": row.low / 1000,
            "high": row.high / 1000,
            "middle": row.middle / 1000,
            "text": f"Report of {row.observable}: {row.bound} {row.middle:,.0f} rounds a year. "
            f"{row.basis} ({row.who}, {row.said_on})",
        }
        for row in reports(records).itertuples()
    ]


def live_path(records: Records, scenario: Scenario) -> list[float]:
    """A scenario's path of the middle case as the live slider draws it, thousand rounds a year."""
    return _thousands(outlook.run(records, scenario).path["rounds_per_year"].to_numpy())


def _packed(values: np.ndarray, kind: str) -> str:
    whole = np.rint(np.nan_to_num(values)).astype(kind)
    return base64.b64encode(np.ascontiguousarray(whole).tobytes()).decode()


def _thousands(values: np.ndarray) -> list[float]:
    return [round(float(v) / 1000, 1) for v in values]


def _report_layers(records: Records) -> list[alt.Chart]:
    points = alt.Chart(alt.Data(values=reports(records).to_dict("records")))
    colour = alt.Color(
        "observable:N",
        scale=alt.Scale(domain=["nameplate", "output"], range=[NAMEPLATE, EUROPE]),
        legend=None,
    )
    shape = alt.Shape(
        "observable:N",
        scale=alt.Scale(domain=["nameplate", "output"], range=["diamond", "circle"]),
        legend=None,
    )
    tooltip = [
        alt.Tooltip("observable:N", title="Report of"),
        alt.Tooltip("bound:N", title="Reads"),
        rounds_tip("middle", "Rounds a year"),
        alt.Tooltip("who:N", title="Who"),
        alt.Tooltip("said_on:N", title="Said on"),
        alt.Tooltip("basis:N", title="What"),
    ]
    ranges = points.mark_rule(strokeWidth=LINE).encode(
        _years(), _rounds("low"), alt.Y2("high"), color=colour
    )
    marks = points.mark_point(size=55, strokeWidth=LINE, fillOpacity=0.15, filled=False).encode(
        _years(), _rounds("middle"), color=colour, shape=shape, tooltip=tooltip
    )
    # Two colour scales share the picture with the strip: keep them apart.
    return [alt.layer(ranges, marks).resolve_scale(color="independent", shape="independent")]


def response_data(
    records: Records, result: outlook.Outlook, labels: dict[str, str], turns: pd.DataFrame
) -> pd.DataFrame:
    """The rows behind `response_spec`: the curve at every whole percent, its kinks (`outlook.turns`) and
    the current position."""
    curve = result.response
    percent = outlook.FINE * 100
    sweep, binds = outlook.sweep(records, result.scenario)
    month = MONTHS.index(result.month)
    stages = list(simulation.tree(records).order)
    turns = turns[turns["rounds_per_year"] > 0.05 * curve["rounds_per_year"].max()]
    words = {
        round(
            k.nitrocellulose * 100
        ): f"{labels[k.stage]} takes over at {k.nitrocellulose:.0%}".replace("%", " %")
        for k in turns.itertuples()
    }
    at = result.path["rounds_per_year"].to_numpy()[MONTHS.index(result.month)]
    return pd.DataFrame(
        {
            "percent": percent,
            "rounds_per_year": sweep[month] * 12,
            "p10": np.interp(percent, outlook.GRID * 100, curve["p10"]),
            "p90": np.interp(percent, outlook.GRID * 100, curve["p90"]),
            "stage": [labels[stages[k]] for k in binds[month]],
            "kink": [words.get(round(p), "") for p in percent],
            "side": np.where(percent < 100, "left", "right"),
            "here": result.scenario.nitrocellulose * 100,
            "here_rounds": at,
        }
    )


@lru_cache(maxsize=8)
def response_spec(height: int) -> Spec:
    """Output at one month against nitrocellulose supply; data: `response_data`."""
    x = (
        alt.X("percent:Q")
        .title("nitrocellulose supply, % of baseline")
        .scale(domain=[0, 200], nice=False)
        .axis(values=[0, 50, 100, 150, 200], grid=False)
    )
    scale = alt.Scale(domain=[0, 2_000_000], nice=False, clamp=True)
    axis = alt.Axis(values=[0, 500_000, 1_000_000, 1_500_000, 2_000_000], labelExpr=_MILLIONS)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=scale, axis=axis, title="rounds a year")

    band = alt.Chart().mark_area(color=EUROPE, opacity=0.18).encode(x, y("p10"), alt.Y2("p90"))
    line = (
        alt.Chart()
        .mark_line(color=EUROPE, strokeWidth=3)
        .encode(
            x,
            y("rounds_per_year"),
            tooltip=[
                alt.Tooltip("percent:Q", format=".0f", title="Nitrocellulose, %"),
                rounds_tip("rounds_per_year", "Rounds a year"),
                alt.Tooltip("stage:N", title="Held back by"),
            ],
        )
    )
    turning = alt.Chart().transform_filter("datum.kink != ''")
    dots = turning.mark_point(color=EUROPE, filled=True, size=70, opacity=1).encode(
        x, y("rounds_per_year")
    )
    labels = []
    for side, dx in (("left", 4), ("right", -4)):
        labels.append(
            turning.transform_filter(f"datum.side == '{side}'")
            .mark_text(align=side, dx=dx, dy=-24, fontSize=LABEL, fontWeight=600, color=QUIET)
            .encode(x, y("rounds_per_year"), text="kink:N")
        )
    first = alt.Chart().transform_filter("datum.percent == 0")
    rule = first.mark_rule(color=NAMEPLATE, strokeDash=[4, 3], strokeWidth=LINE).encode(
        alt.X("here:Q")
    )
    here = first.mark_point(color=HANDLE, filled=True, size=110, opacity=1).encode(
        alt.X("here:Q"), y("here_rounds")
    )
    return finished(alt.layer(band, line, dots, *labels, rule, here), height)


def milestone_data(records: Records, table: pd.DataFrame) -> pd.DataFrame:
    """First promise, latest promise and delivery of each line's start of output, one row a line.

    Lines whose start is not dated have no row. Columns: label, first, latest, delivered, end (dates
    or NaT), slip, status, order (position from the top).
    """
    found = timeline.milestones(records)
    found = found[found["milestone"].isin(["first_output", "opened"])]
    rank = {"first_output": 0, "opened": 1}
    found = found.sort_values("milestone", key=lambda s: s.map(rank)).drop_duplicates("line_id")
    rows = []
    for row in found.merge(table, on="line_id", suffixes=("", "_line")).itertuples():
        ends = [d for d in (row.first_promise, row.latest_promise, row.delivered) if d]
        rows.append(
            {
                "line_id": row.line_id,
                "label": row.label,
                "first": _stamp(row.first_promise),
                "latest": _stamp(row.latest_promise),
                "delivered": _stamp(row.delivered),
                "left": _stamp(min(ends)),
                "right": _stamp(max(ends)),
                "slip": row.slip_months,
                "slip_text": f"{row.slip_months:+.0f}" if abs(row.slip_months) >= 1 else "",
                "overdue": not row.delivered and "unconfirmed" in row.flags,
                "status": row.status,
                "milestone": row.milestone.replace("_", " "),
            }
        )
    data = pd.DataFrame(rows)
    return data.sort_values(["right", "left"]) if len(data) else data


def _stamp(text: str) -> str | None:
    return f"{dates.month_text(dates.month_number(text))}-15" if text else None


def milestone_chart(data: pd.DataFrame, as_of: str) -> Spec:
    """Promised against delivered: hollow first promise, ring latest promise, dot delivered.

    The spec is the same for every day, so that a step of the replay sends rows alone.
    """
    rows = data.assign(place=range(len(data)))
    return {
        **_milestone_spec(),
        "datasets": {"rows": rows, "today": pd.DataFrame([{"day": as_of}])},
    }


@lru_cache(maxsize=1)
def _milestone_spec() -> Spec:
    base = alt.Chart(alt.NamedData("rows"))
    y = alt.Y(
        "label:N",
        sort=alt.EncodingSortField("place", op="min"),
        title=None,
        axis=alt.Axis(labelLimit=330, ticks=False, labelOverlap=False),
    )

    def x(field: str) -> alt.X:
        axis = alt.Axis(format="%Y", tickCount="year", orient="top", title=None)
        scale = alt.Scale(domain=["2021-06-01", "2031-01-01"], clamp=True)
        return alt.X(f"{field}:T", axis=axis, scale=scale)

    tooltip = [
        alt.Tooltip("label:N", title="Line"),
        alt.Tooltip("milestone:N", title="Milestone"),
        alt.Tooltip("first:T", format="%b %Y", title="First promised for"),
        alt.Tooltip("latest:T", format="%b %Y", title="Latest promise"),
        alt.Tooltip("delivered:T", format="%b %Y", title="Delivered"),
        alt.Tooltip("slip:Q", format="+.0f", title="Slip, months"),
    ]
    span = base.mark_rule(color=BASELINE, strokeWidth=2.5).encode(x("left"), alt.X2("right:T"), y)
    first = base.mark_point(
        shape="circle", color=NAMEPLATE, size=60, filled=False, strokeWidth=LINE
    ).encode(x("first"), y, tooltip=tooltip)
    late = alt.condition("datum.overdue", alt.value(OVERDUE), alt.value(EUROPE))
    latest = base.mark_point(shape="diamond", size=100, filled=False, strokeWidth=2).encode(
        x("latest"), y, color=late, tooltip=tooltip
    )
    done = base.mark_point(shape="circle", color=EUROPE, size=110, filled=True, opacity=1).encode(
        x("delivered"), y, tooltip=tooltip
    )
    words = base.mark_text(align="left", dx=9, fontSize=NOTE, color=QUIET).encode(
        x("right"), y, text="slip_text:N"
    )
    today = (
        alt.Chart(alt.NamedData("today"))
        .mark_rule(color=OVERDUE, strokeDash=[3, 3], strokeWidth=LINE)
        .encode(x("day"))
    )
    return layered([span, today, first, latest, done, words], alt.Step(19))


def ramp_data(records: Records, line_ids: list[str]) -> pd.DataFrame:
    """Every rate reported or promised for some lines.

    Columns: line_id, date, rate, unit, kind ("reached" or "promised"), said_on, basis.
    """
    rows = []
    for line in line_ids:
        for event in records.events_of[line]:
            if event.rate is None or event.scope != "site":
                continue
            when = event.date or event.reported_on
            if when:
                rows.append(
                    {
                        "line_id": line,
                        "date": _stamp(when),
                        "rate": event.rate,
                        "unit": event.unit,
                        "kind": "reached" if event.rate_status == "done" else "promised",
                        "said_on": event.reported_on or "undated",
                        "basis": event.basis,
                    }
                )
    columns = ["line_id", "date", "rate", "unit", "kind", "said_on", "basis"]
    return pd.DataFrame(rows, columns=columns)


def ramp_chart(data: pd.DataFrame, height: int) -> Spec:
    """One line's rates over time: reached as dots on a line, promised as hollow diamonds.

    `data` are rows of `ramp_data` of one line and unit.
    """
    start = min("2021-01-01", data["date"].min())
    return {**_ramp_spec(data["unit"].iloc[0], start, height), "datasets": {"rates": data}}


@lru_cache(maxsize=64)
def _ramp_spec(unit: str, start: str, height: int) -> Spec:
    base = alt.Chart(alt.NamedData("rates"))
    x = (
        alt.X("date:T")
        .title(None)
        .scale(domain=[start, "2031-01-01"])
        .axis(format="%y", tickCount="year", grid=False)
    )
    y = alt.Y(
        "rate:Q", title=None, axis=alt.Axis(format="~s", tickCount=3), scale=alt.Scale(zero=True)
    )
    tooltip = [
        alt.Tooltip("date:T", format="%b %Y", title="For"),
        alt.Tooltip("rate:Q", format=",.0f", title=unit),
        alt.Tooltip("kind:N", title="Is"),
        alt.Tooltip("said_on:N", title="Said on"),
        alt.Tooltip("basis:N", title="What"),
    ]
    made = base.transform_filter("datum.kind == 'reached'")
    promised = base.transform_filter("datum.kind == 'promised'")
    return layered(
        [
            made.mark_line(strokeWidth=2.5, color=EUROPE).encode(x, y),
            made.mark_point(filled=True, size=60, opacity=1, color=EUROPE).encode(
                x, y, tooltip=tooltip
            ),
            promised.mark_point(
                shape="diamond", size=70, filled=False, strokeWidth=2, color=NAMEPLATE
            ).encode(x, y, tooltip=tooltip),
        ],
        height,
    )


def pinned_chart(records: Records, stage: str, height: int) -> Spec:
    """How much of a stage's capacity the record can pin to named lines, by year's end."""
    data = outlook.pinned(records)
    data = data[(data["stage"] == stage) & data["month"].str.endswith("-12")]
    long = data.melt(["month", "stage"], ["attributed", "unattributed"], "part", "rounds")
    long["year"] = long["month"].str[:4]
    long["said"] = long["part"].map(_PINNED)
    years = sorted(long["year"].unique())
    colour = alt.Color(
        "part:N",
        scale=alt.Scale(domain=list(_PINNED), range=[EUROPE, UNATTRIBUTED]),
        legend=None,
    )
    x = alt.X("year:O", title=None, scale=alt.Scale(domain=[*years, *_ROOM]))
    x = x.axis(labelAngle=0, ticks=False, domain=False)
    long = long.sort_values(["month", "part"], ascending=[True, False])
    long["high"] = long.groupby("year")["rounds"].cumsum()  # the named lines stand on the rest
    long["low"] = long["high"] - long["rounds"]
    y = alt.Y("low:Q", title="rounds a year").axis(labelExpr=_MILLIONS, tickCount=5)
    bars = alt.Chart(alt.Data(values=long.to_dict("records"))).mark_bar()
    last = long[long["year"] == years[-1]]
    last = last.assign(at=(last["low"] + last["high"]) / 2, year=_ROOM[0])
    words = last[["part", "said", "year", "at"]].to_dict("records")
    names = alt.Chart(alt.Data(values=words)).mark_text(
        align="left", fontSize=LABEL, fontWeight=600
    )
    tip = [
        alt.Tooltip("year:O", title="End of"),
        alt.Tooltip("said:N", title="Capacity of"),
        rounds_tip("rounds", "Rounds a year"),
    ]
    return layered(
        [
            bars.encode(x, y, alt.Y2("high:Q"), colour, tooltip=tip),
            names.encode(
                alt.X("year:O", bandPosition=0),
                alt.Y("at:Q"),
                text="said:N",
                color=worded("part", {"attributed": EUROPE, "unattributed": UNATTRIBUTED}),
            ),
        ],
        height,
    )


_PINNED = {"attributed": "named lines", "unattributed": "no line named"}
_ROOM = [" ", "  "]  # two blank years, where the last bar's parts are named


def odds_chart(odds: pd.DataFrame, height: int) -> Spec:
    """The chance of reaching a target against nitrocellulose supply (`goal.odds_by_supply`)."""
    rows = odds.assign(percent=odds["nitrocellulose"] * 100)
    y = (
        alt.Y("odds:Q")
        .title("sets of assumptions")
        .scale(domain=[0, 1])
        .axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1], domain=False, ticks=False)
    )
    x = (
        alt.X("percent:Q")
        .title("nitrocellulose supply, % of baseline")
        .axis(values=[0, 50, 100, 150, 200], grid=False)
    )
    tip = [
        alt.Tooltip("percent:Q", format=".0f", title="Nitrocellulose, %"),
        alt.Tooltip("odds:Q", format=".0%", title="Odds"),
    ]
    base = alt.Chart(alt.Data(values=rows.to_dict("records")))
    area = base.mark_area(color=EUROPE, opacity=0.2, line={"color": EUROPE, "strokeWidth": 3})
    return finished(area.encode(x, y, tooltip=tip), height)


def compare_chart(path: pd.DataFrame, colour: str, labels: dict[str, str], height: int) -> Spec:
    """One scenario among others (`Outlook.path`): path and band over the baseline, what binds below."""
    table = path[path["month"] >= "2025-01"].reset_index(drop=True)
    table = table.assign(
        date=[f"{m}-01" for m in table["month"]], stage=table["bottleneck"].map(labels)
    )
    starts = table[table["bottleneck"] != table["bottleneck"].shift()]
    stretches = starts[["date", "bottleneck", "stage"]].assign(
        end=[*starts["date"].iloc[1:], "2031-01-01"], low=_STRIP[0], high=_STRIP[1]
    )
    x = alt.X("date:T").title(None).axis(format="%Y", tickCount="year", grid=False)
    base = alt.Chart(alt.Data(values=table.astype(object).to_dict("records")))
    tip = [
        alt.Tooltip("date:T", format="%B %Y", title="Month"),
        rounds_tip("rounds_per_year", "Rounds a year"),
        rounds_tip("p10", "P10"),
        rounds_tip("p90", "P90"),
        alt.Tooltip("stage:N", title="Held back by"),
    ]
    band = base.mark_area(color=colour, opacity=0.2).encode(x, _rounds("p10"), alt.Y2("p90"))
    ghost = base.mark_line(color=BASELINE, strokeWidth=2)
    line = base.mark_line(color=colour, strokeWidth=3)
    scale = alt.Scale(domain=list(STAGES), range=list(STAGES.values()))
    under = alt.Chart(alt.Data(values=stretches.astype(object).to_dict("records")))
    strip = under.mark_rect(stroke=EDGE, strokeWidth=1).encode(
        x,
        alt.X2("end:T"),
        alt.Y("low:Q"),
        alt.Y2("high:Q"),
        alt.Color("bottleneck:N", scale=scale, legend=None),
        tooltip=[
            alt.Tooltip("stage:N", title="Held back by"),
            alt.Tooltip("date:T", format="%B %Y", title="From"),
            alt.Tooltip("end:T", format="%B %Y", title="Until"),
        ],
    )
    layers = [
        band,
        ghost.encode(x, _rounds("baseline_rounds_per_year")),
        strip,
        line.encode(x, _rounds("rounds_per_year"), tooltip=tip),
    ]
    return finished(alt.layer(*layers), height)


def tornado_chart(table: pd.DataFrame, middle: float, height: int) -> Spec:
    """Output with one coefficient at its low and at its high; `sensitivity.tornado`'s rows."""
    rows = [
        {
            "label": row.label,
            "end": end,
            "value": value,
            "middle": middle,
            "range": f"{row.low} to {row.high}",
            "at": at,
        }
        for row in table.itertuples()
        for end, value, at in (
            ("at its low", row.rounds_at_low, row.low),
            ("at its high", row.rounds_at_high, row.high),
        )
    ]
    y = (
        alt.Y("label:N", sort=list(table["label"]))
        .title(None)
        .axis(labelLimit=330, labelOverlap=False, ticks=False)
    )
    base = alt.Chart(alt.Data(values=rows))
    ends = {"at its low": STAGES["nitrocellulose"], "at its high": EUROPE}
    scale = alt.Scale(domain=list(ends), range=list(ends.values()))
    bars = base.mark_bar(height={"band": 0.62}, stroke=EDGE, strokeWidth=1).encode(
        alt.X("value:Q", scale=alt.Scale(domain=_tornado_room(rows), nice=False))
        .title("rounds a year")
        .axis(labelExpr=f"datum.value < 0 ? '' : {_MILLIONS}", tickCount=6),
        y,
        alt.X2("middle:Q"),
        alt.Color("end:N", scale=scale, legend=None),
        tooltip=[
            alt.Tooltip("label:N", title="Coefficient"),
            alt.Tooltip("range:N", title="Range"),
            alt.Tooltip("at:N", title="Set to"),
            rounds_tip("value", "Rounds a year"),
        ],
    )
    rule = alt.Chart(alt.Data(values=[{"value": middle}])).mark_rule(color=BASELINE, strokeWidth=2)
    return layered([bars, rule.encode(alt.X("value:Q")), *_tornado_words(rows, y)], height)


def _tornado_room(rows: list[dict[str, Any]]) -> list[float]:
    """An axis from nought to the largest bar, and as much further as the first bar's words take."""
    most = max(max(row["value"], row["middle"]) for row in rows)
    ends = [row["value"] for row in rows if row["label"] == rows[0]["label"]]
    return [min(0.0, min(ends) - most * 0.3), max(most * 1.05, max(ends) + most * 0.3)]


def _tornado_words(rows: list[dict[str, Any]], y: alt.Y) -> list[alt.Chart]:
    """The ends of the first bar say which is its low and which its high."""
    first = [row for row in rows if row["label"] == rows[0]["label"]]
    first.sort(key=lambda row: row["value"])
    words = []
    for row, align, dx in zip(first, ("right", "left"), (-5, 5), strict=True):
        text = alt.Chart(alt.Data(values=[row])).mark_text(
            align=align, dx=dx, fontSize=LABEL, fontWeight=600, color=QUIET
        )
        words.append(text.encode(alt.X("value:Q"), y, text="end:N"))
    return words


def causes_chart(parts: list[tuple[str, float]], before: float, height: int) -> Spec:
    """A change as steps from `before` to after: (what, rounds a year) in order."""
    rows, level = [{"what": "baseline", "low": 0.0, "high": before, "kind": "level"}], before
    for what, value in parts:
        rows.append({"what": what, "low": level, "high": level + value, "kind": "step"})
        level += value
    rows.append({"what": "scenario", "low": 0.0, "high": level, "kind": "level"})
    for row in rows:
        change = row["high"] - row["low"]
        row["text"] = (
            millions(change)
            if row["kind"] == "level"
            else f"{round(change, -4 if abs(change) >= 1e5 else -3):+,.0f}"
        )
        row["top"] = max(row["low"], row["high"])
    most = max(row["top"] for row in rows)
    base = alt.Chart(alt.Data(values=rows))
    x = (
        alt.X("what:N", sort=[r["what"] for r in rows])
        .title(None)
        .axis(labelAngle=0, labelLimit=160)
    )
    scale = alt.Scale(domain=[0, most * 1.12])  # room for the words
    y = alt.Y("low:Q", scale=scale).title("rounds a year").axis(labelExpr=_MILLIONS, tickCount=5)
    bars = base.mark_bar(width={"band": 0.6}).encode(
        x,
        y,
        alt.Y2("high:Q"),
        alt.Color(
            "kind:N",
            scale=alt.Scale(domain=["level", "step"], range=[BASELINE, EUROPE]),
            legend=None,
        ),
    )
    words = base.mark_text(dy=-9, fontSize=FIGURE, fontWeight=600, color=QUIET).encode(
        x, alt.Y("top:Q"), text="text:N"
    )
    return finished(alt.layer(bars, words), height)


def utilisation_chart(stages: pd.DataFrame, labels: dict[str, str], height: int) -> Spec:
    """How much of its capacity each stage uses (`outlook.utilisation`'s stages)."""
    rows = stages.assign(label=stages["stage"].map(labels)).sort_values("utilisation")
    rows = rows.assign(text=[f"{u:.0%}".replace("%", " %") for u in rows["utilisation"]])
    base = alt.Chart(alt.Data(values=rows.astype(object).to_dict("records")))
    y = alt.Y("label:N", sort=list(rows["label"])[::-1]).title(None)
    y = y.axis(labelLimit=200, labelOverlap=False, ticks=False, domain=False)
    x = alt.X("utilisation:Q").title(None).scale(domain=[0, 1.25]).axis(None)
    colour = alt.Color(
        "stage:N",
        scale=alt.Scale(domain=list(STAGES), range=list(STAGES.values())),
        legend=None,
    )
    tip = [
        alt.Tooltip("label:N", title="Stage"),
        rounds_tip("capacity", "Capacity, rounds a year"),
        rounds_tip("used", "Used"),
        alt.Tooltip("utilisation:Q", format=".0%", title="Utilisation"),
    ]
    bars = base.mark_bar(height={"band": 0.65}, stroke=EDGE, strokeWidth=1).encode(
        x, y, colour, tooltip=tip
    )
    words = base.mark_text(align="left", dx=4, fontSize=LABEL, fontWeight=600, color=QUIET).encode(
        x, y, text="text:N"
    )
    return finished(alt.layer(bars, words), height)
