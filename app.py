"""Ramp 155 as one ASGI application, for `streamlit run app.py` and `uvicorn app:app` alike."""

from pathlib import Path

from streamlit.starlette import App

from ui.start import Start

start = Start()
app = App(
    Path(__file__).resolve().parent / "ui" / "entry.py",
    lifespan=start.warm_up_beside,
    routes=start.list_routes(),
    middleware=start.list_middleware(),
)
