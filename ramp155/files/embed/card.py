"""What a link is shown as where somebody posts it: a title, a sentence, a picture."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qsl, urlencode

from ramp155.files.embed.request import EmbedRequest, read_embed, write_embed_path
from ramp155.model.model import Model
from ramp155.pictures.catalogue import CATALOGUE, build_picture, list_page_pictures
from ramp155.pictures.picture import strip_markup
from ramp155.pictures.ramp.told_lines import list_line_statuses
from ramp155.record.records import Records
from ramp155.text.glossary.terms import find_term
from ramp155.text.plant.standing import write_summary

_NAME = "Ramp 155"
_ABOUT = "How fast Europe ramps up 155 mm ammunition, and what holds it back."
# Page -> what it is called and what it is about, where nothing more is known of the view.
PAGES = {
    "": (f"{_NAME}: how fast Europe ramps up 155 mm ammunition", _ABOUT),
    "overview": (f"{_NAME}: how fast Europe ramps up 155 mm ammunition", _ABOUT),
    "map": (f"{_NAME}: plants on the map", "Every plant, and how far it has come by a date."),
    "ramp_up": (f"{_NAME}: lines and their promises", "What was promised, what came, how late."),
    "plant": (f"{_NAME}: every plant", "One page a plant: what it does, promised and came."),
    "what_if": (f"{_NAME}: what if?", "Move nitrocellulose and the other levers: output answers."),
    "gap": (f"{_NAME}: Europe and Russia", "Rounds a year on each side, counted alike."),
    "evidence": (f"{_NAME}: the evidence", "Who says so, and how good past forecasts were."),
    "briefing": (f"{_NAME}: briefings", "One finding a screen, for a room."),
    "learn": (f"{_NAME}: lessons", "Read, guess, move a lever, check."),
    "glossary": (f"{_NAME}: the words", "Every term in one sentence, and what it comes to today."),
}
_VIEW_KEYS = ("gap_view", "evidence_view")  # what says which view of a page is open


@dataclass(frozen=True)
class Card:
    """A link as others show it; `request` is the picture beside it."""

    title: str
    about: str
    request: EmbedRequest


def find_request(
    records: Records,
    page: str,
    query: Sequence[tuple[str, str]],
    other_keys: Collection[str] = (),
) -> EmbedRequest:
    """The picture that stands for a page as a link opens it. Raises KeyError for a page that is not known."""
    if page not in PAGES:
        raise KeyError(page)
    picture_name = [f"{page}?{key}={text}" for key, text in query if key in _VIEW_KEYS]
    site = any(key == "site" for key, _ in query)
    names = [
        *(name for address in picture_name for name in list_page_pictures(address)),
        *(list_page_pictures(page or "overview") if page != "plant" or site else ()),
    ]
    return read_embed(records, (names or ["output"])[0], query, other_keys)


def write_general_card(page: str, request: EmbedRequest) -> Card:
    """A card for which nothing has to be worked out."""
    return Card(*PAGES[page], request)


def write_card(
    model: Model, page: str, query: Sequence[tuple[str, str]], asked: EmbedRequest
) -> Card:
    """A card with what the view comes to: of a plant what it does, of a term its sentence, else the finding."""
    title, about = PAGES[page]
    if page == "plant" and asked.view.site:
        statuses = list_line_statuses(model.record, asked.view.site)
        name = model.record.site(asked.view.site).name
        return Card(f"{name}, {_NAME}", write_summary(model.record, statuses), asked)
    if page == "glossary":
        for key, text in query:
            if key == "term":
                try:
                    term = find_term(text)
                except ValueError:
                    break
                return Card(f"{term.name}, {_NAME}", strip_markup(term.sentence), asked)
    if page in ("learn", "glossary"):
        return Card(title, about, asked)
    finding = strip_markup(build_picture(model, asked.name, asked.view).finding)
    return Card(finding, title, asked)


def write_tags(records: Records, card: Card, public: str, address: str) -> str:
    """Write the tags of a page's head by which a link to it is previewed.

    `public` is the server's address with a slash at its end, `address` the page below it with its query.
    """
    path, _, query = write_embed_path(records, card.request).partition("?")
    preview = f"{public}{path}preview.png{'?' if query else ''}{query}"
    url = public + address
    described = f"{public}oembed?{urlencode({'url': url, 'format': 'json'})}"
    title, about = (escape(text[:300]) for text in (card.title, card.about))
    properties = {
        "og:type": "website",
        "og:site_name": _NAME,
        "og:title": title,
        "og:description": about,
        "og:url": escape(url),
        "og:image": escape(preview),
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": title,
    }
    names = {
        "description": about,
        "twitter:card": "summary_large_image",
        "twitter:title": title,
        "twitter:description": about,
        "twitter:image": escape(preview),
    }
    return "\n".join(
        [
            *(f'<meta property="{key}" content="{text}">' for key, text in properties.items()),
            *(f'<meta name="{key}" content="{text}">' for key, text in names.items()),
            f'<link rel="alternate" type="application/json+oembed" href="{escape(described)}" title="{title}">',
        ]
    )


def read_address(
    records: Records, public: str, url: str, other_keys: Collection[str] = ()
) -> tuple[str, list[tuple[str, str]], EmbedRequest]:
    """A page or embed of ours by its whole address: page, query, picture. Raises KeyError for any other address."""
    if not url.startswith(public):
        raise KeyError(url)
    path, _, query_text = url.removeprefix(public).partition("#")[0].partition("?")
    query = parse_qsl(query_text, keep_blank_values=True, max_num_fields=200)
    path = path.strip("/")
    if path.startswith("embed/"):
        request = read_embed(records, path.removeprefix("embed/"), query, other_keys)
        return CATALOGUE[request.name].page.partition("?")[0], query, request
    return path, query, find_request(records, path, query, other_keys)
