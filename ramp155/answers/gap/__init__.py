"""Europe, NATO, the US and Russia in rounds a year, counted alike, and the odds of parity."""
