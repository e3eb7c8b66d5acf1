"""What changed between two records, in words: headlines first, then table by table."""

from __future__ import annotations

from ramp155.answers.audit.changes import Changes, HeadlineMove, TableChanges
from ramp155.text.numbers import count_words, join_words, say_percent

MOST_ROWS = 12  # named of each kind in a table; the rest is counted


def write_changes(changes: Changes) -> list[str]:
    """Lines that say what changed and what it did to the headlines."""
    if not changes.is_comparable:
        return [
            f"Record {changes.before} has other tables, so {changes.after} cannot be compared with it."
        ]
    if not changes.tables:
        return [f"Records {changes.before} and {changes.after} say the same."]
    moved = [move for move in changes.headlines if move.before != move.after]
    lines = [f"From record {changes.before} to {changes.after}, both by the same model.", ""]
    lines += map(say_move, moved) if moved else ["No headline moved."]
    for table in changes.tables:
        lines += ["", f"{table.table}: {_count_rows(table)}", *_list_rows(table)]
    return lines


def say_move(move: HeadlineMove) -> str:
    """How far a headline moved, with both figures in its unit."""
    change = move.after - move.before
    step = f"{abs(change):,.6g}"
    share = f" ({say_percent(abs(change) / abs(move.before))})" if move.before else ""
    direction = "up" if change > 0 else "down"
    return f"{move.label}: {move.before:,.7g} before, {move.after:,.7g} now, {move.unit}; {direction} {step}{share}."


def _count_rows(table: TableChanges) -> str:
    counts = {
        "added": len(table.added),
        "removed": len(table.removed),
        "changed": len({cell.row for cell in table.cells}),
    }
    return join_words(
        f"{count_words(count, 'row')} {word}" for word, count in counts.items() if count
    )


def _list_rows(table: TableChanges) -> list[str]:
    lines = _cut([f"  + {key}" for key in table.added])
    lines += _cut([f"  - {key}" for key in table.removed])
    return lines + _cut(
        [
            f"  {cell.row}, {cell.column}: {cell.before or 'blank'} -> {cell.after or 'blank'}"
            for cell in table.cells
        ]
    )


def _cut(lines: list[str]) -> list[str]:
    left_over = len(lines) - MOST_ROWS
    return [*lines[:MOST_ROWS], f"  ... and {left_over} more"] if left_over > 0 else lines
