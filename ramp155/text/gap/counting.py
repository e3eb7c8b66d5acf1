"""A way of counting rounds in words: calibres, new or refurbished, output or nameplate."""

from __future__ import annotations

from ramp155.answers.gap.comparison import CALIBRES, CONDITIONS, COUNTS, Comparison


def say_counting(comparison: Comparison) -> str:
    """How a comparison counts, in words for a caption."""
    if comparison.calibres == "quoted":
        return f"as each source counts, {COUNTS[comparison.counts].lower()}"
    counting_parts = [
        CALIBRES[comparison.calibres],
        CONDITIONS[comparison.made],
        COUNTS[comparison.counts],
    ]
    return ", ".join(counting_part.lower() for counting_part in counting_parts)


def write_counting(comparison: Comparison) -> str:
    """A way of counting in words: 155 and 152 mm, with refurbished, output."""
    if comparison.calibres == "quoted":
        return f"As each source counts, {COUNTS[comparison.counts].lower()}"
    counting_parts = (
        CALIBRES[comparison.calibres],
        CONDITIONS[comparison.made],
        COUNTS[comparison.counts],
    )
    return ", ".join(
        [counting_parts[0], *(counting_part.lower() for counting_part in counting_parts[1:])]
    )
