"""The line by which a page embeds a picture, and how an embed is described to who would show it."""

from __future__ import annotations

from html import escape
from typing import Any

from ramp155.files.poster.sheet import PREVIEW_SIZE

FRAME_WIDTH, FRAME_HEIGHT = (
    720,
    760,
)  # pixels: the tallest picture with its lever, its words and who says so

# What the page around a frame does with the height that the frame tells (`frame_height.js`). Where a page takes no script,
# the frame keeps its own height, and what is longer is scrolled within it.
_TAKE_HEIGHT = (
    'addEventListener("message",e=>{const h=Number(e.data&&e.data.ramp155Height);if(h>0)for(const f of '
    'document.querySelectorAll("iframe"))if(f.contentWindow===e.source)f.style.height=Math.min(h,4000)+"px"})'
)


def write_frame_line(
    public: str, path: str, title: str, width: int = FRAME_WIDTH, height: int = FRAME_HEIGHT
) -> str:
    """Write the line of HTML by which a page embeds a picture.

    Parameters
    ----------
    public : str
        The server's address with a slash at its end.
    path : str
        Of `write_embed_path`.
    title : str
        What the frame is called for who cannot see it.
    width, height : int
        Most that the frame takes, and its height, pixels.

    Returns
    -------
    str
        An `iframe`, and the script that gives it the height of what is in it.
    """
    return (
        f'<iframe src="{escape(public + path)}" title="{escape(title)}" width="100%" height="{height}" '
        f'style="border:0;max-width:{width}px" loading="lazy"></iframe><script>{_TAKE_HEIGHT}</script>'
    )


def describe_embed(
    public: str, path: str, title: str, width: int = FRAME_WIDTH, height: int = FRAME_HEIGHT
) -> dict[str, Any]:
    """Describe an embed as oEmbed 1.0 has it.

    Parameters
    ----------
    public : str
        The server's address with a slash at its end.
    path : str
        Of `write_embed_path`.
    title : str
        What the picture says.
    width, height : int
        Of the frame, pixels.

    Returns
    -------
    dict
        JSON values; lengths in pixels, `cache_age` in seconds.
    """
    folder, _, query = path.partition("?")
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": "Ramp 155",
        "provider_url": public,
        "cache_age": 300,
        "width": width,
        "height": height,
        "html": write_frame_line(public, path, title, width, height),
        "thumbnail_url": f"{public}{folder}preview.png{'?' if query else ''}{query}",
        "thumbnail_width": PREVIEW_SIZE[0],
        "thumbnail_height": PREVIEW_SIZE[1],
    }
