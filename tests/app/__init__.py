"""Pages run in process, by Streamlit itself without a browser."""
