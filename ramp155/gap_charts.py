"""The gap page's charts: ratio, rates, odds, comparators, two tracks, money and policy.

What follows a lever is a spec built once and rows put into it, because building and validating an
Altair chart takes longer than running the model; the rest is built once for good. Titles stand on the page.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import altair as alt
import numpy as np
import pandas as pd

from ramp155 import dates, money, palette, procurement, timeline
from ramp155.charts import (
    MARK_COLUMNS,
    Spec,
    claim_mark,
    layered,
    rounds_tip,
    values,
    worded,
)
from ramp155.figures import in_hundred, millions, percent, short_month
from ramp155.gap import Gap
from ramp155.palette import (
    BASELINE,
    CANADA,
    EDGE,
    EUROPE,
    FIGURE,
    INK,
    LABEL,
    LINE,
    NATO,
    NOTE,
    ODDS,
    OTHER,
    PAPER,
    QUIET,
    RUSSIA,
    RUSSIA_QUIET,
    STAGES,
    STOCK,
    STRANDS,
    TARGET,
    TRACK,
    UKRAINE,
    UNMET,
    US,
)
from ramp155.procurement import Flows
from ramp155.records import Records
from ramp155.scenario import FORECAST_START, MONTHS

COLOURS = {
    "europe": EUROPE,
    "us": US,
    "canada": CANADA,
    "nato": NATO,
    "russia": RUSSIA,
    "ukraine": UKRAINE,
    "stock": STOCK,
    "other": OTHER,
    "unmet": UNMET,
}
NAMES = {
    "europe": "Europe",
    "us": "US",
    "canada": "Canada",
    "nato": "NATO",
    "russia": "Russia",
    "ukraine": "Ukraine",
    "stock": "From stocks",
    "other": "Elsewhere",
    "unmet": "Unmet",
}
MILLIONS = "datum.value == 0 ? '0' : format(datum.value / 1e6, '~g') + ' M'"


def _fill(spec: Spec, **tables: pd.DataFrame) -> Spec:
    """A spec with its named tables put in; Streamlit sends them beside it."""
    return {**spec, "datasets": tables}


def _table(name: str) -> alt.Chart:
    """A chart of rows that `_fill` puts in under a name."""
    return alt.Chart(alt.NamedData(name))


def _years(first: str = "2022-01-01", last: str = "2031-10-01") -> alt.X:
    axis = alt.Axis(format="%Y", tickCount="year", grid=False, labelFlush=False, labelBound=True)
    return alt.X("date:T", title=None, axis=axis).scale(domain=[first, last], nice=False)


def _dated(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(date=[f"{month}-01" for month in table["month"]])


def _forecast(x: alt.X, top: float, y: alt.Y) -> list[alt.Chart]:
    base = alt.Chart(alt.Data(values=[{"date": f"{FORECAST_START}-01", "top": top}]))
    rule = base.mark_rule(color=BASELINE, strokeDash=[2, 3], strokeWidth=LINE).encode(x)
    words = base.mark_text(align="left", dx=4, dy=7, color=QUIET, fontSize=NOTE)
    return [rule, words.encode(x, y, text=alt.value("forecast"))]


# --- the gap ------------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def said(records: Records) -> pd.DataFrame:
    """What officials said of Russia over NATO: date, ratio, text (no two alike), claim_id."""
    claims = records.claims
    rows = []
    for claim in claims[claims["quantity"] == "output_ratio_to_nato"].itertuples():
        if claim.low == claim.low and claim.status == "reported":
            rows.append((claim.reported_on, claim.low, f"said: {claim.low:g} ×", claim.claim_id))
    for claim in claims[claims["quantity"] == "output_ratio_to_russia"].itertuples():
        if claim.subject == "NATO" and claim.low == claim.low:
            rows.append((claim.reported_on, 1 / claim.low, "said: no more", claim.claim_id))
    table = pd.DataFrame(rows, columns=["said_on", "ratio", "text", "claim_id"])
    periods = table["claim_id"].map(claims.set_index("claim_id")["period"])
    # A report may repeat an earlier word: it stands at the month it speaks of, where it names one.
    table["date"] = [
        dates.first_day(period if len(period) > 4 else day).isoformat()
        for period, day in zip(periods, table["said_on"], strict=True)
    ]
    table = table.sort_values("date", kind="stable")
    table.loc[table["text"].duplicated(keep="last"), "text"] = ""
    return table.merge(claims[["claim_id", "basis"]], on="claim_id")


def ratio_chart(records: Records, found: Gap, height: int) -> Spec:
    """Russia's rate over NATO's with its band, over Europe's, and what was said; parity at one."""
    data = _dated(found.ratio)
    ends = data[data["month"] == MONTHS[-1]]
    ends = ends.assign(name=[f"to {NAMES[v]}" for v in ends["versus"]])
    nato, europe = (data[data["versus"] == versus] for versus in ("nato", "europe"))
    known = data[["p10", "p50", "p90"]].stack()
    # The axis holds still but for what would not fit on it.
    bottom = 2.0 ** np.floor(np.log2(np.clip(known.min(), 2**-6, 0.25)))
    top = 2.0 ** np.ceil(np.log2(np.clip(known.max(), 16, 2**10)))
    logs = {
        v: float(np.log2(np.clip(r, bottom, top)))
        for v, r in zip(ends["versus"], ends["p50"], strict=True)
    }
    places = _apart(logs, np.log2(top / bottom) / 16)
    ends = ends.assign(place=[2.0 ** places[v] for v in ends["versus"]])
    return _fill(_ratio_spec(records, bottom, top, height), nato=nato, europe=europe, ends=ends)


