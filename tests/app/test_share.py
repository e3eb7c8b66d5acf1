"""What Share gives: the line by which somebody's own page shows the picture, at the view on screen."""

from __future__ import annotations

import re
from html import unescape

from tests.shared import open_entry


def test_share_gives_the_line_for_the_view_on_screen() -> None:
    app = open_entry()
    app.switch_page("../pages/plant.py")
    app.query_params["site"] = "bergerac-eurenco"
    app.run()
    app.button(key="share_it").click().run()
    assert not app.exception
    lines = [unescape(code.value) for code in app.code if code.value.startswith("<iframe")]
    assert len(lines) == 1
    source = re.search(r'src="([^"]+)"', lines[0])
    assert source
    assert "/embed/ramp/?site=bergerac-eurenco&line=bergerac-eurenco--" in source[1]
    assert "/plant" not in source[1]
