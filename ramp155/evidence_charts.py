"""The Evidence page's charts: slips, how long steps take, claims, hindcast, silence."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ramp155 import palette
from ramp155.charts import Spec, layered, rounds_tip, values
from ramp155.figures import millions
from ramp155.gap_charts import MILLIONS
from ramp155.palette import (
    BASELINE,
    EUROPE,
    FIGURE,
    GOOD,
    LABEL,
    LINE,
    MISS,
    MONEY,
    NAMEPLATE,
    OTHER,
    QUIET,
    UKRAINE,
    US,
)
from ramp155.palette import WARNING as LATE
from ramp155.promises import FEWEST, Spread

# What a figure counts, in the colours of the path chart; all else is grey.
COUNTS = {
    "capacity": NAMEPLATE,
    "output": EUROPE,
    "delivery": GOOD,
    "demand": OTHER,
    "trade": UKRAINE,
    "orders": US,
    "money": MONEY,
    "other": BASELINE,
}


def slips_chart(dated: pd.DataFrame, spread: Spread, height: int) -> Spec:
    """Every slip as a dot over its months; the median and the P90 with their ranges.

    `dated` as `promises.dated`. Filled: delivered. Hollow: still promised.
    """
    rows = dated.sort_values(["slip_months", "kept"]).copy()
    rows["level"] = rows.groupby(rows["slip_months"].round()).cumcount() + 1
    rows["what"] = rows["milestone"].str.replace("_", " ")
    top = max(int(rows["level"].max()) + 2, 6)
    low, high = rows["slip_months"].min() - 3, rows["slip_months"].max() + 3

    def x(field: str) -> alt.X:
        axis = alt.Axis(title="months later than first promised", grid=False, tickCount=10)
        return alt.X(f"{field}:Q", axis=axis, scale=alt.Scale(domain=[low, high], nice=False))

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, top]))

    tip = [
        alt.Tooltip("name:N", title="Line"),
        alt.Tooltip("product:N", title="Product"),
        alt.Tooltip("what:N", title="Milestone"),
        alt.Tooltip("first_promise:N", title="First promised for"),
        alt.Tooltip("end:N", title="Delivered or now promised"),
        alt.Tooltip("slip_months:Q", format="+.0f", title="Slip, months"),
    ]
    base = alt.Chart(alt.Data(values=values(rows)))
    dots = [
        base.transform_filter("datum.kept == 'delivered'")
        .mark_circle(size=90, color=EUROPE, opacity=0.95)
        .encode(x("slip_months"), y("level"), tooltip=tip),
        base.transform_filter("datum.kept == 'promised'")
        .mark_point(size=80, color=EUROPE, filled=False, strokeWidth=2)
        .encode(x("slip_months"), y("level"), tooltip=tip),
    ]
    marks = pd.DataFrame(
        [
            ("median", spread.median, *spread.median_range, f"median {spread.median:.0f}"),
            ("p90", spread.p90, *spread.p90_range, f"one in ten: {spread.p90:.0f} or more"),
        ],
        columns=["name", "at", "low", "high", "text"],
    ).assign(top=top, bottom=0)
    lines = alt.Chart(alt.Data(values=values(marks)))
    return layered(
        [
            lines.mark_rect(opacity=0.13, color=LATE).encode(
                x("low"), alt.X2("high:Q"), y("bottom"), alt.Y2("top:Q")
            ),
            lines.mark_rule(color=LATE, strokeWidth=2).encode(
                x("at"), y("bottom"), alt.Y2("top:Q")
            ),
            lines.mark_text(
                align="left", dx=5, dy=8, color=palette.words(LATE), fontSize=LABEL, fontWeight=600
            ).encode(x("at"), y("top"), text="text:N"),
            *dots,
        ],
        height,
    )


def groups_chart(table: pd.DataFrame, column: str, names: dict[str, str], height: int) -> Spec:
    """Median to P90 of each group's slips (`promises.by`), with how many milestones stand behind it."""
    rows = table.copy()
    rows["label"] = [
        f"{names.get(name, name)} ({count})"
        for name, count in zip(rows[column], rows["count"], strict=True)
    ]
    base = alt.Chart(alt.Data(values=values(rows)))
    y = alt.Y("label:N", sort=list(rows["label"]), title=None)
    y = y.axis(labelLimit=190, ticks=False, domain=False, labelOverlap=False, labelPadding=9)
    x = alt.X("median:Q", title="slip in months: ● median to ▏one in ten")
    x = x.axis(tickCount=6, domain=False)
    few = alt.condition("datum.count < 5", alt.value(0.45), alt.value(1.0))
    tip = [
        alt.Tooltip("label:N", title="Group"),
        alt.Tooltip("late:Q", format=".0%", title="Late"),
        alt.Tooltip("median:Q", format=".0f", title="Median"),
        alt.Tooltip("median_low:Q", format=".0f", title="from"),
        alt.Tooltip("median_high:Q", format=".0f", title="to"),
        alt.Tooltip("p90:Q", format=".0f", title="P90"),
        alt.Tooltip("p90_low:Q", format=".0f", title="from"),
        alt.Tooltip("p90_high:Q", format=".0f", title="to"),
    ]
    return layered(
        [
            base.mark_rule(color=BASELINE, strokeWidth=3).encode(
                x, alt.X2("p90:Q"), y, opacity=few, tooltip=tip
            ),
            base.mark_tick(color=LATE, thickness=4, size=14).encode(
                alt.X("p90:Q"), y, opacity=few, tooltip=tip
            ),
            base.mark_circle(color=EUROPE, size=110).encode(x, y, opacity=few, tooltip=tip),
        ],
        height,
    )


