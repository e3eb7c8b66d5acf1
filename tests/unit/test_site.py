"""The product as static files: what a plain file server sends, that every link leads somewhere, and what is written where."""

from __future__ import annotations

import json
import re
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from html import unescape
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from ramp155.cli.commands import run_command_line
from ramp155.files.site.build import MARK, build_site, write_site
from ramp155.files.site.pages import list_picture_pages
from ramp155.model.model import Model
from ramp155.pictures.catalogue import CATALOGUE, build_picture
from ramp155.pictures.picture import strip_markup
from ramp155.pictures.view import View
from ramp155.text.glossary.terms import list_terms
from tests import shared

PUBLIC = "https://site.example/ramp/"
PICTURES = ("purchase", "silence")
PLANTS = ("unterluess-rheinmetall", "bergerac-eurenco")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


class Links(HTMLParser):
    """What a page asks for, and where it leads."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.leads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: text or "" for name, text in attrs}
        if tag == "a":
            self.leads.append(given["href"])
        elif tag == "link" and given.get("rel") == "icon":
            self.asked.append(given["href"])
        elif "src" in given:
            self.asked.append(given["src"])


@pytest.fixture(scope="module")
def model() -> Model:
    return Model(shared.record())


@pytest.fixture(scope="module")
def folder(model: Model, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "site"
    write_site(folder, build_site(model, PUBLIC, "", PICTURES, PLANTS))
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Python's own file server, with nothing set."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def fetch(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return str(answer.read().decode("utf-8", "replace"))


def test_every_link_leads_somewhere_and_nothing_is_asked_of_others(address: str) -> None:
    waiting, seen, outside = [address], set(), set()
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        html = fetch(page)
        if "<html" not in html:
            continue
        links = Links()
        links.feed(html)
        styles = re.findall(r"url\(([^)#]+)\)", html.partition("</head>")[0])
        for one in [*links.asked, *styles]:
            if not one.startswith("data:"):
                assert urlsplit(urljoin(page, one)).netloc == urlsplit(address).netloc, one
                fetch(urljoin(page, one))
        for one in links.leads:
            target = urldefrag(urljoin(page, one))[0]
            if target.startswith(address):
                waiting.append(target)
            else:
                outside.add(target)
    assert len(seen) > 40
    sources = set(shared.record().sources["url"])
    strange = {one for one in outside if one not in sources and "creativecommons" not in one}
    assert strange == set()


def test_every_picture_leads_to_a_page_of_the_site(model: Model) -> None:
    pages = {page.path for page in list_picture_pages(model, [])} | {"plant/"}
    led_to = {f"{entry.page.partition('?')[0]}/" for entry in CATALOGUE.values()}
    assert led_to <= pages


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_the_page_s(address: str, model: Model, name: str) -> None:
    html = fetch(f"{address}embed/{name}/")
    picture = build_picture(model, name, View())
    heading = re.search(r"<h1>(.*?)</h1>", html)
    assert heading
    assert unescape(heading[1]) == strip_markup(picture.finding)
    assert html.count("<svg") == 2
    described = json.loads(fetch(f"{address}embed/{name}/oembed.json"))
    assert described["title"] == strip_markup(picture.finding)
    assert f'src="{PUBLIC}embed/{name}/"' in described["html"]


def test_the_lever_has_its_positions_beside_it(address: str) -> None:
    html = fetch(f"{address}embed/purchase/")
    data = re.search(r'id="embed">(.*?)</script>', html)
    assert data
    sent = json.loads(data[1])
    for name, moves in sent["moves"].items():
        body = json.loads(fetch(urljoin(f"{address}embed/purchase/", moves)))
        assert len(body["roots"]) == len(body["titles"]) == len(sent["positions"]), name
        assert len(set(body["titles"])) > 3


def test_the_same_addresses_as_the_app_s(address: str) -> None:
    pages = ("map", "ramp_up", "plant", "what_if", "gap", "evidence", "briefing", "glossary")
    for page in pages:
        assert "<h1>" in fetch(f"{address}{page}")  # a file server adds the slash
    assert "Unterlüß" in fetch(f"{address}plant/unterluess-rheinmetall/")
    terms = fetch(f"{address}glossary/")
    assert all(f'id="{term.key}"' in terms for term in list_terms())


def test_a_plant_says_what_the_app_says(address: str, model: Model) -> None:
    html = unescape(fetch(f"{address}plant/unterluess-rheinmetall/"))
    record = model.record
    lines = record.lines.loc[record.lines["site_id"] == "unterluess-rheinmetall", "line_id"]
    events = [event for line in lines for event in record.events_of[line]]
    assert len(events) > 10
    assert all(event.basis in html for event in events)
    assert "<svg" in html
    assert 'href="../bergerac-eurenco/"' not in html or "bergerac" in html


def test_the_data_is_that_of_the_version(address: str) -> None:
    latest = json.loads(fetch(f"{address}data/index.json"))["latest"]
    sums = fetch(f"{address}data/latest/SHA256SUMS")
    assert sums == fetch(f"{address}data/{latest}/SHA256SUMS")
    assert fetch(f"{address}data/latest/csv/sites.csv").startswith("site_id")


def test_a_map_of_the_site_names_every_page(address: str) -> None:
    places = re.findall(r"<loc>(.*?)</loc>", fetch(f"{address}sitemap.xml"))
    assert len(places) == len(set(places)) > 10
    for place in places:
        assert "<h1>" in fetch(place.replace(PUBLIC, address))
    assert f"Sitemap: {PUBLIC}sitemap.xml" in fetch(f"{address}robots.txt")
    assert 'href="/ramp/plant/"' in fetch(f"{address}404.html")


def test_a_foreign_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ValueError, match="nothing is written"):
        write_site(tmp_path, iter([("index.html", b"")]))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert run_command_line(["site", "--out", str(tmp_path)]) != 0


def test_a_site_that_fails_half_way_leaves_the_one_before(tmp_path: Path) -> None:
    target = tmp_path / "site"
    mark = json.dumps({"made_by": "ramp155 site"}).encode()
    write_site(target, iter([(MARK, mark), ("a.html", b"old")]))

    def fail() -> Iterator[tuple[str, bytes]]:
        yield "a.html", b"new"
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_site(target, fail())
    assert (target / "a.html").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    write_site(target, iter([(MARK, mark), ("b.html", b"new")]))
    assert sorted(path.name for path in target.iterdir()) == ["b.html", MARK]
