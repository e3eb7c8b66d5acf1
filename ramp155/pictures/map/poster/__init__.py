"""The map as a Vega-Lite picture: land, marks, names and key, placed so that none hides another."""
