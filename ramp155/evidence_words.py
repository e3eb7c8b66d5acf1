"""The Evidence page in words: how promises held, how good the model is, what would change our mind."""

from __future__ import annotations

import math
from urllib.parse import quote, urlencode

import numpy as np
import pandas as pd

from ramp155 import ensemble, ledger, palette, promises, sensitivity, timeline
from ramp155.figures import millions, percent, span
from ramp155.hindcast import Hindcast
from ramp155.promises import Spread
from ramp155.records import PRODUCTS, Records
from ramp155.scenario import Scenario
from ramp155.words import labels

# Kinds of what a hindcast is held against; bounds are hard to miss and stand apart.
KINDS = {
    "nameplate": "capacity",
    "output": "output",
    "dates": "promised dates",
    "bounds": "upper bounds",
}


def slips(found: Spread) -> str:
    """How far promises held: the finding."""
    if not found.count:
        return "No milestone on record has two dates, so no slip can be stated"
    return (
        f"{percent(found.late)} of {found.count} milestones came or are promised late: the median slip is "
        f"{found.median:.0f} months, one in ten slips {found.p90:.0f} or more"
    )


def slips_range(records: Records) -> str:
    """How sure that is, which milestones it is of, and what it leaves out."""
    dated = promises.dated(records)
    found, least = promises.spread(dated["slip_months"]), promises.at_least(records)
    if found.count < promises.FEWEST:
        return "Too few milestones with two dates for a range."
    done = int((dated["kept"] == "delivered").sum())
    bare = int(((dated["first_promise"].str.len() == 4) | (dated["end"].str.len() == 4)).sum())
    return (
        f"Median {found.median:.0f} months ({found.median_range[0]:.0f} to {found.median_range[1]:.0f}), "
        f"P90 {found.p90:.0f} ({found.p90_range[0]:.0f} to {found.p90_range[1]:.0f}): 90 % bootstrap ranges. "
        f"{done} of {found.count} were delivered (filled), the others are still promised (hollow). It is a lower "
        f"bound: with what is overdue counted up to {records.end:%B %Y}, {len(least)} milestones slip by a median of "
        f"{least.median():.0f} and a P90 of {least.quantile(0.9):.0f} months at least. {bare} rest on a bare year, which "
        "stands at its middle."
    )


def feeds(records: Records) -> str:
    """How the slips reach the model."""
    middle = records.assumption("slip_months").span[1]
    used = np.maximum(timeline.slips(records), 0)
    if len(used) < ensemble.ENOUGH_SLIPS:
        return "**In the model** delays are assumed, for too few slips are on record."
    return (
        f"**In the model** every draw puts off all promises still standing by one of these {len(used)} slips "
        f"(early ones count as on time; middle case {middle:.0f} months), on top of the lever for extra delay. "
        "Its mean is "
        f"{used.mean():.1f} months."
    )


def step(records: Records, name: str) -> str:
    """How long a step takes, with what has not ended counted."""
    table = promises.durations(records, name)
    what = promises.STEPS[name][2]
    if table.empty:
        return f"**{what}**: no line's beginning is dated on record."
    curve = promises.survival(table)
    count, ended = len(table), int(table["ended"].sum())
    if not ended:
        longest = int(table["months"].max())
        return (
            f"**{what}**: none of the {count} lines that began it since {timeline.BUILD_UP} has reported the end of it; "
            f"the longest wait is {longest} months. Full rates are seldom reported, so this is silence as much as slowness."
        )
    missing = (
        f" {promises.unknown_start(records)} more lines deliver whose building has no date on record, so the curve "
        "makes it look slower than it is."
        if name == "build"
        else ""
    )
    last = curve[curve["at_risk"] >= promises.FEWEST].iloc[-1]
    middle, low, high = promises.half(curve)
    if math.isinf(middle):
        return (
            f"**{what}**: of {count} lines with a dated start, {ended} have reported it; {last['months']:.0f} months in, "
            f"about {percent(last['share'])} had not ({percent(last['low'])} to {percent(last['high'])}).{missing}"
        )
    upper = "beyond the record" if math.isinf(high) else f"{high:.0f}"
    return (
        f"**{what}**: half take {middle:.0f} months or longer ({low:.0f} to {upper}); {ended} of {count} lines have "
        f"reported it.{missing}"
    )


