"""An embed as one page of HTML: finding, picture, lever, table, source and the way back, without a framework.

It asks its own server for two fonts and for the positions of its lever, and nobody else for anything.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from ramp155.base.memory import remember
from ramp155.files.assets import ASSET_FOLDER, fill_template, join_scripts, read_asset
from ramp155.files.embed.drawing import (
    WIDTHS,
    NodeTable,
    choose_by_ground,
    choose_drawings,
    draw_nodes,
    write_svg,
)
from ramp155.files.embed.moves import find_lever
from ramp155.files.embed.request import (
    EmbedRequest,
    write_embed_path,
    write_page_path,
    write_view_query,
)
from ramp155.files.live_body import build_live_body
from ramp155.files.poster.fonts import FONT_FAMILY, REGULAR, SEMIBOLD
from ramp155.files.poster.picture_table import build_picture_table
from ramp155.model.model import Model
from ramp155.model.scenario.fields import SCENARIO_FIELDS
from ramp155.model.scenario.levers import LEVER_BY_NAME
from ramp155.pictures.catalogue import CATALOGUE, build_picture
from ramp155.pictures.palette import DARK, LIGHT
from ramp155.pictures.picture import Picture, strip_markup
from ramp155.text.plants import say_record_age

FONT_FOLDER_NAME = "fonts"  # beside the embeds, at their address
WEB_FONTS = {REGULAR: "RampSans-Regular.woff2", SEMIBOLD: "RampSans-Semibold.woff2"}
MOST_ROWS = 250  # of the table behind a picture; a longer one is cut, and says so
_LIVE_HEIGHT = 330  # pixels
_TEMPLATE = "embed.html"
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}(?=\")")


@dataclasses.dataclass(frozen=True)
class EmbedPlace:
    """Where an embed stands, as seen from it: the server's root, and the address of the root for others ("": unknown).

    `pages` is the root of the app's pages where that is another one. `is_static`: files alone stand there, so that no
    query is answered.
    """

    root: str = "../../"
    public: str = ""
    pages: str = ""
    is_static: bool = False


@dataclasses.dataclass(frozen=True, eq=False)
class EmbedPage:
    """An embed: its page, and the policy that it is to be sent with (what a page's own element may not say included)."""

    html: bytes
    policy: str


@remember
def write_embed_page(model: Model, request: EmbedRequest, place: EmbedPlace) -> EmbedPage:
    """Write an embed.

    Parameters
    ----------
    model : Model
        Whose answers are shown.
    request : EmbedRequest
        Picture, view and ground.
    place : EmbedPlace
        Where it stands.
    """
    picture = build_picture(model, request.name, request.view)
    is_live = CATALOGUE[request.name].live
    scripts = ("release.js", "live.js", "embed_live.js") if is_live else ("embed.js",)
    script = join_scripts(*scripts, "frame_height.js").replace(
        "export default function", "function start"
    )
    page_path = write_page_path(model.record, request.name, request.view)
    if place.is_static and not place.pages:
        page_path = f"{page_path.partition('?')[0]}/"
    usual_request = dataclasses.replace(request, notes=())
    body, pieces = (_describe_live if is_live else _describe_moving)(model, request, picture, place)
    policy = build_policy(script)
    html = fill_template(
        _TEMPLATE,
        title=strip_markup(picture.finding),
        policy=policy,
        theme=request.theme,
        notes=request.notes,
        fonts=write_font_faces(f"{place.root}embed/{FONT_FOLDER_NAME}/"),
        grounds=write_grounds(),
        css=read_asset("embed.css") + (read_asset("live.css") if is_live else ""),
        credit=picture.credit,
        age=say_record_age(model.record),
        link=f"{place.pages or place.root}{page_path}",
        canonical=f"{place.pages or place.public}{page_path}" if place.public else "",
        oembed=write_oembed_link(place, write_embed_path(model.record, usual_request)),
        data=json.dumps(body, ensure_ascii=False).replace("<", "\\u003c"),
        script=script,
        **_describe_table(picture),
        **pieces,
    ).encode()
    return EmbedPage(html, policy)


def read_web_font(name: str) -> bytes:
    """Read one of the two fonts as browsers take them."""
    return (ASSET_FOLDER / "web_fonts" / name).read_bytes()


def build_policy(script: str) -> str:
    """Build the content security policy of an embed: its own script by its hash, its own server, nobody else."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
    )


def write_oembed_link(place: EmbedPlace, path: str) -> str:
    """Write the address that describes an embed to who would show it; blank where the server's own is not known."""
    if not place.public:
        return ""
    if place.is_static:
        return f"{place.public}{path}oembed.json"
    return f"{place.public}oembed?{urlencode({'url': place.public + path, 'format': 'json'})}"


def write_font_faces(folder: str) -> str:
    """Write the product's fonts as a style that asks for them in a folder."""
    return "".join(
        f"@font-face{{font-family:'{FONT_FAMILY}';font-weight:{weight};font-display:swap;"
        f"src:url({folder}{name}) format('woff2')}}"
        for weight, name in WEB_FONTS.items()
    )


def write_grounds() -> str:
    """Write the colours of a page under the names that the live slider reads, each for both grounds."""
    names = {
        "text": "ink",
        "background": "paper",
        "secondary-background": "panel",
        "border": "border",
        "primary": "europe",
        "link": "link",
    }
    colours = "".join(
        f"--st-{name}-color:light-dark({LIGHT[tone]},{DARK[tone]});" for name, tone in names.items()
    )
    family = f"'{FONT_FAMILY}',sans-serif"
    quiet = f"--quiet:light-dark({LIGHT['quiet']},{DARK['quiet']});"
    return (
        f":root{{color-scheme:light dark;{colours}{quiet}--st-base-radius:4px;"
        f"--st-font:{family};--st-heading-font:{family}}}"
        ":root[data-theme=light]{color-scheme:light}:root[data-theme=dark]{color-scheme:dark}"
    )


def _describe_moving(
    model: Model, request: EmbedRequest, picture: Picture, place: EmbedPlace
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the script reads, and what the page shows, of a picture that is drawn here."""
    drawings = []
    for name in WIDTHS:
        table = NodeTable()
        drawing = draw_nodes(picture, name, table)
        drawings.append((name, drawing, write_svg(table, drawing, picture.told)))
    position = choose_drawings(request.name, drawings)
    pieces: dict[str, Any] = {"drawings": position, "lever": None, "live": ""}
    lever = find_lever(model, request.name, request.view)
    if lever is None:
        return {}, pieces
    query = write_view_query(model.record, request.view)
    body = {
        "key": lever.key,
        "positions": lever.positions,
        "words": lever.words,
        "moves": {
            name: f"{place.root}embed/{request.name}/{name}.json{'?' if query else ''}{query}"
            for name, _, _ in position
        },
    }
    return body, pieces | {"lever": lever}


def _describe_live(
    model: Model, request: EmbedRequest, picture: Picture, place: EmbedPlace
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the script reads, and what the page shows, of the picture that the live slider draws."""
    other_levers = dataclasses.replace(request.view.scenario, nitrocellulose=1.0)
    body = build_live_body(model, other_levers, request.view.month, _LIVE_HEIGHT, "").decode()
    percent = round(request.view.scenario.nitrocellulose * LEVER_BY_NAME["nitrocellulose"].scale)
    data = {
        "key": SCENARIO_FIELDS["nitrocellulose"].key,
        "value": percent,
        "body": _COLOUR.sub(lambda colour: choose_by_ground(colour[0]), body),
    }
    return data, {"drawings": [], "lever": None, "live": read_asset("live.html")}


def _describe_table(picture: Picture) -> dict[str, Any]:
    """The numbers of a picture as rows of words, and how many more there are."""
    table_rows = build_picture_table(picture)
    return {
        "columns": [str(column) for column in table_rows.columns],
        "rows": [
            ["" if pd.isna(cell) else _write_cell(cell) for cell in cells]
            for cells in table_rows.head(MOST_ROWS).itertuples(index=False)
        ],
        "more": max(len(table_rows) - MOST_ROWS, 0),
    }


def _write_cell(cell: Any) -> str:  # noqa: ANN401
    if isinstance(cell, pd.Timestamp):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float):
        return f"{cell:,.0f}" if cell == round(cell) else f"{cell:,}"
    return f"{cell:,}" if isinstance(cell, int) and abs(cell) > 9_999 else str(cell)
