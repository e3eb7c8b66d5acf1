"""Ramp 155: page configuration and navigation, nothing else."""

from pathlib import Path

import streamlit as st

st.set_page_config(page_title="Ramp 155", page_icon="🏭", layout="wide")

st.html(Path(__file__).parent / "ui" / "app.css")
st.logo("static/logo.svg", size="large")

# No page has an icon: a Material icon would be fetched from outside as the favicon.
st.navigation(
    [
        st.Page("pages/overview.py", title="Overview", default=True),
        st.Page("pages/map.py", title="Map", url_path="map"),
        st.Page("pages/ramp_up.py", title="Ramp-up", url_path="ramp_up"),
        st.Page("pages/what_if.py", title="What-if", url_path="what_if"),
        st.Page("pages/gap.py", title="Gap", url_path="gap"),
        st.Page("pages/evidence.py", title="Evidence", url_path="evidence"),
    ],
    position="top",
).run()
