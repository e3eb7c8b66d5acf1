"""How charts say rounds: millions on an axis, and in tooltips the words the page uses."""

from __future__ import annotations

from typing import Any

import altair as alt

# Labels of an axis of rounds, with as many digits as they need or with a tenth each: 1 M, 1.0 M.
_MILLION_LABELS = "datum.value == 0 ? '0' : format(datum.value / 1e6, '{}') + ' M'"
MILLIONS, MILLION_TENTHS = _MILLION_LABELS.format("~g"), _MILLION_LABELS.format(".1f")
# As `say_rounds` says them; what is under a thousand keeps two digits.
_ROUNDS_EXPRESSION = (
    "!isValid(datum['{0}']) ? 'not known' : abs(datum['{0}']) >= 999500 ? "
    "round(datum['{0}'] / 1e4) / 100 + ' million' : abs(datum['{0}']) >= 1e5 ? "
    "format(round(datum['{0}'] / 1e4) * 1e4, ',') : abs(datum['{0}']) >= 1e3 ? "
    "format(round(datum['{0}'] / 1e3) * 1e3, ',') : format(datum['{0}'], ',.2r')"
)
ROUNDS_FORMAT = "rounds"  # not a format of Vega's: `spell_rounds_tips` turns it into words


def build_rounds_tip(field: str, title: str) -> alt.Tooltip:
    """A line of a tooltip that says rounds as the page says them: 1.31 million, 640,000."""
    return alt.Tooltip(f"{field}:Q", format=ROUNDS_FORMAT, title=title)


def spell_rounds_tips(unit: Any) -> None:  # noqa: ANN401
    """Words in place of the rounds in the tooltips of a spec and of its layers."""
    for layer in unit.get("layer", []):
        spell_rounds_tips(layer)
    tips = unit.get("encoding", {}).get("tooltip", [])
    for tip in tips if isinstance(tips, list) else []:
        if tip.get("format") == ROUNDS_FORMAT:
            field = tip["field"]
            calculation = {"calculate": _ROUNDS_EXPRESSION.format(field), "as": f"{field}_said"}
            if calculation not in unit.setdefault("transform", []):
                unit["transform"].append(calculation)
            tip.update(field=f"{field}_said", type="nominal")
            del tip["format"]
