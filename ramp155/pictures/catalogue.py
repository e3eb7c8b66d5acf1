"""The product's main pictures by name: a page, a briefing, slides and files all ask here, and get the same picture. The names stand in stories, links and pages: they are not to be changed."""

from __future__ import annotations

from ramp155.model.model import Model
from ramp155.pictures.builder import Builder
from ramp155.pictures.evidence.hindcast import build_hindcast_picture
from ramp155.pictures.evidence.silence import build_silence_picture
from ramp155.pictures.evidence.slips import build_slips_picture
from ramp155.pictures.evidence.topic import build_topic_picture
from ramp155.pictures.gap.estimates import build_named_estimates_picture
from ramp155.pictures.gap.parity import build_parity_picture
from ramp155.pictures.gap.rates import build_rates_picture
from ramp155.pictures.gap.ratio import build_ratio_picture
from ramp155.pictures.gap.us import build_us_picture
from ramp155.pictures.levers.goal_odds import build_goal_odds_picture
from ramp155.pictures.levers.response import build_response_picture
from ramp155.pictures.levers.tornado import build_tornado_picture
from ramp155.pictures.levers.utilisation import build_utilisation_picture
from ramp155.pictures.output.path import build_output_picture
from ramp155.pictures.picture import Picture
from ramp155.pictures.plants.attribution import build_attribution_picture
from ramp155.pictures.plants.milestones import build_milestones_picture
from ramp155.pictures.plants.sites import build_sites_picture
from ramp155.pictures.plants.starts import build_starts_picture
from ramp155.pictures.procurement.preference import build_preference_picture
from ramp155.pictures.procurement.purchase import build_purchase_picture
from ramp155.pictures.procurement.tracks import build_tracks_picture
from ramp155.pictures.view import View

# By the names that stories, links and pages use; they outlive the functions' own names.
BUILDERS: dict[str, Builder] = {
    "output": build_output_picture,
    "response": build_response_picture,
    "goal_odds": build_goal_odds_picture,
    "stages": build_utilisation_picture,
    "tornado": build_tornado_picture,
    "pinned": build_attribution_picture,
    "ratio": build_ratio_picture,
    "rates": build_rates_picture,
    "parity": build_parity_picture,
    "named": build_named_estimates_picture,
    "us": build_us_picture,
    "tracks": build_tracks_picture,
    "preference": build_preference_picture,
    "purchase": build_purchase_picture,
    "starts": build_starts_picture,
    "sites": build_sites_picture,
    "milestones": build_milestones_picture,
    "slips": build_slips_picture,
    "topic": build_topic_picture,
    "hindsight": build_hindcast_picture,
    "silence": build_silence_picture,
}


def build_picture(model: Model, name: str, view: View) -> Picture:
    """A picture by name. Raises KeyError for one that is not known."""
    return BUILDERS[name](model, view)
