"""Sources and claims in words, how this product is cited, and the reports of errors in it."""

from __future__ import annotations

import hashlib
from ipaddress import ip_address
from urllib.parse import quote, urlencode, urlsplit

import numpy as np

from ramp155.history.claims import list_claims, list_contested_claims, list_topics
from ramp155.model.version import MODEL_VERSION
from ramp155.record.grades import STANDING_CLASSES, count_coefficients
from ramp155.record.records import Records
from ramp155.text.numbers import count_words

AUTHOR = "The Ramp 155 authors"
RECORD_TITLE = "Record of European 155 mm ammunition capacity"
# What is said of an address that no other machine can open, in two lines.
LOCAL_WORDS = ("opens on this machine only:", "no public address is set")
_LATEX_SIGNS = {sign: f"\\{sign}" for sign in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


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


def is_local_address(address: str) -> bool:
    """Whether an address opens on the machine alone that it was made on, or is none."""
    host = urlsplit(address).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        number = ip_address(host)
    except ValueError:
        return not host
    return number.is_loopback or number.is_unspecified


def say_address(address: str) -> str:
    """An address in words, with the warning that it opens on one machine only where it does."""
    if not is_local_address(address):
        return address
    return f"{address} ({' '.join(LOCAL_WORDS)})".strip()


def write_citations(records: Records, title: str, address: str, kind: str = "") -> dict[str, str]:
    """What is cited (a picture, a plant, a claim, a number, the record) in one line, in APA and as BibTeX, by name of form.

    Author, title, version, day and address. The day is that of the record's last report: the same record is cited alike.
    `kind` says what it is ("Chart"); without an address none is given.
    """
    plain_title = " ".join(title.split()).rstrip(".")
    day, version = records.end, records.version
    told_kind = f" [{kind}]" if kind else ""
    said_address = say_address(address)
    one_line = (
        f'{AUTHOR}, "{plain_title}"{told_kind}, record {version}, {day.day} {day:%B %Y}',
        said_address,
    )
    apa = (
        f"{AUTHOR}. ({day.year}, {day:%B} {day.day}). {plain_title} (Version {version}){told_kind}. Ramp 155.",
        said_address,
    )
    fields = {
        "author": f"{{{AUTHOR}}}",
        "title": f"{{{_escape_bibtex(plain_title)}}}",
        "year": str(day.year),
        "month": str(day.month),
        "version": _escape_bibtex(version),
        "type": _escape_bibtex(kind),
        "publisher": "Ramp 155",
        "url": "" if is_local_address(address) else _escape_address(address),
        "note": _escape_bibtex(f"Record as of {day.day} {day:%B %Y}, CC BY 4.0"),
    }
    digest = hashlib.sha256(f"{plain_title}\n{address}".encode()).hexdigest()[:6]
    bibtex = ",\n".join(f"  {name} = {{{words}}}" for name, words in fields.items() if words)
    return {
        "One line": ", ".join(part for part in one_line if part) + ".",
        "APA": " ".join(part for part in apa if part),
        "BibTeX": f"@misc{{ramp155-{day.year}-{digest},\n{bibtex}\n}}",
    }


def cite_record(records: Records, address: str = "") -> dict[str, str]:
    """The record itself in all forms."""
    return write_citations(records, RECORD_TITLE, address, "Data set")


def _escape_bibtex(text: str) -> str:
    """Words that mean only themselves in BibTeX and LaTeX."""
    return "".join(_LATEX_SIGNS.get(sign, sign) for sign in text)


def _escape_address(address: str) -> str:
    """An address in which no brace or backslash ends the field; all else stays as it is clicked."""
    return address.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")


def write_error_report(
    records: Records, row_id: str = "", picture: str = "", address: str = ""
) -> str:
    """A report of an error, ready to be copied: what it is about, the record, and what to add."""
    about = (
        ("Row", row_id),
        ("Picture", picture),
        ("Link", address and say_address(address)),
        ("Record", records.version),
        ("Model", str(MODEL_VERSION)),
    )
    lines = [f"{name}: {words}" for name, words in about if words]
    return "\n".join(["Error in Ramp 155", *lines, "What is wrong:", "A source that says so:"])


def write_error_link(records: Records, row_id: str, address: str) -> str:
    """The link that reports an error in a row: an e-mail or an issue with its id and version filled in.

    `address`: an e-mail address, or the address of a form that takes `title` and `body` (as the "new
    issue" pages of code hosts do); blank: the page of this app on which the report stands ready to be copied.
    """
    if not address:
        return f"evidence?{urlencode({'evidence_view': 'take', 'report': row_id})}"
    title = f"Ramp 155: error in {row_id}"
    body = write_error_report(records, row_id)
    if address.startswith(("https://", "http://")):
        joint = "&" if "?" in address else "?"
        return address + joint + urlencode({"title": title, "body": body})
    return f"mailto:{quote(address, safe='@')}?subject={quote(title)}&body={quote(body)}"
