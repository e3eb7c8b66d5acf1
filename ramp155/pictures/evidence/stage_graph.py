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
    stages = model.record.stages
    assumptions = model.record.assumptions
    middle_values = dict(zip(assumptions["assumption_id"], assumptions["mode"], strict=True))
    dot_lines = [
        'digraph { rankdir=LR; bgcolor="transparent"; nodesep=0.25; ranksep=0.5;',
        f'node [shape=box style="rounded,filled" fontname="Source Sans, sans-serif" fontsize=15 color="{line_colour}" '
        f'fillcolor="{paper}" fontcolor="{ink}" margin="0.14,0.07"];',
        f'edge [color="{line_colour}" fontname="Source Sans, sans-serif" fontsize=12 fontcolor="{ink}"];',
    ]
    for stage, unit in zip(stages["stage"], stages["unit"], strict=True):
        label = f"{_quote_dot_text(names[stage].capitalize())}\\n{_quote_dot_text(unit.replace('/yr', ' a year'))}"
        dot_lines.append(f'{stage} [label="{label}"];')
    for stage, fed, quantity in zip(
        stages["stage"], stages["feeds"], stages["quantity"], strict=True
    ):
        if fed:
            amount = float(middle_values.get(quantity, quantity))
            dot_lines.append(f'{stage} -> {fed} [label="{amount:.4g}"];')
    return "\n".join([*dot_lines, "}"])
