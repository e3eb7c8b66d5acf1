"""Answers drawn: each picture with its finding, series and sources, built once for page, slide and
file.
"""
