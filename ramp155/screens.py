"""The product's main pictures, each built from one view of the record and the model.

A page draws them beside its controls, a briefing one a screen, and slides, files and briefs are made of
them: one builder a picture, whatever it is shown on.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from textwrap import shorten

import numpy as np
import pandas as pd

from ramp155 import (
    charts,
    evidence_charts,
    evidence_words,
    gap,
    gap_charts,
    gap_words,
    goal,
    ledger,
    maps,
    money,
    outlook,
    palette,
    procurement,
    promises,
    sensitivity,
    simulation,
    timeline,
    words,
)
from ramp155.figures import month_name
from ramp155.hindcast import CUTOFFS
from ramp155.hindcast import run as hindcast
from ramp155.posters import Native, Picture
from ramp155.records import PRODUCTS, Records
from ramp155.scenario import MONTHS, Scenario

# Accepted draws behind every band; fewer are quicker and rougher.
DRAWS = int(os.environ.get("RAMP155_DRAWS", 1000))
YEAR = "2024"  # the year most estimates of Russia speak of
TARGET = "million"  # the target whose odds are drawn against supply

_BASELINE, _USUAL, _TERMS = Scenario(), gap.Comparison(), procurement.Terms()


@dataclass(frozen=True)
class View:
    """What a picture is asked of: a scenario and month, whose figures, demand, a date, a product.

    `as_of` None is the record's end; `products` empty means all; `spend` is percent of Readiness 2030.
    """

    scenario: Scenario = _BASELINE
    month: str = outlook.DEFAULT_MONTH
    comparison: gap.Comparison = _USUAL
    terms: procurement.Terms = _TERMS
    as_of: dt.date | None = None
    hindsight: bool = False
    products: tuple[str, ...] = ()
    topic: str = "eu-2024-end"
    spend: float = 1.0


Builder = Callable[[Records, View], Picture]


def _picture(build: Builder) -> Builder:
    """A builder that keeps what it built for whoever looks next."""
    return lru_cache(maxsize=64)(build)


# --- who says so ----------------------------------------------------------------------------------


def source(records: Records, counted: str, source_ids: list[str] | None = None) -> str:
    """A source line: as of when, what is counted, who says so (the most cited first).

    Who says so comes last, for that is what is cut where a line is too short.
    """
    told = f"Ramp 155, record as of {records.end.day} {records.end:%B %Y}, model {simulation.MODEL}. {counted}"
    return f"{told} Sources: {publishers(records, source_ids)}." if source_ids else told


def publishers(records: Records, source_ids: list[str], most: int = 4) -> str:
    """The publishers of some sources, most cited first: A, B, C and 9 more."""
    names = pd.Series([records.source(s).publisher for s in source_ids if s])
    ranked = list(names.value_counts(sort=True).index)
    if len(ranked) <= most + 1:
        return ", ".join(ranked)
    return f"{', '.join(ranked[:most])} and {len(ranked) - most} more"


def _claimed(records: Records, claim_ids: list[str]) -> list[str]:
    return [records.claim(claim_id).source_id for claim_id in claim_ids]


_MODEL = (
    "Complete 155 mm rounds at yearly rates, European NATO and Switzerland. Forecast of the model; shaded: "
    "8 in 10 sets of assumptions that fit the reports of 2022 to 2025."
)


# --- output ---------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _run(records: Records, scenario: Scenario, month: str) -> outlook.Outlook:
    """A scenario's answers, run once for the pictures that show them."""
    return outlook.run(records, scenario, draws=DRAWS, month=month)


@_picture
def output(records: Records, view: View) -> Picture:
    """The path of complete rounds with its band, over baseline and nameplate."""
    found = _run(records, view.scenario, view.month)
    at = outlook.read(records, view.scenario, view.month, DRAWS)
    path = found.path
    same = np.allclose(path["rounds_per_year"], path["baseline_rounds_per_year"])
    series = {
        "Output, P10": path["p10"],
        "Output, P90": path["p90"],
        "Nameplate": path["nameplate_rounds_per_year"],
        "Baseline": path["baseline_rounds_per_year"],
        "Output": path["rounds_per_year"],
    }
    tones = [palette.EUROPE, palette.EUROPE, palette.NAMEPLATE, palette.BASELINE, palette.EUROPE]
    if same:
        del series["Baseline"], tones[3]
    return Picture(
        "output",
        words.finding(records, view.scenario, at),
        charts.path_spec(records, 330),
        source(records, _MODEL),
        charts.path_data(found, words.labels(records)),
        f"Line chart, 2022 to 2030. {words.readout(view.scenario, at)}",
        _native(
            "line",
            MONTHS,
            series,
            tones,
            "complete rounds a year",
            ("Output, P10", "Output, P90", "Nameplate"),
        ),
    )


