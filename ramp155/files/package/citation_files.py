"""How one version of the record is cited, as files that programs read: CITATION.cff and citation.bib."""

from __future__ import annotations

import json

from ramp155.record.records import Records
from ramp155.text.citations import AUTHOR, RECORD_TITLE, cite_record

CITATION_FILE, BIBTEX_FILE = "CITATION.cff", "citation.bib"


def write_citation_files(records: Records) -> dict[str, bytes]:
    """Write how the record is cited, by name of file; the same record gives the same bytes."""
    # JSON strings are YAML strings, whatever stands in them.
    entries = {
        "cff-version": "1.2.0",
        "message": "If you use this record, please cite it as below, with its version.",
        "type": "dataset",
        "title": RECORD_TITLE,
        "version": records.version,
        "date-released": records.end.isoformat(),
        "license": "CC-BY-4.0",
    }
    lines = [f"{name}: {json.dumps(words, ensure_ascii=False)}" for name, words in entries.items()]
    lines += ["authors:", f"  - name: {json.dumps(AUTHOR)}", ""]
    return {
        CITATION_FILE: "\n".join(lines).encode(),
        BIBTEX_FILE: f"{cite_record(records)['BibTeX']}\n".encode(),
    }