@lru_cache(maxsize=32)
def _ratio_spec(records: Records, bottom: float, top: float, height: int) -> Spec:
    x = _years(last="2032-06-01")
    scale = alt.Scale(type="log", base=2, domain=[bottom, top], nice=False, clamp=True)
    axis = alt.Axis(
        values=[2.0**k for k in range(-6, 11) if bottom <= 2.0**k <= top],
        labelExpr="datum.value == 1 ? 'parity' : format(datum.value, '~g') + ' ×'",
        grid=True,
        domain=False,
        ticks=False,
    )

    def y(field: str) -> alt.Y:
        title = "Russia's rounds for each of theirs"
        return alt.Y(f"{field}:Q", scale=scale, axis=axis, title=title)

    tip = [
        alt.Tooltip("date:T", format="%B %Y", title="Month"),
        alt.Tooltip("p50:Q", format=".2r", title="Times, middle draw"),
        alt.Tooltip("p10:Q", format=".2r", title="P10"),
        alt.Tooltip("p90:Q", format=".2r", title="P90"),
        alt.Tooltip("odds:Q", format=".0%", title="Odds of parity"),
    ]
    one = alt.Chart(alt.Data(values=[{"one": 1.0}]))
    marks = alt.Chart(alt.Data(values=values(said(records))))
    marked = [
        alt.Tooltip("said_on:N", title="Said on"),
        alt.Tooltip("basis:N", title="What"),
    ]
    hues = {"nato": RUSSIA, "europe": RUSSIA}
    line = _table("europe").mark_line(color=RUSSIA_QUIET, strokeWidth=2.5, strokeDash=[6, 4])
    names = _table("ends").mark_text(align="left", dx=5, dy=-9, fontSize=LABEL, fontWeight=600)
    layers = [
        one.mark_rule(color=QUIET, strokeWidth=2).encode(y("one")),
        _table("nato").mark_area(color=RUSSIA, opacity=0.18).encode(x, y("p10"), alt.Y2("p90")),
        line.encode(x, y("p50"), tooltip=tip),
        _table("nato").mark_line(color=RUSSIA, strokeWidth=3.5).encode(x, y("p50"), tooltip=tip),
        *_forecast(x, top, y("top")),
        marks.mark_point(shape="diamond", size=90, color=QUIET, filled=True, opacity=1).encode(
            x, y("ratio"), tooltip=marked
        ),
        marks.mark_text(
            align="right", dx=-4, dy=-12, fontSize=LABEL, fontWeight=600, color=QUIET
        ).encode(x, y("ratio"), text="text:N"),
        names.encode(
            x,
            y("place"),
            text="name:N",
            color=worded("versus", hues),
        ),
    ]
    return layered(layers, height)


_SHOWN = ("russia", "nato", "europe", "us")


def rates_chart(found: Gap, height: int) -> Spec:
    """Rounds a year of Europe, the US, NATO and Russia, with bands for the last two."""
    data = _dated(found.path[found.path["actor"].isin(_SHOWN)])
    top = float(np.ceil(data["p90"].max() / 1e6) * 1e6)
    last = data[data["month"] == MONTHS[-1]]
    places = _apart(dict(zip(last["actor"], last["p50"], strict=True)), top / 16)
    labels = last.assign(
        place=[places[a] for a in last["actor"]], name=[NAMES[a] for a in last["actor"]]
    )
    return _fill(_rates_spec(top, height), rates=data, labels=labels)


@lru_cache(maxsize=32)
def _rates_spec(top: float, height: int) -> Spec:
    x = _years(last="2032-06-01")
    axis = alt.Axis(labelExpr=MILLIONS, tickCount=5, domain=False, ticks=False)

    def y(field: str) -> alt.Y:
        scale = alt.Scale(domain=[0, top], nice=False)
        return alt.Y(f"{field}:Q", scale=scale, axis=axis, title="rounds a year")

    scale = alt.Scale(domain=list(_SHOWN), range=[COLOURS[a] for a in _SHOWN])
    colour = alt.Color("actor:N", scale=scale, legend=None)
    dash = _dashes("actor", {"russia": [], "nato": [], "europe": [9, 3], "us": [3, 3]})
    base = _table("rates")
    tip = [
        alt.Tooltip("actor:N", title="Who"),
        alt.Tooltip("date:T", format="%B %Y", title="Month"),
        rounds_tip("p50", "Rounds a year, middle draw"),
        rounds_tip("p10", "P10"),
        rounds_tip("p90", "P90"),
    ]
    banded = base.transform_filter("datum.actor == 'russia' || datum.actor == 'nato'")
    names = _table("labels").mark_text(align="left", dx=5, fontSize=LABEL, fontWeight=600)
    layers = [
        banded.mark_area(opacity=0.16).encode(x, y("p10"), alt.Y2("p90"), colour),
        base.mark_line(strokeWidth=3).encode(x, y("p50"), colour, dash, tooltip=tip),
        *_forecast(x, top, y("top")),
        names.encode(x, y("place"), color=worded("actor", COLOURS), text="name:N"),
    ]
    return layered(layers, height)