@_picture
def response(records: Records, view: View) -> Picture:
    """Output in one month against nitrocellulose supply."""
    found = _run(records, view.scenario, view.month)
    turns = outlook.turns(records, view.scenario, view.month)
    curve = found.response
    supply = [f"{p * 100:.0f} %" for p in curve["nitrocellulose"]]
    series = {"P10": curve["p10"], "P90": curve["p90"], "Output": curve["rounds_per_year"]}
    return Picture(
        "response",
        words.response(records, view.scenario, turns, view.month),
        charts.response_spec(190),
        source(records, f"Output in {month_name(view.month)}. {_MODEL}"),
        charts.response_data(records, found, words.labels(records), turns),
        "Curve of output over nitrocellulose supply from 0 to 200 % of the baseline",
        _native("line", supply, series, [palette.EUROPE] * 3, "rounds a year", ("P10", "P90")),
    )


@_picture
def goal_odds(records: Records, view: View) -> Picture:
    """The odds of a million complete rounds a year against nitrocellulose supply."""
    target = float(records.targets.set_index("target_id").loc[TARGET, "rounds_per_year"])
    return odds_by_supply(records, view.scenario, target, view.month)


@lru_cache(maxsize=64)
def odds_by_supply(records: Records, scenario: Scenario, target: float, by: str) -> Picture:
    """The odds of a target against nitrocellulose supply."""
    table = goal.odds_by_supply(records, scenario, target, by, DRAWS)
    supply = [f"{p * 100:.0f} %" for p in table["nitrocellulose"]]
    return Picture(
        "goal_odds",
        words.odds_by_supply(table, target, by),
        charts.odds_chart(table, 190),
        source(
            records, f"Share of {DRAWS:,} sets of assumptions that fit the reports of 2022 to 2025."
        ),
        None,
        "Area of odds over nitrocellulose supply from 0 to 200 % of the baseline",
        _native("line", supply, {"Odds": table["odds"]}, [palette.EUROPE], "odds", number="0%"),
    )


@_picture
def stages(records: Records, view: View) -> Picture:
    """How much of its capacity each stage uses."""
    found = outlook.utilisation(records, view.scenario, view.month)
    labels = words.labels(records)
    rows = found.stages.sort_values("utilisation")
    return Picture(
        "stages",
        words.utilisation(records, view.scenario, found, view.month)[0],
        charts.utilisation_chart(found.stages, labels, 240),
        source(records, "Share of each stage's capacity for 155 mm that is used, middle case of the model."),
        None,
        "Bars, one a stage of the chain",
        _native(
            "bar", [labels[s] for s in rows["stage"]], {"Share of capacity used": rows["utilisation"]},
            [palette.EUROPE], "share of capacity", number="0%",
        ),
    )  # fmt: skip


@_picture
def tornado(records: Records, view: View) -> Picture:
    """What the answer hangs on, one coefficient at a time."""
    table = sensitivity.tornado(records, view.scenario, view.month)
    path = outlook.run(records, view.scenario).path.set_index("month")
    middle = float(path.loc[view.month, "rounds_per_year"])
    top = table.head(10)
    series = {"at its low": top["rounds_at_low"][::-1], "at its high": top["rounds_at_high"][::-1]}
    return Picture(
        "tornado",
        words.tornado_finding(table, view.month),
        charts.tornado_chart(top, middle, 330),
        source(records, "Each coefficient alone goes from the low to the high end of its range."),
        None,
        "Bars of output with each coefficient at its low and at its high end",
        _native("bar", list(top["label"][::-1]), series, [palette.BASELINE, palette.EUROPE], "rounds a year"),
    )  # fmt: skip


