"""The tables that the record is asked about: estimates, statements, policies, contradictions,
waivers, and what became of targets.
"""

from __future__ import annotations

from ramp155.record.schema import column, vocabulary
from ramp155.record.schema.column import Table, date, key, number, reference, text
from ramp155.record.schema.vocabulary import (
    ACTORS,
    CALIBRES,
    CLAIM_STATUSES,
    CONDITIONS,
    COUNTS,
    CURRENCIES,
    ESTIMATE_CALIBRES,
    ESTIMATE_COUNTS,
    OUTCOMES,
    SPEAKER_KINDS,
    STRANDS,
    YES_NO,
)

ESTIMATES = Table(
    "estimates",
    "what others make or give, as paths through named claims; several rows an estimate, one a date",
    "What others make, as paths through claims",
    (
        key("estimate_id", "A name for the path", unique=False),
        column.word("actor", "Who makes or gives", ACTORS, required=True),
        text("label", "Whose estimate it is", required=True),
        column.word("counts", "What it counts", ESTIMATE_COUNTS, required=True),
        column.word("calibres", "Which rounds", ESTIMATE_CALIBRES, required=True),
        column.word("made", "New or refurbished", CONDITIONS, required=True),
        date("month", "A month, or a year whose every month has the figure", required=True),
        number("low", "Least", "rounds/yr", required=True),
        number("mode", "Most likely", "rounds/yr", required=True),
        number("high", "Most", "rounds/yr", required=True),
        reference("claim_ids", "Claims it rests on", "claims", required=True, several=True),
        text(
            "reasoning",
            "Why; says where a value is an assumption or a what-if",
            required=True,
        ),
    ),
    primary=("estimate_id", "counts", "month"),
    named=("ru-hur", "us-likely", "ca-155", "ua-all"),
    marked="label",
)
STATEMENTS = Table(
    "statements",
    "one row a public statement, and how it is tested",
    "Public statements and how each is tested",
    (
        key("statement_id", "A name for it"),
        text("statement", "What was said, in our words", required=True),
        text("who", "Who said it", required=True),
        date("said_on", "When", required=True),
        column.word("kind", "How it is tested", vocabulary.STATEMENTS, required=True),
        text("subject", "Actors, statuses or stages it speaks of, parted by spaces"),
        column.word("calibres", "The way of counting its words ask for", CALIBRES),
        column.word(
            "made",
            "The way of counting its words ask for",
            {word: CONDITIONS[word] for word in ("new", "refurbished")},
        ),
        column.word(
            "counts",
            "The way of counting its words ask for",
            {word: ESTIMATE_COUNTS[word] for word in ("output", "nameplate")},
        ),
        date("month", "What it speaks of", required=True),
        date("since", "What it is counted from"),
        number("low", "It holds from here", "as its kind counts"),
        number("high", "It holds to here", "as its kind counts"),
        reference("claim_ids", "Claims it rests on", "claims", required=True, several=True),
        text("note", "How it was read", required=True),
    ),
    marked="statement",
    note="No verdict stands here: it is computed.",
)
POLICIES = Table(
    "policies",
    "one row a policy",
    "Policies and money",
    (
        key("policy_id", "A name for it"),
        date("date", "When it was decided", required=True),
        text("label", "What it is called", required=True),
        text("actor", "Whose it is", required=True),
        column.word(
            "strand",
            "Of NATO's Updated Defence Production Action Plan",
            STRANDS,
            required=True,
        ),
        text("settings", "Levers a strand is tied to"),
        number("money_m", "Money behind it", "millions of `currency`"),
        column.word("currency", "Of the money", CURRENCIES),
        reference("claim_ids", "Claims it rests on", "claims", required=True, several=True),
        text("reasoning", "What came of it", required=True),
    ),
    named=("strand-demand", "strand-capacity", "strand-industry"),
    marked="label",
)
CONTRADICTIONS = Table(
    "contradictions",
    "one row a topic that `conflict:TOPIC` ties claims together on",
    "What is contested, and why",
    (
        key("topic", "A name for it"),
        text("title", "What is contested", required=True),
        text("explains", "Why the figures differ, and whether all can be true", required=True),
    ),
)
WAIVERS = Table(
    "waivers",
    "one row a fault of the checks that stands",
    "Faults of the checks that stand, with the reason",
    (
        text("rule", "The rule that is broken", required=True),
        text("id", "The row that breaks it", required=True),
        text("reason", "Why it stands", required=True),
    ),
    primary=("rule", "id"),
    may_be_empty=True,
)
TARGETS_OUTCOMES = Table(
    "targets_outcomes",
    "one row a target said in public, with what became of it",
    "Targets and what became of them",
    (
        key("outcome_id", "speaker-due date"),
        text("speaker", "Who set it, or expected it", required=True),
        column.word("speaker_kind", "What kind of speaker", SPEAKER_KINDS, required=True),
        column.word(
            "western", "Whether it counts as western: all but Russia's", YES_NO, required=True
        ),
        text("what", "What was promised", required=True),
        number("target", "How much was promised; of a range the middle", "`unit`"),
        text("unit", "What the numbers count"),
        column.word("counts", "What kind of figure it is", COUNTS, required=True),
        date("due", "When it fell due; of several dates the last", required=True),
        date("said_on", "When it was said; of several days the first"),
        number("came", "What had come by then; blank where nobody counted it", "`unit`"),
        date("came_on", "When it came, else the day of the last word on it"),
        column.word(
            "came_status",
            "What kind of word `came` is; a `target` is itself a plan",
            CLAIM_STATUSES,
        ),
        column.word("outcome", "What became of it by the record's end", OUTCOMES, required=True),
        text("programme", "Rows with the same word restate one target of one programme"),
        reference("claim_ids", "Claims of both sides", "claims", several=True),
        reference("event_ids", "Events of both sides", "events", several=True),
        reference("promised_source", "Who reports the promise", "sources"),
        reference("came_source", "Who reports what became of it", "sources"),
        text("note", "How it was read"),
    ),
    marked="what",
)