def _dashes(field: str, dashes: dict[str, list[int]]) -> alt.StrokeDash:
    """A dash for each line of a chart, so that its colour is not all that tells them apart."""
    scale = alt.Scale(domain=list(dashes), range=[dash or [1, 0] for dash in dashes.values()])
    return alt.StrokeDash(f"{field}:N", scale=scale, legend=None)


def _apart(ends: dict[str, float], gap_between: float) -> dict[str, float]:
    """Label heights pushed apart so that no two overlap."""
    places: dict[str, float] = {}
    floor = -1e12
    for name, value in sorted(ends.items(), key=lambda item: item[1]):
        places[name] = max(value, floor + gap_between)
        floor = places[name]
    return places


def odds_strip(found: Gap, height: int) -> Spec:
    """The odds of parity at each half-year, for NATO and for Europe alone."""
    rows = found.ratio
    rows = rows[(rows["month"] >= "2025-06") & rows["month"].str[-2:].isin(["06", "12"])]
    rows = rows.assign(
        who=[NAMES[v] for v in rows["versus"]],
        when=[short_month(m) for m in rows["month"]],
        text=[_in_short(o) for o in rows["odds"]],
    )
    return _fill(_strip_spec(height), odds=rows)


def _in_short(odds: float) -> str:
    """Odds in as few signs as a narrow cell holds: <1, 43, >99."""
    if odds != odds:
        return "?"
    told = in_hundred(odds).removesuffix(" %")
    return told.replace("under ", "<").replace("over ", ">")


@lru_cache(maxsize=4)
def _strip_spec(height: int) -> Spec:
    months = [m for m in MONTHS if m >= "2025-06" and m[-2:] in ("06", "12")]
    x = alt.X("when:N", sort=[short_month(m) for m in months], title=None)
    x = x.axis(
        labelAngle=0, ticks=False, domain=False, labelOverlap=True, labelFlush=False, orient="top"
    )
    y = alt.Y("who:N", sort=["NATO", "Europe"], title=None).axis(ticks=False, domain=False)
    scale = alt.Scale(domain=[0, 1], range=[TRACK, ODDS])
    tip = [
        alt.Tooltip("who:N", title="Who"),
        alt.Tooltip("when:N", title="Month"),
        alt.Tooltip("text:N", title="Odds of parity with Russia, %"),
    ]
    cells = _table("odds").mark_rect(cornerRadius=2)
    words = _table("odds").mark_text(fontSize=LABEL, fontWeight=600, color=INK)
    layers = [
        cells.encode(x, y, alt.Color("odds:Q", scale=scale, legend=None), tooltip=tip),
        words.encode(x, y, text="text:N"),
    ]
    return layered(layers, height)


def named_chart(table: pd.DataFrame, chosen: str, nato: pd.Series, height: int) -> Spec:
    """What each estimate comes to, counted alike, beside NATO's own (`gap.named`; p10, p50, p90)."""
    rows = table.assign(who="russia").sort_values("p50")
    ours = pd.DataFrame(
        [{"estimate_id": "nato", "label": "NATO (this model)", "who": "nato", **nato}]
    )
    rows = pd.concat([rows, ours], ignore_index=True)
    rows["mark"] = [row.estimate_id in (chosen, "nato") for row in rows.itertuples()]
    rows["text"] = [millions(v) for v in rows["p50"]]
    base = alt.Chart(alt.Data(values=values(rows)))
    y = alt.Y("label:N", sort=list(rows["label"]), title=None)
    y = y.axis(labelLimit=260, ticks=False, domain=False, labelOverlap=False)
    x = alt.X("p10:Q", title=None, scale=alt.Scale(domain=[0, rows["p90"].max() * 1.35]))
    x = x.axis(labelExpr=MILLIONS, tickCount=4, domain=False, ticks=False)
    colour = alt.Color(
        "who:N",
        scale=alt.Scale(domain=["russia", "nato"], range=[RUSSIA, NATO]),
        legend=None,
    )
    strong = alt.condition("datum.mark", alt.value(1.0), alt.value(0.6))
    tip = [
        alt.Tooltip("label:N", title="Whose figure"),
        rounds_tip("p50", "Rounds, counted alike"),
        rounds_tip("p10", "P10"),
        rounds_tip("p90", "P90"),
    ]
    spans = base.mark_rule(strokeWidth=5, strokeCap="round").encode(
        x, alt.X2("p90:Q"), y, colour, opacity=strong, tooltip=tip
    )
    dots = base.mark_point(filled=True, size=110).encode(
        alt.X("p50:Q"), y, colour, opacity=strong, tooltip=tip
    )
    words = base.mark_text(align="left", dx=8, fontSize=LABEL, fontWeight=600, color=QUIET).encode(
        alt.X("p90:Q"), y, text="text:N"
    )
    return layered([spans, dots, words], height)


# --- who makes what -------------------------------------------------------------------------------