@_picture
def pinned(records: Records, view: View) -> Picture:
    """How much of the filling capacity claimed the record can pin to named lines."""
    rows = outlook.pinned(records)
    rows = rows[(rows["stage"] == "projectile") & rows["month"].str.endswith("-12")]
    series = {
        "Named lines": rows["attributed"],
        "Not attributed to any line": rows["unattributed"],
    }
    return Picture(
        "pinned",
        words.pinned_finding(rows),
        charts.pinned_chart(records, "projectile", 240),
        source(records, "Filling and assembly capacity at each year's end; what no named line explains is an assumption."),
        None,
        "Stacked columns by year: capacity of named lines, and the rest",
        _native("column", list(rows["month"].str[:4]), series, [palette.EUROPE, palette.BASELINE], "rounds a year", stacked=True),
    )  # fmt: skip


# --- the gap --------------------------------------------------------------------------------------


def _compared(records: Records, view: View) -> gap.Gap:
    return gap.compare(records, view.scenario, view.comparison, DRAWS)


def _counted(records: Records, view: View) -> str:
    claims = list(gap_charts.said(records)["claim_id"])
    rows = records.estimates
    wanted = rows.loc[
        rows["estimate_id"].isin([view.comparison.russia, view.comparison.us]), "claim_ids"
    ]
    claims += " ".join(wanted).split()
    text = f"Counted: {gap_words.counted(view.comparison)}. Shaded: 8 in 10 draws."
    return source(records, text, _claimed(records, claims))


@_picture
def ratio(records: Records, view: View) -> Picture:
    """Russia's rounds for each of NATO's, month by month, with what officials said."""
    found = _compared(records, view)
    nato, europe = (found.ratio[found.ratio["versus"] == v] for v in ("nato", "europe"))
    series = {
        "Russia over NATO, P10": nato["p10"],
        "Russia over NATO, P90": nato["p90"],
        "Russia over Europe": europe["p50"],
        "Russia over NATO": nato["p50"],
    }
    tones = [palette.NATO, palette.NATO, palette.EUROPE, palette.NATO]
    return Picture(
        "ratio",
        gap_words.finding(records, view.scenario, found, view.month),
        gap_charts.ratio_chart(records, found, 262),
        _counted(records, view),
        None,
        "Lines of Russia's rounds over NATO's and over Europe's by month; one is parity",
        _native("line", list(nato["month"]), series, tones, "Russian rounds for each", tuple(series)[:2], number="0.0"),
    )  # fmt: skip


@_picture
def rates(records: Records, view: View) -> Picture:
    """Rounds a year of Russia, NATO, Europe and the US."""
    found = _compared(records, view)
    wide = found.path.pivot(index="month", columns="actor", values="p50")
    actors = ("russia", "nato", "europe", "us")
    series = {gap_charts.NAMES[a]: wide[a] for a in actors}
    return Picture(
        "rates",
        gap_words.rates_finding(found, view.month),
        gap_charts.rates_chart(found, 262),
        _counted(records, view),
        None,
        "Lines of rounds a year by month",
        _native("line", list(wide.index), series, [gap_charts.COLOURS[a] for a in actors], "rounds a year"),
    )  # fmt: skip


@_picture
def parity(records: Records, view: View) -> Picture:
    """The odds that NATO, and Europe alone, make as much as Russia, by half-year."""
    found = _compared(records, view)
    rows = found.ratio
    rows = rows[(rows["month"] >= "2025-06") & rows["month"].str[-2:].isin(["06", "12"])]
    wide = rows.pivot(index="month", columns="versus", values="odds")
    series = {gap_charts.NAMES[v]: wide[v] for v in ("nato", "europe")}
    return Picture(
        "parity",
        gap_words.parity(found),
        gap_charts.odds_strip(found, 88),
        _counted(records, view),
        None,
        "Share of draws at parity with Russia, in %, by half-year",
        _native("column", list(wide.index), series, [palette.NATO, palette.EUROPE], "odds of parity", number="0%"),
    )  # fmt: skip


