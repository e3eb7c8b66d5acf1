"""What pages share and Streamlit draws."""