def claims_finding(records: Records, topic: str) -> str:
    """What is contested, as a heading."""
    rows = ledger.on_topic(ledger.table(records), topic)
    return f"{ledger.topics(records)[topic]}: {len(rows)} claims that do not agree"


def hindcast(found: list[Hindcast]) -> str:
    """How good the model is, in a sentence for a heading."""
    hits, of = _sum(found, ["nameplate", "output"])
    missed, under = _missed(found)
    why = "; Europe grew faster" if missed == under else ""
    return f"Run with what was known then, the model's band held {hits} of {of} later figures{why}"


def _missed(found: list[Hindcast]) -> tuple[int, int]:
    """How many totals the bands missed, and how many of these lie above them."""
    totals = pd.concat([one.totals for one in found])
    missed = totals[~totals["hit"].astype(bool)]
    return len(missed), int((missed["low"].fillna(0) > missed["p90"]).sum())


def hindcast_plain(found: list[Hindcast]) -> str:
    """How good the model is, said plainly: hits by kind, and what the misses have in common."""
    parts = []
    for kind in ("nameplate", "output", "dates"):
        hits, of = _sum(found, [kind])
        if of:
            parts.append(f"{KINDS[kind]} {hits} of {of} ({percent(hits / of)})")
    kept, bounds = _sum(found, ["bounds"])
    missed, under = _missed(found)
    silent = sum(int((one.dates["state"] == "long overdue, no report").sum()) for one in found)
    return (
        f"A band from P10 to P90 should hold about 80 %. It held: {'; '.join(parts)}; {silent} more dates passed the band "
        f"without a report either way. {kept} of {bounds} reports that only say 'at most' agree with it, which is easily "
        f"done. {under} of the {missed} totals it missed came out above it: after a cut-off the model grows only by "
        "what lines on record promise, and Europe grew faster than that. Today's forecast grows in the same way: read it "
        "as what is on record, not as a ceiling."
    )


def hindcast_one(found: Hindcast) -> str:
    """One cut-off: what was known, and what came."""
    hits, of = _sum([found], ["nameplate", "output"])
    known = len(found.known)
    knew = (
        "No European total had been published" if not known else f"{known} published totals to fit"
    )
    slip = (
        f"delays drawn from {found.slips} slips"
        if found.slips
        else "too few slips known, so delays are assumed"
    )
    told = (
        f"{hits} of {of} later figures lie in the band."
        if of
        else "No later figure to check yet, only upper bounds."
    )
    checked = found.dates["hit"].dropna()
    dates_ = (
        f" {int(checked.sum())} of {len(checked)} dates then promised came within the band of delays."
        if len(checked)
        else ""
    )
    return f"{knew}; {slip}. {told}{dates_}"


def _sum(found: list[Hindcast], kinds: list[str]) -> tuple[int, int]:
    tables = [one.coverage().loc[kinds] for one in found]
    return int(sum(t["hits"].sum() for t in tables)), int(sum(t["of"].sum() for t in tables))


def sources(records: Records) -> str:
    """What the record rests on, as a heading."""
    table = records.sources
    kinds = table["class"].value_counts()
    strong = int(kinds.get("official", 0) + kinds.get("company", 0))
    return (
        f"{len(table):,} sources in {table['language'].replace('', np.nan).nunique()} languages: "
        f"{kinds.get('press', 0)} from the press, {strong} from governments and makers, "
        f"{kinds.get('state-controlled', 0)} state-controlled"
    )


def quality(records: Records, status: pd.DataFrame) -> str:
    """What the record lacks, as a heading."""
    reported = status[status["status"] != "not yet reported"]
    flags = reported["flags"]
    none = sum("capacity not reported" in f for f in flags)
    late = sum("unconfirmed" in f for f in flags)
    return f"{none} of {len(reported)} lines have no published rate, and {late} have let a promised date pass without a word"


def silent_months(records: Records, status: pd.DataFrame) -> pd.Series:
    """Months since each line's last report."""
    last = pd.to_datetime(status.loc[status["last_report"] != "", "last_report"])
    end = pd.Timestamp(records.end)
    return (end.year - last.dt.year) * 12 + end.month - last.dt.month


def silence(months: pd.Series) -> str:
    """How long lines have gone without a report, as a heading."""
    old = int((months >= 24).sum())
    return f"Half of {len(months)} lines were last reported {months.median():.0f} months ago or longer; {old} not for two years"


