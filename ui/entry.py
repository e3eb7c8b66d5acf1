"""What runs for every visitor: page configuration and navigation, and whether a page or a briefing is shown.

No folder called pages lies beside it: Streamlit would take that for the navigation until this has run once.
"""

from pathlib import Path

import streamlit as st

from ui.broken import stop_where_unreadable

stop_where_unreadable()  # before anything is imported that is made of it

from ui.briefing.course import is_briefing_on  # noqa: E402
from ui.briefing.stage import show_screen  # noqa: E402
from ui.header import show_actions, watch_ground  # noqa: E402
from ui.widgets.after_paint import is_waiting_for_paint  # noqa: E402

_HERE = Path(__file__).parent

st.set_page_config(page_title="Ramp 155", page_icon="🏭", layout="wide")

st.html(_HERE / "app.css")
st.logo(_HERE.parent / "static" / "logo.svg", size="large")

# No page has an icon: a Material icon would be fetched from outside as the favicon.
page = st.navigation(
    [
        st.Page("../pages/overview.py", title="Overview", default=True),
        st.Page("../pages/map.py", title="Map", url_path="map"),
        st.Page("../pages/ramp_up.py", title="Ramp-up", url_path="ramp_up"),
        st.Page("../pages/plant.py", title="Plants", url_path="plant", visibility="hidden"),
        st.Page("../pages/what_if.py", title="What-if", url_path="what_if"),
        st.Page("../pages/gap.py", title="Gap", url_path="gap"),
        st.Page("../pages/evidence.py", title="Evidence", url_path="evidence"),
        st.Page("../pages/briefing.py", title="Briefing", url_path="briefing"),
        st.Page("../pages/learn.py", title="Learn", url_path="learn"),
        st.Page("../pages/glossary.py", title="Glossary", url_path="glossary"),
    ],
    position="hidden" if is_briefing_on() else "top",
)
watch_ground()
if is_briefing_on():
    show_screen(page.url_path)
else:
    actions = st.container()
    try:
        page.run()  # what the page says is wanted first
    finally:  # also on a page that stops half-way
        with actions:
            show_actions(page.url_path, is_waiting=is_waiting_for_paint())
