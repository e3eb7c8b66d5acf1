"""Commands that ask the model: run, response, goal, locks, gap, verdicts."""

from __future__ import annotations

import argparse

import pandas as pd

from ramp155.answers.gap.ratios import compute_gap
from ramp155.answers.goal.goal import seek_goal
from ramp155.answers.output.outlook import run_outlook
from ramp155.answers.stages.locks import Locks, find_locks
from ramp155.cli.columns import LOCK_COLUMNS, PATH_COLUMNS, RESPONSE_COLUMNS
from ramp155.cli.options import load_record, read_comparison, read_month, read_scenario
from ramp155.cli.parser import ExitCode
from ramp155.cli.tables import build_json_rows, format_json, print_table
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import LAST_PLANNED_MONTH, MONTHS
from ramp155.text.output.goal import write_goal_answer, write_goal_table
from ramp155.text.output.locks import write_locks
from ramp155.text.statements.verdicts import judge_statements


def print_run(options: argparse.Namespace) -> ExitCode:
    """Print a scenario's output by month beside the baseline's."""
    record = load_record()
    outlook = run_outlook(Model(record, options.draws), read_scenario(options, record))
    path = outlook.path[PATH_COLUMNS]
    if options.format == "json":
        answer = {
            "scenario": outlook.scenario.as_dict(),
            "statistic": "median",
            "nameplate_beyond_plans": [month for month in MONTHS if month > LAST_PLANNED_MONTH],
            "path": build_json_rows(path),
        }
        print(format_json(answer))
    else:
        print_table(path, options.format)
    return ExitCode.DONE


def print_response(options: argparse.Namespace) -> ExitCode:
    """Print the output of one month against nitrocellulose supply."""
    record = load_record()
    scenario = read_scenario(options, record)
    outlook = run_outlook(Model(record), scenario, read_month(options.month))
    print_table(outlook.response[RESPONSE_COLUMNS], options.format)
    return ExitCode.DONE


def print_goal(options: argparse.Namespace) -> ExitCode:
    """Print the nitrocellulose supply that reaches an output by a month, with the odds.

    Raises ValueError for less than one draw: odds are shares of draws.
    """
    record = load_record()
    if options.draws < 1:
        raise ValueError("draws must be at least 1: odds are shares of draws")
    scenario = read_scenario(options, record)
    answer = seek_goal(
        Model(record, options.draws), scenario, options.target, read_month(options.by)
    )
    if options.format == "json":
        print(format_json(answer.as_dict()))
    else:
        for sentence in write_goal_answer(record, answer):
            print(sentence.replace("**", ""))
        table = write_goal_table(answer)
        if len(table.columns):
            print(f"\n{table.rename_axis('levers moved', axis=1).to_string()}")
    return ExitCode.DONE


def print_locks(options: argparse.Namespace) -> ExitCode:
    """Print what each stage allows in a month, narrowest first, and what raising it, or two of them, adds."""
    record = load_record()
    scenario = read_scenario(options, record)
    locks = find_locks(Model(record, options.draws), scenario, read_month(options.month))
    if options.format == "json":
        pairs = {"pairs": _build_pair_rows(locks)}
        print(format_json([*build_json_rows(locks.stages[LOCK_COLUMNS]), pairs]))
        return ExitCode.DONE
    print_table(locks.stages[LOCK_COLUMNS].round(2), options.format)
    adding_pairs = locks.pairs[locks.pairs["median_rises"] > 0].head(5)
    print("\nRaising two stages adds, rounds a year:")
    print_table(adding_pairs.round(2), options.format)
    print(f"\n{write_locks(record, locks)}")
    return ExitCode.DONE


def _build_pair_rows(locks: Locks) -> list[dict[str, object]]:
    """Every pair as JSON values: what raising both adds (rounds a year), and how often (0 to 1)."""
    return [
        {"stages": [pair.pop("first"), pair.pop("second")], **pair}
        for pair in build_json_rows(locks.pairs)
    ]


def print_gap(options: argparse.Namespace) -> ExitCode:
    """Print Russia's rounds over NATO's and Europe's by month."""
    record = load_record()
    comparison = read_comparison(options, "calibres", "made", "counts")
    scenario = read_scenario(options, record)
    gap = compute_gap(Model(record, options.draws), scenario, comparison)
    print_table(gap.ratio, options.format)
    return ExitCode.DONE


def print_verdicts(options: argparse.Namespace) -> ExitCode:
    """Print public statements with the verdict of record and model."""
    record = load_record()
    scenario = read_scenario(options, record)
    verdicts = judge_statements(Model(record, options.draws), scenario, read_comparison(options))
    verdict_rows = [verdict.as_dict() for verdict in verdicts]
    if options.format == "json":
        print(format_json(verdict_rows))
        return ExitCode.DONE
    table = pd.DataFrame(verdict_rows)
    table["claims"] = [" ".join(claim_ids) for claim_ids in table["claims"]]
    if options.format == "table":
        table = table[["who", "statement", "verdict", "odds"]]
    print_table(table, options.format)
    return ExitCode.DONE