def change_our_mind(records: Records, month: str, count: int = 5) -> list[str]:
    """Which published figures would move the answer most, each with where it would move it to."""
    table = sensitivity.tornado(records, Scenario(), month)
    told = []
    for row in table.head(count).itertuples():
        ends = span(*sorted((row.rounds_at_low, row.rounds_at_high)))
        assumed = _basis(records, row.name)
        told.append(
            f"**{row.label}**, taken between {row.low} and {row.high} ({assumed}): a published figure would place "
            f"output at the end of {month[:4]} within {ends} rounds a year."
        )
    return told


def _basis(records: Records, family: str) -> str:
    rows = records.assumptions
    own = rows[rows["assumption_id"].map(ensemble.family) == family]
    return (
        "an assumption" if (own["source_ids"] == "assumption").all() else "from sources that differ"
    )


def open_questions(records: Records, status: pd.DataFrame) -> list[str]:
    """What else would change the picture: promises due, contested totals, silence."""
    late = [
        line
        for line, flags in zip(status["line_id"], status["flags"], strict=True)
        if "unconfirmed" in flags
    ]
    products = pd.Series(late).map(records.full_lines["product"]).map(PRODUCTS).value_counts()
    most = ", ".join(f"{name.lower()} {n}" for name, n in products.head(3).items())
    ramp = promises.durations(records, "ramp")
    return [
        f"**A report that a promised date was kept**: {len(late)} lines are overdue without one ({most}). Each would "
        "move its line and the delays of all others.",
        f"**One count of complete rounds**: {len(records.contradictions)} topics are contested; where capacity "
        "and output are mixed, only a count of complete rounds would settle them.",
        f"**Full rate reached**: {int(ramp['ended'].sum())} of {len(ramp)} lines that began output since "
        f"{timeline.BUILD_UP} report it. A handful of such reports would replace the assumed ramp-up.",
    ]


def _dot(text: str) -> str:
    """A text that stays within the quotes of a DOT label."""
    return text.replace("\\", "/").replace('"', "'")


def bill_of_materials(records: Records, dark: bool) -> str:
    """The bill of materials as a DOT graph, with what each stage takes of the one before it."""
    colours = palette.THEMES["dark" if dark else "light"]
    ink, paper, line = (colours[name] for name in ("ink", "panel", "quiet"))
    names = labels(records)
    middle = records.assumptions.set_index("assumption_id")["mode"]
    parts = [
        'digraph { rankdir=LR; bgcolor="transparent"; nodesep=0.25; ranksep=0.5;',
        f'node [shape=box style="rounded,filled" fontname="Source Sans, sans-serif" fontsize=15 color="{line}" '
        f'fillcolor="{paper}" fontcolor="{ink}" margin="0.14,0.07"];',
        f'edge [color="{line}" fontname="Source Sans, sans-serif" fontsize=12 fontcolor="{ink}"];',
    ]
    for row in records.stages.itertuples():
        name, unit = (_dot(text) for text in (names[row.stage].capitalize(), row.unit))
        parts.append(f'{row.stage} [label="{name}\\n{unit}"];')
    for row in records.stages.itertuples():
        if row.feeds:
            amount = middle.get(row.quantity, row.quantity)
            parts.append(f'{row.stage} -> {row.feeds} [label="{float(amount):.4g}"];')
    return "\n".join([*parts, "}"])


def report_error(records: Records, item: str, address: str) -> str:
    """The link that reports an error in a row: an e-mail or an issue with its id and version filled in.

    `address`: an e-mail address, or the address of a form that takes `title` and `body` (as the "new
    issue" pages of code hosts do); blank: an e-mail whose recipient is left open.
    """
    title = f"Ramp 155: error in {item}"
    body = f"Record {records.version}, row {item}.\nWhat is wrong, and a source that says so:\n"
    if address.startswith(("https://", "http://")):
        joint = "&" if "?" in address else "?"
        return address + joint + urlencode({"title": title, "body": body})
    return f"mailto:{quote(address, safe='@')}?subject={quote(title)}&body={quote(body)}"


def capacity_known(made: dict[str, float], names: dict[str, str]) -> str:
    """What named lines were reported to make, by stage in rounds a year, largest first."""
    told = [
        f"{names[stage]} {millions(rounds)}"
        for stage, rounds in sorted(made.items(), key=lambda pair: -pair[1])
        if rounds >= 500
    ]
    return ", ".join(told[:5])
