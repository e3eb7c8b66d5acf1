"""Commands about versions of the record: diff, publish."""

from __future__ import annotations

import argparse

from ramp155.answers.audit.changes import find_changes
from ramp155.cli.options import load_record
from ramp155.cli.parser import ExitCode
from ramp155.files.versions.reading import load_any
from ramp155.files.versions.shelf import publish_version
from ramp155.model.model import Model
from ramp155.questions.replies.tables import format_json
from ramp155.text.evidence.changes import write_changes


def print_changes(options: argparse.Namespace) -> ExitCode:
    """Print what changed from one record to another, and what it did to the headlines."""
    before, after = (Model(load_any(name)) for name in (options.before, options.after))
    changes = find_changes(before, after)
    if options.format == "json":
        print(format_json(changes.as_dict()))
    else:
        print("\n".join(write_changes(changes)))
    return ExitCode.DONE


def publish_record(options: argparse.Namespace) -> ExitCode:
    """Write this version of the record into the folder that keeps versions; print what was written."""
    model = Model(load_record())
    paths = publish_version(model, options.out)
    for path in paths:
        print(path)
    if not paths:
        print(f"{model.record.version} is kept already, and stays as it was published")
    return ExitCode.DONE
