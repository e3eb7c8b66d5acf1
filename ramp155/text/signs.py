"""Every sign of the product with its one meaning: charts, maps, slides, lists and captions take
theirs here.

What was reported is filled, an estimate is hollow, a promise is hollow and comes to a point.
Capacity has corners: a square where other figures have a circle. Controls (the handle of a slider,
the dot under the pointer) are no signs, and what the model computed is a line, a bar or a tick.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ramp155.record.dates import first_day, last_day
from ramp155.record.rows import Claim, Event

# Symbols of Vega as SVG paths in a square from -1 to 1, of about one area.
_SYMBOL_PATHS = {
    "circle": "M-.9,0A.9,.9,0,1,1,.9,0A.9,.9,0,1,1,-.9,0Z",
    "square": "M-.8,-.8H.8V.8H-.8Z",
    "diamond": "M0,-1.15L1.15,0L0,1.15L-1.15,0Z",
    "triangle-up": "M0,-1.05L1.15,.95H-1.15Z",
    "triangle-left": "M-1.05,0L.95,-1.15V1.15Z",
    "cross": "M-.35,-1H.35V-.35H1V.35H.35V1H-.35V.35H-1V-.35H-.35Z",
}


@dataclass(frozen=True)
class Sign:
    """A sign: its name in rows of charts, its words in a key, its character, and how a chart draws it.

    `kind` is what it says of a figure (report, estimate, promise or need; blank for other signs). `shape` is a
    symbol of Vega or an SVG path in a square from -1 to 1; blank where only words use the sign.
    """

    name: str
    words: str
    glyph: str
    shape: str = ""
    is_filled: bool = False
    kind: str = ""

    @property
    def path(self) -> str:
        """The shape as an SVG path in a square from -1 to 1."""
        return _SYMBOL_PATHS.get(self.shape, self.shape)


REPORT = Sign("report", "reported", "●", "circle", is_filled=True, kind="report")
ESTIMATE = Sign("estimate", "estimated", "○", "circle", kind="estimate")
PROMISE = Sign("promise", "promised", "△", "triangle-up", kind="promise")
CAPACITY_REPORT = Sign(
    "capacity report", "reported capacity", "■", "square", is_filled=True, kind="report"
)
CAPACITY_ESTIMATE = Sign("capacity estimate", "estimated capacity", "□", "square", kind="estimate")
CAPACITY_PROMISE = Sign("capacity promise", "promised capacity", "◊", "diamond", kind="promise")
EARLIER_PROMISE = Sign(
    "earlier promise", "first promised, since moved", "◁", "triangle-left", kind="promise"
)
NEED = Sign("need", "said to be needed", "+", "cross", is_filled=True, kind="need")
# Verdicts on statements and forecasts, and the open side of a bound.
HOLDS = Sign("holds", "holds", "✓", "M-.8,.05L-.25,.6L.8,-.6")
FAILS = Sign("fails", "does not hold", "✕", "M-.65,-.65L.65,.65M.65,-.65L-.65,.65")
UNDECIDED = Sign("undecided", "undecided", "?")
GIVEN = Sign("given", "no test: repeats our inputs", "↺")
AT_MOST = Sign("at most", "at most", "↓", "M0,-1V1M-.8,.2L0,1L.8,.2")
AT_LEAST = Sign("at least", "at least", "↑", "M0,1V-1M-.8,-.2L0,-1L.8,-.2")
CLAIM_SIGNS = (
    REPORT,
    ESTIMATE,
    PROMISE,
    CAPACITY_REPORT,
    CAPACITY_ESTIMATE,
    CAPACITY_PROMISE,
    EARLIER_PROMISE,
    NEED,
)
BOUND_SIGNS = (AT_MOST, AT_LEAST)
VERDICT_SIGNS = {
    "supported": HOLDS,
    "undecided": UNDECIDED,
    "contradicted": FAILS,
    "no test: repeats our inputs": GIVEN,
}
# Statuses of lines fill up from a hollow ring to a full disc; the map draws their shapes.
STATUS_SIGNS = {
    name: Sign(f"status {name}", name, glyph)
    for name, glyph in {
        "announced": "◯",
        "construction": "◑",
        "commissioning": "◕",
        "ramping": "⬤",
        "full rate": "★",
        "operating": "⬢",
        "unknown": "¿",
        "suspended": "⊘",
        "cancelled": "⊗",
        "not yet reported": "∅",
    }.items()
}
# What each status is called wherever it is shown: the words of the map's key, and more where one of them has two statuses.
STATUS_WORDS = {
    "not yet reported": "not yet reported",
    "announced": "promised",
    "construction": "being built",
    "commissioning": "open",
    "ramping": "delivering",
    "full rate": "delivering, full rate",
    "operating": "as before 2022",
    "unknown": "perhaps stopped",
    "suspended": "stopped",
    "cancelled": "stopped, given up",
}
LATE_WORDS, SILENT_WORDS = "late", "no news for two years"
SILENT_SHORT = "no news in 2 years"  # in a key that has its counts beside its words
# Small marks beside a line's status, by flag.
MARK_SIGNS = {
    "one report": Sign("mark one report", "one report says more", "¹"),
    "inferred": Sign("mark inferred", "inferred", "≈"),
    "bad news since": Sign("mark bad news", "bad news since", "‼"),
}
SIGNS = (
    *CLAIM_SIGNS,
    *BOUND_SIGNS,
    *VERDICT_SIGNS.values(),
    *STATUS_SIGNS.values(),
    *MARK_SIGNS.values(),
)
SIGN_OF = {sign.name: sign for sign in SIGNS}
_CAPACITY_SIGNS = {
    REPORT: CAPACITY_REPORT,
    ESTIMATE: CAPACITY_ESTIMATE,
    PROMISE: CAPACITY_PROMISE,
}


def choose_claim_sign(quantity: str, status: str, counts: str, period: str, said_on: str) -> Sign:
    """The sign of a claim by what it is of, its status and what it counts.

    Whoever spoke before the time they speak of could not report it: that is a promise, or an
    expectation, whatever the row calls it.
    """
    if quantity.endswith("need"):
        return NEED
    if status == "target" or _is_said_ahead(period, said_on):
        sign = PROMISE
    else:
        sign = ESTIMATE if status == "estimate" else REPORT
    return _CAPACITY_SIGNS[sign] if counts in ("capacity", "nameplate") else sign


def find_claim_sign(claim: Claim) -> Sign:
    """The sign of a claim of the record."""
    return choose_claim_sign(
        claim.quantity, claim.status, claim.counts, claim.period, claim.reported_on
    )


def find_rate_sign(event: Event) -> Sign:
    """The sign of the rate an event speaks of: reported as reached, or promised."""
    sign = REPORT if event.rate_status == "done" else PROMISE
    return _CAPACITY_SIGNS[sign] if event.counts == "capacity" else sign


def write_key(signs: Iterable[Sign]) -> str:
    """What signs mean, in a line: ● reported, ○ estimated, △ promised."""
    shown = set(signs)
    return ", ".join(f"{sign.glyph} {sign.words}" for sign in SIGNS if sign in shown)


def _is_said_ahead(period: str, said_on: str) -> bool:
    """Whether a figure was named before the time it speaks of began."""
    return bool(period and said_on) and first_day(period) > last_day(said_on)


def name_status(status: str) -> str:
    """A status where it is explained: what it is called, and its name in files and links where that is another."""
    words = STATUS_WORDS[status]
    return words if status in words else f"{words} ({status})"
