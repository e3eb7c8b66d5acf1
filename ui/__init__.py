"""The app: what pages share and what each of them shows, drawn with Streamlit."""
