"""The command that puts a question of the one table to the record and prints the reply."""

from __future__ import annotations

import argparse
import json

from ramp155.cli.options import load_record
from ramp155.cli.parser import ExitCode
from ramp155.questions.ask import ask
from ramp155.questions.catalogue import QUESTIONS
from ramp155.questions.read import read_asked
from ramp155.questions.replies.tables import format_json


def print_reply(options: argparse.Namespace) -> ExitCode:
    """Print the reply to a question as JSON, CSV or text. Raises ValueError for what cannot be asked."""
    question = QUESTIONS[options.question]
    given = {
        parameter.name: str(getattr(options, parameter.name))
        for parameter in question.parameters
        if getattr(options, parameter.name) is not None
    }
    record = load_record()
    settings = read_settings(options.set) if question.takes_scenario else None
    reply = ask(record, read_asked(question, record, given, settings))
    if options.format == "csv":
        print(reply.table.to_csv(index=False), end="")
    elif options.format == "table":
        print(reply.write_text())
    elif question.is_lined:
        for row in reply.values:
            print(json.dumps(row, ensure_ascii=False))
    else:
        print(format_json(reply.values))
    return ExitCode.DONE


def read_settings(texts: list[str]) -> dict[str, str]:
    """Levers by name from LEVER=VALUE. Raises ValueError for a text without a sign of equality."""
    settings = {}
    for text in texts:
        lever_name, equals_sign, value_text = text.partition("=")
        if not equals_sign:
            raise ValueError(f"--set {text}: expected LEVER=VALUE")
        settings[lever_name.strip()] = value_text.strip()
    return settings
