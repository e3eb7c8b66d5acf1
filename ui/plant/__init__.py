"""What stands on the page of a plant: its head, its lines with their ramps, every report, and what lies around it."""
