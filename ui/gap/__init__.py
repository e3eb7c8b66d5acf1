"""The views of Gap: ratio, who makes what, statements, two tracks, money, policy."""