def rate_claims(records: Records, subject: str, quantities: list[str]) -> pd.DataFrame:
    """Claims of a subject as rates, one row each; columns as `charts.claim_mark`."""
    claims = records.claims
    own = claims[(claims["subject"] == subject) & claims["quantity"].isin(quantities)]
    marks = [claim_mark(records, claim) for claim in own.itertuples()]
    return pd.DataFrame([mark for mark in marks if mark], columns=MARK_COLUMNS)


def _month_axis(field: str, top: float) -> alt.Y:
    axis = alt.Axis(format=",.0f", tickCount=5, domain=False, ticks=False)
    scale = alt.Scale(domain=[0, top], nice=True, clamp=True)
    return alt.Y(f"{field}:Q", scale=scale, axis=axis, title="rounds a month")


_CLAIM_TIP = [
    rounds_tip("middle", "Rounds a month"),
    alt.Tooltip("bound:N", title="Reads"),
    alt.Tooltip("status:N", title="Is"),
    alt.Tooltip("said_on:N", title="Said on"),
    alt.Tooltip("who:N", title="Where"),
    alt.Tooltip("basis:N", title="What"),
]


@lru_cache(maxsize=16)
def russia_chart(records: Records, chosen: str, height: int) -> Spec:
    """Every named Russian estimate as its source counts it, the chosen one drawn strongly."""
    rows = records.estimates[records.estimates["actor"] == "RU"]
    rows = rows.assign(
        date=[f"{dates.month_text(dates.month_number(m))}-15" for m in rows["month"]],
        middle=rows["mode"] / 12,
        chosen=rows["estimate_id"] == chosen,
    )
    reports = rate_claims(
        records, "RU", ["round_output", "round_output_incl_refurbished", "round_output_152mm"]
    )
    top = 700_000
    x = _years("2021-01-01", "2027-01-01")
    marks = alt.Chart(alt.Data(values=values(reports)))
    base = alt.Chart(alt.Data(values=values(rows)))
    strong = alt.condition("datum.chosen", alt.value(1.0), alt.value(0.35))
    detail = alt.Detail("estimate_id:N")
    tip = [
        alt.Tooltip("label:N", title="Whose figure"),
        rounds_tip("middle", "Rounds a month"),
        alt.Tooltip("reasoning:N", title="What it counts"),
    ]
    last = rows[rows["chosen"]].iloc[-1:]
    name = alt.Chart(alt.Data(values=values(last)))
    layers = [
        marks.mark_rule(strokeWidth=LINE, color=BASELINE).encode(
            x, _month_axis("low", top), alt.Y2("high")
        ),
        marks.mark_point(size=45, color=BASELINE, filled=False, strokeWidth=LINE).encode(
            x, _month_axis("middle", top), tooltip=_CLAIM_TIP
        ),
        base.mark_line(color=RUSSIA, strokeWidth=3).encode(
            x, _month_axis("middle", top), detail, opacity=strong
        ),
        base.mark_point(color=RUSSIA, filled=True, size=80).encode(
            x, _month_axis("middle", top), detail, opacity=strong, tooltip=tip
        ),
        name.mark_text(
            align="right", dx=-9, dy=-9, fontSize=LABEL, fontWeight=600, color=palette.words(RUSSIA)
        ).encode(x, _month_axis("middle", top), text="label:N"),
    ]
    return layered(layers, height)


def us_chart(records: Records, path: pd.DataFrame, height: int) -> Spec:
    """The US path (rows of `Gap.path`), what was reported, and every plan at the date it was for."""
    drawn = _dated(path).assign(**{k: path[k] / 12 for k in ("p10", "p50", "p90")})
    return _fill(_us_spec(records, height), path=drawn)


@lru_cache(maxsize=4)
def _us_spec(records: Records, height: int) -> Spec:
    claims = rate_claims(records, "US", ["round_output", "round_capacity"])
    made = claims[claims["status"] != "target"]
    plans = claims[(claims["status"] == "target") & (claims["middle"] >= 55_000)]
    x = _years("2022-01-01", "2031-02-01")
    top = 120_000
    base = _table("path")
    goals = alt.Chart(alt.Data(values=values(plans)))
    reports = alt.Chart(alt.Data(values=values(made)))
    layers = [
        base.mark_area(color=US, opacity=0.25).encode(x, _month_axis("p10", top), alt.Y2("p90")),
        base.mark_line(color=US, strokeWidth=3).encode(x, _month_axis("p50", top)),
        reports.mark_point(size=60, color=palette.words(US), filled=True, opacity=0.9).encode(
            x, _month_axis("middle", top), tooltip=_CLAIM_TIP
        ),
        goals.mark_point(
            shape="diamond", size=110, color=TARGET, strokeWidth=2, filled=False
        ).encode(x, _month_axis("middle", top), tooltip=_CLAIM_TIP),
        *_forecast(x, top, _month_axis("top", top)),
    ]
    return layered(layers, height)


