"""Sentences about demand: two tracks, a European preference, money and policy."""
