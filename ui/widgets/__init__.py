"""Widgets that several pages use: pictures, levers, replay, citations, downloads, sharing, own
data.
"""
