"""Explain: the small panel beside a figure or chart that says what it is, how it is worked out, and who says so."""
