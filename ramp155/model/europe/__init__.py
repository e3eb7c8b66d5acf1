"""The forecast of Europe's capacity and output: one procedure for today and for every past day."""
