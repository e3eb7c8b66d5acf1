"""The live slider as one HTML file that works anywhere: from an e-mail, a stick, without a server or network.

The same component that a page mounts is put into a page of its own, with the response surface, the words
for every position, and the fonts inside. A content security policy forbids it to ask for anything.
"""

from __future__ import annotations

import base64
import dataclasses
import json
from functools import lru_cache
from html import escape
from pathlib import Path

from ramp155 import charts, palette, posters, words
from ramp155.records import Records
from ramp155.scenario import Scenario
from ramp155.screens import DRAWS, View, build

_ASSETS = Path(__file__).parent / "assets"


def asset(name: str) -> str:
    """The text of a file that a browser runs or shows."""
    return (_ASSETS / name).read_text(encoding="utf-8")


@lru_cache(maxsize=64)
def live_body(
    records: Records,
    scenario: Scenario,
    month: str,
    height: int,
    shows: str,
    pins: tuple[tuple[str, str, str, Scenario], ...] = (),
    theme: str = "light",
) -> bytes:
    """All the live slider needs but its own value, as JSON text.

    `shows`: "full" (title, response curve, odds, reading), "titled" (the title) or "" (path and readout
    alone); `pins` are (letter, name, colour, scenario).
    """
    told = words.live(records, scenario, month, DRAWS)
    return json.dumps(
        {
            **palette.themed(charts.live_data(records, scenario, DRAWS, month), theme),
            "words": told if shows == "full" else {k: told[k] for k in ("titles", "readouts")},
            "pins": [
                {
                    "letter": letter,
                    "name": name,
                    "colour": palette.on(theme, colour),
                    "path": charts.live_path(records, pinned),
                }
                for letter, name, colour, pinned in pins
            ],
            "height": height,
            "full": shows == "full",
            "titled": shows != "",
        },
        ensure_ascii=False,
    ).encode()


def page(records: Records, view: View, link: str = "") -> bytes:
    """The What-if instrument under a view's scenario as a self-contained HTML file.

    The slider stands where the scenario has it; the other levers are as set and said under the title.
    """
    body = live_body(
        records,
        dataclasses.replace(view.scenario, nitrocellulose=1.0),
        view.month,
        330,
        "full",
    )
    others = dataclasses.replace(view.scenario, nitrocellulose=1.0)
    set_to = f"Also set: {words.name(records, others)}. " if others.moved or others.assume else ""
    head = {
        "value": round(view.scenario.nitrocellulose * 100),
        "stamp": 1,
        "version": f"{records.version}",
    }
    picture = build(records, "output", view)
    back = f'<a href="{escape(link)}">Open it live</a>' if link else ""
    script = asset("live.js").replace("export default function", "function start")
    data = base64.b64encode(json.dumps(head).encode() + b"\n" + body).decode()
    return _PAGE.format(
        title=escape(posters.plain(picture.finding)),
        fonts=posters.font_face(),
        themes=_themes(),
        css=asset("live.css"),
        html=asset("live.html"),
        note=escape(set_to + picture.source),
        sources=_sources(records),
        back=back,
        script=script,
        dark=json.dumps(dict(zip(palette.LIGHT.values(), palette.DARK.values(), strict=True))),
        data=data,
    ).encode()


def _themes() -> str:
    """The page's colours under the names the component reads, light and dark."""

    def of(theme: str) -> str:
        tone = palette.THEMES[theme]
        return (
            f"--st-text-color:{tone['ink']};--st-background-color:{tone['paper']};"
            f"--st-secondary-background-color:{tone['panel']};--st-border-color:{tone['border']};"
            f"--st-primary-color:{tone['europe']};--st-link-color:{tone['link']};"
            f"--st-base-radius:4px;--st-font:{posters.FAMILY},sans-serif;--st-heading-font:{posters.FAMILY},sans-serif;"
        )

    return f":root{{{of('light')}}}@media(prefers-color-scheme:dark){{:root{{{of('dark')}}}}}"


def _sources(records: Records) -> str:
    """Who said the totals that the model is fitted to."""
    rows = []
    for target in records.calibration.itertuples():
        for claim_id in target.claim_ids.split():
            source = records.source(records.claim(claim_id).source_id)
            rows.append(
                f'<li>{escape(target.observable)} {target.year}: <a href="{escape(source.url)}">'
                f"{escape(source.publisher)}</a>, {escape(source.title)}</li>"
            )
    return "".join(dict.fromkeys(rows))


_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; font-src data:; img-src data:">
<title>{title}</title>
{fonts}
<style>
{themes}
body {{ margin: 0; background: var(--st-background-color); color: var(--st-text-color); font: 16px/1.4 var(--st-font); }}
main {{ max-width: 1280px; margin: 0 auto; padding: 1.2rem 1rem 2rem; }}
a {{ color: var(--st-link-color); }}
footer {{ margin-top: 1.2rem; font-size: 0.9rem; }}
{css}
</style>
</head>
<body>
<main>
{html}
<footer>
<p>{note} {back}</p>
<details><summary>Reports the model is fitted to</summary><ul>{sources}</ul></details>
<p>Ramp 155. Every figure is a sourced claim or follows from claims and stated assumptions; this file is a copy of its day and asks nothing of the network.</p>
</footer>
</main>
<script type="module">
{script}
const packed = Uint8Array.from(atob("{data}"), (c) => c.charCodeAt(0))
const dark = {dark}
let text = new TextDecoder().decode(packed)
if (matchMedia("(prefers-color-scheme: dark)").matches)
  text = text.replace(/#[0-9A-F]{{6}}(?=")/g, (colour) => dark[colour] ?? colour)
start({{
  parentElement: document.querySelector("main"),
  data: new TextEncoder().encode(text),
  setStateValue() {{}},
}})
</script>
</body>
</html>
"""
