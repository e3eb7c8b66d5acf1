"""The live slider as one HTML file that works anywhere: from an e-mail, a stick, without a server or network. The component that a page mounts is put into a page of its own, with its data, words and fonts inside; a content security policy forbids it to ask for anything."""

from __future__ import annotations

import base64
import dataclasses
import json
from html import escape

from ramp155.files.assets import read_asset
from ramp155.files.live_body import build_live_body
from ramp155.files.poster.fonts import FONT_FAMILY, embed_fonts
from ramp155.model.model import Model
from ramp155.pictures.catalogue import build_picture
from ramp155.pictures.palette import DARK, LIGHT, THEMES
from ramp155.pictures.picture import strip_markup
from ramp155.pictures.view import View
from ramp155.record.records import Records
from ramp155.text.scenario import name_scenario

PAGE_TEMPLATE = """<!doctype html>
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


def write_live_page(model: Model, view: View, link: str = "") -> bytes:
    """The What-if instrument under a view's scenario as a self-contained HTML file.

    The slider stands where the scenario has it; the other levers are as set and said under the title.
    """
    body = build_live_body(
        model,
        dataclasses.replace(view.scenario, nitrocellulose=1.0),
        view.month,
        330,
        "full",
    )
    others = dataclasses.replace(view.scenario, nitrocellulose=1.0)
    also_set = (
        f"Also set: {name_scenario(model.record, others)}. "
        if others.moved or others.assume
        else ""
    )
    slider_state = {
        "value": round(view.scenario.nitrocellulose * 100),
        "stamp": 1,
        "version": f"{model.record.version}",
    }
    picture = build_picture(model, "output", view)
    back_link = f'<a href="{escape(link)}">Open it live</a>' if link else ""
    script = read_asset("live.js").replace("export default function", "function start")
    payload = base64.b64encode(json.dumps(slider_state).encode() + b"\n" + body).decode()
    return PAGE_TEMPLATE.format(
        title=escape(strip_markup(picture.finding)),
        fonts=embed_fonts(),
        themes=write_theme_styles(),
        css=read_asset("live.css"),
        html=read_asset("live.html"),
        note=escape(also_set + picture.source),
        sources=list_report_items(model.record),
        back=back_link,
        script=script,
        dark=json.dumps(dict(zip(LIGHT.values(), DARK.values(), strict=True))),
        data=payload,
    ).encode()


def write_theme_styles() -> str:
    """The page's colours under the names the component reads, light and dark."""

    def style_theme(theme: str) -> str:
        tones = THEMES[theme]
        return (
            f"--st-text-color:{tones['ink']};--st-background-color:{tones['paper']};"
            f"--st-secondary-background-color:{tones['panel']};--st-border-color:{tones['border']};"
            f"--st-primary-color:{tones['europe']};--st-link-color:{tones['link']};"
            f"--st-base-radius:4px;--st-font:{FONT_FAMILY},sans-serif;--st-heading-font:{FONT_FAMILY},sans-serif;"
        )

    return f":root{{{style_theme('light')}}}@media(prefers-color-scheme:dark){{:root{{{style_theme('dark')}}}}}"


def list_report_items(records: Records) -> str:
    """Who said the totals that the model is fitted to."""
    items = []
    for target in records.calibration.itertuples():
        for claim_id in target.claim_ids.split():
            source = records.source(records.claim(claim_id).source_id)
            items.append(
                f'<li>{escape(target.observable)} {target.year}: <a href="{escape(source.url)}">'
                f"{escape(source.publisher)}</a>, {escape(source.title)}</li>"
            )
    return "".join(dict.fromkeys(items))
