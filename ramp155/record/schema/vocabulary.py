"""The closed lists of words that cells of the record may hold, each with words for people."""

from __future__ import annotations

PRODUCTS = {
    "nitrocellulose": "Nitrocellulose",
    "propellant": "Propellant powder",
    "charge": "Propelling charges",
    "explosive": "Explosives",
    "shell_body": "Shell bodies",
    "round": "Filling and assembly",
    "fuze": "Fuzes",
    "primer": "Primers",
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
SCOPES = {"site": "The line itself", "group": "A wider group", "national": "A whole country"}
UNITS = {
    "rounds/yr": "Rounds a year",
    "bodies/yr": "Shell bodies a year",
    "t/yr": "Tonnes a year",
    "modules/yr": "Charge modules a year",
    "fuzes/yr": "Fuzes a year",
    "primers/yr": "Primers a year",
}
# Which units a product's rate may carry; shell works are at times quoted in rounds, which are bodies there.
PRODUCT_UNITS = {
    "nitrocellulose": {"t/yr"},
    "propellant": {"t/yr"},
    "explosive": {"t/yr"},
    "charge": {"modules/yr"},
    "shell_body": {"bodies/yr", "rounds/yr"},
    "round": {"rounds/yr"},
    "fuze": {"fuzes/yr"},
    "primer": {"primers/yr"},
    "other": set(UNITS),
}
CONFIDENCE = {
    "A": "Operator or government, or two independent reports",
    "B": "One good press report",
    "C": "Indirect or contested",
}
# What kind of publisher a source is.
CLASSES = {
    "official": "Government, parliament, EU or NATO body",
    "company": "The maker itself",
    "press": "Newspaper, broadcaster or agency",
    "trade": "Trade press, think tank or analyst",
    "repost": "Copy, aggregator or forum",
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
    "hindcast": "Used only where the model runs with what was known earlier",
    "reported": "A published coefficient kept beside it",
}
OBSERVABLES = {"nameplate": "Capacity at the year's end", "output": "Output in the year"}
ACTORS = {
    "RU": "Russia",
    "US": "United States",
    "CA": "Canada",
    "UA": "Ukraine",
    "deliveries": "Given or bought: shown, never counted",
}
ESTIMATE_COUNTS = {"output": "Output", "nameplate": "Capacity", "delivery": "Deliveries"}
CALIBRES = {"155": "155 or 152 mm only", "all": "Every calibre"}
CONDITIONS = {"new": "New", "refurbished": "Refurbished counted in", "unstated": "Not said"}
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