def survival_chart(curve: pd.DataFrame, height: int) -> Spec:
    """The share of lines whose step still lasts (`promises.survival`), as steps with their range, as
    far as enough lines were followed."""
    base = alt.Chart(alt.Data(values=values(curve[curve["at_risk"] >= FEWEST])))
    x = alt.X("months:Q", title="months since it began").axis(grid=False, tickCount=8)
    y = alt.Y("share:Q", title=None, scale=alt.Scale(domain=[0, 1]))
    y = y.axis(format="%", values=[0, 0.5, 1], domain=False, ticks=False)
    tip = [
        alt.Tooltip("months:Q", title="After months"),
        alt.Tooltip("share:Q", format=".0%", title="Not there yet"),
        alt.Tooltip("at_risk:Q", title="Lines followed so long"),
    ]
    return layered(
        [
            base.mark_area(interpolate="step-after", opacity=0.18, color=EUROPE).encode(
                x, alt.Y("low:Q"), alt.Y2("high:Q")
            ),
            base.mark_line(interpolate="step-after", color=EUROPE, strokeWidth=3).encode(
                x, y, tooltip=tip
            ),
        ],
        height,
    )


_CLAIM_TIP = [
    alt.Tooltip("value_low:Q", format=",.6~g", title="From"),
    alt.Tooltip("value_high:Q", format=",.6~g", title="To"),
    alt.Tooltip("value_unit:N", title="Unit"),
    alt.Tooltip("counts:N", title="Counts"),
    alt.Tooltip("status:N", title="Is"),
    alt.Tooltip("period:N", title="Speaks of"),
    alt.Tooltip("reported_on:N", title="Said on"),
    alt.Tooltip("publisher:N", title="Where"),
    alt.Tooltip("basis:N", title="What"),
]


def _claim_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Claims with a figure, ready to draw: a bound stands at its one figure."""
    known = rows[rows["value_low"].notna() | rows["value_high"].notna()].copy()
    known["left"] = known["value_low"].fillna(known["value_high"])
    known["right"] = known["value_high"].fillna(known["value_low"])
    known["middle"] = (known["left"] + known["right"]) / 2
    known["bound"] = [
        "at most " if low != low else "at least " if high != high else ""
        for low, high in zip(known["value_low"], known["value_high"], strict=True)
    ]
    keep = [
        "claim_id",
        "subject",
        "left",
        "right",
        "middle",
        "bound",
        "value_low",
        "value_high",
        "value_unit",
        "counts",
        "status",
    ]
    keep += ["period", "reported_on", "publisher", "basis", "state", "date", "class"]
    return known[keep]


def _colour() -> alt.Color:
    scale = alt.Scale(domain=list(COUNTS), range=list(COUNTS.values()))
    return alt.Color("counts:N", scale=scale, legend=None)


def figure(left: float, right: float, unit: str, bound: str = "") -> str:
    """A claim's figure in words: 1.5 to 1.7 million, at most 500,000, 40 %."""
    say = millions if unit == "rounds/yr" and right >= 10_000 else lambda value: f"{value:,.6g}"
    first, last = say(left), say(right)
    if left != right and first.endswith(" million") and last.endswith(" million"):
        first = first.removesuffix(" million")
    text = first if left == right else f"{first} to {last}"
    short = {"rounds/yr": "", "%": " %"}.get(unit, f" {unit}")
    return f"{bound}{text}{short}"


def _speaker(basis: str) -> str:
    """Who is quoted, where a paraphrase begins with it ("Breton: capacity ..."); else blank."""
    name, colon, _ = basis.partition(": ")
    return name if colon and len(name) <= 34 else ""


