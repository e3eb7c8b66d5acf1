"""The command that checks what the record says, and that writes a release."""

from __future__ import annotations

import argparse

import pandas as pd

from ramp155.answers.audit.checks import run_audit
from ramp155.answers.audit.headlines import list_headlines
from ramp155.answers.track.archive import archive_forecast
from ramp155.answers.track.forecasts import keep_forecasts
from ramp155.base.whole_file import write_whole_file
from ramp155.cli.options import load_record
from ramp155.cli.parser import ExitCode
from ramp155.model.model import Model
from ramp155.questions.replies.tables import print_table
from ramp155.record.read import DATA


def print_audit(options: argparse.Namespace) -> ExitCode:
    """Print what the audit finds; with `--release`, write today's headlines, forecast and track record first."""
    record = load_record()
    if options.release:
        headlines_csv = list_headlines(Model(record)).to_csv(index=False, lineterminator="\n")
        write_whole_file(DATA / "released.csv", headlines_csv.encode())
        record = load_record()  # with the headlines in it, which its version counts in
        keep_forecasts(record)
        archive_forecast(Model(record))
    findings = run_audit(Model(record))
    columns = ["severity", "rule", "id", "message"]
    print_table(
        pd.DataFrame([vars(finding) for finding in findings], columns=columns), options.format
    )
    has_fault = any(finding.severity == "fault" for finding in findings)
    return ExitCode.FAULTS if has_fault else ExitCode.DONE
