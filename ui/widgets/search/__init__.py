"""Boxes to search with: on a page, and in the header for a plant."""