def _cut(name: str, most: int = 24) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip(" (") + "…"


def topic_chart(rows: pd.DataFrame) -> Spec | None:
    """Contradicting claims one under the other: figure and range, who said it when; None without a figure.

    `rows` as `ledger.on_topic`; only those in the commonest unit are drawn.
    """
    drawn = _claim_rows(rows)
    if drawn.empty:
        return None
    unit = drawn["value_unit"].mode()[0]
    drawn = drawn[drawn["value_unit"] == unit]
    drawn["text"] = [
        figure(left, right, unit, bound) + (" · target" if status == "target" else "")
        for left, right, bound, status in zip(
            drawn["left"], drawn["right"], drawn["bound"], drawn["status"], strict=True
        )
    ]
    drawn["label"] = [
        f"{_cut(_speaker(basis) or who, 12 if state else 24)}{f' [{state} state]' if state else ''}, "
        f"{said[:7] or 'undated'}"
        for basis, who, state, said in zip(
            drawn["basis"], drawn["publisher"], drawn["state"], drawn["reported_on"], strict=True
        )
    ]
    base = alt.Chart(alt.Data(values=values(drawn)))
    y = alt.Y("claim_id:N", sort=list(drawn["claim_id"]), title=None)
    names = (
        "{"
        + ",".join(f"{c!r}: {n!r}" for c, n in zip(drawn["claim_id"], drawn["label"], strict=True))
        + "}"
    )
    y = y.axis(
        labelExpr=f"{names}[datum.value]",
        labelLimit=230,  # the longest at 12 px, on a phone too
        ticks=False,
        domain=False,
        labelOverlap=False,
    )
    top = float(drawn["right"].max()) * 1.7
    x = alt.X("left:Q", title=None if unit == "rounds/yr" else unit)
    x = x.scale(domain=[min(0.0, float(drawn["left"].min())), top], nice=False)
    expression = MILLIONS if unit == "rounds/yr" and top > 300_000 else "format(datum.value, '~s')"
    x = x.axis(labelExpr=expression, tickCount=6, domain=False, ticks=False)
    return layered(
        [
            base.mark_rule(strokeWidth=6, strokeCap="round").encode(
                x, alt.X2("right:Q"), y, _colour(), tooltip=_CLAIM_TIP
            ),
            base.transform_filter("datum.status != 'target'")
            .mark_circle(size=130, opacity=1)
            .encode(alt.X("middle:Q"), y, _colour(), tooltip=_CLAIM_TIP),
            base.transform_filter("datum.status == 'target'")
            .mark_point(size=120, shape="diamond", filled=False, strokeWidth=2.5)
            .encode(alt.X("middle:Q"), y, _colour(), tooltip=_CLAIM_TIP),
            base.mark_text(align="left", dx=11, fontSize=LABEL, color=QUIET).encode(
                alt.X("right:Q"), y, text="text:N"
            ),
        ],
        alt.Step(25),
    )


def quantity_chart(rows: pd.DataFrame, height: int) -> Spec | None:
    """Claims of one quantity over the time they speak of, with ranges; None without a figure and a date.

    Filled: reported or estimated. Hollow diamond: a target. Only the commonest unit is drawn.
    """
    drawn = _claim_rows(rows)
    drawn = drawn[drawn["date"] != ""]
    if drawn.empty:
        return None
    unit = drawn["value_unit"].mode()[0]
    drawn = drawn[drawn["value_unit"] == unit]
    base = alt.Chart(alt.Data(values=values(drawn)))
    x = alt.X("date:T", title=None).axis(format="%Y", grid=False, tickCount=8)
    y = alt.Y("left:Q", title=unit.replace("/yr", " a year"), scale=alt.Scale(zero=True))
    y = y.axis(format="~s", domain=False, ticks=False, tickCount=5)
    return layered(
        [
            base.mark_rule(strokeWidth=4, opacity=0.6).encode(
                x, y, _colour(), y2=alt.Y2("right:Q"), tooltip=_CLAIM_TIP
            ),
            base.transform_filter("datum.status != 'target'")
            .mark_circle(size=90, opacity=0.9)
            .encode(x, alt.Y("middle:Q"), _colour(), tooltip=_CLAIM_TIP),
            base.transform_filter("datum.status == 'target'")
            .mark_point(size=80, shape="diamond", filled=False, strokeWidth=2)
            .encode(x, alt.Y("middle:Q"), _colour(), tooltip=_CLAIM_TIP),
        ],
        height,
    )


