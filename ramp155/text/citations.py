"""Sources and claims in words, and the link that reports an error in a row."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import numpy as np

from ramp155.history.claims import list_claims, list_contested_claims, list_topics
from ramp155.record.grades import STANDING_CLASSES, count_coefficients
from ramp155.record.records import Records
from ramp155.text.numbers import count_words


def write_claims_title(records: Records, topic: str) -> str:
    """What is contested, as a heading."""
    contested = list_contested_claims(list_claims(records), topic)
    return (
        f"{list_topics(records)[topic]}: {count_words(len(contested), 'claim')} that do not agree"
    )


def write_sources_title(records: Records) -> str:
    """What the record rests on, as a heading."""
    source_table = records.sources
    weak_count = int((~source_table["class"].isin(STANDING_CLASSES)).sum())
    language_count = source_table["language"].replace("", np.nan).nunique()
    return (
        f"{count_words(len(source_table), 'source')} in {count_words(language_count, 'language')}; "
        f"{weak_count:,} of them never stand alone under a figure"
    )


def write_coefficients_title(records: Records) -> str:
    """How much of what the model uses is assumed, as a heading."""
    counts = count_coefficients(records)
    return (
        f"Of {count_words(counts.used, 'coefficient')} the model uses, {counts.assumed} are our assumptions; "
        f"{counts.beside} published ones are kept beside them"
    )


def write_error_link(records: Records, row_id: str, address: str) -> str:
    """The link that reports an error in a row: an e-mail or an issue with its id and version filled in.

    `address`: an e-mail address, or the address of a form that takes `title` and `body` (as the "new
    issue" pages of code hosts do); blank: an e-mail whose recipient is left open.
    """
    title = f"Ramp 155: error in {row_id}"
    body = f"Record {records.version}, row {row_id}.\nWhat is wrong, and a source that says so:\n"
    if address.startswith(("https://", "http://")):
        joint = "&" if "?" in address else "?"
        return address + joint + urlencode({"title": title, "body": body})
    return f"mailto:{quote(address, safe='@')}?subject={quote(title)}&body={quote(body)}"
