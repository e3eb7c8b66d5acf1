"""What all charts share: axes, labels, claims as marks, rounds on a scale, parts of a spec."""
