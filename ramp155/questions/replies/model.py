"""Replies of the model: run, response, goal, locks, gap, verdicts, fit."""

from __future__ import annotations

import pandas as pd

from ramp155.answers.gap.ratios import compute_gap
from ramp155.answers.goal.goal import Goal, seek_goal
from ramp155.answers.output.fit_report import report_fit
from ramp155.answers.output.outlook import run_outlook
from ramp155.answers.stages.locks import Locks, find_locks
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import LAST_PLANNED_MONTH, MONTHS
from ramp155.questions.read import Asked
from ramp155.questions.replies.columns import LOCK_COLUMNS, PATH_COLUMNS, RESPONSE_COLUMNS
from ramp155.questions.replies.reply import Reply, reply_table
from ramp155.questions.replies.tables import build_json_rows, write_table
from ramp155.record.records import Records
from ramp155.text.output.goal import write_goal_answer, write_goal_table
from ramp155.text.output.locks import write_locks
from ramp155.text.statements.verdicts import judge_statements


def reply_run(record: Records, asked: Asked) -> Reply:
    """A scenario's output by month beside the baseline's."""
    outlook = run_outlook(Model(record, asked.draws), asked.scenario)
    path = outlook.path[PATH_COLUMNS]
    values = {
        "scenario": outlook.scenario.as_dict(),
        "statistic": "median",
        "nameplate_beyond_plans": [month for month in MONTHS if month > LAST_PLANNED_MONTH],
        "path": build_json_rows(path),
    }
    return Reply(values, path, lambda: write_table(path))


def reply_response(record: Records, asked: Asked) -> Reply:
    """The output of one month against nitrocellulose supply."""
    outlook = run_outlook(Model(record), asked.scenario, asked.text("month"))
    return reply_table(outlook.response[RESPONSE_COLUMNS])


def reply_goal(record: Records, asked: Asked) -> Reply:
    """The nitrocellulose supply that reaches an output by a month, with the odds."""
    target = float(asked["target"] or 0)
    goal = seek_goal(Model(record, asked.draws), asked.scenario, target, asked.text("by"))
    return Reply(goal.as_dict(), write_goal_table(goal), lambda: _write_goal(record, goal))


def _write_goal(record: Records, goal: Goal) -> str:
    """Sentences, and below them the sets of levers as a table."""
    lines = [sentence.replace("**", "") for sentence in write_goal_answer(record, goal)]
    table = write_goal_table(goal)
    if len(table.columns):
        lines.append(f"\n{table.rename_axis('levers moved', axis=1).to_string()}")
    return "\n".join(lines)


def reply_locks(record: Records, asked: Asked) -> Reply:
    """What each stage allows in a month, narrowest first, and what raising it, or two of them, adds."""
    locks = find_locks(Model(record, asked.draws), asked.scenario, asked.text("month"))
    stages = locks.stages[LOCK_COLUMNS]
    values = [*build_json_rows(stages), {"pairs": _build_pair_rows(locks)}]
    return Reply(values, stages, lambda: _write_locks(record, locks))


def _build_pair_rows(locks: Locks) -> list[dict[str, object]]:
    """Every pair as JSON values: what raising both adds (rounds a year), and how often (0 to 1)."""
    return [
        {"stages": [pair.pop("first"), pair.pop("second")], **pair}
        for pair in build_json_rows(locks.pairs)
    ]


def _write_locks(record: Records, locks: Locks) -> str:
    adding_pairs = locks.pairs[locks.pairs["median_rises"] > 0].head(5)
    return "\n".join(
        [
            write_table(locks.stages[LOCK_COLUMNS].round(2)),
            "\nRaising two stages adds, rounds a year:",
            write_table(adding_pairs.round(2)),
            f"\n{write_locks(record, locks)}",
        ]
    )


def reply_gap(record: Records, asked: Asked) -> Reply:
    """Russia's rounds over NATO's and Europe's by month."""
    return reply_table(
        compute_gap(Model(record, asked.draws), asked.scenario, asked.comparison).ratio
    )


def reply_verdicts(record: Records, asked: Asked) -> Reply:
    """Public statements with the verdict of record and model."""
    verdicts = judge_statements(Model(record, asked.draws), asked.scenario, asked.comparison)
    verdict_rows = [verdict.as_dict() for verdict in verdicts]
    table = pd.DataFrame(verdict_rows)
    table["claims"] = [" ".join(claim_ids) for claim_ids in table["claims"]]
    short_table = table[["who", "statement", "verdict", "odds"]]
    return Reply(verdict_rows, table, lambda: write_table(short_table))


def reply_fit(record: Records, asked: Asked) -> Reply:
    """The published ranges of a year beside the runs."""
    return reply_table(report_fit(Model(record)).round(0))
