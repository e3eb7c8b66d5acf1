"""Why a scenario is asked for: its title, reason and sources, and the scenario as a file of one's own."""
