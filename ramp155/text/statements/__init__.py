"""Public statements with the odds and the reason of their verdicts."""