@_picture
def named(records: Records, view: View) -> Picture:
    """Every named estimate of Russia in a year, counted alike, beside NATO's own."""
    table, ours = named_estimates(records, view.comparison)
    ranked = table.sort_values("p50")
    names = [*ranked["label"], "NATO (this model)"]
    series = {"Rounds a year": [*ranked["p50"], ours["p50"]]}
    rows = records.estimates[records.estimates["actor"] == "RU"]
    ids = _claimed(records, " ".join(rows["claim_ids"]).split())
    return Picture(
        "named",
        gap_words.named_finding(table, ours, YEAR, view.comparison),
        gap_charts.named_chart(table, view.comparison.russia, ours, 250),
        source(records, f"Counted: {gap_words.counted(view.comparison)}; bars: 8 in 10 draws.", ids),
        None,
        f"Dots with ranges, one an estimate of Russia's {YEAR}, lowest first, and NATO",
        _native("bar", names, series, [palette.RUSSIA], "rounds a year"),
    )  # fmt: skip


@lru_cache(maxsize=32)
def named_estimates(records: Records, chosen: gap.Comparison) -> tuple[pd.DataFrame, pd.Series]:
    """Every estimate of Russia in the year counted alike, and NATO's own mean of it."""
    path = gap.compare(records, Scenario(), chosen, DRAWS).path
    ours = path[(path["actor"] == "nato") & path["month"].str.startswith(YEAR)]
    return gap.named(records, chosen, YEAR, DRAWS), ours[["p10", "p50", "p90"]].mean()


@_picture
def us(records: Records, view: View) -> Picture:
    """What the US reported and planned, and the path drawn through it."""
    path = _compared(records, view).path
    path = path[path["actor"] == "us"]
    told = gap_charts.rate_claims(records, "US", ["round_output", "round_capacity"])["claim_id"]
    series = {name.upper(): path[name] / 12 for name in ("p10", "p50", "p90")}
    return Picture(
        "us",
        gap_words.us_finding(records),
        gap_charts.us_chart(records, path, 210),
        source(records, "155 mm rounds a month: ● reported, diamonds planned, at the date promised for.", _claimed(records, list(told))),
        None,
        "Path of US output with reported rates and plans by month",
        _native("line", list(path["month"]), series, [palette.US] * 3, "rounds a month", ("P10", "P90")),
    )  # fmt: skip


@_picture
def tracks(records: Records, view: View) -> Picture:
    """Who meets the demand, month by month, and what stays unmet."""
    who = view.comparison.us
    flows = procurement.flows(records, view.scenario, view.terms, who, DRAWS)
    months = procurement.HORIZON[: procurement.HORIZON.index(MONTHS[-1]) + 1]
    series = {
        gap_charts.NAMES[s]: flows.met[s][: len(months)].mean(axis=1) * 12.0
        for s in procurement.SOURCES
    }
    return Picture(
        "tracks",
        gap_words.tracks_finding(flows, rule_of(records, view.scenario, view.terms, who)),
        gap_charts.tracks_chart(flows, 330),
        source(records, "155 mm rounds a year, mean of the draws. Aid, training and stock targets are assumptions near published figures; European output is the model's."),
        None,
        "Stacked areas: demand met from European output, stocks, the US and elsewhere, and unmet",
        _native("area", months, series, [gap_charts.COLOURS[s] for s in procurement.SOURCES], "rounds a year", stacked=True),
    )  # fmt: skip


@lru_cache(maxsize=64)
def rule_of(
    records: Records, scenario: Scenario, terms: procurement.Terms, who: str
) -> procurement.Rule:
    """A European preference's cost (`procurement.rule`), kept."""
    return procurement.rule(records, scenario, terms, who, DRAWS)


@lru_cache(maxsize=64)
def rules_of(
    records: Records, scenario: Scenario, terms: procurement.Terms, who: str
) -> pd.DataFrame:
    """Every preference under the other terms in force (`procurement.rules`), kept."""
    return procurement.rules(records, scenario, terms, who, DRAWS)


