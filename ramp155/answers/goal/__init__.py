"""What it would take to reach a target, and how likely that is."""
