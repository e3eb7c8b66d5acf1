"""Commands that ask the record: status, fit, slips, hindcast, audit."""

from __future__ import annotations

import argparse
import json

import pandas as pd

from ramp155.answers.audit.checks import run_audit
from ramp155.answers.audit.headlines import list_headlines
from ramp155.answers.output.fit_report import report_fit
from ramp155.base.whole_file import write_whole_file
from ramp155.cli.columns import HINDCAST_COLUMNS, SLIP_COLUMNS, STATUS_COLUMNS
from ramp155.cli.options import load_record
from ramp155.cli.tables import build_json_rows, print_table
from ramp155.history.as_known import rewind_records
from ramp155.history.slips import list_dated_milestones, measure_spread
from ramp155.history.status import list_statuses
from ramp155.model.hindcast.hindcast import CUTOFFS, run_hindcast
from ramp155.model.model import Model
from ramp155.record.read import DATA
from ramp155.text.evidence.hindcast import write_hindcasts
from ramp155.text.evidence.promises import write_slips, write_slips_range


def print_statuses(options: argparse.Namespace) -> int:

    table = list_statuses(load_record(), options.as_of)[STATUS_COLUMNS]
    if options.format == "json":
        for row in build_json_rows(table):
            print(json.dumps(row, ensure_ascii=False))
    else:
        print_table(table.assign(flags=table["flags"].map("; ".join)), options.format)
    return 0


def print_fit(options: argparse.Namespace) -> int:

    print_table(report_fit(Model(load_record(), draws=500)).round(0), options.format)
    return 0


def print_slips(options: argparse.Namespace) -> int:

    known_records = rewind_records(load_record(), options.as_of)
    dated_milestones = list_dated_milestones(known_records)
    print_table(dated_milestones[SLIP_COLUMNS], options.format)
    if options.format == "table" and len(dated_milestones):
        slip_spread = measure_spread(dated_milestones["slip_months"])
        print(f"\n{write_slips(slip_spread)}. {write_slips_range(known_records)}")
    return 0


def print_hindcasts(options: argparse.Namespace) -> int:

    record = load_record()
    hindcasts = [run_hindcast(record, cutoff) for cutoff in CUTOFFS]
    rows = pd.concat(
        [cutoff_run.totals.assign(cutoff=cutoff_run.cutoff.isoformat()) for cutoff_run in hindcasts]
    )
    print_table(rows[HINDCAST_COLUMNS], options.format)
    if options.format == "table":
        print(f"\n{write_hindcasts(hindcasts)}")
    return 0


def print_audit(options: argparse.Namespace) -> int:

    record = load_record()
    if options.release:
        headlines = list_headlines(Model(record))
        text = headlines.to_csv(index=False, lineterminator="\n")
        write_whole_file(DATA / "released.csv", text.encode())
        record = load_record()
    findings = run_audit(Model(record))
    columns = ["severity", "rule", "id", "message"]
    print_table(
        pd.DataFrame([vars(finding) for finding in findings], columns=columns), options.format
    )
    return int(any(finding.severity == "fault" for finding in findings))
