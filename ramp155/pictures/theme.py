"""A Vega-Lite spec in a theme's colours: light values swapped for dark ones when a chart is drawn on the dark ground, and the configuration of a chart drawn outside the page."""

from __future__ import annotations

from typing import Any

from ramp155.base.memory import remember_asset
from ramp155.pictures.palette import DARK_OF_LIGHT, THEMES


def apply_theme(spec: Any, theme: str) -> Any:  # noqa: ANN401
    """A Vega-Lite spec (or any dicts and lists) in a theme's colours.

    On the light ground the spec itself; else a copy in which every string that is a colour of the
    palette is the dark one. Frames and other objects stay the same objects. Parts of a spec are
    remembered by identity: what was drawn once is not to be changed afterwards.
    """
    if theme != "dark":
        return spec
    if not isinstance(spec, dict):
        return _swap_colours(spec)
    return {
        key: _swap_colours(spec_part) if key == "datasets" else _swap_once(spec_part)
        for key, spec_part in spec.items()
    }


class _SpecPart:
    """A part of a spec, equal to itself alone; holding it keeps its identity from being reused."""

    __slots__ = ("part",)

    def __init__(self, part: object) -> None:
        self.part = part

    def __hash__(self) -> int:
        return id(self.part)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SpecPart) and self.part is other.part


def _swap_once(spec_part: object) -> object:
    return (
        _swap_remembered(_SpecPart(spec_part))
        if isinstance(spec_part, dict | list)
        else _swap_colours(spec_part)
    )


@remember_asset
def _swap_remembered(spec_part: _SpecPart) -> object:
    return _swap_colours(spec_part.part)


def _swap_colours(spec_part: object) -> object:
    if isinstance(spec_part, str):
        return (
            DARK_OF_LIGHT.get(spec_part.lower(), spec_part) if spec_part[:1] == "#" else spec_part
        )
    if isinstance(spec_part, dict):
        return {key: _swap_colours(value) for key, value in spec_part.items()}
    if isinstance(spec_part, list):
        return [_swap_colours(value) for value in spec_part]
    return spec_part


def build_vega_config(theme: str) -> dict[str, Any]:
    """Ground, axes and words of a chart drawn outside the page, which has them from its own theme."""
    colours = THEMES[theme]
    axis = {
        "labelColor": colours["quiet"],
        "titleColor": colours["quiet"],
        "gridColor": colours["grid"],
        "domainColor": colours["border"],
        "tickColor": colours["border"],
        "titleFontWeight": "normal",
    }
    return {"background": colours["paper"], "axis": axis, "text": {"color": colours["ink"]}}
