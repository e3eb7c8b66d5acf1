"""Pictures on other people's pages: what an embed holds, what it is sent with, and how a link to us is previewed."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import re
import time
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from ramp155.files.assets import join_scripts
from ramp155.files.embed.card import PAGES
from ramp155.files.embed.drawing import WIDTHS, NodeTable, draw_nodes, write_svg
from ramp155.files.embed.frame import write_frame_line
from ramp155.files.embed.moves import build_moves, find_lever
from ramp155.files.embed.page import WEB_FONTS
from ramp155.files.embed.request import EmbedRequest, read_embed, write_embed_path, write_page_path
from ramp155.files.story.dial import set_lever
from ramp155.model.model import Model
from ramp155.model.scenario.scenario import Scenario
from ramp155.pictures.catalogue import CATALOGUE, build_picture
from ramp155.pictures.palette import NOTE_SIZE
from ramp155.pictures.picture import strip_markup
from ramp155.pictures.view import View
from tests import shared
from ui.serve.elsewhere import cards as cards_module
from ui.serve.elsewhere.cards import Cards
from ui.serve.elsewhere.drawer import Drawer
from ui.serve.elsewhere.embeds import Embeds
from ui.serve.elsewhere.oembed import Oembed
from ui.serve.elsewhere.tags import TagPages

PUBLIC = "https://ramp155.example/app/"
BUDGET = 400_000  # bytes: page, fonts and all positions of the lever
OTHER_KEYS = {"made_with", "gap_view", "term"}
# What is drawn here in every run; the others by night.
DRAWN = ("ratio", "tracks", "flow")
PICTURES = [
    pytest.param(name, marks=() if name in DRAWN else pytest.mark.nightly) for name in CATALOGUE
]
INDEX = "<!DOCTYPE html><html><head><title>Streamlit</title></head><body>app</body></html>"
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


@pytest.fixture(scope="module")
def model() -> Model:
    return Model(shared.record())


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """The server's own ways in for other people's pages, under a path."""
    drawer = Drawer()
    cards = Cards(shared.record, drawer)
    embeds = Embeds(shared.record, lambda: PUBLIC, lambda: OTHER_KEYS, drawer).build_app()
    described = Oembed(cards, lambda request: PUBLIC, lambda: OTHER_KEYS)
    tagged = Middleware(
        TagPages,
        cards=cards,
        find_public=lambda request: PUBLIC,
        list_other_keys=lambda: OTHER_KEYS,
        prefix="/app",
    )
    routes = [
        Mount("/app/embed", embeds),
        Route("/app/oembed", described.send),
        Route("/app/{path:path}", lambda request: HTMLResponse(INDEX, headers={"ETag": '"old"'})),
    ]
    with TestClient(Starlette(routes=routes, middleware=[tagged])) as client:
        yield client


@pytest.mark.parametrize("name", PICTURES)
def test_an_embed_says_what_its_picture_says(client: TestClient, model: Model, name: str) -> None:
    answer = client.get(f"/app/embed/{name}/")
    assert answer.status_code == 200
    html = answer.text
    picture = build_picture(model, name, View())
    heading = re.search(r"<h1>(.*?)</h1>", html)
    assert heading
    assert unescape(heading[1]) == strip_markup(picture.finding)
    assert unescape(html).count(picture.source) == 1
    assert (
        f'href="../../{write_page_path(model.record, name, View())}"'.replace("&", "&amp;") in html
    )
    assert "<details>" in html
    if not CATALOGUE[name].live:
        assert re.search(r'<svg viewBox="[^"]+" role="img" aria-label="[^"]{20,}"', html)
    addresses = re.findall(r"(?:src|href)=[\"']?([^\"' >]+)|url\(([^)]+)\)", html)
    asked = [src or url for src, url in addresses if not (src or url).startswith("#")]
    outside = [one for one in asked if "://" in one]
    assert [one for one in outside if not one.startswith(PUBLIC)] == []


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("width", WIDTHS)
def test_words_are_large_enough_to_read(model: Model, name: str, width: str) -> None:
    """A drawing is never shown narrower than `least`, under which it is moved sideways instead."""
    table = NodeTable()
    drawing = draw_nodes(build_picture(model, name, View()), width, table)
    shown = max(drawing.least, WIDTHS[width][0])
    sizes = [
        float(size) for size in re.findall(r'font-size="([\d.]+)px"', write_svg(table, drawing, ""))
    ]
    assert sizes
    assert min(sizes) * shown / drawing.box[2] >= NOTE_SIZE - 0.1


def test_the_policy_lets_only_its_own_script_run_and_anybody_frame_it(client: TestClient) -> None:
    answer = client.get("/app/embed/tracks/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors *" in policy
    assert "x-frame-options" not in answer.headers
    scripts = re.findall(
        r"<script(?! type=\"application/json\")[^>]*>(.*?)</script>", answer.text, re.DOTALL
    )
    assert len(scripts) == 1
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy


def test_an_embed_is_asked_for_once(client: TestClient) -> None:
    first = client.get("/app/embed/tracks/")
    assert "max-age=" in first.headers["cache-control"]
    again = client.get("/app/embed/tracks/", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(
        "/app/embed/tracks/?pref=50", headers={"If-None-Match": first.headers["etag"]}
    )
    assert other.status_code == 200


@pytest.mark.parametrize(
    "query", [{"pref": "x"}, {"nope": "1"}, {"pref": HOSTILE}, {HOSTILE: "1"}, {"theme": "pink"}]
)
def test_a_broken_link_shows_the_usual_picture_and_says_so(
    client: TestClient, query: dict[str, str]
) -> None:
    usual = client.get("/app/embed/tracks/").text
    html = client.get("/app/embed/tracks/", params=query).text
    notes = re.findall(r'<p class="note" role="note">(.*?)</p>', html)
    assert len(notes) == 1
    assert "ignored" in notes[0]
    assert "<" not in notes[0]
    assert html.replace(f'<p class="note" role="note">{notes[0]}</p>\n', "") == usual


def test_keys_of_the_page_alone_are_passed_over(client: TestClient) -> None:
    usual = client.get("/app/embed/tracks/").text
    assert client.get("/app/embed/tracks/?made_with=a:2027-12:1&gap_view=tracks").text == usual


def test_a_link_beyond_all_measure_is_told_shortly(client: TestClient) -> None:
    html = client.get("/app/embed/tracks/", params={"find": "x" * 10_000}).text
    assert "too long to be read" in html
    assert "xxxxx" not in html


def test_hostile_words_stay_words(client: TestClient) -> None:
    html = client.get("/app/embed/board/", params={"find": HOSTILE}).text
    assert "<img" not in html
    assert "<script>alert" not in html
    assert "onerror=alert(1)>" not in re.sub(r"&[a-z]+;|&#\d+;", "", html.replace("&gt;", ""))


def test_a_picture_that_is_not_known_is_a_clear_404(client: TestClient) -> None:
    answer = client.get(f"/app/embed/{quote(HOSTILE, safe='')}/")
    assert answer.status_code == 404
    answer = client.get("/app/embed/nothing/")
    assert answer.status_code == 404
    assert "There is no such picture" in answer.text
    assert all(f"../{name}/" in answer.text for name in CATALOGUE)
    assert client.get("/app/embed/track/wide.json").status_code == 404


def test_each_position_of_the_lever_is_what_the_page_shows_there(model: Model) -> None:
    view = View(scenario=Scenario(shifts=1.2))
    lever = find_lever(model, "tracks", view)
    assert lever
    moves = json.loads(build_moves(model, "tracks", view, "narrow"))
    assert len(moves["roots"]) == len(moves["titles"]) == len(lever.positions)
    for place in (0, len(lever.positions) // 2, len(lever.positions) - 1):
        query = [("shifts", "1.2"), (lever.key, str(lever.positions[place]))]
        query[0] = next(iter(_write_query(model, view)))
        asked = read_embed(model.record, "tracks", query)
        assert asked.notes == ()
        picture = build_picture(model, "tracks", asked.view)
        assert moves["titles"][place] == strip_markup(picture.finding)
        table = NodeTable()
        drawing = draw_nodes(picture, "narrow", table, _find_inner(model, view))
        assert write_svg(table, drawing, "").count("<path") == _count(moves, place, "path")
    assert len(set(moves["roots"])) > 3


@pytest.mark.parametrize(
    "name", ["preference", pytest.param("response", marks=pytest.mark.nightly)]
)
def test_a_lever_that_stands_elsewhere_has_the_usual_positions_and_its_own(
    model: Model, name: str
) -> None:
    """So that what is kept on disk serves every link that only moves the lever."""
    usual_lever = find_lever(model, name, View())
    assert usual_lever
    usual = json.loads(build_moves(model, name, View(), "narrow"))
    on_grid, between = usual_lever.positions[4], usual_lever.positions[4] + 1
    view = set_lever(model.record, View(), CATALOGUE[name].lever, on_grid)
    assert json.loads(build_moves(model, name, view, "narrow")) == usual
    view = set_lever(model.record, View(), CATALOGUE[name].lever, between)
    lever = find_lever(model, name, view)
    moves = json.loads(build_moves(model, name, view, "narrow"))
    assert lever
    assert {*lever.positions} == {*usual_lever.positions, between}
    assert len(moves["roots"]) == len(moves["titles"]) == len(lever.positions)
    picture = build_picture(model, name, view)
    assert moves["titles"][lever.here] == strip_markup(picture.finding)
    table = NodeTable()
    drawn = write_svg(
        table, draw_nodes(picture, "narrow", table, _find_inner(model, View(), name)), ""
    )
    assert drawn.count("<path") == _count(moves, lever.here, "path")
    assert drawn.count("<text") == _count(moves, lever.here, "text")
    for place, position in enumerate(usual_lever.positions):
        here = lever.positions.index(position)
        assert moves["titles"][here] == usual["titles"][place]
        assert _count(moves, here, "path") == _count(usual, place, "path")


def test_every_picture_with_a_lever_of_its_scenario_moves(model: Model) -> None:
    levers = {"nitrocellulose", "preference", "spend"}
    moving = {name for name, entry in CATALOGUE.items() if entry.lever in levers and not entry.live}
    assert len(moving) > 10
    assert {name for name in CATALOGUE if find_lever(model, name, View())} == moving


def _write_query(model: Model, view: View) -> list[tuple[str, str]]:
    path = write_embed_path(model.record, EmbedRequest("tracks", view))
    return [tuple(part.split("=")) for part in path.partition("?")[2].split("&")]  # type: ignore[misc]


def _find_inner(model: Model, view: View, name: str = "tracks") -> float:
    return draw_nodes(build_picture(model, name, view), "narrow", NodeTable()).inner


def _count(moves: dict[str, list[object]], place: int, tag: str) -> int:
    def count(node: int) -> int:
        name, _, content = moves["nodes"][node]  # type: ignore[misc]
        return (name == tag) + (0 if isinstance(content, str) else sum(map(count, content)))

    return count(moves["roots"][place])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name",
    [
        "output",
        "purchase",
        *(
            pytest.param(name, marks=pytest.mark.nightly)
            for name, entry in CATALOGUE.items()
            if entry.lever and name not in ("output", "purchase")
        ),
    ],
)
def test_an_embed_with_its_lever_is_within_budget(
    client: TestClient, model: Model, name: str
) -> None:
    """Even where nothing is packed on the way."""
    total = len(client.get(f"/app/embed/{name}/").content)
    total += sum(len(client.get(f"/app/embed/fonts/{font}").content) for font in WEB_FONTS.values())
    if find_lever(model, name, View()):
        total += max(len(client.get(f"/app/embed/{name}/{w}.json").content) for w in WIDTHS)
    assert total < BUDGET


def test_a_preview_has_the_size_that_others_show(client: TestClient) -> None:
    answer = client.get("/app/embed/tracks/preview.png?pref=50")
    assert answer.headers["content-type"] == "image/png"
    with Image.open(io.BytesIO(answer.content)) as image:
        assert image.size == (1200, 630)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("gap?gap_view=tracks&pref=50", "embed/tracks/?pref=50"),
        ("embed/ratio/?nc=70", "embed/ratio/?nc=70"),
        ("plant?site=unterluess-rheinmetall", "embed/ramp/?site=unterluess-rheinmetall"),
        ("", "embed/output/"),
    ],
)
def test_an_address_of_ours_is_described(client: TestClient, address: str, path: str) -> None:
    answer = client.get("/app/oembed", params={"url": PUBLIC + address, "maxwidth": "500"})
    described = answer.json()
    assert described["version"] == "1.0"
    assert described["type"] == "rich"
    assert (described["width"], described["provider_url"]) == (500, PUBLIC)
    assert f'src="{PUBLIC}{path}"' in unescape(described["html"])
    assert described["html"].startswith("<iframe ")
    folder, _, query = path.partition("?")
    assert described["thumbnail_url"] == f"{PUBLIC}{folder}preview.png{'?' if query else ''}{query}"


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"url": "https://elsewhere.example/gap"}, 404),
        ({"url": PUBLIC + "nothing"}, 404),
        ({"url": PUBLIC + "embed/nothing"}, 404),
        ({}, 400),
        ({"url": PUBLIC, "maxwidth": "wide"}, 400),
        ({"url": PUBLIC + "?" + "&".join(f"a{k}=1" for k in range(300))}, 400),
        ({"url": PUBLIC, "format": "xml"}, 501),
    ],
)
def test_any_other_address_is_not(client: TestClient, params: dict[str, str], status: int) -> None:
    assert client.get("/app/oembed", params=params).status_code == status


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_what_it_is_to_who_previews_a_link(client: TestClient, page: str) -> None:
    answer = client.get(
        f"/app/{page}", headers={"Sec-Fetch-Mode": "navigate", "Accept": "text/html"}
    )
    head = answer.text.partition("</head>")[0]
    for tag in ("og:title", "og:description", "og:url", "og:image", "twitter:card", "json+oembed"):
        assert head.count(tag) == 1 + (tag == "og:image") * 4, tag
    assert f'content="{PUBLIC}{page}"' in head
    assert "etag" not in answer.headers
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_a_preview_tells_the_view_that_the_link_opens(client: TestClient, model: Model) -> None:
    view = read_embed(model.record, "tracks", [("pref", "50")]).view
    html = client.get("/app/gap?gap_view=tracks&pref=50").text
    title = re.search(r'property="og:title" content="([^"]*)"', html)
    assert title
    assert unescape(title[1]) == strip_markup(build_picture(model, "tracks", view).finding)[:300]
    assert f"{PUBLIC}embed/tracks/preview.png?pref=50" in html
    term = client.get("/app/glossary?term=nitrocellulose").text
    assert "Nitrocellulose, Ramp 155" in term


def test_a_hostile_link_puts_nothing_into_the_head(client: TestClient) -> None:
    for query in ({"find": HOSTILE}, {HOSTILE: HOSTILE}, {"term": HOSTILE}, {"site": HOSTILE}):
        html = client.get("/app/glossary", params=query).text
        assert "<script>alert" not in html
        assert "<img" not in html


def test_only_pages_are_tagged(client: TestClient) -> None:
    assert "og:title" not in client.get("/app/static/app.js").text
    assert "og:title" not in client.get("/app/gap", headers={"Accept": "application/json"}).text


def test_a_crawler_does_not_wait_for_what_takes_long(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work(*_: object) -> None:
        time.sleep(1.0)

    monkeypatch.setattr(cards_module, "write_card", work)
    monkeypatch.setattr(cards_module, "_MOST_SECONDS", 0.05)
    html = client.get("/app/gap?nc=7").text
    assert f'property="og:title" content="{PAGES["gap"][0]}"' in html


def test_the_line_for_a_page_of_ones_own_is_markup_that_closes() -> None:
    line = write_frame_line(PUBLIC, "embed/output/?nc=70&month=2027-12", HOSTILE)
    assert line.count("<") == 4
    assert line.endswith("</script>")
    assert "&amp;month" in line
    assert len(gzip.compress(line.encode())) < 500


def test_scripts_are_joined_with_all_that_they_need() -> None:
    """An embed without one of them would draw nothing, and only a browser would tell."""
    with pytest.raises(ValueError, match=r"live\.js needs release\.js"):
        join_scripts("live.js", "embed_live.js")
    assert "function holdLever" in join_scripts("release.js", "live.js", "embed_live.js")
