"""The closed lists of words that cells of the record may hold, each with words for people."""

from __future__ import annotations

from ramp155.base.shipped import read_shipped_rows

_STAGES = read_shipped_rows(
    "stages", ("product", "product_label", "product_place", "unit", "also_in")
)
# What lines make: the products of data/stages.csv, and what is mapped beside them.
PRODUCTS = {
    **{
        row["product"]: row["product_label"]
        for row in sorted(_STAGES, key=lambda row: float(row["product_place"] or 0))
        if row["product"]
    },
    "other": "Other (mapped, not summed)",
}
ORIGINS = {
    "new": "New plant",
    "expansion": "Expansion",
    "restart": "Restart",
    "existing": "Existing before 2022",
}
FOR_155 = {"yes": "For 155 mm", "no_or_unstated": "Kept out of every total"}
EVENTS = {
    "announced": "Announced",
    "funded": "Money decided",
    "groundbreaking": "Ground broken",
    "construction": "Being built",
    "trial": "Trial running",
    "opened": "Opened",
    "first_output": "First output",
    "rate": "A rate said",
    "full_rate": "Full rate",
    "delayed": "Delayed",
    "suspended": "Stopped",
    "cancelled": "Given up",
}
STATUSES = {"done": "Has happened", "planned": "Is promised"}
SCOPES = {
    "site": "The line itself",
    "older": "What the site had before, not this line",
    "group": "A wider group",
    "national": "A whole country",
}
# What a done rate or output speaks of: only what was made proves output.
EVENT_COUNTS = {"output": "Was made", "capacity": "Could be made"}
# How wide a month is where it stands for more; a bare year is a year by itself.
PRECISIONS = {
    "season": "A quarter or season: three months from that one",
    "half": "Half a year: six months from that one",
    "computed": "Computed from a length of time: a month either side",
}
_UNIT_NAMES = {
    "rounds/yr": "Rounds a year",
    "bodies/yr": "Shell bodies a year",
    "t/yr": "Tonnes a year",
    "modules/yr": "Charge modules a year",
    "fuzes/yr": "Fuzes a year",
    "primers/yr": "Primers a year",
}
# What rates count: the units of data/stages.csv; one without a name here is named after itself.
UNITS = _UNIT_NAMES | {
    row["unit"]: row["unit"].replace("/yr", " a year").capitalize()
    for row in _STAGES
    if row["unit"] not in _UNIT_NAMES
}
# Which units a product's rate may carry; shell works are at times quoted in rounds, which are bodies there.
PRODUCT_UNITS = {
    **{row["product"]: {row["unit"], *row["also_in"].split()} for row in _STAGES if row["product"]},
    "other": set(UNITS),
}
CONFIDENCE = {
    "A": "Operator or government, or two independent reports",
    "B": "One good press report",
    "C": "Indirect or contested",
}
# What kind of publisher a source is, the best for use first (ramp155/record/grades.py).
CLASSES = {
    "official": "Government, parliament, EU or NATO body",
    "company": "The maker itself",
    "press": "Newspaper, broadcaster or agency",
    "trade": "Trade press, think tank or analyst",
    "repost": "Copy or aggregator",
    "forum": "Forum, anonymous note, shop or private blog",
    "machine-written": "Written by a machine",
    "state-controlled": "Controlled by the Russian, Belarusian or Chinese state",
}
STATES = {"RU": "Russia", "BY": "Belarus", "CN": "China"}
COUNTS = {
    "capacity": "What could be made",
    "output": "What was made",
    "delivery": "What was handed over",
    "demand": "What is needed",
    "trade": "What crossed a border",
    "orders": "What was ordered",
    "money": "What was spent or promised",
    "other": "Anything else",
}
CLAIM_STATUSES = {"reported": "Said to be so", "target": "Aimed at", "estimate": "Estimated"}
ASSUMPTION_KINDS = {
    "model": "Used by the model",
    "gap": "Used beside it, on the Gap page",
    "forecast": "Used by the forecast and its track record",
    "reported": "A published coefficient kept beside it",
}
OBSERVABLES = {"nameplate": "Capacity at the year's end", "output": "Output in the year"}
# What a figure of Europe may be of: rounds, or tonnes of a stage.
FIGURE_OBSERVABLES = {
    "nameplate": "Capacity as officials count it",
    "output": "Complete rounds",
    "propellant": "Powder capacity",
    "nitrocellulose": "Nitrocellulose capacity",
    "explosive": "Explosive capacity",
}
ACTORS = {
    "RU": "Russia",
    "US": "United States",
    "CA": "Canada",
    "UA": "Ukraine",
    "deliveries": "Given or bought: shown, never counted",
}
ESTIMATE_COUNTS = {"output": "Output", "nameplate": "Capacity", "delivery": "Deliveries"}
CALIBRES = {"155": "155 or 152 mm only", "all": "Every calibre"}
# Which rounds an estimate counts: some count more than shells of guns.
ESTIMATE_CALIBRES = {
    **CALIBRES,
    "all": "Gun shells of every calibre",
    "kinds": "Mortar bombs, tank rounds and rockets too",
}
CONDITIONS = {"new": "New", "refurbished": "Refurbished counted in", "unstated": "Not said"}
# Who set a target in public; Russia's are what others expected of it.
SPEAKER_KINDS = {
    "maker": "Makers",
    "government": "Governments",
    "eu": "The EU",
    "us": "The US",
    "purchases": "Purchases abroad",
    "russia": "Russia, as others foresaw it",
}
# What became of a target.
OUTCOMES = {
    "met": "Met on time",
    "met late": "Met late",
    "not met": "Not met",
    "moved before due": "Moved before it was due",
    "no report": "Due, nothing reported",
    "pending": "Not yet due",
    "disputed": "Disputed",
}
# How a public statement can be held against record and model (ramp155/verdicts.py).
STATEMENTS = {
    "ratio": "Russia over others",
    "closing": "That ratio against an earlier one",
    "named": "A figure against all named estimates",
    "level": "A rate",
    "growth": "A rate against an earlier one",
    "delivered": "Reported deliveries",
    "opened": "Lines opened, counted in the record",
    "under_way": "Lines under way, counted in the record",
    "binds": "A bottleneck",
    "unmet": "Demand not met",
}
# What one of a unit of a rate of rounds comes to, in rounds a year.
ROUNDS_A_YEAR = {"rounds/yr": 1.0, "rounds/month": 12.0, "rounds/day": 365.0}
# Statuses of lines on the way to their rate (ramp155/timeline.py).
UNDER_WAY = ["announced", "construction", "commissioning", "ramping"]
# The strands of NATO's Updated Defence Production Action Plan.
STRANDS = {
    "aggregate demand": "Buy together",
    "boost capacity": "Build plants",
    "engage industry": "Work with makers",
}
CURRENCIES = {
    "EUR": "Euro",
    "GBP": "Pound sterling",
    "PLN": "Polish złoty",
    "USD": "US dollar",
    "DKK": "Danish krone",
}
COUNTED = {"yes": "In the totals", "on request": "Mapped, in the totals on request"}
YES_NO = {"yes": "It does", "no": "It does not"}
# What the model asks a stage for, beside what it makes; each stands at one stage.
STAGE_ROLES = {
    "supply": "What the supply slider moves",
    "fibre": "What the supply is made from",
    "charge": "What a round takes more or less of: it feeds the finished product",
    "body": "With filling, the capacity that officials count",
    "filling": "What officials count as capacity",
    "orders": "What buyers order: without limit unless its lever says so",
}
# Where a lever stands, in this order; these are parts of a scenario.
SCENARIO_GROUPS = {
    "slider": "On top, by itself",
    "timing": "Beside it: how long",
    "supply": "Supply",
    "plants": "Stages of the chain",
    "projects": "Plants not finished",
    "round": "The round",
    "buyers": "Buyers",
}
LEVER_GROUPS = {
    **SCENARIO_GROUPS,
    "demand": "Demand, on the Gap page",
    "more_demand": "More of demand, folded",
    "comparison": "Russia against others, on the Gap page",
}
SIDE_GROUPS = ("supply", "plants", "round")  # where a lever that multiplies stages may stand
MORE_GROUPS = ("supply", "projects", "round", "buyers")  # folded away beneath the stages
# What levers of the code act on; a lever that only multiplies stages needs none.
LEVER_ROLES = {
    "supply": "The stage on the supply slider",
    "duration": "How long levers act",
    "fibre": "Fibre bought in Asia",
    "substitute": "What stands in for missing fibre",
    "share": "The part of the supply for 155 mm",
    "powder": "What a round takes of charges",
    "delay": "When unfinished lines come",
    "building": "Lines being built",
    "projects": "Projects not yet begun",
    "hours": "Every stage with `hours`",
    "stock": "The safety stock",
    "orders": "Orders, of which output cannot exceed",
    "preference": "Demand kept for European makers",
    "aid": "Aid",
    "training": "Training",
    "target": "Stocks to reach",
    "years": "Years to reach them",
    "availability": "What the US may sell",
    "order_delay": "When US orders come",
    "elsewhere": "What others sell",
    "stock_drawn": "Stocks given away",
    "russia": "Russian output",
}
LEVER_UNITS = {
    "%": "Percent of the baseline",
    "months": "Whole months",
    "years": "Whole years",
    "thousand": "Thousand rounds",
}
LEVER_ENDS = {"high": "More helps", "low": "Less helps"}
