"""The shape of the code in figures, beside what it was in November 2026.

`python -m bench.style` prints them.
"""
