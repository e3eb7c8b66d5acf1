"""The product's main pictures by name: a page, a briefing, slides and files all ask here, and get
the same picture.

A new one is a file and a line here. The names stand in stories, links and pages: they are not to be
changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ramp155.model.model import Model
from ramp155.pictures.board.picture import build_board_picture
from ramp155.pictures.builder import Builder
from ramp155.pictures.evidence.silence import build_silence_picture
from ramp155.pictures.evidence.slips import build_slips_picture
from ramp155.pictures.evidence.targets import build_targets_picture
from ramp155.pictures.evidence.topic import build_topic_picture
from ramp155.pictures.evidence.track import build_track_picture
from ramp155.pictures.gap.estimates import build_named_estimates_picture
from ramp155.pictures.gap.parity import PARITY_ALT, build_parity_picture, draw_parity_chart
from ramp155.pictures.gap.rates import RATES_ALT, build_rates_picture, draw_rates_chart
from ramp155.pictures.gap.ratio import RATIO_ALT, build_ratio_picture, draw_ratio_chart
from ramp155.pictures.gap.us import build_us_picture
from ramp155.pictures.grammar.spec import Spec
from ramp155.pictures.levers.goal_odds import build_goal_odds_picture
from ramp155.pictures.levers.limits import build_limits_picture
from ramp155.pictures.levers.locks import build_locks_picture
from ramp155.pictures.levers.response import build_response_picture
from ramp155.pictures.levers.tornado import build_tornado_picture
from ramp155.pictures.levers.utilisation import build_utilisation_picture
from ramp155.pictures.lines.lateness import build_lateness_picture
from ramp155.pictures.lines.promised import build_promised_picture
from ramp155.pictures.lines.share import build_share_picture
from ramp155.pictures.lines.unsaid import build_unsaid_picture
from ramp155.pictures.machine.flow import build_flow_picture
from ramp155.pictures.output.path import build_output_picture
from ramp155.pictures.picture import Picture
from ramp155.pictures.plants.attribution import build_attribution_picture
from ramp155.pictures.plants.makers import build_makers_picture
from ramp155.pictures.plants.sites import build_sites_picture
from ramp155.pictures.plants.starts import build_starts_picture
from ramp155.pictures.procurement.preference import (
    PREFERENCE_ALT,
    build_preference_picture,
    draw_preference_chart,
)
from ramp155.pictures.procurement.purchase import build_purchase_picture
from ramp155.pictures.procurement.tracks import (
    TRACKS_ALT,
    build_tracks_picture,
    draw_tracks_chart,
)
from ramp155.pictures.ramp.picture import build_ramp_picture
from ramp155.pictures.view import View


@dataclass(frozen=True)
class Entry:
    """A picture of the catalogue: its name, who builds it, the page it belongs to, the lever it moves with.

    `page` is an address (`gap?gap_view=money`); `also` names other pages that show the picture when they
    are presented, the one it matters most to first. `lever` is blank where no lever moves it. `live`:
    the browser draws it by itself while its lever moves. `draw` makes the chart alone, `alt` says what is drawn: for a
    page that needs no more of it at every move of a lever.
    """

    name: str
    build: Builder
    page: str
    lever: str = ""
    also: tuple[str, ...] = ()
    live: bool = False
    draw: Callable[[Model, View], Spec] | None = None
    alt: str = ""

    @property
    def pages(self) -> tuple[str, ...]:
        """Every page that shows the picture, its own first."""
        return (self.page, *self.also)


# A page that is presented as it stands shows its own pictures in this order, then those of others.
CATALOGUE: dict[str, Entry] = {
    entry.name: entry
    for entry in (
        Entry(
            "output",
            build_output_picture,
            "what_if",
            "nitrocellulose",
            ("overview", "briefing", "glossary", "learn", "evidence?evidence_view=yours"),
            live=True,
        ),
        Entry("response", build_response_picture, "what_if", "nitrocellulose"),
        Entry("locks", build_locks_picture, "what_if", "nitrocellulose", ("overview",)),
        Entry("flow", build_flow_picture, "what_if", "flow_month"),
        Entry("limits", build_limits_picture, "what_if", "nitrocellulose"),
        Entry("goal_odds", build_goal_odds_picture, "what_if", "nitrocellulose"),
        Entry(
            "stages",
            build_utilisation_picture,
            "what_if",
            "nitrocellulose",
            ("evidence?evidence_view=model",),
        ),
        Entry(
            "tornado",
            build_tornado_picture,
            "evidence?evidence_view=assumptions",
            "nitrocellulose",
            ("evidence?evidence_view=model",),
        ),
        Entry(
            "pinned",
            build_attribution_picture,
            "evidence?evidence_view=sources",
            also=("evidence?evidence_view=quality",),
        ),
        Entry(
            "ratio",
            build_ratio_picture,
            "gap",
            "nitrocellulose",
            ("gap?gap_view=statements",),
            draw=draw_ratio_chart,
            alt=RATIO_ALT,
        ),
        Entry(
            "rates",
            build_rates_picture,
            "gap",
            "nitrocellulose",
            draw=draw_rates_chart,
            alt=RATES_ALT,
        ),
        Entry(
            "parity",
            build_parity_picture,
            "gap",
            "nitrocellulose",
            ("gap?gap_view=statements",),
            draw=draw_parity_chart,
            alt=PARITY_ALT,
        ),
        Entry("named", build_named_estimates_picture, "gap?gap_view=who"),
        Entry("makers", build_makers_picture, "gap?gap_view=who"),
        Entry("us", build_us_picture, "gap?gap_view=who"),
        Entry(
            "tracks",
            build_tracks_picture,
            "gap?gap_view=tracks",
            "preference",
            draw=draw_tracks_chart,
            alt=TRACKS_ALT,
        ),
        Entry(
            "preference",
            build_preference_picture,
            "gap?gap_view=tracks",
            "preference",
            draw=draw_preference_chart,
            alt=PREFERENCE_ALT,
        ),
        Entry("purchase", build_purchase_picture, "gap?gap_view=money", "spend"),
        Entry("starts", build_starts_picture, "gap?gap_view=policy"),
        Entry(
            "sites",
            build_sites_picture,
            "map",
            "as_of",
            ("evidence?evidence_view=yours", "overview", "evidence?evidence_view=take"),
        ),
        Entry("board", build_board_picture, "ramp_up", "as_of"),
        Entry("ramp", build_ramp_picture, "plant", "as_of"),
        Entry("track", build_track_picture, "evidence"),
        Entry("slips", build_slips_picture, "ramp_up", also=("evidence?evidence_view=promises",)),
        Entry("targets", build_targets_picture, "evidence?evidence_view=targets"),
        Entry("topic", build_topic_picture, "evidence?evidence_view=claims"),
        Entry("silence", build_silence_picture, "evidence?evidence_view=quality"),
        # What only stories show.
        Entry("lateness", build_lateness_picture, "briefing", "as_of"),
        Entry("promised", build_promised_picture, "briefing", "as_of"),
        Entry("share", build_share_picture, "briefing", "as_of"),
        Entry("unsaid", build_unsaid_picture, "briefing", "as_of"),
    )
}


# What older stories call a picture.
OLD_NAMES = {"milestones": "board"}


def build_picture(model: Model, name: str, view: View) -> Picture:
    """A picture by name. Raises KeyError for one that is not known."""
    return CATALOGUE[name].build(model, view)


def list_pages() -> list[str]:
    """The address of every page that shows a picture, in order of the catalogue."""
    return list(dict.fromkeys(page for entry in CATALOGUE.values() for page in entry.pages))


def list_page_pictures(page: str) -> tuple[str, ...]:
    """The pictures that a page shows when it is presented as it stands; none for an unknown page."""
    page_entries = [entry for entry in CATALOGUE.values() if page in entry.pages]
    return tuple(
        entry.name for entry in sorted(page_entries, key=lambda entry: entry.pages.index(page))
    )