@_picture
def preference(records: Records, view: View) -> Picture:
    """Rounds missing by the end of 2030 against the European preference."""
    free = dataclasses.replace(view.terms, preference=0.0)
    table = rules_of(records, view.scenario, free, view.comparison.us)
    series = {"P10": table["p10"], "P90": table["p90"], "Mean": table["mean"]}
    return Picture(
        "preference",
        gap_words.preference_finding(table),
        gap_charts.rule_chart(table, view.terms.preference, 330),
        source(records, "155 mm rounds missing by the end of 2030: aid and training never given, and what stocks lack. Shaded: 8 in 10 draws."),
        None,
        "Rounds missing against the share of demand reserved for European makers",
        _native("line", [f"{p:.0%}" for p in table["preference"]], series, [palette.UNMET] * 3, "rounds", ("P10", "P90")),
    )  # fmt: skip


@_picture
def purchase(records: Records, view: View) -> Picture:
    """Rounds a share of Readiness 2030 buys beside what Europe can make."""
    found = money.purchase(records, view.scenario, view.spend / 100, DRAWS)
    dear, middle, cheap = found.rounds
    series = {
        "Rounds": [found.made[1], middle],
        "Low": [found.made[0], dear],
        "High": [found.made[2], cheap],
    }
    ids = _claimed(records, ["seed-eu-readiness-2030", "eu-policy-money-readiness2030-2030-01"])
    return Picture(
        "purchase",
        gap_words.purchase(found, view.spend / 100),
        gap_charts.purchase_chart(found, 140),
        source(records, "Rounds at published European prices; rounds made from 2026 to 2030.", ids),
        None,
        "Bars of rounds: what the money buys, and what can be made",
        _native("bar", ["Europe can make, 2026 to 2030", f"{view.spend:g} % of Readiness 2030 buys"], series, [palette.EUROPE, palette.BASELINE, palette.BASELINE], "rounds"),
    )  # fmt: skip


@_picture
def starts(records: Records, view: View) -> Picture:
    """Lines that broke ground, and that opened or first delivered, counted up."""
    counts = gap_charts.started(records)
    wide = counts.pivot_table(index="day", columns="what", values="count", aggfunc="max").ffill()
    series = {str(name): wide[name] for name in wide.columns}
    return Picture(
        "starts",
        gap_words.policy_finding(records),
        gap_charts.starts_chart(records, 150),
        source(records, "Lines counted up from January 2022 at the reported date of the event; a bare year stands at its start.", _line_sources(records)),
        None,
        "Two stepped lines that count lines up by date",
        _native("line", list(wide.index), series, [palette.BASELINE, palette.EUROPE], "lines"),
    )  # fmt: skip


def _line_sources(records: Records) -> list[str]:
    return list(records.events["source_id"])


# --- plants and promises --------------------------------------------------------------------------


def known(records: Records, view: View) -> Records:
    """The record as the view's date knew it."""
    return timeline.as_known(records, view.as_of or records.end, view.hindsight)


def shown_lines(records: Records, view: View) -> pd.DataFrame:
    """The reported lines of the view's products with their status on its date."""
    lines = timeline.status(known(records, view))
    lines = lines[lines["status"] != "not yet reported"]
    if view.products:
        lines = lines[lines["product"].isin(view.products)]
    return lines


@_picture
def sites(records: Records, view: View) -> Picture:
    """Every site by status."""
    lines = shown_lines(records, view)
    what = " and ".join(PRODUCTS[p].lower() for p in view.products)
    return sites_of(records, known(records, view), lines, what)


def sites_of(
    records: Records,
    past: Records,
    lines: pd.DataFrame,
    what: str = "",
    use: tuple[tuple[str, float], ...] = (),
) -> Picture:
    """A map of some lines (rows of `timeline.status`) as `past` knew them; `use` as in `maps.picture`."""
    drawn = maps.site_table(records, lines)
    counts = drawn["status"].value_counts().reindex(maps.LEADING).dropna().astype(int)
    placed = drawn["lat"].notna().any()
    draw = partial(maps.picture, records, drawn, use=dict(use), scale=1.6)
    events = past.events[past.events["line_id"].isin(lines["line_id"])]
    return Picture(
        "sites",
        words.map_finding(records, lines, past.end, what),
        draw() if placed else _nothing("No site of these lines has a published town."),
        source(records, "Key: sites by their furthest line, at their town's centre; size: rounds a year a site's largest reported or promised rate is enough for. Made with Natural Earth.", list(events["source_id"])),
        None,
        f"Map of Europe: {', '.join(f'{n} {s}' for s, n in counts.items())} sites",
        _native("bar", list(counts.index[::-1]), {"Lines": counts[::-1]}, [palette.EUROPE], "lines"),
        partial(draw, theme="dark") if placed else None,
    )  # fmt: skip


