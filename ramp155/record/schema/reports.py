"""The tables of what was reported: sites, lines, events, sources and claims."""

from __future__ import annotations

import re

from ramp155.record.schema import vocabulary
from ramp155.record.schema.column import (
    Column,
    Form,
    Table,
    date,
    key,
    number,
    reference,
    text,
    word,
)
from ramp155.record.schema.vocabulary import (
    CLAIM_STATUSES,
    CLASSES,
    CONFIDENCE,
    COUNTS,
    EVENT_COUNTS,
    FOR_155,
    ORIGINS,
    PRECISIONS,
    PRODUCTS,
    SCOPES,
    STATES,
    STATUSES,
    UNITS,
)

OWN_SOURCE = "your-data"  # the source of what a user brings without naming one
ADDRESS = Form(re.compile(r"https?://\S+"), "not a web address")

SITES = Table(
    "sites",
    "one row a town where something is made",
    "Towns where something is made",
    (
        key("site_id", "town-operator"),
        text("name", "What the site is called", required=True),
        text("operator", "Who runs it", required=True),
        text("parent", "Ultimate owner", left_out=""),
        reference("country", "ISO 3166-1 alpha-2", "countries", required=True),
        text("town", "Municipality; blank where the reports name none", left_out=""),
        number("lat", "The town's centre, two decimals", "degrees north, WGS 84", left_out=""),
        number("lon", "The town's centre, two decimals", "degrees east, WGS 84", left_out=""),
        text("note", "What else is to be said", left_out=""),
    ),
    marked="name",
    alone=True,
)
LINES = Table(
    "lines",
    "one row a production line or project at a site",
    "Production lines and projects",
    (
        key("line_id", "site_id--product"),
        reference("site_id", "Where it stands", "sites", required=True),
        word(
            "product",
            "What it makes; a round is filled and assembled",
            PRODUCTS,
            required=True,
        ),
        word("origin", "How it came about", ORIGINS, required=True),
        text("title", "What the line is", required=True),
        text("note", "What else is to be said", left_out=""),
        word("for_155", "Whether it counts", FOR_155, required=True),
    ),
    marked="title",
    alone=True,
)
EVENTS = Table(
    "events",
    "what happened, what was promised, and when it was said",
    "What happened, what was promised, and when it was said",
    (
        key("event_id", "line_id-number"),
        reference("line_id", "The line it is about", "lines", required=True),
        date(
            "reported_on",
            "When the source said it; blank = undated, known only from the record's end",
        ),
        word("event", "What happened or was promised", vocabulary.EVENTS, required=True),
        date("date", "When it happened or is to happen", left_out=""),
        word("status", "As of `reported_on`", STATUSES, required=True),
        number("rate", "How much", "`unit`", left_out=""),
        word("unit", "What the rate counts", UNITS, left_out=""),
        word(
            "rate_status",
            "`done` = reported as reached, `planned` = a target, even where the event itself is done",
            STATUSES,
            left_out="",
        ),
        word(
            "scope",
            "What the figure is for; wider ones are not added up",
            SCOPES,
            required=True,
            left_out="site",
        ),
        number("investment_eur_m", "Money put into it", "million EUR", left_out=""),
        reference("source_id", "Who said it", "sources", required=True, left_out=OWN_SOURCE),
        text("basis", "What was said, in our words", required=True, left_out="Set here"),
        word(
            "confidence",
            "How far it is trusted",
            CONFIDENCE,
            required=True,
            left_out="C",
        ),
        word(
            "counts",
            "What a done rate or output speaks of; only what was made proves output",
            EVENT_COUNTS,
            left_out="",
        ),
        word("precision", "How wide the month of `date` is", PRECISIONS, left_out=""),
        text(
            "promise",
            "Reports with the same word here speak of one promise, however often it was announced anew",
            left_out="",
        ),
    ),
    marked="basis",
    alone=True,
    note="Superseded promises stay: the slip between two of them is what delay is estimated from.",
)
SOURCES = Table(
    "sources",
    "one row a page, paper or broadcast",
    "Every page, its publisher, date, language and kind",
    (
        key("source_id", "A name for the source"),
        text("publisher", "Who published it"),
        text("title", "What it is called"),
        Column("url", "Where it is; blank where only a title is known", form=ADDRESS),
        date("published", "When it came out", left_out=""),
        text("language", "ISO 639-1", left_out=""),
        word(
            "class",
            "Kind of publisher; ours, by publisher and address",
            CLASSES,
            required=True,
            left_out="press",
        ),
        word(
            "state_controlled",
            "State or state-aligned outlet, marked wherever it is shown",
            STATES,
            left_out="",
        ),
    ),
    marked="publisher",
    alone=True,
)
CLAIMS = Table(
    "claims",
    "one row a figure for a region or firm",
    "Figures for regions and firms, who said them and what they count",
    (
        key("claim_id", "A name for the claim"),
        text(
            "subject",
            "ISO code, `EU`, `Europe`, `NATO`, `World`, or several joined by +",
            required=True,
        ),
        text("operator", "The firm, if it is one's own figure", left_out=""),
        text("quantity", "What is measured", required=True),
        word("counts", "What it counts", COUNTS, required=True),
        number("low", "Least; blank for an upper bound", "`unit`"),
        number("high", "Most; the same as `low` for one figure, blank for a lower bound", "`unit`"),
        text("unit", "What the figure counts"),
        date("period", "What it speaks of"),
        word("status", "What kind of figure it is", CLAIM_STATUSES, required=True),
        date("reported_on", "When the source said it"),
        reference("source_id", "Who said it", "sources", required=True, left_out=OWN_SOURCE),
        text("basis", "What was said, in our words", required=True),
        word("confidence", "How far it is trusted", CONFIDENCE, required=True),
        text("cite_note", "`conflict:TOPIC` ties contradicting claims together", left_out=""),
        reference(
            "same_as",
            "The claim that it is a copy of: no independent evidence",
            "claims",
            left_out="",
        ),
    ),
    named=(
        "eu-policy-money-asap-powder-2025-01",
        "eu-policy-money-asap-explosives-2025-01",
        "eu-policy-money-asap-shells-2025-01",
        "eu-policy-money-asap-2025-01",
        "seed-eu-readiness-2030",
        "seed-economy-ratio-2025",
        "seed-ru-nato-ratio-2025-06",
    ),
    marked="basis",
    alone=True,
)
