"""Monthly capacity of each stage: named lines with their ramps, and the totals the record is fitted
to.
"""