_SHORT = 14  # rows that can be read from the back of a room


@_picture
def milestones(records: Records, view: View) -> Picture:
    """When output starts: promised and delivered, the lines that slipped most."""
    past = known(records, view)
    table = labelled(past, view.products)
    found = timeline.milestones(past)
    slips = found.loc[found["line_id"].isin(table["line_id"]), "slip_months"].dropna()
    data = charts.milestone_data(past, table) if len(table) else pd.DataFrame()
    if len(data):
        most = data["slip"].abs().fillna(-1).nlargest(_SHORT).index
        data = data.loc[data.index.isin(most)]
    what = " and ".join(PRODUCTS[p].lower() for p in view.products) or "all products"
    ids = [e.source_id for line in data.get("line_id", []) for e in past.events_of[line]]
    series = {"Slip, months": data["slip"][::-1]} if len(data) else {"Slip, months": []}
    labels = list(data["label"][::-1]) if len(data) else []
    return Picture(
        "milestones",
        f"{what.capitalize()}: {words.slip_sentence(slips)}",
        charts.milestone_chart(data, past.end.isoformat()) if len(data) else _nothing(),
        source(records, f"Start of output of the {len(data)} lines whose dates moved most: ○ first promise, diamond latest promise, ● delivered.", ids),
        None,
        f"{len(data)} lines, each with first promise, latest promise and delivery of first output",
        _native("bar", labels, series, [palette.EUROPE], "months", number="0"),
    )  # fmt: skip


def labelled(past: Records, products: tuple[str, ...] = ()) -> pd.DataFrame:
    """The reported lines of some products with status and a label of their own.

    Columns of `timeline.status` with name, title, country, origin and label (no two alike).
    """
    full = past.full_lines
    table = timeline.status(past)
    table = table[table["status"] != "not yet reported"]
    if products:
        table = table[table["product"].isin(products)]
    if table.empty:
        return table
    table = table.merge(
        full[["name", "title", "country", "origin"]], left_on="line_id", right_index=True
    )
    table["label"] = [
        name if len(products) == 1 else f"{name} ({PRODUCTS[product].split(' (')[0].lower()})"
        for name, product in zip(table["name"], table["product"], strict=True)
    ]
    other = table["line_id"].map(full["for_155"]) != "yes"
    table.loc[other, "label"] += " · not 155 mm"
    table.loc[table["line_id"].isin(past.own_lines), "label"] += " · your data"
    double = table["label"].duplicated(keep=False)
    table.loc[double, "label"] = [
        shorten(f"{label}: {title}", 56, placeholder=" …")
        for label, title in zip(table.loc[double, "label"], table.loc[double, "title"], strict=True)
    ]
    return table


def _nothing(why: str = "No start of output is dated for these lines.") -> charts.Spec:
    """A chart that says why it is empty."""
    return {
        "data": {"values": [{"text": why}]},
        "mark": {"type": "text", "fontSize": 13},
        "encoding": {"text": {"field": "text", "type": "nominal"}},
        "height": 120,
    }


@_picture
def slips(records: Records, view: View) -> Picture:
    """Every milestone with two dates, by how far it moved."""
    dated = promises.dated(records)
    found = promises.spread(dated["slip_months"])
    rows = dated.sort_values("slip_months", ascending=False).head(_SHORT)[::-1]
    names = [
        f"{n}: {m.replace('_', ' ')}" for n, m in zip(rows["name"], rows["milestone"], strict=True)
    ]
    ids = [*dated["first_source"], *dated["end_source"]]
    return Picture(
        "slips",
        evidence_words.slips(found),
        evidence_charts.slips_chart(dated, found, 290) if found.count else _nothing(),
        source(records, "Milestones of single lines promised for two dates, or promised and delivered. Filled: delivered.", ids),
        None,
        "Dots, one a milestone, over the months it moved",
        _native("bar", names, {"Slip, months": rows["slip_months"]}, [palette.EUROPE], "months", number="0"),
    )  # fmt: skip


