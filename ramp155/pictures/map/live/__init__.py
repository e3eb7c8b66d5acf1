"""The map that plays: where every plant stood at the end of each month, and where marks and names go at each zoom."""
