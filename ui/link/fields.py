"""Every field that a link can carry beside the levers: its default and how its text is read. Also the choices that some fields offer: the panels of What-if, the views of Gap and Evidence, the stories that come with the product, the months that can be read off. A field marked `many` may stand several times, and its value is a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ramp155.answers.gap.comparison import CALIBRES, RUSSIA_RATE_LEVER, Comparison
from ramp155.answers.gap.estimates import list_estimates
from ramp155.answers.procurement.terms import DEMAND_LEVERS
from ramp155.base.memory import remember
from ramp155.files.story.story import MOST_SCREENS
from ramp155.files.story.story_file import STORY_FOLDER
from ramp155.history.claims import list_topics
from ramp155.history.slips import SLIP_GROUPS
from ramp155.model.model import Model
from ramp155.model.scenario.horizon import DEFAULT_MONTH, MONTHS
from ramp155.model.scenario.levers import Lever
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.map.symbols import LEADING_STATUSES
from ramp155.record.schema.vocabulary import ORIGINS, PRODUCTS
from ui.link.levers import list_lever_values
from ui.link.origin import link_version
from ui.link.readers import (
    build_choice_reader,
    build_day_reader,
    build_number_reader,
    build_origin_reader,
    build_pin_reader,
    read_flag,
    read_short_text,
)

_MAP_FILTERS = ("country", "product", "origin", "operator", "status")
# What stands under the instrument on What-if, one at a time.
WHAT_IF_PANELS = ("goal", "compare", "sensitivity", "assumptions", "causes", "pinned")
# The views of the gap page.
GAP_VIEWS = ("gap", "who", "statements", "tracks", "money", "policy")
# The views of the evidence page.
EVIDENCE_VIEWS = (
    "promises", "claims", "hindcast", "sources", "assumptions", "model", "quality", "take", "yours",
)  # fmt: skip
# The briefings that come with the product, and the user's own.
SHIPPED_STORIES = tuple(path.stem.partition("-")[2] for path in sorted(STORY_FOLDER.glob("*.toml")))
MOST_SPENT = 10.0  # percent of Readiness 2030
RESPONSE_MONTHS = [m for m in MONTHS if m >= "2026-06" and m[-2:] in ("06", "12")]


@dataclass(frozen=True)
class LinkField:
    """One thing a link can carry: its default, and how its text is read (ValueError if it cannot).

    `many`: the name may stand several times, and the value is a list.
    """

    default: object
    read: Callable[[str], object]
    many: bool = False


def build_lever_field(lever: Lever) -> LinkField:
    """A lever that is no part of the scenario, in the units it is shown in."""
    low, high = lever.low * lever.scale, lever.high * lever.scale
    return LinkField(round(lever.default * lever.scale), build_number_reader(low, high))


@remember
def list_link_fields(model: Model) -> dict[str, LinkField]:
    """Every part of a link that is not a lever."""
    sites = model.record.sites
    choices = {
        "country": sorted(set(sites["country"])),
        "product": list(PRODUCTS),
        "origin": list(ORIGINS),
        "operator": sorted(set(sites["operator"])),
        "status": list(LEADING_STATUSES),
    }
    fields = {
        filter_name: LinkField(
            [], build_choice_reader(choices[filter_name], filter_name), many=True
        )
        for filter_name in _MAP_FILTERS
    }
    fields["site"] = LinkField(None, build_choice_reader(list(sites["site_id"]), "site"))
    fields["made"] = LinkField("round", build_choice_reader([*PRODUCTS, "all"], "product"))
    fields["as_of"] = LinkField(model.record.end, build_day_reader(model.record.end))
    fields["hindsight"] = LinkField(False, read_flag)
    fields["plain"] = LinkField(False, read_flag)
    fields["pin"] = LinkField([], build_pin_reader(model), many=True)
    fields["made_with"] = LinkField(None, build_origin_reader(link_version(model)))
    fields["panel"] = LinkField(
        WHAT_IF_PANELS[0], build_choice_reader(list(WHAT_IF_PANELS), "panel")
    )
    fields["use"] = LinkField(False, read_flag)
    fields["month"] = LinkField(
        DEFAULT_MONTH, build_choice_reader(RESPONSE_MONTHS, "month (June or December from 2026-06)")
    )
    return fields | list_gap_fields(model) | list_evidence_fields(model) | list_briefing_fields()


def list_briefing_fields() -> dict[str, LinkField]:
    """What a briefing adds: whether it is on, which story, which screen, where its lever stands."""
    return {
        "present": LinkField(False, read_flag),
        "story": LinkField("", build_choice_reader(["", *SHIPPED_STORIES, "own"], "story")),
        "screen": LinkField(1, build_number_reader(1, MOST_SCREENS)),
        "lever": LinkField(None, build_number_reader(0, 10_000)),
    }


def list_evidence_fields(model: Model) -> dict[str, LinkField]:
    """What the evidence page adds: its view and what is picked out of it."""
    claims = model.record.claims
    subjects = sorted(
        {single_subject for subject in claims["subject"] for single_subject in subject.split("+")}
    )
    return {
        "look": LinkField(EVIDENCE_VIEWS[0], build_choice_reader(list(EVIDENCE_VIEWS), "view")),
        "group": LinkField(SLIP_GROUPS[0], build_choice_reader(list(SLIP_GROUPS), "group")),
        "topic": LinkField(
            "eu-2024-end", build_choice_reader(list(list_topics(model.record)), "topic")
        ),
        "quantity": LinkField(
            None, build_choice_reader(sorted(set(claims["quantity"])), "quantity")
        ),
        "subject": LinkField(None, build_choice_reader(subjects, "subject")),
        "find": LinkField("", read_short_text),
    }


def list_gap_fields(model: Model) -> dict[str, LinkField]:
    """What the gap page adds: its view, whose figures, how they are counted, demand and purchases."""
    usual_comparison = Comparison()
    fields = {
        "show": LinkField(GAP_VIEWS[0], build_choice_reader(list(GAP_VIEWS), "view")),
        "russia": LinkField(
            usual_comparison.russia,
            build_choice_reader(list(list_estimates(model.record, "RU")), "estimate"),
        ),
        "us": LinkField(
            usual_comparison.us,
            build_choice_reader(list(list_estimates(model.record, "US")), "estimate"),
        ),
        "calibres": LinkField(
            usual_comparison.calibres, build_choice_reader(list(CALIBRES), "way of counting")
        ),
        "fresh": LinkField(False, read_flag),
        "plate": LinkField(False, read_flag),
        "spend": LinkField(1.0, build_number_reader(0, MOST_SPENT, is_whole=False)),
    }
    for lever in (RUSSIA_RATE_LEVER, *DEMAND_LEVERS):
        fields[lever.key] = build_lever_field(lever)
    return fields


def list_defaults(model: Model) -> dict[str, object]:
    defaults = list_lever_values(Scenario())
    for key, field in list_link_fields(model).items():
        defaults[key] = list(field.default) if field.many else field.default
    return defaults
