"""How figures grow, learned on every series of the record, and the track record of that rule."""
