"""The floor: one slider, one chart, nothing else."""

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

supply = st.slider("Nitrocellulose supply", 0, 200, 100)
x = np.arange(108)
data = pd.DataFrame({"x": x, "y": supply * np.sqrt(x)})
y = alt.Y("y", scale=alt.Scale(domain=[0, 2200]))
st.altair_chart(alt.Chart(data).mark_line().encode(x="x", y=y))