def hindcast_chart(
    path: pd.DataFrame, known: pd.DataFrame, totals: pd.DataFrame, cutoff: str, height: int
) -> Spec:
    """One observable: the band from the cut-off on, what was known (grey) and what came (hit or miss)."""
    ahead = path.assign(date=[f"{month}-15" for month in path["month"]])
    ahead = ahead[ahead["date"] >= f"{int(cutoff[:4]) - 1}-12-01"]
    x = alt.X("date:T", title=None)
    x = x.scale(domain=["2022-01-01", "2026-03-01"], nice=False)
    x = x.axis(format="%y", tickCount="year", grid=False)
    y = alt.Y("low:Q", title=None, scale=alt.Scale(domain=[0, 2_100_000], clamp=True))
    y = y.axis(
        labelExpr=MILLIONS,
        values=[0, 500_000, 1_000_000, 1_500_000, 2_000_000],
        domain=False,
        ticks=False,
    )

    def told(rows: pd.DataFrame) -> pd.DataFrame:
        kept = rows.assign(
            date=[f"{year}-12-15" if o == "nameplate" else f"{year}-07-01"
                  for year, o in zip(rows["year"], rows["observable"], strict=True)],
            left=rows["low"].fillna(rows["high"]),
            right=rows["high"].fillna(rows["low"]),
            bound=["at most" if low != low else "" for low in rows["low"]],
        )  # fmt: skip
        return kept.drop(columns="known_on")

    band = alt.Chart(alt.Data(values=values(ahead)))
    before = alt.Chart(alt.Data(values=values(told(known))))
    later = alt.Chart(alt.Data(values=values(told(totals))))
    tip = [
        alt.Tooltip("basis:N", title="What"),
        alt.Tooltip("bound:N", title="Reads"),
        rounds_tip("left", "From"),
        rounds_tip("right", "To"),
        alt.Tooltip("said_on:N", title="Said on"),
    ]
    outcome = alt.condition("datum.hit", alt.value(GOOD), alt.value(MISS))
    inside = alt.condition("datum.hit", alt.value("circle"), alt.value("cross"))
    limit = later.transform_filter("datum.bound != ''")
    said = later.transform_filter("datum.bound == ''")
    rule = alt.Chart(alt.Data(values=[{"date": cutoff}]))
    low, high, middle = alt.Y("left:Q"), alt.Y2("right:Q"), "(datum.left + datum.right) / 2"
    return layered(
        [
            band.mark_area(opacity=0.25, color=EUROPE).encode(
                x, alt.Y("p10:Q", title=None), alt.Y2("p90:Q")
            ),
            band.mark_line(strokeWidth=2.5, color=EUROPE).encode(x, alt.Y("p50:Q")),
            rule.mark_rule(color=BASELINE, strokeDash=[3, 3], strokeWidth=LINE).encode(x),
            before.transform_calculate(low=middle)
            .mark_circle(color=BASELINE, size=60)
            .encode(x, y, tooltip=tip),
            said.mark_rule(strokeWidth=3, opacity=0.6).encode(
                x, low, high, color=outcome, tooltip=tip
            ),
            said.transform_calculate(low=middle)
            .mark_point(filled=True, size=95, opacity=1)
            .encode(x, y, color=outcome, shape=inside, tooltip=tip),
            limit.transform_calculate(low=middle)
            .mark_point(filled=False, size=80, strokeWidth=2, shape="triangle-down", opacity=1)
            .encode(x, y, color=outcome, tooltip=tip),
        ],
        height,
    )


def silent_bins(months: pd.Series) -> list[dict[str, object]]:
    """Lines by months since their last report: label, lines."""
    bins = [("under 6", 0, 6), ("6 to 12", 6, 12), ("12 to 24", 12, 24), ("24 or more", 24, 10_000)]
    return [
        {"label": f"{name} months", "lines": int(((months >= low) & (months < high)).sum())}
        for name, low, high in bins
    ]


def silence_chart(months: pd.Series, height: int) -> Spec:
    """How long ago each line was last reported, in bins."""
    rows = silent_bins(months)
    base = alt.Chart(alt.Data(values=rows))
    y = alt.Y("label:N", sort=[row["label"] for row in rows], title=None)
    y = y.axis(ticks=False, domain=False)
    top = max(row["lines"] for row in rows) * 1.15 or 1  # room for the longest bar's figure
    x = alt.X("lines:Q", axis=None, scale=alt.Scale(domain=[0, top], nice=False))
    colour = alt.condition("datum.label == '24 or more months'", alt.value(LATE), alt.value(EUROPE))
    return layered(
        [
            base.mark_bar(height=18).encode(x, y, color=colour),
            base.mark_text(align="left", dx=5, fontSize=FIGURE, color=QUIET).encode(
                x, y, text="lines:Q"
            ),
        ],
        height,
    )
