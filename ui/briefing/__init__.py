"""Stories on a page and on the wall: contents, the course of a briefing, present mode."""
