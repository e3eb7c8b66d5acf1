"""Commands that ask the model: run, response, goal, gap, verdicts."""

from __future__ import annotations

import argparse

import pandas as pd

from ramp155.answers.gap.ratios import compute_gap
from ramp155.answers.goal.goal import seek_goal
from ramp155.answers.output.outlook import run_outlook
from ramp155.cli.columns import PATH_COLUMNS, RESPONSE_COLUMNS
from ramp155.cli.options import load_record, read_comparison, read_scenario
from ramp155.cli.tables import build_json_rows, format_json, print_table
from ramp155.model.model import Model
from ramp155.text.output.goal import write_goal_answer
from ramp155.text.statements.verdicts import judge_statements


def print_run(options: argparse.Namespace) -> int:

    record = load_record()
    result = run_outlook(Model(record, draws=options.draws), read_scenario(options, record))
    path = result.path[PATH_COLUMNS]
    if options.format == "json":
        print(format_json({"scenario": result.scenario.as_dict(), "path": build_json_rows(path)}))
    else:
        print_table(path, options.format)
    return 0


def print_response(options: argparse.Namespace) -> int:

    record = load_record()
    result = run_outlook(
        Model(record, draws=0), read_scenario(options, record), month=options.month
    )
    print_table(result.response[RESPONSE_COLUMNS], options.format)
    return 0


def print_goal(options: argparse.Namespace) -> int:

    record = load_record()
    if options.draws < 1:
        raise ValueError("draws must be at least 1: odds are shares of draws")
    answer = seek_goal(
        Model(record, draws=options.draws),
        read_scenario(options, record),
        options.target,
        options.by,
    )
    if options.format == "json":
        print(format_json(answer.as_dict()))
    else:
        for sentence in write_goal_answer(record, answer):
            print(sentence.replace("**", ""))
    return 0


def print_gap(options: argparse.Namespace) -> int:

    record = load_record()
    comparison = read_comparison(options, "calibres", "made", "counts")
    compared = compute_gap(
        Model(record, draws=options.draws), read_scenario(options, record), comparison
    )
    print_table(compared.ratio, options.format)
    return 0


def print_verdicts(options: argparse.Namespace) -> int:

    record = load_record()
    judged = judge_statements(
        Model(record, draws=options.draws), read_scenario(options, record), read_comparison(options)
    )
    if options.format == "json":
        print(format_json([verdict.as_dict() for verdict in judged]))
    else:
        table = pd.DataFrame([verdict.as_dict() for verdict in judged])
        table["claims"] = table["claims"].map(" ".join)
        wanted_columns = (
            list(table) if options.format == "csv" else ["verdict", "odds", "statement"]
        )
        print_table(table[wanted_columns], options.format)
    return 0
