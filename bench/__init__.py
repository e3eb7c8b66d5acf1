"""Benchmarks: `python -m bench` (or `make bench`).

Each stands beside a floor or peer of the same run.
"""
