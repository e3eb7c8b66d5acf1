"""Sentences about Russia against NATO and Europe, and how the figures are counted."""