@lru_cache(maxsize=16)
def ukraine_chart(records: Records, height: int) -> Spec:
    """What Ukraine said it needs, was said to fire, and may make with mortar bombs, rounds a month."""
    own = records.estimates[records.estimates["actor"] == "UA"]
    band = [
        {"date": day, "low": row.low / 12, "high": row.high / 12, "reasoning": row.reasoning}
        for row in own.itertuples()
        for day in (f"{row.month[:4]}-01-01", f"{row.month[:4]}-12-31")
    ]
    made = alt.Chart(alt.Data(values=band))
    rows = rate_claims(records, "UA", ["need", "consumption"])
    rows["high"] = rows["high"].clip(upper=460_000)
    base = alt.Chart(alt.Data(values=values(rows)))
    x = _years("2022-01-01", "2026-12-01")
    top = 460_000
    colour = alt.Color(
        "quantity:N",
        scale=alt.Scale(domain=["need", "consumption"], range=[UNMET, UKRAINE]),
        legend=None,
    )
    shape = alt.Shape(
        "quantity:N",
        scale=alt.Scale(domain=["need", "consumption"], range=["diamond", "circle"]),
        legend=None,
    )
    layers = [
        made.mark_area(color=UKRAINE, opacity=0.2).encode(
            x,
            _month_axis("low", top),
            alt.Y2("high"),
            tooltip=[alt.Tooltip("reasoning:N", title="Makes, with mortar bombs")],
        ),
        base.mark_rule(strokeWidth=2).encode(x, _month_axis("low", top), alt.Y2("high"), colour),
        base.mark_point(size=75, strokeWidth=2, filled=False).encode(
            x, _month_axis("middle", top), colour, shape, tooltip=_CLAIM_TIP
        ),
    ]
    return layered(layers, height)


_GIVERS = {"kp-ru": RUSSIA, "cz-ua": OTHER, "eu-ua": EUROPE, "us-ua": US}
_GIVERS_SHORT = {"kp-ru": "N. Korea", "cz-ua": "Czech in.", "eu-ua": "EU", "us-ua": "US"}


@lru_cache(maxsize=4)
def deliveries_chart(records: Records, height: int) -> Spec:
    """Rounds given or bought, a month, each a path with the band of its claims."""
    rows = records.estimates[records.estimates["actor"] == "deliveries"]
    rows = rows.assign(
        date=[f"{dates.month_text(dates.month_number(m))}-15" for m in rows["month"]],
        **{name: rows[name] / 12 for name in ("low", "mode", "high")},
    )
    last = rows.groupby("estimate_id", sort=False).tail(1)
    top = 270_000
    places = _apart(dict(zip(last["estimate_id"], last["mode"], strict=True)), top / 14)
    last = last.assign(
        short=last["estimate_id"].map(_GIVERS_SHORT), place=last["estimate_id"].map(places)
    )
    x = _years("2022-01-01", "2028-01-01")
    scale = alt.Scale(domain=list(_GIVERS), range=list(_GIVERS.values()))
    colour = alt.Color("estimate_id:N", scale=scale, legend=None)
    dash = _dashes("estimate_id", {"kp-ru": [], "cz-ua": [3, 3], "eu-ua": [], "us-ua": [9, 3]})
    base = alt.Chart(alt.Data(values=values(rows)))
    names = alt.Chart(alt.Data(values=values(last)))
    tip = [
        alt.Tooltip("label:N", title="From and to"),
        alt.Tooltip("date:T", format="%Y", title="In"),
        rounds_tip("mode", "Rounds a month"),
        rounds_tip("low", "At least"),
        rounds_tip("high", "At most"),
        alt.Tooltip("reasoning:N", title="From"),
    ]
    layers = [
        base.mark_area(opacity=0.2).encode(x, _month_axis("low", top), alt.Y2("high"), colour),
        base.mark_line(strokeWidth=3).encode(x, _month_axis("mode", top), colour, dash),
        base.mark_point(filled=True, size=60, opacity=1).encode(
            x, _month_axis("mode", top), colour, tooltip=tip
        ),
        names.mark_text(align="left", dx=7, fontSize=LABEL, fontWeight=600).encode(
            x, _month_axis("place", top), color=worded("estimate_id", _GIVERS), text="short:N"
        ),
    ]
    return layered(layers, height)


# --- two tracks ---------------------------------------------------------------------------------