# --- evidence -------------------------------------------------------------------------------------


@_picture
def topic(records: Records, view: View) -> Picture:
    """Claims of one contested topic that do not agree."""
    rows = ledger.on_topic(ledger.table(records), view.topic)
    drawn = rows.dropna(subset=["value_low", "value_high"], how="all")
    middle = drawn[["value_low", "value_high"]].mean(axis=1)
    names = [f"{p}, {d[:7]}" for p, d in zip(drawn["publisher"], drawn["reported_on"], strict=True)]
    return Picture(
        "topic",
        evidence_words.claims_finding(records, view.topic),
        evidence_charts.topic_chart(rows) or _nothing(),
        source(records, "Each figure as its source counts it.", list(rows["source_id"])),
        None,
        f"{len(rows)} claims, lowest first",
        _native("bar", names, {"Claimed": middle}, [palette.EUROPE], str(drawn["value_unit"].iloc[0]) if len(drawn) else ""),
    )  # fmt: skip


@_picture
def hindsight(records: Records, view: View) -> Picture:
    """What the model would have said of output at the end of 2023, and what came."""
    found = [hindcast(records, cutoff) for cutoff in CUTOFFS]
    one = found[1]

    def of(rows: pd.DataFrame) -> pd.DataFrame:
        return rows[rows["observable"] == "output"]

    path = of(one.path)
    series = {name.upper(): path[name] for name in ("p10", "p50", "p90")}
    return Picture(
        "hindcast",
        evidence_words.hindcast(found),
        evidence_charts.hindcast_chart(of(one.path), of(one.known), of(one.totals), one.cutoff.isoformat(), 165),
        source(records, f"Complete rounds a year as forecast with what was known at the end of {one.cutoff.year} (dashed); dots: later reports."),
        None,
        f"Band of the forecast made at the end of {one.cutoff.year}, with later reports",
        _native("line", list(path["month"]), series, [palette.EUROPE] * 3, "rounds a year", ("P10", "P90")),
    )  # fmt: skip


@_picture
def silence(records: Records, view: View) -> Picture:
    """How long ago each line was last reported."""
    status = timeline.status(records)
    months = evidence_words.silent_months(records, status[status["status"] != "not yet reported"])
    spec = evidence_charts.silence_chart(months, 170)
    rows = evidence_charts.silent_bins(months)
    return Picture(
        "silence",
        evidence_words.silence(months),
        spec,
        source(records, "Months from each line's last report to the record's end.", _line_sources(records)),
        None,
        "Bars: lines by months since their last report",
        _native("bar", [r["label"] for r in rows[::-1]], {"Lines": [r["lines"] for r in rows[::-1]]}, [palette.EUROPE], "lines"),
    )  # fmt: skip


def _native(
    kind: str,
    categories: list[str],
    series: dict[str, object],
    colours: list[str],
    unit: str,
    dashed: tuple[str, ...] = (),
    number: str = "#,##0",
    stacked: bool = False,
) -> Native:
    """Series as a slide program draws them; unknown numbers are left blank."""
    kept = {
        name: tuple(None if v is None or v != v else float(v) for v in numbers)
        for name, numbers in series.items()
    }
    return Native(
        kind, tuple(str(c) for c in categories), kept, tuple(colours), unit, number, dashed, stacked
    )


# By the names that stories, links and pages use; they outlive the functions' own names.
BUILDERS: dict[str, Builder] = {
    "output": output,
    "response": response,
    "goal_odds": goal_odds,
    "stages": stages,
    "tornado": tornado,
    "pinned": pinned,
    "ratio": ratio,
    "rates": rates,
    "parity": parity,
    "named": named,
    "us": us,
    "tracks": tracks,
    "preference": preference,
    "purchase": purchase,
    "starts": starts,
    "sites": sites,
    "milestones": milestones,
    "slips": slips,
    "topic": topic,
    "hindsight": hindsight,
    "silence": silence,
}


def build(records: Records, name: str, view: View) -> Picture:
    """A picture by name. Raises KeyError for one that is not known."""
    return BUILDERS[name](records, view)
