"""What all charts share: axes, labels, claims and events as signs, rounds on a scale, parts of a spec."""