def tracks_chart(flows: Flows, height: int) -> Spec:
    """Demand met by source, month by month at yearly rates (mean of the draws), and what stays unmet."""
    months = procurement.HORIZON[: procurement.HORIZON.index(MONTHS[-1]) + 1]
    days = [f"{month}-01" for month in months]
    parts, bottom = [], np.zeros(len(months))
    for source in procurement.SOURCES:
        rate = flows.met[source][: len(months)].mean(axis=1) * 12.0
        columns = {"date": days, "source": source, "name": NAMES[source], "rate": rate}
        parts.append(pd.DataFrame({**columns, "low": bottom, "high": bottom + rate}))
        bottom = bottom + rate
    rows = pd.concat(parts, ignore_index=True)
    rows["middle"] = (rows["low"] + rows["high"]) / 2
    demand = pd.DataFrame({"date": days, "demand": flows.demand[: len(months)].mean(axis=1) * 12.0})
    top = float(np.ceil(bottom.max() * 1.08 / 5e5) * 5e5)
    # A source is named at the right end, or near the left one if it has ended by then.
    ends = rows[(rows["date"] == days[-1]) & (rows["rate"] > top / 30)]
    starts = rows[(rows["date"] == days[2]) & (rows["rate"] > top / 20)]
    starts = starts[~starts["source"].isin(ends["source"])]
    word = demand.iloc[[len(demand) // 2]]
    return _fill(
        _tracks_spec(top, height), met=rows, demand=demand, ends=ends, starts=starts, word=word
    )


@lru_cache(maxsize=32)
def _tracks_spec(top: float, height: int) -> Spec:
    x = _years("2026-01-01", "2031-11-01")
    axis = alt.Axis(labelExpr=MILLIONS, tickCount=5, domain=False, ticks=False)

    def y(field: str) -> alt.Y:
        scale = alt.Scale(domain=[0, top], nice=False)
        return alt.Y(f"{field}:Q", scale=scale, axis=axis, title="rounds a year")

    order = list(procurement.SOURCES)
    scale = alt.Scale(domain=order, range=[COLOURS[s] for s in order])
    colour = alt.Color("source:N", scale=scale, legend=None)
    tip = [
        alt.Tooltip("name:N", title="From"),
        alt.Tooltip("date:T", format="%B %Y", title="Month"),
        rounds_tip("rate", "Rounds a year"),
    ]
    asked = _table("demand").mark_line(color=QUIET, strokeWidth=2.5, strokeDash=[6, 4])
    ends = _table("ends").mark_text(align="left", dx=5, fontSize=FIGURE, fontWeight=600)
    starts = _table("starts").mark_text(align="left", dx=5, fontSize=FIGURE, fontWeight=600)
    halo = _table("starts").mark_text(
        align="left", dx=5, fontSize=FIGURE, fontWeight=600, stroke=PAPER, strokeWidth=3
    )
    word = _table("word").mark_text(dy=-13, fontSize=LABEL, fontWeight=600, color=QUIET)
    layers = [
        _table("met")
        .mark_area(opacity=0.9, stroke=PAPER, strokeWidth=1)
        .encode(x, y("low"), alt.Y2("high"), colour, tooltip=tip),
        asked.encode(x, y("demand")),
        ends.encode(x, y("middle"), color=worded("source", COLOURS), text="name:N"),
        halo.encode(x, y("middle"), text="name:N", color=alt.value(PAPER)),
        starts.encode(x, y("middle"), text="name:N", color=alt.value(INK)),
        word.encode(x, y("demand"), text=alt.value("demand")),
    ]
    return layered(layers, height)


def rule_chart(table: pd.DataFrame, preference: float, height: int) -> Spec:
    """Rounds missing by the end of 2030 against the European preference (`procurement.rules`)."""
    rows = table.assign(percent=table["preference"] * 100)
    top = float(np.ceil(max(rows["p90"].max(), 1.0) / 1e6) * 1e6)
    at = float(np.interp(preference, rows["preference"], rows["mean"]))
    dot = pd.DataFrame([{"percent": preference * 100, "mean": at}])
    return _fill(_rule_spec(top, height), rules=rows, dot=dot)


@lru_cache(maxsize=32)
def _rule_spec(top: float, height: int) -> Spec:
    x = alt.X("percent:Q", title="European preference, %").axis(
        values=[0, 25, 50, 65, 75, 100], grid=False
    )
    axis = alt.Axis(labelExpr=MILLIONS, tickCount=4, domain=False, ticks=False)

    def y(field: str) -> alt.Y:
        scale = alt.Scale(domain=[0, top], nice=False)
        return alt.Y(f"{field}:Q", scale=scale, axis=axis, title="rounds missing by 2031")

    tip = [
        alt.Tooltip("percent:Q", format=".0f", title="Preference, %"),
        rounds_tip("mean", "Missing on average"),
        rounds_tip("p10", "P10"),
        rounds_tip("p90", "P90"),
    ]
    base, dot = _table("rules"), _table("dot")
    layers = [
        base.mark_area(color=UNMET, opacity=0.2).encode(x, y("p10"), alt.Y2("p90")),
        base.mark_line(color=UNMET, strokeWidth=3).encode(x, y("mean"), tooltip=tip),
        dot.mark_rule(color=QUIET, strokeDash=[4, 3], strokeWidth=LINE).encode(x),
        dot.mark_point(color=UNMET, filled=True, size=130, opacity=1).encode(x, y("mean")),
    ]
    return layered(layers, height)


# --- money and policy -----------------------------------------------------------------------------


def _named_rows(base: alt.Chart, y: alt.Y) -> alt.Chart:
    """Row names above their bars, so that narrow columns keep their width for the bars."""
    return base.mark_text(
        align="left", baseline="bottom", dy=-13, fontSize=LABEL, color=QUIET
    ).encode(x=alt.value(0), y=y, text="what:N")


def balance_chart(table: pd.DataFrame, height: int) -> Spec:
    """NATO's and Russia's parts of economies and of ammunition (`money.balance`)."""
    rows = []
    for row in table.itertuples():
        rows.append({"what": row.what, "who": "nato", "low": 0.0, "high": row.nato})
        rows.append({"what": row.what, "who": "russia", "low": row.nato, "high": 1.0})
    for row in rows:
        part = row["high"] - row["low"]
        row["middle"] = (row["low"] + row["high"]) / 2
        row["text"] = f"{NAMES[row['who']]} {percent(part)}" if part > 0.22 else ""
    return _fill(_balance_spec(tuple(table["what"]), height), parts=pd.DataFrame(rows))


@lru_cache(maxsize=4)
def _balance_spec(order: tuple[str, ...], height: int) -> Spec:
    base = _table("parts")
    y = alt.Y("what:N", sort=list(order), title=None).axis(None)
    x = alt.X("low:Q", title=None, scale=alt.Scale(domain=[0, 1])).axis(None)
    colour = alt.Color(
        "who:N",
        scale=alt.Scale(
            domain=["nato", "russia"], range=[palette.words(NATO), palette.words(RUSSIA)]
        ),
        legend=None,
    )
    bars = base.mark_bar(height=20).encode(x, alt.X2("high:Q"), y, colour)
    words = base.mark_text(fontSize=FIGURE, fontWeight=600, color=PAPER).encode(
        alt.X("middle:Q"), y, text="text:N"
    )
    names = _named_rows(base.transform_filter("datum.who == 'nato'"), y)
    return layered([bars, words, names], height)


def purchase_chart(found: money.Purchase, height: int) -> Spec:
    """Rounds a sum buys at published prices beside the rounds Europe makes from 2026 to 2030."""
    rows = [
        ("What the money buys, by price", found.rounds, "buys"),
        ("What Europe makes, 2026 to 2030", found.made, "makes"),
    ]
    table = pd.DataFrame(
        [
            {"what": what, "low": low, "middle": middle, "high": high, "side": side}
            for what, (low, middle, high), side in rows
        ]
    )
    table["text"] = [millions(v) for v in table["middle"]]
    most = float(np.ceil(table["high"].max() * 1.3 / 1e6) * 1e6)
    return _fill(_purchase_spec(tuple(table["what"]), most, height), parts=table)


@lru_cache(maxsize=64)
def _purchase_spec(order: tuple[str, ...], most: float, height: int) -> Spec:
    base = _table("parts")
    y = alt.Y("what:N", sort=list(order), title=None).axis(None)
    x = alt.X("low:Q", title=None, scale=alt.Scale(domain=[0, most])).axis(
        labelExpr=MILLIONS, tickCount=5
    )
    scale = alt.Scale(domain=["buys", "makes"], range=[OTHER, EUROPE])
    colour = alt.Color("side:N", scale=scale, legend=None)
    layers = [
        base.mark_bar(height=14, opacity=0.35).encode(x, alt.X2("high:Q"), y, colour),
        base.mark_point(filled=True, size=130, opacity=1).encode(alt.X("middle:Q"), y, colour),
        base.mark_text(align="left", dx=8, fontSize=FIGURE, fontWeight=600, color=QUIET).encode(
            alt.X("high:Q"), y, text="text:N"
        ),
        _named_rows(base, y),
    ]
    return layered(layers, height)


def asap_chart(table: pd.DataFrame, labels: dict[str, str], height: int) -> Spec:
    """The EU's ammunition grants by stage (`money.asap`)."""
    rows = table.assign(
        label=[labels.get(s, "missiles, testing, fees") for s in table["stage"]],
        text=[f"{v:,.0f} m" for v in table["eur_m"]],
    )
    base = alt.Chart(alt.Data(values=values(rows)))
    y = alt.Y("label:N", sort=list(rows["label"]), title=None)
    y = y.axis(labelLimit=200, ticks=False, domain=False)
    x = alt.X("eur_m:Q", title=None, scale=alt.Scale(domain=[0, rows["eur_m"].max() * 1.4]))
    scale = alt.Scale(domain=[*STAGES, ""], range=[*STAGES.values(), BASELINE])
    colour = alt.Color("stage:N", scale=scale, legend=None)
    bars = base.mark_bar(height={"band": 0.65}, stroke=EDGE, strokeWidth=1).encode(
        x.axis(None), y, colour
    )
    words = base.mark_text(align="left", dx=5, fontSize=LABEL, fontWeight=600, color=QUIET).encode(
        x, y, text="text:N"
    )
    return layered([bars, words], height)


_POLICY_SPAN = ["2022-09-01", "2027-09-01"]
_AXIS_WIDTH = (
    46  # both charts of the timeline keep as much room for the axis, so that months line up
)


@lru_cache(maxsize=16)
def policies_chart(records: Records, height: int) -> Spec:
    """Policies at their dates, by strand of NATO's plan."""
    rows = records.policies[records.policies["settings"] == ""].sort_values("date")
    placed = _levels(rows)
    levels = max(placed)
    marks = rows.assign(
        day=[f"{dates.month_text(dates.month_number(d))}-15" for d in rows["date"]],
        level=[levels + 1 - level for level in placed],
    )
    scale = alt.Scale(domain=list(STRANDS), range=list(STRANDS.values()))
    colour = alt.Color("strand:N", scale=scale, legend=None)
    tip = [
        alt.Tooltip("label:N", title="Policy"),
        alt.Tooltip("date:N", title="Date"),
        alt.Tooltip("strand:N", title="Strand"),
        alt.Tooltip("reasoning:N", title="What"),
    ]
    x = alt.X("day:T", title=None, scale=alt.Scale(domain=_POLICY_SPAN)).axis(None)
    blank = alt.Axis(
        labelOpacity=0, titleOpacity=0, grid=False, domain=False, ticks=False,
        minExtent=_AXIS_WIDTH, maxExtent=_AXIS_WIDTH,
    )  # fmt: skip
    scale = alt.Scale(domain=[0.3, levels + 0.6], nice=False)
    y = alt.Y("level:Q", title="lines", scale=scale, axis=blank)
    base = alt.Chart(alt.Data(values=values(marks)))
    layers = [
        base.mark_rule(opacity=0.3, strokeWidth=LINE).encode(x, y, y2=alt.datum(0.3), color=colour),
        base.mark_point(filled=True, size=80, opacity=1).encode(x, y, colour, tooltip=tip),
        base.mark_text(align="left", dx=7, fontSize=LABEL).encode(
            x, y, colour, text="label:N", tooltip=tip
        ),
    ]
    return layered(layers, height)


def _levels(rows: pd.DataFrame) -> list[int]:
    """A level for each policy, in order of date, such that no label runs into the next one of its level."""
    ends: list[float] = []
    found = []
    for row in rows.itertuples():
        start = dates.month_number(row.date)
        free = next((k for k, end in enumerate(ends) if end <= start), len(ends))
        ends[free : free + 1] = [
            start + 2 + 0.6 * len(row.label)
        ]  # months a label takes on a small screen
        found.append(free + 1)
    return found


@lru_cache(maxsize=16)
def starts_chart(records: Records, height: int) -> Spec:
    """Lines that broke ground, and that opened or first delivered, counted up on the policies' axis."""
    counts = started(records)
    names = ["ground broken, where reported", "opened or first output"]
    scale = alt.Scale(domain=names, range=[BASELINE, EUROPE])
    tone = alt.Color("what:N", scale=scale, legend=None)
    axis = alt.Axis(format="%Y", tickCount="year", grid=False)
    x = alt.X("day:T", title=None, axis=axis, scale=alt.Scale(domain=_POLICY_SPAN))
    y = alt.Y("count:Q", title="lines, in all").axis(
        tickCount=4, domain=False, ticks=False, minExtent=_AXIS_WIDTH, maxExtent=_AXIS_WIDTH
    )
    base = alt.Chart(alt.Data(values=values(counts)))
    last = alt.Chart(alt.Data(values=values(counts.drop_duplicates("what", keep="last"))))
    tip = [
        alt.Tooltip("what:N", title="Lines"),
        alt.Tooltip("count:Q", title="In all"),
        alt.Tooltip("day:T", format="%B %Y", title="By"),
    ]
    layers = [
        base.mark_line(strokeWidth=3, interpolate="step-after").encode(
            x, y, tone, _dashes("what", dict(zip(names, ([6, 3], []), strict=True))), tooltip=tip
        ),
        last.mark_text(align="left", dx=5, fontSize=LABEL, fontWeight=600).encode(
            x, y, color=worded("what", {names[0]: BASELINE, names[1]: EUROPE}), text="what:N"
        ),
    ]
    return layered(layers, height)


def started(records: Records) -> pd.DataFrame:
    """Lines that had broken ground, and that opened or delivered, by day: what, day, count."""
    return pd.concat([_counted(records, "groundbreaking"), _counted(records, "opened")])


def _counted(records: Records, what: str) -> pd.DataFrame:
    """Lines that had broken ground, or opened or delivered, by day: what, day, count."""
    first = dt.date.fromisoformat(_POLICY_SPAN[0])
    if what == "opened":
        days = sorted(timeline.opened(records, first)["first_day"])
        name = "opened or first output"
    else:
        found = timeline.milestones(records)
        done = found[(found["milestone"] == what) & (found["delivered"] != "")]
        days = sorted(d for d in map(dates.first_day, done["delivered"]) if d >= first)
        name = "ground broken, where reported"
    rows = [(name, first.isoformat(), 0)]
    rows += [(name, day.isoformat(), place + 1) for place, day in enumerate(days)]
    rows.append((name, records.end.isoformat(), len(days)))
    return pd.DataFrame(rows, columns=["what", "day", "count"])


def prices_chart(table: pd.DataFrame, height: int) -> Spec:
    """Published prices of a round over time (`money.prices`)."""
    base = alt.Chart(alt.Data(values=values(table)))
    x = _years("2021-10-01", "2026-01-01")
    y = alt.Y("low:Q", title="euro a round").axis(format=",.0f", tickCount=5, domain=False)
    colour = alt.condition("datum.russia", alt.value(RUSSIA), alt.value(EUROPE))
    tip = [
        alt.Tooltip("middle:Q", format=",.2r", title="Euro a round"),
        alt.Tooltip("date:T", format="%B %Y", title="When"),
        alt.Tooltip("who:N", title="Where"),
        alt.Tooltip("basis:N", title="What"),
    ]
    layers = [
        base.mark_rule(strokeWidth=3, opacity=0.5).encode(x, y, alt.Y2("high"), color=colour),
        base.mark_point(size=70, filled=True, opacity=0.85).encode(
            x, alt.Y("middle:Q"), color=colour, tooltip=tip
        ),
    ]
    return layered(layers, height)
