"""Where each picture is at home, which pictures a page shows when it is presented as it stands, and which lever is live on a picture's screen."""

from __future__ import annotations

from ramp155.answers.gap.comparison import RUSSIA_RATE_LEVER
from ramp155.answers.procurement.terms import DEMAND_LEVERS
from ramp155.model.scenario.levers import LEVER_BY_NAME

# Where each picture is at home, and which ones a page shows when it is presented as it stands.
PAGE_PICTURES: dict[str, tuple[str, ...]] = {
    "overview": ("output", "sites"),
    "map": ("sites",),
    "ramp_up": ("milestones", "slips"),
    "what_if": ("output", "response", "goal_odds", "stages"),
    "gap": ("ratio", "rates", "parity"),
    "gap?gap_view=who": ("named", "us"),
    "gap?gap_view=statements": ("ratio", "parity"),
    "gap?gap_view=tracks": ("tracks", "preference"),
    "gap?gap_view=money": ("purchase",),
    "gap?gap_view=policy": ("starts",),
    "evidence": ("slips",),
    "evidence?evidence_view=claims": ("topic",),
    "evidence?evidence_view=hindcast": ("hindsight",),
    "evidence?evidence_view=sources": ("pinned",),
    "evidence?evidence_view=assumptions": ("tornado",),
    "evidence?evidence_view=model": ("stages", "tornado"),
    "evidence?evidence_view=quality": ("silence", "pinned"),
    "evidence?evidence_view=take": ("sites",),
    "evidence?evidence_view=yours": ("sites", "output"),
    "briefing": ("output",),
}
# The lever that is live on a picture's screen.
SUPPLY_PICTURES = ("output", "response", "goal_odds", "stages", "ratio", "rates", "parity")
PICTURE_LEVERS = {
    **dict.fromkeys(SUPPLY_PICTURES, "nitrocellulose"),
    **dict.fromkeys(("sites", "milestones"), "as_of"),
    **dict.fromkeys(("tracks", "preference"), "preference"),
    "purchase": "spend",
    "tornado": "nitrocellulose",
}
# What a lever of one screen may be called: the model's, the gap page's, the date, the money.
LEVER_NAMES = (
    *(name for name in LEVER_BY_NAME if name != "months"),
    *(lever.name for lever in DEMAND_LEVERS),
    RUSSIA_RATE_LEVER.name,
    "as_of",
    "spend",
)


# How a page's view stood in its address before; such addresses are still read.
_OLD_VIEW_KEYS = {"gap?show=": "gap?gap_view=", "evidence?look=": "evidence?evidence_view="}


def modernise_address(address: str) -> str:
    """A page with its view under the name that links now use."""
    for old_start, new_start in _OLD_VIEW_KEYS.items():
        if address.startswith(old_start):
            return new_start + address.removeprefix(old_start)
    return address


def find_home_page(picture: str) -> str:
    """The page on which a picture is at home, as an address."""
    return next(
        page for page, shown in PAGE_PICTURES.items() if picture in shown and page != "overview"
    )
