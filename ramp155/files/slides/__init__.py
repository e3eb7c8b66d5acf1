"""Slides (PPTX) with native charts that can be edited."""
