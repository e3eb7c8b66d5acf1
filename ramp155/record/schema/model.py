"""The tables that the model is made of: stages, coefficients, fit, presets, targets, countries."""

from __future__ import annotations

import re

from ramp155.record.schema.column import (
    Column,
    Form,
    Table,
    date,
    declare,
    key,
    number,
    reference,
    text,
    word,
)
from ramp155.record.schema.vocabulary import (
    ASSUMPTION_KINDS,
    CONFIDENCE,
    COUNTED,
    FIGURE_OBSERVABLES,
    OBSERVABLES,
    PRODUCTS,
    STAGE_ROLES,
    UNITS,
    YES_NO,
)

TOTAL = Form(
    re.compile(r"knots|unlimited|(?:ratio|follows)(?::.*)?", re.DOTALL),
    "not one of knots, unlimited, ratio:STAGE, follows:STAGE",
)
MODEL_YEAR = Form(re.compile(r"202[2-9]"), "is not a year of the model")
COLOUR = Form(
    re.compile(r"#[0-9A-F]{6}"), "is not a colour: # and six digits or capital letters A to F"
)
UNIT_LIST = Form(
    re.compile(rf"({'|'.join(UNITS)})( ({'|'.join(UNITS)}))*"),
    "is not a list of units parted by spaces",
)
LONGEST_LEAD = 24  # months

