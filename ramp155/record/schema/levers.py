"""The table of levers: what can be moved, how far, and what it acts on."""

from __future__ import annotations

import re

from ramp155.record.schema.column import Column, Form, Table, declare, number, reference, text, word
from ramp155.record.schema.vocabulary import (
    LEVER_ENDS,
    LEVER_GROUPS,
    LEVER_ROLES,
    LEVER_UNITS,
    YES_NO,
)

NAME = Form(re.compile(r"[a-z][a-z0-9_]*"), "is not a name of small letters, digits and _")

LEVERS = Table(
    "levers",
    "one row a lever, its values as stored: fractions for percent, rounds for thousands",
    "What can be moved, how far, and what it acts on",
    tuple(
        declare(column)
        for column in (
            Column(
                "lever",
                "Its name, as `--set` takes it",
                "key",
                required=True,
                unique=True,
                form=NAME,
            ),
            Column("link", "Its name in a link", required=True, unique=True, form=NAME),
            word("group", "Where it stands on a page", LEVER_GROUPS, required=True),
            reference("multiplies", "Stages whose capacity it multiplies", "stages", several=True),
            word("role", "What else it acts on; each role stands once", LEVER_ROLES),
            text("label", "What it is called beside its slider", required=True),
            text("short", "What it is called in a sentence", required=True),
            number("low", "Least", "as stored", required=True),
            number("high", "Most", "as stored", required=True),
            number("step", "From one position to the next", "as stored", required=True),
            word("unit", "What its slider counts", LEVER_UNITS, required=True),
            number("base", "The baseline", "as stored", required=True),
            word("timed", "Whether start and duration limit it", YES_NO, required=True),
            word("helps", "Towards which end goal seek may move it; blank: not at all", LEVER_ENDS),
            text("explains", "What it does, for a reader", required=True),
        )
    ),
    named=(
        "nitrocellulose",
        "months",
        "linters",
        "wood_pulp",
        "share_for_155",
        "propellant_per_round",
        "extra_delay",
        "under_way",
        "realised",
        "shifts",
        "reserve",
        "orders",
        "preference",
        "aid",
        "training",
        "stock_target",
        "years",
        "us_availability",
        "delay",
        "other",
        "draw",
        "russia_rate",
    ),
    note="A lever that multiplies stages is a row. Read when the program starts: an upload cannot change it.",
)
