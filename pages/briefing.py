"""Stories to present or to take away: three that come with the product, and one's own."""

import streamlit as st

from ramp155 import stories
from ui import briefings, cite, state

records = state.records()
state.open_link(records, "briefing")
try:
    known = stories.shipped(records)
except stories.StoryError as error:
    st.error(f"A story in `data/stories/` cannot be read: {cite.escape(str(error), 300)}")
    st.stop()

st.markdown("## Brief from the live tool: one finding a screen, levers that answer on the spot")
names = {**{key: story.title for key, story in known.items()}, "own": "Your own"}
if st.session_state["story"] not in names:
    st.session_state["story"] = next(iter(names))
chosen = st.segmented_control(
    "Story",
    list(names),
    format_func=names.get,
    key="story",
    required=True,
    label_visibility="collapsed",
)
left, right = st.columns([1, 1.9], gap="large")
with left:
    if chosen == "own":
        story = briefings.own(records)
    else:
        story = known[chosen]
        st.markdown(cite.escape(story.about))
    briefings.take(records, story)
with right:
    briefings.contents(records, story)
state.write_link(records, "story", "pin")