STAGES = Table(
    "stages",
    "the bill of materials, one row a stage",
    "The bill of materials",
    (
        key("stage", "A name for the stage"),
        text("label", "What it makes, in a sentence's middle", required=True),
        declare(text("short", "Its name where room is short; blank: none is written there")),
        word("product", "Whose lines feed it", PRODUCTS),
        declare(text("product_label", "What that product is called in lists")),
        declare(number("product_place", "Where it stands in lists", "place")),
        text("unit", "What its numbers count", required=True),
        declare(
            Column("also_in", "Other units in which rates of its lines may stand", form=UNIT_LIST)
        ),
        reference("feeds", "The stage it goes into; a tree", "stages"),
        text("quantity", "Units in one unit of that stage: a number or an assumption"),
        Column(
            "total",
            "How its capacity is set: `knots` = a total of its own by half-year, `ratio:STAGE` = so much of another "
            "stage's total plus its own lines, `follows:STAGE` = so much of all of it, `unlimited`",
            required=True,
            form=TOTAL,
        ),
        reference("share", "The part for 155 mm", "assumptions"),
        reference("lines_share", "The part of its lines' rates that counts", "assumptions"),
        reference("imports", "What comes from elsewhere", "assumptions"),
        number(
            "lead_months",
            "From start to stock",
            "months",
            required=True,
            span=(0, LONGEST_LEAD),
        ),
        number("buffer_months", "Stock it makes before it stops", "months", required=True),
        declare(word("role", "What the model asks it for; each role stands once", STAGE_ROLES)),
        declare(word("hours", "Whether working hours move it", YES_NO, required=True)),
        declare(Column("colour", "Its colour on light ground", required=True, form=COLOUR)),
        declare(Column("colour_dark", "Its colour on dark ground", required=True, form=COLOUR)),
        text("explains", "What it is, for a reader", required=True),
    ),
    note="A new input is a row.",
)
ASSUMPTIONS = Table(
    "assumptions",
    "one row a coefficient",
    "Every coefficient with range and reasoning",
    (
        key("assumption_id", "A name for it"),
        word("kind", "What it is for", ASSUMPTION_KINDS, required=True),
        text("label", "What it is", required=True),
        number("low", "Least", "`unit`"),
        number("mode", "Most likely", "`unit`"),
        number("high", "Most", "`unit`"),
        text("unit", "What it counts", required=True),
        reference(
            "source_ids",
            "Where it is from",
            "sources",
            required=True,
            several=True,
            besides="assumption",
        ),
        reference("claim_ids", "Claims it rests on", "claims", several=True),
        text("reasoning", "Why this range", required=True),
    ),
    named=(
        "utilisation",
        "realised_share",
        "slip_months",
        "reserve_nitrocellulose",
        "share_155_nitrocellulose",
        "linters_asia_share",
        "russia_error",
        "russia_growth",
        "share_152",
        "share_shells",
        "share_new",
        "all_calibres",
        "record_completeness",
        "us_own_need",
        "other_imports",
        "stock_now",
        "price_europe",
        "price_us",
        "price_other",
        "order_for_a_plant",
        "plant_rounds",
        "plant_years",
        "ramp_up_months",
        "expansion_base",
        "forecast_pace",
        "forecast_drift",
        "forecast_start_noise",
        "forecast_growth_noise",
        "forecast_damping",
        "forecast_half_life",
        "forecast_tails",
        "forecast_walk",
        "forecast_trend",
        "forecast_error_a",
        "forecast_error_b",
        "forecast_error_c",
        "forecast_pace_most",
        "forecast_start_projectile",
        "forecast_start_propellant",
        "forecast_start_nitrocellulose",
        "forecast_start_explosive",
        "forecast_prewar_output",
        "forecast_rise",
        "forecast_wander_projectile",
        "forecast_wander_propellant",
        "forecast_wander_energetics",
        "forecast_part_energetics",
        "forecast_common",
        "forecast_asap_tonnes",
        "forecast_asap_due",
    ),
    marked="label",
)
CALIBRATION = Table(
    "calibration",
    "ranges of what is published for a year, drawn beside the forecast; one row a year's total",
    "Ranges of published totals by year",
    (
        key("target_id", "A name for the total"),
        word("observable", "What is compared", OBSERVABLES, required=True),
        date("year", "Of the total, from 2022", required=True, form=MODEL_YEAR),
        number("low", "Least", "rounds/yr", required=True),
        number("high", "Most", "rounds/yr", required=True),
        reference("claim_ids", "Claims it rests on", "claims", required=True, several=True),
        text("reasoning", "Why this range", required=True),
    ),
)
DERIVED = Table(
    "derived",
    "one row a figure of Europe that follows from claims by a step of arithmetic, or from one by reading it",
    "Figures of Europe worked out from claims",
    (
        key("figure_id", "A name for it"),
        word("observable", "What it is a figure of", FIGURE_OBSERVABLES, required=True),
        number("low", "Least; blank: a figure says only at most", "`unit`"),
        number("high", "Most; blank: a figure says only at least", "`unit`"),
        text("unit", "What it counts", required=True),
        date("first", "First month it speaks of", required=True),
        date("last", "Last month it speaks of", required=True),
        word("confidence", "How far it is trusted", CONFIDENCE, required=True),
        reference("claim_ids", "Claims it follows from", "claims", required=True, several=True),
        text("reasoning", "How it follows", required=True),
    ),
    may_be_empty=True,
    note="It counts as known once the last of its claims was said.",
)
PRESETS = Table(
    "presets",
    "one row a ready-made what-if",
    "Ready-made what-ifs",
    (
        key("preset_id", "A name for it"),
        text("label", "What it asks", required=True),
        text(
            "settings",
            "`lever=value;...` as `--set` takes them; `assume.ID=value` sets a coefficient",
            required=True,
        ),
        text("reasoning", "Why these values", required=True),
        reference("source_ids", "Where they are from", "sources", required=True, several=True),
        reference("claim_ids", "Claims they rest on", "claims", several=True),
    ),
    marked="label",
)
TARGETS = Table(
    "targets",
    "one row a yearly output whose odds are computed",
    "Yearly output whose odds are computed",
    (
        key("target_id", "A name for it"),
        text("label", "Whose target it is", required=True),
        number("rounds_per_year", "How much is aimed at", "rounds/yr", required=True),
        date("by", "The month by which", required=True),
        text("reasoning", "Why this target and date", required=True),
        reference("claim_ids", "Claims it rests on", "claims", required=True, several=True),
    ),
    marked="label",
)
RELEASED = Table(
    "released",
    "one row a headline of the last released record, which the checks compare with",
    "Headlines of the last released record",
    (
        key("metric", "A name for the headline"),
        text("label", "What it says", required=True),
        number("value", "How much", "`unit`", required=True),
        text("unit", "What it counts", required=True),
        text("record", "Version of the record it was computed from", required=True),
    ),
    may_be_empty=True,
)
COUNTRIES = Table(
    "countries",
    "one row a country",
    "Countries, and which count in the totals",
    (
        key("country", "ISO 3166-1 alpha-2"),
        text("name", "What it is called", required=True),
        word("counted", "Whether its lines count", COUNTED, required=True),
        number("label_lat", "Place of its name on the map", "degrees north, WGS 84", required=True),
        number("label_lon", "Place of its name on the map", "degrees east, WGS 84", required=True),
        text("reason", "Why it counts or not", required=True),
    ),
)
