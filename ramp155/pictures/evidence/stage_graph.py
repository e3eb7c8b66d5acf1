"""The chain of stages as a DOT graph, with what each stage takes of the one before it."""

from __future__ import annotations

from ramp155.model.model import Model
from ramp155.pictures.palette import THEMES
from ramp155.text.stages import name_stages


def _quote_dot_text(text: str) -> str:
    """A text that stays within the quotes of a DOT label."""
    return text.replace("\\", "/").replace('"', "'")


def draw_stage_graph(model: Model, dark: bool) -> str:
    """The bill of materials as a DOT graph, with what each stage takes of the one before it."""
    colours = THEMES["dark" if dark else "light"]
    ink, paper, line_colour = (colours[colour_name] for colour_name in ("ink", "panel", "quiet"))
    names = name_stages(model.record)
    middle_values = model.record.assumptions.set_index("assumption_id")["mode"]
    dot_lines = [
        'digraph { rankdir=LR; bgcolor="transparent"; nodesep=0.25; ranksep=0.5;',
        f'node [shape=box style="rounded,filled" fontname="Source Sans, sans-serif" fontsize=15 color="{line_colour}" '
        f'fillcolor="{paper}" fontcolor="{ink}" margin="0.14,0.07"];',
        f'edge [color="{line_colour}" fontname="Source Sans, sans-serif" fontsize=12 fontcolor="{ink}"];',
    ]
    for row in model.record.stages.itertuples():
        colour_name, unit = (
            _quote_dot_text(text) for text in (names[row.stage].capitalize(), row.unit)
        )
        dot_lines.append(f'{row.stage} [label="{colour_name}\\n{unit}"];')
    for row in model.record.stages.itertuples():
        if row.feeds:
            amount = middle_values.get(row.quantity, row.quantity)
            dot_lines.append(f'{row.stage} -> {row.feeds} [label="{float(amount):.4g}"];')
    return "\n".join([*dot_lines, "}"])
